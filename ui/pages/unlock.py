"""A closed profile: its passphrase is asked, or it is said why it cannot be opened."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.wording import tr
from ui import theme
from ui.widgets import build


class UnlockPage(QWidget):
    """`unlocked` carries the passphrase; `again` asks to try once more without one."""

    unlocked = Signal(str)
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.words = build.label(look="muted")
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(tr("Passphrase"))
        self.field.setAccessibleName(tr("Passphrase"))
        self.field.returnPressed.connect(self._go)
        self.fault = build.label(look="error")
        self.act = build.button(tr("Unlock"), self._go, "primary")
        outer = QVBoxLayout(self)
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(theme.px(440))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        inside.setSpacing(theme.px(12))
        self.heading = build.label(look="heading")
        inside.addWidget(self.heading)
        for widget in (self.words, self.field, self.fault):
            inside.addWidget(widget)
        inside.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 100)
        across.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)

    def ask(self, fault: str = "") -> None:
        """Ask for the passphrase; `fault`: why the last one was refused."""
        self._say_which(tr("Safe Conduct is locked"), tr("Unlock"))
        self.words.setText(tr("While it is locked nothing is checked and nothing can be read."))
        self.field.show()
        self._show_fault(fault)
        self.field.selectAll()
        self.field.setFocus()

    def explain(self, fault: str) -> None:
        """Say why the profile cannot be opened, and offer to try again."""
        self._say_which(tr("Safe Conduct could not be opened"), tr("Try again"))
        self.words.setText(tr("What is kept was not changed."))
        self.field.hide()
        self._show_fault(fault)

    def _say_which(self, heading: str, act: str) -> None:
        self.heading.setText(heading)
        self.act.setText(act)

    def _show_fault(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.act.setEnabled(True)

    def forget(self) -> None:
        """The profile is open: what was typed does not stay."""
        self.field.clear()

    def _go(self) -> None:
        if not self.act.isEnabled():
            return  # Enter again while a try is under way
        self.act.setEnabled(False)
        self.words.setText(tr("Opening what is kept…"))
        self.fault.hide()
        if self.field.isVisible():
            self.unlocked.emit(self.field.text())
        else:
            self.again.emit()
