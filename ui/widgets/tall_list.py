"""A list of any length whose rows are as high as their words: a row is measured when it comes near the view.

Qt's own lays out every row before the first is painted, and anew after each change: seconds for ten thousand. Here
a row that was never near is taken to be as high as the measured ones are on average, and what is in view stays where
it is when others turn out higher or lower.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from ui import theme
from ui.models.items import AnyIndex
from ui.widgets import build

_GUESS = 44
_STEP = 20
_FEW = 3
_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint


class TallList(QListView):
    """Read only, one row selected, scrolled by the pixel, never sideways. Its delegate says how high a row is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: list[int] = []  # 0: not measured
        self._sum, self._measured, self._width = 0, 0, -1
        self._known_tops: list[int] | None = None
        self._is_settling = False
        # Asked for a viewport that Qt made, PySide makes the classes of all widgets to find which it is: 10 ms.
        self.setViewport(QWidget())
        build.drawn_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    # heights and places

    def _guess(self) -> int:
        return round(self._sum / self._measured) if self._measured else _GUESS

    def _tops(self) -> list[int]:
        """Where each row begins, and where the last one ends."""
        if self._known_tops is None:
            guess = self._guess()
            self._known_tops = [0, *accumulate(height or guess for height in self._heights)]
        return self._known_tops

    def _height(self, row: int) -> int:
        return max(1, self.sizeHintForIndex(self.model().index(row, 0)).height())

    def _measure(self, rows: range) -> bool:
        """Measure those of these rows that were not. Gives whether there were any."""
        new = [row for row in rows if not self._heights[row]]
        for row in new:
            self._heights[row] = self._height(row)
            self._sum += self._heights[row]
            self._measured += 1
        if new:
            self._known_tops = None
        return bool(new)

    def _forget(self, rows: range) -> None:
        for row in rows:
            if self._heights[row]:
                self._sum -= self._heights[row]
                self._measured -= 1
                self._heights[row] = 0
        self._known_tops = None

    def _forget_all(self) -> None:
        count = self.model().rowCount() if self.model() is not None else 0
        self._heights = [0] * count
        self._sum = self._measured = 0
        self._known_tops = None

    def _row_at(self, y: int) -> int:
        """The row at a height of the whole content, bounded to the rows that there are."""
        return min(max(bisect_right(self._tops(), y) - 1, 0), len(self._heights) - 1)

    def _around(self, y: int) -> range:
        """The rows a view above and a view below what is in view from there."""
        page = self.viewport().height()
        return range(self._row_at(y - page), self._row_at(y + 2 * page) + 1)

    def _settle(self, changed: range = range(0)) -> bool:
        """Measure what is near and bring the scroll bar's range up to date; what is in view stays in its place.

        `changed`: rows that may have another height now. Gives whether any was measured.
        """
        if self._is_settling:
            return False
        self._is_settling = True
        bar, page = self.verticalScrollBar(), self.viewport().height()
        moved = False
        if self._heights:
            row = self._row_at(bar.value())
            within = bar.value() - self._tops()[row]
            self._forget(changed)
            while self._measure(self._around(self._tops()[row] + within)):
                moved = True
            bar.setRange(0, max(0, self._tops()[-1] - page))
            bar.setValue(self._tops()[row] + within)
        else:
            bar.setRange(0, 0)
        bar.setPageStep(page)
        bar.setSingleStep(_STEP)
        self._is_settling = False
        return moved

    # what Qt asks a view

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: AnyIndex) -> bool:
        return False

    def visualRect(self, index: AnyIndex) -> QRect:
        row = index.row()
        if not 0 <= row < len(self._heights):
            return QRect()
        tops = self._tops()
        return QRect(0, tops[row] - self.verticalOffset(), self.viewport().width(), tops[row + 1] - tops[row])

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalOffset()
        if not self._heights or not 0 <= y < self._tops()[-1]:
            return QModelIndex()
        return self.model().index(self._row_at(y), 0)

    def scrollTo(self, index: AnyIndex, hint: _Hint = _Hint.EnsureVisible) -> None:
        row, page, bar = index.row(), self.viewport().height(), self.verticalScrollBar()
        if not 0 <= row < len(self._heights):
            return
        while self._measure(self._around(self._tops()[row])):
            pass
        self._settle()
        top, end = self._tops()[row : row + 2]
        if hint is _Hint.PositionAtTop or (hint is _Hint.EnsureVisible and (top < bar.value() or end - top > page)):
            bar.setValue(top)
        elif hint is _Hint.PositionAtBottom or (hint is _Hint.EnsureVisible and end > bar.value() + page):
            bar.setValue(end - page)
        elif hint is _Hint.PositionAtCenter:
            bar.setValue((top + end - page) // 2)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._settle():
            self.viewport().update()
        else:
            self.viewport().scroll(0, dy)

    def updateGeometries(self) -> None:
        if self.viewport().width() != self._width:
            self._width = self.viewport().width()
            self._settle(range(len(self._heights)))
        else:
            self._settle()

    def doItemsLayout(self) -> None:
        more = (self.model().rowCount() if self.model() is not None else 0) - len(self._heights)
        if more > 0:  # rows come behind the others as one scrolls to them
            self._heights += [0] * more
            self._known_tops = None
        elif more:
            self._forget_all()
        QAbstractItemView.doItemsLayout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def reset(self) -> None:
        QAbstractItemView.reset(self)
        self._forget_all()
        self.updateGeometries()
        self.viewport().update()

    def measure_anew(self) -> None:
        """Every row may have another height now."""
        self._settle(range(len(self._heights)))
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.measure_anew()

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        QAbstractItemView.dataChanged(self, first, last, list(roles))
        rows = range(max(first.row(), 0), min(last.row() + 1, len(self._heights)))
        known = [row for row in rows if self._heights[row]]
        if len(known) > _FEW or any(self._heights[row] != self._height(row) for row in known):
            self._settle(rows)
            self.viewport().update()

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, row = len(self._heights), self.currentIndex().row()
        if not count:
            return QModelIndex()
        down = action in (_Move.MoveDown, _Move.MoveNext, _Move.MovePageDown, _Move.MoveHome, _Move.MoveRight)
        if action is _Move.MoveHome:
            row = 0
        elif action is _Move.MoveEnd:
            row = count - 1
        elif action in (_Move.MovePageUp, _Move.MovePageDown):
            page = self.viewport().height() * (1 if down else -1)
            row = self._row_at(self._tops()[max(row, 0)] + page)
        else:
            row += 1 if down else -1
        while 0 <= row < count:
            index = self.model().index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsEnabled:
                return index
            row += 1 if down else -1
        return self.currentIndex()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """What a screen reader selects is what the keys act on, too."""
        super().selectionChanged(selected, deselected)
        for index in selected.indexes():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.topLeft())
        chosen = QItemSelection(index, index) if index.isValid() else QItemSelection()
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region = region.united(self.visualRect(index))
        return region

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self._heights:
            if self.hasFocus():  # there is no row to show it, and an empty frame would look like a field to write in
                painter.setPen(QPen(theme.colour(theme.tokens().accent), 2))
                painter.drawLine(0, 1, self.viewport().width(), 1)
            painter.end()
            return
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, offset, count = option.state, self.verticalOffset(), len(self._heights)
        row = self._row_at(event.rect().top() + offset)
        delegate, chosen = self.itemDelegate(), self.selectionModel()
        while row < count and self._tops()[row] - offset <= event.rect().bottom():
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            option.state = plain | QStyle.StateFlag.State_Selected if chosen.isSelected(index) else plain
            delegate.paint(painter, option, index)
            row += 1
        painter.end()
