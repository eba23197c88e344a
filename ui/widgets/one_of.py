"""A button that is one of several: the one that is marked is where the traveller is.

A screen reader toggles such a button instead of pressing it, which Qt does not count as a click. Here both choose.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton


class OneOf(QPushButton):
    """`chosen`: by a click, a key or a screen reader; marking it chooses nothing."""

    chosen = Signal()

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.setAutoExclusive(True)  # a screen reader says that it is one of several
        self._is_clicked = False
        self.clicked.connect(lambda _: self.chosen.emit())
        self.toggled.connect(self._toggled)

    def mark(self) -> None:
        """Show it as the one that is chosen."""
        self._is_clicked = True
        self.setChecked(True)
        self._is_clicked = False

    def nextCheckState(self) -> None:
        self._is_clicked = True
        super().nextCheckState()
        self._is_clicked = False

    def _toggled(self, is_marked: bool) -> None:
        if is_marked and not self._is_clicked:
            self.chosen.emit()
