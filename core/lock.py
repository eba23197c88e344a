"""One checker a profile: a lock on a file, which ends with the process that holds it."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import BusyError, StorageError

_EVERY_S = 0.1


@contextmanager
def held(path: Path, patience_s: float) -> Iterator[None]:
    """Hold the lock, waiting at most so long. BusyError("checker-running"): somebody else still had it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageError("disk-error", detail=type(error).__name__) from error
    try:
        ends = time.monotonic() + patience_s
        while not _take(descriptor):
            if time.monotonic() >= ends:
                raise BusyError("checker-running")
            time.sleep(_EVERY_S)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
