"""What is read of a whole profile: everything to do, every advisory, a search, how things stand.

Of a small profile it is read at once. Of a large one it takes a thread, with a connection of its own, so that the
window's thread stays free; what the traveller writes meanwhile is never shown as it was before.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

from PySide6.QtCore import QObject, QTimer

from ui.desk import Desk
from ui.work import Work

T = TypeVar("T")


SOON_MS = 150


class _Asked(NamedTuple):
    read: Callable[[Desk], object]
    then: Callable[[object], None]


class Reads(QObject):
    """One read at a time for each place that shows something; the latest wish of a place is the one that counts."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running: dict[str, Work[tuple[int, object]]] = {}
        self._wanted: dict[str, _Asked] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(lambda: self._later() if self._later is not None else None)
        self._later: Callable[[], None] | None = None

    def soon(self, do: Callable[[], None]) -> None:
        """Have this done at once, or, of a large profile, once nothing was asked so for a moment."""
        self._later = do
        if self._desk.is_large():
            self._soon.start()
        else:
            do()

    def ask(self, place: str, read: Callable[[Desk], T], then: Callable[[T], None]) -> None:
        """Have something read and shown. `read` gets a desk of its own and must not keep it; faults are raised."""
        asked = _Asked(read, cast(Callable[[object], None], then))
        if self._desk.is_large():
            self._wanted[place] = asked
            if place not in self._running:
                self._start(place)
            return
        self.forget(place)
        asked.then(asked.read(self._desk))

    def forget(self, place: str) -> None:
        """What was asked for a place is not shown any more."""
        self._wanted.pop(place, None)

    def is_reading(self) -> bool:
        """Whether something is to be shown that is not there yet."""
        return bool(self._wanted)

    def close(self) -> None:
        """Show nothing any more."""
        self._wanted.clear()
        self._soon.stop()
        for work in self._running.values():
            work.cancel()

    def _start(self, place: str) -> None:
        asked, version = self._wanted[place], self._desk.own_version()

        def do() -> tuple[int, object]:
            desk = self._desk.another()
            try:
                return version, asked.read(desk)
            finally:
                desk.close()

        def done(result: tuple[int, object]) -> None:
            del self._running[place]
            wanted = self._wanted.get(place)
            if wanted is None:
                return
            if wanted is not asked or result[0] != self._desk.own_version():
                self._start(place)  # another wish, or the traveller has ticked meanwhile
                return
            del self._wanted[place]
            wanted.then(result[1])

        def failed(error: Exception) -> None:
            self._running.pop(place, None)
            raise error

        self._running[place] = Work(do, done, failed, self)
