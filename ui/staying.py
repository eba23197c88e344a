"""What closing and quitting come to: with a tray the program stays and looks on, which is said once; quitting asks."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from core.errors import SafeConductError
from core.loudness import Loudness
from core.model import Message, Notice
from core.wording import tr
from ui import tray
from ui.desk import Desk
from ui.notifier import Notifier
from ui.widgets.question import Question

STAYS = Notice(Message("notice-title"), Message("still-looking"), (), urgent=False)
GONE = Notice(Message("notice-title"), Message("profile-gone"), (), urgent=False)


class Staying(QObject):
    """`opened`: the window is wanted. `check_wanted`; `quit_now`: it was said what that stops, and is wanted."""

    opened = Signal()
    check_wanted = Signal()
    quit_now = Signal()

    def __init__(self, desk: Desk, notifier: Notifier, window: QWidget, *, may_stay: bool) -> None:
        super().__init__(window)
        self._desk, self._notifier, self._window = desk, notifier, window
        self.tray = tray.Tray(self) if may_stay and tray.is_available() else None
        if self.tray is not None:
            QApplication.setQuitOnLastWindowClosed(False)
            self.tray.opened.connect(self.opened)
            self.tray.check_wanted.connect(self.check_wanted)
            self.tray.quit_wanted.connect(self.ask_to_quit)

    def stays(self) -> bool:
        """Whether the program looks on when its window is closed; said the first time."""
        if self.tray is None:
            return False
        if self._desk.setting("said-stays", "no") == "no":
            try:
                self._desk.set_setting("said-stays", "yes")
            except SafeConductError:
                return True  # said the next time
            self._notifier.tell([STAYS])
        return True

    def show_state(self, loudness: int) -> None:
        """How loudly something is to be said, for the tray."""
        if self.tray is not None:
            self.tray.show_state(Loudness(loudness), self._desk.unread())

    def ask_to_quit(self) -> None:
        """Say what quitting stops."""
        if self._window.findChild(Question) is not None:
            return
        said = tr("Quit Safe Conduct?")
        below = tr(
            "Until the next start no source is looked at, and no notice and no reminder comes. Everything is kept."
        )
        question = Question(self._window, said, below)
        question.answer(tr("Quit"), self.quit_now.emit)
        question.ask(tr("Keep looking"))

    def end(self) -> None:
        """The profile is gone: show nothing more of it, say that nothing is looked at any more, and quit."""
        self._window.hide()
        self._notifier.told.connect(lambda notice, taken: self.quit_now.emit() if notice is GONE else None)
        self._notifier.tell([GONE])

    def close(self) -> None:
        """Take the icon away."""
        if self.tray is not None:
            self.tray.close()
            QApplication.setQuitOnLastWindowClosed(True)
