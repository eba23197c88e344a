"""The application: Qt started, the theme given and kept, one window opened, everything ended in order."""

import gc
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from core.paths import Profile
from ui import theme
from ui.opening import EarlyKey, Way
from ui.window import Window

GARBAGE_AFTER_MS = 3000


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


def run(way: Way, early: EarlyKey) -> int:
    """Open a profile's window and stay until it is closed."""
    gc.disable()  # what is made until the window stands stays: to look through it again and again takes 15 ms
    app = make()
    QTimer.singleShot(GARBAGE_AFTER_MS, gc.enable)
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
