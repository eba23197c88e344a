"""What was not told yet goes to the desktop; what is pressed on a notice leads to what it is about."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import SafeConductError
from core.model import Notice, State
from ui.alarm import Alarm
from ui.desk import Desk
from ui.notifier import Notifier
from ui.reads import Reads

if TYPE_CHECKING:
    from core.telling import Chosen

# What could not be told, or not yet, is tried again: soon, then ever later.
AGAIN_AFTER = timedelta(minutes=1)
AGAIN_AT_LATEST = timedelta(hours=1)


class Telling(QObject):
    """`opened`: the notice that the traveller has opened. `ticked`: an item was done from its notice.

    `told`: the inbox has changed.
    """

    opened = Signal(object)
    ticked = Signal()
    told = Signal()

    def __init__(self, desk: Desk, reads: Reads, notifier: Notifier, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reads, self._notifier = desk, reads, notifier
        self._under_way: list[Notice] = []
        self._wanted_meanwhile = self._closed = self._is_choosing = False
        self._next: datetime | None = None
        self._pause, self._was_refused = AGAIN_AFTER, False
        # Held while something is being told: a scheduler's check would tell the same.
        self._turn = ExitStack()
        self._alarm = Alarm(self)
        self._alarm.rang.connect(self.tell)
        notifier.pressed.connect(self._pressed)
        notifier.told.connect(self._told)

    def tell(self) -> None:
        """Tell what waits, and look again when there is next something to tell."""
        if self._under_way or self._is_choosing:  # what is being told must not be told twice
            self._wanted_meanwhile = True
            return
        from core import lock

        try:
            self._turn.enter_context(lock.held(self._desk.profile.tell_lock, 0.0))
        except SafeConductError:
            self._alarm.set(datetime.now(UTC) + AGAIN_AFTER)
            return
        self._is_choosing = True
        self._reads.ask("notices", _chosen, self._tell)

    def _tell(self, chosen: "Chosen | None") -> None:
        self._is_choosing = False
        if chosen is None:
            self._turn.close()
            self._alarm.set(datetime.now(UTC) + AGAIN_AFTER)
            return
        self._next = chosen.next_moment
        self._alarm.set(self._next)
        self._under_way = list(chosen.notices)
        if chosen.notices:
            self._notifier.tell(chosen.notices)
        else:
            self._turn.close()
        self.told.emit()

    def close(self) -> None:
        """Tell nothing any more; the desk may be closed after this."""
        self._closed = True
        self._alarm.close()
        self._turn.close()

    def _told(self, notice: Notice, taken: bool) -> None:
        if self._closed:  # the notifier ends a little later
            return
        self._under_way = [one for one in self._under_way if one is not notice]
        self._was_refused = self._was_refused or not taken
        try:
            self._desk.shown(notice, taken=taken)
        except SafeConductError:
            self._alarm.set(datetime.now(UTC) + AGAIN_AFTER)  # told again rather than lost
        if not self._under_way:
            self._turn.close()
            self._try_again()
            again, self._wanted_meanwhile = self._wanted_meanwhile, False
            self.told.emit()
            if again:
                self.tell()

    def _try_again(self) -> None:
        """A service that has died is back soon, mostly; where there is none, it is asked ever more seldom."""
        if not self._was_refused:
            self._pause = AGAIN_AFTER
            return
        again = datetime.now(UTC) + self._pause
        self._alarm.set(again if self._next is None else min(again, self._next))
        self._pause, self._was_refused = min(self._pause * 2, AGAIN_AT_LATEST), False

    def _pressed(self, notice: Notice, act: str) -> None:
        if self._closed:
            return
        try:
            if act == "later":
                self._desk.tell_later(notice)
                self.tell()
                return
            self._desk.read_told(notice.numbers)
            if act == "done" and notice.item is not None:
                self._desk.set_state(notice.item, State.DONE)
                self.ticked.emit()
        except SafeConductError:
            act = "open"  # it could not be saved from outside: the window shows the item, and what is wrong
        self.told.emit()
        if act == "open":
            self.opened.emit(notice)


def _chosen(desk: Desk) -> "Chosen | None":
    """What is told now; None: the store could not take it up, and is asked again."""
    try:
        return desk.to_tell()
    except SafeConductError:
        return None
