"""Leads the inbox: what was told, in the window's words; pressing an entry opens what it is about."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from core.errors import SafeConductError
from core.store.inbox import Entry, Fate
from core.wording import say, tr
from ui.desk import Desk
from ui.models.lines import Line
from ui.moments import day_and_time
from ui.pages.inbox import InboxPage


class Told(QObject):
    """`opened`: the advisories of the entry that was pressed; none for an item of a list of her own.

    `moved`: what is unread is another number.
    """

    opened = Signal(tuple)
    moved = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entries: dict[str, Entry] = {}
        self.page = InboxPage()
        self.page.opened.connect(self._open)
        self.page.all_read.connect(lambda: self._read(list(self._entries.values())))

    def refresh(self) -> None:
        """Show what is in it now."""
        self._entries = {str(one.waiting.number): one for one in self._desk.inbox()}
        now = datetime.now(UTC)
        self.page.show_entries([entry_line(one, now) for one in self._entries.values()])

    def close(self) -> None:
        """It has started nothing."""

    def _open(self, name: str) -> None:
        entry = self._entries.get(name)
        if entry is not None:
            self._read([entry])
            self.opened.emit((entry.waiting.advisory_id,) if entry.waiting.advisory_id else ())

    def _read(self, entries: list[Entry]) -> None:
        try:
            self._desk.read_told([one.waiting.number for one in entries])
        except SafeConductError as error:
            self.page.say(say(error.message))
            return
        self.refresh()
        self.moved.emit()


def entry_line(entry: Entry, now: datetime) -> Line:
    """An entry as a row: what, what became of it, when."""
    fate = {
        Fate.SHOWN: tr("shown on the desktop"),
        Fate.WAITS: tr("not shown yet"),
        Fate.KEPT: tr("kept here only"),
    }[entry.fate]
    if entry.again is not None:
        fate = tr("again {moment}").format(moment=day_and_time(entry.again, now))
    about = [say(entry.waiting.line).rstrip("."), day_and_time(entry.at, now), fate]
    return Line(str(entry.waiting.number), say(entry.waiting.title), " · ".join(about), None, not entry.is_read)
