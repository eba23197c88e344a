"""Rows of a title, an excerpt, a quiet line and a badge: advisories, finds, what was told, sources to follow."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.direction import direction_of
from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, LinesModel
from ui.widgets.marked import height_of, text_layout, utf16_length
from ui.widgets.tall_list import TallList

PAD, BETWEEN, BADGE, DOT = 12, 4, 20, 8
MOST_HEIGHTS = 20_000


class _Painter(QStyledItemDelegate):
    """Each part in lines of its own, each in its own direction; the level's badge below them."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[object, ...], int] = {}

    def _mirrored(self) -> bool:
        return self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _parts(self, line: Line, width: int) -> list[tuple[QTextLayout, str]]:
        """What is written, from top to bottom, with its colours."""
        t = theme.tokens()
        inner = width - 2 * theme.px(PAD)
        beside = theme.px(DOT + 8) if line.fresh else 0
        bold = QTextCharFormat()
        bold.setFont(theme.font(15, bold=line.fresh))
        title = [(0, utf16_length(line.title), bold)]
        parts = [(text_layout(line.title, 15, inner - beside, title, mirrored=self._mirrored()), t.ink)]
        for words, size, ink, formats in (
            (line.excerpt, 14, t.ink, _marks(line)),
            (line.about, 12, t.muted, []),
        ):
            if words:
                parts.append((text_layout(words, size, inner, formats, mirrored=self._mirrored()), ink))
        return parts

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        width, line = self._view.viewport().width(), index.data(LINE_ROLE)
        key = (line, width, theme.px(100))
        if key not in self._heights:
            if len(self._heights) > MOST_HEIGHTS:
                self._heights.clear()
            heights = [height_of(layout) + theme.px(BETWEEN) for layout, _ in self._parts(line, width)]
            badge = theme.px(BADGE + BETWEEN) if line.badge else 0
            self._heights[key] = round(sum(heights)) + badge + theme.px(18)
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        t = theme.tokens()
        line: Line = index.data(LINE_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = rect.adjusted(1, 1, -1, -1)
        # The keys may stand on a row that nobody has chosen yet: that is seen, too.
        focused = self._view.hasFocus() and self._view.currentIndex() == index
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or focused:
            painter.setPen(QPen(theme.colour(t.accent), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(t.chosen) if chosen else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body, theme.px(10), theme.px(10))
        inner = rect.adjusted(theme.px(PAD), theme.px(10), -theme.px(PAD), 0)
        parts, top = self._parts(line, rect.width()), float(inner.top())
        for number, (layout, ink) in enumerate(parts):
            left = inner.left()
            if line.fresh and number == 0:
                left += 0 if self._mirrored() else theme.px(DOT + 8)
                self._paint_dot(painter, inner, top + layout.lineAt(0).height() / 2)
            painter.setPen(theme.colour(ink))
            layout.draw(painter, QPointF(left, top))
            top += height_of(layout) + theme.px(BETWEEN)
        if line.badge:
            self._paint_badge(painter, inner, round(top), *line.badge)
        painter.restore()

    def _paint_dot(self, painter: QPainter, inner: QRect, middle: float) -> None:
        side = theme.px(DOT)
        left = inner.right() - side if self._mirrored() else inner.left()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.tokens().accent))
        painter.drawEllipse(left, round(middle - side / 2), side, side)

    def _paint_badge(self, painter: QPainter, inner: QRect, top: int, words: str, level: int | None) -> None:
        ink, ground = theme.level_colours(level)
        words = theme.level_words(words, level)
        face = theme.font(11, bold=True)
        width = min(QFontMetrics(face).horizontalAdvance(words) + theme.px(16), inner.width())
        left = inner.right() - width if self._mirrored() else inner.left()
        place = QRect(left, top, width, theme.px(BADGE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(place, theme.px(6), theme.px(6))
        painter.setPen(theme.colour(ink))
        painter.setFont(face)
        painter.setLayoutDirection(direction_of(words))
        room = place.width() - theme.px(12)
        shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)


def _marks(line: Line) -> list[tuple[int, int, QTextCharFormat]]:
    """What was looked for, marked and in bold: the mark alone would be a colour."""
    look = QTextCharFormat()
    look.setFont(theme.font(14, bold=True))
    look.setBackground(theme.colour(theme.tokens().mark))
    look.setForeground(theme.colour(theme.tokens().ink))
    return [
        (utf16_length(line.excerpt[:start]), utf16_length(line.excerpt[start:end]), look) for start, end in line.marks
    ]


class LineList(TallList):
    """The rows of a model, as one scrolls and chooses them."""

    def __init__(self, rows: LinesModel, name: str) -> None:
        super().__init__()
        self.setModel(rows)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)

    def line(self) -> Line | None:
        """The current row."""
        held = self.currentIndex().data(LINE_ROLE)
        return held if isinstance(held, Line) else None
