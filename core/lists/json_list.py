"""Our own JSON of a checklist: everything the traveller wrote, and the attribution of what is quoted."""

import json
from datetime import UTC, datetime, timedelta

import msgspec

from core.lines import NewLine
from core.lists.shape import ListFile, cleaned
from core.model import Checklist, Item, State
from core.times import stamp, to_text

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
    detail: str = ""


class _File(msgspec.Struct):
    kind: str
    title: str
    items: list[_Item]


def write(checklist: Checklist, items: list[Item], attribution: str) -> bytes:
    """A checklist as JSON."""
    shape = {
        "kind": KIND,
        "format": 1,
        "title": checklist.title,
        "attribution": attribution,
        "items": [
            {
                "text": item.text,
                "state": item.state,
                "standing": item.standing,
                "heading": item.heading,
                "condition": item.condition,
                "detail": item.detail,
                "note": item.note,
                "due": to_text(item.due),
                "reminder": to_text(item.reminder),
                "every_minutes": None if item.every is None else round(item.every.total_seconds() / 60),
                "done_at": to_text(item.done_at),
            }
            for item in items
        ],
    }
    return json.dumps(shape, ensure_ascii=False, indent=1).encode() + b"\n"


def read(data: bytes) -> ListFile | None:
    """What `write` wrote, or None."""
    try:
        held = msgspec.json.decode(data, type=_File)
    except (ValueError, RecursionError):
        return None
    if held.kind != KIND:
        return None
    now = datetime.now(UTC)
    lines = []
    for item in held.items:
        due, reminder = stamp(item.due, now), stamp(item.reminder, now)
        every = None if item.every_minutes is None else timedelta(minutes=min(item.every_minutes, MOST_MINUTES))
        state = State(item.state) if item.state in set(State) else State.OPEN
        lines.append(
            NewLine(
                item.text, state, item.note, due.at if due else None, item.heading, detail=item.detail,
                reminder=reminder.at if reminder else None, every=every,
            )
        )  # fmt: skip
    return cleaned(held.title, lines)
