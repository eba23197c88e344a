"""Figures that are printed and never fail on time: a tick's durable latency, a search over a thousand advisories.

See them with `python -m pytest tests/perf -s`. What is asserted is only that the work was really done.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest

from core import intake
from core.finding import Hit, sought
from core.model import State
from core.store import advisories, checklists, search
from core.store.open import Store
from tests.profiles import EMBASSY, Made, scene
from tests.texts import ALERT_1, embassy_feed

TICKS, SEARCHES, KEPT = 300, 40, 1000
WORDS = ("pass", "airport road", "embassy compound str", "cash five days", "monitor media", "zzzz", "a")


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The scene's profile, on a real disk."""
    return scene(tmp_path_factory.mktemp("figures") / "profile")


def _milliseconds(do: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        since = time.perf_counter()
        do()
        taken.append((time.perf_counter() - since) * 1000)
    return sorted(taken)


def _say(capsys: pytest.CaptureFixture[str], what: str, taken: list[float]) -> None:
    with capsys.disabled():
        middle, slow = statistics.median(taken), taken[int(len(taken) * 0.95)]
        print(
            f"\n  {what}: median {middle:.2f} ms, p95 {slow:.2f} ms, worst {taken[-1]:.2f} ms ({len(taken)} times)",
            end="",
        )


def _look(store: Store, typed: str) -> list[Hit]:
    """As the window searches while one types, up to the rows that are seen."""
    wanted = sought(typed, unfinished=True)
    return search.excerpts(store, search.find(store, wanted).found[:60], wanted)


def test_a_tick_until_it_is_durable(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    states = [State.DONE, State.OPEN]
    with made.store() as store:

        def tick() -> None:
            states.reverse()
            checklists.set_state(store, [made.items[2]], states[0], datetime.now(UTC))

        _say(capsys, "a tick, saved with synchronous=FULL", _milliseconds(tick, TICKS))
    with made.store() as other:
        assert checklists.items_by_id(other, [made.items[2]])[0].state is states[0]


def test_words_over_a_thousand_advisories(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    (pattern,) = intake.take(embassy_feed([ALERT_1]), EMBASSY, datetime.now(UTC)).revisions
    with made.store() as store:
        with store.transaction():
            for number in range(KEPT):
                plain = pattern.text.plain.replace("Baghdad", f"Town{number}")
                one = pattern._replace(
                    advisory_id=f"embassy:{number:04}",
                    number=1,
                    title=f"Security alert number {number}",
                    text=pattern.text._replace(plain=plain),
                )
                advisories.add(store, one)
        for words in WORDS:
            look = partial(_look, store, words)
            taken, found = _milliseconds(look, SEARCHES), len(look())
            _say(capsys, f"search {words!r} over {KEPT} advisories, {found} finds", taken)
        assert len(search.find(store, sought("town7", unfinished=True)).found) == 111
