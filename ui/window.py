"""The frame: first start, lock or the three columns, whichever the profile wants."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from core.errors import LockedError, SafeConductError
from core.paths import RESOURCES
from core.wording import say, tr
from ui import theme
from ui.opening import EarlyKey, Fresh, Locked, Ready, Way, load_rest, make_profile, open_profile
from ui.work import Work

if TYPE_CHECKING:  # imported by `ui.opening` on a thread, after the first paint
    from ui.ahead import Ahead
    from ui.desk import Desk
    from ui.front import Front, Kept
    from ui.notifier import Notifier
    from ui.pages.first_start import Answers, FirstStartPage
    from ui.pages.unlock import UnlockPage
    from ui.single import Single
    from ui.staying import Staying
    from ui.watcher import Watcher
    from ui.workbench import Workbench


# Beside a thread that imports, every row that is painted waits for the interpreter: the list is painted first.
REST_AFTER_MS = 50
LISTEN_AFTER_MS = 400
BLANK_AFTER_MS = 250


class Window(QMainWindow):
    """One profile's window."""

    def __init__(self, way: Way, early: EarlyKey | None = None) -> None:
        super().__init__()
        self._early = early
        self.setWindowTitle("Safe Conduct")
        self.resize(theme.px(1280), theme.px(800))
        self.setMinimumSize(320, 320)
        self._way = way
        self._stack = QStackedWidget()
        self._ground = QWidget()
        self._ground.setObjectName("page")
        self._stack.addWidget(self._ground)
        self.setCentralWidget(self._stack)
        self._work: Work[None] | Work[Ready] | Work[Ready | Locked | Fresh] | None = None
        self._desk: Desk | None = None
        self._watcher: Watcher | None = None
        self._notifier: Notifier | None = None
        self._unlock: UnlockPage | None = None
        self._first: FirstStartPage | None = None
        self.workbench: Workbench | None = None
        self._staying: Staying | None = None
        self._single: Single | None = None
        self._ahead: Ahead | None = None
        self._is_quitting = False
        self._blank = QTimer(self)
        self._blank.setSingleShot(True)
        self._blank.timeout.connect(self._come_waiting)

    def come(self) -> None:
        """Come with what the profile wants; where that takes longer (a keyring that asks, a slow key), come without."""
        self.begin()
        if not self._way.at_login:
            self._blank.start(BLANK_AFTER_MS)

    def _come_waiting(self) -> None:
        """What opens the profile takes long: say so instead of nothing."""
        words = QLabel(tr("Opening what is kept…"))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self._ground).addWidget(words)
        self.show()

    def begin(self, passphrase: str | None = None) -> None:
        """Find out what the profile wants."""
        early, self._early = self._early, None  # a second try finds the key anew
        self._work = Work(lambda: open_profile(self._way, passphrase, early), self._opened, self._not_opened, self)

    def _opened(self, found: Ready | Locked | Fresh) -> None:
        self._work = None
        QTimer.singleShot(0, self, self._set_icon)  # a drawing takes longer than the page that waits to be painted
        if self._single is None:
            QTimer.singleShot(LISTEN_AFTER_MS, self, self._listen)
        if isinstance(found, Ready):
            self._enter(found.desk, found.first)
        elif isinstance(found, Locked):
            self._lock_page().ask()
        else:
            self._ask_first(found)
        if not isinstance(found, Ready) or not self._way.at_login:
            self.show()
        if isinstance(found, Ready) and self.isVisible():
            from ui.ahead import Ahead

            self._ahead = Ahead(self)

    def _listen(self) -> None:
        """Be there for a second start, whatever page is shown."""
        from ui.single import Single

        if self._single is None and not self._is_quitting:
            self._single = Single(self._way.profile.folder, self)
            self._single.raised.connect(self._to_front)
            self._single.listen()

    def _set_icon(self) -> None:
        self.setWindowIcon(QIcon(str(RESOURCES / "icons" / "app.svg")))

    def _not_opened(self, fault: Exception) -> None:
        self._work = None
        if self._ahead is not None:
            self._ahead.forget()
            self._ahead = None
        if not isinstance(fault, SafeConductError):
            raise fault
        if isinstance(fault, LockedError) and fault.message.id == "wrong-passphrase":
            self._lock_page().ask(say(fault.message))
        else:
            self._lock_page().explain(say(fault.message))
        self.show()

    def _lock_page(self) -> "UnlockPage":
        from ui.pages.unlock import UnlockPage

        if self._unlock is None:
            self._unlock = UnlockPage()
            self._unlock.unlocked.connect(self.begin)
            self._unlock.again.connect(self.begin)
            self._stack.addWidget(self._unlock)
        self._stack.setCurrentWidget(self._unlock)
        return self._unlock

    def _ask_first(self, found: Fresh) -> None:
        from ui.pages.first_start import FirstStartPage

        self._first = FirstStartPage(found.sources)
        self._first.answered.connect(self._make)
        self._stack.addWidget(self._first)
        self._stack.setCurrentWidget(self._first)
        self._first.country.setFocus()

    def _make(self, answers: "Answers") -> None:
        self._work = Work(lambda: make_profile(self._way, answers), self._opened, self._not_made, self)

    def _not_made(self, fault: Exception) -> None:
        self._work = None
        if not isinstance(fault, SafeConductError):
            raise fault
        if self._first is not None:
            self._first.show_fault(say(fault.message))

    def _enter(self, desk: "Desk", first: "Kept") -> None:
        """Show the list to begin with; once it is painted, what stands around it is loaded."""
        from ui.front import Front

        self._desk = desk
        front = Front(desk, first)
        self._stack.addWidget(front.columns)
        self._stack.setCurrentWidget(front.columns)
        front.checklist.list.setFocus()
        is_first = self._first is not None
        if self._unlock is not None:
            self._unlock.forget()
        for page in (self._first, self._unlock):
            if page is not None:
                self._stack.removeWidget(page)
                page.deleteLater()
        self._first = self._unlock = None
        QTimer.singleShot(REST_AFTER_MS, self, partial(self._load_rest, desk, front, is_first))

    def _load_rest(self, desk: "Desk", front: "Front", is_first: bool) -> None:
        if self._desk is None:
            return  # it was closed meanwhile
        done = partial(self._furnish, desk, front, is_first)
        self._work = Work(partial(load_rest, desk), lambda _: done(), self._not_opened, self)

    def _furnish(self, desk: "Desk", front: "Front", is_first: bool) -> None:
        """Put the side, the reading and everything that leads from page to page around the list."""
        from ui.notifier import Notifier
        from ui.watcher import Watcher
        from ui.workbench import Workbench

        self._work = None
        self._watcher = Watcher(desk.profile, desk.key, desk.catalogue_file, self)
        self._notifier = Notifier(self)
        self.workbench = Workbench(desk, front, self._watcher, self._notifier)
        self._stack.addWidget(self.workbench)
        self._stack.setCurrentWidget(self.workbench)
        # In a turn of its own, because both together would keep the window from everything else too long.
        begin = partial(self._begin, desk, self.workbench, self._watcher, self._notifier, is_first)
        QTimer.singleShot(1, self, begin)  # none of 0: that comes before anything that waits

    def _begin(
        self, desk: "Desk", workbench: "Workbench", watcher: "Watcher", notifier: "Notifier", is_first: bool
    ) -> None:
        """Fill what was put there, and be there for whoever calls."""
        from ui.staying import Staying

        if self._desk is None:
            return  # it was closed meanwhile
        workbench.wanted_front.connect(self._to_front)
        self._staying = staying = Staying(desk, notifier, self, may_stay=self._way.stays)
        staying.opened.connect(self._to_front)
        staying.check_wanted.connect(watcher.check)
        staying.quit_now.connect(self._quit)
        workbench.quit_wanted.connect(staying.ask_to_quit)
        workbench.truth.heard.connect(staying.show_state)
        workbench.outside.gone.connect(staying.end)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):  # at the end of a session a window that stays would hold it up
            app.commitDataRequest.connect(self._session_ends)
        workbench.begin()
        if staying.tray is None and not self.isVisible():
            self.show()
        if is_first:
            watcher.check()
            workbench.tour.begin()
        if self._ahead is not None:
            self._ahead.catch_up()
            self._ahead = None

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

    def _quit(self) -> None:
        self._is_quitting = True
        self.close()
        QGuiApplication.quit()

    def _session_ends(self) -> None:
        self._is_quitting = True

    def closeEvent(self, event: QCloseEvent) -> None:
        """With a tray, only go out of sight. Else end the checker and the notices, close the store; every tick is
        long on the disk.
        """
        self._blank.stop()  # what is closed does not come again
        if not self._is_quitting and self._staying is not None and self._staying.stays():
            event.ignore()
            self.hide()
            return
        self._is_quitting = True
        if self._work is not None:
            self._work.cancel()
        for part in (self._single, self._staying):
            if part is not None:
                part.close()
        if self.workbench is not None:
            self.workbench.close_all()
        if self._watcher is not None:
            self._watcher.close()
        if self._notifier is not None:
            self._notifier.close()
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        super().closeEvent(event)
