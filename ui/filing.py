"""Files attached to items: a copy is kept in the encrypted store; opened, exported, removed from there.

Megabytes are read and written on a thread with a store of its own. What is opened is laid open as a private copy, which
is removed when the profile is closed.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from core import private_copy
from core.errors import InputError, SafeConductError
from core.model import Item
from core.paths import write_whole
from core.store.files import Attached
from core.wording import say, tr
from ui.desk import Desk
from ui.keys import LIST
from ui.pages.checklist import ChecklistPage
from ui.widgets.acts_menu import Act, acts_menu
from ui.work import Work


class Filing(QObject):
    """`changed`: a file came or went. `said`: what was done or could not be, in a sentence."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, page: ChecklistPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._held: dict[str, list[Attached]] = {}
        self._work: Work[object] | None = None
        self.menu: QMenu | None = None
        private_copy.remove_all()  # what a killed process left

    def show(self) -> None:
        """Say on the rows how many files their items have."""
        self._held = {}
        for one in self._desk.shelf.attached([item.id for item in self._page.model.items()]):
            self._held.setdefault(one.item, []).append(one)
        self._page.model.show_files({name: len(held) for name, held in self._held.items()})

    def has(self, item: Item) -> int:
        """How many files an item has."""
        return len(self._held.get(item.id, ()))

    def attach(self, item: Item) -> None:
        """Ask for a file and keep a copy of it."""
        from ui.files import ask_which

        title = tr("Attach a file: a copy is kept, encrypted, 10 MB at most")
        ask_which(self._page, title, partial(self.attach_file, item))

    def attach_file(self, item: Item, path: str) -> None:
        """Keep a copy of this file."""

        def done(_: object) -> None:
            self.changed.emit()

        self._do(lambda: self._desk.shelf.attach(item.id, Path(path)), done)

    def ask(self, item: Item) -> None:
        """The files of an item, and what may be done with each."""
        held = self._held.get(item.id, [])
        if not held:
            self.said.emit(tr("No file is attached to this item."))
            return
        acts: list[Act | None] = []
        for one in held:
            acts += [None] if acts else []
            about = tr("{name} ({size} kB)").format(name=one.name, size=max(1, one.size // 1000))
            acts += [
                ("", tr("Open {file}").format(file=about), partial(self.open, one)),
                ("", tr("Export {file}").format(file=one.name), partial(self.export, one)),
                ("", tr("Remove {file}").format(file=one.name), partial(self.remove, one)),
            ]
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = acts_menu(self._page.list, tr("Files of the item"), LIST, acts)
        self.menu.popup(self._page.list.menu_place())

    def open(self, one: Attached) -> None:
        """Show a file in the program that this machine has for it."""

        def done(path: Path) -> None:
            if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self.said.emit(tr("Opened as a private copy, which is removed when Safe Conduct is closed."))
            else:
                private_copy.remove_all()
                self.said.emit(tr("This machine has no program that opens “{file}”.").format(file=one.name))

        self._do(lambda: private_copy.lay_open(one.name, self._desk.shelf.content(one.id)), done)

    def export(self, one: Attached) -> None:
        """Write a file's bytes where the traveller wants them."""
        from ui.files import ask_copy

        ask_copy(self._page, tr("Export the file"), one.name, partial(self._write, one))

    def _write(self, one: Attached, path: str) -> None:
        self._do(
            lambda: write_whole(Path(path), self._desk.shelf.content(one.id)),
            lambda _: self.said.emit(tr("“{file}” was written. It is not encrypted there.").format(file=one.name)),
        )

    def remove(self, one: Attached) -> None:
        """Take a file away; Ctrl+Z brings it back."""
        try:
            self._desk.shelf.remove_file(one.id)
        except SafeConductError as error:
            self.said.emit(say(error.message))
            return
        self.changed.emit()
        self.said.emit(tr("“{file}” was removed. Ctrl+Z brings it back.").format(file=one.name))

    def close(self) -> None:
        """Remove what was laid open."""
        if self._work is not None:
            self._work.cancel()
        private_copy.remove_all()

    def _do(self, act: Callable[[], object], done: Callable[..., object]) -> None:
        """One thing at a time on a thread."""
        if self._work is not None:
            self.said.emit(tr("Another file is still being read. Try again in a moment."))
            return

        def ended(result: object) -> None:
            self._work = None
            done(result)

        self._work = Work(act, ended, self._failed, self)

    def _failed(self, fault: Exception) -> None:
        self._work = None
        if isinstance(fault, SafeConductError):
            self.said.emit(say(fault.message))
        elif isinstance(fault, OSError):
            self.said.emit(say(InputError("file-not-handled", reason=fault.strerror or "").message))
        else:
            raise fault
