"""Checklists as ICS: one VTODO an item (RFC 5545, 3.6.2), written and read by icalendar.

All stand in one calendar, which every program that takes ICS reads whole; of several lists each item says which it is
of, by a property of our own.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from core.conditions import in_full, leading
from core.lines import NewLine
from core.lists.shape import ListFile, Written, cleaned, grouped
from core.model import State
from core.wording import tr

_STATUS = {State.OPEN: "NEEDS-ACTION", State.DONE: "COMPLETED", State.NOT_APPLICABLE: "CANCELLED"}
_LIST, _LIST_ID, _CONDITION = "x-safeconduct-list", "x-id", "x-safeconduct-condition"


def write(lists: Sequence[Written]) -> bytes:
    """Checklists as ICS."""
    from icalendar import Calendar, Todo  # 100 ms, and only for calendars

    made = Calendar()
    made.add("prodid", "-//Safe Conduct//safeconduct//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", lists[0].checklist.title if len(lists) == 1 else tr("Safe Conduct checklists"))
    for held in lists:
        for item in held.items:
            todo = Todo()
            todo.add("uid", f"{item.id}@safeconduct")
            todo.add("dtstamp", datetime.now(UTC).replace(microsecond=0))
            todo.add("summary", in_full(item))
            if item.condition:
                todo.add(_CONDITION, item.condition)
            todo.add("status", _STATUS[item.state])
            if item.note:
                todo.add("description", item.note)
            if held.attribution:
                todo.add("comment", held.attribution)
            if item.due:
                todo.add("due", item.due)
            if item.done_at:
                todo.add("completed", item.done_at)
            if item.heading:
                todo.add("categories", [item.heading])
            if len(lists) > 1:
                todo.add(_LIST, held.checklist.title, {_LIST_ID: held.checklist.id})
            made.add_component(todo)
    return bytes(made.to_ical())


def read(data: bytes) -> tuple[ListFile, ...]:
    """The VTODOs of an ICS file; none where it is something else."""
    if not data[:1000].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        return ()
    from icalendar import Calendar

    try:
        held = Calendar.from_ical(data)
        title = str(held.get("x-wr-calname", ""))
        lines = []
        for todo in held.walk("VTODO"):
            status = str(todo.get("status", "")).upper()
            state = next((state for state, word in _STATUS.items() if word == status), State.OPEN)
            due, of = todo.get("due"), todo.get(_LIST)
            heading = ", ".join(str(one) for one in getattr(todo.get("categories"), "cats", ()))
            condition = str(todo.get(_CONDITION, "")) or None
            line = NewLine(
                str(todo.get("summary", "")).removeprefix(leading(condition)),
                state,
                str(todo.get("description", "")),
                _moment(getattr(due, "dt", None)),
                heading or None,
                condition,
            )
            name = str(getattr(of, "params", {}).get(_LIST_ID, "")) if of else ""
            lines.append((name, str(of) if of else title, line))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return ()
    return cleaned(grouped(lines))


def _moment(held: object) -> datetime | None:
    if isinstance(held, datetime):
        return (held if held.tzinfo else held.astimezone()).astimezone(UTC)
    if isinstance(held, date):
        return datetime.combine(held, time(23, 59, 59)).astimezone().astimezone(UTC)
    return None
