"""A feed that is being kept: a kill at any moment leaves whole transactions, and a tick is saved meanwhile.

`SAFECONDUCT_FULL=1`: forty kills; the ordinary run does four. The saving is the real one, in a process of its own.
"""

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from core import saving
from core.errors import BusyError
from core.model import State
from core.store import advisories, checklists, search
from core.store.open import Store
from tests import profiles
from tests.core.revisions import revision_of
from tests.crash.ledger import Ledger, faults_of

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="a kill as POSIX has it"),
    pytest.mark.timeout(900),
    pytest.mark.slow,
]

FULL = os.environ.get("SAFECONDUCT_FULL") == "1"
KILLS = 40 if FULL else 4
NOW = datetime(2026, 3, 3, 6, tzinfo=UTC)
MANY = 20 * saving.MAX_TOGETHER
# What the window waits for another writer, before it tries again by timer for six seconds.
_BUSY_MS, _PATIENCE_S = 30, 6


def _gate(number: int) -> str:
    """A word that every advisory of one feed has, and no other; its ids begin with it."""
    return f"gate{number}"


def _keep(database: Path, key: bytes, number: int, begun: Event) -> None:
    """The checker: one feed of new advisories."""
    one = revision_of(["Avoid crowds."], event=f"Shots were heard at {_gate(number)}. " * 100)
    states = [one._replace(advisory_id=f"{_gate(number)}:{at:04}", source="feed", number=0) for at in range(MANY)]
    with Store.open(database, key) as store:
        saving.save_document(store, states, (), NOW, first_look=False, before_each=begun.set)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A profile with the scene's list, all open."""
    return Ledger(profiles.scene(tmp_path / "profile"))


def _checkers(ledger: Ledger) -> Iterator[tuple[str, SpawnProcess]]:
    """One after another, each in the midst of its feed; with the word of that."""
    context = multiprocessing.get_context("spawn")
    number = 0
    while True:
        begun = context.Event()
        process = context.Process(target=_keep, args=(ledger.made.profile.database, ledger.made.key, number, begun))
        process.start()
        assert begun.wait(60)
        yield _gate(number), process
        process.close()
        number += 1


def _kept(store: Store, gate: str) -> int:
    """How many advisories are kept whole: with their one revision, its words, and the change that tells of them."""
    kept = {one.id for one in advisories.kept(store, source="feed") if one.id.startswith(f"{gate}:")}
    told = [change.advisory_id for _, change in advisories.untold(store) if change.advisory_id.startswith(f"{gate}:")]
    assert sorted(told) == sorted(kept)
    assert {hit.advisory_id for hit in search.search(store, gate, limit=MANY)} == kept
    return len(kept)


def test_a_kill_leaves_whole_transactions_and_every_tick(ledger: Ledger) -> None:
    chance = random.Random(random.randrange(2**32))
    left = []
    for _, (gate, process) in zip(range(KILLS), _checkers(ledger), strict=False):
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.join(60)
        with ledger.made.store() as store:
            left.append(_kept(store, gate))
        assert ledger.now() == ledger.marks
    assert all(count % saving.MAX_TOGETHER == 0 for count in left), left
    assert faults_of(ledger.made) == []
    print(f"\n{KILLS} kills: {sum(0 < count < MANY for count in left)} in the midst of a feed")


def test_ticks_are_saved_while_a_feed_is(ledger: Ledger) -> None:
    waits = []
    with Store.open(ledger.made.profile.database, ledger.made.key, busy_ms=_BUSY_MS) as store:
        for gate, process in _checkers(ledger):
            for state in (State.DONE, State.OPEN) * 20:
                began = time.monotonic()
                _tick(store, ledger.made.items[0], state)
                waits.append(time.monotonic() - began)
            process.join(60)
            assert process.exitcode == 0
            assert _kept(store, gate) == MANY
            break
    print(f"\n{len(waits)} ticks, the longest took {max(waits) * 1000:.0f} ms")
    assert ledger.now() == ledger.marks


def _tick(store: Store, item: str, state: State) -> None:
    """As the window does: again until it is saved."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            checklists.set_state(store, [item], state, NOW)
        except BusyError:
            assert time.monotonic() < until, "a tick could not be saved"
            time.sleep(0.05)
        else:
            return
