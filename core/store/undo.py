"""What the traveller did last, kept so that it can be taken back and done again, over a restart too.

An act is the columns that it changed, each as it was and as it became. Taking it back writes what was there before,
and only where the act's own value still stands: what a source or another act has changed since is left alone.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple, cast

from core.store import rows
from core.store.open import Store, Value

KEPT = 50

# Columns that are taken back together or not at all.
_GROUPS = {
    "item": (("state", "done_at"), ("note",), ("due",), ("standing", "was", "important", "withdrawal")),
    "checklist": (("looked",),),
    "trip": (("name",), ("countries",), ("starts", "ends"), ("companions",), ("archived",)),
}


class Act(StrEnum):
    """What was done."""

    TICK = "tick"
    UNTICK = "untick"
    ASIDE = "aside"
    NOTE = "note"
    DUE = "due"
    ACCEPT = "accept"
    AGAIN = "again"
    KEEP = "keep"
    HIDE = "hide"
    LOOK = "look"
    TRIP_ADDED = "trip-added"
    TRIP_CHANGED = "trip-changed"
    TRIP_ARCHIVED = "trip-archived"
    TRIP_BACK = "trip-back"


class Reversal(NamedTuple):
    """An act that was taken back or done again, the items it was about, and the first one's list; "" for a trip.

    `whole`: nothing of it had been changed since, so all of it was.
    """

    act: Act
    items: tuple[str, ...]
    checklist: str
    whole: bool


_Row = dict[str, Value]
_Held = dict[tuple[str, str], _Row]


@contextmanager
def recorded(
    store: Store, act: Act, items: Sequence[str] = (), checklists: Sequence[str] = (), trips: Sequence[str] = ()
) -> Iterator[None]:
    """A transaction that keeps what it changes of these rows. Whatever had been taken back cannot be redone then."""
    with store.transaction():
        before = _held(store, items, checklists, trips)
        yield
        after = _held(store, items, checklists, trips)
        changed = [
            [table, name, {column: [was[column], became[column]] for column in was if was[column] != became[column]}]
            for (table, name), was in before.items()
            for became in [after[table, name]]
            if was != became
        ]
        if changed:
            store.write("DELETE FROM act WHERE undone")
            store.write("INSERT INTO act (kind, data) VALUES (?, ?)", act, rows.dump(changed))
            store.write("DELETE FROM act WHERE id <= (SELECT id FROM act ORDER BY id DESC LIMIT 1 OFFSET ?)", KEPT)


def undo(store: Store) -> Reversal | None:
    """Take back what was done last; None where nothing is left to take back."""
    return _turn(store, "SELECT id, kind, data FROM act WHERE NOT undone ORDER BY id DESC LIMIT 1", back=True)


def redo(store: Store) -> Reversal | None:
    """Do again what was taken back last; None where there is nothing, or something else was done since."""
    return _turn(store, "SELECT id, kind, data FROM act WHERE undone ORDER BY id LIMIT 1", back=False)


def _turn(store: Store, statement: str, *, back: bool) -> Reversal | None:
    with store.transaction():
        row = store.row(statement)
        if row is None:
            return None
        number, kind, data = cast(tuple[int, str, str], row)
        changed = cast(list[tuple[str, str, dict[str, list[Value]]]], json.loads(data))
        whole = True
        for table, name, columns in changed:
            whole = _turn_row(store, table, name, columns, back=back) and whole
        if any(table == "trip" for table, _, _ in changed):  # other places may be asked for again
            store.write("UPDATE source SET next_check = NULL WHERE problem IS NULL")
        store.write("UPDATE act SET undone = ? WHERE id = ?", int(back), number)
    items = tuple(name for table, name, _ in changed if table == "item")
    of_item = store.row("SELECT checklist FROM item WHERE id = ?", items[0]) if items else None
    lists = (name for table, name, _ in changed if table == "checklist")
    checklist = cast(str, of_item[0]) if of_item else next(lists, "")
    return Reversal(Act(kind), items, checklist, whole)


def can_undo(store: Store) -> bool:
    """Whether there is anything to take back."""
    return store.row("SELECT 1 FROM act WHERE NOT undone LIMIT 1") is not None


def _turn_row(store: Store, table: str, name: str, columns: dict[str, list[Value]], *, back: bool) -> bool:
    """Write one row's columns back, group by group; False where some were changed since."""
    held = _rows(store, table, [name]).get((table, name))
    if held is None:
        return False
    whole = True
    for group in _GROUPS[table]:
        turned = {column: columns[column] for column in group if column in columns}
        if not turned:
            continue
        if any(held[column] != pair[1 if back else 0] for column, pair in turned.items()):
            whole = False
            continue
        places = ", ".join(f"{column} = ?" for column in turned)
        values = [pair[0 if back else 1] for pair in turned.values()]
        store.write(f"UPDATE {table} SET {places} WHERE id = ?", *values, name)  # noqa: S608  # names of our own columns
    return whole


def _held(store: Store, items: Sequence[str], checklists: Sequence[str], trips: Sequence[str]) -> _Held:
    return _rows(store, "item", items) | _rows(store, "checklist", checklists) | _rows(store, "trip", trips)


def _rows(store: Store, table: str, names: Sequence[str]) -> _Held:
    columns = [column for group in _GROUPS[table] for column in group]
    found = store.rows(
        f"SELECT id, {', '.join(columns)} FROM {table} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608  # names of our own columns
        rows.dump(list(names)),
    )
    return {(table, cast(str, row[0])): dict(zip(columns, row[1:], strict=True)) for row in found} if names else {}
