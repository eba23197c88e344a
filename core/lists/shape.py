"""A checklist as a file carries it, whatever the file's format."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from core.addresses import safe_address
from core.errors import InputError
from core.lines import MAX_FILE_BYTES, File, NewLine
from core.markup import clean_note, fold
from core.model import Checklist, Item, Standing
from core.often import LEAST, MOST
from core.times import stamp

MAX_LINES = 2000
MAX_LISTS = 200
MAX_TEXT = 2000
MAX_PEOPLE, MAX_NAME = 100, 400
MAX_QUOTES, MAX_QUOTED = 50, 1_000_000  # characters of all texts together; one that does not fit stays out
MAX_FILES = 20
MOST_MINUTES = 1_000_000  # more than any that is taken
_COUNTRY, _LANGUAGE = re.compile(r"[A-Z]{2}", re.ASCII), re.compile(r"[A-Za-z0-9-]{2,35}", re.ASCII)


class Quote(NamedTuple):
    """An advisory that a list was taken from: who said it, where and when, under which licence, and its words.

    `about`: how its source wants to be named. `text`: plain, list items behind a dash; "" where it did not come along.
    """

    title: str
    issuer: str = ""
    about: str = ""
    licence: str = ""
    url: str | None = None
    language: str = ""
    countries: tuple[str, ...] = ()
    level: str = ""
    issued: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    fetched: datetime | None = None
    second_hand: bool = False
    text: str = ""


class Written(NamedTuple):
    """A checklist to be written; `attribution`: who said what its items quote, and under which licence.

    `quoted`: the advisories that its items were taken from, in `quotes` by the items' ids; `files`: those that are
    attached to its items, by the items' ids.
    """

    checklist: Checklist
    items: Sequence[Item]
    attribution: str
    quoted: Sequence[Quote] = ()
    quotes: Mapping[str, int] = {}
    files: Mapping[str, Sequence[File]] = {}


@dataclass(frozen=True, slots=True)
class ListFile:
    """A title and its lines; `attribution`: what the file says of where its words are from."""

    title: str
    lines: tuple[NewLine, ...]
    attribution: str = ""
    quoted: tuple[Quote, ...] = ()


def moment(text: str | None) -> datetime | None:
    """A moment of a file as we write it, however far ahead, or as others do; None: it is none that can be."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text[:40])
        if found.tzinfo is not None and 1990 <= found.year < 2200:
            return found.astimezone(UTC).replace(microsecond=0)
    except ValueError:
        pass
    other = stamp(text, datetime.now(UTC))
    return other.at if other else None


def minutes(every: timedelta | None) -> int | None:
    """How often something is done again, in minutes."""
    return None if every is None else round(every.total_seconds() / 60)


def every(number: int | None) -> timedelta | None:
    """The reverse of `minutes`, for a number that anyone may have written; `cleaned` bounds it."""
    return None if number is None or not 0 < number <= MOST_MINUTES else timedelta(minutes=number)


def cleaned(found: Sequence[tuple[str, Sequence[NewLine]]], said: Sequence[str] = ()) -> tuple[ListFile, ...]:
    """Titles and their lines as `cleaned_files` has them; `said`: the attribution of each."""
    of_each = [*said, *[""] * (len(found) - len(said))]
    return cleaned_files(
        [ListFile(title, tuple(lines), words) for (title, lines), words in zip(found, of_each, strict=True)]
    )


def cleaned_files(found: Sequence[ListFile]) -> tuple[ListFile, ...]:
    """Lists with every word folded and bounded; empty lines and lists without a line are left out.

    InputError: there are more lines or lists than are taken, or a file is larger, so that nothing is lost unseen.
    """
    if len(found) > MAX_LISTS or sum(len(one.lines) for one in found) > MAX_LINES:
        raise InputError("lists-too-long", lines=MAX_LINES, lists=MAX_LISTS)
    made, room = [], MAX_QUOTED
    for one in found:
        quoted = tuple(map(_quote, one.quoted[:MAX_QUOTES]))
        for number, quote in enumerate(quoted):
            fits = len(quote.text) <= room
            room -= len(quote.text) if fits else 0
            quoted = quoted if fits else (*quoted[:number], quote._replace(text=""), *quoted[number + 1 :])
        kept = tuple(_line(line, len(quoted)) for line in one.lines if fold(line.text))
        if kept:
            made.append(ListFile(fold(one.title)[:300] or "…", kept, fold(one.attribution)[:MAX_TEXT], quoted))
    return tuple(made)


def _line(line: NewLine, quoted: int) -> NewLine:
    return replace(
        line,
        text=fold(line.text)[:MAX_TEXT],
        note=clean_note(line.note)[:10_000],
        heading=fold(line.heading)[:300] or None if line.heading else None,
        condition=fold(line.condition)[:MAX_TEXT] or None if line.condition else None,
        detail=fold(line.detail)[:MAX_TEXT],
        response_type=fold(line.response_type)[:40] or None if line.response_type else None,
        every=line.every if line.every is not None and LEAST <= line.every <= MOST else None,
        done_by=tuple(dict.fromkeys(fold(name)[:MAX_NAME] for name in line.done_by[:MAX_PEOPLE])),
        standing=Standing.WITHDRAWN if line.standing is Standing.WITHDRAWN else Standing.CURRENT,
        quotes=line.quotes if line.quotes is not None and 0 <= line.quotes < quoted else None,
        files=tuple(map(_file, line.files[:MAX_FILES])),
    )


def _file(held: File) -> File:
    if len(held.data or b"") > MAX_FILE_BYTES:
        raise InputError("file-too-large-to-attach", file=fold(held.name)[:MAX_NAME])
    return held._replace(name=fold(held.name)[:MAX_NAME] or "file")


def _quote(held: Quote) -> Quote:
    return held._replace(
        title=fold(held.title)[:300] or "…",
        issuer=fold(held.issuer)[:300],
        about=fold(held.about)[:300],
        licence=fold(held.licence)[:300],
        level=fold(held.level)[:300],
        url=safe_address(held.url) if held.url else None,
        language=held.language if _LANGUAGE.fullmatch(held.language) else "",
        countries=tuple(code for code in held.countries[:300] if _COUNTRY.fullmatch(code)),
    )


def grouped(lines: Sequence[tuple[str, str, NewLine]]) -> list[tuple[str, list[NewLine]]]:
    """Lines that each say which list they are of (a name, and its title), as lists in the order they came in."""
    lists: dict[str, tuple[str, list[NewLine]]] = {}
    for name, title, line in lines:
        lists.setdefault(name, (title, []))[1].append(line)
    return list(lists.values())
