"""What is done with the list that is shown but ticking: writing, ordering, sifting, attaching, naming.

Each kind of work has its own file; here their acts meet the keys, and their outcomes leave as a few signals.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.model import Item
from ui.desk import MANY, Desk
from ui.editing import Editing
from ui.filing import Filing
from ui.filtering import Filtering, Sifted, sifted
from ui.front import read
from ui.listing import Listing
from ui.offered import Offered
from ui.ordering import Ordering
from ui.pages.checklist import ChecklistPage, Page
from ui.people import People
from ui.reads import Reads
from ui.referring import Referring
from ui.widgets.side import Side

# With none it would be called before what was pressed meanwhile.
BELOW_AFTER_MS = 1


class ListWork(QObject):
    """`opened`: a list to show; `list_wanted`: one that may have to be started first; `advisory_wanted`: a text beside.

    `filled`: the page shows what was wanted.
    `changed`: everything is to be shown anew; `planned_anew`: there may be other things to remind of;
    `refused`: a sentence; `file_wanted`: a file is to be taken in as a list;
    `advisories_wanted`: an advisory is to be chosen.
    """

    opened = Signal(str)
    list_wanted = Signal(str)
    advisory_wanted = Signal(str)
    changed = Signal()
    filled = Signal()
    planned_anew = Signal()
    refused = Signal(str)
    file_wanted = Signal()
    advisories_wanted = Signal()

    def __init__(
        self, desk: Desk, reads: Reads, page: ChecklistPage, side: Side, offered: Offered, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._reads, self._page = desk, reads, page
        self.referring = Referring(desk, page, offered)
        self.filing = Filing(desk, page)
        self.people = People(desk, page)
        self.editing = Editing(desk, page, self.referring.has, self.filing.has, self.people)
        self.listing = Listing(desk, page, side, offered, window)
        self.ordering = Ordering(desk, page)
        self.filtering = Filtering(desk, reads, page, window)
        page.list.wanted.connect(self._do)
        for part in (self.editing, self.listing, self.ordering, self.filtering, self.filing):
            part.changed.connect(self.changed)
        for part in (self.editing, self.listing):
            part.changed.connect(self.planned_anew)
        self.ordering.refused.connect(self.refused)
        self.listing.refused.connect(self.refused)
        self.filing.said.connect(lambda sentence: page.say(sentence, ""))
        self.listing.opened.connect(self.opened)
        self.listing.file_wanted.connect(self.file_wanted)
        self.listing.advisories_wanted.connect(self.advisories_wanted)
        self.referring.list_wanted.connect(self.list_wanted)
        self.referring.advisory_wanted.connect(self.advisory_wanted)
        offered.came.connect(self.referring.show)

    def is_list(self, name: str | None) -> bool:
        """Whether there is a list of this id, archived or not."""
        return any(one.id == name for one in self._desk.every_list())

    def fill(self, name: str | None) -> None:
        """Fill the page with a list; None: with what is wanted of everything that is to do, which may come later."""
        if name is None:
            self._reads.ask("middle", self._todo, lambda found: self._show(self.filtering.page_of(*found)))
            return
        self.filtering.hide()
        self._show(read(self._desk, name).page())

    def _todo(self, desk: Desk) -> tuple[Page, Sifted]:
        """Everything that is to do, sifted: on a thread too, where it is much."""
        kept = read(desk, None)
        return kept.page(), sifted(desk, kept.items, self.filtering.wanted)

    def _show(self, page: Page) -> None:
        self._page.show_page(page)
        if len(page.items) > MANY:  # what stands below the rows comes in a turn of its own
            QTimer.singleShot(BELOW_AFTER_MS, self, self._show_below)
        else:
            self._show_below()
        self.filled.emit()

    def _show_below(self) -> None:
        self.referring.show()
        self.filing.show()
        self.people.show()

    def close(self) -> None:
        """Save what stands open, remove what was laid open."""
        self.editing.close()
        self.filing.close()

    def _do(self, act: str, item: Item) -> None:
        acts: dict[str, Callable[[Item], object]] = {
            "remove": self.listing.remove,
            "refer": self.referring.open,
            "up-by-hand": self.ordering.up,
            "down-by-hand": self.ordering.down,
            "attach": self.filing.attach,
            "files": self.filing.ask,
        }
        if act not in acts:
            self.editing.do(act, item)
        elif act != "remove" or self.editing.may_remove(item):
            acts[act](item)
