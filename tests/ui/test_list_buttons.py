"""The checklists in the left column: of very many the first, and all when they are asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup
from pytestqt.qtbot import QtBot

from core.model import Checklist, ListKind
from tests.ui.drawing import eventually
from ui.widgets.list_buttons import SHOWN, ListButtons


def lists(count: int) -> list[Checklist]:
    return [Checklist(f"l{n}", f"List {n}", ListKind.OWN, None, None, None, 3, 1) for n in range(count)]


@pytest.fixture
def buttons(qtbot: QtBot) -> ListButtons:
    made = ListButtons(QButtonGroup())
    qtbot.addWidget(made)
    made.show()
    return made


def shown(buttons: ListButtons) -> list[str]:
    return sorted(buttons.held, key=lambda name: buttons.held[name].y())


def test_few_are_all_there(qtbot: QtBot, buttons: ListButtons) -> None:
    buttons.show_lists(lists(SHOWN), "l0")
    eventually(qtbot, lambda: len(buttons.held) == SHOWN)
    assert not buttons._others.isVisible()


def test_of_many_the_first_and_the_open_one(qtbot: QtBot, buttons: ListButtons) -> None:
    buttons.show_lists(lists(200), "l150")
    eventually(qtbot, lambda: "l150" in buttons.held)
    qtbot.wait(50)
    assert len(buttons.held) == SHOWN + 1
    assert buttons._others.text() == f"{200 - SHOWN - 1} more lists"


def test_the_others_come_when_they_are_asked_for(qtbot: QtBot, buttons: ListButtons) -> None:
    buttons.show_lists(lists(200), "l0")
    qtbot.mouseClick(buttons._others, Qt.MouseButton.LeftButton)
    assert buttons.held[f"l{SHOWN}"].hasFocus() or buttons.focusWidget() is buttons.held[f"l{SHOWN}"]
    eventually(qtbot, lambda: len(buttons.held) == 200)
    eventually(qtbot, lambda: shown(buttons) == [f"l{n}" for n in range(200)])
    assert not buttons._others.isVisible()
    buttons.show_lists(lists(200), "l3")
    eventually(qtbot, lambda: len(buttons.held) == 200)
