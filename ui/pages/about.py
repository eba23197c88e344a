"""About: what this program is and is not, how this profile is kept, whose words it carries, what it is made of."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.scroll_page import ScrollPage


class Facts(NamedTuple):
    """What is said of this program and this profile. `sources`: attributions, each with its licence."""

    version: str
    folder: str
    under_passphrase: bool
    sources: Sequence[str]


class AboutPage(ScrollPage):
    """`keys_wanted` and `tour_wanted`: the two other places of help. `left`: back to where the work is."""

    left = Signal()
    keys_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("About"), parent)
        self.version, self.folder, self.protection = build.label(look="muted"), build.label(), build.label()
        self.sources, self.made_of = build.label(look="muted"), build.label(tr("Reading…"), "muted")
        self.keys = build.button(tr("Every key"), self.keys_wanted.emit)
        self.tour = build.button(tr("Take the short tour"), self.tour_wanted.emit)
        self.back = build.button(tr("Back"), self.left.emit)
        acts = Flow(theme.px(8))
        for act in (self.keys, self.tour, self.back):
            acts.addWidget(act)
        layout = self.column
        layout.addWidget(build.label(tr("About Safe Conduct"), "title"))
        layout.addWidget(self.version)
        layout.addLayout(acts)
        for card in (self._what(), self._where(), self._whose(), self._of_what()):
            layout.addWidget(card)
        layout.addStretch(1)
        self.setFocusProxy(self.keys)

    def _what(self) -> QWidget:
        return build.card(
            tr("What it is, and is not"),
            build.label(tr("No government made this program, and none vouches for it.")),
            build.label(
                tr("It finds actions in official texts by rules. An action can be missed, so read the text too.")
            ),
            build.label(tr("A full ring means that a list is done, never that you are safe.")),
            build.label(
                tr(
                    "There is no account, and nobody counts what you do. It asks only the sources that you follow, and "
                    "they see that somebody asks."
                )
            ),
        )

    def _where(self) -> QWidget:
        return build.card(tr("This profile"), self.folder, self.protection)

    def _whose(self) -> QWidget:
        return build.card(
            tr("Whose words it carries"),
            build.label(
                tr(
                    "The texts belong to those who issued them. Their licences and attributions go with everything "
                    "that is printed or written to a file. The sources of the list are:"
                )
            ),
            self.sources,
        )

    def _of_what(self) -> QWidget:
        return build.card(
            tr("What it is made of"),
            build.label(
                tr(
                    "Safe Conduct itself, and the checklists that come with it, are under the MIT licence. It comes "
                    "with these parts, each under its own; Qt may be replaced by another build of it."
                )
            ),
            self.made_of,
            build.label(tr("The map is made with Natural Earth, which is in the public domain.")),
        )

    def show_facts(self, facts: Facts) -> None:
        """Show what is known at once."""
        self.version.setText(tr("Version {version}").format(version=facts.version))
        self.folder.setText(tr("It lies in {folder}").format(folder=facts.folder.replace("/", "/\u200b")))
        self.folder.setAccessibleName(tr("It lies in {folder}").format(folder=facts.folder))
        if facts.under_passphrase:
            said = tr(
                "Everything in it is encrypted, and only your passphrase opens its key. While the program is closed, "
                "nothing of it can be read. Nobody can recover a lost passphrase."
            )
        else:
            said = tr(
                "Everything in it is encrypted, and this computer's keyring keeps the key. That protects only while "
                "you are logged out: whoever is at this computer while you are logged in can open it. Where you cross "
                "borders or checkpoints, a profile with a passphrase protects better."
            )
        self.protection.setText(said)
        self.sources.setText("\n".join(facts.sources))

    def show_parts(self, lines: Sequence[str]) -> None:
        """Show what the program is made of, a part a line."""
        self.made_of.setText("\n".join(lines))
