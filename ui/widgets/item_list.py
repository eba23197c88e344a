"""The list of a checklist's items: keys, selection, and rows of their own heights."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from core.model import Item, State
from core.wording import tr
from ui.keys import LIST, pressed
from ui.models.items import DRAGGED, ItemsModel, Role
from ui.widgets.rows import RowPainter
from ui.widgets.tall_list import TallList

if TYPE_CHECKING:  # nothing is edited before the first paint
    from ui.widgets.ground import Ground
    from ui.widgets.row_editor import RowEditor

_Move = QAbstractItemView.CursorAction
_MOVES = {
    "first": _Move.MoveHome,
    "last": _Move.MoveEnd,
    "page-down": _Move.MovePageDown,
    "page-up": _Move.MovePageUp,
}


class ItemList(TallList):
    """Its keys are those of the table (`ui/keys.py`). `wanted`: an act that is not its own, and the item.

    `dropped`: an item by its id, and before which row.
    """

    chosen = Signal(object)
    wanted = Signal(str, object)
    reference_wanted = Signal(object)
    dropped = Signal(str, int)

    def __init__(self, model: ItemsModel, parent: QWidget | None = None) -> None:
        self._ground: Ground | None = None
        self._open: tuple[str, RowEditor] | None = None  # asked for while Qt makes the view
        super().__init__(parent)
        self._items = model
        self.setModel(model)
        self._painter = RowPainter(self, self)
        self.setItemDelegate(self._painter)
        self._painter.menu_wanted.connect(lambda index: self._ask_menu(self._items.index(index.row())))
        self._painter.reference_wanted.connect(lambda index: self.reference_wanted.emit(index.data(Role.ITEM)))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)  # the dots of a row show under the mouse
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
        elif act in _MOVES:
            found = self.moveCursor(_MOVES[act], Qt.KeyboardModifier.NoModifier)
            if found.isValid():
                self.select_row(found.row())
        elif act == "next":
            self.next_open()
        elif item is None:
            return
        elif act == "tick":
            self._items.set_state(item.id, State.OPEN if item.state is State.DONE else State.DONE)
        elif act == "aside":
            aside = item.state is State.NOT_APPLICABLE
            self._items.set_state(item.id, State.OPEN if aside else State.NOT_APPLICABLE)
        else:
            self.wanted.emit(act, item)

    def menu_place(self) -> QPoint:
        """Where the menu of the current row opens, on the screen: at its end."""
        row = self.visualRect(self.currentIndex())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.viewport().mapToGlobal(row.bottomLeft() if mirrored else row.bottomRight())

    def _ask_menu(self, index: QModelIndex) -> None:
        self.select_row(index.row())
        self.do("menu")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse; the keyboard's menu key has its place in the table."""
        index = self.indexAt(event.pos())
        if event.reason() is not QContextMenuEvent.Reason.Keyboard and index.data(Role.ITEM) is not None:
            self._ask_menu(index)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """An item of this list; what else is dragged is the window's affair."""
        super().dragEnterEvent(event)
        event.setAccepted(event.mimeData().hasFormat(DRAGGED))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        event.setAccepted(event.mimeData().hasFormat(DRAGGED))

    def dropEvent(self, event: QDropEvent) -> None:
        """`dropped` says which item, and before which row; Qt moves nothing itself."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        row = self._items.rowCount()
        if index.isValid():
            row = index.row() + (at.y() > self.visualRect(index).center().y())
        name = bytes(event.mimeData().data(DRAGGED).data()).decode()
        self.setState(QAbstractItemView.State.NoState)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.dropped.emit(name, row)

    def open_below(self, item_id: str, editor: "RowEditor") -> None:
        """Keep an editor open under an item's row, wherever that row goes."""
        self._open = (item_id, editor)
        from ui.widgets.ground import Ground

        self._ground = ground = Ground(self)
        editor.setParent(ground)
        editor.resized.connect(self._lay_out_anew)
        editor.moved.connect(self._follow_focus)
        self._lay_out_anew()
        editor.show()
        row = self._items.row_of(item_id)
        if row is not None:
            self.scrollTo(self._items.index(row))
        editor.setFocus()

    def close_below(self) -> None:
        """Take the editor away."""
        if self._open is not None:
            editor = self._open[1]
            self._open = None
            had_focus = editor.isAncestorOf(self.window().focusWidget() or self)
            editor.hide()
            if self._ground is not None:
                self._ground.hide()
                self._ground.deleteLater()  # and the editor with it
                self._ground = None
            self._lay_out_anew()
            if had_focus:
                self.setFocus()

    def room_below(self, item_id: str, width: int) -> int:
        """How high what is open under an item's row is, at the width of its words."""
        return self._open[1].height_for(width) if self._open is not None and self._open[0] == item_id else 0

    def _lay_out_anew(self) -> None:
        self.measure_anew()
        self._place()

    def _follow_focus(self) -> None:
        """Where an editor is higher than the list, the field that is written in is seen."""
        field = self.window().focusWidget()
        if self._open is None or field is None or not self._open[1].isAncestorOf(field):
            return
        top = self.viewport().mapFromGlobal(field.mapToGlobal(QPoint(0, 0))).y()
        over, under = min(0, top), max(0, top + field.height() - self.viewport().height())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + (over or under))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place()

    def _place(self) -> None:
        if self._open is None or self._ground is None:
            return
        name, editor = self._open
        row = self._items.row_of(name)
        editor.setVisible(row is not None)
        if row is not None:
            editor.setGeometry(self._painter.place_below(self.visualRect(self._items.index(row)), name))
        self._ground.fit()
