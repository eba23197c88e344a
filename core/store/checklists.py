"""Checklists and their items: what the traveller did is written at once, and nothing else ever writes it.

Ticks, notes and due times are written here by the traveller's hand alone; reconciling writes only the columns
that the source decides.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from core.errors import InputError
from core.model import Checklist, Item, ListKind, Revision, Standing, State
from core.store import rows
from core.store.open import Store
from core.store.reviewing import WAITING, changed_beside, settle
from core.store.undo import Act, recorded
from core.times import from_text, to_text

if TYPE_CHECKING:
    from core.lines import NewLine
    from core.revise import Reconciled

_STATES = {State.DONE: Act.TICK, State.OPEN: Act.UNTICK, State.NOT_APPLICABLE: Act.ASIDE}


def all_lists(store: Store, known: dict[str, bool] | None = None, *, beside: bool = True) -> list[Checklist]:
    """Every checklist that was started, the oldest first, archived ones last.

    `known`: as `changed_beside` has it; `beside`: whether what changed beside the items counts as to be looked at.
    """
    # Counted as `core.groups.progress` does, by the database: a traveller may have ten thousand items.
    counted = store.rows(
        "SELECT checklist, sum(listed AND state = 'done'), sum(listed AND state <> 'not-applicable'), "  # noqa: S608  # words of our own
        f"sum({WAITING}) "
        "FROM (SELECT checklist, state, standing, withdrawal, standing <> 'withdrawn' AS listed FROM item) "
        "GROUP BY checklist"
    )
    counts = {row[0]: cast(tuple[int, int, int], row[1:]) for row in counted}
    found = store.rows(
        "SELECT id, coalesce(named, title), kind, advisory_id, started, archived, attribution "
        "FROM checklist LEFT JOIN origin ON checklist = id ORDER BY archived IS NOT NULL, started, id"
    )
    lists = []
    changed = changed_beside(store, {} if known is None else known) if beside else set()
    for row in found:
        name, title, kind, advisory_id, started, archived, origin = cast(
            tuple[str, str, str, str | None, str | None, str | None, str | None], row
        )
        made = (name, title, ListKind(kind), advisory_id, from_text(started), from_text(archived))
        done, total, waiting = counts.get(name, (0, 0, 0))
        lists.append(Checklist(*made, done, total, waiting + (name in changed), origin))
    return lists


def following(store: Store, advisory_id: str) -> Checklist | None:
    """The checklist that follows an advisory, or None."""
    return next((one for one in all_lists(store) if one.advisory_id == advisory_id), None)


def item_count(store: Store) -> int:
    """How many items there are in all lists, archived ones too."""
    return cast(int, store.rows("SELECT count(*) FROM item")[0][0])


def items(store: Store, checklist: str | None = None, *, at_most: int = -1) -> list[Item]:
    """The items of one checklist, or of all that are not archived, in their order; withdrawn ones last.

    Those that the traveller has hidden are left out. `at_most`: the first ones alone.
    """
    return list(each_item(store, checklist, at_most=at_most))


def each_item(store: Store, checklist: str | None = None, *, at_most: int = -1) -> Iterator[Item]:
    """The same one by one, for those who look at all and keep few."""
    if checklist is None:
        which, first = (
            "checklist IN (SELECT id FROM checklist WHERE archived IS NULL)",
            "todo_place IS NULL, todo_place, ",
        )
    else:
        which, first = "checklist = ?1", ""
    which += " AND withdrawal IS NOT 'hidden'"
    order = f"{first}checklist, standing = 'withdrawn', place IS NULL, place, position, id"
    if at_most >= 0:  # an index tells which ones, so that the words of thousands are not gone through for a few
        which = f"id IN (SELECT id FROM item WHERE {which} ORDER BY {order} LIMIT {at_most})"  # noqa: S608  # as below
    values = () if checklist is None else (checklist,)
    found = store.each(f"SELECT {rows.ITEM} FROM item WHERE {which} ORDER BY {order}", *values)  # noqa: S608  # names of columns only
    return rows.items_in(found)


def items_by_id(store: Store, ids: Sequence[str]) -> list[Item]:
    """These items, in this order. InputError: one is unknown."""
    found = {
        item.id: item
        for row in store.rows(f"SELECT {rows.ITEM} FROM item WHERE id IN ({rows.marks(ids)})", *ids)  # noqa: S608  # marks only
        for item in [rows.item_in(row)]
    }
    for name in ids:
        if name not in found:
            raise InputError("unknown-item", item=name)
    return [found[name] for name in ids]


def start_following(store: Store, revision: Revision, now: datetime) -> str:
    """Start the checklist of an advisory and give its id; one that was started is given back as it is."""
    from core.revise import new_item  # comparing brings the reading of texts, and opening a list needs neither

    with store.transaction():
        row = store.row("SELECT id FROM checklist WHERE advisory_id = ?", revision.advisory_id)
        if row is not None:
            return cast(str, row[0])
        name = _new_id()
        store.write(
            "INSERT INTO checklist (id, title, kind, advisory_id, started, revision, looked) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            name, revision.title, ListKind.FOLLOWS, revision.advisory_id, to_text(now), revision.number,
            revision.number,
        )  # fmt: skip
        for position, action in enumerate(revision.actions):
            add_item(store, new_item(action, revision, name, position, Standing.CURRENT))
        return name


def start_own(
    store: Store, kind: ListKind, title: str, lines: Sequence["NewLine"], now: datetime, name: str = ""
) -> str:
    """Start a checklist of lines that follow nothing, and give its id; `name`: the id of a bundled one."""
    with store.transaction():
        if name and store.row("SELECT id FROM checklist WHERE id = ?", name) is not None:
            return name
        made = add_list(store, kind, title, now, name)
        for position, line in enumerate(lines):
            add_item(store, item_of(line, made, position, now))
        return made


def add_list(store: Store, kind: ListKind, title: str, now: datetime, name: str = "") -> str:
    """An empty checklist that follows nothing, in the caller's transaction; its id."""
    name = name or _new_id()
    store.write("INSERT INTO checklist (id, title, kind, started) VALUES (?, ?, ?, ?)", name, title, kind, to_text(now))
    return name


def item_of(line: "NewLine", checklist: str, position: int, now: datetime) -> Item:
    """A line as an item without an id; what is done was done at the time that the line says, else now."""
    done_at = min(line.done_at or now, now) if line.state is State.DONE else None
    return Item(
        id="", checklist=checklist, position=position, action_id=None, advisory_id=None, text=line.text,
        state=line.state, standing=line.standing, was=None, heading=line.heading, condition=line.condition,
        urgency=line.urgency, response_type=line.response_type, done_at=done_at, note=line.note, due=line.due,
        reminder=line.reminder, detail=line.detail, refers_to=line.refers_to, every=line.every,
        done_by=line.done_by,
    )  # fmt: skip


def follow_revision(store: Store, revision: Revision) -> "Reconciled | None":
    """Reconcile the checklist that follows this advisory, inside the caller's transaction; None: there is none.

    The items are read anew here, so that a tick made meanwhile is there; only the source's columns are written.
    """
    row = store.row("SELECT id FROM checklist WHERE advisory_id = ?", revision.advisory_id)
    if row is None:
        return None
    name = cast(str, row[0])
    from core.revise import reconcile

    held = [rows.item_in(row) for row in store.rows(f"SELECT {rows.ITEM} FROM item WHERE checklist = ?", name)]  # noqa: S608  # names of columns only
    result = reconcile(held, revision, name)
    for item in result.changed:
        store.write(
            "UPDATE item SET action_id = ?1, text = ?2, standing = ?3, was = ?4, heading = ?5, condition = ?6, "
            "urgency = ?7, response_type = ?8, position = ?9, start = ?10, end = ?11, important = ?12, "
            "refers_to = ?14, given = ?15, "
            "withdrawal = CASE WHEN ?3 = 'withdrawn' THEN withdrawal END WHERE id = ?13",
            item.action_id, item.text, item.standing, item.was, item.heading, item.condition, item.urgency,
            item.response_type, item.position, item.start, item.end, int(item.important), item.id,
            item.refers_to, rows.given_out(item),
        )  # fmt: skip
    for item in result.added:
        add_item(store, item)
    store.write("UPDATE checklist SET title = ?, revision = ? WHERE id = ?", revision.title, revision.number, name)
    return result


def set_state(store: Store, ids: Sequence[str], state: State, now: datetime) -> list[Item]:
    """Tick, untick or set aside; all or none. To act on an item is to have looked at it.

    A tick is one for everybody who travels together. What is set aside keeps who had done it.
    """

    def one(item: Item) -> None:
        done_by: Sequence[str] = ()
        if state is State.DONE:
            done_by = _everybody(item, _company(store, item, now))
        elif State.NOT_APPLICABLE in (state, item.state) and item.state is not State.DONE:
            done_by = item.done_by
        _write_state(store, item, state, done_by, now)

    return _each(store, _STATES[state], ids, one)


def set_people(store: Store, item_id: str, said: Mapping[str, bool], now: datetime) -> list[Item]:
    """Say of some who travel together whether they have done an item; "" is the traveller.

    It is done when all of them have, and open again when one has not. Who joined after it was done, and has done it
    too, opens nothing again. InputError: the item is unknown, or somebody does not belong to its list's company.
    """

    def one(item: Item) -> None:
        company = _company(store, item, now)
        for name in said:
            if name not in company:
                raise InputError("unknown-companion", name=name)
        done = {name for name in (*company, *item.doers) if said.get(name, name in item.doers)}
        stays = item.state is State.DONE and all(said.values())
        state = State.DONE if stays or done.issuperset(company) else State.OPEN
        ordered = [name for name in dict.fromkeys((*company, *item.doers)) if name in done]
        _write_state(store, item, state, ordered, now)

    return _each(store, Act.PEOPLE, [item_id], one)


def _company(store: Store, item: Item, now: datetime) -> tuple[str, ...]:
    from core.store.company import company_of  # not before the first paint

    return company_of(store, item.checklist, now)


def _everybody(item: Item, company: Sequence[str]) -> list[str]:
    """The company, and whoever had done it on another trip; nobody by name where nobody comes along."""
    return list(dict.fromkeys((*company, *item.done_by)))


def _write_state(store: Store, item: Item, state: State, done_by: Sequence[str], now: datetime) -> None:
    done_at = (item.done_at if item.state is State.DONE else now) if state is State.DONE else None
    store.write(
        "UPDATE item SET state = ?, done_at = ?, done_by = ? WHERE id = ?",
        state, to_text(done_at), rows.dump(list(done_by)), item.id,
    )  # fmt: skip
    if (state is not State.OPEN or done_by) and item.standing in (Standing.NEW, Standing.REWORDED):
        store.write("UPDATE item SET standing = 'current', was = NULL, important = 0 WHERE id = ?", item.id)
        settle(store, item.checklist)


def set_note(store: Store, item_id: str, note: str) -> list[Item]:
    """Replace an item's note; empty takes it away."""
    return _each(
        store, Act.NOTE, [item_id], lambda item: store.write("UPDATE item SET note = ? WHERE id = ?", note, item.id)
    )


def set_due(store: Store, item_id: str, due: datetime | None) -> list[Item]:
    """Set or take away an item's due time."""
    return _each(
        store,
        Act.DUE,
        [item_id],
        lambda item: store.write("UPDATE item SET due = ? WHERE id = ?", to_text(due), item.id),
    )


def set_times(
    store: Store, item_id: str, due: datetime | None, reminder: datetime | None, every: timedelta | None
) -> list[Item]:
    """Set or take away when an item is due, when the traveller is reminded, and how often it is done again."""
    seconds = None if every is None else round(every.total_seconds())

    def one(item: Item) -> None:
        store.write(
            "UPDATE item SET due = ?, reminder = ?, every = ? WHERE id = ?",
            to_text(due), to_text(reminder), seconds, item.id,
        )  # fmt: skip

    return _each(store, Act.DUE, [item_id], one)


def _each(store: Store, act: Act, ids: Sequence[str], do: Callable[[Item], None]) -> list[Item]:
    """Act on items, all or none, so that it can be taken back."""
    lists = sorted({item.checklist for item in items_by_id(store, ids)})
    with recorded(store, act, ids, lists):
        for item in items_by_id(store, ids):
            do(item)
    return items_by_id(store, ids)


def add_item(store: Store, item: Item) -> str:
    """Keep an item under a new id, in the caller's transaction, and give that id."""
    values = rows.item_out(item)
    values[0] = name = _new_id()
    store.write(f"INSERT INTO item ({rows.ITEM}) VALUES ({rows.marks(values)})", *values)  # noqa: S608  # marks only
    return name


def _new_id() -> str:
    return os.urandom(4).hex()
