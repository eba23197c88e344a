"""What changed in a list and was not looked at, and what the traveller says of it: all of it can be taken back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

from core.model import ChangeKind, Item, Standing
from core.review import Moved, News, Verdict, beside_items
from core.store import advisories, rows
from core.store.open import Store
from core.store.undo import Act, recorded

_ACTS = {Verdict.ACCEPT: Act.ACCEPT, Verdict.AGAIN: Act.AGAIN, Verdict.KEEP: Act.KEEP, Verdict.HIDE: Act.HIDE}
WAITING = "(standing IN ('new', 'reworded') OR standing = 'withdrawn' AND withdrawal IS NULL)"


def waiting(store: Store, checklist: str) -> list[Item]:
    """The items of a list that the source changed and that were not looked at since, in the list's order."""
    found = store.rows(
        f"SELECT {rows.ITEM} FROM item WHERE checklist = ? AND {WAITING} "  # noqa: S608  # names of columns only
        "ORDER BY standing = 'withdrawn', position, id",
        checklist,
    )
    return [rows.item_in(row) for row in found]


def news(store: Store, checklist: str) -> News:
    """What the source changed in a list since the traveller last looked."""
    changes = advisories.not_looked_at(store, checklist)
    at = max((at for at, change in changes if change.kind is not ChangeKind.EDITORIAL), default=None)
    items = tuple(waiting(store, checklist))
    moved = _Moved(lambda: _moved(store, checklist, items))
    return News(items, beside_items([change for _, change in changes]), at, moved)


class _Moved(Mapping[str, Moved]):
    """Where words went and came from, found when it is first asked: only a review asks."""

    def __init__(self, find: Callable[[], Mapping[str, Moved]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Mapping[str, Moved]:
        return self._find()

    def __getitem__(self, name: str) -> Moved:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _moved(store: Store, checklist: str, items: Sequence[Item]) -> Mapping[str, Moved]:
    if not any(item.standing in (Standing.NEW, Standing.WITHDRAWN) for item in items):
        return {}
    from core.moved import now_in, split_from  # comparing brings the reading of texts

    row = store.row(
        "SELECT json_extract(r.rest, '$.language') FROM checklist l JOIN advisory a ON a.id = l.advisory_id "
        "JOIN revision r ON r.advisory_id = a.id AND r.number = a.newest WHERE l.id = ?",
        checklist,
    )
    found = store.rows(
        f"SELECT {rows.ITEM} FROM item WHERE checklist = ? AND standing <> 'withdrawn' "  # noqa: S608  # names of columns only
        "AND advisory_id IS NOT NULL ORDER BY position, id",
        checklist,
    )
    language = cast(str, row[0]) if row else ""
    gone, new = now_in(items, list(rows.items_in(found)), language), split_from(items, language)
    return {name: Moved(gone.get(name), new.get(name)) for name in (*gone, *new)}


def changed_beside(store: Store, known: dict[str, bool]) -> set[str]:
    """The lists whose advisory changed beside their items since the traveller last looked.

    `known`: what was found of changes before, by their numbers; what is found now is put there. No change is rewritten.
    """
    found = store.rows(
        "SELECT l.id, l.advisory_id, group_concat(c.id) FROM checklist l JOIN advisory a ON a.id = l.advisory_id "
        "JOIN change c ON c.advisory_id = l.advisory_id "
        "WHERE a.newest > l.looked AND json_extract(c.data, '$.after') > l.looked GROUP BY l.id"
    )
    beside = set()
    for checklist, advisory_id, numbers in cast(list[tuple[str, str, str]], found):
        if numbers not in known:
            held = store.rows(
                "SELECT data FROM change WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", f"[{numbers}]"
            )
            changes = [rows.change_in(advisory_id, cast(str, data)) for (data,) in held]
            known[numbers] = beside_items(changes) is not None
        if known[numbers]:
            beside.add(checklist)
    return beside


def decide(store: Store, item: Item, verdict: Verdict) -> None:
    """Say of one changed item what is to become of it. `KEEP` and `HIDE` are for one that is no longer listed.

    An item that was changed again or looked at meanwhile is left as it is.
    """
    with recorded(store, _ACTS[verdict], [item.id], [item.checklist]):
        values = (item.id, item.standing, item.text, item.condition)
        if verdict in (Verdict.KEEP, Verdict.HIDE):
            kept = "kept" if verdict is Verdict.KEEP else "hidden"
            store.write(
                "UPDATE item SET withdrawal = ?5 WHERE id = ?1 AND standing = ?2 AND text = ?3 "
                "AND condition IS ?4 AND standing = 'withdrawn'",
                *values, kept,
            )  # fmt: skip
        else:
            again = ", state = 'open', done_at = NULL, done_by = '[]'" if verdict is Verdict.AGAIN else ""
            store.write(
                f"UPDATE item SET standing = 'current', was = NULL, important = 0{again} "  # noqa: S608  # words of our own
                "WHERE id = ? AND standing = ? AND text = ? AND condition IS ? AND standing IN ('new', 'reworded')",
                *values,
            )
        settle(store, item.checklist)


def hidden(store: Store, checklist: str) -> list[str]:
    """The ids of the items of a list that the traveller has hidden."""
    found = store.rows("SELECT id FROM item WHERE checklist = ? AND withdrawal = 'hidden' ORDER BY id", checklist)
    return [str(row[0]) for row in found]


def unhide(store: Store, checklist: str) -> None:
    """Bring what was hidden back below the list."""
    with recorded(store, Act.KEEP, hidden(store, checklist)):
        store.write("UPDATE item SET withdrawal = 'kept' WHERE checklist = ? AND withdrawal = 'hidden'", checklist)


def look(store: Store, checklist: str) -> None:
    """The traveller has looked at everything that changed in a list; what is no longer listed stays below."""
    every = [str(row[0]) for row in store.rows("SELECT id FROM item WHERE checklist = ?", checklist)]
    with recorded(store, Act.LOOK, every, [checklist]):
        store.write("UPDATE checklist SET looked = revision WHERE id = ?", checklist)
        store.write(
            "UPDATE item SET standing = 'current', was = NULL, important = 0 "
            "WHERE checklist = ?1 AND standing IN ('new', 'reworded') AND id IN (SELECT value FROM json_each(?2))",
            checklist,
            rows.dump(every),
        )
        store.write(
            "UPDATE item SET withdrawal = 'kept' WHERE checklist = ? AND standing = 'withdrawn' AND withdrawal IS NULL",
            checklist,
        )


def look_beside(store: Store, checklist: str) -> None:
    """The traveller has looked at what changed beside the items: level, status, text."""
    with recorded(store, Act.LOOK, (), [checklist]):
        store.write("UPDATE checklist SET looked = revision WHERE id = ?", checklist)


def settle(store: Store, checklist: str) -> None:
    """Inside a transaction: where no item waits and nothing else changed, the whole revision was looked at."""
    if not news(store, checklist):
        store.write("UPDATE checklist SET looked = revision WHERE id = ?", checklist)
