"""Lines for a checklist that follows nothing: what bundled and imported lists are made of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.model import State, Urgency


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line for a checklist that follows nothing: bundled, imported, or the traveller's own."""

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
