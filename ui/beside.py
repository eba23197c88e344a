"""What stands beside the list: the text that an item came from, or an advisory that was chosen."""

from PySide6.QtCore import QObject, Signal

from core.errors import SafeConductError
from core.model import Item
from ui import describe, where
from ui.desk import Desk
from ui.pages.reading import ReadingPane


class Beside(QObject):
    """Fills the right column. `seen`: an advisory was looked at, which the side counts."""

    seen = Signal()

    def __init__(self, desk: Desk, reading: ReadingPane, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reading = desk, reading

    def show_item(self, item: Item | None, *, in_list: bool) -> None:
        """The text of an item with its sentence marked; `in_list`: its list is what is shown."""
        if item is None:
            self._reading.show_nothing()
            return
        if item.advisory_id is None:
            self._reading.show_own(describe.no_issuer(bundled=item.checklist.startswith("safeconduct:")))
            return
        revision = self._desk.revision(item.advisory_id)
        if revision is None:
            self._reading.show_nothing()
            return
        self._reading.show_revision(revision, has_list=True, in_list=in_list)
        listed = any(action.id == item.action_id for action in revision.actions)
        self._reading.reader.mark(item.start if listed else None, item.end if listed else None)

    def show_advisory(self, advisory_id: str, words: str) -> None:
        """An advisory as it is now, with the first of the words that were searched for marked; it counts as seen."""
        revision = self._desk.revision(advisory_id)
        if revision is None:
            return
        started = any(one.advisory_id == advisory_id for one in self._desk.lists())
        self._reading.show_revision(revision, has_list=started, in_list=False)
        self._reading.reader.mark(*where.first_found(revision.text.plain, words))
        try:
            self._desk.see(advisory_id)
        except SafeConductError:
            return  # it stays new, which is no loss
        self.seen.emit()
