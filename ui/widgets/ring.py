"""The ring: how much of a list is done. A full ring means a finished list, never safety."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from core.wording import tr
from ui import theme

_WIDTH = 6
_SMALLEST = 8


class Ring(QLabel):
    """done / total as an arc and as words; a label, so that a screen reader reads it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_progress(self, done: int, total: int) -> None:
        """Set both numbers."""
        self._done, self._total = done, total
        self.setAccessibleName(tr("{done} of {total} done").format(done=done, total=total))
        self.setVisible(total > 0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(64), theme.px(64))

    def face(self, words: str) -> QFont:
        """The letters in which words stand inside the ring: smaller where there are many."""
        room = self.sizeHint().width() - theme.px(2 * (_WIDTH + _WIDTH // 2 + 3))
        faces = (theme.font(size, bold=True) for size in range(14, _SMALLEST, -1))
        fitting = (face for face in faces if QFontMetricsF(face).horizontalAdvance(words) <= room)
        return next(fitting, theme.font(_SMALLEST, bold=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.px(_WIDTH)
        circle = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.setPen(QPen(theme.colour(t.line), width))
        painter.drawEllipse(circle)
        if self._total:
            pen = QPen(theme.colour(t.accent), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(circle, 90 * 16, -round(360 * 16 * self._done / self._total))
        painter.setPen(theme.colour(t.ink))
        words = f"{self._done}/{self._total}"
        painter.setFont(self.face(words))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
