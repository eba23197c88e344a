"""The lists themselves: a new one, its name, a copy, the archive; and the items of a list of the traveller's own.

Everything here can be taken back, so nothing asks whether it is meant.
"""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from core.errors import SafeConductError
from core.model import Item
from core.wording import say, tr
from ui.desk import Desk
from ui.keys import WINDOW, bind
from ui.offered import Offered
from ui.pages.checklist import ChecklistPage, Page
from ui.widgets.acts_menu import Act, acts_menu
from ui.widgets.one_line import OneLine
from ui.widgets.side import Side

T = TypeVar("T")
LONGEST_TITLE, LONGEST_ITEM = 300, 2000


class Listing(QObject):
    """`opened`: a list to show. `changed`: the one shown has changed. `refused`: a sentence of why not.

    `file_wanted`: a file is to be taken in; `advisories_wanted`: an advisory is to be chosen for a list.
    `print_wanted`, `export_wanted`, `seal_wanted`: the list that is shown, or all.
    """

    opened = Signal(str)
    changed = Signal()
    refused = Signal(str)
    file_wanted = Signal()
    advisories_wanted = Signal()
    print_wanted = Signal()
    export_wanted = Signal()
    seal_wanted = Signal()

    def __init__(self, desk: Desk, page: ChecklistPage, side: Side, offered: Offered, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._page, self._side, self._offered, self._window = desk, page, side, offered, parent
        self.menu: QMenu | None = None
        self.name = OneLine(tr("Name of the list"), "", LONGEST_TITLE)
        self.adding = OneLine(tr("Add an item"), tr("Add an item"), LONGEST_ITEM)
        for field in (self.name, self.adding):
            field.hide()
        page.put_name(self.name)
        page.put_adding(self.adding)
        self.name.entered.connect(self._renamed)
        self.name.left.connect(self._stop_naming)
        self.adding.entered.connect(self._added)
        self.adding.left.connect(page.list.setFocus)
        side.new_list_wanted.connect(self.ask_new)
        side.archived_wanted.connect(self.toggle_archived)
        page.acts_wanted.connect(self._ask_acts)
        page.shown.connect(self._arrange)
        bind(
            parent,
            {"new-list": self.empty, "add": self._go_to_add, "rename": self.rename, "copy": self.copy}
            | {"archive": self.archive, "archived": self.toggle_archived},
        )

    def ask_new(self) -> None:
        """What a new list may begin with."""
        started = {one.id for one in self._desk.every_list()}
        bundled: list[Act | None] = [
            ("", one.title, partial(self._offered.start, one.id))
            for one in self._offered.lists
            if one.id not in started
        ]
        acts: list[Act | None] = [
            ("new-list", tr("An empty list"), self.empty),
            ("", tr("From an advisory"), self.advisories_wanted.emit),
            ("take", tr("From a file"), self.file_wanted.emit),
            *([None] if bundled else []),
            *bundled,
        ]
        self._show(tr("New list"), acts, self._side.new_list.mapToGlobal(self._side.new_list.rect().bottomLeft()))

    def empty(self) -> None:
        """An empty list, which wants its name first."""
        name = self._do(lambda: self._desk.shelf.new_list(tr("New list")))
        if name is not None:
            self.opened.emit(name)
            self.rename()

    def _ask_acts(self) -> None:
        page = self._page.page
        acts: list[Act | None] = [("add", tr("Add an item"), self._go_to_add)] if page.is_own else []
        if page.checklist:
            acts += [
                ("rename", tr("Rename"), self.rename),
                ("copy", tr("Copy as a list of your own"), self.copy),
                ("archive", tr("Show among the lists again") if page.is_archived else tr("Archive"), self.archive),
                None,
            ]
        acts += [
            ("print", tr("Print or save as PDF…"), self.print_wanted.emit),
            ("seal", tr("Encrypted copy…"), self.seal_wanted.emit),
            ("export", tr("Write to a file…"), self.export_wanted.emit),
        ]
        button = self._page.acts
        self._show(button.accessibleName(), acts, button.mapToGlobal(button.rect().bottomLeft()))

    def _show(self, name: str, acts: list[Act | None], at: QPoint) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = acts_menu(self._window, name, WINDOW, acts)
        self.menu.popup(at)

    def rename(self) -> None:
        """Edit the name of the list that is shown, in its place."""
        if self._is_seen():
            self.name.setText(self._page.page.title)
            self.name.selectAll()
            self._page.title.hide()
            self.name.show()
            self.name.setFocus()

    def _renamed(self, words: str) -> None:
        page = self._page.page
        self._stop_naming()
        if words != page.title:  # else the name that its source gave a list would be hers from now on
            self._do(lambda: self._desk.shelf.rename(page.checklist, words))
            self.changed.emit()

    def _stop_naming(self) -> None:
        self.name.hide()
        self._page.title.show()
        page = self._page.page
        (self.adding if page.is_own and not page.items else self._page.list).setFocus()

    def copy(self) -> None:
        """A copy of the list that is shown, as one of the traveller's own."""
        if self._is_seen():
            page = self._page.page
            title = tr("Copy of {title}").format(title=page.title)
            name = self._do(lambda: self._desk.shelf.duplicate(page.checklist, title))
            if name is not None:
                self.opened.emit(name)

    def archive(self) -> None:
        """Put the list that is shown away, or show it among the others again."""
        if self._is_seen():
            page = self._page.page
            self._do(lambda: self._desk.shelf.archive(page.checklist, put_away=not page.is_archived))
            self.changed.emit()

    def toggle_archived(self) -> None:
        """Show the archived lists below the others, or no more."""
        self._side.shows_archived = not self._side.shows_archived
        self.changed.emit()

    def _go_to_add(self) -> None:
        if self._is_seen() and self._page.page.is_own:
            self.adding.setFocus()

    def _added(self, words: str) -> None:
        name = self._page.page.checklist
        if self._do(lambda: self._desk.shelf.add_item(name, words)) is not None:
            self.adding.clear()
            self.changed.emit()
            self._page.list.scrollToBottom()
            self.adding.setFocus()

    def remove(self, item: Item) -> None:
        """Remove an item of a list of one's own; the one below it is the next."""
        rows, model = self._page.list, self._page.model
        here = rows.currentIndex().row()
        if self._do(lambda: self._desk.shelf.remove_item(item.id)) is not None:
            self.changed.emit()
            left = [row for one in model.items() if (row := model.row_of(one.id)) is not None]
            if left:
                rows.select_row(min(left, key=lambda row: (row < here, abs(row - here))))
            self._page.say(tr("Removed. Ctrl+Z brings it back."), "")

    def _is_seen(self) -> bool:
        return self._page.isVisible() and bool(self._page.page.checklist)

    def _arrange(self, page: Page) -> None:
        self.adding.setVisible(page.is_own and not page.is_archived)
        if self.name.isVisibleTo(self._page) and self.name.hasFocus() is False:
            self.name.hide()
            self._page.title.show()

    def _do(self, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except SafeConductError as error:
            self.refused.emit(say(error.message))
            return None
