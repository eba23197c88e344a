"""What the window does with lists and items but ticking: made, named, ordered, worded, with files.

It is a part of the desk, loaded after the first paint; like the desk it gives and takes values of the model only.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from core import markup
from core.model import Item
from core.paths import Profile
from core.store import overview, own_lists
from core.store.open import Store


class Shelf:
    """The lists of an open profile."""

    def __init__(self, store: Store, profile: Profile, key: bytes) -> None:
        self._store, self._profile, self._key = store, profile, key

    def new_list(self, title: str) -> str:
        """Make an empty list and give its id."""
        return own_lists.new_list(self._store, title, datetime.now(UTC))

    def duplicate(self, checklist: str, title: str) -> str:
        """Copy a list as one of the traveller's own, and give its id."""
        return own_lists.duplicate(self._store, checklist, title, datetime.now(UTC))

    def rename(self, checklist: str, title: str) -> None:
        """Give a list another name."""
        own_lists.rename(self._store, checklist, title)

    def archive(self, checklist: str, *, put_away: bool) -> None:
        """Put a list away, or show it among the others again."""
        if put_away:
            own_lists.archive(self._store, checklist, datetime.now(UTC))
        else:
            own_lists.bring_back(self._store, checklist)

    def add_item(self, checklist: str, words: str) -> Item:
        """Add an item to a list of the traveller's own."""
        return own_lists.add_items(self._store, checklist, [markup.fold(words)])[0]

    def reword(self, item_id: str, words: str) -> None:
        """Give an item of the traveller's own other words."""
        own_lists.reword(self._store, item_id, markup.fold(words))

    def remove_item(self, item_id: str) -> bool:
        """Remove an item of the traveller's own."""
        own_lists.remove(self._store, item_id)
        return True

    def named(self, names: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Advisories by what names them, an id or an address: the id and the title of each that is kept."""
        return overview.named(self._store, names) if names else {}
