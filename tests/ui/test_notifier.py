"""Notices of the window, where the desktop takes them and where it does not: nothing is told twice, nothing lost.

A service on a real bus is in tests/end2end; here stands one of our own at `core.tell`'s protocol.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core import tell
from core.model import Message, Notice
from tests.profiles import Made
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.notifier import Notifier

ONE = Notice(Message("notice-title"), Message("notice-discreet"), ("embassy:1",), urgent=False)
TWO = Notice(Message("notice-title"), Message("notice-discreet"), ("embassy:2", "embassy:3"), urgent=True)


class Desktop:
    """Takes notices, or does not; `press` is what a press on Open calls."""

    def __init__(self) -> None:
        self.takes = True
        self.shown: list[Notice] = []
        self.threads: set[str] = set()
        self.press: Callable[[], None] = lambda: None

    async def show(self, notifier: object, notice: Notice, opened: Callable[[], None] | None = None) -> bool:
        self.threads.add(threading.current_thread().name)
        if self.takes:
            self.shown.append(notice)
            self.press = opened or self.press
        return self.takes


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Desktop:
    made = Desktop()
    monkeypatch.setattr(tell, "service", lambda: object())
    monkeypatch.setattr(tell, "show", made.show)
    return made


@pytest.fixture
def notifier(qtbot: QtBot) -> Iterator[Notifier]:
    around = QObject()
    made = Notifier(around)
    yield made
    made.close()
    around.deleteLater()


def test_notices_are_shown_off_the_windows_thread_and_reported(
    qtbot: QtBot, desktop: Desktop, notifier: Notifier
) -> None:
    with qtbot.waitSignal(notifier.told) as told:
        notifier.tell([ONE, TWO], [4, 5])
    assert told.args == [[4, 5], True]
    assert desktop.shown == [ONE, TWO]
    assert desktop.threads == {"notices"}


def test_a_press_names_the_advisories(qtbot: QtBot, desktop: Desktop, notifier: Notifier) -> None:
    with qtbot.waitSignal(notifier.told):
        notifier.tell([TWO], [1])
    with qtbot.waitSignal(notifier.opened) as opened:
        threading.Thread(target=desktop.press).start()
    assert opened.args == [("embassy:2", "embassy:3")]


def test_what_the_desktop_does_not_take_is_said(qtbot: QtBot, desktop: Desktop, notifier: Notifier) -> None:
    desktop.takes = False
    with qtbot.waitSignal(notifier.told) as told:
        notifier.tell([ONE], [4])
    assert told.args == [[4], False]
    desktop.takes = True
    with qtbot.waitSignal(notifier.told) as told:
        notifier.tell([ONE], [4])
    assert told.args == [[4], True]


def test_without_a_bus_nothing_is_taken(qtbot: QtBot, notifier: Notifier) -> None:
    """The real library, on a machine with no session bus: an answer, no trace, no hang."""
    with qtbot.waitSignal(notifier.told, timeout=15_000) as told:
        notifier.tell([ONE], [7])
    assert told.args == [[7], False]


def test_closing_at_any_moment_ends_the_thread(desktop: Desktop) -> None:
    around = QObject()
    for _ in range(20):
        notifier = Notifier(around)
        notifier.tell([ONE], [1])
        notifier.close()
    assert "notices" not in {thread.name for thread in threading.enumerate()}


def test_closing_waits_for_what_takes_its_time_to_be_ended(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task left behind is an error in the log, minutes later and somewhere else."""
    begun, ended = threading.Event(), threading.Event()

    async def show(notifier: object, notice: Notice, opened: Callable[[], None] | None = None) -> bool:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            for _ in range(5):  # a bus takes a few turns of the loop to let go
                await asyncio.sleep(0)
            ended.set()
        return True

    monkeypatch.setattr(tell, "show", show)
    around = QObject()
    notifier = Notifier(around)
    notifier.tell([ONE], [1])
    assert begun.wait(5)
    notifier.close()
    assert ended.is_set()


def test_one_that_never_told_anything_closes(desktop: Desktop) -> None:
    around = QObject()
    Notifier(around).close()
    assert desktop.shown == []


def _told(made: Made) -> int:
    from core.store import advisories

    with made.store() as store:
        return len(advisories.untold(store))


def test_what_was_not_told_is_told_at_the_next_chance_and_then_never_again(
    qtbot: QtBot, made: Made, desk: Desk, desktop: Desktop, bench: Bench
) -> None:
    """No daemon at first: the change stays untold in the store. One comes: told, once, through two more checks."""
    assert _told(made) == 1
    desktop.takes = False
    workbench = bench()
    qtbot.waitUntil(lambda: desktop.threads != set())
    qtbot.wait(50)
    assert _told(made) == 1
    desktop.takes = True
    for _ in range(3):
        with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
            workbench._watcher.check()
        qtbot.waitUntil(lambda: _told(made) == 0)
    qtbot.wait(50)
    assert len(desktop.shown) == 1
    assert desktop.shown[0].line == Message("notice-discreet")


def test_open_leads_to_the_alerts_checklist(qtbot: QtBot, desk: Desk, desktop: Desktop, bench: Bench) -> None:
    workbench = bench()
    qtbot.waitUntil(lambda: desktop.shown != [])
    workbench.go("search")
    with qtbot.waitSignal(workbench.wanted_front):
        desktop.press()
    (checklist,) = desk.lists()
    assert workbench.middle.currentWidget() is workbench.checklist
    assert workbench.checklist.title.text() == checklist.title
    assert len(workbench.checklist.model.items()) == 7
