"""Leads the page of settings: each is kept as it is chosen, and what cannot be kept is said."""

import asyncio

from PySide6.QtCore import QObject, Signal

from core import autostart
from core.errors import SafeConductError
from core.model import Message
from core.paths import own_command
from core.quiet import read_hours
from core.wording import say, tr
from ui import theme
from ui.desk import Desk
from ui.pages.settings import Chosen, SettingsPage
from ui.work import Work


class Settings(QObject):
    """`retold`: what is told now, or when, is decided anew. `theme_wanted`: by its name."""

    retold = Signal()
    theme_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._trying: Work[Message] | None = None
        self.page = SettingsPage()
        self.page.changed.connect(self._change)
        self.page.quiet_changed.connect(self._change_quiet)
        self.page.tried.connect(self._try)

    def refresh(self) -> None:
        """Show what is set now."""
        proxy, saves = self._desk.network()
        self.page.show_chosen(
            Chosen(
                self._desk.setting("notices", "yes") == "yes",
                self._desk.setting("discreet", "yes") == "yes",
                (self._desk.setting("quiet-from", ""), self._desk.setting("quiet-to", "")),
                self._desk.setting("theme", theme.Wish.SYSTEM),
                saves,
                "" if proxy == "none" else proxy,
                autostart.is_on(self._desk.profile.folder),
            )
        )

    def close(self) -> None:
        """Forget a test that is under way."""
        if self._trying is not None:
            self._trying.cancel()

    def _change(self, name: str, value: str) -> None:
        try:
            if name == "data-saver":
                self._desk.set_saves_data(saves=value == "yes")
            elif name == "proxy":
                self._desk.set_proxy(value)
            elif name == "at-login":
                autostart.turn(self._desk.profile.folder, self._command(), on=value == "yes")
            elif name == "theme":
                self.theme_wanted.emit(value)
            else:
                self._desk.set_setting(name, value)
        except SafeConductError as error:
            self.page.refuse(say(error.message))
        else:
            self.page.refuse("")
            self.retold.emit()
        self.refresh()

    def _change_quiet(self, start: str, end: str) -> None:
        if bool(start) != bool(end):
            self.page.refuse(tr("Write both times, or leave both empty. The quiet hours are not changed yet."))
            return
        hours = read_hours(start, end)
        if start and hours is None:
            self.page.refuse(tr("Write times as 22:00, two that differ. The quiet hours were not changed."))
            return
        kept = (f"{hours.start:%H:%M}", f"{hours.end:%H:%M}") if hours else ("", "")
        try:
            for name, value in zip(("quiet-from", "quiet-to"), kept, strict=True):
                if self._desk.setting(name, "") != value:
                    self._desk.set_setting(name, value)
        except SafeConductError as error:
            self.page.refuse(say(error.message))
            return
        self.page.refuse("")
        self.refresh()
        self.retold.emit()

    def _command(self) -> list[str]:
        listed = ["--catalogue", self._desk.catalogue_file] if self._desk.catalogue_file else []
        return [*own_command(), "--profile", str(self._desk.profile.folder), *listed, "--at-login"]

    def _try(self) -> None:
        self.page.show_outcome(tr("A notice was sent. Press its button when you see it."), trying=True)
        self._trying = Work(_delivered, self._tried, _fault, self)

    def _tried(self, outcome: Message) -> None:
        self._trying = None
        self.page.show_outcome(say(outcome), trying=False)


def _delivered() -> Message:
    from core.delivery import try_delivery

    return asyncio.run(try_delivery())


def _fault(fault: Exception) -> None:
    raise fault
