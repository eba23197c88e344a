"""What was not told yet goes to the desktop; a notice that was opened leads to what it is about."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from core.errors import SafeConductError
from ui.desk import Desk
from ui.notifier import Notifier


class Telling(QObject):
    """`opened`: the advisories of a notice that the traveller has opened."""

    opened = Signal(tuple)

    def __init__(self, desk: Desk, notifier: Notifier, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._notifier = desk, notifier
        notifier.opened.connect(self.opened)
        notifier.told.connect(self._told)

    def tell(self) -> None:
        """Tell what waits."""
        notices, numbers = self._desk.untold()
        if notices:
            self._notifier.tell(notices, numbers)

    def _told(self, numbers: Sequence[int], taken: bool) -> None:
        if taken:
            try:
                self._desk.set_told(numbers)
            except SafeConductError:
                return  # told again rather than lost
