"""What the window does with lists and items but ticking: made, named, ordered, worded, with files.

It is a part of the desk, loaded after the first paint; like the desk it gives and takes values of the model only.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from core.model import Item
from core.paths import Profile
from core.sieve import About
from core.store import checklists, files, ordering, overview, own_lists
from core.store.files import Attached
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
        from core import markup

        return own_lists.add_items(self._store, checklist, [markup.fold(words)])[0]

    def reword(self, item_id: str, words: str) -> None:
        """Give an item of the traveller's own other words."""
        from core import markup

        own_lists.reword(self._store, item_id, markup.fold(words))

    def remove_item(self, item_id: str) -> bool:
        """Remove an item of the traveller's own."""
        own_lists.remove(self._store, item_id)
        return True

    def named(self, names: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Advisories by what names them, an id or an address: the id and the title of each that is kept."""
        return overview.named(self._store, names) if names else {}

    def about(self, advisories: Iterable[str]) -> dict[str, About]:
        """Of these advisories who issued each, and for where."""
        return {name: About(*held) for name, held in overview.about(self._store, list(advisories)).items()}

    def move(self, checklist: str | None, item: str, neighbour: str, *, after: bool) -> None:
        """Put an item before or after another one, in its list or, without one, in everything that is to do."""
        ids = [one.id for one in checklists.items(self._store, checklist)]
        rest = [name for name in ids if name != item]
        place = rest.index(neighbour) + after if neighbour in rest else len(rest)
        before = rest[place] if place < len(rest) else None
        ordering.move(self._store, ids, item, before, over_all=checklist is None)

    def attached(self, items: Sequence[str]) -> list[Attached]:
        """The files of these items."""
        return files.attached(self._store, items)

    def attach(self, item: str, path: Path) -> Attached:
        """Keep a copy of a file with an item; for a thread: it opens a store of its own. OSError: it is unreadable."""
        with path.open("rb") as file:
            data = file.read(files.MAX_BYTES + 1)
        with Store.open(self._profile.database, self._key) as store:
            return files.attach(store, item, path.name, data, datetime.now(UTC))

    def content(self, file: str) -> bytes:
        """A file's bytes; for a thread: it opens a store of its own."""
        with Store.open(self._profile.database, self._key) as store:
            return files.content(store, file)

    def remove_file(self, file: str) -> None:
        """Take a file away from its item."""
        files.remove(self._store, file)
