"""Ticks while a checker reconciles the same list: two real processes on one store, and no tick is lost.

`SAFECONDUCT_FULL=1`: a thousand ticks that hit a reconciling; the ordinary run does some.
"""

import multiprocessing
import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from core import saving
from core.errors import BusyError
from core.model import Item, Standing, State
from core.store import advisories, checklists
from core.store.open import Store
from tests.core.revisions import ADVISORY, revision_of
from tests.profiles import cheap_profile

NOW = datetime(2026, 3, 3, 6, tzinfo=UTC)
TICKS = 1000 if os.environ.get("SAFECONDUCT_FULL") == "1" else 60
STATES = (
    ("Carry water for three days.", "Avoid the old bridge.", "Keep your phone charged.", "Tell your family."),
    ("Avoid the old bridge after dark.", "Carry water for five days.", "Tell your family."),
    (
        "Keep your phone charged.",
        "Tell your family and friends.",
        "Avoid the old bridge.",
        "Carry water for five days.",
    ),
)


def _reconcile(database: Path, key: bytes, begun: Event, enough: Event) -> None:
    """The checker: one state after another until it has been enough."""
    states = [revision_of(texts)._replace(number=0) for texts in (*STATES[1:], STATES[0])]
    with Store.open(database, key) as store:
        for state in cycle(states):
            try:
                saving.save_revision(store, state, [], NOW, first_look=False)
            except BusyError:
                continue
            begun.set()
            if enough.is_set():
                return


@pytest.fixture
def checker(tmp_path: Path) -> Iterator[tuple[Store, str]]:
    """A store with a list, and a process that reconciles it all the time."""
    profile, key = cheap_profile(tmp_path / "profile")
    with Store.open(profile.database, key) as store:
        saving.save_revision(store, revision_of(STATES[0])._replace(number=0), [], NOW, first_look=True)
        newest = advisories.newest(store, ADVISORY)
        assert newest is not None
        name = checklists.start_following(store, newest, NOW)
        context = multiprocessing.get_context("spawn")
        begun, enough = context.Event(), context.Event()
        process = context.Process(target=_reconcile, args=(profile.database, key, begun, enough))
        process.start()
        assert begun.wait(60)
        yield store, name
        enough.set()
        process.join(60)
        assert process.exitcode == 0
        process.close()


def _by_hand(items: list[Item]) -> dict[str, tuple[State, str]]:
    return {item.id: (item.state, item.note) for item in items}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_tick_is_lost_to_a_reconciling(checker: tuple[Store, str]) -> None:
    store, name = checker
    chance = random.Random(random.randrange(2**32))
    expected = _by_hand(checklists.items(store, name))
    ticks = hit = 0
    while hit < TICKS:
        before = advisories.newest(store, ADVISORY)
        item = chance.choice(sorted(expected))
        state = chance.choice(list(State))
        try:
            checklists.set_state(store, [item], state, NOW)
            expected[item] = (state, expected[item][1])
            checklists.set_note(store, item, note := f"note {ticks}")
            expected[item] = (expected[item][0], note)
        except BusyError:
            continue
        ticks += 1
        after = advisories.newest(store, ADVISORY)
        assert before is not None and after is not None
        hit += after.number > before.number
        held = _by_hand(checklists.items(store, name))
        assert {key: held[key] for key in expected} == expected
        expected = held
    last = advisories.newest(store, ADVISORY)
    assert last is not None
    print(f"\n{ticks} ticks, {hit} of them while a reconciling was written, in {last.number} states: none lost")
    items = [item for item in checklists.items(store, name) if item.standing is not Standing.WITHDRAWN]
    assert len({item.action_id for item in items}) == len(items)
