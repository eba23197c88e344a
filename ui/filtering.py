"""What of everything that is to do is shown: quiet chips above the list, and a menu of places and issuers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from core import places
from core.model import Item
from core.sieve import About, Wanted, What, sift
from core.wording import N_, tr
from ui import theme
from ui.desk import Desk
from ui.keys import WINDOW, bind
from ui.pages.checklist import ChecklistPage, Page
from ui.reads import Reads
from ui.widgets import build
from ui.widgets.acts_menu import Act, acts_menu
from ui.widgets.flow import Flow
from ui.widgets.one_of import OneOf

_NAMES = {
    What.OPEN: N_("Open"),
    What.NOW: N_("Now"),
    What.DUE: N_("Due"),
    What.NEW: N_("New"),
    What.REWORDED: N_("Reworded"),
    What.DONE: N_("Done"),
    What.ASIDE: N_("Not applicable"),
    What.ALL: N_("All"),
}


class Sifted(NamedTuple):
    """What of all items is wanted, and how many there would be of each part; `is_any`: there is something to choose."""

    wanted: Wanted
    about: dict[str, About]
    counts: dict[What, int]
    found: tuple[Item, ...]
    is_any: bool


def sifted(desk: Desk, items: Sequence[Item], wanted: Wanted) -> Sifted:
    """Sift all items for each part; of ten thousand it takes a thread."""
    now = datetime.now(UTC)
    about = desk.shelf.about({item.advisory_id for item in items if item.advisory_id})
    found = {what: sift(items, wanted._replace(what=what), about, now) for what in What}
    is_any = bool(sift(items, Wanted(What.ALL), about, now))
    counts = {what: len(held) for what, held in found.items()}
    return Sifted(wanted, about, counts, tuple(found[wanted.what]), is_any)


class Filtering(QObject):
    """`changed`: something else is wanted."""

    changed = Signal()

    def __init__(self, desk: Desk, reads: Reads, page: ChecklistPage, window: QWidget) -> None:
        super().__init__(page)
        self._desk, self._reads, self._page, self._window = desk, reads, page, window
        self.wanted = Wanted()
        self._about: dict[str, About] = {}
        self.menu: QMenu | None = None
        self.bar = QWidget()
        self.bar.setAccessibleName(tr("What is shown"))
        line = Flow(theme.px(4))
        line.setContentsMargins(0, theme.px(4), 0, theme.px(8))
        self.bar.setLayout(line)
        self._group = QButtonGroup(self)
        self.chips = {}
        for what, words in _NAMES.items():
            chip = OneOf(tr(words))
            chip.setProperty("look", "chip")
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.chosen.connect(partial(self._choose_part, what=what))
            self._group.addButton(chip)
            line.addWidget(chip)
            self.chips[what] = chip
        self.whose = build.button("", self.ask_whose, "chip")
        line.addWidget(self.whose)
        self.bar.hide()
        page.put_bar(self.bar)
        page.ticked.connect(self._recount)
        bind(window, {"sift": self._go_to_chips, "whose": self.ask_whose})

    def page_of(self, page: Page, sifted: Sifted) -> Page:
        """The page with what is wanted of all items; its bar is shown where there is something to choose."""
        self._show_counts(sifted)
        if sifted.wanted == Wanted():
            return page
        empty = tr("No item of your lists is shown by what you chose above.")
        return page._replace(items=sifted.found, empty=empty, offers_advisories=False)

    def _show_counts(self, sifted: Sifted) -> None:
        """Say on the chips how many each would show."""
        self._about = sifted.about
        self.bar.setVisible(sifted.is_any)
        for what, chip in self.chips.items():
            count = sifted.counts[what]
            words = f"{tr(_NAMES[what])} {count}" if count else tr(_NAMES[what])
            chip.setText(words)
            chip.setAccessibleName(words)
            if what is self.wanted.what:
                chip.mark()
            chip.setVisible(bool(count) or what in (What.OPEN, What.ALL, self.wanted.what))
        self._say_whose()

    def _recount(self) -> None:
        """After a tick: the row stays, the numbers follow."""
        if self.bar.isVisible():
            self._reads.soon("chips", self._count)

    def _count(self) -> None:
        wanted = self.wanted
        self._reads.ask("chips", lambda desk: sifted(desk, desk.items(None), wanted), self._show_counts)

    def hide(self) -> None:
        """Another list is shown, whole."""
        self.bar.hide()

    def _say_whose(self) -> None:
        chosen = [part for part in (self._place(self.wanted.country), self.wanted.issuer) if part]
        words = " · ".join(chosen) or tr("Every place and issuer")
        self.whose.setText(words.replace("&", "&&"))
        self.whose.setAccessibleName(words)
        several = len(self._countries()) > 1 or len(self._issuers()) > 1
        self.whose.setVisible(several or bool(chosen))

    def _place(self, code: str | None) -> str:
        return places.name(code) if code else ""

    def _countries(self) -> list[str]:
        return sorted({code for one in self._about.values() for code in one.countries}, key=places.name)

    def _issuers(self) -> list[str]:
        return sorted({one.issuer for one in self._about.values() if one.issuer})

    def ask_whose(self) -> None:
        """Ask of which place, or by which issuer."""
        if not self.bar.isVisible():
            return
        acts: list[Act | None] = [
            ("", tr("Every place and issuer"), lambda: self._choose(Wanted(self.wanted.what))),
            None,
        ]
        for code in self._countries():
            acts.append(("", places.name(code), partial(self._choose_part, country=code)))
        acts.append(None)
        for issuer in self._issuers():
            acts.append(("", issuer, partial(self._choose_part, issuer=issuer)))
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = acts_menu(self._window, tr("Place and issuer"), WINDOW, acts)
        self.menu.popup(self.whose.mapToGlobal(self.whose.rect().bottomLeft()))

    def _choose(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.changed.emit()

    def _choose_part(self, *, what: What | None = None, country: str | None = None, issuer: str | None = None) -> None:
        held = self.wanted
        self._choose(Wanted(what or held.what, country or held.country, issuer or held.issuer))

    def _go_to_chips(self) -> None:
        if self.bar.isVisible():
            self.chips[self.wanted.what].setFocus()
