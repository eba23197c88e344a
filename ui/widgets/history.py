"""The tab that tells an advisory's whole past: the course of its level, and every revision with what it changed."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.wording import tr
from ui import theme
from ui.keys import HISTORY, pressed
from ui.models.items import AnyIndex
from ui.models.revisions import REVISION_ROLE, RevisionLine, RevisionsModel
from ui.widgets import build
from ui.widgets.course import Course, Step, in_brief, in_words, steps_of
from ui.widgets.marked import height_of, text_layout
from ui.widgets.rows import paint_tick
from ui.widgets.snug import SnugRows


@dataclass(frozen=True, slots=True)
class History:
    """What the tab shows: every revision, the newest first, and the levels, the oldest first, up to a moment."""

    lines: tuple[RevisionLine, ...]
    levels: tuple[Step, ...]
    until: datetime


class _Painter(QStyledItemDelegate):
    """A box, the revision's number, its times, and what changed, each in lines of its own."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def _layouts(self, line: RevisionLine, width: int) -> list[tuple[QTextLayout, str]]:
        t = theme.tokens()
        inner = width - theme.px(22 + 12 + 2 * 8)
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return [
            (text_layout(words, size, inner, [], mirrored=mirrored), ink)
            for words, size, ink in (
                (line.name, 14, t.ink),
                (line.times, 12, t.muted),
                *((one, 14, t.ink) for one in line.changed.split("\n") if one),
            )
        ]

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        width = self._view.viewport().width()
        layouts = self._layouts(index.data(REVISION_ROLE), width)
        return QSize(width, round(sum(height_of(one) for one, _ in layouts)) + theme.px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        t = theme.tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.colour(t.accent), 2) if self._view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(t.chosen))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        pad, box = theme.px(8), theme.px(22)
        box_x = rect.right() - pad - box if mirrored else rect.left() + pad
        marked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        paint_tick(painter, QRectF(box_x, rect.top() + pad, box, box), ticked=marked, ground=t.accent)
        left = rect.left() + pad if mirrored else rect.left() + pad + box + theme.px(12)
        top = float(rect.top() + theme.px(10))
        for layout, ink in self._layouts(index.data(REVISION_ROLE), rect.width()):
            painter.setPen(theme.colour(ink))
            layout.draw(painter, QPointF(left, top))
            top += height_of(layout)
        painter.restore()


class RevisionList(QListView):
    """Space or a click marks a revision; Enter shows what it changed."""

    opened = Signal(int)

    def __init__(self, model: RevisionsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_Painter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        build.drawn_rows(self)
        self.setAccessibleName(tr("Revisions; Space marks one of two to compare, Enter shows what it changed"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, act = self.currentIndex(), pressed(event, HISTORY)
        if index.isValid() and act == "mark":
            self._mark(index)
        elif index.isValid() and act == "open":
            self.opened.emit(index.data(REVISION_ROLE).number)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._mark(index)

    def _mark(self, index: AnyIndex) -> None:
        self.model().setData(index, not index.data(Qt.ItemDataRole.CheckStateRole), Qt.ItemDataRole.CheckStateRole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class HistoryTab(QWidget):
    """`pair_wanted`: what differs between these two revisions, the older first."""

    pair_wanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.course = Course()
        self.course_words = build.label(look="muted")
        self.model = RevisionsModel(self)
        self.list = RevisionList(self.model)
        self.setFocusProxy(self.list)
        self.compare = build.button(tr("Compare the two marked"), self._compare)
        self.hint = build.label(tr("Mark two revisions to compare them."), look="small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.course)
        layout.addWidget(self.course_words)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.hint)
        layout.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        SnugRows(self.list)
        self.model.marked.connect(self._marked)
        self.list.opened.connect(lambda number: self.pair_wanted.emit(max(1, number - 1), number))

    def show_history(self, history: History) -> None:
        """Show an advisory's past."""
        self.course.show_levels(history.levels, history.until)
        steps = steps_of(history.levels)
        self.course_words.setText(in_brief(steps) if len(steps) > 1 else "")
        self.course_words.setAccessibleName(in_words(steps))
        self.course_words.setVisible(len(steps) > 1)
        self.model.show_lines(history.lines)
        if history.lines:
            self.list.setCurrentIndex(self.model.index(0))

    def restyle(self) -> None:
        """The theme has changed."""
        self.course.update()
        self.list.viewport().update()

    def _marked(self) -> None:
        several = self.model.rowCount() > 1
        self.hint.setVisible(several and self.model.pair() is None)
        self.compare.setVisible(several)
        self.compare.setEnabled(self.model.pair() is not None)

    def _compare(self) -> None:
        pair = self.model.pair()
        if pair is not None:
            self.pair_wanted.emit(*pair)
