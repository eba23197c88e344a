"""Small constructions that every page uses, so that labels, buttons and rules look alike."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from ui import theme


def label(words: str = "", look: str = "", *, wraps: bool = True) -> QLabel:
    """A plain-text label in one of the style sheet's looks; it never reads its words as markup."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(words)
    made.setWordWrap(wraps)
    made.setProperty("look", look)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def button(words: str, act: Callable[[], object], look: str = "") -> QPushButton:
    """A button in one of the style sheet's looks. An ampersand in its words is an ampersand."""
    made = QPushButton(words.replace("&", "&&"))
    made.setProperty("look", look)
    made.setAccessibleName(words)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _checked: act())
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setObjectName("rule")
    return made


class Badge(QWidget):
    """A word or two on a tinted ground: a level, a chip, a count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._ink, self._ground = "", "#000000", "#ffffff"
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_words(self, words: str, ink: str, ground: str) -> None:
        """Set words and colours; no words, no badge."""
        self._words, self._ink, self._ground = words, ink, ground
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        metrics = type(metrics)(theme.font(12, bold=True))
        return QSize(metrics.horizontalAdvance(self._words) + theme.px(20), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._ground))
        painter.drawRoundedRect(self.rect(), theme.px(6), theme.px(6))
        painter.setPen(theme.colour(self._ink))
        painter.setFont(theme.font(12, bold=True))
        inner = self.rect().adjusted(theme.px(10), 0, -theme.px(10), 0)
        words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
