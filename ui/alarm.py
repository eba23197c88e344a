"""An alarm by the wall clock: it rings once at a moment, after a sleep of the machine at once, and wakes nobody before.

Qt's timers stand still while a machine sleeps and know nothing of a clock that is set. Linux has a descriptor that
knows both (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET); elsewhere the clock is looked at once a minute.
"""

import ctypes
import os
import struct
import sys
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal

# Nothing is planned further ahead: a moment that a wrong clock has made absurd rings after this.
LONGEST = timedelta(hours=25)
_LOOK_EVERY_MS = 60_000
_CLOCK_REALTIME = 0
_FLAGS = 0o4000 | 0o2000000  # TFD_NONBLOCK, TFD_CLOEXEC
_ABSOLUTE, _CANCEL_ON_SET = 1, 2


class Alarm(QObject):
    """`rang`: the moment that was set has come, or the clock was set so that it has to be looked at anew."""

    rang = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._moment: datetime | None = None
        self._descriptor = _descriptor()
        self._look = QTimer(self)
        self._look.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._looked)
        self._notifier: QSocketNotifier | None = None
        if self._descriptor is not None:
            self._notifier = QSocketNotifier(self._descriptor, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._woken)

    def set(self, moment: datetime | None) -> None:
        """Ring at this moment, at once where it has passed; None: not at all."""
        now = datetime.now(UTC)
        self._moment = moment if moment is None else min(moment, now + LONGEST)
        self._look.stop()
        if self._moment is not None and (self._moment <= now or self._descriptor is None):
            left_ms = max(0, int((self._moment - now) / timedelta(milliseconds=1)))
            self._look.start(min(left_ms + 1, _LOOK_EVERY_MS))
        if self._descriptor is not None:
            _arm(self._descriptor, None if self._moment is None or self._moment <= now else self._moment)

    def close(self) -> None:
        """Ring no more."""
        self._moment = None
        self._look.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _looked(self) -> None:
        if self._moment is None:
            return
        if self._moment <= datetime.now(UTC):
            self._moment = None
            self.rang.emit()
        else:
            self.set(self._moment)

    def _woken(self) -> None:
        try:
            os.read(self._descriptor or 0, 8)
        except BlockingIOError:
            return
        except OSError:  # ECANCELED: the clock was set; whoever waits plans anew
            self._moment = datetime.now(UTC)
        self.set(self._moment)


def _descriptor() -> int | None:
    if sys.platform != "linux":
        return None
    made = ctypes.CDLL(None, use_errno=True).timerfd_create(_CLOCK_REALTIME, _FLAGS)
    return None if made < 0 else int(made)


def _arm(descriptor: int, moment: datetime | None) -> None:
    """Have it wake at a moment; None: not at all."""
    seconds = 0.0 if moment is None else moment.timestamp()
    # struct itimerspec: an interval, then a moment, each in seconds and nanoseconds
    spec = struct.pack("@4l", 0, 0, int(seconds), int(seconds % 1 * 1e9))
    flags = _ABSOLUTE | (_CANCEL_ON_SET if moment is not None else 0)
    ctypes.CDLL(None).timerfd_settime(descriptor, flags, spec, None)
