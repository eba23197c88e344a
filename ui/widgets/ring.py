"""The ring: how much of a list is done. A full ring means a finished list, never safety."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from core.wording import tr
from ui import theme


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

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.px(6)
        circle = QRectF(self.rect()).adjusted(width, width, -width, -width)
        painter.setPen(QPen(theme.colour(t.line), width))
        painter.drawEllipse(circle)
        if self._total:
            pen = QPen(theme.colour(t.accent), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(circle, 90 * 16, -round(360 * 16 * self._done / self._total))
        painter.setPen(theme.colour(t.ink))
        painter.setFont(theme.font(14, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{self._done}/{self._total}")
        painter.end()
