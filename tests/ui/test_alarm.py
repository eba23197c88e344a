"""The alarm by the wall clock: once, at its moment, and nothing wakes before; a hidden window has no timer at work."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Bench
from ui import alarm
from ui.alarm import Alarm


@pytest.fixture(params=["descriptor", "timer"])
def ringer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Alarm]:
    if request.param == "timer":
        monkeypatch.setattr(alarm, "_descriptor", lambda: None)
    around = QObject()
    held = Alarm(around)
    yield held
    held.close()
    around.deleteLater()


def soon(milliseconds: int) -> datetime:
    return datetime.now(UTC) + timedelta(milliseconds=milliseconds)


def test_it_rings_once_and_not_before(qtbot: QtBot, ringer: Alarm) -> None:
    rung: list[datetime] = []
    ringer.rang.connect(lambda: rung.append(datetime.now(UTC)))
    moment = soon(300)
    ringer.set(moment)
    qtbot.waitUntil(lambda: rung != [])
    qtbot.wait(100)
    assert len(rung) == 1
    assert rung[0] >= moment


def test_what_has_passed_rings_at_once(qtbot: QtBot, ringer: Alarm) -> None:
    with qtbot.waitSignal(ringer.rang, timeout=1000):
        ringer.set(soon(-60_000))


def test_the_last_moment_counts_and_none_is_none(qtbot: QtBot, ringer: Alarm) -> None:
    with qtbot.assertNotEmitted(ringer.rang, wait=400):
        ringer.set(soon(100))
        ringer.set(soon(60_000))
        ringer.set(soon(100))
        ringer.set(None)


def test_a_moment_that_a_wrong_clock_made_is_bounded(ringer: Alarm) -> None:
    ringer.set(datetime.now(UTC) + timedelta(days=4000))
    assert ringer._moment is not None
    assert ringer._moment <= datetime.now(UTC) + alarm.LONGEST


@pytest.mark.skipif(sys.platform != "linux", reason="the descriptor is of Linux")
def test_a_clock_that_is_set_is_looked_at_anew(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the machine cannot be set here; reading the descriptor fails as it does then (ECANCELED)."""
    around = QObject()
    held = Alarm(around)
    held.set(soon(3_600_000))

    def cancelled(descriptor: int, count: int) -> bytes:
        raise OSError(125, "Operation canceled")

    with monkeypatch.context() as patched, qtbot.waitSignal(held.rang, timeout=1000):
        patched.setattr(os, "read", cancelled)
        held._woken()
    held.close()
    around.deleteLater()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the clock is looked at once a minute")
def test_a_window_out_of_sight_has_no_timer_at_work(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    qtbot.waitUntil(lambda: not workbench._telling._under_way)
    assert workbench.truth._freshen.isActive()
    workbench.hide()

    def at_work() -> list[QTimer]:
        timers = [*workbench.findChildren(QTimer), *workbench._watcher.findChildren(QTimer)]
        return [one for one in timers if one.isActive()]

    qtbot.waitUntil(lambda: at_work() == [], timeout=5000)
    workbench.show()
    assert workbench.truth._freshen.isActive()
