"""One list on its page: keys, clicks, the ring, the banner, refusals, and the row that stays current."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from core.errors import StorageError
from core.model import Item, Standing, State
from tests.ui.drawing import click_row, colours, item, lines, shown
from ui import theme
from ui.pages.checklist import ChecklistPage, Page
from ui.widgets.rows import MORE

OPEN = (
    item("leave", "Leave by commercial transport.", response_type="Evacuate"),
    item("pack", "Pack one bag."),
    item("cash", "Take cash."),
    item("radio", "Keep the radio on.", response_type="Monitor"),
)
Show = Callable[..., ChecklistPage]


class Disk:
    """Keeps what is saved; `refuses` says why not."""

    def __init__(self) -> None:
        self.held = {one.id: one for one in OPEN}
        self.refuses: Exception | None = None
        self.saves = 0

    def __call__(self, name: str, state: State) -> Item:
        if self.refuses is not None:
            raise self.refuses
        self.saves += 1
        self.held[name] = replace(self.held[name], state=state)
        return self.held[name]


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def show(qtbot: QtBot, disk: Disk) -> Show:
    def make(items: tuple[Item, ...] = OPEN, **others: object) -> ChecklistPage:
        page = ChecklistPage(disk)
        QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning, page)
        qtbot.addWidget(page)
        page.resize(600, 700)
        page.show()
        qtbot.waitExposed(page)
        page.show_page(_page(items, **others))
        qtbot.waitUntil(lambda: page.list.current_item() is not None or not items)
        page.list.setFocus()
        return page

    return make


def _page(items: tuple[Item, ...] = OPEN, **others: object) -> Page:
    values = {"title": "Leaving", "about": "Embassy", "badge": None, "done": 0, "total": len(items), "items": items}
    return Page(**(values | others))  # type: ignore[arg-type]  # the values above, of the types they have


def _ring(page: ChecklistPage) -> str:
    return page.ring.accessibleName()


def test_keys_move_and_tick(qtbot: QtBot, show: Show, disk: Disk) -> None:
    page = show()

    def current() -> str:
        held = page.list.current_item()
        return held.id if held else ""

    assert current() == "leave"
    assert page.list.selectionModel().isSelected(page.list.currentIndex())
    for key, wanted in (("j", "pack"), ("j", "cash"), ("j", "radio"), ("j", "radio"), ("k", "cash")):
        qtbot.keyClick(page.list, key)
        assert current() == wanted
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert lines(page.model)[3] == "☑ Pack one bag."
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.keyClick(page.list, "n")
    assert current() == "radio"
    qtbot.keyClick(page.list, "x")
    assert lines(page.model) == [
        *("Now", "☐ Leave by commercial transport."),
        *("Before you leave", "☑ Pack one bag.", "☑ Take cash."),
        *("Keep doing", "– Keep the radio on. (Not applicable)"),
    ]
    assert _ring(page) == "2 of 3 done"
    qtbot.keyClick(page.list, "n")
    assert current() == "leave"  # round the end
    qtbot.keyClick(page.list, "n")
    assert current() == "leave"  # the only one that is open
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    qtbot.keyClick(page.list, "j")
    qtbot.keyClick(page.list, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert disk.saves == 3


def test_keys_lead_to_the_ends_of_a_long_list_and_by_pages(qtbot: QtBot, show: Show) -> None:
    page = show(tuple(item(f"n{number:02}", f"Number {number}.") for number in range(60)))

    def press(key: Qt.Key) -> str:
        qtbot.keyClick(page.list, key)
        held = page.list.current_item()
        assert held is not None
        assert page.list.viewport().rect().intersects(page.list.visualRect(page.list.currentIndex()))
        return held.id

    assert press(Qt.Key.Key_End) == "n59"
    up = press(Qt.Key.Key_PageUp)
    assert "n30" < up < "n59"
    assert up < press(Qt.Key.Key_PageDown) <= "n59"
    assert press(Qt.Key.Key_Home) == "n00"
    assert "n01" < press(Qt.Key.Key_PageDown) < "n30"


def test_the_heading_over_the_first_item_is_seen(qtbot: QtBot, show: Show) -> None:
    page = show(tuple(item(str(number), f"Pack box {number}.") for number in range(60)))
    bar = page.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    page.list.select_row(60)
    assert bar.value() > 0
    page.list.select_row(1)
    assert bar.value() == 0


def test_x_and_space_take_back_what_they_did(qtbot: QtBot, show: Show, disk: Disk) -> None:
    page = show()
    for key in (Qt.Key.Key_X, Qt.Key.Key_X, Qt.Key.Key_Space, Qt.Key.Key_Space):
        qtbot.keyClick(page.list, key)
    assert disk.saves == 4
    assert lines(page.model)[1] == "☐ Leave by commercial transport."


def test_the_whole_row_but_for_its_dots_is_the_boxs_target(qtbot: QtBot, show: Show) -> None:
    page = show()
    row = page.model.row_of("cash")
    assert row is not None
    rect = page.list.visualRect(page.model.index(row))
    for ticks, x in enumerate((rect.left() + 4, rect.center().x(), rect.right() - MORE - 1), 1):
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, rect.center().y()))
        assert lines(page.model)[row][0] == ("☑" if ticks % 2 else "☐")
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.RightButton, pos=rect.center())
    assert lines(page.model)[row][0] == "☑"
    click_row(qtbot, page.list, 0)  # a group's name
    assert sum(line.startswith("☑") for line in lines(page.model)) == 1


def test_a_tick_is_seen_and_counted(qtbot: QtBot, show: Show) -> None:
    page = show()
    before = colours(shown(page.list))[theme.tokens().accent]
    with qtbot.waitSignal(page.ticked):
        qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert _ring(page) == "1 of 4 done"
    assert colours(shown(page.list))[theme.tokens().accent] > before + 100


def test_to_dos_ring_counts_what_it_does_not_show(qtbot: QtBot, show: Show) -> None:
    """Three were done before and are not among the rows; one tick makes four, never one."""
    page = show(done=3, total=7)
    assert _ring(page) == "3 of 7 done"
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert _ring(page) == "4 of 7 done"


def test_a_refusal_is_said_and_goes_with_the_next_tick(qtbot: QtBot, show: Show, disk: Disk) -> None:
    page = show()
    disk.refuses = StorageError("disk-full")
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert page.refusal.isVisible()
    assert page.refusal.text().startswith("The disk is full.")
    assert lines(page.model)[1] == "☐ Leave by commercial transport."
    assert _ring(page) == "0 of 4 done"
    disk.refuses = None
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert not page.refusal.isVisible()


def test_the_banner_says_what_changed_and_leads_to_its_review(qtbot: QtBot, show: Show) -> None:
    page = show(changed=("Changed 2 h ago.", "1 new. What you ticked is kept."))
    assert page.banner.isVisible()
    assert page.banner.accessibleName() == "Changed 2 h ago. 1 new. What you ticked is kept."
    (button,) = [one for one in page.banner.findChildren(type(page.empty_act)) if one.isVisible()]
    with qtbot.waitSignal(page.review_wanted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    page.show_page(_page())
    assert not page.banner.isVisible()


def test_the_current_row_stays_when_rows_come_and_go(qtbot: QtBot, show: Show) -> None:
    page = show()
    qtbot.keyClick(page.list, "j")
    came = item("road", "Do not use the airport road.", standing=Standing.NEW, response_type="Avoid")
    page.show_page(_page((OPEN[0], came, *OPEN[1:])))
    held = page.list.current_item()
    assert held is not None
    assert held.id == "pack"
    page.show_page(_page((OPEN[0], OPEN[2])))
    qtbot.waitUntil(lambda: page.list.current_item() is not None)


def test_an_empty_list_says_so_and_offers_the_advisories(qtbot: QtBot, show: Show) -> None:
    page = show((), total=0, empty="No checklist is started.", offers_advisories=True)
    assert page.empty.isVisible()
    assert not page.list.isVisible()
    assert not page.ring.isVisible()
    with qtbot.waitSignal(page.start_wanted):
        qtbot.mouseClick(page.empty_act, Qt.MouseButton.LeftButton)
    page.show_page(_page((), total=0, empty="No items."))
    assert not page.empty_act.isVisible()


def test_an_empty_page_offers_the_one_list_and_takes_the_keys(qtbot: QtBot, show: Show) -> None:
    page = show(
        (), total=0, empty="No checklist is started.", offers_advisories=True, offer=("a:1", "Start its checklist")
    )
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.offer.hasFocus)
    assert page.offer.property("look") == "primary"
    assert page.empty_act.property("look") == ""  # one primary act
    with qtbot.waitSignal(page.offer_wanted) as wanted:
        qtbot.keyClick(page.offer, Qt.Key.Key_Space)
    assert wanted.args == ["a:1"]
    page.show_page(_page(OPEN))
    assert not page.offer.isVisible()
    page.setFocus()
    qtbot.waitUntil(page.list.hasFocus)


def test_a_reworded_row_shows_the_words_that_came_and_went(show: Show) -> None:
    words = item("leave", "Leave within 24 hours.", standing=Standing.REWORDED, was="Leave as soon as you can.")
    page = show((words,))
    drawn = colours(shown(page.list))
    assert drawn[theme.tokens().mark] > 100
    assert drawn[theme.tokens().changed_ground] > 100
    page.show_page(_page((replace(words, standing=Standing.CURRENT, was=None),)))
    assert colours(shown(page.list))[theme.tokens().mark] == 0


@pytest.mark.parametrize(("done", "total"), [(3, 6), (163, 200), (163, 1999)])
def test_the_numbers_stand_inside_the_ring(show: Show, done: int, total: int) -> None:
    ring = show().ring
    ring.show_progress(done, total)
    words = f"{done}/{total}"
    inner = ring.width() - 2 * theme.px(9)
    assert QFontMetricsF(ring.face(words)).horizontalAdvance(words) <= inner
    assert (ring.face(words) == theme.font(14, bold=True)) == (total < 100)


def test_a_refusal_takes_the_place_of_what_was_said_before(show: Show) -> None:
    page = show()
    page.say("Undone: ticked.")
    page.refuse("There is nothing to undo.")
    assert (page.said.isVisible(), page.refusal.isVisible()) == (False, True)
    page.say("Done again: ticked.")
    assert (page.said.isVisible(), page.refusal.isVisible()) == (True, False)
