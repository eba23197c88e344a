"""The dressed application, a profile with the scene's alert, and a workbench over it, for every test of the window."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.paths import Profile
from tests.profiles import EMBASSY, Made, scene
from tests.texts import ALERT_1, embassy_feed
from tests.ui.drawing import silent_checker
from ui import app, theme
from ui.desk import Desk
from ui.front import Front, read_first
from ui.notifier import Notifier
from ui.watcher import Watcher
from ui.window import Window
from ui.workbench import Workbench

Bench = Callable[..., Workbench]
OpenWindow = Callable[..., Window]

# What Qt's offscreen platform says of windows that bound their own size, of popups, and of a tray.
_OFFSCREEN_SAYS = (
    r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
    r"|No such signal QPlatformNativeInterface::systemTrayWindowChanged"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of this folder be told what the offscreen platform cannot."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN_SAYS))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """Every test begins in the light theme, left to right, in the usual size."""
    qapp.setStyle("Fusion")
    face = qapp.font()
    theme.wish(theme.Wish.LIGHT)
    theme.apply(qapp)
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    qapp.setFont(face)
    theme.wish(theme.Wish.LIGHT)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A profile in which the alert of 08:10 came today and its checklist was started."""
    return scene(
        tmp_path / "profile", embassy_feed([ALERT_1._replace(pub_date=f"{datetime.now(UTC):%d %b %Y %T} GMT")])
    )


@pytest.fixture
def desk(made: Made) -> Iterator[Desk]:
    """The profile as the window holds it."""
    opened = Desk(made.profile, made.key, {EMBASSY.id: EMBASSY}, None)
    yield opened
    opened.close()


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens a profile's real window, and closes it at the end."""
    made: list[Window] = []

    def open_it(profile: Profile, catalogue: Path | None = None, key: bytes | None = None) -> Window:
        made.append(app.open_window(profile, str(catalogue) if catalogue else None, key))
        return made[-1]

    yield open_it
    for window in made:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def bench(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Iterator[Bench]:
    """Opens the three columns over the profile. The checker is a stand-in that reports at once."""
    around = QWidget()
    made: list[tuple[Workbench, Watcher, Notifier]] = []

    def open_it(width: int = 1280, height: int = 800, *, command: list[str] | None = None) -> Workbench:
        watcher = Watcher(desk.profile, desk.key, None, around, command or silent_checker(tmp_path))
        notifier = Notifier(around)
        workbench = Workbench(desk, Front(desk, read_first(desk)), watcher, notifier)
        made.append((workbench, watcher, notifier))
        workbench.setMinimumSize(320, 320)  # as the window has it
        workbench.resize(width, height)
        workbench.show()
        qtbot.waitExposed(workbench)
        workbench.begin()
        seen = workbench.reading.reader if workbench.columns.is_wide() else workbench.checklist.list
        qtbot.waitUntil(seen.isVisible)
        qtbot.waitUntil(lambda: len(workbench.side._lists) > 1)  # the bundled ones come from a thread
        return workbench

    yield open_it
    for workbench, watcher, notifier in made:
        workbench.close_all()
        watcher.close()
        notifier.close()
        workbench.close()
        workbench.deleteLater()
    around.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
