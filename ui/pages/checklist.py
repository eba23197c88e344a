"""One checklist, or everything that is to do: the title, what changed, and the items in their groups."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.model import Item, State
from core.wording import tr, trn
from ui import theme
from ui.models.items import ItemsModel, state_words
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.item_list import ItemList
from ui.widgets.ring import Ring


class Page(NamedTuple):
    """What a checklist page shows. `changed`: what came since the traveller last looked; `lists`: titles by id, where
    the items are of several; `hidden`: how many items the traveller does not want to see. `checklist`: its id, "" where
    it is no list; `is_own`: its items are the traveller's to change.
    """

    title: str
    about: str
    badge: tuple[str, str, str] | None
    done: int
    total: int
    items: tuple[Item, ...]
    changed: tuple[str, str] | None = None
    empty: str = ""
    hidden: int = 0
    offers_advisories: bool = False
    offer: tuple[str, str] | None = None
    lists: Mapping[str, str] = MappingProxyType({})
    checklist: str = ""
    is_own: bool = False
    is_archived: bool = False


class ChecklistPage(QWidget):
    """The middle column. `replaced`: another list takes the place of this one; `shown`: a page is there."""

    chosen = Signal(object)
    replaced = Signal()
    shown = Signal(object)
    acts_wanted = Signal()
    ticked = Signal()
    review_wanted = Signal()
    unhide_wanted = Signal()
    start_wanted = Signal()
    read_wanted = Signal()
    offer_wanted = Signal(str)

    def __init__(self, save: Callable[[str, State], Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.model = ItemsModel(save, self)
        self.page = Page("", "", None, 0, 0, ())
        self._beyond = (0, 0)
        self._told: str | None = None
        self._reading_is_folded = False
        self.badge = build.Badge()
        self.title = build.label(look="title")
        self.about = build.label(look="muted")
        self.ring = Ring()
        self.banner, self.banner_words = self._banner()
        self.refusal = build.label(look="error")
        self.refusal.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        self.refusal.hide()
        self.said = build.label(look="muted")
        self.said.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        self.said.hide()
        self.read = build.button(tr("Read the text"), self.read_wanted.emit, "link")
        self.read.hide()
        self.acts = build.button("", self.acts_wanted.emit, "link")
        self.acts.hide()
        self.empty = build.label(look="muted")
        self.empty_act = build.button(tr("Look at the advisories"), self.start_wanted.emit, "primary")
        self._offered = ""
        self.offer = build.button("", lambda: self.offer_wanted.emit(self._offered), "primary")
        self.list = ItemList(self.model)
        self.list.setMinimumHeight(theme.px(40))
        self.hidden = build.button("", self.unhide_wanted.emit, "link")
        self.hidden.hide()
        self.setFocusProxy(self.list)
        self._lay_out()
        self.list.chosen.connect(self.chosen)
        self.model.ticked.connect(self._after_tick)
        self.model.refused.connect(self.refuse)

    def _banner(self) -> tuple[QFrame, QLabel]:
        frame = QFrame()
        frame.setObjectName("banner")
        self._banner_row = inside = QHBoxLayout(frame)
        inside.setContentsMargins(theme.px(16), theme.px(12), theme.px(14), theme.px(12))
        inside.setSpacing(theme.px(12))
        sign = build.label(wraps=False)
        self._sign = sign
        self._banner_head, words = build.label(look="strong"), build.label()
        both = QVBoxLayout()
        both.setSpacing(theme.px(2))
        both.addWidget(self._banner_head)
        both.addWidget(words)
        said = QHBoxLayout()
        said.setSpacing(theme.px(12))
        said.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(both, 1)
        inside.addLayout(said, 1)
        self.review = build.button(tr("Review"), self.review_wanted.emit)
        self.review.setToolTip("Ctrl+R")
        inside.addWidget(self.review)
        frame.hide()
        return frame, words

    def _lay_out(self) -> None:
        self._outer = outer = QVBoxLayout(self)
        outer.setSpacing(0)
        head = QHBoxLayout()
        self._head = words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addWidget(self.badge)
        words.addWidget(self.title)
        words.addWidget(self.about)
        links = Flow(theme.px(12))
        for link in (self.read, self.acts):
            links.addWidget(link)
        words.addLayout(links)
        head.addLayout(words, 1)
        head.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(head)
        outer.addSpacing(theme.px(12))
        outer.addWidget(self.banner)
        outer.addWidget(self.refusal)
        outer.addWidget(self.said)
        outer.addWidget(self.empty)
        outer.addSpacing(theme.px(8))
        acts = Flow(theme.px(8))
        acts.addWidget(self.offer)
        acts.addWidget(self.empty_act)
        outer.addLayout(acts)
        outer.addWidget(self.list, 1)
        outer.addWidget(self.hidden, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill = QWidget()
        outer.addWidget(self._fill, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has smaller margins, and the banner's button below its words."""
        super().resizeEvent(event)
        build.fit(self._outer, self._banner_row, self.width(), top=20)

    def show_page(self, page: Page) -> None:
        """Show one list. The row that was current stays so while the list is the same."""
        current = self.list.current_item()
        same = (page.checklist or page.title) == (self.page.checklist or self.page.title)
        if not same:
            self.replaced.emit()
        self.page = page
        self._show_acts(page)
        self.title.setText(page.title)
        self.about.setText(page.about)
        self.about.setVisible(bool(page.about))
        self.badge.show_words(*(page.badge or ("", "", "")))
        self.refusal.hide()
        self.said.hide()
        self._show_changed(page.changed)
        self.empty.setText(page.empty)
        is_empty = not page.items
        self.empty.setVisible(is_empty)
        self._show_offer(page)
        self.list.setVisible(not is_empty)
        self._fill.setVisible(is_empty)
        words = trn("Show {count} hidden item", "Show {count} hidden items", page.hidden)
        self.hidden.setText(words)
        self.hidden.setAccessibleName(words)
        self.hidden.setVisible(page.hidden > 0)
        self.model.show_items(page.items, page.lists)
        self._show_ring(page)
        self.fold_reading(self._reading_is_folded)
        row = self.model.row_of(current.id) if same and current else None
        if row is not None:
            self.list.select_row(row)
        self.shown.emit(page)

    def put_bar(self, bar: QWidget) -> None:
        """Where it is chosen what is shown, above the list."""
        self._outer.insertWidget(self._outer.indexOf(self.empty), bar)

    def put_name(self, field: QWidget) -> None:
        """Where the name of the list is edited."""
        self._head.insertWidget(self._head.indexOf(self.title), field)

    def put_adding(self, field: QWidget) -> None:
        """Where an item is added, below the others."""
        self._outer.insertWidget(self._outer.indexOf(self.hidden), field)

    def fold_reading(self, folded: bool) -> None:
        """Whether the text stands on a page of its own, to which a link leads where an item has one."""
        self._reading_is_folded = folded
        self.read.setVisible(folded and any(item.advisory_id for item in self.model.items()))

    def _show_offer(self, page: Page) -> None:
        """The one act of an empty page; whoever was at its items goes on there by the keyboard."""
        is_empty = not page.items
        self._offered, words = page.offer or ("", "")
        self.offer.setText(words.replace("&", "&&"))
        self.offer.setAccessibleName(words)
        self.offer.setVisible(is_empty and page.offer is not None)
        self.empty_act.setVisible(is_empty and page.offers_advisories)
        build.relook(self.empty_act, "" if page.offer else "primary")
        acts = [one for one in (self.offer, self.empty_act) if not one.isHidden()]
        act = next(iter(acts), self.list)
        self.setFocusProxy(act)
        held = QApplication.focusWidget()
        if act is not self.list and (held is None or self.isAncestorOf(held)):
            act.setFocus()

    def _show_acts(self, page: Page) -> None:
        """The one menu of what can be done with the list, or with all lists where any was begun."""
        words = tr("This list…") if page.checklist else tr("All lists…")
        self.acts.setText(words)
        self.acts.setAccessibleName(words)
        self.acts.setVisible(bool(page.checklist or page.items or page.total))

    def _show_changed(self, changed: tuple[str, str] | None) -> None:
        self.banner.setVisible(changed is not None)
        if changed is not None:
            self._sign.setPixmap(theme.icon("changed", theme.tokens().changed).pixmap(theme.px(16)))
            self._banner_head.setText(changed[0])
            self.banner_words.setText(changed[1])
            self.banner.setAccessibleName(f"{changed[0]} {changed[1]}")
            if changed[1] != self._told and self.isVisible():  # what is there when a list is opened is read with it
                self._announce(changed[1])
        self._told = changed[1] if changed is not None else None

    def _show_ring(self, page: Page) -> None:
        """The page's own counts; what it counts beyond its rows (To do: items done before) stays through ticks."""
        done, total = self.model.progress()
        self._beyond = (page.done - done, page.total - total)
        self.ring.show_progress(page.done, page.total)

    def _after_tick(self) -> None:
        self.refusal.hide()
        self.said.hide()
        done, total = self.model.progress()
        self.ring.show_progress(done + self._beyond[0], total + self._beyond[1])
        self.ticked.emit()
        item = self.list.current_item()
        if item is not None:
            self._announce(f"{state_words(item)}. {self.ring.accessibleName()}")

    def say(self, sentence: str, item_id: str = "") -> None:
        """Say what was done, and go to the item that it was done to, where it was one."""
        row = self.model.row_of(item_id)
        if row is not None:
            self.list.select_row(row)
        self.refusal.hide()
        self.said.setText(sentence)
        self.said.show()
        self._announce(sentence)

    def refuse(self, sentence: str) -> None:
        """Say what could not be done."""
        self.said.hide()
        self.refusal.setText(sentence)
        self.refusal.show()
        self._announce(sentence)

    def _announce(self, words: str) -> None:
        from ui.aloud import announce  # nothing is said before the first paint

        announce(self, words)
