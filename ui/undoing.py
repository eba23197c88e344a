"""Ctrl+Z and Ctrl+Shift+Z over what the traveller did in the profile, with a sentence of what was taken back."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import SafeConductError
from core.wording import N_, say, tr, trn
from ui.desk import Act, Desk, Reversal
from ui.keys import bind

_ACTS = {
    Act.TICK: N_("ticked"),
    Act.UNTICK: N_("made open"),
    Act.ASIDE: N_("set aside"),
    Act.NOTE: N_("note written"),
    Act.DUE: N_("due time set"),
    Act.ACCEPT: N_("change accepted"),
    Act.AGAIN: N_("to be done again"),
    Act.KEEP: N_("kept below"),
    Act.HIDE: N_("hidden"),
    Act.LOOK: N_("looked at"),
    Act.ADD: N_("added"),
    Act.PEOPLE: N_("who has done it"),
    Act.REWORD: N_("worded anew"),
    Act.REMOVE: N_("removed"),
    Act.NEW_LIST: N_("list made"),
    Act.RENAME: N_("list renamed"),
    Act.ARCHIVE: N_("list archived"),
    Act.BRING_BACK: N_("list brought back"),
    Act.MOVE: N_("moved"),
    Act.ATTACH: N_("file attached"),
    Act.DETACH: N_("file removed"),
    Act.TRIP_ADDED: N_("trip added"),
    Act.TRIP_CHANGED: N_("trip changed"),
    Act.TRIP_ARCHIVED: N_("trip put away"),
    Act.TRIP_BACK: N_("trip brought back"),
}
_LONGEST = 60


class Undoing(QObject):
    """`turned`: (the list or "" for a trip, the first item or "", a sentence). `refused`: why it could not be done."""

    turned = Signal(str, str, str)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        bind(parent, {"undo": self.undo, "redo": self.redo})

    def undo(self) -> None:
        """Take back what was done last."""
        self._turn(back=True)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(back=False)

    def _turn(self, *, back: bool) -> None:
        try:
            found = self._desk.undo() if back else self._desk.redo()
        except SafeConductError as error:
            self.refused.emit(say(error.message))
            return
        if found is None:
            self.refused.emit(tr("There is nothing to undo.") if back else tr("There is nothing to do again."))
            return
        self.turned.emit(found.checklist, next(iter(found.items), ""), self._sentence(found, back=back))

    def _sentence(self, found: Reversal, *, back: bool) -> str:
        words = found.words
        if len(words) > _LONGEST:
            words = words[: _LONGEST - 1].rstrip() + "…"
        about = f"“{words}”" if words else ""
        if words and len(found.items) > 1:
            more = trn("{count} more", "{count} more", len(found.items) - 1)
            about = tr("{first} and {more}").format(first=about, more=more)
        what = tr(_ACTS[found.act]) + (f" ({about})" if about else "")
        line = (tr("Undone: {what}.") if back else tr("Done again: {what}.")).format(what=what)
        if not found.whole:
            line += " " + tr("What has changed since was left as it is.")
        return line
