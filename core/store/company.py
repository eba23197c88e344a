"""Who travels together, and which lists they do together.

Only the current trip counts: its companions share every list that follows an advisory of one of its places, and every
list that follows nothing. A person is a name; "" is the traveller.
"""

from datetime import datetime

from core.model import Trip
from core.store import sources, trips
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
    people, about = ("", *trip.companions), trips.about(store, trip.countries)
    found = store.rows("SELECT id, advisory_id FROM checklist")
    return {str(name): people for name, advisory in found if advisory is None or advisory in about}


def company_of(store: Store, checklist: str, now: datetime) -> tuple[str, ...]:
    """Who does this list together; none where the traveller does it alone."""
    return companies(store, now).get(checklist, ())
