"""Small constructions that every page uses, so that labels, buttons and rules look alike."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.direction import direction_of, in_own_direction

MEASURE = 820


class Label(QLabel):
    """Plain words: their letters run in their own direction, their lines begin where the window's do."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._align()

    def _align(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()


def label(words: str = "", look: str = "", *, wraps: bool = True) -> QLabel:
    """A plain-text label in one of the style sheet's looks; it never reads its words as markup."""
    made = Label()
    made.setText(words)
    made.setWordWrap(wraps)
    made.setProperty("look", look)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


class Canvas(QWidget):
    """What is on a page that scrolls: as high as its words are at its width.

    A layout's own least height is that of the least width, where words stand on many lines: the page would scroll on
    into nothing.
    """

    def minimumSizeHint(self) -> QSize:
        inside = self.layout()
        return QSize(inside.totalMinimumSize().width() if inside else 0, 0)


class Button(QPushButton):
    """A button whose words run in their own direction: in a mirrored window “This list…” would begin with its dots."""

    def setText(self, text: str) -> None:
        """What it says is what it is called, until it is given another name."""
        super().setText(in_own_direction(text))
        self.setAccessibleName(text.replace("&&", "&"))


def button(words: str, act: Callable[[], object], look: str = "") -> QPushButton:
    """A button in one of the style sheet's looks. An ampersand in its words is an ampersand."""
    made = Button()
    made.setText(words.replace("&", "&&"))
    made.setProperty("look", look)
    made.setIconSize(QSize(theme.px(16), theme.px(16)))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _checked: act())
    return made


def relook(widget: QWidget, look: str) -> None:
    """Give a widget another of the style sheet's looks."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def drawn_rows(view: QListView) -> None:
    """A list whose rows are drawn as high as their words: read only, scrolled by the pixel, never sideways."""
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setResizeMode(QListView.ResizeMode.Adjust)


def margins(page: QLayout, width: int, top: int) -> bool:
    """Margins of a page as wide as this; whether it is narrow, which makes them smaller. `top` as for `fit`.

    Lines grow no longer than `MEASURE`: what a page is wider stays free at both sides.
    """
    narrow = width < theme.px(480)
    side = theme.px(12) if narrow else max(theme.px(28), (width - theme.px(MEASURE)) // 2)
    page.setContentsMargins(side, theme.px(12 if narrow else top), side, theme.px(8))
    return narrow


def fit(page: QLayout, row: QBoxLayout, width: int, top: int) -> None:
    """Margins of a page as wide as this, smaller where it is narrow; a row of it then stands one below the other.

    `top`: the margin above, in the design's pixels, where there is room.
    """
    narrow = margins(page, width, top)
    row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


def card(title: str, *parts: QWidget) -> QFrame:
    """A card with a heading and what stands under it; a button is no wider than its words."""
    made = QFrame()
    made.setObjectName("card")
    inside = QVBoxLayout(made)
    inside.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
    inside.setSpacing(theme.px(6))
    inside.addWidget(label(title, "strong"))
    for part in parts:
        if isinstance(part, QPushButton):
            inside.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading)
        else:
            inside.addWidget(part)
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setObjectName("rule")
    return made


class Badge(QLabel):
    """A word or two on a tinted ground: a level, a chip, a count. A label, so that a screen reader reads it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._ink, self._ground = "", "#000000", "#ffffff"
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_words(self, words: str, ink: str, ground: str) -> None:
        """Set words and colours; no words, no badge."""
        self._words, self._ink, self._ground = words, ink, ground
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def show_level(self, words: str, value: int | None) -> None:
        """Set a level: its issuer's words and its common value."""
        self.show_words(theme.level_words(words, value), *theme.level_colours(value))

    def sizeHint(self) -> QSize:
        room = QFontMetrics(theme.font(12, bold=True)).horizontalAdvance(self._words)
        return QSize(room + theme.px(20) + 2, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40), theme.px(24))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Two lines where one is not enough; what is longer than that is cut off."""
        metrics = QFontMetrics(theme.font(12, bold=True))
        return theme.px(24) + (len(self._lines(width)) - 1) * metrics.lineSpacing()

    def _lines(self, width: int) -> list[str]:
        metrics, room = QFontMetrics(theme.font(12, bold=True)), width - theme.px(20)
        if metrics.horizontalAdvance(self._words) <= room:
            return [self._words]
        first, *rest = self._words.split(" ")
        while rest and metrics.horizontalAdvance(f"{first} {rest[0]}") <= room:
            first = f"{first} {rest.pop(0)}"
        return [metrics.elidedText(one, Qt.TextElideMode.ElideRight, room) for one in (first, " ".join(rest)) if one]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._ground))
        place = QRect(0, 0, self.width(), min(self.height(), self.heightForWidth(self.width())))
        painter.drawRoundedRect(place, theme.px(6), theme.px(6))
        painter.setPen(theme.colour(self._ink))
        painter.setFont(theme.font(12, bold=True))
        painter.setLayoutDirection(direction_of(self._words))
        lines = self._lines(self.width())
        side = Qt.AlignmentFlag.AlignHCenter if len(lines) == 1 else Qt.AlignmentFlag.AlignLeading
        inner = place.adjusted(theme.px(10), 0, -theme.px(10), 0)
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, "\n".join(lines))
        painter.end()


class Choice(QWidget):
    """A box to tick with words that wrap; a click on the words counts as one on the box."""

    def __init__(self, words: str, box: QAbstractButton) -> None:
        super().__init__()
        self.box = box
        box.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        said = label(words)
        said.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        row.addWidget(said, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.box.isEnabled():
            self.box.click()
