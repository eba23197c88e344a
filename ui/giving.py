"""What leaves the program and comes back as files: printing, export and import."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.errors import SafeConductError
from core.wording import N_, say, tr
from ui.desk import Desk
from ui.keys import bind
from ui.pages.checklist import ChecklistPage
from ui.work import Work

if TYPE_CHECKING:  # made when it is first wanted: it brings printing
    from ui.paper.preview import Preview
    from ui.sealing import Sealing

_KINDS = (
    (N_("Markdown"), "md"),
    (N_("Table"), "csv"),
    (N_("JSON, to be taken in again"), "json"),
    (N_("Tasks of a calendar"), "ics"),
)


class Giving(QObject):
    """`shown`: the id of the list that is shown, None for all. `take`: looks at a file that is to be taken in."""

    def __init__(
        self,
        desk: Desk,
        page: ChecklistPage,
        shown: Callable[[], str | None],
        take: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._page, self._shown, self._take, self._around = desk, page, shown, take, parent
        self.preview: Preview | None = None
        self._writing: Work[None] | None = None
        self.sealing: Sealing | None = None
        bind(parent, {"print": self.print, "export": self.export, "seal": self.seal, "take": self.take_in})

    def close(self) -> None:
        """End what was started."""
        if self.preview is not None:
            self.preview.close()
        if self._writing is not None:
            self._writing.cancel()
        if self.sealing is not None:
            self.sealing.close()

    def print(self) -> None:
        """Show what would be printed."""
        from ui.paper.preview import Preview
        from ui.paper.sheet import Part, Sheet

        written = self._desk.written(self._shown())
        parts, companies, come_in = [], self._desk.journeys.companies(), self._desk.journeys.come_in()
        for one in written:
            follows = one.checklist.advisory_id
            revision = self._desk.revision(follows) if follows else None
            name = one.checklist.id
            company = companies.get(name, ())
            parts.append(Part(one.checklist.title, one.items, revision, one.attribution, company, name in come_in))
        title = parts[0].title if self._shown() is not None and parts else tr("To do")
        self.close()
        self.preview = preview = Preview(Sheet(title, parts, datetime.now(UTC)), self._around)
        preview.said.connect(self._say)
        preview.destroyed.connect(self._forget)
        preview.show()

    def _forget(self) -> None:
        self.preview = None

    def export(self) -> None:
        """Ask where to, and write the list that is shown, or all."""
        from ui.files import ask_where

        written = self._desk.written(self._shown())
        if not written:
            self._page.refuse(tr("No checklist is started, so there is nothing to write."))
            return
        name = written[0].checklist.title if self._shown() is not None else tr("Safe Conduct checklists")
        kinds = [(tr(words), ending) for words, ending in _KINDS]
        ask_where(self._around, tr("Write to a file"), name, kinds, self._write)

    def _write(self, name: str) -> None:
        from core import lists
        from core.paths import write_whole

        file, written = Path(name), self._desk.written(self._shown())
        self._writing = Work(
            lambda: write_whole(file, lists.WRITERS[lists.format_of(name, None)](written)),
            lambda _: self._written(file.name),
            lambda fault: self._not_written(file.name, fault),
            self,
        )

    def _written(self, name: str) -> None:
        self._writing = None
        self._say(tr("“{file}” was written. It is not encrypted.").format(file=name))

    def _not_written(self, name: str, fault: Exception) -> None:
        from ui.files import unwritten

        self._writing = None
        if isinstance(fault, SafeConductError):
            self._page.refuse(say(fault.message))
        elif isinstance(fault, OSError):
            self._page.refuse(unwritten(name, fault))
        else:
            raise fault

    def seal(self) -> None:
        """Ask for a passphrase and where to, and have another process write an encrypted copy."""
        from ui.sealing import Sealing

        if not self._desk.lists():
            self._page.refuse(tr("No checklist is started, so there is nothing to write."))
            return
        if self.sealing is None:
            self.sealing = Sealing(self._desk, self._around)
            self.sealing.said.connect(self._say)
            self.sealing.refused.connect(self._not_sealed)
        self.sealing.ask(self._shown())

    def _not_sealed(self, sentence: str) -> None:
        self._page.said.hide()  # that it is being written
        self._page.refuse(sentence)

    def take_in(self) -> None:
        """Ask for a file and show what is in it; nothing is kept before a yes."""
        from ui.files import ask_which

        ask_which(self._around, tr("Take in a file"), self._take)

    def _say(self, sentence: str) -> None:
        self._page.say(sentence)
