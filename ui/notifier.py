"""Desktop notices of the running window: a worker's asyncio loop speaks, a press comes back as a signal."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from core.model import Notice

if TYPE_CHECKING:
    import asyncio  # 60 ms: imported by the worker, when the first notice is told


# How long what is under way may take to end; closing waits a little longer for the thread.
_END_S = 2.0


class Notifier(QObject):
    """Tells the desktop. `pressed` carries the notice and what is wanted: "open", "later" or "done"."""

    pressed = Signal(object, str)
    told = Signal(object, bool)
    _pressed = Signal(object, str)
    _taken = Signal(object, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: list[Notice] = []
        self._thread: threading.Thread | None = None
        self._service: object = None
        self._closed = False
        self._pressed.connect(self.pressed, Qt.ConnectionType.QueuedConnection)
        self._taken.connect(self.told, Qt.ConnectionType.QueuedConnection)

    def tell(self, notices: Sequence[Notice]) -> None:
        """Show these notices; `told` says of each whether the desktop took it."""
        with self._lock:
            self._waiting += notices
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._take_up)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        import asyncio

        loop = asyncio.new_event_loop()
        with self._lock:
            self._loop = loop
            # Closed while this thread was still coming up: there was no loop yet that could be stopped.
            loop.call_soon(loop.stop if self._closed else self._take_up)
        loop.run_forever()
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        if tasks:
            loop.run_until_complete(asyncio.wait(tasks, timeout=_END_S))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    def _take_up(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        if self._loop is not None:
            self._loop.create_task(self._tell_all(waiting))

    async def _tell_all(self, notices: list[Notice]) -> None:
        from core import tell

        for notice in notices:
            if self._service is None:
                self._service = tell.service()
            done = partial(self._pressed.emit, notice, "done") if notice.item else None
            opened, later = partial(self._pressed.emit, notice, "open"), partial(self._pressed.emit, notice, "later")
            taken = await tell.show(self._service, notice, tell.Acts(opened, later, done))
            if not taken:
                self._service = None  # a daemon that died may be back under another name
            with suppress(RuntimeError):  # the window went away meanwhile: what was not told is told next time
                self._taken.emit(notice, taken)

    def close(self) -> None:
        """End the worker."""
        self.blockSignals(True)
        if self._thread is None:
            return
        with self._lock:
            self._closed = True
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(3)
