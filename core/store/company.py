"""Who travels together, and which lists they do together.

Only the current trip counts: its companions share every list but those that follow an advisory of other places alone.
A person is a name; "" is the traveller.
"""

from collections.abc import Sequence
from datetime import datetime

from core.model import Trip
from core.store import rows, sources
from core.store.open import Store

_CURRENT = "trip"


def open_trips(store: Store, now: datetime) -> list[Trip]:
    """The trips that are not over, the earliest first."""
    today = now.astimezone().date()
    return [trip for trip in sources.trips(store) if trip.end is None or trip.end >= today]


def current_trip(store: Store, now: datetime) -> Trip | None:
    """The trip that was chosen, else the earliest that is not over."""
    found, chosen = open_trips(store, now), sources.setting(store, _CURRENT, "")
    return next((trip for trip in found if trip.id == chosen), found[0] if found else None)


def choose_trip(store: Store, trip_id: str) -> None:
    """This is the current one from now on."""
    sources.set_setting(store, _CURRENT, trip_id)


def companies(store: Store, now: datetime) -> dict[str, tuple[str, ...]]:
    """Who does a list together, the traveller first, by the lists' ids; a list that she does alone has none."""
    trip = current_trip(store, now)
    if trip is None or not trip.companions:
        return {}
    people = ("", *trip.companions)
    found = store.rows(
        "SELECT l.id FROM checklist l LEFT JOIN advisory a ON a.id = l.advisory_id "
        "LEFT JOIN glance g ON g.advisory_id = a.id AND g.number = a.newest WHERE coalesce(g.countries, '[]') = '[]' "
        "OR EXISTS (SELECT 1 FROM json_each(g.countries) WHERE value IN (SELECT value FROM json_each(?)))",
        rows.dump(list(trip.countries)),
    )
    return {str(row[0]): people for row in found}


def come_in(store: Store) -> frozenset[str]:
    """The lists that came in a file, by their ids: others may have done their items."""
    return frozenset(str(row[0]) for row in store.rows("SELECT checklist FROM origin"))


def have_done_anything(store: Store, names: Sequence[str]) -> bool:
    """Whether an item keeps one of these names as done by."""
    held = "SELECT 1 FROM item, json_each(item.done_by) d WHERE d.value IN (SELECT value FROM json_each(?)) LIMIT 1"
    return store.row(held, rows.dump(list(names))) is not None


def company_of(store: Store, checklist: str, now: datetime) -> tuple[str, ...]:
    """Who does this list together; none where the traveller does it alone."""
    return companies(store, now).get(checklist, ())
