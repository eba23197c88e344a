"""The list of a checklist's items: keys, selection, and rows of their own heights."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core.model import Item, State
from core.wording import tr
from ui.keys import LIST, pressed
from ui.models.items import ItemsModel, Role
from ui.widgets.rows import RowPainter
from ui.widgets.tall_list import TallList


class ItemList(TallList):
    """Its keys are those of the table (`ui/keys.py`)."""

    chosen = Signal(object)

    def __init__(self, model: ItemsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = model
        self.setModel(model)
        self.setItemDelegate(RowPainter(self))
        self.setMouseTracking(False)
        self.setAccessibleName(tr("Items of the checklist"))
        self.selectionModel().currentChanged.connect(self._choose)
        model.modelReset.connect(lambda: QTimer.singleShot(0, self, self._first))

    def _choose(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.chosen.emit(current.data(Role.ITEM) if current.isValid() else None)

    def _first(self) -> None:
        if self.current_item() is not None:
            self.select_row(self.currentIndex().row())  # Qt makes a row current on focus, without selecting it
        else:
            rows = [n for n in range(self._items.rowCount()) if self._items.index(n).data(Role.ITEM) is not None]
            if rows:
                self.select_row(rows[0])

    def select_row(self, row: int) -> None:
        """Make a row the current one."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._items.index(row), flags)
        if row and self._items.index(row - 1).data(Role.ITEM) is None:
            self.scrollTo(self._items.index(row - 1))  # the heading that it stands under is seen with it
        self.scrollTo(self._items.index(row))

    def current_item(self) -> Item | None:
        """The item under the cursor, or None."""
        found = self.currentIndex().data(Role.ITEM) if self.currentIndex().isValid() else None
        return found if isinstance(found, Item) else None

    def next_open(self) -> None:
        """Go to the next item that is open, round the end if need be."""
        count = self._items.rowCount()
        here = self.currentIndex().row()
        for step in range(1, count + 1):
            row = (here + step) % count
            item = self._items.index(row).data(Role.ITEM)
            if isinstance(item, Item) and item.state is State.OPEN:
                self.select_row(row)
                return

    def _step(self, by: int) -> None:
        row = self.currentIndex().row() + by
        while 0 <= row < self._items.rowCount():
            if self._items.index(row).data(Role.ITEM) is not None:
                self.select_row(row)
                return
            row += by

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = pressed(event, LIST)
        if act is not None:
            self.do(act)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def do(self, act: str) -> None:
        """Do one of the acts of the table of keys with the current item."""
        item = self.current_item()
        if act in ("down", "up"):
            self._step(1 if act == "down" else -1)
        elif act == "next":
            self.next_open()
        elif item is None:
            return
        elif act == "tick":
            self._items.set_state(item.id, State.OPEN if item.state is State.DONE else State.DONE)
        elif act == "aside":
            aside = item.state is State.NOT_APPLICABLE
            self._items.set_state(item.id, State.OPEN if aside else State.NOT_APPLICABLE)
