"""What the window reads and writes of trips, beside what the desk, the shelf and the library do of all else."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from core.model import Checklist, Item, State, Trip
from core.store import checklists, company, sources, trips
from core.store.open import Store
from core.store.overview import Summary
from core.store.trips import Plan, Told

LATELY = timedelta(days=7)


class Journeys:
    """The trips of an open profile; one of them is the current one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, now: datetime) -> list[Trip]:
        """The trips that are not over, the earliest first."""
        return company.open_trips(self._store, now)

    def current(self, now: datetime) -> Trip | None:
        """The trip that was chosen, else the earliest that is not over."""
        return company.current_trip(self._store, now)

    def choose(self, trip_id: str) -> None:
        """This is the current one from now on."""
        company.choose_trip(self._store, trip_id)

    def every(self) -> list[Trip]:
        """Every trip that was not put away, over or not."""
        return sources.trips(self._store)

    def archived(self) -> list[Trip]:
        """The trips that were put away."""
        return trips.archived(self._store)

    def add(self, plan: Plan) -> str:
        """Keep a new trip and make it the current one."""
        name = trips.add(self._store, plan, datetime.now(UTC))
        self.choose(name)
        return name

    def change(self, trip_id: str, plan: Plan, renamed: Mapping[str, str] | None = None) -> None:
        """Say something else of a trip; `renamed`: companions by what they were called."""
        trips.change(self._store, trip_id, plan, renamed)

    def companies(self) -> dict[str, tuple[str, ...]]:
        """Who does a list together, by the lists' ids; "" is the traveller."""
        return company.companies(self._store, datetime.now(UTC))

    def come_in(self) -> frozenset[str]:
        """The lists that came in a file, by their ids."""
        return company.come_in(self._store)

    def have_done_anything(self, names: Sequence[str]) -> bool:
        """Whether one of these companions has done an item."""
        return company.have_done_anything(self._store, names)

    def set_people(self, item_id: str, said: Mapping[str, bool]) -> Item:
        """Save who has done an item; when this returns, it is on the disk."""
        return checklists.set_people(self._store, item_id, said, datetime.now(UTC))[0]

    def archive(self, trip_id: str) -> None:
        """Put a trip away."""
        trips.archive(self._store, trip_id, datetime.now(UTC))

    def bring_back(self, trip_id: str) -> None:
        """A trip that was put away counts again."""
        trips.bring_back(self._store, trip_id)

    def levels(self, countries: Sequence[str]) -> list[Summary]:
        """What gives a level to these countries."""
        return trips.levels(self._store, countries)

    def changes(self, countries: Sequence[str]) -> list[Told]:
        """What was told of these countries lately."""
        return trips.changes(self._store, countries, datetime.now(UTC) - LATELY)

    def lists(self, countries: Sequence[str]) -> list[Checklist]:
        """The checklists that follow an advisory of these countries."""
        about = trips.about(self._store, countries)
        return [one for one in checklists.all_lists(self._store) if one.archived is None and one.advisory_id in about]

    def due(self, countries: Sequence[str]) -> list[Item]:
        """What is open and has a time, of these lists and of those that follow nothing; the earliest first."""
        about = {one.id for one in self.lists(countries)}
        found = [
            item
            for item in checklists.each_item(self._store)
            if item.due is not None
            and item.state is State.OPEN
            and (item.advisory_id is None or item.checklist in about)
        ]
        return sorted(found, key=lambda item: item.due or datetime.max.replace(tzinfo=UTC))
