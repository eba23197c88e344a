"""An encrypted copy of a list for somebody else: a passphrase for it alone, a file, and another process that writes it.

That process gets the key and the passphrase through a pipe, and seals what it writes: nothing that is not encrypted
touches the disk, and the window makes no key of a passphrase.
"""

from functools import partial
from pathlib import Path
from typing import Any  # a child's JSON before it was looked at

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.sealed import ENDING
from core.wording import tr
from ui.desk import Desk
from ui.errand import Errand
from ui.files import ask_where
from ui.widgets.new_passphrase import NewPassphrase


class Sealing(QObject):
    """`said`: what was written, and what to do now; `refused`: why nothing was."""

    said = Signal(str)
    refused = Signal(str)

    def __init__(self, desk: Desk, around: QWidget) -> None:
        super().__init__(around)
        self._desk, self._around = desk, around
        self._errand = Errand(self)
        self.question: NewPassphrase | None = None

    def ask(self, checklist: str | None) -> None:
        """Ask for the passphrase, then where to, for a list or for all (None)."""
        if self._errand.is_under_way or self.question is not None:
            return
        self.question = made = NewPassphrase(
            self._around,
            tr("An encrypted copy of this list") if checklist else tr("An encrypted copy of all lists"),
            tr(
                "Whoever has the file and its passphrase can read the items, notes, texts and attached files; without "
                "the passphrase nobody can, and nobody can recover a lost one. Choose one for this copy alone, not "
                "the one of your profile."
            ),
            tr("Choose where to…"),
            partial(self._ask_where, checklist),
        )
        made.destroyed.connect(self._forget)
        made.ask()

    def _forget(self) -> None:
        self.question = None

    def _ask_where(self, checklist: str | None, passphrase: str, sender: str) -> None:
        # The name that is suggested tells nothing of the place or the list.
        kinds = [(tr("Encrypted copy"), ENDING.removeprefix("."))]
        title = tr("Write an encrypted copy")
        ask_where(self._around, title, tr("copy"), kinds, partial(self._write, checklist, passphrase, sender))

    def _write(self, checklist: str | None, passphrase: str, sender: str, name: str) -> None:
        file = Path(name)
        arguments = ["--profile", str(self._desk.profile.folder), "--json", "export", "--to", str(file)]
        arguments += ["--format", "copy", "--key-fd", "0", "--copy-passphrase-fd", "0"]
        arguments += ["--sender-fd", "0"] if sender else []
        arguments += ["--list", checklist] if checklist else []
        arguments += ["--catalogue", self._desk.catalogue_file] if self._desk.catalogue_file else []
        self.said.emit(tr("Writing the copy…"))
        given = f"{self._desk.key.hex()}\n{passphrase}\n{sender}\n".encode()
        self._errand.run(arguments, given, lambda answer: self._written(file.name, answer), self._not_written)

    def _written(self, name: str, answer: Any) -> None:
        words = [
            tr(
                "“{file}” was written, encrypted. Tell its passphrase by another way than the file: by voice, not in "
                "the same message."
            ).format(file=name)
        ]
        left_out = [str(one)[:120] for one in answer["files_left_out"][:20]]
        if left_out:
            words.append(
                tr("These attached files did not fit and stayed out: {files}.").format(files=", ".join(left_out))
            )
        self.said.emit(" ".join(words))

    def _not_written(self, _status: int, sentence: str) -> None:
        self.refused.emit(sentence or tr("The copy could not be written. Nothing was changed."))

    def close(self) -> None:
        """End what was started."""
        self._errand.close()
        if self.question is not None:
            self.question.reject()
