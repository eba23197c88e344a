"""Every key on one page, from the table that the keys themselves are made from."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from core.wording import N_, tr
from ui import theme
from ui.keys import EDITOR, HISTORY, LIST, MAP, PAPER, REVIEW, WINDOW, Key, said
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.scroll_page import ScrollPage

_SECTIONS = (
    (N_("Anywhere"), WINDOW),
    (N_("In a list"), LIST),
    (N_("While something is written"), EDITOR),
    (N_("In a review"), REVIEW),
    (N_("In a history"), HISTORY),
    (N_("On the map"), MAP),
    (N_("Before printing"), PAPER),
)


class KeysPage(ScrollPage):
    """A card a section. `left`: back to where the work is; `about_wanted` and `tour_wanted`: the other help."""

    left = Signal()
    about_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys"), parent)
        layout = self.column
        layout.addWidget(build.label(tr("Keys"), "title"))
        self.about = build.button(tr("About Safe Conduct"), self.about_wanted.emit)
        self.tour = build.button(tr("Take the short tour"), self.tour_wanted.emit)
        acts = Flow(theme.px(8))
        for act in (self.about, self.tour, build.button(tr("Back"), self.left.emit)):
            acts.addWidget(act)
        layout.addLayout(acts)
        for title, table in _SECTIONS:
            layout.addWidget(_card(tr(title), table))
        layout.addStretch(1)
        self.setFocusProxy(self.about)


def _card(title: str, table: tuple[Key, ...]) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    grid = QGridLayout(card)
    grid.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    grid.addWidget(build.label(title, "strong"), 0, 0, 1, 2)
    for row, key in enumerate(table, 1):
        words = build.label(tr(key.words))
        words.setAccessibleName(f"{tr(key.words)}: {said(key.keys)}")
        grid.addWidget(words, row, 0)
        grid.addWidget(build.label(said(key.keys), "muted"), row, 1)
    return card
