"""The tab of what others say of the same place: one row an advisory, in its issuer's own words. Nothing is judged."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.wording import tr
from ui import theme
from ui.models.lines import Line, LinesModel
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.line_list import LineList
from ui.widgets.snug import SnugRows


class OthersTab(QWidget):
    """`read_wanted`: one of them in the reader. `pair_wanted`: the one that is read and this one, side by side."""

    read_wanted = Signal(str)
    pair_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = build.label(look="muted")
        self._rows = LinesModel(self)
        self.list = LineList(self._rows, tr("What others say of the same place"))
        self.setFocusProxy(self.list)
        self.read = build.button(tr("Read it"), self._read)
        self.pair = build.button(tr("Side by side with this text"), self.compare)
        acts = Flow(theme.px(8))
        for act in (self.read, self.pair):
            acts.addWidget(act)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.about)
        layout.addWidget(self.list, 1)
        layout.addLayout(acts)
        layout.addStretch()
        SnugRows(self.list)
        self.list.activated.connect(lambda _: self._read())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._enable())

    def show_others(self, lines: Sequence[Line], about: str) -> None:
        """Replace the rows; the first is the current one."""
        self._rows.show_lines(lines)
        self.about.setText(about)
        for widget in (self.list, self.read, self.pair):
            widget.setVisible(bool(lines))
        self._column.setAlignment(self.about, Qt.AlignmentFlag(0) if lines else Qt.AlignmentFlag.AlignTop)
        if lines:
            self.list.setCurrentIndex(self._rows.index(0))
        self._enable()

    def restyle(self) -> None:
        """The theme has changed."""
        self.list.viewport().update()

    def _enable(self) -> None:
        for act in (self.read, self.pair):
            act.setEnabled(self.list.line() is not None)

    def _read(self) -> None:
        if line := self.list.line():
            self.read_wanted.emit(line.id)

    def compare(self) -> None:
        """Show the current one beside the text that is read."""
        if line := self.list.line():
            self.pair_wanted.emit(line.id)
