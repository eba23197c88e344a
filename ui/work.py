"""Slow things off the window's thread: a function runs on a thread of its own, its outcome comes back as a signal."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Work(QObject, Generic[T]):
    """One piece of work. Exactly one of `done` and `failed` is called, on the window's thread, unless cancelled."""

    _ended = Signal(object, object)

    def __init__(
        self, do: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._done, self._failed, self._cancelled = done, failed, False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

        def run() -> None:
            result: object = None
            fault: Exception | None = None
            try:
                result = do()
            except Exception as error:  # handed over whole: whoever asked decides what it means
                fault = error
            try:
                self._ended.emit(result, fault)
            except RuntimeError:
                return  # the window went away meanwhile

        self._thread = threading.Thread(target=run, name="work", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Forget the outcome."""
        self._cancelled = True

    def _deliver(self, result: object, fault: Exception | None) -> None:
        self._thread.join()
        if self._cancelled:
            self.deleteLater()
            return
        if fault is not None:
            self._failed(fault)
        else:
            self._done(cast(T, result))
        self.deleteLater()
