"""A box for each of those who travel together: keys, menu, what the row says, undo, other writers, other trips."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.errors import StorageError
from core.model import Item, State
from core.store import checklists, company, sources, trips
from core.store.trips import Plan
from tests.profiles import Made
from tests.ui.conftest import Bench
from tests.ui.drawing import NOON, item, lines
from tests.ui.test_paper import printed
from ui.journeys import Journeys
from ui.models.items import quiet_line, spoken, who_has_done
from ui.pages.trip import TripPage
from ui.paper.setting import set_card, usual_paper
from ui.paper.sheet import Part, Sheet
from ui.widgets.people import PeoplePanel
from ui.widgets.question import Question
from ui.workbench import Workbench

PLAN = Plan("Baghdad", ("IQ",), None, None, ("Ana", "Sam"))


@pytest.fixture
def trip(made: Made) -> str:
    with made.store() as store:
        return trips.add(store, PLAN, NOON)


def panel(workbench: Workbench) -> PeoplePanel:
    """What stands open under a row."""
    (found,) = [one for one in workbench.checklist.findChildren(PeoplePanel) if one.isVisible()]
    return found


def is_open(workbench: Workbench) -> bool:
    return any(one.isVisible() for one in workbench.checklist.findChildren(PeoplePanel))


def opened(qtbot: QtBot, workbench: Workbench) -> PeoplePanel:
    """The panel of the row that is current, by its key."""
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_P)
    return panel(workbench)


def held(made: Made, number: int = 0) -> Item:
    """The item as it is on the disk."""
    with made.store() as store:
        return checklists.items_by_id(store, [made.items[number]])[0]


def current(workbench: Workbench, role: Qt.ItemDataRole = Qt.ItemDataRole.AccessibleTextRole) -> str:
    return str(workbench.checklist.list.currentIndex().data(role))


def choose(workbench: Workbench, made: Made, number: int = 0) -> None:
    """Make an item's row the current one."""
    row = workbench.checklist.model.row_of(made.items[number])
    assert row is not None
    workbench.checklist.list.select_row(row)


def test_p_opens_a_box_for_each_and_each_is_saved_when_pressed(
    qtbot: QtBot, bench: Bench, made: Made, trip: str
) -> None:
    workbench = bench()
    choose(workbench, made)
    found = opened(qtbot, workbench)
    assert [box.accessibleName() for box in found.boxes.values()] == ["Done by You", "Done by Ana", "Done by Sam"]
    assert QApplication.focusWidget() is found.boxes[""]
    qtbot.keyClick(found.boxes[""], Qt.Key.Key_Space)
    assert (held(made).state, held(made).done_by) == (State.OPEN, ("",))
    qtbot.keyClick(found.boxes[""], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is found.boxes["Ana"]
    qtbot.keyClick(found.boxes["Ana"], Qt.Key.Key_Space)
    assert any("You, Ana done; Sam open" in line for line in lines(workbench.checklist.model))
    assert "You, Ana done; Sam open" in current(workbench)
    assert is_open(workbench)
    qtbot.mouseClick(found.boxes["Sam"], Qt.MouseButton.LeftButton, pos=found.boxes["Sam"].rect().center())
    assert (held(made).state, held(made).done_by) == (State.DONE, ("", "Ana", "Sam"))
    assert "open" not in current(workbench)
    assert workbench.checklist.ring.accessibleName().startswith("1 of")
    qtbot.keyClick(found.boxes["Ana"], Qt.Key.Key_Space)
    assert held(made).state is State.OPEN
    qtbot.keyClick(found.boxes["Ana"], Qt.Key.Key_Escape)
    assert not is_open(workbench)
    assert QApplication.focusWidget() is workbench.checklist.list


def test_space_on_the_row_is_a_tick_for_everybody_and_the_boxes_follow(
    qtbot: QtBot, bench: Bench, made: Made, trip: str
) -> None:
    workbench = bench()
    choose(workbench, made)
    found = opened(qtbot, workbench)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Space)
    assert held(made).done_by == ("", "Ana", "Sam")
    assert all(box.isChecked() for box in found.boxes.values())
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Space)
    assert held(made).doers == ()
    assert not any(box.isChecked() for box in found.boxes.values())


def test_ctrl_z_takes_one_back_and_the_boxes_follow(qtbot: QtBot, bench: Bench, made: Made, trip: str) -> None:
    workbench = bench()
    choose(workbench, made)
    found = opened(qtbot, workbench)
    qtbot.keyClick(found.boxes[""], Qt.Key.Key_Space)
    qtbot.keyClick(found.boxes["Sam"], Qt.Key.Key_Space)
    qtbot.keyClick(found.boxes["Sam"], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert held(made).done_by == ("",)
    assert "Undone: who has done it" in workbench.checklist.said.text()
    assert is_open(workbench)
    assert [box.isChecked() for box in found.boxes.values()] == [True, False, False]


def test_the_menu_has_it_where_somebody_comes_along(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    choose(workbench, made)

    def entries() -> list[str]:
        qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_M)
        menu = workbench._work.editing.menu
        assert menu is not None
        words = [action.text() for action in menu.actions()]
        menu.close()
        return words

    assert "Who has done it\tP" not in entries()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_P)
    assert not is_open(workbench)
    assert workbench.checklist.refusal.text().startswith("You do this list alone.")
    workbench._desk.journeys.add(PLAN)
    workbench.refresh()
    assert "Who has done it\tP" in entries()
    workbench._desk.journeys.add(PLAN._replace(name="Amman", countries=("JO",)))
    workbench.refresh()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_P)
    assert not is_open(workbench)  # the list is of another place
    assert workbench.checklist.refusal.text().startswith("You do this list alone.")


def test_a_box_waits_for_another_writer(qtbot: QtBot, bench: Bench, made: Made, trip: str) -> None:
    workbench = bench()
    choose(workbench, made)
    found = opened(qtbot, workbench)
    with made.store() as other:
        with other.transaction():
            qtbot.keyClick(found.boxes["Ana"], Qt.Key.Key_Space)
            assert found.boxes["Ana"].isChecked()
        qtbot.waitUntil(lambda: held(made).done_by == ("Ana",))
    assert found.boxes["Ana"].isChecked()


def test_a_box_that_could_not_be_saved_springs_back_with_a_sentence(
    qtbot: QtBot, bench: Bench, made: Made, trip: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench = bench()
    choose(workbench, made)
    found = opened(qtbot, workbench)

    def full(*_: object) -> Item:
        raise StorageError("disk-full")

    monkeypatch.setattr(Journeys, "set_people", full)
    qtbot.keyClick(found.boxes["Ana"], Qt.Key.Key_Space)
    assert not found.boxes["Ana"].isChecked()
    assert found.refusal.isVisible()
    assert found.refusal.text()


def test_the_panel_closes_where_the_company_is_another_one(qtbot: QtBot, bench: Bench, made: Made, trip: str) -> None:
    workbench = bench()
    choose(workbench, made)
    opened(qtbot, workbench)
    workbench._desk.journeys.change(trip, PLAN._replace(companions=("Ana",)))
    workbench.refresh()
    assert not is_open(workbench)
    assert list(opened(qtbot, workbench).boxes) == ["", "Ana"]


def test_a_name_is_asked_about_where_ticks_hang_on_it(qtbot: QtBot, bench: Bench, made: Made, trip: str) -> None:
    with made.store() as store:
        checklists.set_people(store, made.items[0], {"Ana": True}, NOON)
    workbench = bench()

    def say(companions: str) -> TripPage:
        workbench.go("trip")
        page = workbench.middle.currentWidget()
        assert isinstance(page, TripPage)
        qtbot.mouseClick(page.edit, Qt.MouseButton.LeftButton)
        page.form.companions.setText(companions)
        qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
        return page

    def answer(words: str) -> None:
        (box,) = workbench.findChildren(Question)
        (button,) = [one for one in box.findChildren(QPushButton) if one.text() == words]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    page = say("Ana Maria, Sam")
    (box,) = workbench.findChildren(Question)
    assert "Ana\u2069 → \u2068Ana Maria" in box.below.text()
    answer("Cancel")
    assert page.form.isVisible()
    assert held(made).done_by == ("Ana",)
    say("Ana Maria, Sam")
    answer("The same people")
    assert held(made).done_by == ("Ana Maria",)
    say("Ben, Sam")
    answer("Other people")
    assert held(made).done_by == ()
    assert "What Ana Maria had done" in page.note.text()
    workbench._undoing.undo()
    assert held(made).done_by == ("Ana Maria",)
    say("Sam, Zoe, Ana Maria")
    assert not workbench.findChildren(Question)
    with made.store() as store:
        (kept,) = sources.trips(store)
    assert kept.companions == ("Sam", "Zoe", "Ana Maria")
    say("Zoe")
    assert held(made).done_by == ()


def test_what_a_row_says_of_a_company() -> None:
    some = replace(item("a", "Buy water."), done_by=("", "Ana"))
    assert who_has_done(some, ("", "Ana", "Sam")) == "You, Ana done; Sam open"
    assert who_has_done(some, ("", "Ana")) == "You, Ana done"
    assert who_has_done(some, ()) == ""
    assert who_has_done(item("a", "Buy water."), ("", "Ana")) == ""
    done = replace(item("a", "Buy water.", State.DONE), done_by=("", "Ana"))
    assert who_has_done(done, ("", "Ana")) == ""
    assert who_has_done(done, ("", "Ana", "Ben")) == "You, Ana done; Ben open"
    assert who_has_done(some, ("", "أمل")) == "\u2068You\u2069 done; \u2068أمل\u2069 open"
    assert len(who_has_done(some, ("", "x" * 400))) < 80
    assert spoken(some, NOON, company=("", "Ana", "Sam")) == "Open. Buy water. You, Ana done; Sam open."
    assert quiet_line(some, NOON) == ""


def test_paper_says_who_has_done_what(tmp_path: Path) -> None:
    part = Part("Car", [replace(item("a", "Buy water."), done_by=("", "Ana"))], None, "", ("", "Ana", "Sam"))
    words = printed(set_card(Sheet("Car", [part], NOON), usual_paper()), tmp_path)
    assert "You, Ana done; Sam open" in words
    sent = [replace(item("a", "Buy water."), done_by=("Mara",))]
    for came_in in (True, False):
        held = Sheet("Car", [Part("Car", sent, None, "", (), came_in)], NOON)
        assert ("Mara done" in printed(set_card(held, usual_paper()), tmp_path)) is came_in


def test_another_trip_has_another_company(bench: Bench, made: Made, trip: str) -> None:
    with made.store() as store:
        checklists.set_people(store, made.items[0], {"": True}, NOON)
        other = trips.add(store, PLAN._replace(name="Erbil", companions=("Ben",)), NOON)
        company.choose_trip(store, trip)
    workbench = bench()
    assert any("You done; Ana, Sam open" in line for line in lines(workbench.checklist.model))
    workbench._desk.journeys.choose(other)
    workbench.refresh()
    assert any("You done; Ben open" in line for line in lines(workbench.checklist.model))
