"""Rows of a title, a quiet line and a badge: advisories, finds, what was told, sources to follow."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.direction import direction_of
from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, LinesModel
from ui.widgets import build


class _Painter(QStyledItemDelegate):
    """Title in one or two lines, a quiet line, the level's badge below it; each text in its own direction."""

    def _spans(self, line: Line, width: int) -> tuple[QRect, QRect, int]:
        inner = width - 2 * theme.px(12)
        wrap = Qt.TextFlag.TextWordWrap
        title = QFontMetrics(theme.font(15, bold=line.fresh)).boundingRect(QRect(0, 0, inner, 10_000), wrap, line.title)
        about = QFontMetrics(theme.font(12)).boundingRect(QRect(0, 0, inner, 10_000), wrap, line.about)
        badge = theme.px(28) if line.badge else 0
        return title, about, badge

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 400
        title, about, badge = self._spans(index.data(LINE_ROLE), width)
        return QSize(width, title.height() + about.height() + badge + theme.px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        t = theme.tokens()
        line: Line = index.data(LINE_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = rect.adjusted(1, 1, -1, -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        view = self.parent()
        focused = chosen and isinstance(view, QWidget) and view.hasFocus()
        if chosen:
            painter.setPen(QPen(theme.colour(t.accent), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(t.chosen))
            painter.drawRoundedRect(body, theme.px(10), theme.px(10))
        title, about, _ = self._spans(line, rect.width())
        inner = rect.adjusted(theme.px(12), theme.px(10), -theme.px(12), 0)
        mirrored = isinstance(view, QWidget) and view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        aligned = side | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextWordWrap
        painter.setFont(theme.font(15, bold=line.fresh))
        painter.setPen(theme.colour(t.ink))
        painter.setLayoutDirection(direction_of(line.title))
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), title.height()), aligned, line.title)
        top = inner.top() + title.height() + theme.px(4)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(t.muted))
        painter.setLayoutDirection(direction_of(line.about))
        painter.drawText(QRect(inner.left(), top, inner.width(), about.height()), aligned, line.about)
        if line.badge:
            self._paint_badge(painter, inner, top + about.height() + theme.px(6), *line.badge, mirrored=mirrored)
        painter.restore()

    def _paint_badge(
        self, painter: QPainter, inner: QRect, top: int, words: str, level: int | None, *, mirrored: bool
    ) -> None:
        ink, ground = theme.level_colours(level)
        face = theme.font(11, bold=True)
        width = min(QFontMetrics(face).horizontalAdvance(words) + theme.px(16), inner.width())
        left = inner.right() - width if mirrored else inner.left()
        place = QRect(left, top, width, theme.px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(place, theme.px(6), theme.px(6))
        painter.setPen(theme.colour(ink))
        painter.setFont(face)
        painter.setLayoutDirection(direction_of(words))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


class LineList(QListView):
    """The rows of a model, as one scrolls and chooses them."""

    def __init__(self, rows: LinesModel, name: str) -> None:
        super().__init__()
        self.setModel(rows)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        build.drawn_rows(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def line(self) -> Line | None:
        """The current row."""
        held = self.currentIndex().data(LINE_ROLE)
        return held if isinstance(held, Line) else None
