"""Checklists as ICS: one VTODO an item (RFC 5545, 3.6.2), written and read by icalendar.

All stand in one calendar, which every program that takes ICS reads whole; of several lists each item says which it is
of, by a property of our own. Those who have done an item are properties of our own too: a calendar would write to
attendees. What is done again has a rule of recurrence, which begins one interval before it is due.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any  # Any: properties of icalendar, which has no usable types for them

from core.conditions import in_full, leading
from core.lines import NewLine
from core.lists.attribution import in_full as in_full_attribution
from core.lists.shape import ListFile, Written, cleaned, every, grouped, minutes
from core.model import Item, Standing, State
from core.wording import tr

if TYPE_CHECKING:
    from icalendar import Todo

_STATUS = {State.OPEN: "NEEDS-ACTION", State.DONE: "COMPLETED", State.NOT_APPLICABLE: "CANCELLED"}
_LIST, _LIST_ID, _CONDITION = "x-safeconduct-list", "x-id", "x-safeconduct-condition"
_DONE_BY, _DONE_BY_ME, _STANDING = "x-safeconduct-done-by", "x-safeconduct-done-by-me", "x-safeconduct-standing"
_STEPS = {"MINUTELY": 1, "HOURLY": 60, "DAILY": 1440, "WEEKLY": 10_080}


def write(lists: Sequence[Written]) -> bytes:
    """Checklists as ICS."""
    from icalendar import Calendar, Todo  # 100 ms, and only for calendars

    made = Calendar()
    made.add("prodid", "-//Safe Conduct//safeconduct//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", lists[0].checklist.title if len(lists) == 1 else tr("Safe Conduct checklists"))
    now = datetime.now(UTC).replace(microsecond=0)
    for held in lists:
        attribution = in_full_attribution(held)
        for item in held.items:
            todo = Todo()
            todo.add("uid", f"{item.id}@safeconduct")
            todo.add("dtstamp", now)
            todo.add("summary", in_full(item))
            if item.condition:
                todo.add(_CONDITION, item.condition)
            todo.add("status", _STATUS[item.state])
            if item.note:
                todo.add("description", item.note)
            if attribution:
                todo.add("comment", attribution)
            if item.done_at:
                todo.add("completed", item.done_at)
            if item.heading:
                todo.add("categories", [item.heading])
            if item.standing is Standing.WITHDRAWN:
                todo.add(_STANDING, item.standing.value)
            for name in item.done_by:
                todo.add(*((_DONE_BY, name) if name else (_DONE_BY_ME, "TRUE")))
            _add_times(todo, item, now)
            if len(lists) > 1:
                todo.add(_LIST, held.checklist.title, {_LIST_ID: held.checklist.id})
            made.add_component(todo)
    return bytes(made.to_ical())


def _add_times(todo: "Todo", item: Item, now: datetime) -> None:
    if item.due:
        todo.add("due", item.due)
    if item.every is None:
        return
    number = minutes(item.every) or 1
    step = next(name for name in ("DAILY", "HOURLY", "MINUTELY") if number % _STEPS[name] == 0)
    todo.add("dtstart", item.due - item.every if item.due else item.done_at or item.reminder or now)
    todo.add("rrule", {"freq": step, "interval": number // _STEPS[step]})


def read(data: bytes) -> tuple[ListFile, ...]:
    """The VTODOs of an ICS file; none where it is something else."""
    if not data[:1000].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        return ()
    from icalendar import Calendar

    try:
        held = Calendar.from_ical(data)
        title = str(held.get("x-wr-calname", ""))
        lines = []
        said: dict[str, str] = {}
        for todo in held.walk("VTODO"):
            of = todo.get(_LIST)
            name = str(getattr(of, "params", {}).get(_LIST_ID, "")) if of else ""
            comment = _all(todo.get("comment"))
            said.setdefault(name, comment[0] if comment else "")
            lines.append((name, str(of) if of else title, _line(todo)))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, ArithmeticError):
        return ()
    return cleaned(grouped(lines), list(said.values()))


def _line(todo: Any) -> NewLine:
    status = str(todo.get("status", "")).upper()
    condition = str(todo.get(_CONDITION, "")) or None
    heading = ", ".join(str(one) for one in getattr(todo.get("categories"), "cats", ()))
    mine = [""] if _all(todo.get(_DONE_BY_ME)) else []
    return NewLine(
        str(todo.get("summary", "")).removeprefix(leading(condition)),
        next((state for state, word in _STATUS.items() if word == status), State.OPEN),
        str(todo.get("description", "")),
        _moment(getattr(todo.get("due"), "dt", None)),
        heading or None,
        condition,
        every=_every(todo.get("rrule")),
        done_by=(*mine, *_all(todo.get(_DONE_BY))),
        done_at=_moment(getattr(todo.get("completed"), "dt", None)),
        standing=Standing.WITHDRAWN if _all(todo.get(_STANDING)) == [Standing.WITHDRAWN] else Standing.CURRENT,
    )


def _all(held: Any) -> list[str]:
    """The values of a property, which icalendar gives alone where there is one."""
    return [str(one) for one in held] if isinstance(held, list) else [str(held)] if held is not None else []


def _every(rule: Any) -> timedelta | None:
    """How often a rule says; None: it says more than that."""
    if not isinstance(rule, dict) or not set(rule) <= {"FREQ", "INTERVAL"}:
        return None
    (step,), (number,) = (_all(rule.get(part, 1)) for part in ("FREQ", "INTERVAL"))
    return every(int(number) * _STEPS[step.upper()]) if step.upper() in _STEPS else None


def _moment(held: object) -> datetime | None:
    if isinstance(held, datetime):
        return (held if held.tzinfo else held.astimezone()).astimezone(UTC)
    if isinstance(held, date):
        return datetime.combine(held, time(23, 59, 59)).astimezone().astimezone(UTC)
    return None
