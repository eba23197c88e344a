"""The advisories kept: one row each, the newest first, filtered as one types. Choosing one shows its text."""

from datetime import UTC, datetime

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.model import Hit
from core.store.overview import Summary
from core.store.search import CLOSE_MARK, OPEN_MARK
from core.wording import tr, trn
from ui import theme
from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, LinesModel
from ui.moments import day, short_day
from ui.widgets import build

TYPING_PAUSE_MS = 120


class _Painter(QStyledItemDelegate):
    """Title in one or two lines, a quiet line, the level's badge below it."""

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
        aligned = Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap
        painter.setFont(theme.font(15, bold=line.fresh))
        painter.setPen(theme.colour(t.ink))
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), title.height()), aligned, line.title)
        top = inner.top() + title.height() + theme.px(4)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour(t.muted))
        painter.drawText(QRect(inner.left(), top, inner.width(), about.height()), aligned, line.about)
        if line.badge:
            self._paint_badge(painter, inner, top + about.height() + theme.px(6), *line.badge)
        painter.restore()

    def _paint_badge(self, painter: QPainter, inner: QRect, top: int, words: str, level: int | None) -> None:
        ink, ground = theme.level_colours(level)
        face = theme.font(11, bold=True)
        width = min(QFontMetrics(face).horizontalAdvance(words) + theme.px(16), inner.width())
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = inner.right() - width if mirrored else inner.left()
        place = QRect(left, top, width, theme.px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(place, theme.px(6), theme.px(6))
        painter.setPen(theme.colour(ink))
        painter.setFont(face)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


class AdvisoriesPage(QWidget):
    """A field and the rows that fit it. It serves as the Advisories page and as the Search page."""

    chosen = Signal(str)
    opened = Signal(str)
    searched = Signal(str)

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.title = build.label(title, "title")
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setClearButtonEnabled(True)
        self.note = build.label(look="muted")
        self._rows = LinesModel(self)
        self.list = QListView()
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setAccessibleName(title)
        build.drawn_rows(self.list)
        self.setFocusProxy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(8))
        layout.setSpacing(theme.px(12))
        for widget in (self.title, self.field, self.note):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(lambda: self.searched.emit(self.field.text()))
        self.field.textChanged.connect(lambda _: self._typing.start())
        self.field.returnPressed.connect(self._into_list)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._emit(self.chosen, index))
        self.list.activated.connect(lambda index: self._emit(self.opened, index))
        self.list.clicked.connect(lambda index: self._emit(self.chosen, index))

    def _emit(self, signal: object, index: AnyIndex) -> None:
        line = index.data(LINE_ROLE) if index.isValid() else None
        if isinstance(line, Line):
            signal.emit(line.id)  # type: ignore[attr-defined]  # a bound signal has no type of its own in PySide's stubs

    def stop(self) -> None:
        """What was typed last is not looked for any more."""
        self._typing.stop()

    def _into_list(self) -> None:
        self.list.setFocus()
        if self._rows.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._rows.index(0))

    def show_lines(self, lines: list[Line], note: str) -> None:
        """Replace the rows; what was current stays so."""
        held = self.list.currentIndex().data(LINE_ROLE)
        self._rows.show_lines(lines)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        row = self._rows.row_of(held.id) if isinstance(held, Line) else None
        if row is not None:
            self.list.setCurrentIndex(self._rows.index(row))


def summary_line(summary: Summary, *, of_trip: bool = False) -> Line:
    """An advisory as a row; `of_trip`: it names a place of a trip."""
    now = datetime.now(UTC)
    parts = [tr("Your trip"), summary.issuer] if of_trip else [summary.issuer]
    if summary.issued:
        parts.append(day(summary.issued))
    if summary.actions:
        parts.append(trn("{count} action", "{count} actions", summary.actions))
    if summary.missing_since:
        parts.append(tr("not in the source since {date}").format(date=short_day(summary.missing_since)))
    badge = (summary.level_words, summary.level_value) if summary.level_words else None
    fresh = not summary.seen and summary.fetched is not None and (now - summary.fetched).days < 7
    return Line(summary.id, summary.title, " · ".join(parts), badge, fresh)


def hit_line(hit: Hit) -> Line:
    """A find as a row; the words that were found stand in brackets that every font has."""
    snippet = " ".join(hit.snippet.split()).replace(OPEN_MARK, "[").replace(CLOSE_MARK, "]")
    return Line(hit.advisory_id, hit.title, snippet, None, False)
