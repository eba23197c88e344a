"""Where words that were looked for stand in a text, and what stands around them. Pure.

Words are found as the index finds them: whole, without regard to case or accents; only the last one of a search that
is still being typed may be the beginning of a word.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

MOST_WORDS = 20
_WORD = re.compile(r"[^\W_]+")

Places = tuple[tuple[int, int], ...]


class Sought(NamedTuple):
    """Words to look for, all of them; with `unfinished` the last one may be the beginning of a word."""

    words: tuple[str, ...]
    unfinished: bool = False


class Hit(NamedTuple):
    """A revision that has what was looked for: an excerpt of its text, and where in that the words stand.

    `newest`: the number of its advisory's newest revision.
    """

    advisory_id: str
    revision: int
    title: str
    snippet: str
    marks: Places = ()
    newest: int = 1


class _Folded(dict[int, int]):
    """Each letter as what it is compared by, one for one, so that places stay where they are."""

    def __missing__(self, code: int) -> int:
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = made = ord(letter) if len(letter) == 1 else code
        return made


_FOLDED = _Folded()


def sought(typed: str, *, unfinished: bool = False) -> Sought:
    """The words of what was typed; its signs are no syntax. `unfinished`: it may go on."""
    words = _WORD.findall(unicodedata.normalize("NFC", typed))[:MOST_WORDS]
    return Sought(tuple(words), unfinished and typed[-1:].isalnum())


def places_of(text: str, wanted: Sought) -> Places:
    """Where any of the words stands in a text, in code points, from its start to its end."""
    if not wanted.words:
        return ()
    return tuple(found.span() for found in _pattern(wanted).finditer(text.translate(_FOLDED)))


@lru_cache(16)
def _pattern(wanted: Sought) -> re.Pattern[str]:
    words = [re.escape(word.translate(_FOLDED)) for word in wanted.words]
    ends = [rf"{word}(?![^\W_])" for word in words]
    if wanted.unfinished:
        ends[-1] = rf"{words[-1]}[^\W_]*"
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(ends)})")


class Led(NamedTuple):
    """A stretch of a text that is not to be read without the words of `lead` before it."""

    start: int
    end: int
    lead: str


def excerpt(
    text: str, wanted: Sought, led: Sequence[Led] = (), before: int = 40, length: int = 160
) -> tuple[str, Places]:
    """The stretch of a text around the first of the words, on one line, and where in it the words stand.

    It begins in no stretch of `led` without its lead.
    """
    folded, pattern = text.translate(_FOLDED), _pattern(wanted)
    first = pattern.search(folded) if wanted.words else None
    at = first.start() if first else 0
    start = max(0, at - before)
    if start:
        start = text.find(" ", start, at) + 1 or start
    lead, begins = "", {one.start for one in led}
    for one in led:
        if one.start <= at < one.end:
            start, lead = max(start, one.start), one.lead
        elif start < one.end <= at:
            start = one.end
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", at, end), first.end() if first else start + 1)
    head = lead + ("…" if start and start not in begins else "")
    shown = head + re.sub(r"\s", " ", text[start:end]) + ("…" if end < len(text) else "")
    moved = len(head) - start
    found = pattern.finditer(folded, at, end) if first else ()
    return shown, tuple((one.start() + moved, one.end() + moved) for one in found)
