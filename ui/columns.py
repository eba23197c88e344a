"""Three columns that become two, then one, as the window narrows: which is seen, never what is in them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.wording import tr
from ui import theme
from ui.widgets import build

if TYPE_CHECKING:  # they come after the first paint
    from ui.pages.reading import ReadingPane
    from ui.widgets.side import Side

WIDE = 1000
MEDIUM = 700
SIDE_WIDTH = 248

ALONE = "alone"
"""The property of a page in the middle that has nothing to be read beside it."""
UNTIL_READ = "until-read"
"""The property of one that has the whole width as long as no text is shown beside it."""


class Columns(QWidget):
    """Side, middle, reading. Under 1000 px reading takes the middle's place; under 700 the side folds into a button.

    The middle is there first; the places of the other two are kept free until `fill` brings them.
    """

    arranged = Signal(bool)

    def __init__(self, middle: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._middle = middle
        self._side: QWidget = _free("side")
        self._reading: QWidget = _free("reading")
        self._pane: ReadingPane | None = None
        self._reads, self._side_open = False, False
        self.menu = build.button(tr("Menu"), self.toggle_side, "link")
        self.bar = QWidget()
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), 0)
        bar.addWidget(self.menu)
        bar.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        self._row = row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(middle, 10)
        row.addWidget(self._reading, 7)
        outer.addLayout(row, 1)
        middle.setObjectName("middle")
        middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle.currentChanged.connect(lambda _: self.arrange())

    def fill(self, side: "Side", reading: "ReadingPane") -> None:
        """Put the side and the reading where their places were kept free."""
        for free, come in ((self._side, side), (self._reading, reading)):
            self._row.replaceWidget(free, come)
            free.hide()
            free.deleteLater()
        self._side, self._reading, self._pane = side, reading, reading
        reading.back_wanted.connect(self.show_middle)
        reading.turned.connect(self.arrange)
        self.arrange()

    def show_reading(self) -> None:
        """Bring the text into view where there is no room for both."""
        self._reads = True
        self.arrange()
        if self._pane is not None:
            self._pane.setFocus()

    def show_middle(self) -> None:
        """Bring the list back into view."""
        self._reads, self._side_open = False, False
        self.arrange()

    def toggle_side(self) -> None:
        """Unfold or fold the left column of a narrow window."""
        self._side_open = not self._side_open
        self.arrange()
        self._side.setFocus()

    def is_wide(self) -> bool:
        """Whether list and text stand side by side."""
        return self.width() >= theme.px(WIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Show the columns that there is room and reason for."""
        wide, narrow = self.is_wide(), self.width() < theme.px(MEDIUM)
        side = not narrow or self._side_open
        covered = narrow and self._side_open
        page = self._middle.currentWidget()
        alone = wide and page is not None and self._is_alone(page)
        reads = not covered and not alone and (wide or self._reads)
        middle = not covered and (wide or not self._reads)
        self.bar.setVisible(narrow)
        if narrow:  # an icon is a drawing to be read
            self.menu.setIcon(theme.icon("menu", theme.tokens().accent))
        if self._pane is not None:
            self._pane.back.setVisible(not wide)
            if not wide:
                self._pane.back.setIcon(theme.icon("back", theme.tokens().accent))
        if covered:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        else:
            self._side.setFixedWidth(theme.px(SIDE_WIDTH))
        for widget, seen in ((self._side, side), (self._middle, middle), (self._reading, reads)):
            widget.setVisible(seen)
        self.arranged.emit(wide)

    def _is_alone(self, page: QWidget) -> bool:
        empty = self._pane is not None and self._pane.shown() is None
        return bool(page.property(ALONE)) or (empty and bool(page.property(UNTIL_READ)))


def _free(name: str) -> QWidget:
    """A place kept free, on its own ground."""
    place = QWidget()
    place.setObjectName(name)
    place.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return place
