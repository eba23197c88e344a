"""The inbox: everything that was told, the newest first; what was not looked at yet in bold."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.wording import tr
from ui import theme
from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, LinesModel
from ui.widgets import build
from ui.widgets.line_list import LineList


class InboxPage(QWidget):
    """`opened`: the id of the entry that was pressed."""

    opened = Signal(str)
    all_read = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.note = build.label(look="muted")
        self._newest = ""
        self._rows = LinesModel(self)
        self.list = LineList(self._rows, tr("Inbox"))
        self.read = build.button(tr("Mark everything as read"), self.all_read.emit, "link")
        self.setFocusProxy(self.list)
        self._outer = layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        layout.addWidget(build.label(tr("Inbox"), "title"))
        layout.addWidget(self.note)
        layout.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.list, 1)
        self.list.activated.connect(self._pressed)
        self.list.clicked.connect(self._pressed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has smaller margins."""
        super().resizeEvent(event)
        build.margins(self._outer, self.width(), top=20)

    def _pressed(self, index: AnyIndex) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, Line):
            self.opened.emit(line.id)

    def show_entries(self, lines: Sequence[Line]) -> None:
        """Replace the rows; what was current stays so; whoever comes back to news sees that."""
        held = self.list.line()
        newest, self._newest = self._newest, lines[0].id if lines else ""
        is_news = self._newest != newest and not self.isVisible()
        self._rows.show_lines(lines)
        row = self._rows.row_of(held.id) if held and not is_news else None
        if is_news:
            self.list.scrollToTop()
        if row is not None:
            self.list.setCurrentIndex(self._rows.index(row))
        self.read.setVisible(any(line.fresh for line in lines))
        if lines:
            self.note.setText(tr("Everything you were told, also what the desktop did not show."))
        else:
            self.note.setText(tr("Nothing was told yet. What changes or falls due is kept here."))

    def say(self, sentence: str) -> None:
        """Say what could not be done."""
        self.note.setText(sentence)
