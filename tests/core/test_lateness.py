"""An older state that comes after a newer one: it is the past, it lowers nothing, and its source is not verified."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import check, saving
from core.lateness import is_older
from core.model import HealthState, Revision, Source
from core.store import advisories, sources
from core.store.open import Store
from core.wording import say
from tests.core.revisions import ADVISORY, ISSUED, LEVELS, revision_of
from tests.profiles import cheap_profile
from tests.servers import LoopbackFeed
from tests.texts import Alert, embassy_feed

NOW = datetime(2026, 3, 5, 6, tzinfo=UTC)
WORDS = ["Carry water.", "Carry water for a day.", "Carry water for three days.", "Do not go to the capital."]


def state(number: int) -> Revision:
    """The state of a number from 1 to 4, with the level of that number, written that many hours after the first."""
    made = revision_of([WORDS[number - 1]], level=LEVELS[number])
    return made._replace(number=0, updated=ISSUED + timedelta(hours=number))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db", bytes(32)) as opened:
        yield opened


def deliver(store: Store, *states: Revision) -> list[saving.Saved]:
    return [saving.save_document(store, [one], (), NOW, first_look=False) for one in states]


def newest(store: Store) -> Revision:
    found = advisories.newest(store, ADVISORY)
    assert found is not None
    return found


def test_what_was_kept_before_and_is_older_is_no_news(store: Store) -> None:
    deliver(store, *map(state, (1, 2, 3, 4)))
    untold = len(advisories.untold(store))
    for number, saved in zip((2, 3, 2, 4, 1), deliver(store, *map(state, (2, 3, 2, 4, 1))), strict=True):
        assert saved.changes == ()
        assert [say(one) for one in saved.older] == (
            []
            if number == 4
            else [f"it showed an older text, of 2026-03-03 0{5 + number}:10 UTC; the newer one that is kept stays"]
        )
    assert (newest(store).number, newest(store).level) == (4, LEVELS[4])
    assert len(advisories.untold(store)) == untold


@settings(max_examples=30)
@given(st.lists(st.integers(1, 4), max_size=12))
def test_in_whatever_order_the_past_comes_again_the_newest_stays(order: Sequence[int]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "store.db", bytes(32)) as store,
    ):
        deliver(store, *map(state, (1, 2, 3, 4)))
        assert not any(saved.changes for saved in deliver(store, *map(state, order)))
        assert [one.level for one in advisories.history(store, ADVISORY)] == [LEVELS[number] for number in (1, 2, 3, 4)]


def test_an_issuer_may_go_back_to_earlier_words(store: Store) -> None:
    deliver(store, state(1), state(2), state(1)._replace(updated=ISSUED + timedelta(hours=9)))
    assert (newest(store).number, newest(store).level) == (3, LEVELS[1])
    without = state(2)._replace(updated=None, issued=None)
    assert deliver(store, without)[0].changes
    assert newest(store).level == LEVELS[2]


def test_an_older_time_with_words_that_were_never_kept_is_taken_and_said(store: Store) -> None:
    deliver(store, state(2), state(4))
    (saved,) = deliver(store, state(3))
    assert saved.changes
    assert [one.id for one in saved.older] == ["older-text-new"]
    (again,) = deliver(store, state(4))
    assert again.changes
    assert not again.older
    assert newest(store).level == LEVELS[4]


def test_what_ran_out_meanwhile_is_still_known(store: Store) -> None:
    first = state(1)._replace(expires=ISSUED + timedelta(hours=10))
    saving.save_document(store, [first], (), ISSUED, first_look=False)
    deliver(store, state(2))
    (saved,) = deliver(store, first)
    assert saved.changes == ()
    assert newest(store).level == LEVELS[2]


def test_a_day_without_an_hour_is_not_before_an_hour_of_it() -> None:
    day = state(1)._replace(updated=None, issued=datetime(2026, 3, 3, tzinfo=UTC), issued_is_date=True)
    assert not is_older(day, state(1))
    assert is_older(day, state(1)._replace(updated=ISSUED + timedelta(days=1)))


def post(number: int) -> Alert:
    words = f"<p>Level {number}.</p><p><b>Actions to Take:</b></p><ul><li>{WORDS[number - 1]}</li></ul>"
    return Alert("Alert", "https://iq.usembassy.gov/alert/", words, f"Tue, 03 Mar 2026 0{number}:10:00 +0000")


def test_a_source_that_shows_an_older_text_is_not_verified(tmp_path: Path) -> None:
    profile, key = cheap_profile(tmp_path / "profile")

    def opened() -> Store:
        return Store.open(profile.database, key)

    with LoopbackFeed() as feed:
        known = {"near": Source("near", "Near", "Near", feed.url("/near"), from_user=True)}
        with opened() as store, store.transaction():
            sources.follow(store, ["near"], [])
        for number in (1, 2):
            feed.publish("/near", embassy_feed([post(number)]))
            assert check.check(opened, known).all_verified
        feed.publish("/near", embassy_feed([post(1)]))
        for _ in range(2):
            report = check.check(opened, known)
            assert report.changes == ()
            (health,) = report.sources
            assert health.state is HealthState.FAILING
            assert health.problem is not None
            assert "older text, of 2026-03-03 01:10 UTC" in say(health.problem)
        feed.publish("/near", embassy_feed([post(2)]))
        report = check.check(opened, known)
        assert report.all_verified
        assert report.changes == ()
