"""The order that the traveller gave items by hand: one within each list, another over everything that is to do."""

from collections.abc import Sequence

from core.store.open import Store
from core.store.undo import Act, recorded


def move(store: Store, ids: Sequence[str], item: str, before: str | None, *, over_all: bool) -> None:
    """Put an item before another one, or last, in the order of `ids`: all items of the list or of everything to do.

    What comes later without a place of its own stands behind those that have one.
    """
    if before == item:
        return
    others = [name for name in ids if name != item]
    place = others.index(before) if before in others else len(others)
    wanted = [*others[:place], item, *others[place:]]
    column = "todo_place" if over_all else "place"
    with recorded(store, Act.MOVE, [item, *others]):
        for number, name in enumerate(wanted):
            store.write(f"UPDATE item SET {column} = ?1 WHERE id = ?2 AND {column} IS NOT ?1", number, name)  # noqa: S608  # names of our own columns
