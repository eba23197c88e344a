"""Checklists in and out of files: JSON of our own, Markdown, CSV, and ICS (VTODO, RFC 5545).

Writers take checklists with their items and give bytes; readers take bytes and give the lists that they hold. What
somebody else wrote is bounded, parsed and cleaned like everything from outside; the format of a file is told by its
name when writing, by its content when reading.
"""

from collections.abc import Callable, Sequence
from pathlib import PurePath

from core.errors import InputError
from core.lists import calendar, json_list, markdown, table
from core.lists.shape import ListFile, Written

Writer = Callable[[Sequence[Written]], bytes]

WRITERS: dict[str, Writer] = {
    "json": json_list.write,
    "markdown": markdown.write,
    "csv": table.write,
    "ics": calendar.write,
}
_ENDINGS = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".ics": "ics"}


def format_of(file: str, name: str | None) -> str:
    """The format to write, as it was named or by the file's ending. InputError: none that is known."""
    found = name or _ENDINGS.get(PurePath(file).suffix.lower())
    if found not in WRITERS:
        raise InputError("export-format-unknown", known=[*sorted(WRITERS), "copy"])
    return found


def read_own(data: bytes) -> tuple[ListFile, ...]:
    """The checklists of our own JSON, which an encrypted copy holds; none where it is something else."""
    return json_list.read(data)


def read(data: bytes) -> tuple[ListFile, ...]:
    """The checklists that some bytes hold; none where they hold something else."""
    for reader in (json_list.read, calendar.read, markdown.read, table.read):
        found = reader(data)
        if found:
            return found
    return ()
