"""Waiting for processes, and ending them: by their ids, and by a mark in their environment."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

MARK = "SAFE_CONDUCT_DESKTOP"

_T = TypeVar("_T")


def wait_until(look: Callable[[], _T | None], what: str, *, within_s: float = 15.0) -> _T:
    """Look until there is something true, and give it; else TimeoutError that names what never came."""
    deadline = time.monotonic() + within_s
    pause = threading.Event()
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() >= deadline:
            raise TimeoutError(f"no {what} in {within_s:g} s")
        pause.wait(0.03)


def marked(mark: str) -> list[int]:
    """Give the ids of the living processes that carry the mark, whoever is their parent."""
    needle = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int(entry.name) != os.getpid() and needle in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


def end(process: subprocess.Popen[bytes], *, grace_s: float = 3.0) -> None:
    """Ask a child to go, then make it, and wait for it."""
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(grace_s)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def end_marked(mark: str) -> None:
    """Kill by id whatever still carries the mark, until nothing does."""

    def is_empty() -> bool:
        for pid in (left := marked(mark)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return not left

    wait_until(is_empty, "end of the desktop's processes", within_s=5)
