"""What the window reads of the texts that are kept: beside desk, shelf and journeys the only one that
knows the store.

Nothing is read whole here: ids first, then the lines that one looks at.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from core.finding import Hit, Sought
from core.store import choosing, overview, search
from core.store.choosing import ALL, Order, Wanted
from core.store.open import Store
from core.store.overview import Summary
from core.store.search import Finds, Found, Only

# What came longer ago is not called new any more, opened or not.
NEW_FOR = timedelta(days=7)


class Library:
    """The advisories of an open profile."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def counts(self) -> tuple[int, int]:
        """How many advisories are kept, and how many of them are new."""
        return overview.counts(self._store, datetime.now(UTC) - NEW_FOR)

    def worst(self, countries: Sequence[str]) -> Summary | None:
        """The advisory with the highest common level for these countries."""
        return overview.worst(self._store, countries)

    def levelled(self) -> list[Summary]:
        """Every advisory that has a common level."""
        return overview.levelled(self._store)

    def fitting(self, wanted: Wanted = ALL, order: Order = Order.NEWEST, near: Iterable[str] = ()) -> list[str]:
        """The ids of the advisories that are asked for; what names a country of `near` comes first."""
        return choosing.fitting(self._store, wanted, order, near)

    def summaries(self, ids: Sequence[str]) -> list[Summary]:
        """These advisories, each in one line."""
        return overview.summaries(self._store, ids)

    def issuers(self) -> list[str]:
        """Everyone of whom an advisory is kept."""
        return choosing.issuers(self._store)

    def countries(self) -> set[str]:
        """Every country that an advisory names."""
        return choosing.countries(self._store)

    def beside(self, advisory_id: str) -> list[Summary]:
        """What other issuers say of an advisory's places."""
        return overview.beside(self._store, advisory_id)

    def find(self, wanted: Sought, only: Only) -> Finds:
        """Search as one types."""
        return search.find(self._store, wanted, only)

    def excerpts(self, found: Sequence[Found], wanted: Sought) -> list[Hit]:
        """These finds with what stands around the words."""
        return search.excerpts(self._store, found, wanted)
