"""The application: Qt started, the theme given and kept, one window opened, everything ended in order."""

import argparse
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from core import display
from core.model import Message
from core.paths import RESOURCES, Profile, profile_at
from core.wording import say
from ui import theme
from ui.opening import Way
from ui.window import Window


def make() -> QApplication:
    """The application object, dressed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("safeconduct")
    app.setApplicationDisplayName("Safe Conduct")
    app.setDesktopFileName("org.safeconduct.SafeConduct")
    app.setStyle("Fusion")
    translator = QTranslator(app)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.apply(app)
    app.styleHints().colorSchemeChanged.connect(lambda _: theme.apply(app))
    return app


def run(options: argparse.Namespace) -> int:
    """Open the window of the profile that the options name, and stay until it is closed."""
    if not display.is_there():
        sys.stderr.write(f"safeconduct: {say(Message('no-display'))}\n")
        return 2
    app = make()
    window = open_window(profile_at(options.profile), options.catalogue, passphrase_fd=options.passphrase_fd)
    status = app.exec()
    window.deleteLater()
    return status


def open_window(
    profile: Profile, catalogue_file: str | None, key: bytes | None = None, *, passphrase_fd: int | None = None
) -> Window:
    """Show a profile's window and let it find its key; `key` where the caller made the profile."""
    window = Window(Way(profile, catalogue_file, key, passphrase_fd))
    window.setWindowIcon(QIcon(str(RESOURCES / "icons" / "app.svg")))
    window.show()
    QTimer.singleShot(0, window.begin)
    return window
