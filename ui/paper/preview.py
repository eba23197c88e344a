"""Shows what goes on paper before it does: one page of open items or the whole text, as PDF or to a printer.

Where no printer is set up, the PDF is what there is. Pages are set on the window's thread: Qt does not bear that two
threads set text. A card takes some 30 ms, a text of 90,000 letters 40.
"""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPageLayout, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QTabBar, QVBoxLayout, QWidget

from core.paths import write_whole
from core.wording import tr
from ui import theme
from ui.files import ask_where, unwritten
from ui.keys import PAPER, bind
from ui.paper.setting import Pages, pdf, print_on, set_card, set_text, usual_paper
from ui.paper.sheet import Sheet
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.work import Work

CARD, TEXT = range(2)
_SHOWN = 40
_WIDTH, _HEIGHT = 720, 860


class Preview(QWidget):
    """A window of its own. `said`: what became of it, in a sentence."""

    said = Signal(str)

    def __init__(self, sheet: Sheet, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Print or save as PDF"))
        self.setMinimumSize(320, 320)
        self._sheet = sheet
        self._saving: Work[None] | None = None
        self.tabs = QTabBar()
        self.tabs.addTab(tr("Open items on one page"))
        if sheet.text_of() is not None:
            self.tabs.addTab(tr("The whole text"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName(tr("What is printed"))
        self.tabs.currentChanged.connect(lambda _: self._set())
        self.told = build.label(look="muted")
        self.fault = build.label(look="error")
        self.save = build.button(tr("Save as PDF"), self._ask, "primary")
        self.print = build.button(tr("Print"), self._print)
        self.print.hide()
        self.leave = build.button(tr("Close"), self.close)
        self._rows = QVBoxLayout()
        self.views: list[PageView] = []
        self._lay_out()
        bind(self, {"save": self._ask, "back": self.close}, PAPER)
        self._set()
        self.save.setFocus()
        QTimer.singleShot(0, self, self._look_for_printers)  # the system's own list may take a moment

    def _lay_out(self) -> None:
        area, canvas = QScrollArea(), QWidget()
        area.setObjectName("preview")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Preview"))
        canvas.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, theme.px(12), 0)
        self._rows.setSpacing(theme.px(12))
        area.setWidget(canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.tabs)
        layout.addWidget(area, 1)
        layout.addWidget(self.fault)
        layout.addWidget(self.told)
        acts = Flow(theme.px(8))
        for act in (self.save, self.print, self.leave):
            acts.addWidget(act)
        layout.addLayout(acts)

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(min(theme.px(_WIDTH), room.width()), min(theme.px(_HEIGHT), room.height() - theme.px(40)))

    def _pages_on(self, paper: QPageLayout) -> Pages:
        make = set_text if self.tabs.currentIndex() == TEXT else set_card
        return make(self._sheet, paper)

    def _set(self) -> None:
        """Show the chosen pages."""
        self.fault.hide()
        self._pages = pages = self._pages_on(usual_paper())
        while self.views:
            view = self.views.pop()
            self._rows.removeWidget(view)
            view.deleteLater()
        for number in range(min(pages.count(), _SHOWN)):
            view = PageView(pages, number)
            self._rows.addWidget(view)
            self.views.append(view)
        self._tell()

    def _tell(self) -> None:
        parts = []
        if self._pages.count() > _SHOWN:
            parts.append(tr("Only the first {count} pages are shown here; all are printed.").format(count=_SHOWN))
        if self.print.isHidden():
            parts.append(tr("No printer is set up on this computer; a PDF can be printed elsewhere."))
        parts.append(tr("What is printed or saved is not encrypted: whoever holds it can read it."))
        self.told.setText(" ".join(parts))

    def _look_for_printers(self) -> None:
        self.print.setVisible(bool(QPrinterInfo.availablePrinterNames()))
        self._tell()

    def _ask(self) -> None:
        if self.save.isEnabled():
            ask_where(self, tr("Save as PDF"), self._sheet.title, [("PDF", "pdf")], self._save)

    def _save(self, name: str) -> None:
        data, file = pdf(self._pages), Path(name)
        self.fault.hide()
        self.save.setEnabled(False)
        self._saving = Work(
            lambda: write_whole(file, data),
            lambda _: self._saved(file.name),
            lambda fault: self._not_saved(file.name, fault),
            self,
        )

    def _saved(self, name: str) -> None:
        self._saving = None
        self.said.emit(tr("“{file}” was written. It is not encrypted.").format(file=name))
        self.close()

    def _not_saved(self, name: str, fault: Exception) -> None:
        self._saving = None
        if not isinstance(fault, OSError):
            raise fault
        self.save.setEnabled(True)
        self.refuse(unwritten(name, fault))

    def refuse(self, sentence: str) -> None:
        """Say what went wrong."""
        self.fault.setText(sentence)
        self.fault.show()

    def _print(self) -> None:
        printer = QPrinter()
        printer.setDocName("Safe Conduct")  # others may see the queue
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_to(printer))
        QDialog.open(dialog)  # its own takes a slot by its name

    def print_to(self, printer: QPrinter) -> None:
        """Set the pages for this printer's paper and print them."""
        paper = usual_paper()
        paper.setPageSize(printer.pageLayout().pageSize(), paper.margins())
        if print_on(printer, self._pages_on(paper)):
            self.said.emit(tr("Handed to the printer."))
            self.close()
        else:
            self.refuse(tr("The printer did not take it. Nothing was changed; it can be saved as PDF."))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._saving is not None:
            self._saving.cancel()
        super().closeEvent(event)


class PageView(QLabel):
    """One page as wide as there is room, always black on white as the paper is."""

    def __init__(self, pages: Pages, number: int) -> None:
        super().__init__()
        self._pages, self._number = pages, number
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("Page {number} of {count}").format(number=number + 1, count=pages.count()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._pages.size()
        return round(width * size.height() / size.width())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), self.heightForWidth(theme.px(280)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(theme.colour(theme.tokens().line))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        factor = self.width() / self._pages.size().width()
        painter.scale(factor, factor)
        self._pages.draw(painter, self._number)
        painter.end()
