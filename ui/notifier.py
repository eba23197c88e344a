"""Desktop notices of the running window: a worker's asyncio loop speaks, a press comes back as a signal."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from core import tell
from core.model import Notice

log = logging.getLogger(__name__)


class Notifier(QObject):
    """Tells the desktop. `opened` carries the advisories of the notice that was pressed."""

    opened = Signal(tuple)
    told = Signal(object, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loop = asyncio.new_event_loop()
        self._thread: threading.Thread | None = None
        self._service: object = None
        self._pressed.connect(self.opened, Qt.ConnectionType.QueuedConnection)
        self._taken.connect(self.told, Qt.ConnectionType.QueuedConnection)

    _pressed = Signal(tuple)
    _taken = Signal(object, bool)

    def tell(self, notices: Sequence[Notice], numbers: Sequence[int]) -> None:
        """Show these notices; `told` says of their changes' numbers whether the desktop took them all."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
            self._thread.start()
        asyncio.run_coroutine_threadsafe(self._tell_all(list(notices), list(numbers)), self._loop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()

    async def _tell_all(self, notices: list[Notice], numbers: list[int]) -> None:
        taken = True
        for notice in notices:
            if self._service is None:
                self._service = tell.service()
            if not await tell.show(self._service, notice, partial(self._pressed.emit, notice.advisory_ids)):
                self._service = None
                taken = False
        self._taken.emit(numbers, taken)

    def close(self) -> None:
        """End the worker."""
        self.blockSignals(True)
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(3)
        elif not self._loop.is_closed():
            self._loop.close()
