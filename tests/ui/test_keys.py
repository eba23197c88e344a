"""Every key on one page, and each of them at work: the page and the shortcuts are made from one table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Bench
from tests.ui.drawing import shown
from ui import keys, theme
from ui.pages.all_keys import KeysPage
from ui.widgets.scroll_page import ScrollPage


def test_f1_shows_every_key_and_escape_leads_back(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Question):
        qtbot.keyClick(workbench.checklist.list, key)
        qtbot.waitUntil(lambda: isinstance(workbench.middle.currentWidget(), KeysPage))
        page = workbench.middle.currentWidget()
        assert page is not None
        assert page.hasFocus()
        shown = [one.text() for one in page.findChildren(QLabel)]
        for table in (keys.WINDOW, keys.LIST, keys.EDITOR, keys.REVIEW, keys.HISTORY, keys.MAP, keys.PAPER):
            for one in table:
                assert one.words in shown
                assert keys.said(one.keys) in shown
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert workbench.middle.currentWidget() is workbench.checklist


@pytest.mark.parametrize("room", ["keys", "about", "settings", "sources", "trip"])
def test_a_page_that_scrolls_does_so_by_keys_and_the_frame_is_on_what_has_the_focus(
    qtbot: QtBot, bench: Bench, room: str
) -> None:
    workbench = bench(800, 400)
    workbench.go(room)
    page = workbench.middle.currentWidget()
    assert isinstance(page, ScrollPage)
    held = QApplication.focusWidget()
    assert held is not None
    assert page.isAncestorOf(held)
    bar = page.verticalScrollBar()
    qtbot.keyClick(held, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(held, Qt.Key.Key_Home)
    assert bar.value() == 0
    if bar.maximum():
        qtbot.keyClick(held, Qt.Key.Key_PageDown)
        assert bar.value() > 0
    edge = shown(page).pixelColor(1, page.height() // 2)
    assert edge.name() == theme.tokens().background


def test_every_key_of_the_window_is_bound_once(bench: Bench) -> None:
    workbench = bench()
    bound = [one.key().toString() for one in workbench.findChildren(QShortcut)]
    assert sorted(bound) == sorted(one for key in keys.WINDOW for one in key.keys)


def test_no_key_has_two_meanings_in_one_place() -> None:
    for table in (keys.WINDOW + keys.LIST, keys.WINDOW + keys.HISTORY, keys.WINDOW + keys.MAP, keys.REVIEW, keys.PAPER):
        every = [one for key in table for one in key.keys]
        assert len(every) == len(set(every))
