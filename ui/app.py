"""The application: Qt started, the theme given and kept, one window opened, everything ended in order."""

import gc
import sys
from functools import partial

from PySide6.QtCore import QAbstractEventDispatcher, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from core.paths import Profile
from ui import theme
from ui.opening import EarlyKey, Way
from ui.window import Window

GARBAGE_AFTER_MS = 3000
YOUNG, MIDDLE = 2000, 10
"""So many new things, and so many looks at the new alone, bring on the next look: as Python counts."""


def make() -> QApplication:
    """The application object, dressed."""
    # As an argument, because a style that is set comes back as an object, whose class takes 5 ms to make.
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("safeconduct")
    app.setApplicationDisplayName("Safe Conduct")
    app.setDesktopFileName("org.safeconduct.SafeConduct")
    translator = QTranslator(app)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.apply(app)
    app.styleHints().colorSchemeChanged.connect(lambda _: theme.apply(app))
    return app


def _collect_here(app: QApplication) -> None:
    """Look for garbage from now on, on the window's thread alone and whenever it is about to rest.

    Python does it on whatever thread makes something, and an object of Qt that another thread frees brings the program
    down. What was made until the window stands stays: to look through it again and again takes 15 ms.
    """
    gc.freeze()

    def look() -> None:
        young, middle, old = gc.get_count()
        if young > YOUNG:
            gc.collect(2 if old > MIDDLE else 1 if middle > MIDDLE else 0)

    QAbstractEventDispatcher.instance(app.thread()).aboutToBlock.connect(look)


def run(way: Way, early: EarlyKey) -> int:
    """Open a profile's window and stay until it is closed."""
    gc.disable()
    app = make()
    QTimer.singleShot(GARBAGE_AFTER_MS, partial(_collect_here, app))
    window = Window(way, early)
    window.come()
    status = app.exec()
    window.deleteLater()
    return status


def open_window(profile: Profile, catalogue_file: str | None, key: bytes | None = None) -> Window:
    """Show a profile's window and let it find its key; `key` where the caller made the profile, which ends with it."""
    window = Window(Way(profile, catalogue_file, key, stays=key is None))
    window.come()
    return window
