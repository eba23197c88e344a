"""No row, page or paper shows an action of "You should not:" by its bare words alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from core.differences import Part
from core.lists import WRITERS
from core.lists.shape import Written
from core.model import Checklist, Item, ListKind, Standing
from core.review import News
from tests.profiles import Made
from tests.ui.drawing import NOON, item
from tests.ui.test_paper import printed, sheet
from ui.handover import Found, Handover
from ui.models.items import ItemsModel, Role, quiet_line, spoken
from ui.paper.setting import set_card, usual_paper
from ui.reviewing import steps
from ui.trips import _due_line
from ui.widgets.rows import RowPainter

WHOLE = "You should not: film the tower"
FORBIDDEN = item("1", "film the tower", condition="You should not", heading="You should not", response_type="Avoid")
TURNED = replace(FORBIDDEN, condition=None, heading="You should", standing=Standing.REWORDED, was=WHOLE, important=True)


class NothingBelow:
    """A list without an editor."""

    def room_below(self, item_id: str, width: int) -> int:
        return 0


def test_a_row_shows_and_says_it_once(qtbot: QtBot) -> None:
    model = ItemsModel(lambda name, state: FORBIDDEN)
    model.show_items([FORBIDDEN])
    (row,) = [
        model.index(n) for n in range(model.rowCount()) if isinstance(model.data(model.index(n), Role.ITEM), Item)
    ]
    assert row.data(Qt.ItemDataRole.DisplayRole) == WHOLE
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == f"Open. {WHOLE}."
    assert quiet_line(FORBIDDEN, NOON) == ""
    view = QListView()
    qtbot.addWidget(view)
    painter = RowPainter(view, NothingBelow())
    assert painter._words(FORBIDDEN)[0] == WHOLE
    assert "never: film the tower" in painter._words(replace(TURNED, condition="You should never"))[0]


def test_a_row_that_turned_says_both(qtbot: QtBot) -> None:
    assert spoken(TURNED, NOON, with_heading=False) == f"Open. film the tower. Reworded: important. Before: {WHOLE}."
    back = replace(TURNED, condition="You should not", was="film the tower")
    assert spoken(back, NOON, with_heading=False) == (f"Open. {WHOLE}. Reworded: important. Before: film the tower.")


@pytest.mark.parametrize("standing", [Standing.NEW, Standing.WITHDRAWN])
def test_the_review_shows_it(standing: Standing) -> None:
    (step,) = steps(News((replace(FORBIDDEN, standing=standing),)), NOON)
    assert "".join(words for _, words in (*step.before, *step.after)) == WHOLE


def test_the_review_shows_what_turned() -> None:
    (step,) = steps(News((TURNED,)), NOON)
    assert "".join(words for _, words in step.before) == WHOLE
    assert (Part.WENT, "You should not: ") in step.before
    assert "".join(words for _, words in step.after) == "film the tower"
    assert step.question.startswith("It now asks for something else.")


def test_paper_shows_it(tmp_path: Path) -> None:
    words = printed(set_card(sheet([FORBIDDEN]), usual_paper()), tmp_path)
    assert f"☐ {WHOLE}" in words
    assert words.count("You should not") == 1


def test_what_is_due_on_a_trip_shows_it() -> None:
    assert _due_line(replace(FORBIDDEN, due=NOON), {}, NOON).title == WHOLE


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><h1>The tower</h1><p>You should not:</p><ul><li>film the tower</li></ul></body></html>",
        WRITERS["json"]([Written(Checklist("c", "Tower", ListKind.OWN, None, NOON, None, 0, 1), [FORBIDDEN], "")]),
    ],
    ids=["a page", "a list"],
)
def test_what_would_be_kept_of_a_file_shows_it(qtbot: QtBot, qapp: QApplication, made: Made, data: bytes) -> None:
    reader = Handover(made.profile, made.key, qapp)
    with qtbot.waitSignal(reader.found, timeout=30_000) as seen:
        reader.look([data])
    (found,) = seen.args[0]
    assert isinstance(found, Found)
    assert found.actions == (WHOLE,)
