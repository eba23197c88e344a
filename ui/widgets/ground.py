"""What an editor under a row stands on: over the list's rows and as large as they are, but a neighbour of the list.

Of a list Qt tells a screen reader the rows alone: a child of it has a parent there, and is no child of it. Its
neighbour is met by whoever walks on from the list. Where no editor is, nothing of it is there, for the mouse neither.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QKeyEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget


class Ground(QWidget):
    """Made over a list; `fit` when what stands on it has another place. Wheel and keys that nothing wants go there."""

    def __init__(self, rows: QAbstractScrollArea) -> None:
        super().__init__(rows.parentWidget())
        self._rows, self._page = rows, rows.parentWidget() or rows
        rows.installEventFilter(self)
        self.fit()
        self.show()
        QWidget.setTabOrder(rows, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list has another place, or is not shown."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self.setVisible(self._rows.isVisibleTo(self._page))
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Lie over the rows, and be there only where something stands."""
        view = self._rows.viewport()
        self.setGeometry(QRect(view.mapTo(self._page, QPoint(0, 0)), view.size()))
        stands = QRegion()
        for one in self.children():
            if isinstance(one, QWidget) and not one.isHidden():
                stands = stands.united(one.geometry())
        self.setMask(stands if not stands.isEmpty() else QRegion(-1, -1, 1, 1))
        self.raise_()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The rows are scrolled, as beside the editor."""
        QApplication.sendEvent(self._rows.viewport(), event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the editor does not want is the list's."""
        QApplication.sendEvent(self._rows, event)
