"""What is read of a whole profile: everything to do, every advisory, a search, how things stand.

Of a small profile it is read at once. Of a large one it takes a thread, with a connection of its own, so that the
window's thread stays free; what the traveller writes meanwhile is never shown as it was before.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar, cast

from PySide6.QtCore import QObject, QTimer

from core import limits
from ui.desk import Desk
from ui.work import Work

T = TypeVar("T")


SOON_MS = 250


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
        self._soon: dict[str, QTimer] = {}
        self._later: dict[str, Callable[[], None]] = {}

    def soon(self, place: str, do: Callable[[], None]) -> None:
        """Have this done at once, or, of a large profile, once the place has had no such wish for a moment."""
        if not self._desk.is_large():
            do()
            return
        self._later[place] = do
        if place not in self._soon:
            timer = self._soon[place] = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(SOON_MS)
            timer.timeout.connect(partial(self._do_later, place))
        self._soon[place].start()

    def _do_later(self, place: str) -> None:
        self._later.pop(place)()

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
        for timer in self._soon.values():
            timer.stop()
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
                limits.give_back()

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
