"""A label that says how long a source was not verified, louder or less loud."""

from PySide6.QtWidgets import QLabel

from core.loudness import Loudness
from ui.widgets import build

_LOOKS = {Loudness.CALM: "muted", Loudness.QUIET: "muted", Loudness.MARKED: "marked", Loudness.LOUD: "loud"}


def say_aloud(label: QLabel, loudness: Loudness) -> None:
    """Give a label the look of a loudness."""
    build.relook(label, _LOOKS[loudness])
