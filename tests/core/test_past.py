"""What is known of an advisory's past: its revisions in outline, and which of them was read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import intake, saving
from core.model import ChangeKind, Level
from core.store import advisories, checklists, past, reviewing
from core.store.open import Store
from tests.profiles import EMBASSY
from tests.texts import ALERT_1, ALERT_2, embassy_feed

NOW = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of its own."""
    return Store.open(tmp_path / "store.db", bytes(range(32)))


def save(store: Store, post: object, level: Level | None = None, at: datetime = NOW) -> str:
    """What a check does with one post; gives the advisory's id."""
    (revision,) = intake.take(embassy_feed([post]), EMBASSY, at).revisions  # type: ignore[list-item]  # an alert
    saving.save_revision(store, revision._replace(level=level), (), at, first_look=False)
    return revision.advisory_id


def test_every_revision_is_outlined_with_what_it_changed(store: Store) -> None:
    later = NOW + timedelta(hours=2)
    name = save(store, ALERT_1)
    save(store, ALERT_2, Level(4, "Do not travel", "ours"), later)
    first, second = past.outlines(store, name)
    assert (first.number, first.fetched, first.level_value, first.level_words) == (1, NOW, None, None)
    assert (second.number, second.fetched, second.level_value, second.level_words) == (2, later, 4, "Do not travel")
    assert first.change is not None
    assert first.change.kind is ChangeKind.NEW_ADVISORY
    assert second.change is not None
    assert second.change.kind is ChangeKind.LEVEL
    assert [past.change_to(store, name, number) for number in (1, 2, 3)] == [first.change, second.change, None]
    held = advisories.history(store, name)
    assert [(one.issued, one.issued_is_date) for one in (first, second)] == [
        (one.issued, one.issued_is_date) for one in held
    ]
    store.close()


def test_what_was_read_before_the_newest_stays_known_after_the_newest_was_opened(store: Store) -> None:
    name = save(store, ALERT_1)
    assert past.read_before(store, name) is None  # never opened
    advisories.see(store, name)
    assert past.read_before(store, name) is None  # nothing newer is there
    save(store, ALERT_2)
    save(store, ALERT_1)
    assert past.read_before(store, name) == 1
    for _ in range(2):
        advisories.see(store, name)
        assert past.read_before(store, name) == 1
    save(store, ALERT_2)
    assert past.read_before(store, name) == 3
    assert past.read_before(store, "embassy:unknown") is None
    store.close()


def test_a_list_that_was_looked_at_counts_as_read(store: Store) -> None:
    name = save(store, ALERT_1)
    revision = advisories.newest(store, name)
    assert revision is not None
    checklist = checklists.start_following(store, revision, NOW)
    save(store, ALERT_2)
    advisories.see(store, name)
    assert past.read_before(store, name) == 1
    save(store, ALERT_1)
    reviewing.look(store, checklist)
    save(store, ALERT_2)
    assert past.read_before(store, name) == 3
    store.close()
