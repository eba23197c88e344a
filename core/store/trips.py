"""Trips kept, changed and put away, each act to be taken back; and what of everything that is kept is about one.

`core.store.sources` reads the trips that count; those that were put away count for nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from core.model import Change, Trip
from core.store import rows, sources
from core.store.open import Store
from core.store.overview import NEWEST, Summary, read
from core.store.undo import Act, recorded
from core.times import to_text

_NAMES_ANY = "EXISTS (SELECT 1 FROM json_each(g.countries) WHERE value IN (SELECT value FROM json_each(?)))"
MOST_ROWS = 100


class Plan(NamedTuple):
    """What is said of a trip."""

    name: str
    countries: tuple[str, ...]
    start: date | None = None
    end: date | None = None
    companions: tuple[str, ...] = ()


class Told(NamedTuple):
    """A change of an advisory: when it was found, and whose title."""

    at: datetime
    advisory_id: str
    title: str
    change: Change


def add(store: Store, plan: Plan, now: datetime) -> str:
    """Keep a new trip and give its id. Taking that back puts it away."""
    with store.transaction():
        name = sources.add_trip(store, *plan[:4])
        store.write("UPDATE trip SET archived = ? WHERE id = ?", to_text(now), name)
    with recorded(store, Act.TRIP_ADDED, trips=[name]):
        companions = rows.dump(list(plan.companions))
        store.write("UPDATE trip SET archived = NULL, companions = ? WHERE id = ?", companions, name)
    return name


def change(store: Store, trip_id: str, plan: Plan, renamed: Mapping[str, str] | None = None) -> None:
    """Say something else of a trip. What was verified was so for other places: it is looked at again.

    `renamed`: companions that are now called otherwise, by what they were called. What they have done stays theirs;
    of who comes along no more it is dropped. Neither ticks nor opens an item.
    """
    items = [str(row[0]) for row in store.rows("SELECT id FROM item WHERE done_by <> '[]'")]
    with recorded(store, Act.TRIP_CHANGED, items, trips=[trip_id]):
        for item, names in _carried(store, trip_id, plan.companions, renamed or {}).items():
            store.write("UPDATE item SET done_by = ? WHERE id = ?", rows.dump(list(names)), item)
        store.write(
            "UPDATE trip SET name = ?, countries = ?, starts = ?, ends = ?, companions = ? WHERE id = ?",
            plan.name, rows.dump(list(plan.countries)), plan.start.isoformat() if plan.start else None,
            plan.end.isoformat() if plan.end else None, rows.dump(list(plan.companions)), trip_id,
        )  # fmt: skip
        store.write("UPDATE source SET next_check = NULL WHERE problem IS NULL")


def _carried(
    store: Store, trip_id: str, companions: Sequence[str], renamed: Mapping[str, str]
) -> dict[str, Sequence[str]]:
    """Who has done the items that somebody had done who now leaves or is called otherwise, by the items' ids.

    A name that another trip has too is kept: it may be the same person there.
    """
    every = [*sources.trips(store), *archived(store)]
    before = {name for trip in every if trip.id == trip_id for name in trip.companions}
    gone = before - set(companions)
    elsewhere = {name for trip in every if trip.id != trip_id for name in trip.companions}
    found: dict[str, Sequence[str]] = {}
    for row in store.rows("SELECT id, done_by FROM item WHERE done_by <> '[]'") if gone else ():
        names, kept = rows.words(row[1]), list[str]()
        for name in names:
            kept += [name] if name not in gone or name in elsewhere else []
            kept += [renamed[name]] if name in gone and name in renamed else []
        if tuple(kept) != names:
            found[cast(str, row[0])] = list(dict.fromkeys(kept))
    return found


def archive(store: Store, trip_id: str, now: datetime) -> None:
    """Put a trip away: it decides nothing any more."""
    with recorded(store, Act.TRIP_ARCHIVED, trips=[trip_id]):
        store.write("UPDATE trip SET archived = ? WHERE id = ?", to_text(now), trip_id)


def bring_back(store: Store, trip_id: str) -> None:
    """A trip that was put away counts again."""
    with recorded(store, Act.TRIP_BACK, trips=[trip_id]):
        store.write("UPDATE trip SET archived = NULL WHERE id = ?", trip_id)
        store.write("UPDATE source SET next_check = NULL WHERE problem IS NULL")


def archived(store: Store) -> list[Trip]:
    """The trips that were put away, the latest first."""
    found = store.rows(f"SELECT {sources.TRIP} FROM trip WHERE archived IS NOT NULL ORDER BY archived DESC")  # noqa: S608  # names of columns only
    return [sources.trip_in(row) for row in found]


def levels(store: Store, countries: Sequence[str]) -> list[Summary]:
    """What gives a level to one of these countries, the highest first, then by issuer."""
    return read(
        store,
        f"WHERE g.level_words IS NOT NULL AND {_NAMES_ANY} "
        f"ORDER BY coalesce(g.level_value, 0) DESC, g.issuer LIMIT {MOST_ROWS}",
        rows.dump(list(countries)),
    )


def changes(store: Store, countries: Sequence[str], since: datetime) -> list[Told]:
    """What was told of these countries' advisories since a moment, the latest first."""
    newest = f"(SELECT a.id, g.title, g.countries {NEWEST}) g"  # our own words
    found = store.rows(
        f"SELECT c.at, c.advisory_id, g.title, c.data FROM change c JOIN {newest} "  # noqa: S608  # our own words
        f"ON g.id = c.advisory_id WHERE c.at >= ? AND c.notice AND {_NAMES_ANY} ORDER BY c.id DESC LIMIT {MOST_ROWS}",
        to_text(since),
        rows.dump(list(countries)),
    )
    told = []
    for row in found:
        at, name, title, data = cast(tuple[str, str, str, str], row)
        told.append(Told(datetime.fromisoformat(at), name, title, rows.change_in(name, data)))
    return told


def about(store: Store, countries: Sequence[str]) -> set[str]:
    """The advisories that name one of these countries and that a checklist follows."""
    found = store.rows(
        f"SELECT a.id {NEWEST} JOIN checklist l ON l.advisory_id = a.id WHERE {_NAMES_ANY}",  # our own words
        rows.dump(list(countries)),
    )
    return {cast(str, row[0]) for row in found}
