"""The foot's truth about freshness: shown anew while the window is seen, and never while it is not."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui import where
from ui.aloud import announce
from ui.checking import Checking
from ui.desk import Desk
from ui.reads import Reads
from ui.widgets.side import Foot, Side

FRESHEN_EVERY_MS = 30_000


class Truth(QObject):
    """`heard`: how loudly something is to be said, and the sentence; for who shows it elsewhere."""

    heard = Signal(int, str)

    def __init__(self, reads: Reads, checking: Checking, side: Side, window: QWidget) -> None:
        super().__init__(window)
        self._reads, self._checking, self._side, self._window = reads, checking, side, window
        self._freshen = QTimer(self)
        self._freshen.setInterval(FRESHEN_EVERY_MS)
        self._freshen.timeout.connect(self.show)
        window.installEventFilter(self)
        if window.isVisible():
            self._freshen.start()
        self._was_good = True
        checking.moved.connect(self.show)
        checking.ended.connect(self._tell)

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
        self._reads.ask("foot", partial(_foot, self._checking.fault), self._show)

    def _show(self, foot: Foot) -> None:
        self._side.show_foot(foot, checking=self._checking.progress)
        self.heard.emit(int(foot.loudness), foot.line)

    def _tell(self) -> None:
        """A screen reader hears how a check went that was asked for, else only that it is better or worse now."""
        asked = self._checking.asked

        def tell(foot: Foot) -> None:
            if asked or foot.good != self._was_good:
                announce(self._window, foot.line)
            self._was_good = foot.good

        self._reads.ask("heard", partial(_foot, self._checking.fault), tell)

    def close(self) -> None:
        """Say nothing any more; the desk may be closed after this."""
        self._freshen.stop()
        self._window.removeEventFilter(self)


def _foot(fault: str, desk: Desk) -> Foot:
    health, trips, levels = desk.health(), desk.trips(), desk.levels()
    return where.foot(health, desk.library.counts()[0], datetime.now(UTC), trips, levels, since_start=fault)
