"""Brings texts into view: an item's with its words marked, an advisory's newest or earlier one with what was found."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.errors import SafeConductError
from core.model import Item
from ui import describe
from ui.columns import Columns
from ui.desk import Desk
from ui.keys import bind
from ui.looking import Looking
from ui.pages.reading import ReadingPane


class _Later(NamedTuple):
    """The item whose text is to be shown, and the place and the page where the traveller was then."""

    item: Item
    in_list: bool
    where: tuple[str, QWidget | None]


class Texts(QObject):
    """`read`: an advisory was opened, and is no longer new. `place`: where the traveller is."""

    read = Signal()

    def __init__(
        self, desk: Desk, looking: Looking, reading: ReadingPane, columns: Columns, place: Callable[[], str]
    ) -> None:
        super().__init__(reading)
        self._desk, self._looking, self._reading, self._columns, self._place = desk, looking, reading, columns, place
        self._later: _Later | None = None
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._show_later)
        looking.chosen.connect(self.choose)
        looking.opened.connect(self.open)
        reading.newest_wanted.connect(self.open)
        reader = reading.reader
        acts = {"contacts": reading.toggle_contacts, "compare": reading.compare}
        acts |= {"next-found": reader.go_on, "found-before": partial(reader.go_on, -1)}
        bind(columns, acts | {"filters": lambda: looking.enter_filters(place())})

    def choose(self, advisory_id: str, number: int = 0) -> None:
        """Show a text where texts are shown: a revision by its number, or the newest."""
        self._later = None
        newest = self._desk.revision(advisory_id)
        if newest is None:
            return
        started = any(one.advisory_id == advisory_id for one in self._desk.lists())
        earlier = self._desk.revision_at(advisory_id, number) if 0 < number < newest.number else None
        shown = earlier or newest
        self._reading.show_revision(shown, has_list=started, in_list=False, newest=newest.number)
        searched = self._place() == "search"
        self._reading.reader.mark_all(self._looking.sought_in(shown.text.plain) if searched else ())
        if self._reading.isVisible() and earlier is None and self._looking.is_meant(self._place()):
            self.mark_seen(advisory_id)

    def show_item_later(self, item: Item | None, *, in_list: bool) -> None:
        """The same as `show_item`; of a large profile in a turn of its own, unless something else is shown by then."""
        self._later = None
        if item is not None and self._desk.is_large():
            self._later = _Later(item, in_list, self._where())
            self._turn.start()
        else:
            self.show_item(item, in_list=in_list)

    def stop(self) -> None:
        """Show nothing that was to come; the desk may be closed after this."""
        self._later = None

    def _show_later(self) -> None:
        held, self._later = self._later, None
        if held is not None and held.where == self._where():
            self.show_item(held.item, in_list=held.in_list)

    def _where(self) -> tuple[str, QWidget | None]:
        return self._place(), self._looking.shown()

    def show_item(self, item: Item | None, *, in_list: bool) -> None:
        """Show the text that an item comes from, its words marked. `in_list`: its list alone is beside."""
        self._later = None
        if item is None:
            self._reading.show_nothing()
            return
        if item.advisory_id is None:
            held = next(
                (one for one in self._desk.lists() if one.id == item.checklist and one.origin is not None), None
            )
            bundled = item.checklist.startswith("safeconduct:")
            self._reading.show_own(describe.came(held) if held else describe.no_issuer(bundled=bundled))
            return
        revision = self._desk.revision(item.advisory_id)
        if revision is None:
            self._reading.show_nothing()
            return
        self._reading.show_revision(revision, has_list=True, in_list=in_list)
        listed = any(action.id == item.action_id for action in revision.actions)
        self._reading.reader.mark(item.start if listed else None, item.end if listed else None)

    def open(self, advisory_id: str, number: int = 0) -> None:
        """Show a text, in the place of the list where there is no room for both."""
        self.choose(advisory_id, number)
        self._columns.show_reading()
        newest = self._desk.revision(advisory_id)
        if newest is not None and number in (0, newest.number):
            self.mark_seen(advisory_id)

    def mark_seen(self, advisory_id: str) -> None:
        """It has been opened."""
        try:
            self._desk.see(advisory_id)
        except SafeConductError:
            return  # it stays new, which is no loss
        self._looking.was_read(advisory_id)
        self.read.emit()
