"""Instructions that were merged or split: where their words stand now, and what becomes of ticks on the parts."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import saving
from core.model import Item, Standing, State
from core.moved import holders
from core.review import Moved
from core.revise import reconcile
from core.store import advisories, checklists, reviewing
from core.store.open import Store
from tests.core.revisions import ADVISORY, LIST, applied, items_of, revision_of

NOW = datetime(2026, 3, 3, 6, tzinfo=UTC)
WATER, CASH, BRIDGE = (
    "Carry drinking water for three days.",
    "Carry some cash and small notes.",
    "Avoid the old bridge.",
)
BOTH = "Carry drinking water for three days; carry some cash and small notes."


@pytest.mark.parametrize(
    ("part", "whole", "language", "is_held"),
    [
        (WATER, BOTH, "en", True),
        ("Carry drinking water for three days at least.", BOTH, "en", True),
        (WATER, "Carry drinking water for five days; carry some cash.", "en", False),
        ("Use the airport road.", "Do not use the airport road after dark.", "en", False),
        ("Do not use the airport road.", "Use the airport road in a convoy.", "en", False),
        ("Do not use the airport road.", "Avoid crowds and do not use the airport road.", "en", True),
        ("Register at https://a.example.", "Register at https://b.example and carry cash.", "en", False),
        (BRIDGE, BOTH, "en", False),
        ("Go.", "Good is what goes on.", "en", False),
        ("Tragen Sie Wasser bei sich.", "Tragen Sie Wasser und Bargeld bei sich.", "de", True),
    ],
)
def test_whether_the_words_of_one_stand_in_another(part: str, whole: str, language: str, is_held: bool) -> None:
    assert holders([part], [BRIDGE, whole], language).get(0) == (1 if is_held else None) or part == BRIDGE
    assert (part == BRIDGE) or holders([part], [whole], language) == ({0: 0} if is_held else {})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db", bytes(32)) as opened:
        yield opened


def kept(store: Store, words: Sequence[str]) -> None:
    saving.save_revision(store, revision_of(words)._replace(number=0), (), NOW, first_look=False)


def begun(store: Store, words: Sequence[str]) -> str:
    kept(store, words)
    newest = advisories.newest(store, ADVISORY)
    assert newest is not None
    return checklists.start_following(store, newest, NOW)


def test_a_review_says_where_the_words_went_and_came_from(store: Store) -> None:
    name = begun(store, [WATER, CASH, BRIDGE])
    assert not reviewing.news(store, name).moved
    kept(store, [BOTH, BRIDGE])
    news = reviewing.news(store, name)
    (gone,) = [item for item in news.waiting if item.standing is Standing.WITHDRAWN]
    assert news.moved == {gone.id: Moved(now_in=BOTH)}


def test_what_was_split_says_out_of_which_wording(store: Store) -> None:
    name = begun(store, [BOTH, BRIDGE])
    kept(store, [WATER, CASH, BRIDGE])
    news = reviewing.news(store, name)
    (new,) = [item for item in news.waiting if item.standing is Standing.NEW]
    assert news.moved == {new.id: Moved(split_from=BOTH)}


def merged(states: dict[str, State]) -> dict[Standing, Item]:
    """What becomes of these items when they are merged: by standing."""
    before = revision_of([*states, BRIDGE])
    items = items_of(before)
    for item in items:
        object.__setattr__(item, "state", states.get(item.text, item.state))
    after = applied(items, reconcile(items, revision_of([BOTH, BRIDGE], number=2), LIST))
    return {item.standing: item for item in after if item.text != BRIDGE}


@pytest.mark.parametrize("first", list(State))
@pytest.mark.parametrize("second", list(State))
def test_a_part_that_is_open_is_never_put_aside_with_another(first: State, second: State) -> None:
    found = merged({WATER: first, CASH: second})
    survivor = found[Standing.REWORDED]
    if first is not second:
        assert survivor.important
        assert survivor.state is not State.NOT_APPLICABLE
    assert {survivor.state, found[Standing.WITHDRAWN].state} == {first, second}
    assert survivor.text == BOTH


def test_what_is_important_for_its_parts_stays_so_until_it_is_looked_at(store: Store) -> None:
    name = begun(store, [WATER, CASH, BRIDGE])
    found = {item.text: item.id for item in checklists.items(store, name)}
    checklists.set_state(store, [found[WATER]], State.DONE, NOW)
    for words in ([BOTH, BRIDGE], [BOTH, BRIDGE, "Keep your phone charged."]):
        kept(store, words)
        (item,) = [one for one in checklists.items(store, name) if one.text == BOTH]
        assert (item.standing, item.important) == (Standing.REWORDED, True)
