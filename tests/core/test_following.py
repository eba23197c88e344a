"""A checklist through its source's changes, on a real store: what the traveller did, and what they are told of it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import saving
from core.commands import shapes
from core.model import Change, Item, Revision, Standing, State
from core.store import advisories, checklists, reviewing
from core.store.open import Store
from tests.core.revisions import ADVISORY, revision_of
from tests.profiles import cheap_profile

NOW = datetime(2026, 3, 3, 6, tzinfo=UTC)
THREE, FIVE, CROWDS = "Carry water for three days.", "Carry water for five days.", "Avoid crowds."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    profile, key = cheap_profile(tmp_path / "profile")
    with Store.open(profile.database, key) as opened:
        yield opened


def kept(store: Store, texts: Sequence[str]) -> Change | None:
    """The next state of the advisory, saved as a check saves it."""
    return saving.save_revision(store, revision_of(texts)._replace(number=0), [], NOW, first_look=False)


def begun(store: Store, texts: Sequence[str]) -> str:
    """The id of a checklist that follows an advisory with these actions."""
    kept(store, texts)
    newest = advisories.newest(store, ADVISORY)
    assert isinstance(newest, Revision)
    return checklists.start_following(store, newest, NOW)


def by_text(store: Store, name: str) -> dict[str, Item]:
    return {item.text: item for item in checklists.items(store, name)}


def test_a_ticked_action_that_asks_for_something_else_is_said_to(store: Store) -> None:
    name = begun(store, [THREE, CROWDS])
    checklists.set_state(store, [by_text(store, name)[THREE].id], State.DONE, NOW)
    change = kept(store, [FIVE, CROWDS])
    assert change is not None
    assert (change.important, change.overtaken, change.notice) == ((FIVE,), (FIVE,), True)
    item = by_text(store, name)[FIVE]
    assert (item.state, item.standing, item.was, item.important) == (State.DONE, Standing.REWORDED, THREE, True)
    assert shapes.item(item, NOW)["important"] is True
    ((_, held),) = advisories.untold(store)[-1:]
    assert held == change
    assert shapes.change(held)["overtaken"] == [FIVE]


def test_one_that_is_open_is_important_and_overtakes_nothing(store: Store) -> None:
    begun(store, [THREE])
    change = kept(store, [FIVE])
    assert change is not None
    assert (change.important, change.overtaken) == ((FIVE,), ())


def test_what_was_told_is_not_told_again_when_the_item_only_moves(store: Store) -> None:
    name = begun(store, [THREE, CROWDS])
    checklists.set_state(store, [by_text(store, name)[THREE].id], State.DONE, NOW)
    kept(store, [FIVE, CROWDS])
    change = kept(store, [CROWDS, FIVE, "Keep your phone charged."])
    assert change is not None
    assert change.overtaken == ()
    assert by_text(store, name)[FIVE].important


@pytest.mark.parametrize("how", ["look", "tick"])
def test_looked_at_it_is_important_no_more(store: Store, how: str) -> None:
    name = begun(store, [THREE])
    kept(store, [FIVE])
    (item,) = checklists.items(store, name)
    assert item.important
    if how == "look":
        reviewing.look(store, name)
    else:
        checklists.set_state(store, [item.id], State.DONE, NOW + timedelta(minutes=1))
    (item,) = checklists.items(store, name)
    assert (item.important, item.standing, item.was) == (False, Standing.CURRENT, None)
