"""A file laid open for another program to show: in a folder that only this user can enter, removed when it is done.

On Linux in the memory of the session where there is one, so that nothing of it reaches the disk. What a killed process
left is removed by the next one.
"""

import os
import shutil
import tempfile
from pathlib import Path

_BEGINS = "safeconduct-open-"


def lay_open(name: str, data: bytes) -> Path:
    """The copy's path. OSError: it cannot be written. `name` is plain already."""
    folder = Path(tempfile.mkdtemp(prefix=f"{_BEGINS}{os.getpid()}-", dir=_place()))
    path = folder / name
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return path


def remove_all() -> None:
    """Remove the copies that this process made, and those of processes that are gone."""
    for folder in _place().glob(f"{_BEGINS}*"):
        number = folder.name.removeprefix(_BEGINS).partition("-")[0]
        if number == str(os.getpid()) or not _runs(number):
            shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path:
    session = Path(os.environ.get("XDG_RUNTIME_DIR") or "")
    return session if session.is_absolute() and session.is_dir() else Path(tempfile.gettempdir())


def _runs(number: str) -> bool:
    if not number.isdecimal() or os.name != "posix":
        return True  # not ours, or not to be known
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
