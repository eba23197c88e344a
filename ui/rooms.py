"""The rooms beside the lists: map, inbox, sources, settings, keys, about. Each is made when it is first entered."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.checking import Checking
from ui.columns import ALONE, UNTIL_READ
from ui.desk import Desk
from ui.watcher import Watcher

if TYPE_CHECKING:
    from ui.sourcing import Sourcing


class Room(Protocol):
    """A page and who fills it."""

    @property
    def page(self) -> QWidget:
        """What is shown."""

    def refresh(self) -> None:
        """Show how it is now."""

    def close(self) -> None:
        """End what was started; the desk may be closed after this."""


class Rooms(QObject):
    """`opened`: these advisories are to be shown. `left`: back to where the work is. `moved`: the side says less than
    is true. `went`: another room is wanted. `place_wanted`: what is kept of this country is.
    """

    PLACES = ("map", "inbox", "sources", "settings", "keys", "about", "trip")
    READS_BESIDE = ("trip",)
    opened = Signal(tuple)
    left = Signal()
    moved = Signal()
    file_wanted = Signal()
    read_wanted = Signal(str)
    list_wanted = Signal(str)
    retold = Signal()
    theme_wanted = Signal(str)
    went = Signal(str)
    place_wanted = Signal(str)
    tour_wanted = Signal()

    def __init__(
        self, desk: Desk, watcher: Watcher, checking: Checking, middle: QStackedWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._watcher, self._checking, self._middle = desk, watcher, checking, middle
        self.made: dict[str, Room] = {}
        self._sourcing: Sourcing | None = None

    def show(self, place: str) -> None:
        """Enter a room, or show anew what is in it."""
        if place not in self.made:
            makers: dict[str, Callable[[], Room]] = {
                "map": self._map,
                "inbox": self._inbox,
                "sources": self._sources,
                "settings": self._settings,
                "keys": self._keys,
                "trip": self._trip,
                "about": self._about,
            }
            room = self.made[place] = makers[place]()
            room.page.setProperty(UNTIL_READ if place in self.READS_BESIDE else ALONE, True)
            self._middle.addWidget(room.page)
        self.made[place].refresh()
        self._middle.setCurrentWidget(self.made[place].page)

    def freshen(self) -> None:
        """The minutes go by: say of the sources how it is now, where that is seen."""
        if self._sourcing is not None and self._sourcing.page.isVisible():
            self._sourcing.freshen()
        if (room := self.made.get("map")) is not None and room.page.isVisible():
            room.refresh()

    def restyle(self) -> None:
        """The theme has changed: what carries colours is made anew when it is next entered."""
        for room in self.made.values():
            room.refresh()

    def close(self) -> None:
        """End what the rooms have started."""
        for room in self.made.values():
            room.close()

    def _map(self) -> Room:
        from ui.atlas import Atlas

        room = Atlas(self._desk, self)
        room.place_wanted.connect(self.place_wanted)
        room.place_wanted.connect(lambda _: self.went.emit("advisories"))
        return room

    def _inbox(self) -> Room:
        from ui.told import Told

        room = Told(self._desk, self)
        room.opened.connect(self.opened)
        room.moved.connect(self.moved)
        return room

    def _trip(self) -> Room:
        from ui.trips import Trips

        room = Trips(self._desk, self)
        room.read_wanted.connect(self.read_wanted)
        room.list_wanted.connect(self.list_wanted)
        room.moved.connect(self.moved)
        return room

    def say_of_trip(self, sentence: str) -> None:
        """Show the trips, and say what was taken back or done again."""
        from ui.trips import Trips

        self.show("trip")
        room = self.made["trip"]
        if isinstance(room, Trips):
            room.page.say(sentence)

    def show_current_trip(self) -> None:
        """Another trip is the current one: it is shown when the trips are."""
        from ui.trips import Trips

        room = self.made.get("trip")
        if isinstance(room, Trips):
            room.show_current()

    def _sources(self) -> Room:
        from ui.sourcing import Sourcing

        room = self._sourcing = Sourcing(self._desk, self._watcher, self._checking, self)
        room.moved.connect(self.moved)
        room.file_wanted.connect(self.file_wanted)
        return room

    def _settings(self) -> Room:
        from ui.settings import Settings

        room = Settings(self._desk, self)
        room.retold.connect(self.retold)
        room.theme_wanted.connect(self.theme_wanted)
        return room

    def _about(self) -> Room:
        from ui.about import About

        room = About(self._desk, self)
        room.left.connect(self.left)
        room.keys_wanted.connect(lambda: self.went.emit("keys"))
        room.tour_wanted.connect(self.tour_wanted)
        return room

    def _keys(self) -> Room:
        from ui.pages.all_keys import KeysPage

        page = KeysPage()
        page.left.connect(self.left)
        page.about_wanted.connect(lambda: self.went.emit("about"))
        page.tour_wanted.connect(self.tour_wanted)
        return _Still(page)


class _Still:
    """A page that never changes."""

    def __init__(self, page: QWidget) -> None:
        self.page = page

    def refresh(self) -> None:
        """There is nothing to fetch."""

    def close(self) -> None:
        """There is nothing to end."""
