"""Parts of a page that scroll where they have to, and are no higher than what is in them: what follows stands below.

Give such a part a stretch in its layout, and the layout a stretch of nothing at the end for the room that it leaves.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QScrollArea, QWidget

_HIGH = 4000


class SnugArea(QScrollArea):
    """A page's middle. It takes no focus: what is in it does."""

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


class SnugRows(QObject):
    """Keeps a list of few rows no higher than they are."""

    def __init__(self, rows: QListView) -> None:
        super().__init__(rows)
        self._rows = rows
        rows.installEventFilter(self)
        rows.model().modelReset.connect(self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where it is narrower, its rows are higher."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        height = 2 * self._rows.frameWidth()
        for row in range(self._rows.model().rowCount()):
            height += self._rows.sizeHintForRow(row)
            if height > _HIGH:
                break
        self._rows.setMaximumHeight(height)
