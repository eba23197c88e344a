"""Brings PySide6 in without what it does to every import after it."""

import builtins


def load() -> None:
    """Load PySide6 and leave Python's own `__import__` in its place.

    PySide6 puts one of its own there, which reads the source of every module that is imported from then on, to see
    whether it chooses other names for Qt (`from __feature__ import ...`). Nothing here does; that reading takes 20 ms
    and keeps two megabytes of source for the whole run.
    """
    plain = builtins.__import__
    import PySide6  # noqa: F401  # for what it does when it is loaded

    builtins.__import__ = plain
