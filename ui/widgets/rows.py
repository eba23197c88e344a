"""How a row of a checklist is drawn: box, the issuer's words, one quiet line, a chip where there is news.

The whole row is the box's target. Each text is laid out in its own direction.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QTextCharFormat,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.conditions import in_full
from core.model import Item, Standing, State
from ui import theme
from ui.direction import direction_of
from ui.models.items import Role, standing_words
from ui.widgets.marked import height_of, text_layout, utf16_length, with_marks

AnyIndex = QModelIndex | QPersistentModelIndex

BOX = 22
PAD = 10
GAP = 12
BETWEEN_LINES = 4
MORE = 24  # the room at a row's end for the dots that open its menu


@dataclass(frozen=True, slots=True)
class _Metrics:
    """Lengths of a row at the scale of now."""

    box: int
    pad: int
    gap: int

    @classmethod
    def now(cls) -> "_Metrics":
        return cls(theme.px(BOX), theme.px(PAD), theme.px(GAP))


def paint_tick(painter: QPainter, box: QRectF, *, ticked: bool, ground: str) -> None:
    """A box, empty or ticked on a ground."""
    t = theme.tokens()
    box = box.adjusted(1, 1, -1, -1)
    radius = theme.px(6)
    if not ticked:
        painter.setBrush(theme.colour(t.surface))
        painter.setPen(QPen(theme.colour(t.muted), max(1.5, theme.px(1.5))))
        painter.drawRoundedRect(box, radius, radius)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(box, radius, radius)
    path = QPainterPath(QPointF(box.left() + box.width() * 0.27, box.top() + box.height() * 0.52))
    path.lineTo(box.left() + box.width() * 0.44, box.top() + box.height() * 0.68)
    path.lineTo(box.left() + box.width() * 0.74, box.top() + box.height() * 0.34)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(t.on_accent), theme.px(2), c=Qt.PenCapStyle.RoundCap))
    painter.drawPath(path)


class View(Protocol):
    """A list that keeps an editor open under a row, as high as this."""

    def room_below(self, item_id: str, width: int) -> int: ...


class RowPainter(QStyledItemDelegate):
    """Draws rows and turns a click anywhere on one into its tick; one on the dots or the reference asks for that."""

    menu_wanted = Signal(QModelIndex)
    reference_wanted = Signal(QModelIndex)

    def __init__(self, view: QListView, below: View) -> None:
        super().__init__(view)
        self._view, self._below = view, below
        self._heights: dict[tuple[object, ...], int] = {}
        self._references: dict[str, QRectF] = {}  # where each was painted, from the top of its row

    def _words(self, item: Item) -> tuple[str, list[tuple[int, int, QTextCharFormat]]]:
        """The text of a row and its formats: muted when done, with what came and went when reworded."""
        t = theme.tokens()
        plain = QTextCharFormat()
        settled = item.state is not State.OPEN or item.standing is Standing.WITHDRAWN
        plain.setForeground(theme.colour(t.muted if settled else t.ink))
        if item.standing is not Standing.REWORDED or not item.was:
            return in_full(item), [(0, utf16_length(in_full(item)), plain)]
        from core.differences import word_changes  # only reworded rows wait for it

        return with_marks(word_changes(item.was, in_full(item)), plain)

    def _chip(self, item: Item) -> tuple[str, QColor, QColor] | None:
        words = standing_words(item)
        if words is None:
            return None
        t = theme.tokens()
        if item.standing is Standing.REWORDED:
            return words, theme.colour(t.changed), theme.colour(t.changed_ground)
        if item.standing is Standing.NEW:
            return words, theme.colour(t.accent), theme.colour(t.chosen)
        return words, theme.colour(t.muted), theme.colour(t.line)

    def _chip_width(self, item: Item) -> int:
        chip = self._chip(item)
        if chip is None:
            return 0
        return QFontMetrics(theme.font(11, bold=True)).horizontalAdvance(chip[0]) + theme.px(16)

    def _text_width(self, item: Item, width: int) -> int:
        m = _Metrics.now()
        chip = self._chip_width(item)
        beside = chip + m.gap if chip and width > theme.px(420) else 0
        return width - m.pad - m.box - m.gap - theme.px(MORE) - beside

    def _inner_width(self, width: int) -> int:
        """The room beside the box, a chip's too."""
        m = _Metrics.now()
        return width - m.pad - m.box - m.gap - theme.px(MORE)

    def place_below(self, row: QRect, item_id: str) -> QRect:
        """Where what is open under a row stands."""
        m = _Metrics.now()
        width = self._inner_width(row.width())
        height = self._below.room_below(item_id, width)
        left = row.left() + (theme.px(MORE) if self._mirrored() else m.pad + m.box + m.gap)
        return QRect(left, row.bottom() + 1 - height - m.pad // 2, width, height)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        width = self._view.viewport().width()
        item = index.data(Role.ITEM)
        if item is None:
            return QSize(width, theme.px(34 if index.row() else 24))
        line, reference = index.data(Role.LINE), index.data(Role.REFERENCE)
        key = (item, line, reference, width, theme.px(100))
        if key not in self._heights:
            if len(self._heights) > 20_000:
                self._heights.clear()
            self._heights[key] = self._measure(item, line, reference, width)
        below = self._below.room_below(item.id, self._inner_width(width))
        return QSize(width, self._heights[key] + (below + theme.px(PAD) // 2 if below else 0))

    def _measure(self, item: Item, line: str, reference: str, width: int) -> int:
        text, formats = self._words(item)
        inner = self._text_width(item, width)
        height = height_of(text_layout(text, 15, inner, formats))
        if line:
            height += theme.px(BETWEEN_LINES) + height_of(text_layout(line, 12, inner, []))
        if reference:
            height += theme.px(BETWEEN_LINES) + height_of(text_layout(reference, 12, inner, []))
        if self._chip(item) and width <= theme.px(420):
            height += theme.px(24)
        return round(max(height, theme.px(BOX)) + 2 * theme.px(PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        item = index.data(Role.ITEM)
        if item is None:
            self._paint_heading(painter, rect, index.data(Role.HEADING))
        else:
            self._paint_item(painter, option, item, index)
        painter.restore()

    def _mirrored(self) -> bool:
        return self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _paint_heading(self, painter: QPainter, rect: QRect, words: str) -> None:
        t = theme.tokens()
        face = theme.font(12, bold=True)
        painter.setFont(face)
        painter.setPen(theme.colour(t.muted))
        width = QFontMetrics(face).horizontalAdvance(words)
        box = rect.adjusted(0, rect.height() - theme.px(24), 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(box, flags, words)
        painter.setPen(QPen(theme.colour(t.line), 1))
        y = box.center().y() + 1
        gap = width + theme.px(8)
        if self._mirrored():
            painter.drawLine(box.left(), y, box.right() - gap, y)
        else:
            painter.drawLine(box.left() + gap, y, box.right(), y)

    def _paint_item(self, painter: QPainter, option: QStyleOptionViewItem, item: Item, index: AnyIndex) -> None:
        t, m = theme.tokens(), _Metrics.now()
        rect: QRect = option.rect
        body = QRectF(rect).adjusted(1, 1, -1, -1)
        radius = theme.px(10)
        if self._view.selectionModel().isSelected(index):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(t.chosen))
            painter.drawRoundedRect(body, radius, radius)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            painter.setPen(QPen(theme.colour(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body, radius, radius)
        mirrored = self._mirrored()
        box_x = rect.right() - m.pad - m.box if mirrored else rect.left() + m.pad
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        self._paint_box(painter, QRectF(box_x, rect.top() + m.pad, m.box, m.box), item, checked)
        inner = self._text_width(item, rect.width())
        left = rect.right() - m.pad - m.box - m.gap - inner if mirrored else rect.left() + m.pad + m.box + m.gap
        text, formats = self._words(item)
        layout = text_layout(text, 15, inner, formats, mirrored=mirrored)
        top = rect.top() + m.pad + max(0.0, (m.box - layout.lineAt(0).height()) / 2)
        painter.setPen(theme.colour(t.ink))
        layout.draw(painter, QPointF(left, top))
        bottom = top + height_of(layout)
        line = index.data(Role.LINE)
        if line:
            painter.setPen(theme.colour(t.muted))
            quiet = text_layout(line, 12, inner, [], mirrored=mirrored)
            bottom += theme.px(BETWEEN_LINES)
            quiet.draw(painter, QPointF(left, bottom))
            bottom += height_of(quiet)
        self._references.pop(item.id, None)
        if reference := index.data(Role.REFERENCE):
            painter.setPen(theme.colour(t.accent))
            words = text_layout(reference, 12, inner, [], mirrored=mirrored)
            bottom += theme.px(BETWEEN_LINES)
            words.draw(painter, QPointF(left, bottom))
            self._references[item.id] = QRectF(left, bottom - rect.top(), inner, height_of(words))
            bottom += height_of(words)
        self._paint_chip(painter, rect, item, left, bottom)
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            self._paint_dots(painter, self._more(rect))

    def _more(self, rect: QRect) -> QRectF:
        """Where the dots at a row's end stand."""
        side, height = theme.px(MORE), min(rect.height(), theme.px(BOX) + 2 * theme.px(PAD))
        return QRectF(rect.left() if self._mirrored() else rect.right() + 1 - side, rect.top(), side, height)

    def _paint_dots(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.tokens().muted))
        size, middle = theme.px(1.5), place.center()
        for step in (-1, 0, 1):
            painter.drawEllipse(QPointF(middle.x(), middle.y() + step * theme.px(5)), size, size)

    def _paint_box(self, painter: QPainter, box: QRectF, item: Item, checked: bool) -> None:
        t = theme.tokens()
        ground = t.accent if item.standing is not Standing.WITHDRAWN else t.muted
        paint_tick(painter, box, ticked=checked, ground=ground)
        if item.state is State.NOT_APPLICABLE and not checked:
            y, width = box.center().y(), box.width() - 2
            left, right = box.left() + 1 + width * 0.28, box.right() - 1 - width * 0.28
            painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _paint_chip(self, painter: QPainter, rect: QRect, item: Item, left: float, bottom: float) -> None:
        chip = self._chip(item)
        if chip is None:
            return
        words, ink, ground = chip
        width, height = self._chip_width(item), theme.px(20)
        if rect.width() <= theme.px(420):
            place = QRectF(left, bottom + theme.px(4), width, height)
        else:
            x = rect.left() + theme.px(MORE) if self._mirrored() else rect.right() - theme.px(MORE) - width
            place = QRectF(x, rect.top() + theme.px(PAD) + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, theme.px(6), theme.px(6))
        painter.setPen(ink)
        painter.setFont(theme.font(11, bold=True))
        painter.setLayoutDirection(direction_of(words))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        """A left click on the row ticks it, one on its dots asks for its menu; Space is the page's affair."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() is Qt.MouseButton.LeftButton
            and index.data(Role.ITEM) is not None
            and option.rect.contains(event.position().toPoint())
        ):
            if self._more(option.rect).contains(event.position()):
                self.menu_wanted.emit(index)
                return True
            reference = self._references.get(index.data(Role.ITEM).id)
            if reference is not None and reference.translated(0, option.rect.top()).contains(event.position()):
                self.reference_wanted.emit(index)
                return True
            checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
            return bool(self._view.model().setData(index, wanted, Qt.ItemDataRole.CheckStateRole))
        return False
