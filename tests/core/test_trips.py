"""Trips: kept, changed, put away and brought back, each to be undone; and what of everything kept is about one."""

from datetime import UTC, date, datetime, timedelta

from core.model import Change, ChangeKind, Level
from core.store import advisories, checklists, sources, trips, undo
from core.store.open import Store
from core.store.trips import Plan
from core.store.undo import Act
from tests.core.test_searching import _keep, _revision
from tests.profiles import Made

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
PLAN = Plan("Baghdad & Erbil", ("IQ",), date(2026, 5, 2), date(2026, 6, 30), ("Amal", "Ben"))


def _plans(store: Store) -> list[Plan]:
    return [Plan(*one[1:]) for one in sources.trips(store)]


def test_a_trip_is_kept_with_all_that_is_said_of_it(store: Store) -> None:
    name = trips.add(store, PLAN, NOW)
    assert _plans(store) == [PLAN]
    assert [one.id for one in sources.trips(store)] == [name]
    assert trips.archived(store) == []


def test_every_act_is_taken_back_and_done_again(made: Made) -> None:
    other = PLAN._replace(name="Amman", countries=("JO",), start=None, companions=())
    with made.store() as store:
        name = trips.add(store, PLAN, NOW)
        trips.change(store, name, other)
        trips.archive(store, name, NOW)
        assert _plans(store) == []
        assert [one.name for one in trips.archived(store)] == ["Amman"]
        trips.bring_back(store, name)
    with made.store() as store:  # over a restart
        seen = []
        for act in (Act.TRIP_BACK, Act.TRIP_ARCHIVED, Act.TRIP_CHANGED, Act.TRIP_ADDED):
            done = undo.undo(store)
            assert done is not None
            assert (done.act, done.items, done.checklist, done.whole) == (act, (), "", True)
            seen.append(_plans(store))
        assert seen == [[], [other], [PLAN], []]
        for _ in range(3):
            undo.redo(store)
        assert _plans(store) == []
        undo.redo(store)
        assert _plans(store) == [other]


def test_undoing_a_change_leaves_what_was_said_since(store: Store) -> None:
    name = trips.add(store, PLAN, NOW)
    trips.change(store, name, PLAN._replace(name="Iraq", companions=("Amal",)))
    with store.transaction():
        store.write("UPDATE trip SET name = 'Basra' WHERE id = ?", name)
    done = undo.undo(store)
    assert done is not None
    assert not done.whole
    assert _plans(store) == [PLAN._replace(name="Basra")]


def test_sources_are_looked_at_again_where_places_change(store: Store) -> None:
    def planned() -> datetime | None:
        return sources.records(store)["embassy"].next_check

    def plan_ahead() -> None:
        sources.succeed(
            store, "embassy", NOW, next_check=NOW + timedelta(hours=1), address="x", etag=None, last_modified=None
        )

    plan_ahead()
    name = trips.add(store, PLAN, NOW)
    assert planned() is None
    plan_ahead()
    trips.change(store, name, PLAN._replace(countries=("JO",)))
    assert planned() is None
    plan_ahead()
    undo.undo(store)
    assert planned() is None


def test_what_is_kept_about_a_trip(store: Store) -> None:
    level = Level(3, "Reconsider", "x")
    _keep(
        store,
        _revision("a", 1, "Iraq", "x", countries=("IQ",), issuer="B", level=level),
        _revision("b", 1, "Jordan", "x", countries=("JO",), issuer="A", level=Level(4, "Do not", "x")),
        _revision("c", 1, "Both", "x", countries=("IQ", "JO"), issuer="A", level=Level(4, "Do not", "x")),
        _revision("d", 1, "Strikes", "x", countries=("IQ",), issuer="A"),
    )
    assert [one.id for one in trips.levels(store, ["IQ"])] == ["c", "a"]
    assert trips.levels(store, []) == []
    with store.transaction():
        for days, name, notice in ((1, "a", True), (2, "b", True), (3, "d", True), (4, "d", False), (20, "a", True)):
            change = Change(name, 1, 2, (ChangeKind.TEXT,), notice=notice)
            advisories.add_change(store, change, NOW - timedelta(days=days))
    told = trips.changes(store, ["IQ"], NOW - timedelta(days=7))
    assert [(one.advisory_id, one.title) for one in told] == [("d", "Strikes"), ("a", "Iraq")]
    (followed,) = [one.advisory_id for one in checklists.all_lists(store)]
    assert trips.about(store, ["IQ"]) == {followed}
    assert trips.about(store, ["JO"]) == set()
