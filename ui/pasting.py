"""From the clipboard or a drop to a text that was looked at: what comes in, in which version, and what is shown."""

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.wording import tr
from ui.columns import ALONE
from ui.desk import Desk
from ui.handover import Handover, read_file
from ui.pages.found import FoundPage
from ui.work import Work


class Pasting(QObject):
    """`shown`: its page wants to be seen. `kept`: these advisories were kept; `listed`: checklists were, of which this
    is the first; `left`: nothing was.
    """

    shown = Signal()
    kept = Signal(tuple)
    listed = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.page = FoundPage()
        self.page.setProperty(ALONE, True)
        self._handover = Handover(desk.profile, desk.key, self)
        self.page.keep_wanted.connect(self._handover.keep)
        self.page.left.connect(self._leave)
        self._handover.found.connect(self.page.show_found)
        self._handover.refused.connect(self.page.show_refusal)
        self._handover.locked.connect(self.page.ask_passphrase)
        self.page.passphrase_given.connect(self._open_copy)
        self._copy = b""
        self._handover.kept.connect(self.kept)
        self._handover.listed.connect(self.listed)

    def paste(self) -> None:
        """Look at what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, mime: QMimeData) -> None:
        """Have a text looked at, marked up first, plain second; a file is read on a thread."""
        files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if files:
            self.take_file(files[0])
            return
        self.shown.emit()
        versions = [mime.html() if mime.hasHtml() else "", mime.text() if mime.hasText() else ""]
        texts = [version.encode("utf-8", "replace") for version in versions if version.strip()]
        if texts:
            self.page.wait()
            self._handover.look(texts)
        else:
            self.page.show_refusal(tr("Copy a text first, then paste it; or drop a text or a file on the window."))

    def take_file(self, name: str) -> None:
        """Have a file looked at."""
        self.shown.emit()
        self.page.wait()
        Work(lambda: read_file(name), self._look, self._not_read, self)

    def _look(self, data: bytes) -> None:
        from core import sealed

        if sealed.is_sealed(data):
            self._copy = data
            self.page.ask_passphrase()
        else:
            self._handover.look([data])

    def _open_copy(self, passphrase: str) -> None:
        self.page.wait()
        self._handover.look_into(self._copy, passphrase)

    def _leave(self) -> None:
        self._handover.forget()
        self._copy = b""
        self.left.emit()

    def _not_read(self, fault: Exception) -> None:
        if not isinstance(fault, OSError):
            raise fault
        self.page.show_refusal(tr("The file could not be read. Nothing was kept."))

    def close(self) -> None:
        """End what this has started."""
        self._handover.close()
