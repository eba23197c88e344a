"""Where the issuer's due time is another than the item's: the row, its menu, the review and paper say so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core.model import Item, Standing, State
from core.store import checklists
from tests.profiles import Made, publish
from tests.texts import ALERT_2, REWORDED
from tests.ui.conftest import Bench
from tests.ui.drawing import NOON, item, lines
from ui.issuer_says import take_over_words, taken_over
from ui.models.items import quiet_line, spoken
from ui.pages.review import ReviewPage
from ui.paper.sheet import Look, Part, Sheet, card_lines
from ui.workbench import Workbench

CONTROL = Qt.KeyboardModifier.ControlModifier
# Of one day, wherever the tests run.
DAY = datetime(2026, 5, 15).astimezone()
SIX, NINE, EIGHTEEN = (DAY.replace(hour=hour) for hour in (6, 9, 18))


def leave(due: datetime | None, *given: datetime | None, state: State = State.OPEN) -> Item:
    return item("1", "Leave.", state, due=due, given=given)


@pytest.mark.parametrize(
    ("held", "line"),
    [
        (leave(EIGHTEEN, EIGHTEEN, SIX), "Due today 18:00 · the issuer now says today 06:00"),
        (leave(NINE + timedelta(days=5), EIGHTEEN), "Due 20 May, 09:00 · the issuer says today 18:00"),
        (leave(NINE, EIGHTEEN), "Was due today 09:00"),
        (leave(None, None, EIGHTEEN), "The issuer now says: due today 18:00"),
        (leave(EIGHTEEN, EIGHTEEN), "Due today 18:00"),
        (replace(leave(EIGHTEEN, EIGHTEEN, SIX, state=State.DONE), done_at=NINE), "Done today 09:00"),
        (leave(EIGHTEEN, EIGHTEEN, SIX, state=State.NOT_APPLICABLE), ""),
    ],
)
def test_the_quiet_line_says_it_and_so_does_the_rows_sentence(held: Item, line: str) -> None:
    now = DAY.replace(hour=12)
    assert quiet_line(held, now, aloud=True) == line
    assert spoken(held, now).split(". ", 2)[2:] == ([f"{line}."] if line else [])


def test_what_is_taken_over_is_the_due_time_and_a_reminder_at_it() -> None:
    held = leave(EIGHTEEN, EIGHTEEN, SIX)
    assert taken_over(held) == (SIX, None, None)
    assert take_over_words(held, DAY) == "Take over 06:00"
    assert take_over_words(leave(EIGHTEEN, EIGHTEEN, SIX + timedelta(days=1)), DAY) == "Take over 16 May, 06:00"
    assert take_over_words(leave(None, None, SIX), DAY) == "Take over today 06:00"
    assert take_over_words(leave(EIGHTEEN, EIGHTEEN, SIX, state=State.DONE), DAY) == ""


@pytest.mark.parametrize(
    ("held", "under"),
    [
        (leave(EIGHTEEN, EIGHTEEN, SIX), "Due 15 May 2026, 06:00, the issuer now says"),
        (leave(EIGHTEEN, NINE), "Due 15 May 2026, 09:00, the issuer says"),
        (leave(SIX, SIX, EIGHTEEN), "Due 15 May 2026, 06:00"),
        (leave(None, None, SIX), "Due 15 May 2026, 06:00, the issuer now says"),
    ],
)
def test_a_card_has_the_earlier_of_the_two(held: Item, under: str) -> None:
    found = card_lines(Sheet("Leave", [Part("Leave", [held], None, "")], NOON), 1)
    assert [one.words for one in found if one.look is Look.UNDER] == [under]


# --- in the window


@pytest.fixture
def moved(made: Made) -> tuple[datetime, datetime]:
    """The issuer says 12 hours where it said 24: what it said first, and what it says now."""
    publish(made, ALERT_2._replace(pub_date=f"{datetime.now(UTC):%d %b %Y %T} GMT"))
    before, now = held(made).given
    assert before is not None
    assert now is not None
    return before, now


def held(made: Made) -> Item:
    """The reworded item as the store has it."""
    with made.store() as store:
        return checklists.items_by_id(store, made.items[:1])[0]


def row(workbench: Workbench) -> str:
    return next(line for line in lines(workbench.checklist.model) if REWORDED[1] in line)


def current(workbench: Workbench) -> None:
    """Make the reworded item the current one."""
    view, model = workbench.checklist.list, workbench.checklist.model
    number = next(one for one in range(model.rowCount()) if model.index(one).data() == REWORDED[1])
    view.setCurrentIndex(model.index(number))


def test_a_key_and_the_menu_take_it_over_and_ctrl_z_takes_that_back(
    qtbot: QtBot, bench: Bench, made: Made, moved: tuple[datetime, datetime]
) -> None:
    before, now = moved
    workbench = bench()
    current(workbench)
    assert "the issuer now says" in row(workbench)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: "the issuer now says" not in row(workbench))
    assert (held(made).due, held(made).standing) == (now, Standing.REWORDED)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_Z, CONTROL)
    assert held(made).due == before
    assert "the issuer now says" in row(workbench)
    current(workbench)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_M)
    menu = workbench._work.editing.menu
    assert isinstance(menu, QMenu)
    entry = next(one for one in menu.actions() if one.text().startswith("Take over"))
    assert f"{now.astimezone():%H:%M}" in entry.text()
    assert entry.text().endswith("\tI")
    menu.close()
    entry.trigger()
    qtbot.waitUntil(lambda: held(made).due == now)


def test_where_there_is_nothing_to_take_over_the_key_says_so(qtbot: QtBot, bench: Bench, made: Made) -> None:
    workbench = bench()
    before = held(made)
    qtbot.keyClick(workbench.checklist.list, Qt.Key.Key_I)
    assert workbench.checklist.refusal.text() == "The issuer says no other due time for this item."
    assert held(made) == before


def test_the_review_takes_it_over_and_the_change_is_still_to_be_looked_at(
    qtbot: QtBot, bench: Bench, made: Made, moved: tuple[datetime, datetime]
) -> None:
    before, now = moved
    workbench = bench()
    qtbot.keyClick(workbench, Qt.Key.Key_R, CONTROL)
    page = workbench.middle.currentWidget()
    assert isinstance(page, ReviewPage)
    assert "the issuer now says" in page.line.text()
    assert [one.text().split(" ")[0] for one in page.acts] == ["Accept", "Take"]
    page.acts[1].click()
    assert held(made).due == now
    assert [one.text() for one in page.acts] == ["Accept"]
    assert "the issuer" not in page.line.text()
    qtbot.mouseClick(page.undo, Qt.MouseButton.LeftButton)
    assert held(made).due == before
    assert [one.text().split(" ")[0] for one in page.acts] == ["Accept", "Take"]
    qtbot.keyClick(page, Qt.Key.Key_I)
    qtbot.keyClick(page, Qt.Key.Key_A)
    assert (held(made).due, held(made).standing) == (now, Standing.CURRENT)
