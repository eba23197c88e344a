"""Three columns, two, one: at every width, at twice the text and right to left, nothing is clipped."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from pytestqt.qtbot import QtBot

from core.model import Source
from core.store import sources
from tests.profiles import Made, publish
from tests.texts import ALERT_1_ACTIONS, ALERT_2
from tests.ui.conftest import Bench, OpenWindow
from tests.ui.drawing import colours, shown
from ui import theme
from ui.columns import MEDIUM, WIDE
from ui.handover import Found
from ui.pages.checklist import Page
from ui.pages.first_start import FirstStartPage
from ui.pages.reading import CHANGES, HISTORY, OTHERS, TEXT
from ui.pages.review import ReviewPage
from ui.pages.trip import TripPage
from ui.pages.unlock import UnlockPage
from ui.workbench import Workbench

SIZES = [(1280, 800), (999, 700), (700, 600), (699, 700), (360, 720)]
LONG = "Embassy in Ouagadougou, alerts for travellers and residents of every province and district"


@pytest.fixture
def doubled(qapp: QApplication) -> Iterator[None]:
    """Twice the text: what a system set to 200 % says."""
    face = qapp.font()
    larger = qapp.font()
    larger.setPixelSize(26)
    qapp.setFont(larger)
    theme.apply(qapp)
    yield
    qapp.setFont(face)
    theme.apply(qapp)


@pytest.fixture
def mirrored(qapp: QApplication) -> None:
    """A window of a reader of Arabic, Hebrew or Persian."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def _seen_part(widget: QWidget, top: QWidget) -> QRect:
    """What the window's edges and its parents leave of a widget, scrolling up and down taken as done."""
    area = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    scrolled = False
    around = widget.parentWidget()
    while around is not None and around is not top:
        inside = QRect(around.mapTo(top, QPoint(0, 0)), around.size())
        if scrolled:
            inside.setTop(area.top())
            inside.setBottom(area.bottom())
        area = area.intersected(inside)
        scrolled = scrolled or isinstance(around.parentWidget(), QScrollArea) or isinstance(around, QScrollArea)
        scrolled = scrolled or any(isinstance(above, QScrollArea) for above in _above(around))
        around = around.parentWidget()
    return area if scrolled else area.intersected(top.rect())


def _above(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def clipped(top: QWidget) -> list[str]:
    """Every visible label, button and field whose words do not fit, or that its parents or the window cut off."""
    faults = []
    found: list[QLabel | QAbstractButton | QLineEdit] = [
        *top.findChildren(QLabel),
        *top.findChildren(QAbstractButton),
        *top.findChildren(QLineEdit),
    ]
    for widget in found:
        if widget.isVisible():
            words = widget.placeholderText() if isinstance(widget, QLineEdit) else widget.text()
            name = f"{type(widget).__name__} {words[:50]!r} {widget.size().toTuple()}"
            seen = _seen_part(widget, top)
            if (seen.width(), seen.height()) != (widget.width(), widget.height()):
                faults.append(f"{name}: cut to {seen.size().toTuple()}")
            if isinstance(widget, QLabel) and words:
                faults += [f"{name}: {why}" for why in _too_small_for_its_words(widget)]
            elif isinstance(widget, QAbstractButton) and words and widget.width() < widget.sizeHint().width():
                faults.append(f"{name}: wants {widget.sizeHint().width()} wide")
            elif isinstance(widget, QLineEdit) and words and not widget.text():
                room = widget.width() - theme.px(18)
                if widget.fontMetrics().horizontalAdvance(words) > room:
                    faults.append(f"{name}: its hint wants {widget.fontMetrics().horizontalAdvance(words)} of {room}")
    return faults


def _too_small_for_its_words(label: QLabel) -> list[str]:
    if not label.wordWrap():
        wants = label.sizeHint()
        return [f"wants {wants.toTuple()}"] if wants.width() > label.width() or wants.height() > label.height() else []
    faults = []
    if label.heightForWidth(label.width()) > label.height():
        faults.append(f"wants {label.heightForWidth(label.width())} high")
    margins = label.contentsMargins()
    room = label.width() - margins.left() - margins.right()
    longest = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split() or [""])
    if longest > room:
        faults.append(f"its longest word wants {longest} of {room}")
    return faults


@pytest.fixture
def trip(made: Made) -> None:
    """A trip with a name that wraps."""
    with made.store() as store, store.transaction():
        sources.add_trip(store, "Baghdad, Erbil, Sulaymaniyah & the border", ["IQ"], date.today(), None)


def _on_every_page(qtbot: QtBot, made: Made, workbench: Workbench) -> dict[str, list[str]]:
    """What is clipped, by place."""
    assert workbench.width() == workbench.columns.width()
    publish(made, ALERT_2)
    found: dict[str, list[str]] = {}

    def look(place: str) -> None:
        with suppress(QtTimeoutError):  # layouts settle in the events that follow
            qtbot.waitUntil(lambda: not clipped(workbench), timeout=500)
        found[place] = clipped(workbench)

    (checklist,) = workbench._desk.lists()
    workbench.open_list(checklist.id)
    look("list")
    workbench.checklist.show_page(_with_banner(workbench))
    look("list with a banner")
    workbench.go("todo")
    look("to do")
    workbench.go("advisories")
    workbench.looking.advisories.list.setCurrentIndex(workbench.looking.advisories.list.model().index(0, 0))
    look("advisories")
    workbench.columns.show_reading()
    look("reading")
    for tab in (CHANGES, HISTORY, OTHERS):
        workbench.reading.tabs.setCurrentIndex(tab)
        look(f"reading, tab {tab}")
    workbench.reading.tabs.setCurrentIndex(TEXT)
    workbench.open_list(checklist.id)
    workbench._review()
    page = workbench.middle.currentWidget()
    assert isinstance(page, ReviewPage)
    for number in range(5):
        look(f"review {number}")
        page.go(1)
    workbench.go("search")
    look("search")
    workbench.looking.search.filters.enter()
    look("search with filters")
    workbench.go("trip")
    look("trip")
    trips = workbench.middle.currentWidget()
    assert isinstance(trips, TripPage)
    trips.edit_wanted.emit()
    look("trip, form")
    trips.form.left.emit()
    advisory = checklist.advisory_id or ""
    workbench._texts.open(advisory)
    workbench.reading.toggle_contacts()
    look("contacts")
    workbench._others.show_pair(advisory, advisory)
    look("side by side")
    workbench._leave_beside()
    workbench._pasting.page.show_found([Found("What the embassy told", True, (LONG, "Leave today."), (LONG,))])
    workbench._show_pasted()
    look("pasted")
    if workbench.columns.menu.isVisible():
        workbench.columns.toggle_side()
        look("side")
        workbench.columns.toggle_side()
    return {place: faults for place, faults in found.items() if faults}


def _with_banner(workbench: Workbench) -> Page:
    items = tuple(workbench.checklist.model.items())
    changed = ("Changed 2 h ago.", "1 new, 1 reworded, 1 no longer listed. What you ticked is kept.")
    return Page("Security alert: ordered departure", "Embassy", ("Act now", "#000000", "#ffffff"), 0, 7, items, changed)


@pytest.mark.usefixtures("trip")
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_clipped(qtbot: QtBot, made: Made, bench: Bench, width: int, height: int) -> None:
    assert _on_every_page(qtbot, made, bench(width, height)) == {}


@pytest.mark.usefixtures("trip")
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_clipped_right_to_left(
    qtbot: QtBot, mirrored: None, made: Made, bench: Bench, width: int, height: int
) -> None:
    assert _on_every_page(qtbot, made, bench(width, height)) == {}


@pytest.mark.usefixtures("trip")
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (2000, 1200), (720, 900)])
def test_nothing_is_clipped_at_twice_the_text(
    qtbot: QtBot, doubled: None, made: Made, bench: Bench, width: int, height: int
) -> None:
    assert _on_every_page(qtbot, made, bench(width, height)) == {}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_first_page_is_not_clipped(
    qtbot: QtBot, qapp: QApplication, width: int, direction: Qt.LayoutDirection
) -> None:
    qapp.setLayoutDirection(direction)
    page = FirstStartPage([Source("us-all", LONG, "Office", "https://example.org/")])
    qtbot.addWidget(page)
    page.resize(width, 720)
    page.show()
    qtbot.waitExposed(page)
    for name in ("Iraq", "Jordan", "Bosnia and Herzegovina", "São Tomé and Príncipe"):
        page.country.setText(name)
        page._add_country()
    page.show_fault("No country is called “Xyzzyland”. Choose one of the names offered.")
    qtbot.waitUntil(lambda: clipped(page) == [])  # a busy machine lays out late


@pytest.mark.parametrize("width", [1280, 360])
def test_the_lock_is_not_clipped(qtbot: QtBot, width: int) -> None:
    page = UnlockPage()
    qtbot.addWidget(page)
    page.resize(width, 720)
    page.show()
    qtbot.waitExposed(page)
    page.ask("That is not the passphrase of this profile. Nothing was changed.")
    qtbot.wait(30)
    assert clipped(page) == []


def test_the_text_can_be_read_where_there_is_one_column(qtbot: QtBot, bench: Bench, made: Made) -> None:
    """From a row to the sentence that it came from and back, by mouse and by keyboard."""
    workbench = bench(360, 720)
    qtbot.keyClick(workbench.checklist.list, "j")
    qtbot.mouseClick(workbench.checklist.read, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(workbench.reading.reader.hasFocus)
    assert workbench.reading.reader.marked_words() == ALERT_1_ACTIONS[1]
    assert not workbench.middle.isVisible()
    qtbot.keyClick(workbench.reading.reader, Qt.Key.Key_Escape)
    qtbot.waitUntil(workbench.checklist.list.hasFocus)
    qtbot.mouseClick(workbench.checklist.read, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(workbench.reading.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(workbench.checklist.list.hasFocus)
    workbench.resize(1280, 800)
    assert not workbench.checklist.read.isVisible()


def _columns(workbench: Workbench) -> tuple[bool, bool, bool]:
    return workbench.side.isVisible(), workbench.middle.isVisible(), workbench.reading.isVisible()


def test_columns_come_and_go_with_the_width(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    assert _columns(workbench) == (True, True, True)
    workbench.resize(WIDE - 1, 700)
    assert _columns(workbench) == (True, True, False)
    assert not workbench.columns.menu.isVisible()
    workbench.columns.show_reading()
    assert _columns(workbench) == (True, False, True)
    assert workbench.reading.back.isVisible()
    qtbot.mouseClick(workbench.reading.back, Qt.MouseButton.LeftButton)
    assert _columns(workbench) == (True, True, False)
    workbench.resize(MEDIUM - 1, 700)
    assert _columns(workbench) == (False, True, False)
    qtbot.mouseClick(workbench.columns.menu, Qt.MouseButton.LeftButton)
    assert _columns(workbench) == (True, False, False)
    qtbot.mouseClick(workbench.side.places["advisories"], Qt.MouseButton.LeftButton)
    assert _columns(workbench) == (False, True, False)
    workbench.resize(WIDE, 700)
    assert _columns(workbench) == (True, True, True)


def test_a_page_with_nothing_to_read_beside_it_has_the_place_of_both(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench(1600, 800)
    for place in workbench.rooms.PLACES:
        workbench.go(place)
        assert _columns(workbench) == (True, True, False), place
        qtbot.waitUntil(lambda: workbench.middle.width() == 1600 - workbench.side.width())
        workbench.go("advisories")
        assert _columns(workbench) == (True, True, True), place


def test_right_to_left_is_mirrored(qtbot: QtBot, mirrored: None, bench: Bench) -> None:
    workbench = bench()
    assert workbench.side.x() > workbench.middle.x() > workbench.reading.x()
    assert workbench.checklist.ring.x() < workbench.checklist.title.x()
    rows = workbench.checklist.list
    rect = rows.visualRect(rows.model().index(1, 0))
    picture = shown(rows.viewport()).copy(rect)
    half = picture.width() // 2
    muted = theme.tokens().muted
    left, right = (colours(picture.copy(x, 0, half, picture.height())) for x in (0, half))
    assert right[muted] > left[muted] + 20  # the box stands at the right


def test_the_space_of_a_wide_window_is_used(bench: Bench, made: Made, tmp_path: Path) -> None:
    workbench = bench(1920, 1000)
    assert workbench.middle.width() > workbench.reading.width() > workbench.side.width()
    assert workbench.side.width() + workbench.middle.width() + workbench.reading.width() == 1920


def test_the_width_is_given_away_where_there_is_no_text(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    listing, reading = workbench._work.listing, workbench.reading
    followed = workbench._list
    assert followed is not None
    assert reading.isVisible()
    listing.empty()
    assert not reading.isVisible()
    qtbot.keyClicks(listing.name, "Car")
    listing.name.returnPressed.emit()
    listing.adding.setText("Fuel")
    listing.adding.returnPressed.emit()
    assert not reading.isVisible()
    workbench.go("todo")  # items of her own and an issuer's: the column stays where it is, whichever is chosen
    rows = workbench.checklist.list
    for number in range(len(workbench.checklist.model.items())):
        rows.select_row(number)
        assert reading.isVisible()
    for place in ("search", "trip"):
        workbench.go(place)
        assert not reading.isVisible()
        workbench._texts.open(workbench._desk.items(followed)[0].advisory_id or "")
        assert reading.isVisible()
    workbench.go("advisories")
    assert reading.isVisible()


def test_a_list_that_came_along_says_whose_words_it_has(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    qtbot.waitUntil(lambda: bool(workbench._offered.lists))
    workbench._offered.start(workbench._offered.lists[0].id)
    qtbot.waitUntil(lambda: "none of them issued it" in workbench.checklist.about.text())
    assert not workbench.reading.isVisible()


def test_a_page_scrolls_no_further_than_what_is_on_it(qtbot: QtBot, bench: Bench) -> None:
    workbench = bench()
    scrolled = []
    for place in workbench.rooms.PLACES:
        workbench.go(place)
        page = workbench.middle.currentWidget()
        if isinstance(page, QScrollArea):
            canvas = page.widget()
            assert canvas is not None
            parts = canvas.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            end = max(one.geometry().bottom() for one in parts if one.isVisible())
            assert canvas.height() <= max(page.viewport().height(), end + 20), place
            scrolled.append(place)
    assert {"keys", "about", "settings"} <= set(scrolled)


def test_the_width_is_given_away_from_the_start(qtbot: QtBot, made: Made, open_window: OpenWindow) -> None:
    with made.store() as store, store.transaction():
        store.write("UPDATE checklist SET archived = '2026-01-01T00:00:00+00:00'")
    window = open_window(made.profile, key=made.key)
    qtbot.waitUntil(lambda: window.workbench is not None and window.workbench.isVisible())
    workbench = window.workbench
    assert workbench is not None
    assert not workbench.checklist.model.items()
    QTest.qWait(50)  # a layout shows what it was given later, unless that was hidden by then
    assert not workbench.reading.isVisible()
