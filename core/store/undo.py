"""What the traveller did last, kept so that it can be taken back and done again, over a restart too.

An act is the columns that it changed, each as it was and as it became, and the rows that it made or removed. Taking it
back writes what was there before, and only where the act's own value still stands: what a source or another act has
changed since is left alone.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple, cast

from core.conditions import ahead
from core.store import rows
from core.store.open import Store, Value

KEPT = 50

# Columns that are taken back together or not at all.
_GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "item": (
        ("text",), ("place",), ("todo_place",), ("state", "done_at", "done_by"), ("note",), ("due",), ("reminder",),
        ("every",),
        ("standing", "was", "important", "withdrawal"),
    ),
    "checklist": (("looked",), ("named",), ("archived",)),
    "attachment": (("removed",),),
    "trip": (("name",), ("countries",), ("starts", "ends"), ("companions",), ("archived",)),
}  # fmt: skip
_WHOLE = ""  # the name under which all of a row stands that was made or removed


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
    ADD = "add"
    REWORD = "reword"
    PEOPLE = "people"
    REMOVE = "remove"
    NEW_LIST = "new-list"
    RENAME = "rename"
    ARCHIVE = "archive"
    BRING_BACK = "bring-back"
    MOVE = "move"
    ATTACH = "attach"
    DETACH = "detach"
    TRIP_ADDED = "trip-added"
    TRIP_CHANGED = "trip-changed"
    TRIP_ARCHIVED = "trip-archived"
    TRIP_BACK = "trip-back"


class Reversal(NamedTuple):
    """An act that was taken back or done again, the items it was about, the list, and the words of what it was about.

    A trip has no list: "".

    `whole`: nothing of it had been changed since, so all of it was.
    """

    act: Act
    items: tuple[str, ...]
    checklist: str
    whole: bool
    words: str


_Row = dict[str, Value]
_Held = dict[tuple[str, str], _Row]
_Changed = list[tuple[str, str, dict[str, list[Value]]]]


@contextmanager
def recorded(
    store: Store,
    act: Act,
    items: Sequence[str] = (),
    checklists: Sequence[str] = (),
    files: Sequence[str] = (),
    trips: Sequence[str] = (),
) -> Iterator[None]:
    """A transaction that keeps what it changes of these rows. Whatever had been taken back cannot be redone then."""
    with store.transaction():
        before = _held(store, items, checklists, files, trips)
        yield
        after = _held(store, items, checklists, files, trips)
        changed = [
            [table, name, columns]
            for table, name in before | after
            if (columns := _difference(table, before.get((table, name)), after.get((table, name))))
        ]
        if changed:
            store.write("DELETE FROM act WHERE undone")
            store.write("INSERT INTO act (kind, data) VALUES (?, ?)", act, rows.dump(changed))
            store.write("DELETE FROM act WHERE id <= (SELECT id FROM act ORDER BY id DESC LIMIT 1 OFFSET ?)", KEPT)


def _difference(table: str, was: _Row | None, became: _Row | None) -> dict[str, list[object]]:
    """The columns that differ; of a row that was made or removed all of it."""
    if was is None or became is None:
        return {} if was is became else {_WHOLE: [was, became]}
    columns = [column for group in _GROUPS[table] for column in group]
    return {column: [was[column], became[column]] for column in columns if was[column] != became[column]}


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
        changed = cast(_Changed, json.loads(data))
        said = _about(store, changed)
        whole = True
        # What was made is taken back from its end: items before their list.
        for table, name, columns in reversed(changed) if back else changed:
            whole = _turn_row(store, table, name, columns, back=back) and whole
        if any(table == "trip" for table, _, _ in changed):  # other places may be asked for again
            store.write("UPDATE source SET next_check = NULL WHERE problem IS NULL")
        store.write("UPDATE act SET undone = ? WHERE id = ?", int(back), number)
        words, checklist = said or _about(store, changed) or ("", "")
    items = tuple(name for table, name, _ in changed if table == "item")
    return Reversal(Act(kind), items, checklist, whole, words)


def _about(store: Store, changed: _Changed) -> tuple[str, str] | None:
    """The words and the list of the first item, or the title of a list that was made; None: it is not there now."""
    lists = [name for table, name, _ in changed if table == "checklist"]
    made = [name for table, name, columns in changed if table == "checklist" and _WHOLE in columns]
    items = [name for table, name, _ in changed if table == "item"]
    trips = [name for table, name, _ in changed if table == "trip"]
    if trips:
        row = store.row("SELECT name, '' FROM trip WHERE id = ?", trips[0])
    elif not items and not lists:
        row = store.row(
            "SELECT f.name, checklist FROM attachment f JOIN item ON item.id = f.item WHERE f.id = ?", changed[0][1]
        )
    elif items and not made:
        row = store.row("SELECT text, condition, checklist FROM item WHERE id = ?", items[0])
        if row is not None:
            text, condition, checklist = cast(tuple[str, str | None, str], row)
            return ahead(text, condition) + text, checklist
    else:
        named = "coalesce(named, title)" if made or not items else "''"
        row = store.row(f"SELECT {named}, id FROM checklist WHERE id = ?", lists[0])  # noqa: S608  # words of our own
    return cast(tuple[str, str], row) if row else None


def can_undo(store: Store) -> bool:
    """Whether there is anything to take back."""
    return store.row("SELECT 1 FROM act WHERE NOT undone LIMIT 1") is not None


def _turn_row(store: Store, table: str, name: str, columns: dict[str, list[Value]], *, back: bool) -> bool:
    """Write one row's columns back, group by group; False where some were changed since."""
    held = _rows(store, table, [name]).get((table, name))
    if _WHOLE in columns:
        return _turn_whole(store, table, name, held, cast(_Row | None, columns[_WHOLE][0 if back else 1]))
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


def _turn_whole(store: Store, table: str, name: str, held: _Row | None, wanted: _Row | None) -> bool:
    """Bring a row back, or take it away; False: it is as wanted already, or items that came since need it."""
    if (held is None) == (wanted is None):
        return False
    if wanted is not None:
        statement = f"INSERT INTO {table} ({', '.join(wanted)}) VALUES ({rows.marks(wanted)})"  # noqa: S608  # names of our own columns
        store.write(statement, *wanted.values())
    elif table == "checklist" and store.row("SELECT 1 FROM item WHERE checklist = ?", name) is not None:
        return False
    else:
        store.write(f"DELETE FROM {table} WHERE id = ?", name)  # noqa: S608  # names of our own tables
    return True


def _held(
    store: Store, items: Sequence[str], checklists: Sequence[str], files: Sequence[str], trips: Sequence[str]
) -> _Held:
    lists = _rows(store, "checklist", checklists) | _rows(store, "item", items)
    return lists | _rows(store, "attachment", files) | _rows(store, "trip", trips)


def _rows(store: Store, table: str, names: Sequence[str]) -> _Held:
    if not names:
        return {}
    columns = [str(row[0]) for row in store.rows("SELECT name FROM pragma_table_info(?)", table)]
    found = store.rows(
        f"SELECT {', '.join(columns)} FROM {table} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608  # names of our own columns
        rows.dump(list(names)),
    )
    place = columns.index("id")
    held = {row[place]: dict(zip(columns, row, strict=True)) for row in found}
    return {(table, name): held[name] for name in names if name in held}
