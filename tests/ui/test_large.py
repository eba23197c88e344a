"""Of a large profile things come in several turns: what is shown in the end is what was wanted last."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.model import ListKind
from core.store import checklists
from tests.profiles import Made
from tests.texts import ALERT_1_ACTIONS
from tests.ui.conftest import Bench
from tests.ui.drawing import NOON
from ui.desk import Desk
from ui.pages.advisories import AdvisoriesPage
from ui.workbench import Workbench


@pytest.fixture
def large(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """A window that takes its profile for a large one."""
    monkeypatch.setattr(Desk, "is_large", lambda _: True)
    return bench()


def settle(qtbot: QtBot, workbench: Workbench) -> None:
    qtbot.waitUntil(lambda: not workbench._reads.is_reading() and not workbench.looking._reads.is_reading())
    qtbot.wait(50)


def test_the_text_of_a_list_comes_a_turn_after_it(qtbot: QtBot, large: Workbench) -> None:
    settle(qtbot, large)
    large.go("settings")
    assert large.reading.shown() is None
    large.open_list(large._desk.lists()[0].id)
    assert large.checklist.model.items()
    assert large.reading.shown() is None
    qtbot.waitUntil(lambda: large.reading.shown() is not None)
    assert ALERT_1_ACTIONS[0] in large.reading.reader.toPlainText()
    assert large.reading.reader.marked is not None


@pytest.mark.parametrize("place", ["settings", "advisories", "paste"])
def test_a_text_that_comes_late_is_not_shown_elsewhere(qtbot: QtBot, large: Workbench, place: str) -> None:
    settle(qtbot, large)
    large.go("settings")
    large.open_list(large._desk.lists()[0].id)
    if place == "paste":
        QApplication.clipboard().setText("Leave.")
        large._pasting.shown.emit()
    else:
        large.go(place)
    shown = large.reading.shown()
    settle(qtbot, large)
    assert shown is None
    if place != "advisories":  # there the first row's text is shown
        assert large.reading.shown() is None


def test_of_two_lists_the_text_is_the_last_ones(qtbot: QtBot, made: Made, large: Workbench) -> None:
    settle(qtbot, large)
    first = large._desk.lists()[0].id
    with made.store() as store:
        mine = checklists.start_own(store, ListKind.OWN, "Car", (), NOON)
    large.open_list(first)
    large.open_list(mine)
    settle(qtbot, large)
    assert large.reading.shown() is None
    large.open_list(mine)
    large.open_list(first)
    settle(qtbot, large)
    assert large.reading.shown() is not None


def test_the_page_of_advisories_fills_in_a_later_turn_and_takes_the_keys(qtbot: QtBot, large: Workbench) -> None:
    settle(qtbot, large)
    large.go("advisories")
    page = large.middle.currentWidget()
    assert isinstance(page, AdvisoriesPage)
    assert page.rows.rowCount() == 0
    assert not page.note.text()  # nothing is said of what was not read yet
    settle(qtbot, large)
    assert page.rows.rowCount() == 1
    assert page.filters.choices["place"].findData("IQ") > 0
    assert page.list.currentIndex().row() == 0
    assert not page.is_selected()
    assert large.reading.shown() is not None


def test_what_was_told_is_pointed_at_once_it_is_there(qtbot: QtBot, large: Workbench) -> None:
    settle(qtbot, large)
    name = large._desk.lists()[0].advisory_id or ""
    large.go("advisories")
    large.looking.advisories.field.setText("nothing of that kind")
    settle(qtbot, large)
    large.show_told((name, name))
    settle(qtbot, large)
    assert large.looking.advisories.current() == name
    assert large.looking.advisories.is_selected()
