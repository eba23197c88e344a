"""Other governments' words on the same place, two texts side by side, and the contacts of a text."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core import intake
from core.model import Contact, Kind, Level
from core.store import advisories
from tests.profiles import EMBASSY, Made
from tests.texts import ALERT_1, embassy_feed
from tests.ui.conftest import Bench
from tests.ui.drawing import click_row
from ui.models.lines import LINE_ROLE, Line
from ui.pages.reading import OTHERS, TEXT
from ui.pages.side_by_side import SideBySidePage
from ui.workbench import Workbench

NOW = datetime.now(UTC)


def _keep(made: Made) -> None:
    """Three other offices; two speak of Iraq, one of them twice."""
    (pattern,) = intake.take(embassy_feed([ALERT_1]), EMBASSY, NOW).revisions
    kept = (
        ("b", "Office B", Kind.COUNTRY, ("IQ",), Level(3, "All but essential travel", "b"), timedelta(days=30)),
        ("b-alert", "Office B", Kind.ALERT, ("IQ", "JO"), None, timedelta(days=1)),
        ("c", "وزارة الخارجية", Kind.COUNTRY, ("IQ",), Level(None, "أحمر", "c"), timedelta(days=3)),
        ("d", "Office D", Kind.COUNTRY, ("JO",), Level(2, "Caution", "d"), timedelta(days=2)),
    )
    with made.store() as store, store.transaction():
        for name, issuer, kind, countries, level, ago in kept:
            one = pattern._replace(
                advisory_id=name, number=1, issuer=issuer, kind=kind, countries=countries, level=level,
                issued=NOW - ago, title=f"About {name}", status=("airspace-closed",) if name == "b" else (),
            )  # fmt: skip
            advisories.add(store, one)


def _others(workbench: Workbench) -> list[Line]:
    tab = workbench.reading.others
    assert tab is not None
    model = tab.list.model()
    return [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]


def test_others_are_shown_with_their_own_words_and_dates(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _keep(made)
    workbench = bench()
    qtbot.keyClick(workbench, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    lines = _others(workbench)
    assert [line.title for line in lines] == ["وزارة الخارجية", "Office B", "Office B"]
    assert lines[0].badge == ("أحمر", None)
    assert "no common level" in lines[0].about
    assert lines[1].badge == ("All but essential travel", 3)
    assert lines[1].about.startswith("About b · common level 3 of 4 · issued ")
    assert lines[1].about.endswith("Airspace closed")
    assert lines[2].badge is None
    assert workbench.reading.others is not None
    assert workbench.reading.others.about.text().startswith("What others say of Iraq: ")


def test_one_of_them_is_read(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _keep(made)
    workbench = bench()
    workbench.reading.tabs.setCurrentIndex(OTHERS)
    assert workbench.reading.others is not None
    click_row(qtbot, workbench.reading.others.list, 1)
    qtbot.keyClick(workbench.reading.others.list, Qt.Key.Key_Return)
    assert workbench.reading.title.text() == "About b"
    assert workbench.reading.tabs.currentIndex() == TEXT
    workbench.reading.tabs.setCurrentIndex(OTHERS)
    assert "Embassy of the Tests" in [line.title for line in _others(workbench)]


def test_what_can_be_done_with_a_row_stands_below_the_rows(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _keep(made)
    workbench = bench()
    workbench.reading.tabs.setCurrentIndex(OTHERS)
    tab = workbench.reading.others
    assert tab is not None
    qtbot.waitUntil(lambda: 0 <= tab.read.y() - tab.list.geometry().bottom() < 24)
    last = tab.list.model().index(tab.list.model().rowCount() - 1, 0)
    assert tab.list.visualRect(last).bottom() <= tab.list.viewport().height()  # and none of them is cut off


def test_two_stand_side_by_side_and_escape_leads_back(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _keep(made)
    workbench = bench()
    qtbot.keyClick(workbench, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(workbench.reading.others.list, Qt.Key.Key_Down)  # type: ignore[union-attr]  # made by the key
    qtbot.keyClick(workbench, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    page = workbench.middle.currentWidget()
    assert isinstance(page, SideBySidePage)
    assert not workbench.reading.isVisible()
    first, second = page.halves
    assert (first.issuer.text(), second.issuer.text()) == ("EMBASSY OF THE TESTS", "OFFICE B")
    assert first.common.text() == "gives no level"
    assert second.common.text() == "common level 3 of 4"
    assert second.status.text() == "Airspace closed."
    assert "issued" in first.dates.text()
    assert "came here" in second.dates.text()
    assert first.reader.toPlainText() == second.reader.toPlainText() != ""
    qtbot.waitUntil(lambda: first.reader.y() == second.reader.y())
    assert first.badge.isHidden()  # and second's is not: what each says of itself stands at one height all the same
    for one, other in zip(first.parts, second.parts, strict=True):
        assert one.isHidden() or other.isHidden() or one.y() == other.y()
    assert first.reader.geometry().right() < second.reader.geometry().left()
    workbench.refresh()
    assert workbench.middle.currentWidget() is page
    qtbot.keyClick(workbench, Qt.Key.Key_Escape)
    assert workbench.middle.currentWidget() is workbench.checklist
    assert workbench.reading.isVisible()


def test_one_of_the_two_is_read_alone(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _keep(made)
    workbench = bench(width=360)
    workbench._others.show_pair("b", "c")
    page = workbench.middle.currentWidget()
    assert isinstance(page, SideBySidePage)
    first, second = page.halves
    qtbot.waitUntil(lambda: first.reader.geometry().bottom() < second.issuer.geometry().top())
    assert second.reader.width() <= 360
    qtbot.mouseClick(second.read, Qt.MouseButton.LeftButton)
    assert workbench.reading.isVisible()
    assert workbench.reading.title.text() == "About c"


def test_nothing_beside_is_said(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    workbench.reading.tabs.setCurrentIndex(OTHERS)
    tab = workbench.reading.others
    assert tab is not None
    assert tab.about.text().startswith("No other issuer's text about Iraq is kept.")
    assert not tab.list.isVisible()
    qtbot.keyClick(workbench, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert workbench.middle.currentWidget() is workbench.checklist


def test_contacts_are_one_press_away_and_copied(qtbot: QtBot, made: Made, bench: Bench) -> None:
    (pattern,) = intake.take(embassy_feed([ALERT_1]), EMBASSY, NOW).revisions
    contact = Contact("Duty officer", "+964 770 555 0100", "help@example.org", None, 0, 9)
    with made.store() as store, store.transaction():
        advisories.add(store, pattern._replace(advisory_id="c", number=1, title="With help", contacts=(contact,)))
    workbench = bench()
    workbench._texts.choose("c")
    reading = workbench.reading
    assert reading.contact.text() == "Contacts (1)"
    qtbot.mouseClick(reading.contact, Qt.MouseButton.LeftButton)
    assert reading.contacts is not None
    assert reading.contacts.isVisible()
    named = {one.accessibleName(): one for one in reading.contacts.findChildren(QPushButton)}
    qtbot.mouseClick(named["Copy the number: +964 770 555 0100"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "+964 770 555 0100"
    qtbot.mouseClick(named["Copy the mail address: help@example.org"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "help@example.org"
    qtbot.mouseClick(named["Where it stands"], Qt.MouseButton.LeftButton)
    assert reading.reader.isVisible()
    assert reading.reader.marked == (0, 9)
    assert reading.contact.text() == "Contacts (1)"
    qtbot.keyClick(workbench, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert reading.contacts.isVisible()
    qtbot.keyClick(workbench, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert reading.reader.isVisible()
    qtbot.keyClick(workbench, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    workbench.go("todo")  # another text takes the place of the contacts
    assert reading.shown() != "c"
    assert reading.reader.isVisible()
