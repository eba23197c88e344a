"""The three columns at work: leads from place to place and brings what was found into view.

It asks the desk for values and hands them to pages that know neither the desk nor each other.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import SafeConductError
from core.model import Item, Notice
from core.wording import say, tr
from ui import theme, where
from ui.beside import Beside
from ui.checking import Checking
from ui.desk import Desk
from ui.front import Front, read
from ui.giving import Giving
from ui.keys import bind
from ui.list_work import ListWork
from ui.notifier import Notifier
from ui.offered import Offered
from ui.outside import Outside
from ui.pages.advisories import AdvisoriesPage, summary_line
from ui.pages.reading import CHANGES, ReadingPane
from ui.past import Past
from ui.pasting import Pasting
from ui.rooms import Rooms
from ui.telling import Telling
from ui.tour import Tour
from ui.truth import Truth
from ui.undoing import Undoing
from ui.watcher import Watcher
from ui.widgets.side import Side

if TYPE_CHECKING:  # made when it is first wanted
    from ui.reviewing import Reviewing


class Workbench(QWidget):
    """An open profile, as the traveller sees it."""

    wanted_front = Signal()
    quit_wanted = Signal()

    def __init__(self, desk: Desk, front: Front, watcher: Watcher, notifier: Notifier) -> None:
        super().__init__()
        self._desk, self._watcher, self._telling = desk, watcher, Telling(desk, notifier, self)
        self.side, self.reading = Side(), ReadingPane()
        self.checklist, self.middle, self.columns = front.checklist, front.middle, front.columns
        self.advisories = AdvisoriesPage(tr("Advisories"), tr("Filter by words in the title, or a country"))
        self.search = AdvisoriesPage(tr("Search offline text"), tr("Words to find in every text ever kept"))
        self._pasting, self._offered = Pasting(desk, self), Offered(desk, self)
        self._checking = Checking(desk, watcher, self)
        self._past, self._undoing = Past(desk, self.reading, self), Undoing(desk, self)
        self._beside = Beside(desk, self.reading, self)
        self._work = ListWork(desk, self.checklist, self.side, self._offered, self)
        self._reviewing: Reviewing | None = None
        self.truth = Truth(desk, self._checking, self.side, self)
        self.rooms = Rooms(desk, watcher, self._checking, self.middle, self)
        self.setAcceptDrops(True)
        for page in (self.advisories, self.search, self._pasting.page):
            self.middle.addWidget(page)
        self.columns.fill(self.side, self.reading)
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
        self.side.went.connect(self.go)
        self.side.list_chosen.connect(self._list_chosen)
        self.side.check_wanted.connect(self._watcher.check)
        self.side.cancel_wanted.connect(self._watcher.cancel)
        self.side.look_wanted.connect(lambda: self._wear(theme.other()))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.restyle)
        self.checklist.chosen.connect(self._item_chosen)
        self.checklist.list.clicked.connect(lambda _: self._item_chosen(self.checklist.list.current_item()))
        self.checklist.ticked.connect(self._show_side)
        self.checklist.review_wanted.connect(self._review)
        self.checklist.unhide_wanted.connect(self._unhide)
        self._undoing.turned.connect(self._turned)
        self._undoing.refused.connect(self._say)
        self._work.changed.connect(self.refresh)
        self._pasting.listed.connect(self.open_list)
        self._work.refused.connect(self._say)
        self._work.planned_anew.connect(self._telling.tell)
        self._work.opened.connect(self.open_list)
        self._work.list_wanted.connect(self._list_chosen)
        self._work.advisory_wanted.connect(self._advisory_opened)
        self._work.file_wanted.connect(self._pasting.take_file)
        self._work.advisories_wanted.connect(lambda: self.go("advisories"))
        self._beside.seen.connect(self._show_side)
        self.reading.back_wanted.connect(self._back)
        self.checklist.read_wanted.connect(self.columns.show_reading)
        self.columns.arranged.connect(lambda wide: self.checklist.fold_reading(not wide))
        self.checklist.start_wanted.connect(lambda: self.go("advisories"))
        self.checklist.offer_wanted.connect(self.start_list)
        self.advisories.searched.connect(lambda _: self._show_advisories())
        self.search.searched.connect(lambda _: self._show_hits())
        for page in (self.advisories, self.search):
            page.chosen.connect(self._advisory_chosen)
            page.opened.connect(self._advisory_opened)
        self.reading.start_wanted.connect(self.start_list)
        self.reading.link_wanted.connect(self._open_link)
        self.reading.copy_wanted.connect(lambda url: QGuiApplication.clipboard().setText(url))
        self._offered.came.connect(self._show_side)
        self._offered.started.connect(self.open_list)
        self._offered.refused.connect(self._say)
        self.side.paste_wanted.connect(self._pasting.paste)
        self._pasting.shown.connect(self._show_pasted)
        self._pasting.kept.connect(self._kept)
        self._pasting.left.connect(lambda: self.go("todo"))
        self._checking.ended.connect(self._check_ended)
        self.truth.heard.connect(self.rooms.freshen)
        self._telling.opened.connect(self._notice_opened)
        self._telling.ticked.connect(self.refresh)
        self._telling.told.connect(self._told)
        self.rooms.opened.connect(self.show_told)
        self.rooms.left.connect(self._back)
        self.rooms.moved.connect(self._show_side)
        self.rooms.file_wanted.connect(self._pasting.take_file)
        self.rooms.retold.connect(self._telling.tell)
        self.rooms.theme_wanted.connect(self._wear)
        self.rooms.went.connect(self.go)

    def _shortcuts(self) -> None:
        bind(
            self,
            {place: partial(self.go, place) for place in ("todo", "advisories", "search", *self.rooms.PLACES)}
            | {"check": self._watcher.check, "paste": self._pasting.paste, "quit": self.quit_wanted.emit}
            | {"review": self._review, "back": self._back},
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
        self.side.restyle()
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
        self._offered.close()
        self.outside.close()
        self._telling.close()
        self.rooms.close()
        for page in (self.advisories, self.search):
            page.stop()
        self._pasting.close()
        self._past.close()
        self._giving.close()

    def begin(self) -> None:
        """Show what is kept, tell what was not told, and look at what is due."""
        if theme.wish(theme.Wish(self._desk.setting("theme", theme.Wish.SYSTEM))):
            self.side.restyle()
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
        fields = {"todo": self.checklist, "advisories": self.advisories.list, "search": self.search.field}
        (fields.get(place) or self.middle.currentWidget() or self).setFocus()
        if place == "search":
            self.search.field.selectAll()

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
        self._show_side()
        if self._place in ("todo", "list"):
            self._show_checklist()
        elif self._place == "review":
            self._led().refresh()
        elif self._place in self.rooms.PLACES:
            self.rooms.show(self._place)
        elif self._place == "advisories":
            self.middle.setCurrentWidget(self.advisories)
            self._show_advisories()
        else:
            self.middle.setCurrentWidget(self.search)
            self._show_hits()

    def _show_checklist(self) -> None:
        self.middle.setCurrentWidget(self.checklist)
        kept = read(self._desk, self._list)
        if kept.checklist is None:
            self._place, self._list = "todo", None
        self._work.show(kept)
        self._item_chosen(self.checklist.list.current_item())

    def _show_advisories(self) -> None:
        words = self.advisories.field.text()
        self.advisories.show_lines(*where.advisories_that_fit(words, self._desk.summaries(), self._desk.trips()))

    def _show_hits(self) -> None:
        self.search.show_lines(*where.finds(self.search.field.text().strip(), self._desk.find))

    def _show_side(self) -> None:
        now = datetime.now(UTC)
        every, summaries = self._desk.every_list(), self._desk.summaries()
        lists, archived = [one for one in every if one.archived is None], [one for one in every if one.archived]
        self.side.show_trip(where.trip_card(self._desk.trips(), summaries, now))
        fresh = sum(summary_line(one).fresh for one in summaries)
        self.side.show_counts(sum(one.total - one.done for one in lists), fresh, self._desk.unread())
        waiting = [one for one in self._offered.lists if one.id not in {held.id for held in every}]
        self.side.show_lists([*lists, *waiting], self._list, archived)
        if self._list is None:
            self.side.show_place(self._place)
        self.truth.show()

    def _item_chosen(self, item: Item | None) -> None:
        self._beside.show_item(item, in_list=self._list is not None)

    def _advisory_chosen(self, advisory_id: str) -> None:
        self._beside.show_advisory(advisory_id, self.search.field.text() if self._place == "search" else "")

    def _advisory_opened(self, advisory_id: str) -> None:
        self._advisory_chosen(advisory_id)
        self.columns.show_reading()

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
            made.text_wanted.connect(self._show_changes)
            made.decided.connect(self.refresh)
            made.undo_wanted.connect(self._undoing.undo)
            made.left.connect(self._leave_review)
        return self._reviewing

    def _step_shown(self, item: Item | None) -> None:
        """The text beside a change of the review; without a mark where the change is of no item."""
        self._item_chosen(item or next(iter(self._desk.items(self._list)), None))
        if item is None:
            self.reading.reader.mark(None, None)

    def _leave_review(self) -> None:
        if self._list is not None:
            self.open_list(self._list)

    def _show_changes(self) -> None:
        self.reading.tabs.setCurrentIndex(CHANGES)
        self.columns.show_reading()

    def _turned(self, checklist: str, item: str, sentence: str) -> None:
        """Something was taken back or done again: it is shown where it happened."""
        self._telling.tell()
        if self._place not in ("todo", "review") and self._list != checklist:
            self.open_list(checklist)
        self.refresh()
        if self._place == "review":
            self._led().say(sentence, item)
        else:
            self.checklist.say(sentence, item)

    def _back(self) -> None:
        if self._place == "review" and (self.columns.is_wide() or not self.reading.isVisible()):
            self._leave_review()
            return
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
            self.advisories.point_at(ids[0])
        if len(ids) == 1:
            self.start_list(ids[0])

    def _open_link(self, url: str) -> None:
        from ui.links import ask_to_open

        ask_to_open(self, url)

    def _say(self, sentence: str) -> None:
        (self._led() if self._place == "review" else self.checklist).refuse(sentence)
