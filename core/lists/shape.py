"""A checklist as a file carries it, whatever the file's format."""

from dataclasses import dataclass

from core.lines import NewLine
from core.markup import clean_note, fold
from core.often import LEAST, MOST

MAX_LINES = 2000
MAX_TEXT = 2000


@dataclass(frozen=True, slots=True)
class ListFile:
    """A title and its lines."""

    title: str
    lines: tuple[NewLine, ...]


def cleaned(title: str, lines: list[NewLine]) -> ListFile | None:
    """Words folded and bounded, empty lines left out; None where nothing is left."""
    kept = [
        NewLine(
            fold(line.text)[:MAX_TEXT],
            line.state,
            clean_note(line.note)[:10_000],
            line.due,
            heading=fold(line.heading)[:300] if line.heading else None,
            detail=fold(line.detail)[:MAX_TEXT],
            reminder=line.reminder,
            every=line.every if line.every is not None and LEAST <= line.every <= MOST else None,
        )
        for line in lines[:MAX_LINES]
        if fold(line.text)
    ]
    return ListFile(fold(title)[:300] or "…", tuple(kept)) if kept else None
