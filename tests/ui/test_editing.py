"""A note and the times of an item, edited under its row: keys, mouse, undo, what is kept when the list is left."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from core.model import Item, State
from core.store import checklists
from tests.profiles import Made
from tests.ui.conftest import Bench
from tests.ui.drawing import lines, type_words
from ui.widgets.row_editor import RowEditor, TimesEditor, WordsEditor
from ui.workbench import Workbench


def editor(workbench: Workbench) -> RowEditor:
    """What stands open under a row."""
    (found,) = [one for one in workbench.checklist.findChildren(RowEditor) if one.isVisible()]
    return found


def is_open(workbench: Workbench) -> bool:
    return any(one.isVisible() for one in workbench.checklist.findChildren(RowEditor))


def held(made: Made, number: int = 0) -> Item:
    """The item as it is on the disk."""
    with made.store() as store:
        return checklists.items_by_id(store, [made.items[number]])[0]


def times(workbench: Workbench) -> TimesEditor:
    found = editor(workbench)
    assert isinstance(found, TimesEditor)
    return found


def test_e_writes_a_note_under_the_row_and_ctrl_z_takes_it_back(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    view = workbench.checklist.list
    row = view.currentIndex().row()
    before = view.visualRect(view.currentIndex()).height()
    qtbot.keyClick(view, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: is_open(workbench) and view.visualRect(view.currentIndex()).height() > before)
    found = editor(workbench)
    assert isinstance(found, WordsEditor)
    assert view.visualRect(view.model().index(row, 0)).contains(found.geometry())
    assert QApplication.focusWidget() is found.field
    qtbot.keyClicks(found.field, "Seat 14C")
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    qtbot.keyClicks(found.field, "bus at 17:40")
    assert held(made).note == ""
    qtbot.keyClick(found.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert held(made).note == "Seat 14C\nbus at 17:40"
    assert not is_open(workbench)
    assert QApplication.focusWidget() is view
    assert any("note: Seat 14C bus at 17:40" in line for line in lines(workbench.checklist.model))
    assert view.visualRect(view.currentIndex()).height() < before * 2
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert held(made).note == ""
    assert "note written" in workbench.checklist.said.text()


def test_escape_leaves_the_note_as_it_was_and_the_list_where_it_is(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_E)
    found = editor(workbench)
    qtbot.keyClicks(found.focusProxy(), "x j/?")  # letters that are keys of the list and of the window
    qtbot.keyClick(found.focusProxy(), Qt.Key.Key_Escape)
    assert not is_open(workbench)
    assert held(made).note == ""
    assert held(made).state is State.OPEN
    assert workbench.middle.currentWidget() is workbench.checklist


def test_a_click_in_the_editor_ticks_nothing(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_E)
    qtbot.mouseClick(editor(workbench), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert held(made).state is State.OPEN
    assert is_open(workbench)


def test_what_was_typed_is_kept_when_the_list_is_left_and_while_it_is_shown_anew(
    qtbot: QtBot, bench: Bench, made: Made
) -> None:
    workbench = bench()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_E)
    found = editor(workbench)
    assert isinstance(found, WordsEditor)
    type_words(found.field, "Maßstab")
    workbench.refresh()  # a check has ended meanwhile
    assert editor(workbench) is found
    workbench.go("todo")
    assert held(made).note == "Maßstab"
    assert not is_open(workbench)


def test_what_was_typed_is_kept_when_the_window_is_closed(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_E)
    qtbot.keyClicks(editor(workbench).focusProxy(), "gate 4")
    workbench.close_all()
    assert held(made).note == "gate 4"


def test_a_note_waits_for_another_writer(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_E)
    found = editor(workbench)
    qtbot.keyClicks(found.focusProxy(), "gate 4")
    with made.store() as other:
        with other.transaction():
            qtbot.keyClick(found.focusProxy(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            assert is_open(workbench)
        qtbot.waitUntil(lambda: not is_open(workbench))
    assert held(made).note == "gate 4"


def test_d_sets_when_an_item_is_due_a_reminder_and_how_often(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_D)
    found = times(workbench)
    assert QApplication.focusWidget() is found.due
    found.due.clear()
    qtbot.keyClicks(found.due, "in 6 h")
    qtbot.keyClick(found.due, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is found.reminder
    qtbot.keyClicks(found.reminder, "in 5 h")
    qtbot.keyClicks(found.every, "2 days")
    qtbot.keyClick(found.every, Qt.Key.Key_Return)
    assert not is_open(workbench)
    kept = held(made)
    now = datetime.now(UTC)
    assert kept.due is not None
    assert kept.reminder is not None
    assert abs(kept.due - now - timedelta(hours=6)) < timedelta(minutes=1)
    assert kept.due - kept.reminder == timedelta(hours=1)
    assert kept.every == timedelta(days=2)
    line = next(line for line in lines(workbench.checklist.model) if kept.text in line)
    for words in ("Due ", "reminder ", "again every 2 days"):
        assert words in line
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_D)
    qtbot.keyClick(times(workbench).due, Qt.Key.Key_Return)  # nothing was changed
    assert held(made) == kept
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    again = held(made)
    assert (again.reminder, again.every) == (None, None)
    assert again.due != kept.due


def test_without_a_reminder_of_her_own_she_is_reminded_when_it_is_due(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    for typed, reminded in (("2031-03-04 14:00", True), ("2031-03-04", False), ("", False)):
        qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_D)
        found = times(workbench)
        found.due.setText(typed)
        qtbot.keyClick(found.due, Qt.Key.Key_Return)
        kept = held(made)
        assert (kept.due is not None) == bool(typed)
        assert kept.reminder == (kept.due if reminded else None)


def test_a_reminder_whose_time_has_come_is_told_as_soon_as_it_is_set(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    told = len(workbench._desk.inbox())
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_D)
    found = times(workbench)
    found.reminder.setText(f"{datetime.now() - timedelta(minutes=2):%Y-%m-%d %H:%M}")
    qtbot.keyClick(found.reminder, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(workbench._desk.inbox()) > told)


@pytest.mark.parametrize("typed", ["soon", "25:00"])
def test_what_is_no_time_is_said_and_changes_nothing(qtbot: QtBot, bench: Bench, made: Made, typed: str) -> None:
    workbench = bench()
    before = held(made)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_D)
    found = times(workbench)
    found.due.setText(typed)
    qtbot.keyClick(found.due, Qt.Key.Key_Return)
    assert found.refusal.isVisible()
    assert is_open(workbench)
    assert held(made) == before
    workbench.go("todo")
    assert held(made) == before


def test_the_dots_and_the_menu_lead_there_by_mouse_and_tick_nothing(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    view = workbench.checklist.list
    row = view.visualRect(view.currentIndex())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.right() - 8, row.top() + 16))
    menu = workbench._work.editing.menu
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    assert held(made).state is State.OPEN
    words = [one.text().split("\t")[0] for one in menu.actions() if one.text()]
    assert words[:4] == ["Tick it", "Not applicable", "Add a note", "Due time, reminder, how often"]
    menu.actions()[3].trigger()
    menu.close()
    assert isinstance(editor(workbench).focusProxy(), QPlainTextEdit)
    assert is_open(workbench)
    qtbot.keyClick(view, Qt.Key.Key_M)
    assert workbench._work.editing.menu is not menu
    opened = workbench._work.editing.menu
    assert opened is not None
    opened.close()


def test_tab_leads_to_fields_below_the_edge_of_a_low_window(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench(360, 420)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_D)
    found = times(workbench)
    viewport = workbench.checklist.list.viewport()
    for field in (found.due, found.reminder, found.every):
        qtbot.waitUntil(field.hasFocus)
        place = QRect(viewport.mapFromGlobal(field.mapToGlobal(QPoint(0, 0))), field.size())
        assert viewport.rect().contains(place)
        qtbot.keyClick(field, Qt.Key.Key_Tab)


def test_who_walks_through_the_window_meets_the_editor_right_after_the_list(
    qtbot: QtBot, bench: Bench, made: Made
) -> None:
    workbench = bench()
    view = workbench.checklist.list
    qtbot.keyClick(view, Qt.Key.Key_E)
    found = editor(workbench)
    assert isinstance(found, WordsEditor)
    page = QAccessible.queryAccessibleInterface(workbench.checklist)

    def below(one: QAccessibleInterface) -> list[QObject]:
        children = [one.child(at) for at in range(one.childCount())]
        return [held for child in children for held in (child.object(), *below(child))]

    met = below(page)
    assert view in met
    assert met.index(found) > met.index(view)
    assert found.field in met
    # The mouse and the wheel reach the list beside it, and the list scrolls under it.
    beside = view.viewport().mapTo(workbench.checklist, QPoint(5, 5))
    assert workbench.checklist.childAt(beside) is view.viewport()
    workbench.resize(1280, 420)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    view.verticalScrollBar().setValue(10)
    assert view.visualRect(view.currentIndex()).contains(found.geometry())
    view.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    assert not is_open(workbench)
