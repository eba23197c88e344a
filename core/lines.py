"""Lines for a checklist that follows nothing: what bundled and imported lists are made of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from core.model import Standing, State, Urgency

MAX_FILE_BYTES = 10 * 1024 * 1024


class File(NamedTuple):
    """A file that is attached to a line: its name, its size in bytes, and its bytes where they came along."""

    name: str
    size: int
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line for a checklist that follows nothing: bundled, imported, or the traveller's own.

    `quotes`: which of the texts that its list quotes it was taken from, by its place among them. `standing`: whether
    its source listed it no longer when it was written.
    """

    text: str
    state: State = State.OPEN
    note: str = ""
    due: datetime | None = None
    heading: str | None = None
    condition: str | None = None
    detail: str = ""
    urgency: Urgency = Urgency.UNKNOWN
    response_type: str | None = None
    refers_to: str | None = None
    reminder: datetime | None = None
    every: timedelta | None = None
    done_by: tuple[str, ...] = ()
    done_at: datetime | None = None
    standing: Standing = Standing.CURRENT
    quotes: int | None = None
    files: tuple[File, ...] = ()
