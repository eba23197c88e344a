"""The lists that come with the program: their heads are read at the start, one whole where it is chosen."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from core import bundled
from core.errors import SafeConductError
from core.model import Checklist
from core.wording import say
from ui.desk import Desk
from ui.work import Work


class Offered(QObject):
    """`came`: `lists` are there, and `answers`: the words that ask for one of them.

    `started` carries the id of a list that was started, `refused` why one was not.
    """

    came = Signal()
    started = Signal(str)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lists: list[Checklist] = []
        self.answers: dict[str, str] = {}
        self._work: Work[tuple[list[Checklist], dict[str, str]]] | Work[bundled.Bundled] | None = None

    def read(self) -> None:
        """Find out which lists there are."""
        self._work = Work(lambda: (bundled.waiting(), bundled.answers()), self._read, self._not_read, self)

    def start(self, name: str) -> bool:
        """Start one of these lists. False: it is none of them."""
        if all(one.id != name for one in self.lists):
            return False
        if self._work is None:  # else the same press came twice
            # To read one whole brings the readers of texts, which would hold the window up.
            self._work = Work(partial(bundled.one, name), self._start, self._not_read, self)
        return True

    def close(self) -> None:
        """Read nothing more."""
        if self._work is not None:
            self._work.cancel()

    def _read(self, found: tuple[list[Checklist], dict[str, str]]) -> None:
        self._work = None  # it ends itself after this
        self.lists, self.answers = found
        self.came.emit()

    def _start(self, held: bundled.Bundled) -> None:
        self._work = None
        try:
            self._desk.start_bundled(held)
        except SafeConductError as error:
            self.refused.emit(say(error.message))
        else:
            self.started.emit(held.id)

    def _not_read(self, fault: Exception) -> None:
        self._work = None
        raise fault
