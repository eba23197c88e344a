"""The foot's truth about freshness: shown anew while the window is seen, and never while it is not."""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui import where
from ui.checking import Checking
from ui.desk import Desk
from ui.widgets.side import Side

FRESHEN_EVERY_MS = 30_000


class Truth(QObject):
    """`heard`: how loudly something is to be said, and the sentence; for who shows it elsewhere."""

    heard = Signal(int, str)

    def __init__(self, desk: Desk, checking: Checking, side: Side, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._checking, self._side, self._window = desk, checking, side, window
        self._freshen = QTimer(self)
        self._freshen.setInterval(FRESHEN_EVERY_MS)
        self._freshen.timeout.connect(self.show)
        window.installEventFilter(self)
        if window.isVisible():
            self._freshen.start()
        checking.moved.connect(self.show)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The minutes go by on a window that is seen alone."""
        if event.type() == QEvent.Type.Show:
            self._freshen.start()
            self.show()
        elif event.type() == QEvent.Type.Hide:
            self._freshen.stop()
        return super().eventFilter(watched, event)

    def show(self) -> None:
        """Say how it is now."""
        (kept, _), now = self._desk.library.counts(), datetime.now(UTC)
        health, trips, levels = self._desk.health(), self._desk.trips(), self._desk.levels()
        foot = where.foot(health, kept, now, trips, levels, since_start=self._checking.fault)
        self._side.show_foot(foot, checking=self._checking.progress)
        self.heard.emit(int(foot.loudness), foot.line)

    def close(self) -> None:
        """Say nothing any more; the desk may be closed after this."""
        self._freshen.stop()
        self._window.removeEventFilter(self)
