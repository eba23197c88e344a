"""The three columns at work: leads from place to place and brings what was found into view.

It asks the desk for values and hands them to pages that know neither the desk nor each other.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import SafeConductError
from core.model import Item, Notice
from core.wording import say
from ui import theme
from ui.bearings import Bearings
from ui.checking import Checking
from ui.desk import Desk
from ui.front import Front
from ui.giving import Giving
from ui.keys import bind
from ui.links import ask_to_open
from ui.list_work import ListWork
from ui.looking import Looking
from ui.notifier import Notifier
from ui.offered import Offered
from ui.others import Others
from ui.outside import Outside
from ui.pages.reading import CHANGES, OTHERS
from ui.past import Past
from ui.pasting import Pasting
from ui.reads import Reads
from ui.rooms import Rooms
from ui.telling import Telling
from ui.texts import Texts
from ui.tour import Tour
from ui.truth import Truth
from ui.undoing import Undoing
from ui.watcher import Watcher

if TYPE_CHECKING:  # made when it is first wanted
    from ui.reviewing import Reviewing


class Workbench(QWidget):
    """An open profile, as the traveller sees it."""

    wanted_front = Signal()
    quit_wanted = Signal()

    def __init__(self, desk: Desk, front: Front, watcher: Watcher, notifier: Notifier) -> None:
        super().__init__()
        self._desk, self._watcher, self._reads = desk, watcher, Reads(desk, self)
        self._telling = Telling(desk, self._reads, notifier, self)
        self.side, self.reading = front.around()
        self.checklist, self.middle, self.columns = front.checklist, front.middle, front.columns
        self.looking = Looking(desk, self.middle, self)
        self._pasting, self._offered = Pasting(desk, self), Offered(desk, self)
        self._bearings = Bearings(desk, self.side, self._offered, self)
        self._checking = Checking(desk, watcher, self)
        self._past, self._undoing = Past(desk, self.reading, self), Undoing(desk, self)
        self._texts = Texts(desk, self.looking, self.reading, self.columns, lambda: self._place)
        self._others, self._came_from = Others(desk, self.reading, self), "todo"
        self._work = ListWork(desk, self._reads, self.checklist, self.side, self._offered, self)
        self._reviewing: Reviewing | None = None
        self.truth = Truth(self._reads, self._checking, self.side, self)
        self.rooms = Rooms(desk, watcher, self._checking, self.middle, self)
        self.setAcceptDrops(True)
        self.middle.addWidget(self._pasting.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.columns)
        self.columns.show()  # what changes its parent is hidden
        self._place, self._list = "todo", front.first
        self._giving = Giving(desk, self.checklist, lambda: self._list, self._pasting.take_file, self)
        self.tour = Tour(self)
        self._connect()
        self._shortcuts()
        self.outside = Outside(desk, watcher.is_checking, self)
        self.outside.changed.connect(self.refresh)
        watcher.failed.connect(lambda _: self.outside.look())

    def _connect(self) -> None:
        for wanted in (self.rooms.read_wanted, self._work.advisory_wanted, self._others.read_wanted):
            wanted.connect(self._texts.open)
        for opened in (self.rooms.list_wanted, self._work.opened, self._pasting.listed):
            opened.connect(self.open_list)
        for part in (self._bearings, self._undoing, self._work, self._offered):
            part.refused.connect(self._say)
        self._work.changed.connect(self.refresh)
        self._telling.ticked.connect(self.refresh)
        self.side.went.connect(self.go)
        self.side.list_chosen.connect(self._list_chosen)
        self.side.check_wanted.connect(self._checking.ask)
        self.side.cancel_wanted.connect(self._watcher.cancel)
        self._bearings.switched.connect(self.rooms.show_current_trip)
        self._bearings.switched.connect(self.refresh)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.restyle)
        self.checklist.chosen.connect(self._item_chosen)
        self.checklist.list.clicked.connect(lambda _: self._item_chosen(self.checklist.list.current_item()))
        self.checklist.ticked.connect(lambda: self._reads.soon("side", self._show_side))
        self.checklist.review_wanted.connect(self._review)
        self.checklist.unhide_wanted.connect(self._unhide)
        self._undoing.turned.connect(self._turned)
        self._work.filled.connect(lambda: self._item_chosen(self.checklist.list.current_item()))
        self._work.planned_anew.connect(self._telling.tell)
        self._work.list_wanted.connect(self._list_chosen)
        self._work.file_wanted.connect(self._giving.take_in)
        self._work.listing.print_wanted.connect(self._giving.print)
        self._work.listing.export_wanted.connect(self._giving.export)
        self._work.listing.seal_wanted.connect(self._giving.seal)
        self._work.advisories_wanted.connect(lambda: self.go("advisories"))
        self.reading.back_wanted.connect(self._back)
        self.checklist.read_wanted.connect(self.columns.show_reading)
        self.columns.arranged.connect(lambda wide: self.checklist.fold_reading(not wide))
        self.checklist.start_wanted.connect(lambda: self.go("advisories"))
        self._texts.read.connect(lambda: self._reads.soon("side", self._show_side))
        self._others.made.connect(self.middle.addWidget)
        self._others.shown.connect(self._show_beside)
        self._others.link_wanted.connect(partial(ask_to_open, self))
        self._others.left.connect(self._leave_beside)
        self.checklist.offer_wanted.connect(self.start_list)
        self.reading.start_wanted.connect(self.start_list)
        self.reading.link_wanted.connect(partial(ask_to_open, self))
        self.reading.copy_wanted.connect(lambda url: QGuiApplication.clipboard().setText(url))
        self._offered.came.connect(self._show_side)
        self._offered.started.connect(self.open_list)
        self.side.paste_wanted.connect(self._pasting.paste)
        self._pasting.shown.connect(self._show_pasted)
        self._pasting.kept.connect(self._kept)
        self._pasting.left.connect(lambda: self.go("todo"))
        self._checking.ended.connect(self._check_ended)
        self.truth.heard.connect(self.rooms.freshen)
        self._telling.opened.connect(self._notice_opened)
        self._telling.told.connect(self._told)
        self.rooms.opened.connect(self.show_told)
        self.rooms.left.connect(self._back)
        self.rooms.moved.connect(self._show_side)
        self.rooms.file_wanted.connect(self._giving.take_in)
        self.rooms.retold.connect(self._telling.tell)
        self.rooms.theme_wanted.connect(self._wear)
        self.rooms.went.connect(self.go)
        self.rooms.place_wanted.connect(self.looking.show_place)

    def _shortcuts(self) -> None:
        bind(
            self,
            {place: partial(self.go, place) for place in ("todo", "advisories", "search", *self.rooms.PLACES)}
            | {"check": self._checking.ask, "paste": self._pasting.paste, "quit": self.quit_wanted.emit}
            | {"review": self._review, "back": self._back}
            | {"others": lambda: self._show_tab(OTHERS)},
        )

    def _wear(self, wanted: str) -> None:
        theme.wish(theme.Wish(wanted))
        self.restyle()
        try:
            self._desk.set_setting("theme", wanted)
        except SafeConductError as error:
            self._say(say(error.message))

    def restyle(self) -> None:
        """Everything in the colours of now."""
        self.reading.restyle()
        self.rooms.restyle()
        if self._reviewing is not None:
            self._reviewing.restyle()
        self.refresh()

    def _show_pasted(self) -> None:
        self.columns.show_middle()
        self.reading.show_nothing()
        self.middle.setCurrentWidget(self._pasting.page)

    def _kept(self, ids: Sequence[str]) -> None:
        self.refresh()
        if len(ids) == 1 and self._desk.start(ids[0]) is not None:
            self.start_list(ids[0])
        else:
            self.go("advisories" if ids else "todo")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Texts and files are welcome anywhere on the window."""
        if event.mimeData().hasText() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what is in a dropped text."""
        self._pasting.take(event.mimeData())
        event.acceptProposedAction()

    def close_all(self) -> None:
        """End what this has started; the desk may be closed after this."""
        self._work.close()
        self.truth.close()
        self._reads.close()
        self._offered.close()
        self.outside.close()
        self._telling.close()
        self.rooms.close()
        self.looking.stop()
        self._texts.stop()
        self._pasting.close()
        self._past.close()
        self._giving.close()

    def begin(self) -> None:
        """Show what is kept, tell what was not told, and look at what is due."""
        if theme.wish(theme.Wish(self._desk.setting("theme", theme.Wish.SYSTEM))):
            self.reading.restyle()
        if self._list is not None:
            self.open_list(self._list)
        else:
            self.go("todo")
        self._telling.tell()
        self._checking.plan()
        self._offered.read()

    def _list_chosen(self, name: str) -> None:
        """Open a list; a bundled one is started by being opened."""
        if not self._offered.start(name):
            self.open_list(name)

    def go(self, place: str) -> None:
        """To do, advisories, search, or a room beside them."""
        self._place, self._list = place, None
        self.columns.show_middle()
        self.refresh()
        if place not in ("todo", "advisories"):
            self.reading.show_nothing()
        field = self.checklist if place == "todo" else self.looking.enter(place)
        (field or self.middle.currentWidget() or self).setFocus()

    def open_list(self, checklist: str) -> None:
        """Show one checklist."""
        self._place, self._list = "list", checklist
        self.columns.show_middle()
        self.refresh()
        self.checklist.list.setFocus()

    def start_list(self, advisory_id: str) -> None:
        """Show the checklist of an advisory, started if need be."""
        try:
            checklist = self._desk.start(advisory_id)
        except SafeConductError as error:
            self._say(say(error.message))
            return
        if checklist is not None:
            self.open_list(checklist)

    def refresh(self) -> None:
        """Show everything as it is kept now."""
        self._reads.forget("middle")
        self._show_side()
        if self._place in ("todo", "list"):
            self._show_checklist()
        elif self._place == "review":
            self._led().refresh()
        elif self._place == "beside":
            self._others.refresh()
        elif self._place in self.rooms.PLACES:
            self.rooms.show(self._place)
        elif self._place == "advisories":
            self.middle.setCurrentWidget(self.looking.advisories)
            self.looking.show_advisories()
        else:
            self.middle.setCurrentWidget(self.looking.search)
            self.looking.show_search()

    def _show_checklist(self) -> None:
        self.middle.setCurrentWidget(self.checklist)
        if not self._work.is_list(self._list):
            self._place, self._list = "todo", None
        self._work.fill(self._list)

    def _show_side(self) -> None:
        self._bearings.show(self._place, self._list)
        self.truth.show()

    def _item_chosen(self, item: Item | None) -> None:
        self._texts.show_item_later(item, in_list=self._list is not None)

    def _review(self) -> None:
        """Go through what changed in the list that is shown."""
        if self._place == "list" and self._list is not None and self._desk.news(self._list):
            self._place = "review"
            self._led().begin(self._list)

    def _unhide(self) -> None:
        try:
            self._desk.unhide(self._list or "")
        except SafeConductError as error:
            self._say(say(error.message))
            return
        self.refresh()

    def _led(self) -> "Reviewing":
        from ui.reviewing import Reviewing

        if self._reviewing is None:
            self._reviewing = made = Reviewing(self._desk, self)
            made.made.connect(self.middle.addWidget)
            made.shown.connect(self.middle.setCurrentWidget)
            made.item_shown.connect(self._step_shown)
            made.text_wanted.connect(lambda: self._show_tab(CHANGES))
            made.decided.connect(self.refresh)
            made.undo_wanted.connect(self._undoing.undo)
            made.left.connect(self._leave_review)
        return self._reviewing

    def _step_shown(self, item: Item | None) -> None:
        """The text beside a change of the review; without a mark where the change is of no item."""
        self._texts.show_item(item or next(iter(self._desk.items(self._list)), None), in_list=self._list is not None)
        if item is None:
            self.reading.reader.mark(None, None)

    def _leave_review(self) -> None:
        if self._list is not None:
            self.open_list(self._list)

    def _show_tab(self, tab: int) -> None:
        if self.reading.shown() is not None:
            self.reading.tabs.setCurrentIndex(tab)
            self.columns.show_reading()

    def _show_beside(self, page: QWidget) -> None:
        """Two texts take the room of list and text."""
        if self._place != "beside":
            self._came_from, self._place = self._place, "beside"
        self.middle.setCurrentWidget(page)
        self.columns.show_middle()
        page.setFocus()

    def _leave_beside(self) -> None:
        if self._came_from == "list" and self._list is not None:
            self.open_list(self._list)
        else:
            self.go(self._came_from)

    def _turned(self, checklist: str, item: str, sentence: str) -> None:
        """Something was taken back or done again: it is shown where it happened."""
        self._telling.tell()
        if not checklist:
            self.go("trip")
            self.rooms.say_of_trip(sentence)
            return
        if self._place not in ("todo", "review") and self._list != checklist:
            self.open_list(checklist)
        self.refresh()
        if self._place == "review":
            self._led().say(sentence, item)
        else:
            self.checklist.say(sentence, item)

    def _back(self) -> None:
        is_text = self.reading.isVisible() and not self.columns.is_wide()
        if self._place == "review" and not is_text:
            self._leave_review()
        elif self._place == "beside":
            self._leave_beside()
        elif not is_text and (before := self.looking.back_from(self._place)):
            self.go(before)
        else:
            if self._place in self.rooms.PLACES:
                self.go("todo")
            self.columns.show_middle()
            if page := self.middle.currentWidget():
                page.setFocus()

    def _check_ended(self) -> None:
        self.refresh()
        self._telling.tell()

    def _notice_opened(self, notice: Notice) -> None:
        self.wanted_front.emit()
        self.show_told(notice.advisory_ids)

    def _told(self) -> None:
        self._show_side()
        if self._place in self.rooms.PLACES:
            self.rooms.show(self._place)

    def show_told(self, ids: Sequence[str]) -> None:
        """Show what these advisories ask for: the checklist of a single one, the first of several."""
        self.go("advisories" if ids else "todo")
        if ids:
            self.looking.advisories.point_at(ids[0])
        if len(ids) == 1:
            self._texts.mark_seen(ids[0])
            self.start_list(ids[0])

    def _say(self, sentence: str) -> None:
        (self._led() if self._place == "review" else self.checklist).refuse(sentence)
