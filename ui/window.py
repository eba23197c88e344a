"""The frame: first start, lock or the three columns, whichever the profile wants. The key is found off this thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from core import catalogue, keys
from core.errors import LockedError, SafeConductError
from core.model import Source
from core.paths import Profile
from core.wording import say
from ui import theme
from ui.desk import Desk
from ui.notifier import Notifier
from ui.pages.first_start import Answers, FirstStartPage
from ui.pages.unlock import UnlockPage
from ui.watcher import Watcher
from ui.work import Work
from ui.workbench import Workbench


@dataclass(frozen=True, slots=True)
class _Asked:
    """What opening came to where it is the traveller's turn: `passphrase` or the first start's `sources`."""

    sources: Mapping[str, Source] | None


Opened = Desk | _Asked


class Window(QMainWindow):
    """One profile's window. `key` is given where the caller has made the profile itself (the demo)."""

    def __init__(self, profile: Profile, catalogue_file: str | None, key: bytes | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Safe Conduct")
        self.resize(theme.px(1280), theme.px(800))
        self.setMinimumSize(320, 320)
        self._profile, self._catalogue_file, self._given = profile, catalogue_file, key
        self._stack = QStackedWidget()
        blank = QWidget()
        blank.setObjectName("page")
        self._stack.addWidget(blank)
        self._unlock = UnlockPage()
        self._unlock.unlocked.connect(self._open)
        self._unlock.again.connect(lambda: self._open(None))
        self._stack.addWidget(self._unlock)
        self.setCentralWidget(self._stack)
        self._work: Work[Opened] | None = None
        self._desk: Desk | None = None
        self._watcher: Watcher | None = None
        self._notifier: Notifier | None = None
        self._first: FirstStartPage | None = None
        self.workbench: Workbench | None = None

    def begin(self) -> None:
        """Find out what the profile wants; the window is painted before this is called."""
        self._open(None)

    def _in_background(self, do: Callable[[], Opened], failed: Callable[[Exception], None]) -> None:
        self._work = Work(do, self._opened, failed, self)

    def _open(self, passphrase: str | None) -> None:
        profile, file, given = self._profile, self._catalogue_file, self._given

        def do() -> Opened:
            sources = catalogue.load(file)
            if given is not None:
                return Desk(profile, given, sources, file)
            if not profile.exists():
                return _Asked(sources)
            if passphrase is None and keys.wants_passphrase(profile):
                return _Asked(None)
            return Desk(profile, keys.unlock(profile, passphrase), sources, file)

        self._in_background(do, self._not_opened)

    def _not_opened(self, fault: Exception) -> None:
        self._work = None
        if not isinstance(fault, SafeConductError):
            raise fault
        self._stack.setCurrentWidget(self._unlock)
        if isinstance(fault, LockedError) and fault.message.id == "wrong-passphrase":
            self._unlock.ask(say(fault.message))
        else:
            self._unlock.explain(say(fault.message))

    def _opened(self, found: Opened) -> None:
        self._work = None
        if isinstance(found, Desk):
            self._enter(found)
        elif found.sources is None:
            self._stack.setCurrentWidget(self._unlock)
            self._unlock.ask()
        else:
            self._first = FirstStartPage(list(found.sources.values()))
            self._first.answered.connect(self._make)
            self._stack.addWidget(self._first)
            self._stack.setCurrentWidget(self._first)
            self._first.country.setFocus()

    def _make(self, answers: Answers) -> None:
        profile, file = self._profile, self._catalogue_file

        def do() -> Opened:
            sources = catalogue.load(file)
            if profile.exists():  # made a moment ago, and only what follows went wrong
                key = keys.unlock(profile, answers.passphrase)
            else:
                key = keys.create(profile, answers.passphrase)
            desk = Desk(profile, key, sources, file)
            desk.begin(answers.choices)
            return desk

        self._in_background(do, self._not_made)

    def _not_made(self, fault: Exception) -> None:
        self._work = None
        if not isinstance(fault, SafeConductError):
            raise fault
        if self._first is not None:
            self._first.show_fault(say(fault.message))

    def _enter(self, desk: Desk) -> None:
        self._desk = desk
        self._watcher = Watcher(desk.profile, desk.key, desk.catalogue_file, self)
        self._notifier = Notifier(self)
        self.workbench = Workbench(desk, self._watcher, self._notifier)
        self.workbench.wanted_front.connect(self._to_front)
        self._stack.addWidget(self.workbench)
        self._stack.setCurrentWidget(self.workbench)
        self.workbench.begin()
        if self._first is not None:
            self._stack.removeWidget(self._first)
            self._first.deleteLater()
            self._first = None
            self._watcher.check()

    def check(self) -> bool:
        """Look at the sources now; False: the profile is not open, or a check is under way."""
        if self._watcher is None or self._watcher.is_checking():
            return False
        self._watcher.check()
        return True

    def _to_front(self) -> None:
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the checker and the notices, close the store; every tick is long on the disk."""
        if self._work is not None:
            self._work.cancel()
        if self.workbench is not None:
            self.workbench.close_all()
        if self._watcher is not None:
            self._watcher.close()
        if self._notifier is not None:
            self._notifier.close()
        if self._desk is not None:
            self._desk.close()
        super().closeEvent(event)
