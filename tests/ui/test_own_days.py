"""A day with a list of one's own in the real window, from the passphrase to the next start."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.model import State
from core.store import checklists
from tests.profiles import PASSPHRASE, Made
from tests.ui.conftest import OpenWindow
from tests.ui.drawing import lines
from ui.pages.unlock import UnlockPage
from ui.widgets.row_editor import RowEditor
from ui.window import Window
from ui.workbench import Workbench

CONTROL = Qt.KeyboardModifier.ControlModifier


def unlocked(qtbot: QtBot, window: Window) -> Workbench:
    """The columns, after the passphrase."""
    qtbot.waitUntil(lambda: window.findChild(UnlockPage) is not None, timeout=20_000)
    page = window.findChild(UnlockPage)
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(page.field.isVisible, timeout=20_000)
    qtbot.keyClicks(page.field, PASSPHRASE)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workbench is not None and window.workbench.isVisible(), timeout=20_000)
    workbench = window.workbench
    assert workbench is not None
    qtbot.waitUntil(lambda: bool(workbench._work.referring._found), timeout=20_000)
    return workbench


def written(qtbot: QtBot, words: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Type where the focus is, and end it."""
    field = QApplication.focusWidget()
    assert isinstance(field, QWidget)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, key, modifiers)


def test_what_is_written_in_the_window_is_there_at_the_next_start(
    qtbot: QtBot, open_window: OpenWindow, made: Made
) -> None:
    none = Qt.KeyboardModifier.NoModifier
    workbench = unlocked(qtbot, open_window(made.profile))
    view = workbench.checklist.list
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_E)
    written(qtbot, "bus at 17:40", Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(view, Qt.Key.Key_D)
    written(qtbot, "2031-03-04 18:00", Qt.Key.Key_Return, none)
    qtbot.keyClick(view, Qt.Key.Key_N, CONTROL)
    written(qtbot, "Packing", Qt.Key.Key_Return, none)
    for words in ("Water", "Torch", "Cash"):
        written(qtbot, words, Qt.Key.Key_Return, none)
    qtbot.keyClick(workbench._work.listing.adding, Qt.Key.Key_Escape)
    view.select_row(2)
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_E)
    written(qtbot, "in dollars", Qt.Key.Key_A, none)  # left open, the window is closed over it
    assert [one.isVisible() for one in workbench.checklist.findChildren(RowEditor)][-1]
    window = workbench.window()
    assert isinstance(window, Window)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    with made.store() as store:
        first = checklists.items_by_id(store, [made.items[0]])[0]
        (own,) = [one for one in checklists.all_lists(store) if one.title == "Packing"]
        packed = checklists.items(store, own.id)
    assert first.note == "bus at 17:40"
    assert first.due == first.reminder == datetime(2031, 3, 4, 18).astimezone()
    assert [(one.text, one.state, one.note) for one in packed] == [
        ("Water", State.OPEN, ""),
        ("Cash", State.DONE, "in dollarsa"),
        ("Torch", State.OPEN, ""),
    ]
    again = unlocked(qtbot, open_window(made.profile))
    again.open_list(own.id)
    assert [line.split(" (")[0] for line in lines(again.checklist.model)] == ["☐ Water", "☑ Cash", "☐ Torch"]
