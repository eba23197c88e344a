"""What a check does and did, in the words of the foot, and when the next one is due."""

from PySide6.QtCore import QObject, Signal

from core.wording import tr
from ui.desk import Desk
from ui.watcher import Watcher


class Checking(QObject):
    """`moved`: its words are others. `ended`: what was found is in the store, also what a check found that failed.

    `progress`: what it is doing, None while there is none. `fault`: what went wrong with the last one, or "".
    `asked`: the traveller asked for it, and waits for what comes of it.
    """

    moved = Signal()
    ended = Signal()

    def __init__(self, desk: Desk, watcher: Watcher, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._watcher = desk, watcher
        self.progress: str | None = None
        self.fault = ""
        self.asked = False
        watcher.due.connect(self._due)
        watcher.started.connect(self._started)
        watcher.progressed.connect(self._progressed)
        watcher.checked.connect(lambda: self._end(""))
        watcher.failed.connect(self._end)

    def ask(self) -> None:
        """Check now, because the traveller wants it."""
        self.asked = True
        self._watcher.check()

    def plan(self) -> None:
        """Have the next check made when the first source is due."""
        self._watcher.plan(self._desk.first_due())

    def _due(self) -> None:
        """Look, unless the clock was set meanwhile or another process has looked."""
        if self._desk.is_any_due():
            self._watcher.check(due_only=True)
        else:
            self.plan()

    def _started(self) -> None:
        self.progress, self.fault = tr("Checking the sources…"), ""
        self.moved.emit()

    def _progressed(self, done: int, total: int, name: str) -> None:
        self.progress = tr("Checked {done} of {total}: {name}").format(done=done, total=total, name=name)
        self.moved.emit()

    def _end(self, fault: str) -> None:
        self.progress, self.fault = None, fault
        self.ended.emit()
        self.asked = False
        self.plan()
