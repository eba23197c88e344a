"""Notices of the window, where the desktop takes them and where it does not: nothing is told twice, nothing lost.

A service on a real bus is in tests/end2end; here stands one of our own at `core.tell`'s protocol.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core import lock, tell
from core.model import Message, Notice, State
from core.wording import say
from tests.profiles import Made, publish
from tests.texts import ALERT_1, ALERT_2
from tests.ui.conftest import Bench
from tests.ui.drawing import checker
from ui import telling
from ui.desk import Desk
from ui.notifier import Notifier

ONE = Notice(Message("notice-title"), Message("notice-discreet"), ("embassy:1",), urgent=False)
TWO = Notice(Message("notice-title"), Message("notice-discreet"), ("embassy:2", "embassy:3"), urgent=True)


class Desktop:
    """Takes notices, or does not; `acts`: the buttons of the last one."""

    def __init__(self) -> None:
        self.takes = True
        self.shown: list[Notice] = []
        self.threads: set[str] = set()
        self.acts: tell.Acts | None = None

    async def show(self, notifier: object, notice: Notice, acts: tell.Acts | None = None) -> bool:
        self.threads.add(threading.current_thread().name)
        if self.takes:
            self.shown.append(notice)
            self.acts = acts
        return self.takes

    def press(self, name: str = "opened") -> None:
        """Press a button as the service's thread does."""
        act: Callable[[], None] = getattr(self.acts, name)
        act()


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
    told: list[tuple[object, bool]] = []
    notifier.told.connect(lambda notice, taken: told.append((notice, taken)))
    notifier.tell([ONE, TWO])
    qtbot.waitUntil(lambda: told == [(ONE, True), (TWO, True)])
    assert desktop.shown == [ONE, TWO]
    assert desktop.threads == {"notices"}


@pytest.mark.parametrize(("button", "act"), [("opened", "open"), ("later", "later")])
def test_a_press_names_the_notice(qtbot: QtBot, desktop: Desktop, notifier: Notifier, button: str, act: str) -> None:
    with qtbot.waitSignal(notifier.told):
        notifier.tell([TWO])
    with qtbot.waitSignal(notifier.pressed) as pressed:
        threading.Thread(target=desktop.press, args=(button,)).start()
    assert pressed.args == [TWO, act]
    assert desktop.acts is not None
    assert desktop.acts.done is None  # it names no item


def test_what_the_desktop_does_not_take_is_said(qtbot: QtBot, desktop: Desktop, notifier: Notifier) -> None:
    desktop.takes = False
    with qtbot.waitSignal(notifier.told) as told:
        notifier.tell([ONE])
    assert told.args == [ONE, False]
    desktop.takes = True
    with qtbot.waitSignal(notifier.told) as told:
        notifier.tell([ONE])
    assert told.args == [ONE, True]


def test_without_a_bus_nothing_is_taken(qtbot: QtBot, notifier: Notifier) -> None:
    """The real library, on a machine with no session bus: an answer, no trace, no hang."""
    with qtbot.waitSignal(notifier.told, timeout=15_000) as told:
        notifier.tell([ONE])
    assert told.args == [ONE, False]


def test_closing_at_any_moment_ends_the_thread(desktop: Desktop) -> None:
    around = QObject()
    for _ in range(20):
        notifier = Notifier(around)
        notifier.tell([ONE])
        notifier.close()
    assert "notices" not in {thread.name for thread in threading.enumerate()}


def test_closing_waits_for_what_takes_its_time_to_be_ended(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task left behind is an error in the log, minutes later and somewhere else."""
    begun, ended = threading.Event(), threading.Event()

    async def show(notifier: object, notice: Notice, acts: tell.Acts | None = None) -> bool:
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
    notifier.tell([ONE])
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


def test_a_reminder_can_be_done_from_its_notice_and_later_means_later(
    qtbot: QtBot, made: Made, desk: Desk, desktop: Desktop, bench: Bench
) -> None:
    from core.store import checklists, sources

    with made.store() as store:
        sources.set_setting(store, "discreet", "no")
        checklists.set_due(store, made.items[3], datetime.now(UTC) + timedelta(minutes=20))
    workbench = bench()
    qtbot.waitUntil(lambda: len(desktop.shown) == 2)
    assert [say(one.line) for one in desktop.shown] == ["New, with 7 actions to take.", "This is due soon."]
    assert say(desktop.shown[1].title) == "To do: " + desk.items_by_id([made.items[3]])[0].text
    desktop.press("later")
    qtbot.waitUntil(lambda: any(one.again for one in desk.inbox()))
    desktop.press("done")
    qtbot.waitUntil(lambda: desk.items_by_id([made.items[3]])[0].state is State.DONE)
    assert desk.unread() == 1
    qtbot.waitUntil(lambda: workbench.checklist.ring.accessibleName() == "1 of 7 done")


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


def test_a_service_that_returns_is_told_soon_without_another_check(
    qtbot: QtBot, made: Made, desktop: Desktop, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desktop's shell starts anew within seconds; the next check may be an hour away."""
    monkeypatch.setattr(telling, "AGAIN_AFTER", timedelta(milliseconds=50))
    desktop.takes = False
    bench()
    qtbot.waitUntil(lambda: desktop.threads != set())
    desktop.takes = True
    qtbot.waitUntil(lambda: _told(made) == 0)
    qtbot.wait(300)
    assert len(desktop.shown) == 1


def test_while_another_process_tells_the_window_does_not(
    qtbot: QtBot, made: Made, desktop: Desktop, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AGAIN_AFTER", timedelta(milliseconds=50))
    with lock.held(made.profile.tell_lock, 0.0):
        bench()
        qtbot.wait(300)
        assert desktop.shown == []
    qtbot.waitUntil(lambda: _told(made) == 0)
    assert len(desktop.shown) == 1
    with lock.held(made.profile.tell_lock, 5.0):  # and lets others have their turn
        pass


def test_what_a_check_saved_before_it_died_is_told(
    qtbot: QtBot, made: Made, desktop: Desktop, bench: Bench, tmp_path: Path
) -> None:
    workbench = bench(command=checker(tmp_path, "sys.exit(1)"))
    qtbot.waitUntil(lambda: len(desktop.shown) == 1 and _told(made) == 0)
    publish(made, ALERT_2)
    with qtbot.waitSignal(workbench._watcher.failed, timeout=10_000):
        workbench._watcher.check()
    qtbot.waitUntil(lambda: len(desktop.shown) == 2)


def test_open_on_a_summary_leads_to_the_weightiest_of_it_whatever_was_filtered_for(
    qtbot: QtBot, made: Made, desktop: Desktop, bench: Bench
) -> None:
    workbench = bench()
    qtbot.waitUntil(lambda: len(desktop.shown) == 1)
    workbench.go("advisories")
    workbench.looking.advisories.field.setText("nothing has these words")
    publish(made, *(ALERT_1._replace(link=f"https://example.org/{n}", title=f"Alert {n}") for n in range(5)))
    with qtbot.waitSignal(workbench._watcher.checked, timeout=10_000):
        workbench._watcher.check()
    qtbot.waitUntil(lambda: len(desktop.shown) == 2)
    assert len(desktop.shown[1].advisory_ids) == 5
    desktop.press()
    qtbot.waitUntil(lambda: workbench.looking.advisories.list.line() is not None)
    line = workbench.looking.advisories.list.line()
    assert line is not None
    assert line.id == desktop.shown[1].advisory_ids[0]
    assert workbench.reading.title.text() == line.title
