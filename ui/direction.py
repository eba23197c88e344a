"""Which way a text runs: each is laid out in its own direction, whatever the window's is."""

import unicodedata
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication


def is_rtl(text: str) -> bool:
    """Whether a text runs right to left, by its first strong letter (UAX 9, P2 and P3)."""
    for character in text[:400]:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def in_a_row(parts: Iterable[str]) -> str:
    """Parts of a line with a dot between.

    Where they run both ways, each keeps its own (UAX 9, isolates) and follows the one before as the window runs.
    """
    made = [part for part in parts if part]
    line = " · ".join(made)
    if len({is_rtl(part) for part in made}) < 2:
        return line
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return ("\u200f" if mirrored else "\u200e") + " · ".join(f"\u2068{part}\u2069" for part in made)


def in_own_direction(text: str) -> str:
    """A text for what is laid out as the window is: where it runs the other way, in an isolate of its own."""
    mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return text if is_rtl(text) == mirrored else f"\u2068{text}\u2069"


def direction_of(text: str) -> Qt.LayoutDirection:
    """A text's own direction, as Qt names it."""
    return Qt.LayoutDirection.RightToLeft if is_rtl(text) else Qt.LayoutDirection.LeftToRight
