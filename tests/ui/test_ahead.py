"""Keys pressed between the first paint of the list and the rest of the window: none is lost, and none is done twice."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.model import State
from core.store import checklists
from tests.profiles import Made
from ui import window as windows
from ui.opening import Way, load_rest
from ui.pages.all_keys import KeysPage
from ui.watcher import Watcher
from ui.widgets.item_list import ItemList
from ui.window import Window
from ui.workbench import Workbench

Press = Callable[..., None]


@pytest.fixture
def window(qtbot: QtBot, made: Made, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window whose list is painted, and whose rest is not there yet."""
    monkeypatch.setattr(windows, "REST_AFTER_MS", 500)
    opened = Window(Way(made.profile, None, made.key))
    opened.come()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), ItemList), timeout=15_000)
    assert opened.workbench is None
    yield opened
    opened.close()
    opened.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def press(window: Window) -> Press:
    """Press a key as a keyboard does: for the window, which finds out whom it is for."""

    def stroke(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(window.windowHandle(), key, modifiers)

    return stroke


def furnished(qtbot: QtBot, window: Window) -> Workbench:
    qtbot.waitUntil(lambda: window.workbench is not None and window._ahead is None, timeout=15_000)
    assert window.workbench is not None
    return window.workbench


def test_a_check_that_is_asked_for_too_early_is_done_once(
    qtbot: QtBot, window: Window, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[None] = []
    monkeypatch.setattr(Watcher, "check", lambda _, *__: asked.append(None))
    press(Qt.Key.Key_F5)
    furnished(qtbot, window)
    qtbot.waitUntil(lambda: bool(asked))
    assert len(asked) == 1
    press(Qt.Key.Key_F5)
    assert len(asked) == 2


def test_a_tick_is_done_at_once_and_what_leads_away_after_it(
    qtbot: QtBot, window: Window, press: Press, made: Made
) -> None:
    press(Qt.Key.Key_Space)
    with made.store() as store:
        assert [item.state for item in checklists.items(store)].count(State.DONE) == 1
    press(Qt.Key.Key_F1)
    workbench = furnished(qtbot, window)
    qtbot.waitUntil(lambda: isinstance(workbench.middle.currentWidget(), KeysPage))


def test_what_is_typed_behind_a_key_goes_where_that_leads(
    qtbot: QtBot, window: Window, press: Press, made: Made
) -> None:
    """An X is a letter of a note then, and sets no item aside."""
    press(Qt.Key.Key_E)
    for letter in (Qt.Key.Key_X, Qt.Key.Key_N, Qt.Key.Key_Slash):
        press(letter)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    furnished(qtbot, window)
    with made.store() as store:
        items = checklists.items(store)
    assert [item.note for item in items if item.note] == ["xn/"]
    assert {item.state for item in items} == {State.OPEN}


def test_nothing_is_kept_where_the_rest_cannot_be_had(
    qtbot: QtBot, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.errors import InputError

    def fail(_: object) -> None:
        raise InputError("file-not-handled", reason="of the tests")

    monkeypatch.setattr(windows, "load_rest", fail)
    opened = Window(Way(made.profile, None, made.key))
    opened.come()
    qtbot.waitUntil(opened.isVisible)
    QTest.keyClick(opened.windowHandle(), Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: opened._unlock is not None)
    monkeypatch.setattr(windows, "load_rest", load_rest)
    assert opened._ahead is None
    opened.close()
    opened.deleteLater()
