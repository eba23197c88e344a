"""A larger profile than most: what is read on a thread is shown whole and never as it was before a tick. Times are
printed, not judged; `measure_large` has the figures of one as large as any.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.groups import progress
from core.model import Item, State
from core.store import checklists
from core.store.open import Store
from tests.perf.large import LONG, fill
from tests.perf.measure_large import Large
from tests.profiles import cheap_profile
from tests.ui.pictures import pause, until

ADVISORIES = 12
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support propagateSizeHints")


@pytest.fixture
def large(qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Large]:
    """A window over twelve long lists."""
    profile, key = cheap_profile(tmp_path / "profile")
    with Store.open(profile.database, key) as store:
        fill(store, ADVISORIES)

    def say(line: str) -> None:
        with capsys.disabled():
            print(f"\n  {line}", end="")

    made = Large(profile, key, say)
    yield made
    until(lambda: not made.bench._reads.is_reading())
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _open(large: Large) -> list[Item]:
    return [one for one in large.bench.checklist.model.items() if one.state is State.OPEN]


def test_everything_is_done_in_turn(large: Large) -> None:
    assert large.bench._desk.is_large()
    large.all()
    done = [one for one in large.bench._desk.items(None) if one.state is State.DONE]
    assert len(done) > 200
    assert large.worst_ms > 0


def test_a_tick_made_while_everything_is_read_stays(large: Large) -> None:
    large.todo()
    whole = len(_open(large))
    assert whole > ADVISORIES * LONG * 0.9
    item = large.bench.checklist.list.current_item()
    assert item is not None
    large.bench.refresh()
    assert large.bench._reads.is_reading()
    QTest.keyClick(large.bench.checklist.list, Qt.Key.Key_Space)
    until(lambda: not large.bench._reads.is_reading())
    pause(50)
    assert item.id not in [one.id for one in _open(large)]
    assert len(_open(large)) == whole - 1
    assert large.bench._desk.items_by_id([item.id])[0].state is State.DONE


def test_what_comes_late_does_not_take_another_pages_place(large: Large) -> None:
    large.bench.go("todo")
    first = large.bench._desk.lists()[0]
    large.bench.open_list(first.id)
    pause(600)
    assert large.bench.checklist.title.text() == first.title
    assert {one.checklist for one in large.bench.checklist.model.items()} == {first.id}


def test_lists_are_counted_as_their_rings_do(large: Large) -> None:
    with Store.open(large._profile.database, large._key) as store:
        lists = checklists.all_lists(store)
        items = checklists.items(store)
        checklists.set_state(store, [items[0].id, items[1].id], State.NOT_APPLICABLE, datetime.now(UTC))
        checklists.set_state(store, [items[2].id], State.DONE, datetime.now(UTC))
        assert len(lists) == ADVISORIES
        for one in checklists.all_lists(store):
            assert (one.done, one.total) == progress(checklists.items(store, one.id))
