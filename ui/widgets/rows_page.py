"""A page of a field, filters, a note and rows of which those are read that one scrolls to: advisories, and finds."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, PagedLines
from ui.widgets import build
from ui.widgets.filters import Filters
from ui.widgets.line_list import LineList
from ui.widgets.search_field import SearchField

TYPING_PAUSE_MS = 120


class RowsPage(QWidget):
    """`asked`: other words or filters. `chosen`: a row has become the current one. `opened`: it is to be read."""

    asked = Signal()
    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.title = build.label(title, "title")
        self.field = SearchField(hint)
        self.filters = Filters()
        self.note = build.label(look="muted")
        self.rows = PagedLines(self)
        self.list = LineList(self.rows, title)
        self.setFocusProxy(self.list)
        self._page = layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        for widget in (self.title, self.field, self.filters, self.note):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        self._pointed = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.asked)
        self.field.textChanged.connect(lambda _: self._typed())
        self.field.returnPressed.connect(self._into_list)
        self.filters.changed.connect(self.asked)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._emit(self.chosen, index))
        self.list.activated.connect(lambda index: self._emit(self.opened, index))
        self.list.clicked.connect(lambda index: self._emit(self.chosen, index))

    def _emit(self, signal: object, index: AnyIndex) -> None:
        line = index.data(LINE_ROLE) if index.isValid() else None
        if isinstance(line, Line):
            signal.emit(line.id)  # type: ignore[attr-defined]  # a bound signal has no type of its own in PySide's stubs

    def _typed(self) -> None:
        self._pointed = ""
        self._typing.start()

    def stop(self) -> None:
        """What was typed last is not looked for any more."""
        self._typing.stop()

    def _into_list(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.asked.emit()
        self.list.setFocus()
        if self.rows.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.rows.index(0))

    def is_selected(self) -> bool:
        """Whether the traveller chose the current row; the first one is current as soon as the list has the focus."""
        return self.list.selectionModel().isSelected(self.list.currentIndex())

    def current(self) -> str:
        """The id of the current row; "" where none is."""
        line = self.list.line()
        return line.id if line else ""

    def point_at(self, name: str) -> None:
        """Choose a row, whatever was filtered for before; it is chosen once the rows are there."""
        self.field.clear()
        self.filters.clear()
        self._typing.stop()
        self._pointed = name
        self.asked.emit()

    def show_names(self, names: Sequence[str], read: Callable[[Sequence[str]], list[Line]], note: str) -> None:
        """Replace the rows; what was current stays so. `read`: the lines of some."""
        held = self._pointed if self._pointed in names else self.current()
        self.rows.show_names(names, read, held)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        row = self.rows.row_of(held) if held else None
        if row is not None:
            self.list.setCurrentIndex(self.rows.index(row))
            self._pointed = "" if held == self._pointed else self._pointed
        else:
            self.list.scrollToTop()
            self._begin_at_first()

    def _begin_at_first(self) -> None:
        """The first row is current where the list has the focus already, as it is when the focus comes later."""
        if self.list.hasFocus() and self.rows.rowCount():
            no_mark = QItemSelectionModel.SelectionFlag.NoUpdate
            self.list.selectionModel().setCurrentIndex(self.rows.index(0), no_mark)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        build.margins(self._page, self.width(), top=20)
        self.filters.fit(self.width())
