"""The map: every country with the worst level that is kept of it, and beside it the same as a list."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core import places
from core.wording import tr
from core.worldmap import World
from ui import theme
from ui.aloud import announce
from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, LinesModel
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.line_list import LineList
from ui.widgets.map_legend import Legend
from ui.widgets.search_field import SearchField
from ui.widgets.world_map import Mark, WorldMap

BESIDE = 760
LIST_WIDTH = 280
HIGH = 0.55


class Country(NamedTuple):
    """A country as the page shows it. `sentence`: all that is known of it, in one line; `is_named`: by a text."""

    row: Line
    mark: Mark
    sentence: str
    is_named: bool


class WorldPage(QWidget):
    """`opened`: what is kept of this country is to be shown."""

    opened = Signal(str)

    def __init__(self, world: World, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._countries: dict[str, Country] = {}
        self.map = WorldMap(world)
        self.note, self.line = build.label(look="muted"), build.label()
        self.open = build.button(tr("Show its texts"), lambda: self._open(self.map.marked()), "primary")
        self.field = SearchField(tr("Find a country"))
        self.rows = LinesModel(self)
        self.list = LineList(self.rows, tr("Countries"))
        self.list.setMinimumHeight(theme.px(200))
        self.setFocusProxy(self.list)
        self._lay_out()
        self.field.textChanged.connect(lambda _: self._show_rows())
        self.field.returnPressed.connect(self._into_list)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._row_chosen(index))
        self.list.activated.connect(lambda index: self._open(_code(index)))
        self.map.pointed.connect(lambda code: self._say(code or self.map.marked()))
        self.map.marked_anew.connect(self._marked_by_keys)
        self.map.opened.connect(self._open)

    def _lay_out(self) -> None:
        canvas = QWidget()
        self._outer = layout = QVBoxLayout(canvas)
        layout.setSpacing(theme.px(12))
        layout.addWidget(build.label(tr("Map"), "title"))
        layout.addWidget(self.note)
        self._body = body = QHBoxLayout()
        body.setSpacing(theme.px(16))
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(self.map, 100)
        sizes = Flow(theme.px(8))
        for words, spoken, act in (
            ("+", tr("Larger"), self.map.nearer),
            ("−", tr("Smaller"), self.map.farther),
            (tr("Whole world"), tr("Whole world"), self.map.whole),
        ):
            made = build.button(words, act)
            made.setAccessibleName(spoken)
            made.setToolTip(spoken)
            sizes.addWidget(made)
        sizes.addWidget(self.open)
        self._said = QWidget()  # with room for most sentences: the buttons must not jump while one points
        said = QVBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.addWidget(self.line)
        said.addStretch(1)
        self._said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        left.addWidget(self._said)
        left.addLayout(sizes)
        left.addWidget(Legend())
        left.addStretch(1)
        self._beside = QWidget()
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.px(8))
        right.addWidget(self.field)
        right.addWidget(self.list, 1)
        body.addLayout(left, 1)
        body.addWidget(self._beside)
        layout.addLayout(body, 1)
        self.area.setWidget(canvas)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stands beside the map, or under it where the page is narrow."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme.px(BESIDE)
        side = theme.px(12 if is_narrow else 28)
        self._outer.setContentsMargins(side, theme.px(12 if is_narrow else 20), side, theme.px(12))
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        if is_narrow:
            self._beside.setMinimumWidth(0)
            self._beside.setMaximumWidth(16_777_215)
        else:
            self._beside.setFixedWidth(theme.px(LIST_WIDTH))
        beside = 0 if is_narrow else theme.px(LIST_WIDTH + 16)
        self.map.setMaximumHeight(round((self.width() - 2 * side - beside) * HIGH))
        self._said.setMinimumHeight((3 if is_narrow else 2) * self.line.fontMetrics().lineSpacing())

    def show_countries(self, found: Sequence[Country], note: str) -> None:
        """Show these countries, in this order; what was marked stays so."""
        self._countries = {one.row.id: one for one in found}
        self.map.show_marks({code: one.mark for code, one in self._countries.items()})
        self._show_rows()
        self._say(self.map.marked())
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def mark(self, code: str) -> None:
        """Mark a country on the map and in the list."""
        self.map.mark(code)
        row = self.rows.row_of(code)
        if row is None:
            self.list.clearSelection()
        else:
            self.list.setCurrentIndex(self.rows.index(row))
        self._say(code)

    def _show_rows(self) -> None:
        sought = places.plain(self.field.text())
        lines = [one.row for one in self._countries.values() if sought in places.plain(one.row.title)]
        if lines != self.rows.lines():
            self.rows.show_lines(lines)
            self.mark(self.map.marked())

    def _into_list(self) -> None:
        self.list.setFocus()
        if self.rows.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.rows.index(0))

    def _row_chosen(self, index: AnyIndex) -> None:
        if code := _code(index):
            self.map.mark(code)
            self._say(code)

    def _marked_by_keys(self, code: str) -> None:
        if code not in (one.id for one in self.rows.lines()):
            self.field.clear()
        self.mark(code)
        announce(self.map, self.line.text())

    def _open(self, code: str) -> None:
        """Show what is kept of a country; of one that no text names, only its line."""
        self.mark(code)
        if code and self._countries[code].is_named:
            self.opened.emit(code)

    def _say(self, code: str) -> None:
        """Name a country in the line; "" names none."""
        held = self._countries.get(code)
        words = held.sentence if held else tr("Point at a country, or choose one in the list.")
        self.line.setText(words)
        self.map.setAccessibleName(f"{tr('Map of the world')}. {words}")
        marked = self._countries.get(self.map.marked())
        self.open.setEnabled(marked is not None and marked.is_named)


def _code(index: AnyIndex) -> str:
    line = index.data(LINE_ROLE)
    return line.id if isinstance(line, Line) else ""
