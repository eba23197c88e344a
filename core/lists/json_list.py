"""Our own JSON of checklists: everything the traveller wrote, and the attribution of what is quoted.

`items` are those of all lists, each with the place in `lists` of the one it is of. `done_by`: the names of who
has done an item; "" is the traveller.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

from core.lines import NewLine
from core.lists.shape import ListFile, Written, cleaned, grouped
from core.model import Item, State, Urgency
from core.times import stamp, to_text
from core.wording import tr

KIND = "safeconduct-checklist"
MOST_MINUTES = 1_000_000  # more than any that is taken


class _Item(msgspec.Struct):
    text: str
    state: str = "open"
    note: str = ""
    due: str | None = None
    reminder: str | None = None
    every_minutes: int | None = None
    heading: str | None = None
    condition: str | None = None
    detail: str = ""
    urgency: str = "unknown"
    response_type: str | None = None
    done_by: list[str] = []
    list: int = 0


class _List(msgspec.Struct):
    title: str


class _File(msgspec.Struct):
    kind: str
    title: str
    items: list[_Item]
    lists: list[_List] = []


def write(lists: Sequence[Written]) -> bytes:
    """Checklists as JSON."""
    shape = {
        "kind": KIND,
        "format": 1,
        "title": lists[0].checklist.title if len(lists) == 1 else tr("Safe Conduct checklists"),
        "attribution": " ".join(dict.fromkeys(one.attribution for one in lists if one.attribution)),
        "lists": [{"title": one.checklist.title, "attribution": one.attribution} for one in lists],
        "items": [_item(item, number) for number, one in enumerate(lists) for item in one.items],
    }
    return json.dumps(shape, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(item: Item, number: int) -> dict[str, object]:
    return {
        "text": item.text,
        "state": item.state,
        "standing": item.standing,
        "heading": item.heading,
        "condition": item.condition,
        "urgency": item.urgency,
        "response_type": item.response_type,
        "detail": item.detail,
        "note": item.note,
        "due": to_text(item.due),
        "reminder": to_text(item.reminder),
        "every_minutes": None if item.every is None else round(item.every.total_seconds() / 60),
        "done_at": to_text(item.done_at),
        "done_by": list(item.done_by),
        "list": number,
    }


def read(data: bytes) -> tuple[ListFile, ...]:
    """What `write` wrote; none where it is something else."""
    try:
        held = msgspec.json.decode(data, type=_File)
    except (ValueError, RecursionError):
        return ()
    if held.kind != KIND:
        return ()
    now = datetime.now(UTC)
    lines = []
    for item in held.items:
        due, reminder = stamp(item.due, now), stamp(item.reminder, now)
        every = None if item.every_minutes is None else timedelta(minutes=min(item.every_minutes, MOST_MINUTES))
        line = NewLine(
            item.text,
            _one_of(State, item.state, State.OPEN),
            item.note,
            due.at if due else None,
            item.heading,
            item.condition,
            item.detail,
            _one_of(Urgency, item.urgency, Urgency.UNKNOWN),
            item.response_type,
            reminder=reminder.at if reminder else None,
            every=every,
            done_by=tuple(item.done_by),
        )
        title = held.lists[item.list].title if 0 <= item.list < len(held.lists) else held.title
        lines.append((str(item.list), title, line))
    return cleaned(grouped(lines))


T = TypeVar("T", State, Urgency)


def _one_of(kind: type[T], word: str, otherwise: T) -> T:
    return kind(word) if word in set(kind) else otherwise
