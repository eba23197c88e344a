"""A field to search or filter in, with a cross that empties it: unlike the toolkit's, as large as the letters are."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from core.wording import tr
from ui import theme


class SearchField(QLineEdit):
    """`hint`: what to type, shown while it is empty and read aloud."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.cross = cross = QToolButton(self)
        cross.setCursor(Qt.CursorShape.ArrowCursor)
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard empties a field without it
        cross.setObjectName("clear")
        cross.setAccessibleName(tr("Clear"))
        cross.setToolTip(tr("Clear"))
        cross.clicked.connect(self.clear)
        cross.hide()
        self._dressed: object = None
        self.textChanged.connect(lambda words: cross.setVisible(bool(words)))
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cross stays at the end of the line."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours, another size of letters, or the other way of writing."""
        super().changeEvent(event)
        kinds = QEvent.Type
        if event.type() in (kinds.StyleChange, kinds.PaletteChange, kinds.FontChange, kinds.LayoutDirectionChange):
            self._dress()

    def _dress(self) -> None:
        side, ink = theme.px(16), theme.tokens().muted
        if (wanted := (side, ink, self.layoutDirection())) == self._dressed:
            return
        self._dressed = wanted
        self.cross.setIcon(theme.icon("clear", ink))
        self.cross.setIconSize(QSize(side, side))
        self.cross.setFixedSize(side + theme.px(8), side + theme.px(8))
        room = self.cross.width()
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setTextMargins(room if is_mirrored else 0, 0, 0 if is_mirrored else room, 0)
        self._place()

    def _place(self) -> None:
        gap = (self.height() - self.cross.height()) // 2
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = theme.px(4)
        self.cross.move(x if is_mirrored else self.width() - self.cross.width() - x, gap)
