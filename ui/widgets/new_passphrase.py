"""Asks for the passphrase of a copy, twice, and for who sends it, in a question over the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from core.wording import tr
from core.wrapping import MIN_PASSPHRASE
from ui import theme
from ui.aloud import announce
from ui.models.items import LONGEST_NAME
from ui.widgets import build
from ui.widgets.question import Question


class NewPassphrase(Question):
    """`then` gets it, and the name or "", when both are the same and long enough; a fault is said beside the fields,
    and they stay.
    """

    def __init__(self, parent: QWidget, said: str, below: str, go_on: str, then: Callable[[str, str], object]) -> None:
        super().__init__(parent, said, below)
        self._then = then
        self.passphrase, self.again, self.your_name = QLineEdit(), QLineEdit(), QLineEdit()
        self.fault = build.label(look="error")
        self.fault.hide()
        self.go_on = build.button(go_on, self._answer, "primary")
        self.go_on.setDefault(True)
        leave = build.button(tr("Cancel"), self.reject)
        leave.setAutoDefault(False)
        for place, (field, words) in enumerate(
            ((self.passphrase, tr("Passphrase of the copy")), (self.again, tr("Once more"))), 2
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            self.rows.insertWidget(place, field)
        self.rows.insertWidget(4, self.fault)
        words = tr("Your name, for whoever opens it (optional)")
        self.your_name.setPlaceholderText(words)
        self.your_name.setAccessibleName(words)
        self.your_name.setMaxLength(LONGEST_NAME)
        self.rows.insertWidget(5, self.your_name)
        for one in (self.go_on, leave):
            self.acts.addWidget(one)

    def ask(self, leave: str = "") -> None:
        """Show it; the first field has the focus."""
        self.show_fitting()
        self.passphrase.setFocus()

    def _answer(self) -> None:
        words = self.passphrase.text()
        if len(words) < MIN_PASSPHRASE:
            self._show_fault(tr("A passphrase needs at least {least} characters.").format(least=MIN_PASSPHRASE))
        elif words != self.again.text():
            self._show_fault(tr("The two passphrases differ."))
        else:
            self.accept()
            self._then(words, self.your_name.text())

    def _show_fault(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.show()
        self.resize(self.width(), self.rows.totalHeightForWidth(self.width()) + theme.px(4))
        self.passphrase.setAccessibleDescription(sentence)
        self.passphrase.setFocus()
        announce(self.fault, sentence)
