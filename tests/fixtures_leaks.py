"""What a test leaves running or open fails that test: threads, child processes, sockets.

Looked at after all fixtures of the test are gone, with up to two seconds of grace. Fixtures of a wider
scope (pytest-qt's application) stand before the first look. Processes are found by their parent and by a
mark in their environment, so that one that detached itself is found as well; leaked ones are killed, by
their id. Threads are Python's, and on Linux native ones too (a QThread), but for those that libraries keep
for good. Sockets and processes are seen on Linux alone.
"""

import contextlib
import gc
import os
import signal
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_Found = dict[object, str]
"""What there is, each with words for it."""

_GRACE_S = 2.0
_MARK = "SAFE_CONDUCT_TEST"
_PROC = Path("/proc")
_TASKS = _PROC / "self" / "task"
_KEPT_BY_LIBRARIES = (
    "QDBusConnection",
    "QXcbEventReader",
    "Thread (pooled)",
    "gmain",
    "gdbus",
    "pool-spawner",
)


def _threads() -> _Found:
    """Give what runs in this process besides the main thread."""
    found: _Found = {}
    native = set()
    for thread in threading.enumerate():
        native.add(str(thread.native_id))
        # Python 3.11 never forgets a foreign thread that once ran Python: ask the system about those.
        foreign = isinstance(thread, threading._DummyThread)
        if not foreign or not _TASKS.exists() or (_TASKS / str(thread.native_id)).exists():
            found[thread] = f"thread {thread.name!r}{' (daemon)' if thread.daemon else ''}"
    if _TASKS.exists():
        for task in _TASKS.iterdir():
            if task.name not in native and task.name != str(os.getpid()):
                with contextlib.suppress(OSError):
                    name = (task / "comm").read_text().strip()
                    if not name.startswith(_KEPT_BY_LIBRARIES):
                        found[f"native {task.name}"] = f"native thread {name!r}"
    return found


def _is_marked(entry: Path, mark: str | None) -> bool:
    return mark is not None and f"{_MARK}={mark}".encode() in (entry / "environ").read_bytes().split(b"\0")


def _processes(mark: str | None) -> _Found:
    """Give our children, and whatever carries the mark, by process id."""
    found: _Found = {}
    here = os.getpid()
    for entry in _PROC.glob("[0-9]*") if _PROC.exists() else ():
        with contextlib.suppress(OSError):
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if entry.name == str(here) or not (int(parent) == here or _is_marked(entry, mark)):
                continue
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            if "multiprocessing.resource_tracker" not in command:
                what = "zombie, never waited for" if state == "Z" else command[:200]
                found[int(entry.name)] = f"process {entry.name}: {what}"
    return found


def _sockets() -> _Found:
    """Give the open sockets, by their inodes."""
    found: _Found = {}
    folder = _PROC / "self" / "fd"
    for entry in folder.iterdir() if folder.exists() else ():
        with contextlib.suppress(OSError):
            target = str(entry.readlink())
            if target.startswith("socket:"):
                found[target] = f"descriptor {entry.name}"
    return found


def _names_of(sockets: _Found) -> _Found:
    named = {}
    for inode, words in sockets.items():
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(int(words.split()[-1]))) as copy:
            words = f"socket {words}: {copy.family.name} {copy.getsockname()!r}"
        named[inode] = words
    return named


def _let_qt_finish() -> None:
    """Give objects that were told to go (`deleteLater`) their chance, where an application exists."""
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None and qt.QCoreApplication.instance() is not None:
        qt.QCoreApplication.sendPostedEvents(None, qt.QEvent.Type.DeferredDelete)
        qt.QCoreApplication.processEvents()


def _left(look: Callable[[], _Found], before: _Found, deadline: float) -> _Found:
    """Look until nothing new is left, or the time is over."""
    pause = threading.Event()
    is_first = True
    while True:
        new = {key: words for key, words in look().items() if key not in before}
        if not new or time.monotonic() >= deadline:
            return new
        _let_qt_finish()
        if is_first:
            gc.collect()
            is_first = False
        else:
            pause.wait(0.02)


@pytest.fixture(autouse=True)
def _nothing_leaks(_session_environment: Path) -> Iterator[None]:
    mark = uuid.uuid4().hex
    threads, processes, sockets = _threads(), _processes(None), _sockets()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(_MARK, mark)
        yield
    deadline = time.monotonic() + _GRACE_S
    leaked = {
        **_left(lambda: _processes(mark), processes, deadline),
        **_left(_threads, threads, deadline),
        **_names_of(_left(_sockets, sockets, deadline)),
    }
    for key in leaked:
        if isinstance(key, int) and leaked[key].startswith("process"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(key, signal.SIGKILL)
    if leaked:
        pytest.fail("left behind by this test:\n" + "\n".join(leaked.values()), pytrace=False)
