"""Whether a window could be shown at all. Qt ends the whole program where it cannot, so this is asked first."""

import os
import sys


def is_there() -> bool:
    """Whether this process has a display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
