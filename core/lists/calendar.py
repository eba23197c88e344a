"""A checklist as ICS: one VTODO an item (RFC 5545, 3.6.2), written and read by icalendar."""

from datetime import UTC, date, datetime, time

from core.lines import NewLine
from core.lists.shape import ListFile, cleaned
from core.model import Checklist, Item, State

_STATUS = {State.OPEN: "NEEDS-ACTION", State.DONE: "COMPLETED", State.NOT_APPLICABLE: "CANCELLED"}


def write(checklist: Checklist, items: list[Item], attribution: str) -> bytes:
    """A checklist as ICS."""
    from icalendar import Calendar, Todo  # 100 ms, and only for calendars

    made = Calendar()
    made.add("prodid", "-//Safe Conduct//safeconduct//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", checklist.title)
    for item in items:
        todo = Todo()
        todo.add("uid", f"{item.id}@safeconduct")
        todo.add("dtstamp", datetime.now(UTC).replace(microsecond=0))
        todo.add("summary", item.text)
        todo.add("status", _STATUS[item.state])
        if item.note:
            todo.add("description", item.note)
        if attribution:
            todo.add("comment", attribution)
        if item.due:
            todo.add("due", item.due)
        if item.done_at:
            todo.add("completed", item.done_at)
        if item.heading:
            todo.add("categories", [item.heading])
        made.add_component(todo)
    return bytes(made.to_ical())


def read(data: bytes) -> ListFile | None:
    """The VTODOs of an ICS file, or None."""
    if not data[:1000].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        return None
    from icalendar import Calendar

    try:
        held = Calendar.from_ical(data)
        lines = []
        for todo in held.walk("VTODO"):
            status = str(todo.get("status", "")).upper()
            state = next((state for state, word in _STATUS.items() if word == status), State.OPEN)
            due = todo.get("due")
            lines.append(
                NewLine(
                    str(todo.get("summary", "")),
                    state,
                    str(todo.get("description", "")),
                    _moment(getattr(due, "dt", None)),
                )
            )
        title = str(held.get("x-wr-calname", ""))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None
    return cleaned(title, lines)


def _moment(held: object) -> datetime | None:
    if isinstance(held, datetime):
        return (held if held.tzinfo else held.astimezone()).astimezone(UTC)
    if isinstance(held, date):
        return datetime.combine(held, time(23, 59, 59)).astimezone().astimezone(UTC)
    return None
