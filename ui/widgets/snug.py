"""A part of a page that scrolls where it has to, and is no higher than what is in it: what follows stands below it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class SnugArea(QScrollArea):
    """Give it a stretch in its layout, and the layout a stretch of nothing at the end for the room that it leaves."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        inside = self.widget()
        held = inside.layout() if inside is not None else None
        if held is not None:
            width = self.viewport().width()
            self.setMaximumHeight(
                held.totalHeightForWidth(width) if held.hasHeightForWidth() else held.totalSizeHint().height()
            )
