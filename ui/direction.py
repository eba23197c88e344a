"""Which way a text runs: each is laid out in its own direction, whatever the window's is."""

import unicodedata

from PySide6.QtCore import Qt


def is_rtl(text: str) -> bool:
    """Whether a text runs right to left, by its first strong letter (UAX 9, P2 and P3)."""
    for character in text[:400]:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def direction_of(text: str) -> Qt.LayoutDirection:
    """A text's own direction, as Qt names it."""
    return Qt.LayoutDirection.RightToLeft if is_rtl(text) else Qt.LayoutDirection.LeftToRight
