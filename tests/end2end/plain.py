"""Whether a sentence stands anywhere on the disk in the clear: every file of some folders, read over and over."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PAUSE_S = 0.05


def plain_in(folders: Sequence[Path], words: Sequence[str]) -> set[str]:
    """The files in which one of these words stands as it is, in UTF-8 or UTF-16."""
    sought = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le")]
    found = set()
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                data = path.read_bytes() if path.is_file() else b""
            except OSError:  # gone meanwhile
                continue
            if any(one in data for one in sought):
                found.add(str(path))
    return found


@contextmanager
def never_plain(folders: Sequence[Path], words: Sequence[str]) -> Iterator[None]:
    """Look from now on until the end, on a thread. AssertionError: one of the words stood somewhere."""
    found: set[str] = set()
    over = threading.Event()

    def look() -> None:
        while not over.wait(PAUSE_S):
            found.update(plain_in(folders, words))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
    stood = sorted(found | plain_in(folders, words))
    assert not stood, f"in the clear: {stood}"
