"""Rows of a title, a quiet line and a badge: each text runs in its own direction, at the side where lines begin."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.models.lines import Line, LinesModel
from ui.widgets.line_list import LineList

WIDTH = 600
GAP = 3  # so many columns without ink part two words


def words_drawn(qtbot: QtBot, line: Line, direction: Qt.LayoutDirection) -> list[tuple[int, int]]:
    """Where each word of a row begins and ends, from left to right."""
    model = LinesModel()
    view = LineList(model, "Rows")
    qtbot.addWidget(view)
    view.setLayoutDirection(direction)
    view.resize(WIDTH, 80)
    model.show_lines([line])
    view.show()
    picture = QImage(WIDTH, 80, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    view.viewport().render(picture)
    inked = [x for x in range(WIDTH) if any(picture.pixelColor(x, y).lightness() < 160 for y in range(80))]
    ends = [(one, after) for one, after in pairwise(inked) if after - one > GAP]
    starts = [inked[0], *(after for _, after in ends)]
    return list(zip(starts, [*(one for one, _ in ends), inked[-1]], strict=True))


@pytest.mark.parametrize(("words", "number"), [("1 MMMMMMMM", 0), ("1 ممممممممم", -1)], ids=["english", "arabic"])
@pytest.mark.parametrize("place", ["title", "about"])
def test_a_mirrored_window_moves_the_words_and_turns_none_around(
    qtbot: QtBot, words: str, number: int, place: str
) -> None:
    """`number`: where the 1 stands among the words as they are seen."""
    line = Line("1", words, " ", None, fresh=False) if place == "title" else Line("1", " ", words, None, fresh=False)
    usual = words_drawn(qtbot, line, Qt.LayoutDirection.LeftToRight)
    mirrored = words_drawn(qtbot, line, Qt.LayoutDirection.RightToLeft)
    for drawn in (usual, mirrored):
        assert drawn[number] == min(drawn, key=lambda word: word[1] - word[0])
    assert usual[0][0] < 30
    assert mirrored[-1][1] > WIDTH - 30


def test_a_list_that_grows_wider_while_it_is_filled_has_no_gaps(qtbot: QtBot) -> None:
    """A page is filled beside the text's column, and then that column goes away."""
    model = LinesModel()
    view = LineList(model, "Rows")
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    words = "Security alert: in so many words that a narrow list needs several lines for them"
    model.show_lines([Line(str(number), words, "New", None, fresh=False) for number in range(50)])
    view.setCurrentIndex(model.index(49))
    view.resize(900, 400)

    def tops() -> list[int]:
        return [view.visualRect(model.index(row)).top() for row in range(50)]

    qtbot.waitUntil(lambda: {b - a for a, b in pairwise(tops())} == {view.sizeHintForRow(0)}, timeout=2000)
