"""Advisories and search in the window: what is unread, what earlier revisions have, marks, keys, many at once."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.store import advisories, sources
from tests.perf import many
from tests.profiles import Made, publish
from tests.texts import ALERT_1, ALERT_2, DROPPED
from tests.ui.conftest import Bench
from tests.ui.drawing import click_row
from ui.models.lines import LINE_ROLE, Line
from ui.widgets.rows_page import RowsPage
from ui.workbench import Workbench


def _lines(page: RowsPage) -> list[Line]:
    return [page.rows.index(row).data(LINE_ROLE) for row in range(page.rows.rowCount())]


def _other(made: Made) -> None:
    publish(made, ALERT_1, ALERT_1._replace(link="https://example.org/2", title="Strikes in Amman"))


def test_an_advisory_is_unread_until_its_text_was_opened(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _other(made)
    workbench = bench()
    workbench.go("advisories")
    page = workbench.looking.advisories
    assert [line.fresh for line in _lines(page)] == [True, True]
    assert workbench.side.places["advisories"].accessibleName() == "Advisories, 2 new"
    click_row(qtbot, page.list, 1)
    assert [line.fresh for line in _lines(page)] == [True, False]
    assert workbench.side.places["advisories"].accessibleName() == "Advisories, 1 new"
    with made.store() as store:
        assert [one.seen for one in advisories.kept(store)] == [line.fresh is False for line in _lines(page)]
    page.filters.boxes["unread"].setChecked(True)
    assert len(_lines(page)) == 2  # the one that is read stays while it is
    click_row(qtbot, page.list, 0)
    workbench.go("todo")
    page.list.setCurrentIndex(page.rows.index(-1))
    workbench.go("advisories")
    assert _lines(page) == []
    assert page.note.text() == "Nothing kept fits these words and filters."


def test_where_the_text_is_not_seen_choosing_is_not_opening(qtbot: QtBot, made: Made, bench: Bench) -> None:
    _other(made)
    workbench = bench(width=800)
    workbench.go("advisories")
    page = workbench.looking.advisories
    page.list.setCurrentIndex(page.rows.index(0))
    assert _lines(page)[0].fresh
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert workbench.reading.isVisible()
    assert not _lines(page)[0].fresh


def _search(workbench: Workbench, qtbot: QtBot, words: str) -> RowsPage:
    workbench.go("search")
    workbench.looking.search.field.setText(words)
    qtbot.waitUntil(lambda: not workbench.looking.search._typing.isActive())
    return workbench.looking.search


def test_what_only_an_earlier_revision_says_is_found_and_shown(qtbot: QtBot, made: Made, bench: Bench) -> None:
    publish(made, ALERT_2)
    workbench = bench()
    page = _search(workbench, qtbot, DROPPED)
    (line,) = _lines(page)
    assert line.about == "Revision 1 of 2, an earlier one"
    click_row(qtbot, page.list, 0)
    reading = workbench.reading
    assert reading.dates.text().endswith("revision 1 of 2, an earlier text")
    assert DROPPED in reading.reader.toPlainText()
    assert not reading.act.isVisible()
    qtbot.mouseClick(reading.newest, Qt.MouseButton.LeftButton)
    assert reading.dates.text().endswith("revision 2")
    assert not reading.newest.isVisible()
    assert DROPPED not in reading.reader.toPlainText()
    page.filters.boxes["newest"].setChecked(True)
    assert _lines(page) == []


def test_every_place_is_marked_and_f3_goes_through_them(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    page = _search(workbench, qtbot, "embassy")
    click_row(qtbot, page.list, 0)
    reader = workbench.reading.reader
    places, plain = reader.found, reader.toPlainText().casefold()
    assert len(places) == plain.count("embassy") > 2
    assert {one.cursor.selectedText().casefold() for one in reader.extraSelections()} == {"embassy"}
    seen = [reader.marked]
    for _ in places:
        qtbot.keyClick(workbench, Qt.Key.Key_F3)
        seen.append(reader.marked)
    assert seen == [*places, places[0]]
    qtbot.keyClick(workbench, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert reader.marked == places[-1]
    workbench.restyle()
    assert reader.found == places


def test_a_key_leads_to_the_filters(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for place, page in (("advisories", workbench.looking.advisories), ("search", workbench.looking.search)):
        workbench.go(place)
        qtbot.keyClick(workbench, Qt.Key.Key_F, modifiers)
        qtbot.waitUntil(page.filters.choices["place"].hasFocus)


def test_filters_offer_what_is_kept(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    workbench.go("advisories")
    place, issuer = (workbench.looking.advisories.filters.choices[name] for name in ("place", "issuer"))
    assert [place.itemText(n) for n in range(place.count())] == ["All places", "Iraq"]
    assert [issuer.itemText(n) for n in range(issuer.count())] == ["All issuers", "Embassy of the Tests"]
    place.setCurrentIndex(1)
    assert [line.title for line in _lines(workbench.looking.advisories)] == [ALERT_1.title]


def test_a_trips_places_come_first_until_another_order_is_chosen(qtbot: QtBot, made: Made, bench: Bench) -> None:
    with made.store() as store:
        many.fill(store, 12)
        with store.transaction():
            sources.add_trip(store, "Over", ["JO"], None, date.today() - timedelta(days=2))
            sources.add_trip(store, "Baghdad", ["IQ"], None, None)
    workbench = bench()
    workbench.go("advisories")
    page = workbench.looking.advisories
    near = [line.about.startswith("Your trip") for line in _lines(page)]
    assert near == sorted(near, reverse=True)
    assert 0 < sum(near) < 13
    page.filters.choose("place", "trip")
    assert len(_lines(page)) == sum(near)
    page.filters.choose("place", "")
    page.filters.choose("order", "issuer")
    issuers = [line.about.removeprefix("Your trip · ").split(" · ")[0] for line in _lines(page)]
    assert issuers == sorted(issuers)


def test_many_are_shown_at_once_and_few_are_read(qtbot: QtBot, made: Made, bench: Bench) -> None:
    with made.store() as store:
        many.fill(store, 300)
    workbench = bench()
    workbench.go("advisories")
    assert workbench.looking.advisories.note.text() == "301 advisories"
    assert workbench.looking.advisories.rows.rowCount() < 301
    page = _search(workbench, qtbot, "the")
    assert page.note.text() == f"{len(page.rows._names)} texts found"
