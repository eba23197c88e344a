"""When the window looks by itself: what is due is asked for, and nothing else starts a checker."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.store import sources
from tests.profiles import EMBASSY, Made
from tests.ui.drawing import checker
from ui import watcher as watcher_module
from ui.checking import Checking
from ui.desk import Desk
from ui.watcher import Watcher

BODY = "open({seen!r}, 'a').write(sys.argv[-1])\nprint(json.dumps({{'checked_at': 'now'}}), flush=True)\n"


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    """What the stand-in for a checker was asked for."""
    return tmp_path / "seen"


@pytest.fixture
def checking(
    qtbot: QtBot, desk: Desk, tmp_path: Path, seen: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Checking]:
    monkeypatch.setattr(watcher_module, "SOONEST", timedelta(milliseconds=50))
    around = QObject()
    watcher = Watcher(desk.profile, desk.key, None, around, checker(tmp_path, BODY.format(seen=str(seen))))
    yield Checking(desk, watcher, around)
    watcher.close()
    around.deleteLater()


def _asked(made: Made, pause: timedelta) -> None:
    now = datetime.now(UTC)
    with made.store() as store:
        sources.begin_attempt(store, EMBASSY.id, now)
        sources.succeed(
            store, EMBASSY.id, now, next_check=now + pause, etag=None, last_modified=None, address=EMBASSY.url
        )


def test_what_is_due_is_looked_at(qtbot: QtBot, checking: Checking, seen: Path) -> None:
    with qtbot.waitSignal(checking.ended, timeout=10_000):
        checking.plan()
    assert seen.read_text(encoding="utf-8").startswith("--due")


def test_a_source_that_no_list_knows_any_more_starts_no_check(
    qtbot: QtBot, made: Made, checking: Checking, seen: Path
) -> None:
    _asked(made, timedelta(hours=1))
    with made.store() as store, store.transaction():
        sources.follow(store, ["gone"], ())
    with qtbot.waitSignal(checking.moved, timeout=400, raising=False) as moved:
        checking.plan()
    assert not moved.signal_triggered
    assert not seen.exists()


def test_what_another_process_has_looked_at_meanwhile_is_not_looked_at_again(
    qtbot: QtBot, made: Made, checking: Checking, seen: Path
) -> None:
    checking.plan()
    _asked(made, timedelta(seconds=1))
    with qtbot.waitSignal(checking.moved, timeout=400, raising=False) as moved:
        pass
    assert not moved.signal_triggered
    with qtbot.waitSignal(checking.ended, timeout=10_000):  # it was planned anew
        pass
    assert seen.read_text(encoding="utf-8").startswith("--due")
