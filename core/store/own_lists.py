"""Lists of the traveller's own, edited in place, and what she may do with every list: name it, archive it, copy it.

All of it can be taken back. Items of a list that follows an issuer, or came with the program, are neither reworded
nor removed here: their words are not hers.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.errors import InputError
from core.model import Checklist, Item, ListKind, Standing, State, Urgency
from core.store import checklists, rows
from core.store.open import Store
from core.store.undo import Act, recorded
from core.times import to_text

MAX_TEXT, MAX_TITLE, MAX_ITEMS = 2000, 300, 2000


def new_list(store: Store, title: str, now: datetime) -> str:
    """Make an empty list and give its id. The title is cleaned already."""
    return _make(store, title, (), now)


def duplicate(store: Store, checklist: str, title: str, now: datetime) -> str:
    """A list of one's own with the words, headings and notes of another, all open; its id. InputError: unknown."""
    held = _list(store, checklist)
    items = [item for item in checklists.items(store, held.id) if item.standing is not Standing.WITHDRAWN]
    return _make(store, title, items, now)


def rename(store: Store, checklist: str, title: str) -> None:
    """Give a list another name; "" gives it back its own. What its source calls it is kept beside."""
    _list(store, checklist)
    with recorded(store, Act.RENAME, (), [checklist]):
        store.write("UPDATE checklist SET named = nullif(?, '') WHERE id = ?", title[:MAX_TITLE], checklist)


def archive(store: Store, checklist: str, now: datetime) -> None:
    """Put a list away: it is kept, follows its source still, and tells and counts nothing."""
    _list(store, checklist)
    with recorded(store, Act.ARCHIVE, (), [checklist]):
        store.write("UPDATE checklist SET archived = ? WHERE id = ?", to_text(now), checklist)


def bring_back(store: Store, checklist: str) -> None:
    """Show an archived list among the others again."""
    _list(store, checklist)
    with recorded(store, Act.BRING_BACK, (), [checklist]):
        store.write("UPDATE checklist SET archived = NULL WHERE id = ?", checklist)


def add_items(store: Store, checklist: str, texts: Sequence[str]) -> list[Item]:
    """Add items to the end of a list of one's own, as one act. InputError: it is none, or full."""
    _own(store, checklist)
    names = [_new_id() for _ in texts]
    with recorded(store, Act.ADD, names):
        (count, last) = store.row(
            "SELECT count(*), coalesce(max(position), -1) FROM item WHERE checklist = ?", checklist
        ) or (0, -1)
        if not isinstance(count, int) or not isinstance(last, int) or count + len(texts) > MAX_ITEMS:
            raise InputError("list-full", most=MAX_ITEMS)
        for place, (name, text) in enumerate(zip(names, texts, strict=True), last + 1):
            _insert(store, _item(name, checklist, place, text))
    return checklists.items_by_id(store, names)


def reword(store: Store, item_id: str, text: str) -> None:
    """Give an item of one's own list other words. InputError: its words are an issuer's, or none are left."""
    _own_item(store, item_id)
    if not text:
        raise InputError("item-without-words")
    with recorded(store, Act.REWORD, [item_id]):
        store.write("UPDATE item SET text = ? WHERE id = ?", text[:MAX_TEXT], item_id)


def remove(store: Store, item_id: str) -> None:
    """Remove an item of one's own list. InputError: it is an issuer's."""
    _own_item(store, item_id)
    with recorded(store, Act.REMOVE, [item_id]):
        store.write("DELETE FROM item WHERE id = ?", item_id)


def _make(store: Store, title: str, items: Sequence[Item], now: datetime) -> str:
    name = _new_id()
    copies = [
        replace(
            item, id=_new_id(), checklist=name, position=place, action_id=None, advisory_id=None, state=State.OPEN,
            standing=Standing.CURRENT, was=None, done_at=None, due=None, reminder=None, start=None, end=None,
            important=False, done_by=(),
        )
        for place, item in enumerate(items)
    ]  # fmt: skip
    with recorded(store, Act.NEW_LIST, [item.id for item in copies], [name]):
        store.write(
            "INSERT INTO checklist (id, title, kind, started) VALUES (?, ?, ?, ?)",
            name, title[:MAX_TITLE], ListKind.OWN, to_text(now),
        )  # fmt: skip
        for item in copies:
            _insert(store, item)
    return name


def _list(store: Store, name: str) -> Checklist:
    found = next((one for one in checklists.all_lists(store) if one.id == name), None)
    if found is None:
        raise InputError("unknown-list", list=name)
    return found


def _own_item(store: Store, name: str) -> None:
    """Refuse an item whose words an issuer has said, also in a copy that came in a file."""
    (item,) = checklists.items_by_id(store, [name])
    if item.advisory_id is not None:
        raise InputError("not-your-words")
    _own(store, item.checklist)


def _own(store: Store, name: str) -> None:
    if _list(store, name).kind is not ListKind.OWN:
        raise InputError("not-your-words")


def _item(name: str, checklist: str, position: int, text: str) -> Item:
    return Item(
        id=name, checklist=checklist, position=position, action_id=None, advisory_id=None, text=text[:MAX_TEXT],
        state=State.OPEN, standing=Standing.CURRENT, was=None, heading=None, condition=None, urgency=Urgency.UNKNOWN,
        response_type=None, done_at=None, note="", due=None, reminder=None,
    )  # fmt: skip


def _insert(store: Store, item: Item) -> None:
    values = rows.item_out(item)
    store.write(f"INSERT INTO item ({rows.ITEM}) VALUES ({rows.marks(values)})", *values)  # noqa: S608  # marks only


def _new_id() -> str:
    return os.urandom(4).hex()
