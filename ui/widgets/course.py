"""The course of an advisory's level over time: a step line, its levels named at the side, its days below.

It is drawn only where the level changed at all; in words it says the same, for whoever does not see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from core.wording import tr, trn
from ui import theme
from ui.direction import direction_of
from ui.moments import day, short_day

_ROW = 26
_DAYS = 22
_DOT = 4


@dataclass(frozen=True, slots=True)
class Step:
    """From this moment on the level was this: the common value, 1 to 4, and the issuer's words."""

    at: datetime
    value: int
    words: str


def steps_of(levels: Sequence[Step]) -> list[Step]:
    """Only where the level became another."""
    return [one for number, one in enumerate(levels) if not number or one.value != levels[number - 1].value]


def in_words(steps: Sequence[Step]) -> str:
    """ "Level 2 · Exercise caution, from 3 May; Level 4 · Do not travel, from 15 May"."""
    said = tr("{level}, from {day}")
    return "; ".join(said.format(level=_name(one), day=short_day(one.at)) for one in steps)


def in_brief(steps: Sequence[Step]) -> str:
    """ "Level 4 since 15 May 2026; changed 3 times since 3 May 2026": of two steps or more."""
    now = tr("Level {value} since {day}").format(value=steps[-1].value, day=day(steps[-1].at))
    changed = trn("changed once", "changed {count} times", len(steps) - 1)
    return tr("{now}; {changed} since {day}").format(now=now, changed=changed, day=day(steps[0].at))


def _name(step: Step) -> str:
    return theme.level_words(step.words, step.value)


def _two_lines(name: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """A name on one line, or on two where it is longer; what does not fit on the second is cut there."""
    words = name.split()
    first = 1
    while first < len(words) and metrics.horizontalAdvance(" ".join(words[: first + 1])) <= width:
        first += 1
    lines = [" ".join(part) for part in (words[:first], words[first:]) if part]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


class Course(QLabel):
    """The small chart; a label, so that a screen reader reads it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._until: datetime | None = None
        self.setAccessibleName(tr("The level over time"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_levels(self, levels: Sequence[Step], until: datetime) -> None:
        """Draw these, the oldest first, up to a moment; nothing where the level was always the same."""
        self._steps, self._until = steps_of(levels), until
        self.setAccessibleDescription(in_words(self._steps))
        self.setVisible(len(self._steps) > 1)
        self.updateGeometry()
        self.update()

    def _levels(self) -> list[tuple[int, str]]:
        """The levels that were, the highest first, each in the issuer's latest words."""
        words = {one.value: _name(one) for one in self._steps}
        return sorted(words.items(), reverse=True)

    def _side(self) -> tuple[float, list[list[str]]]:
        """How much room the names take, and the lines of each: two at most."""
        metrics = QFontMetricsF(theme.font(11))
        names = [name for _, name in self._levels()]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0.0) + theme.px(12)
        side = min(widest, self.width() * 0.5)
        return side, [_two_lines(name, metrics, side - theme.px(8)) for name in names]

    def _row(self) -> int:
        """How high one level's row is."""
        lines = max((len(name) for name in self._side()[1]), default=1)
        return max(theme.px(_ROW), round(lines * QFontMetricsF(theme.font(11)).lineSpacing()) + theme.px(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names that take a second line need higher rows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), len(self._levels()) * self._row() + theme.px(_DAYS))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._steps) < 2 or self._until is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, names = self._side()
        rows = {value: (place + 0.5) * self._row() for place, (value, _) in enumerate(self._levels())}
        self._paint_names(painter, names, side, list(rows.values()))
        self._paint_line(painter, rows, side + theme.px(8), self.width() - theme.px(8), self._until)
        painter.end()

    def _across(self, x: float) -> float:
        """A place counted from the side where lines begin."""
        return self.width() - x if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else x

    def _box(self, left: float, top: float, width: float, height: float) -> QRectF:
        corners = sorted((self._across(left), self._across(left + width)))
        return QRectF(corners[0], top, width, height)

    def _paint_names(self, painter: QPainter, names: list[list[str]], side: float, rows: list[float]) -> None:
        t = theme.tokens()
        face = theme.font(11)
        painter.setFont(face)
        high = self._row()
        for lines, y in zip(names, rows, strict=True):
            words = "\n".join(lines)
            painter.setPen(theme.colour(t.ink))
            painter.setLayoutDirection(direction_of(words))
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            edge = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            flags = edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self._box(0, y - high / 2, side, high), flags, words)
            painter.setPen(QPen(theme.colour(t.line), 1))
            painter.drawLine(QPointF(self._across(side), y), QPointF(self._across(self.width()), y))

    def _paint_line(self, painter: QPainter, rows: dict[int, float], begin: float, end: float, until: datetime) -> None:
        t = theme.tokens()
        first = self._steps[0].at
        length = max((until - first).total_seconds(), 1.0)
        xs = [begin + (end - begin) * (one.at - first).total_seconds() / length for one in self._steps]
        line = QPolygonF()
        for number, (one, x) in enumerate(zip(self._steps, xs, strict=True)):
            if number:
                line.append(QPointF(self._across(x), rows[self._steps[number - 1].value]))
            line.append(QPointF(self._across(x), rows[one.value]))
        line.append(QPointF(self._across(end), rows[self._steps[-1].value]))
        painter.setPen(QPen(theme.colour(t.accent), theme.px(2)))
        painter.drawPolyline(line)
        painter.setBrush(theme.colour(t.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        for one, x in zip(self._steps, xs, strict=True):
            painter.drawEllipse(QPointF(self._across(x), rows[one.value]), theme.px(_DOT), theme.px(_DOT))
        self._paint_days(painter, xs, begin, end)

    def _paint_days(self, painter: QPainter, xs: list[float], begin: float, end: float) -> None:
        """The day of each step, left out where the one before leaves no room; the last one always is there."""
        metrics = QFontMetricsF(theme.font(11))
        painter.setPen(theme.colour(theme.tokens().muted))
        top, height = float(self.height() - theme.px(_DAYS)), float(theme.px(_DAYS))
        placed: list[QRectF] = []
        order = [len(xs) - 1, *range(len(xs) - 1)]
        for number in order:
            words = short_day(self._steps[number].at)
            width = metrics.horizontalAdvance(words) + theme.px(4)
            left = min(max(xs[number] - width / 2, begin - theme.px(_DOT)), max(end - width, begin))
            box = self._box(left, top, width, height)
            if not any(box.intersects(other) for other in placed):
                placed.append(box)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
