"""A checklist as a file carries it, whatever the file's format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.lines import NewLine
from core.markup import clean_note, fold
from core.model import Checklist, Item
from core.often import LEAST, MOST

MAX_LINES = 2000
MAX_LISTS = 200
MAX_TEXT = 2000
MAX_PEOPLE, MAX_NAME = 100, 400


class Written(NamedTuple):
    """A checklist to be written; `attribution`: who said what its items quote, and under which licence."""

    checklist: Checklist
    items: Sequence[Item]
    attribution: str


@dataclass(frozen=True, slots=True)
class ListFile:
    """A title and its lines."""

    title: str
    lines: tuple[NewLine, ...]


def cleaned(found: Sequence[tuple[str, Sequence[NewLine]]]) -> tuple[ListFile, ...]:
    """Titles and their lines with words folded and bounded; empty lines and lists without a line are left out."""
    made, room = [], MAX_LINES
    for title, lines in found[:MAX_LISTS]:
        kept = [
            NewLine(
                fold(line.text)[:MAX_TEXT],
                line.state,
                clean_note(line.note)[:10_000],
                line.due,
                heading=fold(line.heading)[:300] or None if line.heading else None,
                condition=fold(line.condition)[:MAX_TEXT] or None if line.condition else None,
                detail=fold(line.detail)[:MAX_TEXT],
                urgency=line.urgency,
                response_type=line.response_type,
                reminder=line.reminder,
                every=line.every if line.every is not None and LEAST <= line.every <= MOST else None,
                done_by=tuple(dict.fromkeys(fold(name)[:MAX_NAME] for name in line.done_by[:MAX_PEOPLE])),
            )
            for line in lines[:room]
            if fold(line.text)
        ]
        room -= len(kept)
        if kept:
            made.append(ListFile(fold(title)[:300] or "…", tuple(kept)))
    return tuple(made)


def grouped(lines: Sequence[tuple[str, str, NewLine]]) -> list[tuple[str, list[NewLine]]]:
    """Lines that each say which list they are of (a name, and its title), as lists in the order they came in."""
    lists: dict[str, tuple[str, list[NewLine]]] = {}
    for name, title, line in lines:
        lists.setdefault(name, (title, []))[1].append(line)
    return list(lists.values())
