"""Ten thousand rows of their own heights: only what is near is measured, and what is in view stays in its place."""

import random

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, LinesModel
from ui.widgets.tall_list import TallList

ROWS, LINE = 10_000, 18


class _Delegate(QStyledItemDelegate):
    """As high as the words of a row have lines at this width; it counts how often it is asked."""

    def __init__(self, view: TallList) -> None:
        super().__init__(view)
        self._view = view
        self.asked = self.painted = 0

    def height(self, index: AnyIndex) -> int:
        letters = len(index.data(LINE_ROLE).title) * 8
        return LINE * (1 + letters // max(self._view.viewport().width(), 1)) + 10

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        self.asked += 1
        return QSize(10, self.height(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        self.painted += 1


class _Rows:
    """A list of many rows, shown."""

    def __init__(self, qtbot: QtBot, count: int = ROWS) -> None:
        chance = random.Random(7)
        self.model = LinesModel()
        self.view = TallList()
        self.view.setModel(self.model)
        self.delegate = _Delegate(self.view)
        self.view.setItemDelegate(self.delegate)
        qtbot.addWidget(self.view)
        self.view.resize(400, 600)
        self.view.show()
        qtbot.waitExposed(self.view)
        words = ["w" * chance.randint(5, 400) for _ in range(count)]
        self.model.show_lines([Line(str(n), word, "", None, fresh=False) for n, word in enumerate(words)])

    def top(self, row: int) -> int:
        return self.view.visualRect(self.model.index(row)).top()

    def in_view(self) -> range:
        """The rows in view by their real heights, one below the other."""
        first = self.view.indexAt(QPoint(5, 1)).row()
        under = self.view.indexAt(QPoint(5, self.view.viewport().height() - 2))
        last = under.row() if under.isValid() else self.model.rowCount() - 1
        for row in range(first, last):
            place = self.view.visualRect(self.model.index(row))
            assert place.height() == self.delegate.height(self.model.index(row))
            assert place.bottom() + 1 == self.top(row + 1)
        return range(first, last + 1)


@pytest.fixture
def rows(qtbot: QtBot) -> _Rows:
    return _Rows(qtbot)


def test_only_what_is_near_is_measured_and_painted(rows: _Rows) -> None:
    rows.view.grab()
    assert 0 < rows.delegate.asked < 150
    assert 0 < rows.delegate.painted < 60


def test_a_change_of_one_row_asks_for_few(rows: _Rows) -> None:
    asked = rows.delegate.asked
    rows.model.dataChanged.emit(rows.model.index(3), rows.model.index(3))
    rows.model.dataChanged.emit(rows.model.index(9000), rows.model.index(9000))
    assert rows.delegate.asked <= asked + 2


def test_the_end_is_the_end(qtbot: QtBot, rows: _Rows) -> None:
    qtbot.keyClick(rows.view, Qt.Key.Key_End)
    bar = rows.view.verticalScrollBar()
    assert rows.view.currentIndex().row() == ROWS - 1
    assert bar.value() == bar.maximum() > ROWS * LINE
    assert rows.view.visualRect(rows.model.index(ROWS - 1)).bottom() + 1 == rows.view.viewport().height()
    assert rows.in_view()[-1] == ROWS - 1
    qtbot.keyClick(rows.view, Qt.Key.Key_Home)
    assert (bar.value(), rows.view.currentIndex().row()) == (0, 0)


def test_scrolling_up_into_the_unknown_moves_by_what_was_asked(qtbot: QtBot, rows: _Rows) -> None:
    qtbot.keyClick(rows.view, Qt.Key.Key_End)
    bar = rows.view.verticalScrollBar()
    for _ in range(60):
        row = rows.in_view()[0]
        before = rows.top(row)
        bar.setValue(bar.value() - 250)
        assert rows.top(row) == before + 250
        rows.in_view()


def test_a_leap_to_any_place_shows_rows_that_fit(rows: _Rows) -> None:
    bar = rows.view.verticalScrollBar()
    for part in (0.5, 0.1, 0.93, 0.02, 0.7):
        bar.setValue(round(bar.maximum() * part))
        seen = rows.in_view()
        assert abs(seen[0] / ROWS - part) < 0.05


@pytest.mark.parametrize("row", [0, 1, 17, 4321, 9998])
def test_a_row_that_is_made_current_is_in_view_and_hit_by_a_click(qtbot: QtBot, rows: _Rows, row: int) -> None:
    rows.view.setCurrentIndex(rows.model.index(row))
    place = rows.view.visualRect(rows.model.index(row))
    assert rows.view.viewport().rect().contains(place)
    clicked = []
    rows.view.clicked.connect(lambda index: clicked.append(index.row()))
    QTest.mouseClick(rows.view.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert clicked == [row]
    assert [index.row() for index in rows.view.selectedIndexes()] == [row]


def test_another_width_keeps_the_row_at_the_top(qtbot: QtBot, rows: _Rows) -> None:
    rows.view.scrollTo(rows.model.index(5000), TallList.ScrollHint.PositionAtTop)
    rows.view.resize(250, 600)
    qtbot.waitUntil(lambda: rows.view.viewport().width() < 260)
    assert rows.in_view()[0] == 5000


def test_pages_and_arrows_go_on_and_come_back(qtbot: QtBot, rows: _Rows) -> None:
    rows.view.setCurrentIndex(rows.model.index(0))
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(rows.view, key)
    far = rows.view.currentIndex().row()
    assert 8 < far < 60
    for _ in range(4):
        qtbot.keyClick(rows.view, Qt.Key.Key_PageUp)
    assert rows.view.currentIndex().row() == 0


def test_fewer_rows_and_none(rows: _Rows) -> None:
    rows.view.setCurrentIndex(rows.model.index(9000))
    rows.model.show_lines([Line("one", "word", "", None, fresh=False)])
    assert rows.in_view() == range(1)
    assert rows.view.verticalScrollBar().maximum() == 0
    rows.model.show_lines([])
    assert not rows.view.indexAt(QPoint(5, 5)).isValid()
    rows.view.grab()
