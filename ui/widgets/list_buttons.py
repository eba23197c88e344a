"""The checklists in the left column, one below the other: a button each, with how far it is.

Only what has changed is made anew. Of many the first are shown, and the others when they are asked for, a few at a
time: nothing waits for them, and a button weighs forty kilobytes.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.model import Checklist
from core.wording import tr, trn
from ui import theme
from ui.widgets import build
from ui.widgets.one_of import OneOf

FIRST, MORE = 16, 4
SHOWN = 24  # a column that nobody has to search


class ListButton(OneOf):
    """A checklist's name, on as many lines as it needs, with how far it is."""

    def __init__(self, checklist: Checklist, *, quiet: bool) -> None:
        super().__init__()
        self.checklist, self.quiet = checklist, quiet
        self.setProperty("look", "list")
        self._rows = layout = QVBoxLayout(self)
        # A list that waits is one line, and a quiet one beside those that were started: they matter more.
        waits = checklist.started is None
        over = theme.px(4 if waits else 8)
        layout.setContentsMargins(theme.px(10), over, theme.px(10), over)
        layout.setSpacing(theme.px(2))
        progress = f"{checklist.done}/{checklist.total}"
        if waits:
            progress = trn("{count} action, not started", "{count} actions, not started", checklist.total)
        if checklist.archived:
            progress += " · " + tr("archived")
        elif checklist.unseen:
            progress += " · " + tr("{count} to look at").format(count=checklist.unseen)
        layout.addWidget(build.label(checklist.title, "muted" if waits and quiet else ""))
        if waits:
            self.setToolTip(progress)
        else:
            layout.addWidget(build.label(progress, "muted"))
        self.setAccessibleName(f"{checklist.title}, {progress}")
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        return self._rows.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its longest word and as high as its lines: a button's own is its whole title on one line."""
        return QSize(self._rows.minimumSize().width(), self._rows.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._rows.totalHeightForWidth(width)


class ListButtons(QWidget):
    """`held`: the buttons by the ids of their lists; `chosen`: the id of the one that was pressed."""

    chosen = Signal(str)

    def __init__(self, group: QButtonGroup) -> None:
        super().__init__()
        self.held: dict[str, ListButton] = {}
        self._group = group
        self._lists: tuple[Checklist, ...] = ()
        self._current: str | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._others = build.button("", self._show_all, "link")
        self._others.hide()
        self._column.addWidget(self._others)
        self._column.addStretch(1)
        self._wants_all = False
        self._every: tuple[Checklist, ...] = ()
        self._rest = QTimer(self)
        self._rest.setInterval(0)
        self._rest.timeout.connect(lambda: self._make(MORE))

    def show_lists(self, lists: Sequence[Checklist], current: str | None) -> None:
        """Show these, in this order; `current`: the one that is open, which is shown whatever its place."""
        self._every, self._current = tuple(lists), current
        shown = len(lists) if self._wants_all or len(lists) <= SHOWN + MORE else SHOWN
        self._lists = (*lists[:shown], *(one for one in lists[shown:] if one.id == current))
        left = len(lists) - len(self._lists)
        self._others.setText(trn("{count} more list", "{count} more lists", left))
        self._others.setVisible(left > 0)
        focused = next((name for name, button in self.held.items() if button.hasFocus()), None)
        quiet = any(one.started is not None for one in lists)
        wanted = {one.id: one for one in self._lists}
        for name, button in list(self.held.items()):
            if wanted.get(name) != button.checklist or button.quiet != quiet:
                self._remove(name)
        self._make(FIRST)
        if focused is not None and focused in self.held:
            self.held[focused].setFocus()
        if current in self.held:
            self.held[current].mark()

    def _show_all(self) -> None:
        self._wants_all = True
        following = min(SHOWN, len(self._lists))
        self.show_lists(self._every, self._current)
        first = self.held[self._lists[following].id]
        first.show()
        first.setFocus()

    def _remove(self, name: str) -> None:
        button = self.held.pop(name)
        self._group.removeButton(button)
        self._column.removeWidget(button)
        button.hide()
        button.deleteLater()

    def _make(self, at_most: int) -> None:
        """Bring the first places in order that are not; the others come later."""
        quiet = any(one.started is not None for one in self._lists)
        left = at_most
        for number, checklist in enumerate(self._lists):
            held = self.held.get(checklist.id)
            item = self._column.itemAt(number)
            if held is not None and item is not None and item.widget() is held:
                continue
            if not left:
                self._rest.start()
                return
            left -= 1
            if held is None:
                held = self._made(checklist, quiet=quiet)
            else:
                self._column.removeWidget(held)
            self._column.insertWidget(number, held)
        self._rest.stop()

    def _made(self, checklist: Checklist, *, quiet: bool) -> ListButton:
        made = self.held[checklist.id] = ListButton(checklist, quiet=quiet)
        made.chosen.connect(lambda name=checklist.id: self.chosen.emit(name))
        self._group.addButton(made)
        if checklist.id == self._current:
            made.mark()
        return made
