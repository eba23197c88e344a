"""Choices that narrow a list, in a row that wraps; where the window is narrow they fold into a button."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.flow import Flow


class Option(NamedTuple):
    """One choice of a filter: how it is called, and what it stands for."""

    words: str
    value: str


class Filters(QWidget):
    """`changed`: something else is asked for. The first option of a filter is that it does not narrow."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: dict[str, QComboBox] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self._orders: set[str] = set()
        self._is_narrow, self._is_open = False, False
        self.fold = build.button("", self.toggle, "link")
        self._row = QWidget()
        self._flow = Flow(theme.px(8))
        self._row.setLayout(self._flow)
        self.all = build.button(tr("Clear filters"), self.clear, "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._row)
        layout.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeading)
        self._arrange()

    def add_choice(self, name: str, spoken: str, options: Sequence[Option], *, is_order: bool = False) -> None:
        """A filter of several options. `is_order`: it sorts, and narrows nothing."""
        box = _Choice()
        box.setAccessibleName(spoken)
        box.setToolTip(spoken)
        self.choices[name] = box
        if is_order:
            self._orders.add(name)
        self.show_options(name, options)
        box.currentIndexChanged.connect(lambda _: self._changed())
        self._flow.addWidget(box)

    def add_box(self, name: str, words: str) -> None:
        """A filter that is on or off."""
        self.boxes[name] = box = QCheckBox()
        box.toggled.connect(lambda _: self._changed())
        choice = build.Choice(words, box)
        for said in choice.findChildren(QLabel):
            said.setWordWrap(False)
        self._flow.addWidget(choice)

    def show_options(self, name: str, options: Sequence[Option]) -> None:
        """Replace a filter's options; what was chosen stays where it is still there."""
        box = self.choices[name]
        held = [Option(box.itemText(n), str(box.itemData(n))) for n in range(box.count())]
        if held == list(options):
            return
        chosen = self.value(name)
        box.blockSignals(True)
        box.clear()
        for option in options:
            box.addItem(option.words, option.value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)

    def value(self, name: str) -> str:
        """What is chosen of a filter; "" where it does not narrow."""
        return str(self.choices[name].currentData() or "")

    def choose(self, name: str, value: str) -> None:
        """Choose an option by what it stands for."""
        self.choices[name].setCurrentIndex(max(0, self.choices[name].findData(value)))

    def is_on(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.boxes[name].isChecked()

    def narrowing(self) -> int:
        """How many filters narrow the list."""
        chosen = [name for name in self.choices if name not in self._orders and self.value(name)]
        return len(chosen) + sum(box.isChecked() for box in self.boxes.values())

    def clear(self) -> None:
        """Narrow nothing any more."""
        for widget in (*self.choices.values(), *self.boxes.values()):
            widget.blockSignals(True)
        for name, choice in self.choices.items():
            if name not in self._orders:
                choice.setCurrentIndex(0)
        for box in self.boxes.values():
            box.setChecked(False)
        for widget in (*self.choices.values(), *self.boxes.values()):
            widget.blockSignals(False)
        self._changed()

    def enter(self) -> None:
        """Bring the keyboard to the first filter."""
        if self._is_narrow and not self._is_open:
            self.toggle()
        next(iter(self.choices.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle(self) -> None:
        """Unfold or fold the filters of a narrow window."""
        self._is_open = not self._is_open
        self._arrange()

    def fit(self, width: int) -> None:
        """There is so much room for the page."""
        self._is_narrow = width < theme.px(480)
        self._arrange()

    def _changed(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        count = self.narrowing()
        words = tr("Filters ({count})").format(count=count) if count else tr("Filters")
        self.fold.setText(words)
        self.fold.setAccessibleName(words + ", " + (tr("unfolded") if self._is_open else tr("folded")))
        self.fold.setVisible(self._is_narrow)
        self._row.setVisible(not self._is_narrow or self._is_open)
        self.all.setVisible(bool(count) and not self._row.isHidden())


class _Choice(QComboBox):
    """A drop-down list that is not changed by scrolling past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(theme.px(190))
        self.setMaxVisibleItems(14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
