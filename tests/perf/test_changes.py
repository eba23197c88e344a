"""How long it takes to see what changed in forty pages, printed and never failing on time.

See it with `python -m pytest tests/perf -s`. What is asserted is only that the work was really done.
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from core import intake
from core.model import Block, BlockKind, Revision, Text
from core.store import advisories
from tests.profiles import EMBASSY, Made, scene
from tests.texts import ALERT_1, embassy_feed
from ui import past
from ui.widgets.differences import Differences

PAGES, BLOCKS_A_PAGE, WORDS_A_BLOCK, TIMES = 40, 20, 25, 10
_WORDS = [f"word{number}" for number in range(4000)]
_OFTEN = [1 / (number + 1) for number in range(4000)]


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The scene's profile, on a real disk."""
    return scene(tmp_path_factory.mktemp("figures") / "profile")


def _text(blocks: list[str]) -> Text:
    placed, at = [], 0
    for words in blocks:
        placed.append(Block(BlockKind.PARAGRAPH, at, at + len(words)))
        at += len(words) + 1
    return Text("\n".join(blocks), tuple(placed))


def _taken(do: Callable[[], object]) -> str:
    taken = []
    for _ in range(TIMES):
        since = time.perf_counter()
        do()
        taken.append((time.perf_counter() - since) * 1000)
    return f"median {statistics.median(taken):.1f} ms, worst {max(taken):.1f} ms"


@pytest.mark.parametrize("changed", [0.01, 0.1, 1.0])
def test_what_changed_in_forty_pages(
    qtbot: QtBot, made: Made, capsys: pytest.CaptureFixture[str], changed: float
) -> None:
    chance = random.Random(4)  # the same text every time
    before = [" ".join(chance.choices(_WORDS, _OFTEN, k=WORDS_A_BLOCK)) for _ in range(PAGES * BLOCKS_A_PAGE)]
    after = [words.replace(words.split()[7], "other", 1) if chance.random() < changed else words for words in before]
    (pattern,) = intake.take(embassy_feed([ALERT_1]), EMBASSY, datetime.now(UTC)).revisions
    pattern = pattern._replace(advisory_id="embassy:long", actions=())
    view = Differences()
    qtbot.addWidget(view)
    view.resize(380, 600)
    view.show()
    with made.store() as store:
        with store.transaction():
            for number, blocks in enumerate((before, after), 1):
                advisories.add(store, pattern._replace(number=number, text=_text(blocks)))

        def read() -> list[Revision]:
            held = [advisories.revision(store, pattern.advisory_id, number) for number in (1, 2)]
            return [one for one in held if one is not None]

        older, newer = read()
        look = partial(past.compared, "", older, newer, None)
        found = look()
        set_in = partial(view.show_passages, found.passages)
        with capsys.disabled():
            print(f"\n  {PAGES} pages, {changed:.0%} of the paragraphs changed")
            print(f"  read from the store, on the window's thread: {_taken(read)}")
            print(f"  compared, on a thread: {_taken(look)}")
            print(f"  set in, on the window's thread: {_taken(set_in)}, the rest in later turns", end="")
    qtbot.waitUntil(view.is_whole)
    assert view.toPlainText().count("other") == sum(words not in set(before) for words in after)
