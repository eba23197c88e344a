"""The contacts of a text: telephone numbers, mail and postal addresses, each to be copied or seen where it stands."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.model import Contact
from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.flow import Flow


class ContactsList(QScrollArea):
    """`copy_wanted`: a number or address. `place_wanted`: where in the text it stands."""

    copy_wanted = Signal(str)
    place_wanted = Signal(int, int)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Contacts in this text"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have it

    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Replace what is shown."""
        canvas, leading = QWidget(), Qt.AlignmentFlag.AlignLeading
        layout = QVBoxLayout(canvas)
        layout.setContentsMargins(0, 0, theme.px(8), 0)
        layout.setSpacing(theme.px(8))
        back = build.button(tr("Back to the text"), self.back_wanted.emit, "link")
        layout.addWidget(back, 0, leading)
        for contact in contacts:
            layout.addWidget(self._card(contact))
        layout.addStretch(1)
        self.setWidget(canvas)
        self.setFocusProxy(back)

    def _card(self, contact: Contact) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        inside.setSpacing(theme.px(4))
        if contact.label:
            inside.addWidget(build.label(contact.label, "muted"))
        acts = Flow(theme.px(12))
        for value, words in (
            (contact.phone, tr("Copy the number")),
            (contact.email, tr("Copy the mail address")),
            (contact.address, tr("Copy the address")),
        ):
            if value:
                inside.addWidget(build.label(value, "strong"))
                copy = build.button(words, partial(self.copy_wanted.emit, value), "link")
                copy.setAccessibleName(f"{words}: {value}")
                acts.addWidget(copy)
        where = build.button(tr("Where it stands"), lambda: self.place_wanted.emit(contact.start, contact.end), "link")
        acts.addWidget(where)
        inside.addLayout(acts)
        return card
