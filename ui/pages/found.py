"""What was found in a pasted or dropped text, shown before anything is kept; an encrypted copy wants its passphrase."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from core.model import State
from core.wording import tr, trn
from ui import theme
from ui.aloud import announce
from ui.handover import Found
from ui.models.items import STATE_NAMES
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.snug import SnugArea

_BOXES = {State.OPEN: "☐", State.DONE: "☑", State.NOT_APPLICABLE: "–"}


class FoundPage(QWidget):
    """`keep_wanted`, or back to where the traveller was; `passphrase_given`: the copy is to be opened with it."""

    keep_wanted = Signal()
    passphrase_given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.about = build.label(look="muted")
        self.keep = build.button(tr("Keep it and start the checklist"), self.keep_wanted.emit, "primary")
        self.leave = build.button(tr("Discard"), self.left.emit)
        inner = build.Canvas()
        self._area = area = SnugArea(inner)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # keys scroll it
        area.setObjectName("found")
        area.setAccessibleName(tr("What was found"))
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, theme.px(8), 0)
        self._rows.setSpacing(theme.px(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(12))
        layout.setSpacing(theme.px(12))
        self.title = build.label(look="title")
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(tr("Passphrase of the copy"))
        self.passphrase.setAccessibleName(tr("Passphrase of the copy"))
        self.passphrase.returnPressed.connect(self._give_passphrase)
        self.fault = build.label(look="error")
        self.open = build.button(tr("Open the copy"), self._give_passphrase, "primary")
        layout.addWidget(self.passphrase)
        layout.addWidget(self.fault)
        layout.addWidget(area, 1)
        acts = Flow(theme.px(12))
        acts.addWidget(self.open)
        acts.addWidget(self.keep)
        acts.addWidget(self.leave)
        layout.addLayout(acts)
        layout.addStretch()

    def wait(self) -> None:
        """A text is being read."""
        self._clear()
        self.about.setText(tr("Reading the text…"))
        self.keep.hide()

    def ask_passphrase(self, fault: str = "") -> None:
        """Ask for the passphrase of an encrypted copy; `fault`: why the last one was refused."""
        self._clear()
        self.title.setText(tr("An encrypted copy"))
        self.about.setText(tr("Its sender has told you its passphrase. What it holds is shown before it is kept."))
        self.keep.hide()
        self.passphrase.show()
        self.open.show()
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.passphrase.setAccessibleDescription(fault)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
        announce(self.fault, fault)

    def _give_passphrase(self) -> None:
        if self.passphrase.text():
            self.passphrase_given.emit(self.passphrase.text())

    def show_refusal(self, sentence: str) -> None:
        """Nothing could be taken."""
        self._clear()
        self.about.setText(sentence)
        self.keep.hide()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show what would be kept."""
        self._clear()
        self.passphrase.clear()
        count = sum(len(one.actions) for one in found)
        about = trn("{count} action. Nothing is kept yet.", "{count} actions. Nothing is kept yet.", count)
        words = tr("Keep it and start the checklist") if count else tr("Keep the text")
        if any(one.states for one in found):
            about = trn("{count} item. Nothing is kept yet.", "{count} items. Nothing is kept yet.", count)
            words = trn("Keep the checklist", "Keep {count} checklists", len(found))
        self.about.setText(about)
        self.keep.setText(words)
        self.keep.setAccessibleName(words)
        self.keep.show()
        self.keep.setFocus()
        for one in found:
            self._rows.insertWidget(self._rows.count() - 1, self._card(one))
        self._area.show()

    def _clear(self) -> None:
        self.title.setText(tr("What was found"))
        for one in (self.passphrase, self.fault, self.open):
            one.hide()
        self._area.hide()
        while self._rows.count():
            taken = self._rows.takeAt(0)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.deleteLater()
        self._rows.addStretch(1)

    def _card(self, found: Found) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        inside.setSpacing(theme.px(6))
        inside.addWidget(build.label(found.title, "strong"))
        if found.second_hand:
            badge = build.Badge()
            t = theme.tokens()
            badge.show_words(tr("Quoted, not from the issuer"), t.changed, t.changed_ground)
            inside.addWidget(badge)
        for number, action in enumerate(found.actions, 1):
            if not found.states:
                inside.addWidget(build.label(f"{number}.  {action}"))
                continue
            state, note = found.states[number - 1], found.notes[number - 1]
            row = build.label(f"{_BOXES[state]}  {action}")
            row.setAccessibleName(f"{tr(STATE_NAMES[state])}. {action}")
            inside.addWidget(row)
            if note:
                inside.addWidget(build.label(note, "muted"))
        if not found.actions:
            inside.addWidget(build.label(tr("No list of actions was found in it."), "muted"))
        for warning in found.warnings:
            inside.addWidget(build.label(warning, "muted"))
        return card
