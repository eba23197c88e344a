"""What is painted first: the middle column with the list that a traveller most likely wants.

Ticking works from then on; the rest of the window is loaded behind it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QStackedWidget

from core.model import Checklist, Item, Revision
from core.review import News
from ui import describe
from ui.columns import ALONE, Columns
from ui.desk import Desk
from ui.pages.checklist import ChecklistPage, Page

if TYPE_CHECKING:
    from core.store.overview import Summary
    from ui.pages.reading import ReadingPane
    from ui.widgets.side import Side

# Items over all lists that are painted first; the others come with the rest of the window.
FIRST = 200


class Kept(NamedTuple):
    """A list as it is kept, or everything that is to do where `checklist` is None."""

    lists: Sequence[Checklist]
    checklist: Checklist | None
    items: Sequence[Item]
    revision: Revision | None = None
    news: News = News()
    hidden: int = 0
    has_advisories: bool = True
    suggested: "Summary | None" = None

    def page(self) -> Page:
        """In the window's words."""
        if self.checklist is None:
            return describe.todo_page(self.items, self.has_advisories, self.lists, self.suggested)
        return describe.list_page(self.checklist, self.items, self.revision, self.news, datetime.now(UTC), self.hidden)


class Front:
    """The three columns with only the middle filled; what stands around it is made when it is wanted."""

    def __init__(self, desk: Desk, first: Kept) -> None:
        self.first = first.checklist.id if first.checklist else None
        self.checklist = ChecklistPage(desk.set_state)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.checklist)
        self.columns = Columns(self.middle)
        self.checklist.shown.connect(partial(_arrange, self.columns, self.checklist))
        self.checklist.show_page(first.page())
        self._around: tuple[Side, ReadingPane] | None = None

    def around(self) -> "tuple[Side, ReadingPane]":
        """The side and the reading, in their columns: made once, with nothing in them."""
        if self._around is None:
            from ui.pages.reading import ReadingPane
            from ui.widgets.side import Side

            self._around = side, reading = Side(), ReadingPane()
            self.columns.fill(side, reading)
        return self._around


def _arrange(columns: Columns, checklist: ChecklistPage, page: Page) -> None:
    """Give the width away where no item has a text to be read beside it."""
    checklist.setProperty(ALONE, all(item.advisory_id is None for item in page.items))
    columns.arrange()


def read_first(desk: Desk) -> Kept:
    """The list to begin with: the only one, or everything that is to do."""
    lists = desk.first_lists()
    return _read(desk, lists, lists[0] if len(lists) == 1 else None, at_most=FIRST)


def read(desk: Desk, name: str | None) -> Kept:
    """A list as it is kept now; everything that is to do where there is no such list."""
    every = desk.every_list()
    found = next((one for one in every if one.id == name), None)
    return _read(desk, [one for one in every if one.archived is None], found)


def _read(desk: Desk, lists: Sequence[Checklist], checklist: Checklist | None, *, at_most: int = -1) -> Kept:
    if checklist is None:
        suggested = None if lists else desk.suggested()
        found = desk.items(None, at_most=at_most)
        return Kept(lists, None, found, has_advisories=desk.has_advisories(), suggested=suggested)
    revision = desk.revision(checklist.advisory_id) if checklist.advisory_id else None
    return Kept(
        lists, checklist, desk.items(checklist.id), revision, desk.news(checklist.id), desk.hidden(checklist.id)
    )
