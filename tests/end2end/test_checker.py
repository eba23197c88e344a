"""A checker that is killed, hangs, talks nonsense or eats memory: the window answers, keeps, tells, and checks again.

The window is the real one with its real store and child processes. Where the child should do what the real one
never does, a stand-in takes its place once, and becomes the real checker at the next check. All the time a
heartbeat on the window's thread measures how long it was not answering; the figures are printed.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from core.model import Source, State
from tests.end2end.desktop import Desktop, wait_until
from tests.end2end.traveller import MAIN, Traveller, entry
from tests.profiles import Made, scene
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, ALERT_1_ACTIONS, embassy_feed
from tests.ui.drawing import Heartbeat, lines
from ui import app
from ui import watcher as watchers
from ui.window import Window
from ui.workbench import Workbench

IN_TIME_MS = 50
# What a loaded machine may add, which is not the window's: other processes, and the child itself.
CROWDED_MS = 450
AWAY = ALERT_1_ACTIONS[1]
ENDED = "The check ended before it could report. Everything kept is here; it is tried again."
Open = Callable[[], Workbench]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed() as started:
        started.publish("/feed", _today())
        yield started


def _today() -> bytes:
    return embassy_feed([ALERT_1._replace(pub_date=f"{datetime.now(UTC):%d %b %Y %T} GMT")])


@pytest.fixture
def made(feed: LoopbackFeed, tmp_path: Path) -> Made:
    """A profile that follows the feed and has its alert."""
    source = Source("embassy", "Embassy", "Embassy of the Tests", feed.url("/feed"), from_user=True)
    return scene(tmp_path / "profile", _today(), source)


@pytest.fixture
def opened(qtbot: QtBot, feed: LoopbackFeed, made: Made, tmp_path: Path) -> Iterator[Open]:
    """Opens the real window on it."""
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(json.dumps({"sources": [entry("embassy", feed.url("/feed"))]}), encoding="utf-8")
    windows: list[Window] = []

    def open_it() -> Workbench:
        window = app.open_window(made.profile, str(catalogue), made.key)
        windows.append(window)
        qtbot.waitUntil(lambda: window.workbench is not None and len(window.workbench.checklist.model.items()) == 7)
        assert window.workbench is not None
        qtbot.wait(200)  # the first notice and the bundled lists
        return window.workbench

    yield open_it
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _survives(
    qtbot: QtBot, made: Made, workbench: Workbench, says: str, name: str, meanwhile: Callable[[], None] | None = None
) -> None:
    """One bad check, a tick in its middle, what the foot says then, and the next check, which works."""
    before = lines(workbench.checklist.model)
    watcher = workbench._watcher
    with Heartbeat() as heart:
        watcher.check()
        qtbot.waitUntil(lambda: watcher.child_pid() > 0, timeout=10_000)
        qtbot.wait(60)
        workbench.checklist.model.set_state(made.items[1], State.DONE)
        if meanwhile is not None:
            meanwhile()
        qtbot.waitUntil(lambda: not watcher.is_checking(), timeout=60_000)
        qtbot.wait(60)
    figures = f"longest silence {heart.worst_ms:.1f} ms, most work at once {heart.own_ms:.1f} ms"
    print(f"  {name}: the window's {figures}")
    assert says in workbench.side.fresh.text()
    after = lines(workbench.checklist.model)
    assert after[2].startswith(f"☑ {AWAY} (Done today")
    assert [line for line in after if AWAY not in line] == [line for line in before if AWAY not in line]
    assert [one.state for one in workbench._desk.items(None)].count(State.DONE) == 1
    assert heart.own_ms < IN_TIME_MS
    assert heart.worst_ms < IN_TIME_MS + CROWDED_MS


def _the_next_one_works(qtbot: QtBot, workbench: Workbench) -> None:
    with qtbot.waitSignal(workbench._watcher.checked, timeout=30_000):
        workbench._watcher.check()
    assert workbench.side.fresh.text() == "Up to date · checked just now"


def test_a_killed_one(qtbot: QtBot, made: Made, feed: LoopbackFeed, opened: Open) -> None:
    workbench = opened()
    feed.stall("/feed")

    def kill() -> None:
        qtbot.waitUntil(lambda: len(feed.requests) == 1, timeout=10_000)
        os.kill(workbench._watcher.child_pid(), signal.SIGKILL)

    _survives(qtbot, made, workbench, ENDED, "killed", kill)
    feed.heal("/feed")
    _the_next_one_works(qtbot, workbench)


def test_one_whose_server_stalls(
    qtbot: QtBot, made: Made, feed: LoopbackFeed, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchers, "SILENCE_MS", 1500)
    workbench = opened()
    feed.stall("/feed", start=b"<rss")
    _survives(qtbot, made, workbench, ENDED, "stalled")
    workbench._watcher._silence.setInterval(30_000)  # on a machine that may be busy
    feed.heal("/feed")
    _the_next_one_works(qtbot, workbench)


@pytest.mark.parametrize(
    ("poison", "says"),
    [
        (lambda feed: feed.endless("/feed"), "too large"),
        (lambda feed: feed.gzip_bomb("/feed", megabytes=200), "too large"),
        (lambda feed: feed.publish("/feed", b"<rss>" + b"<x>" * 2_000_000), ""),
        (lambda feed: feed.publish("/feed", b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><rss>&a;</rss>"), "document type"),
        (
            lambda feed: feed.publish("/feed", b"<html><body>Log in</body></html>", "text/html"),
            "page instead of a feed",
        ),
    ],
    ids=["endless", "gzip bomb", "deep", "entities", "portal"],
)
def test_one_with_a_poisonous_feed(
    qtbot: QtBot, made: Made, feed: LoopbackFeed, opened: Open, poison: Callable[[LoopbackFeed], None], says: str
) -> None:
    """The real checker reads it under its own limits; whatever it comes to, it is not the window's trouble."""
    workbench = opened()
    poison(feed)
    _survives(qtbot, made, workbench, says, "poison")
    assert "p to date" not in workbench.side.fresh.text()
    feed.heal("/feed")
    feed.publish("/feed", _today())
    _the_next_one_works(qtbot, workbench)


BAD = {
    "hangs": ("time.sleep(60)", ENDED),
    "garbage": ("sys.stdout.buffer.write(bytes(range(256)) * 4000)", ENDED),
    "endless lines": ("while True: print('x' * 200)", ENDED),
    "one endless line": ("while True: sys.stdout.write('x' * 65536)", ENDED),
    "a flood of progress": ('while True: print(\'{"done": 1, "total": 2, "source": "s"}\')', ENDED),
    "eats memory": (
        "from core import limits\nlimits.bound_this_process()\na = []\nwhile True: a.append(b'x' * 10**7)",
        ENDED,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_stand_in_that(
    qtbot: QtBot, made: Made, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    body, says = BAD[name]
    flag, script = tmp_path / "was bad", tmp_path / "checker.py"
    real = [sys.executable, "-X", "utf8", str(MAIN)]
    script.write_text(
        f"import os, sys, time\nsys.path.insert(0, {str(MAIN.parent)!r})\n"
        f"if os.path.exists({str(flag)!r}): os.execv({real[0]!r}, {real!r} + sys.argv[1:])\n"
        f"open({str(flag)!r}, 'w').close()\nsys.stdin.readline()\n{body}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(watchers, "own_command", lambda: [sys.executable, str(script)])
    monkeypatch.setattr(watchers, "SILENCE_MS", 1500)
    monkeypatch.setattr(watchers, "LONGEST_MS", 2000)
    workbench = opened()
    _survives(qtbot, made, workbench, says, name)
    for bound in (workbench._watcher._silence, workbench._watcher._longest):
        bound.setInterval(30_000)  # the next one is a real checker, on a machine that may be busy
    _the_next_one_works(qtbot, workbench)


@pytest.mark.end2end
def test_the_programs_own_window_outlives_its_checker(desktop: Desktop, feed: LoopbackFeed, tmp_path: Path) -> None:
    """In a process of its own on a real display, with a key from the keyring."""
    traveller = Traveller(desktop, tmp_path, [entry("embassy", feed.url("/feed"))])
    traveller.command("follow", "embassy")
    traveller.command("check")
    (alert,) = traveller.command("advisories")["advisories"]
    traveller.command("start", alert["id"])
    window = traveller.open()
    wait_until(lambda: len(traveller.rows()) == 7, "rows")
    traveller.find("Check now", role="push button")  # the list is there first, what keys do comes behind it
    feed.stall("/feed")
    desktop.key("F5")
    feed.wait_for_requests(2)
    desktop.click_on(traveller.row(AWAY).node)
    wait_until(lambda: traveller.row(AWAY).is_ticked, "tick while the checker hangs")
    (child,) = Path(f"/proc/{window.pid}/task/{window.pid}/children").read_text(encoding="utf-8").split()
    os.kill(int(child), signal.SIGKILL)
    traveller.find(ENDED, role="label")
    assert len(traveller.rows()) == 7
    feed.heal("/feed")
    traveller.press("Check now")
    traveller.find("Up to date · checked just now", role="label")
    assert [row.mark for row in traveller.rows()].count("☑") == 1
