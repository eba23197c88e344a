"""The page of a trip in the window: adding, editing, putting away, undo, switching, and where its rows lead."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import StorageError
from core.store import checklists, sources
from core.store.trips import Plan
from tests.profiles import Made, publish
from tests.texts import ALERT_1, ALERT_2
from tests.ui.conftest import Bench
from tests.ui.drawing import click_row
from ui.desk import Desk
from ui.models.lines import LINE_ROLE, Line
from ui.pages.trip import TripPage, _Section
from ui.workbench import Workbench

TODAY = date.today()


def _page(qtbot: QtBot, workbench: Workbench) -> TripPage:
    qtbot.keyClick(workbench, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    page = workbench.middle.currentWidget()
    assert isinstance(page, TripPage)
    return page


def _lines(section: _Section) -> list[Line]:
    model = section.list.model()
    return [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]


def _trip(made: Made, name: str, *countries: str, days: int = 9) -> str:
    with made.store() as store, store.transaction():
        return sources.add_trip(store, name, countries, TODAY, TODAY + timedelta(days=days))


def test_a_trip_is_added_from_nothing(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    assert workbench.side.add_trip.isVisible()
    qtbot.mouseClick(workbench.side.add_trip, Qt.MouseButton.LeftButton)
    page = workbench.middle.currentWidget()
    assert isinstance(page, TripPage)
    assert page.name.text() == "No trip"
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    form = page.form
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert form.fault.text() == "Name at least one country."
    qtbot.keyClicks(form.countries.field, "Xyzzyland")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert "No country is called" in form.fault.text()
    form.countries.field.clear()
    qtbot.keyClicks(form.countries.field, "iraq")
    form.start.setText("2026-12-31")
    form.end.setText("2026-12-01")
    qtbot.keyClick(form.end, Qt.Key.Key_Return)
    assert form.fault.text() == "Write dates as 2026-12-31, the first before the last."
    form.end.setText("2099-01-31")
    form.companions.setText("Amal,  Ben , Amal,")
    qtbot.keyClick(form.end, Qt.Key.Key_Return)
    assert not form.isVisible()
    assert page.name.text() == "Iraq"
    assert "with Amal, Ben" in page.about.text()
    assert workbench.side.card.isVisible()
    assert not workbench.side.add_trip.isVisible()
    with made.store() as store:
        (trip,) = sources.trips(store)
    assert (trip.countries, trip.companions, trip.end) == (("IQ",), ("Amal", "Ben"), date(2099, 1, 31))


def test_a_trip_is_edited_and_put_away_and_both_are_undone(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _trip(made, "Baghdad", "IQ")
    workbench = bench()
    page = _page(qtbot, workbench)
    qtbot.mouseClick(page.edit, Qt.MouseButton.LeftButton)
    assert page.form.name.text() == "Baghdad"
    assert page.form.countries.codes == ["IQ"]
    page.form.name.setText("Erbil")
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
    assert page.name.text() == "Erbil"
    qtbot.mouseClick(page.away, Qt.MouseButton.LeftButton)
    assert page.name.text() == "No trip"
    assert [line.title for line in _lines(page.archived)] == ["Erbil"]
    assert not workbench.side.card.isVisible()
    workbench.go("todo")
    qtbot.keyClick(workbench, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert workbench.middle.currentWidget() is page
    assert page.note.text() == "Undone: trip put away (“Erbil”)."
    assert page.name.text() == "Erbil"
    qtbot.keyClick(workbench, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.name.text() == "Baghdad"
    assert workbench.side.card.accessibleName().startswith("Baghdad. Iraq")


def test_one_that_was_put_away_is_brought_back_by_a_press(qtbot: QtBot, made: Made, bench: Bench) -> None:
    name = _trip(made, "Baghdad", "IQ")
    workbench = bench()
    workbench._desk.journeys.archive(name)
    page = _page(qtbot, workbench)
    click_row(qtbot, page.archived.list, 0)
    assert page.name.text() == "Baghdad"
    assert workbench.side.card.isVisible()


def test_its_rows_lead_to_texts_and_lists(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    _trip(made, "Baghdad", "IQ")
    with made.store() as store:
        checklists.set_due(store, made.items[0], datetime.now(UTC) + timedelta(hours=3))
    workbench = bench()
    page = _page(qtbot, workbench)
    changed, *_ = _lines(page.changed)
    assert changed.title == ALERT_1.title
    assert "1 new" in changed.about
    (followed,) = _lines(page.lists)
    assert followed.about == "0 of 7 done"
    (due,) = _lines(page.due)
    assert due.about.startswith("due ")
    assert page.levels.empty.isVisible()
    click_row(qtbot, page.changed.list, 0)
    assert workbench.reading.isVisible()
    assert workbench.reading.title.text() == ALERT_1.title
    click_row(qtbot, page.due.list, 0)
    assert workbench.checklist.isVisible()
    assert workbench.checklist.title.text() == ALERT_1.title


def test_its_rows_are_seen_whole_where_it_is_narrow(qtbot: QtBot, made: Made, bench: Bench) -> None:
    for name in ("Amman and everything that is around it, as far as the border", "Baghdad", "Beirut"):
        _trip(made, name, "IQ", "JO", "LB")
    workbench = bench(width=360)
    page = _page(qtbot, workbench)

    def room() -> int:
        rows = page.others.list
        return rows.viewport().height() - sum(rows.sizeHintForRow(row) for row in range(rows.model().rowCount()))

    qtbot.waitUntil(lambda: 0 <= room() <= 4)
    workbench.resize(1280, 800)
    qtbot.waitUntil(lambda: 0 <= room() <= 4)


def test_trips_are_switched_from_the_left_and_the_choice_is_kept(
    qtbot: QtBot, made: Made, bench: Bench, desk: Desk
) -> None:
    _trip(made, "Amman", "JO", days=3)
    _trip(made, "Baghdad", "IQ")
    _trip(made, "Over", "SY", days=-2)
    workbench = bench()
    side = workbench.side
    assert side.card.accessibleName().startswith("Amman")
    assert side.switch.text() == "Switch to Baghdad"
    page = _page(qtbot, workbench)
    qtbot.mouseClick(side.switch, Qt.MouseButton.LeftButton)
    assert side.card.accessibleName().startswith("Baghdad")
    assert page.name.text() == "Baghdad"
    assert [line.title for line in _lines(page.others)] == ["Amman", "Over"]
    qtbot.keyClick(workbench, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert side.card.accessibleName().startswith("Amman")
    click_row(qtbot, page.others.list, [line.title for line in _lines(page.others)].index("Baghdad"))
    assert page.name.text() == "Baghdad"
    current = desk.journeys.current(datetime.now(UTC))
    assert current is not None
    assert current.name == "Baghdad"


def test_what_could_not_be_kept_is_said(
    qtbot: QtBot, made: Made, bench: Bench, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _trip(made, "Baghdad", "IQ")
    workbench = bench()
    page = _page(qtbot, workbench)

    def refuse(trip_id: str, plan: Plan, renamed: object) -> None:
        raise StorageError("disk-full")

    monkeypatch.setattr(desk.journeys, "change", refuse)
    qtbot.mouseClick(page.edit, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
    assert page.note.isVisible()
    assert page.form.isVisible()  # what was typed stays
