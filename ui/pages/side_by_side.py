"""Two advisories beside each other, whole, with their issuers' levels, status and dates. Nothing is judged."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

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
        self.halves = (_HalfView(), _HalfView())
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        canvas = build.Canvas()
        self.setWidget(canvas)
        self._page = QVBoxLayout(canvas)
        self._page.setSpacing(theme.px(8))
        self._page.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self._page.addWidget(build.label(tr("Side by side"), "title"))
        self._page.addWidget(build.label(tr("Each in its issuer's words. What differs is yours to weigh."), "muted"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.px(16))
        for half in self.halves:
            self._row.addWidget(half, 1)
            half.read_wanted.connect(self.read_wanted)
            half.reader.link_wanted.connect(self.link_wanted)
        self._page.addLayout(self._row, 1)
        self.setFocusProxy(self.halves[0].reader)

    def show_pair(self, first: Half, second: Half) -> None:
        """Show two advisories."""
        self.back.setIcon(theme.icon("back", theme.tokens().accent))
        for view, half in zip(self.halves, (first, second), strict=True):
            view.show_half(half)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(640)
        side = theme.px(12 if self.width() < theme.px(480) else 28)
        self._page.setContentsMargins(side, theme.px(12), side, theme.px(8))
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else beside)


class _HalfView(QWidget):
    """One advisory."""

    read_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._id = ""
        self.issuer, self.title = build.label(look="caps"), build.label(look="strong")
        self.badge = build.Badge()
        self.common, self.dates, self.status = build.label(look="muted"), build.label(look="muted"), build.label()
        self.reader = Reader()
        self.reader.setMinimumHeight(theme.px(160))
        self.read = build.button(tr("Read it alone"), lambda: self.read_wanted.emit(self._id), "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        for widget in (self.issuer, self.title, self.badge, self.common, self.dates, self.status):
            layout.addWidget(widget)
        layout.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.reader, 1)

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
