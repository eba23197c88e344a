"""Two advisories beside each other, whole, with their issuers' levels, status and dates. Nothing is judged."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from core.model import Text
from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.reader import Reader


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two. `badge`: the level's words and its common value; `common`: that value in words."""

    id: str
    issuer: str
    title: str
    badge: tuple[str, int | None] | None
    common: str
    dates: str
    status: str
    text: Text


class SideBySidePage(QScrollArea):
    """`left`: back to where one came from. `read_wanted`: one of the two alone."""

    left = Signal()
    read_wanted = Signal(str)
    link_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.back = build.button(tr("Back"), self.left.emit, "link")
        self.halves = (_Half(self), _Half(self))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        canvas = build.Canvas()
        self.setWidget(canvas)
        self._page = QVBoxLayout(canvas)
        self._page.setSpacing(theme.px(8))
        self._page.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self._page.addWidget(build.label(tr("Side by side"), "title"))
        self._page.addWidget(build.label(tr("Each in its issuer's words. What differs is yours to weigh."), "muted"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(4))
        for half in self.halves:
            half.read_wanted.connect(self.read_wanted)
            half.reader.link_wanted.connect(self.link_wanted)
        self._page.addLayout(self._grid, 1)
        self._is_narrow = False
        self._place()
        self.setFocusProxy(self.halves[0].reader)

    def show_pair(self, first: Half, second: Half) -> None:
        """Show two advisories."""
        self.back.setIcon(theme.icon("back", theme.tokens().accent))
        for view, half in zip(self.halves, (first, second), strict=True):
            view.show_half(half)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = theme.px(12 if self.width() < theme.px(480) else 28)
        self._page.setContentsMargins(side, theme.px(12), side, theme.px(8))
        narrow = self.width() < theme.px(640)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._place()

    def _place(self) -> None:
        """Beside each other each part stands at the height of its like; in a narrow window one is below the other."""
        for number, half in enumerate(self.halves):
            for row, widget in enumerate(half.parts):
                at = (number * len(half.parts) + row, 0) if self._is_narrow else (row, number)
                side = Qt.AlignmentFlag.AlignLeading if widget is half.read else Qt.AlignmentFlag(0)
                self._grid.addWidget(widget, *at, side)
        self.halves[1].issuer.setContentsMargins(0, theme.px(16) if self._is_narrow else 0, 0, 0)
        first = len(self.halves[0].parts)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if self._is_narrow else 1)
        self._grid.setRowStretch(first - 1, 1)
        self._grid.setRowStretch(2 * first - 1, 1 if self._is_narrow else 0)


class _Half(QObject):
    """One advisory; `parts`: from its issuer to its text, as they stand one below the other."""

    read_wanted = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._id = ""
        self.issuer, self.title = build.label(look="caps"), build.label(look="strong")
        self.badge = build.Badge()
        self.common, self.dates, self.status = build.label(look="muted"), build.label(look="muted"), build.label()
        self.reader = Reader()
        self.reader.setMinimumHeight(theme.px(160))
        self.read = build.button(tr("Read it alone"), lambda: self.read_wanted.emit(self._id), "link")
        self.parts: tuple[QWidget, ...] = (
            *(self.issuer, self.title, self.badge, self.common, self.dates, self.status),
            *(self.read, self.reader),
        )

    def show_half(self, half: Half) -> None:
        self._id = half.id
        self.issuer.setText(half.issuer.upper())
        self.title.setText(half.title)
        self.badge.show_level(*(half.badge or ("", None)))
        self.common.setText(half.common)
        self.dates.setText(half.dates)
        self.status.setText(half.status)
        self.status.setVisible(bool(half.status))
        self.read.setAccessibleName(tr("Read “{title}” alone").format(title=half.title))
        self.reader.setAccessibleName(tr("The text of {issuer}").format(issuer=half.issuer))
        self.reader.show_text(half.text)
