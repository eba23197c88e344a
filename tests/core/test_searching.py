"""Search and choosing over a real store: what is found, in which order, and how filters narrow it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import intake
from core.finding import sought
from core.model import Kind, Level, Revision
from core.store import advisories, choosing, migrations, overview, search
from core.store.choosing import NO_LEVEL, Order, Wanted
from core.store.open import Store
from core.store.search import EVERYWHERE, Only
from tests.core.test_store import bare
from tests.profiles import EMBASSY
from tests.texts import ALERT_1, embassy_feed

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kept.db", bytes(32)) as opened:
        yield opened


def _revision(name: str, number: int, title: str, text: str, **others: object) -> Revision:
    (pattern,) = intake.take(embassy_feed([ALERT_1]), EMBASSY, NOW).revisions
    made = pattern._replace(
        advisory_id=name, number=number, title=title, text=pattern.text._replace(plain=text, blocks=(), links=()),
        actions=(), contacts=(), fetched=NOW, issued=NOW,
    )  # fmt: skip
    return made._replace(**others)  # type: ignore[arg-type]  # columns of a revision


def _keep(store: Store, *revisions: Revision) -> None:
    with store.transaction():
        for revision in revisions:
            advisories.add(store, revision)


def _found(store: Store, typed: str, only: Only = EVERYWHERE, *, unfinished: bool = False) -> list[tuple[str, int]]:
    found = search.find(store, sought(typed, unfinished=unfinished), only)
    assert not found.more
    return [(one.advisory_id, one.number) for one in found.found]


def test_titles_first_then_the_newest_and_one_find_an_advisory(store: Store) -> None:
    _keep(
        store,
        _revision("a", 1, "Curfew in the port", "Stay inside."),
        _revision("b", 1, "Alert", "There is a curfew."),
        _revision("c", 1, "Alert", "A curfew holds."),
        _revision("c", 2, "Alert", "The curfew still holds."),
        _revision("c", 3, "Alert", "Nothing holds."),
    )
    assert _found(store, "curfew") == [("a", 1), ("c", 2), ("b", 1)]
    assert _found(store, "CURF", unfinished=True) == [("a", 1), ("c", 2), ("b", 1)]
    assert _found(store, "curf") == []
    assert _found(store, "curfew port") == [("a", 1)]
    assert _found(store, "") == _found(store, "+ * (") == []


def test_filters_narrow_what_is_looked_in(store: Store) -> None:
    _keep(
        store,
        _revision("a", 1, "Alert", "A curfew.", countries=("IQ",), issuer="One"),
        _revision("b", 1, "Alert", "A curfew.", countries=("JO", "SY"), issuer="Two", kind=Kind.COUNTRY),
        _revision("c", 1, "Alert", "A curfew.", countries=("IQ",), issuer="Two"),
        _revision("c", 2, "Alert", "No more.", countries=("IQ",), issuer="Two"),
    )
    assert _found(store, "curfew", Only(country="IQ")) == [("c", 1), ("a", 1)]
    assert _found(store, "curfew", Only(country="SY")) == [("b", 1)]
    assert _found(store, "curfew", Only(issuer="Two")) == [("c", 1), ("b", 1)]
    assert _found(store, "curfew", Only(kind=Kind.COUNTRY)) == [("b", 1)]
    assert _found(store, "curfew", Only(newest=True)) == [("b", 1), ("a", 1)]
    assert _found(store, "more", Only(newest=True, country="IQ")) == [("c", 2)]


def test_an_excerpt_says_which_revision_and_marks_its_words(store: Store) -> None:
    _keep(
        store,
        _revision("a", 1, "Alert", "Leave by the Départ gate."),
        _revision("a", 2, "Alert", "Leave by the other gate."),
    )
    wanted = sought("depart")
    (hit,) = search.excerpts(store, search.find(store, wanted).found, wanted)
    assert (hit.revision, hit.newest) == (1, 2)
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Départ"]


def test_a_word_that_is_everywhere_gives_the_newest_and_says_that_there_is_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_ROWS", 5)
    _keep(store, *(_revision(f"a{n}", 1, "Alert", "The same.") for n in range(9)))
    found = search.find(store, sought("same"))
    assert [one.advisory_id for one in found.found] == ["a8", "a7", "a6", "a5", "a4"]
    assert found.more


@pytest.mark.parametrize("typed", ['"', "AND (", "a* OR NEAR/2", "'; DROP TABLE item; --", "%_\\", "title:", "-a", "^"])
def test_signs_are_no_syntax(store: Store, typed: str) -> None:
    _keep(store, _revision("a", 1, "Alert", "Drop it and near."))
    found = search.find(store, sought(typed, unfinished=True))
    assert {one.advisory_id for one in found.found} <= {"a"}


def _level(value: int) -> Level:
    return Level(value, f"Level {value}", "tests")


def _some(store: Store) -> None:
    _keep(
        store,
        _revision("a", 1, "Strikes", "x", countries=("JO",), issuer="Two", level=None, issued=NOW),
        _revision("b", 1, "Iraq", "x", countries=("IQ",), issuer="One", level=_level(4), issued=NOW - timedelta(1)),
        _revision("c", 1, "Jordan", "x", countries=("JO",), issuer="One", level=_level(2), issued=NOW - timedelta(2)),
        _revision("d", 1, "Everywhere", "x", countries=(), issuer="Two", level=None, issued=NOW - timedelta(3)),
    )


@pytest.mark.parametrize(
    ("wanted", "order", "ids"),
    [
        (Wanted(), Order.NEWEST, "abcd"),
        (Wanted(), Order.LEVEL, "bcad"),
        (Wanted(), Order.PLACE, "bacd"),
        (Wanted(), Order.ISSUER, "bcad"),
        (Wanted(words="jordan"), Order.NEWEST, "ac"),
        (Wanted(words="STRI two"), Order.NEWEST, "a"),
        (Wanted(countries=frozenset({"IQ", "SY"})), Order.NEWEST, "b"),
        (Wanted(issuer="One"), Order.NEWEST, "bc"),
        (Wanted(level=4), Order.NEWEST, "b"),
        (Wanted(level=NO_LEVEL), Order.NEWEST, "ad"),
        (Wanted(since=NOW + timedelta(hours=1)), Order.NEWEST, ""),
        (Wanted(since=NOW - timedelta(hours=1)), Order.NEWEST, "abcd"),
    ],
)
def test_what_is_asked_for_in_the_order_asked_for(store: Store, wanted: Wanted, order: Order, ids: str) -> None:
    _some(store)
    assert choosing.fitting(store, wanted, order) == list(ids)


def test_what_is_near_comes_first_and_what_is_read_stays_while_it_is_read(store: Store) -> None:
    _some(store)
    assert choosing.fitting(store, near=("IQ",)) == list("bacd")
    assert overview.counts(store, NOW - timedelta(days=7)) == (4, 4)
    advisories.see(store, "b")
    assert choosing.fitting(store, Wanted(unread=True)) == list("acd")
    assert choosing.fitting(store, Wanted(unread=True, reading="b")) == list("abcd")
    assert overview.counts(store, NOW - timedelta(days=7)) == (4, 3)
    assert overview.counts(store, NOW + timedelta(days=7)) == (4, 0)
    assert choosing.issuers(store) == ["One", "Two"]
    assert choosing.countries(store) == {"IQ", "JO"}


def test_a_summary_is_of_the_newest_revision(store: Store) -> None:
    _some(store)
    _keep(
        store, _revision("b", 2, "Iraq: leave", "x", countries=("IQ",), level=_level(3), status=("ordered-departure",))
    )
    (line,) = overview.summaries(store, ["b", "gone"])
    assert (line.title, line.level_value, line.level_words, line.revision) == ("Iraq: leave", 3, "Level 3", 2)
    assert (line.status, line.issued, line.seen) == (("ordered-departure",), NOW, False)
    worst = overview.worst(store, ["IQ", "JO"])
    assert worst is not None
    assert worst.id == "b"
    assert overview.worst(store, ["SY"]) is None
    assert advisories.levels(store, ["IQ", "JO"]) == {"IQ": 3, "JO": 2}


def test_what_an_older_profile_holds_is_found_after_the_step(tmp_path: Path) -> None:
    """Its revisions get their lines, and the index is made anew with beginnings of words."""
    key, path = bytes(range(32)), tmp_path / "old.db"
    step = next(n for n, one in enumerate(migrations.STEPS) if "CREATE TABLE glance" in one)
    with Store.open(tmp_path / "new.db", key) as fresh:
        _keep(fresh, _revision("a", 1, "Iraq", "Stay away from the harbour.", level=_level(4), countries=("IQ",)))
        revision = fresh.row("SELECT * FROM revision")
    assert revision is not None
    connection = bare(path, key)
    for number, one in enumerate(migrations.STEPS[:step], 1):
        connection.execute(f"BEGIN; {one}; PRAGMA user_version={number}; COMMIT")
    connection.execute("INSERT INTO advisory (id, source, newest) VALUES ('a', 'embassy', 1)")
    connection.execute(f"INSERT INTO revision VALUES ({','.join('?' * len(revision))})", revision)  # question marks
    connection.execute("INSERT INTO words (rowid, title, text) VALUES (1, 'Iraq', 'Stay away from the harbour.')")
    connection.close()
    with Store.open(path, key) as store:
        assert _found(store, "harb", unfinished=True) == [("a", 1)]
        with Store.open(tmp_path / "new.db", key) as fresh:
            assert overview.summaries(store, ["a"]) == overview.summaries(fresh, ["a"])
