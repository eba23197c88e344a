"""A clock that nobody sets: it counts what really passed, the machine's sleep too, and says since which start."""

import os
import time
from functools import cache
from pathlib import Path

_THIS_PROCESS = os.urandom(8).hex()
# Those that count sleep: one of Linux, one of macOS; on Windows `monotonic` does.
_CLOCK: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def steady_s() -> float:
    """Seconds since some moment before this process; they go on while the machine sleeps."""
    return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)


@cache
def boot() -> str:
    """Which start of the machine the steady clock counts from; this process's own name where the system is silent."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return _THIS_PROCESS
