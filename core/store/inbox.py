"""The inbox: everything that was told or waits to be, in full words, with what became of it. Nothing leaves it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from core.notices import Waiting
from core.store import rows
from core.store.open import Row, Store
from core.times import from_text, to_text


class Fate(StrEnum):
    """What became of an entry: it waits (for quiet hours to end, or for a desktop), it was shown, it was only kept."""

    WAITS = "waits"
    SHOWN = "shown"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was told, or waits to be. `again`: when it is told once more, as the traveller asked."""

    waiting: Waiting
    at: datetime
    fate: Fate
    again: datetime | None
    is_read: bool


_ENTRY = "id, title, line, urgent, weight, advisory_id, item, at, state, again, read"


def _entry(row: Row) -> Entry:
    held = cast(list[str | None], list(row))
    return Entry(
        Waiting(
            cast(int, row[0]),
            rows.message_in(rows.pair(cast(str, row[1]))),
            rows.message_in(rows.pair(cast(str, row[2]))),
            bool(row[3]),
            tuple(json.loads(cast(str, row[4]))),
            held[5],
            held[6],
        ),
        datetime.fromisoformat(cast(str, row[7])),
        Fate(cast(str, row[8])),
        from_text(held[9]),
        bool(row[10]),
    )


def add(store: Store, waiting: Waiting, subject: str, change: int | None, fate: Fate, now: datetime) -> None:
    """Put something in; its number is given by the store. Inside the caller's transaction."""
    store.write(
        "INSERT OR IGNORE INTO told (at, subject, change, item, advisory_id, title, line, urgent, weight, state) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        to_text(now), subject, change, waiting.item, waiting.advisory_id,
        rows.dump(rows.message_out(waiting.title)), rows.dump(rows.message_out(waiting.line)),
        int(waiting.urgent), rows.dump([int(part) for part in waiting.weight]), fate,
    )  # fmt: skip


def changes_taken_up(store: Store, numbers: Sequence[int]) -> set[int]:
    """Those of these changes that are in."""
    found = store.rows(
        "SELECT change FROM told WHERE change IN (SELECT value FROM json_each(?))", rows.dump(list(numbers))
    )
    return {cast(int, row[0]) for row in found}


def last_told(store: Store) -> dict[str, datetime]:
    """When each subject was put in last, by the clock as it went then."""
    found = store.rows("SELECT subject, at FROM told WHERE id IN (SELECT max(id) FROM told GROUP BY subject)")
    return {cast(str, row[0]): datetime.fromisoformat(cast(str, row[1])) for row in found}


def entries(store: Store, limit: int = 500) -> list[Entry]:
    """The newest entries, the newest first."""
    return [_entry(row) for row in store.rows(f"SELECT {_ENTRY} FROM told ORDER BY id DESC LIMIT ?", limit)]  # noqa: S608  # names of columns only


def waiting(store: Store) -> list[Entry]:
    """What waits to be told, and what is to be told once more; not what was read meanwhile."""
    return [
        _entry(row)
        for row in store.rows(
            f"SELECT {_ENTRY} FROM told WHERE NOT read AND (state = 'waits' OR again IS NOT NULL) ORDER BY id"  # noqa: S608  # names of columns only
        )
    ]


def unread(store: Store) -> int:
    """How many entries the traveller has not looked at."""
    row = store.row("SELECT count(*) FROM told WHERE NOT read")
    return cast(int, row[0]) if row else 0


def settle(store: Store, numbers: Sequence[int], fate: Fate, now: datetime) -> None:
    """Say what became of these; their changes count as told. Inside the caller's transaction."""
    held = rows.dump(list(numbers))
    store.write("UPDATE told SET state = ?, again = NULL WHERE id IN (SELECT value FROM json_each(?))", fate, held)
    store.write(
        "UPDATE change SET told_at = ? WHERE told_at IS NULL AND id IN "
        "(SELECT change FROM told WHERE id IN (SELECT value FROM json_each(?)))",
        to_text(now),
        held,
    )


def read(store: Store, numbers: Sequence[int], now: datetime) -> None:
    """The traveller has looked at these: what still waited is told to no desktop any more."""
    held = rows.dump(list(numbers))
    with store.transaction():
        store.write("UPDATE told SET read = 1, again = NULL WHERE id IN (SELECT value FROM json_each(?))", held)
        store.write("UPDATE told SET state = 'kept' WHERE read AND state = 'waits'")
        store.write(
            "UPDATE change SET told_at = ? WHERE told_at IS NULL AND id IN (SELECT change FROM told WHERE read)",
            to_text(now),
        )


def read_about(store: Store, advisory_id: str, now: datetime) -> None:
    """The traveller has opened an advisory: whatever was told of it is read."""
    found = store.rows("SELECT id FROM told WHERE NOT read AND advisory_id = ? AND item IS NULL", advisory_id)
    if found:
        read(store, [cast(int, row[0]) for row in found], now)


def tell_again(store: Store, numbers: Sequence[int], moment: datetime) -> None:
    """Tell these once more at a moment."""
    with store.transaction():
        store.write(
            "UPDATE told SET again = ? WHERE NOT read AND id IN (SELECT value FROM json_each(?))",
            to_text(moment),
            rows.dump(list(numbers)),
        )
