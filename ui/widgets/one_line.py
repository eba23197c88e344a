"""A line to write in: Return enters what stands in it, Esc leaves it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class OneLine(QLineEdit):
    """`entered`: the words, never none; `left`: nothing is wanted after all."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, name: str, about: str, longest: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(about)
        self.setMaxLength(longest)
        self.returnPressed.connect(self._enter)

    def _enter(self) -> None:
        words = " ".join(self.text().split())
        if words:
            self.entered.emit(words)
        else:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Esc is its own while it has the focus, not the window's."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
