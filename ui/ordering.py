"""The order by hand: an item goes up or down within its group, by keys or by being dragged. It can be taken back."""

from PySide6.QtCore import QObject, Signal

from core.errors import SafeConductError
from core.model import Item
from core.wording import say
from ui.desk import Desk
from ui.pages.checklist import ChecklistPage


class Ordering(QObject):
    """`changed`: an item has another place. `refused`: a sentence of why it has not."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, page: ChecklistPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        page.list.dropped.connect(self._drop)

    def up(self, item: Item) -> None:
        """One place up in its group."""
        self._step(item, -1)

    def down(self, item: Item) -> None:
        """One place down in its group."""
        self._step(item, 1)

    def _step(self, item: Item, by: int) -> None:
        group = self._page.model.group_of(item.id)
        here = group.index(item.id)
        if not 0 <= here + by < len(group):
            return
        if by < 0:
            self._put(item.id, group[here - 1], after=False)
        else:
            self._put(item.id, group[here + 1], after=True)

    def _drop(self, item_id: str, row: int) -> None:
        """An item was dropped before a row; in another group than its own it stays where it was."""
        group, model = self._page.model.group_of(item_id), self._page.model
        below = next((name for name in group if model.row_of(name) == row), None)
        above = next((name for name in group if model.row_of(name) == row - 1), None)
        if below is not None and item_id not in (below, above):
            self._put(item_id, below, after=False)
        elif above is not None and above != item_id:
            self._put(item_id, above, after=True)

    def _put(self, item_id: str, neighbour: str, *, after: bool) -> None:
        checklist = self._page.page.checklist
        try:
            self._desk.shelf.move(checklist or None, item_id, neighbour, after=after)
        except SafeConductError as error:
            self.refused.emit(say(error.message))
            return
        self.changed.emit()
        row = self._page.model.row_of(item_id)
        if row is not None:
            self._page.list.select_row(row)
