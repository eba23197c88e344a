"""Help: the short tour over the real window, the page About, and the ways to both by mouse and by keyboard."""

import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core import shipped
from core.model import State
from tests.profiles import Made, publish
from tests.texts import ALERT_2
from tests.ui.conftest import Bench
from ui.pages.about import AboutPage
from ui.pages.all_keys import KeysPage
from ui.tour import HINTS, NOTHING_YET, spoken_of
from ui.workbench import Workbench

ROOT = Path(__file__).resolve().parents[2]


def place_of(workbench: Workbench, at: int) -> QRect:
    thing = spoken_of(workbench, at)
    assert thing is not None
    return QRect(thing.mapTo(workbench, QPoint(0, 0)), thing.size())


def about(qtbot: QtBot, workbench: Workbench) -> AboutPage:
    qtbot.keyClick(workbench, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    page = workbench.middle.currentWidget()
    assert isinstance(page, AboutPage)
    return page


@pytest.mark.parametrize("width", [1280, 900, 360])
def test_the_tour_points_at_the_real_things_and_covers_none_of_them(qtbot: QtBot, bench: Bench, width: int) -> None:
    workbench = bench(width, 720)
    focused = QApplication.focusWidget()
    workbench.tour.begin()
    for at in range(len(HINTS)):
        card = workbench.tour.card
        assert card is not None
        qtbot.waitUntil(card.isVisible)
        qtbot.wait(30)
        assert card.words.text() == HINTS[at]
        assert card.number.text() == f"{at + 1} of {len(HINTS)}"
        assert workbench.rect().contains(card.geometry())
        place = place_of(workbench, at)
        if place.height() < 200:  # a column is covered in a corner
            assert not card.geometry().intersects(place)
        assert card.words.height() >= card.words.heightForWidth(card.words.width())
        qtbot.keyClick(workbench, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    assert workbench.tour.card is None
    assert QApplication.focusWidget() is focused


@pytest.mark.parametrize("width", [1280, 360])
def test_no_hint_covers_what_has_changed(qtbot: QtBot, made: Made, bench: Bench, width: int) -> None:
    publish(made, ALERT_2)
    workbench = bench(width, 720)
    workbench.open_list(workbench._desk.lists()[0].id)
    banner = workbench.checklist.banner
    qtbot.waitUntil(banner.isVisible)
    workbench.tour.begin()
    for _ in HINTS:
        card = workbench.tour.card
        assert card is not None
        qtbot.wait(30)
        assert not card.geometry().intersects(QRect(banner.mapTo(workbench, QPoint(0, 0)), banner.size()))
        assert workbench.rect().contains(card.geometry())
        workbench.tour.go_on()


def test_a_hint_moves_with_what_it_speaks_of(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench(1280, 720)
    workbench.tour.begin()
    for _ in range(2):
        workbench.tour.go_on()
    card = workbench.tour.card
    assert card is not None
    qtbot.waitUntil(lambda: card.x() > place_of(workbench, 2).right())
    workbench.resize(360, 700)  # the side folds away: the button that brings it is pointed at
    qtbot.waitUntil(lambda: spoken_of(workbench, 2) is workbench.columns.menu)
    qtbot.waitUntil(lambda: workbench.rect().contains(card.geometry()))
    assert not card.geometry().intersects(place_of(workbench, 2))
    workbench.go("settings")  # somewhere else altogether
    qtbot.wait(30)
    assert workbench.rect().contains(card.geometry())
    workbench.tour.leave()


def test_ticking_goes_on_under_the_tour_and_it_can_be_skipped(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    workbench.tour.begin()
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Space)
    assert workbench.checklist.model.items()[0].state is State.DONE
    assert workbench.tour.card is not None
    qtbot.mouseClick(workbench.tour.card.skip, Qt.MouseButton.LeftButton)
    assert workbench.tour.card is None


def test_the_tour_is_reached_by_tab_and_its_focus_goes_back_to_the_work(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    workbench.tour.begin()
    card = workbench.tour.card
    assert card is not None
    for _ in range(80):
        if QApplication.focusWidget() in (card.skip, card.next):
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in (card.skip, card.next)
    qtbot.keyClick(card.skip, Qt.Key.Key_Space)
    assert workbench.checklist.list.hasFocus()


def test_help_is_a_click_away_and_has_the_tour_and_about(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    qtbot.mouseClick(workbench.side.help, Qt.MouseButton.LeftButton)
    page = workbench.middle.currentWidget()
    assert isinstance(page, KeysPage)
    qtbot.mouseClick(page.about, Qt.MouseButton.LeftButton)
    found = workbench.middle.currentWidget()
    assert isinstance(found, AboutPage)
    qtbot.mouseClick(found.tour, Qt.MouseButton.LeftButton)
    assert workbench.tour.card is not None
    assert workbench.middle.currentWidget() is workbench.checklist
    workbench.tour.leave()


def test_about_says_what_it_is_where_it_lies_and_how_it_is_kept(qtbot: QtBot, bench: Bench, made: Made) -> None:
    page = about(qtbot, bench())
    words = "\n".join(one.accessibleName() or one.text() for one in page.findChildren(QLabel))
    for said in ("No government made", "An action can be missed", "never that you are safe", str(made.profile.folder),
                 "only your passphrase opens its key", "Version 0.1.0"):  # fmt: skip
        assert said in words, said
    qtbot.waitUntil(lambda: "msgspec" in page.made_of.text())
    for line in page.made_of.text().split("\n"):
        assert line.rpartition(" · ")[2] not in ("", "?"), line
    qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_every_part_that_is_used_is_named() -> None:
    held = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {one.split(">")[0].split("=")[0] for one in held}
    assert set(shipped.DIRECT) == names
    found = {part.name.casefold().replace("_", "-") for part in shipped.parts()}
    assert {name.casefold() for name in names} <= found
    assert {"python", "lxml", "cffi", "shiboken6"} <= found  # what those need, too
    assert not {"pytest", "mypy", "hypothesis"} & found


def test_the_tour_never_covers_the_first_thing_to_press(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    workbench._work.listing.archive()
    workbench.go("todo")
    checklist = workbench.checklist
    act = next(one for one in (checklist.offer, checklist.empty_act) if one.isVisible())
    workbench.tour.begin()
    card = workbench.tour.card
    assert card is not None
    qtbot.waitUntil(card.isVisible)
    qtbot.wait(30)
    assert not card.geometry().intersects(QRect(act.mapTo(workbench, QPoint(0, 0)), act.size()))
    assert card.words.text() == NOTHING_YET  # there is no row to press
    workbench.tour.leave()


def test_the_first_hint_speaks_of_rows_as_soon_as_there_are_some(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    workbench._work.listing.archive()
    workbench.go("todo")
    workbench.tour.begin()
    card = workbench.tour.card
    assert card is not None
    assert card.words.text() == NOTHING_YET
    workbench.open_list(workbench._desk.every_list()[0].id)
    qtbot.waitUntil(lambda: card.words.text() == HINTS[0])
    workbench.tour.leave()
