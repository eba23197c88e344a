"""What a screen reader is told of what happens: of a tick, a refusal, news, and of a check that was asked for."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.errors import StorageError
from core.model import Item, State
from tests.profiles import Made, publish
from tests.texts import ALERT_2
from tests.ui.conftest import Bench
from ui import aloud, truth


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words, in order; what Qt makes of them is in tests/end2end."""
    heard: list[str] = []

    def hear(_widget: QWidget, words: str) -> None:
        heard.append(words)

    for room in (aloud, truth):
        monkeypatch.setattr(room, "announce", hear)
    return heard


def test_a_tick_is_heard_with_how_far_the_list_is(qtbot: QtBot, bench: Bench, said: list[str]) -> None:
    workbench = bench()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Space)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Space)
    assert said == ["Done. 1 of 7 done", "Open. 0 of 7 done"]


def test_a_refusal_is_heard(qtbot: QtBot, bench: Bench, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_item: str, _state: State) -> Item:
        raise StorageError("disk-full")

    workbench = bench()
    monkeypatch.setattr(workbench.checklist.model, "_save", full)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Space)
    assert said == [workbench.checklist.refusal.text()]


def test_news_of_the_list_are_heard_once(bench: Bench, made: Made, said: list[str]) -> None:
    workbench = bench()
    publish(made, ALERT_2._replace(pub_date=f"{datetime.now(UTC):%d %b %Y %T} GMT"))
    workbench.refresh()
    workbench.refresh()
    assert said == [workbench.checklist.banner_words.text()]
    assert "1 new, 1 reworded, 1 no longer listed" in said[0]


def test_a_check_that_was_asked_for_is_answered(qtbot: QtBot, bench: Bench, said: list[str]) -> None:
    workbench = bench()
    for check in (workbench._checking.ask, workbench._watcher.check, workbench._checking.ask):
        said.append("|")
        with qtbot.waitSignal(workbench._checking.ended):
            check()
    asked, unasked, again = " ".join(said).split("|")[1:]
    assert workbench.side.fresh.text() in asked
    assert workbench.side.fresh.text() in again
    assert unasked.strip() == ""
