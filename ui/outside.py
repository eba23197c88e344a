"""What another process writes into the profile, a tick on the command line for one, is seen in the window too."""

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from core.errors import SafeConductError
from ui.desk import Desk

# A check writes an advisory a transaction: what comes close together is one change.
SETTLES_MS = 300


class Outside(QObject):
    """`changed`: something is in the store that this window did not write. The log beside the database tells, so
    nothing wakes while nothing is written. `gone`: the profile was destroyed or taken away; what is written from now
    on is kept nowhere.
    """

    changed = Signal()
    gone = Signal()

    def __init__(self, desk: Desk, is_checking: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._is_checking = desk, is_checking
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLES_MS)
        self._settle.timeout.connect(self.look)
        database = desk.profile.database
        self._files = QFileSystemWatcher([str(database.with_name(f"{database.name}-wal"))], self)
        self._files.fileChanged.connect(lambda _: self._settle.start())

    def close(self) -> None:
        """Look no more; the desk may be closed after this."""
        self._files.removePaths(self._files.files())
        self._settle.stop()

    def look(self) -> None:
        """See what was done to the profile."""
        if not self._desk.profile.database.exists():
            self.gone.emit()
            self.blockSignals(True)  # once
            return
        try:
            # A check of this window shows what it found when it ends.
            if self._desk.was_changed_outside() and not self._is_checking():
                self.changed.emit()
        except SafeConductError:
            return  # whoever reads next says what is wrong with the store
