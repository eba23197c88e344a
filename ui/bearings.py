"""Fills the left column: the current trip, what is open, new and unread, and the checklists; and switches trips."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import SafeConductError
from core.wording import say
from ui import where
from ui.desk import Desk
from ui.keys import bind
from ui.offered import Offered
from ui.widgets.side import Side


class Bearings(QObject):
    """`switched`: another trip is the current one. `refused`: it could not be done, in a sentence."""

    switched = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, side: Side, offered: Offered, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._side, self._offered = desk, side, offered
        side.switch_wanted.connect(self.switch)
        bind(parent, {"switch": self.switch})

    def show(self, place: str, checklist: str | None) -> None:
        """Show how it is now. `checklist`: the list that is open, else `place` is marked."""
        now, journeys = datetime.now(UTC), self._desk.journeys
        every, (_, fresh) = self._desk.every_list(), self._desk.library.counts()
        lists, archived = [one for one in every if one.archived is None], [one for one in every if one.archived]
        self._side.show_trip(where.trip_card(journeys.open(now), journeys.current(now), self._desk.library.worst))
        self._side.show_counts(sum(one.total - one.done for one in lists), fresh, self._desk.unread())
        waiting = [one for one in self._offered.lists if one.id not in {held.id for held in every}]
        self._side.show_lists([*lists, *waiting], checklist, archived)
        if checklist is None:
            self._side.show_place(place)

    def switch(self) -> None:
        """The trip after the current one becomes the current one."""
        now, journeys = datetime.now(UTC), self._desk.journeys
        found, current = journeys.open(now), journeys.current(now)
        if current is None or len(found) < 2:
            return
        try:
            journeys.choose(found[(found.index(current) + 1) % len(found)].id)
        except SafeConductError as error:
            self.refused.emit(say(error.message))
            return
        self.switched.emit()
