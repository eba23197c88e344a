"""A page that scrolls as a whole: parts one below the other, in a column no wider than lines may be."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets import build


class ScrollPage(QScrollArea):
    """`column`: where its parts stand. `name`: what a screen reader calls it.

    The page itself never has the focus: a page names what has it first (`setFocusProxy`), and Tab leads on from there.
    The keys that turn pages scroll it wherever the focus is.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        canvas = build.Canvas()
        self.column = QVBoxLayout(canvas)
        self.column.setSpacing(theme.px(12))
        self.setWidget(canvas)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has smaller margins."""
        super().resizeEvent(event)
        build.margins(self.column, self.width(), top=20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt turns pages; the ends are ours."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home and not event.modifiers():
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)
