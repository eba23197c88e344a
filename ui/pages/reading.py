"""The right column: what exactly was said, by whom and when, how it is kept, what changed, and what was before.

The tabs of changes and of history are made when they are first wanted; whoever listens brings what they show.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from core.model import Revision
from core.wording import sentence, status_lines, status_words, tr, trn, trust_lines
from ui import theme
from ui.direction import in_a_row
from ui.provenance import dates, kept
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.reader import Reader

if TYPE_CHECKING:  # made when they are first wanted
    from ui.models.lines import Line
    from ui.widgets.changes import ChangesTab, Compared
    from ui.widgets.contacts import ContactsList
    from ui.widgets.history import History, HistoryTab
    from ui.widgets.others import OthersTab

TEXT, CHANGES, HISTORY, OTHERS = range(4)
_LOW = 480  # of the design's pixels: below that hardly a line of the text would be seen


class ReadingPane(QWidget):
    """One advisory. `start_wanted`: the traveller wants its checklist.

    `changes_wanted`: what changed up to its newest revision, by the advisory's id and that number; `history_wanted`:
    all its revisions; `pair_wanted`: what differs between two of them; `newest_wanted`: the newest in place of an
    earlier one; `others_wanted`: what others say of its places; `beside_wanted`: it and another side by side;
    `turned`: there is a text where there was none, or none where there was one.
    """

    start_wanted = Signal(str)
    changes_wanted = Signal(str, int)
    history_wanted = Signal(str)
    pair_wanted = Signal(str, int, int)
    newest_wanted = Signal(str)
    others_wanted = Signal(str)
    beside_wanted = Signal(str, str)
    link_wanted = Signal(str)
    copy_wanted = Signal(str)
    back_wanted = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = build.button(tr("Back"), self.back_wanted.emit, "link")
        self.back.hide()
        self.issuer = build.label(look="caps")
        self.title = build.label(look="heading")
        self.badge = build.Badge()
        self.dates = build.label(look="muted")
        self.status = build.label()
        self.where = build.button(tr("Where it says so"), self._show_evidence, "link")
        self.act = build.button("", self._start, "primary")
        self.contact = build.button("", self.toggle_contacts, "link")
        self.newest = build.button(tr("Read the newest"), self._read_newest, "link")
        self.reader = Reader()
        self.reader.link_wanted.connect(self.link_wanted)
        self.kept, self._under_text = build.label(look="muted"), build.rule()
        self.copy = build.button(tr("Copy link"), self._copy, "link")
        self.browse = build.button(tr("Open in browser"), self._browse, "link")
        self._revision: Revision | None = None
        self._dates = ""
        self._offers, self._is_earlier, self._is_low = False, False, False
        self.tabs, self.rule = self._tab_bar(), build.rule()
        self.stack = QStackedWidget()
        self.changes: ChangesTab | None = None
        self.history: HistoryTab | None = None
        self.others: OthersTab | None = None
        self.contacts: ContactsList | None = None
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        self._column = layout = QVBoxLayout(self)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.issuer, self.title, self.badge, self.dates):
            layout.addWidget(widget)
        under = QVBoxLayout()
        under.setSpacing(0)
        under.addWidget(self.tabs)
        under.addWidget(self.rule)
        layout.addLayout(under)
        self.stack.addWidget(self._text_tab())
        layout.addWidget(self.stack, 1)
        self._fill = QWidget()
        layout.addWidget(self._fill, 1)
        self._fit()
        self.setFocusProxy(self.reader)

    def _tab_bar(self) -> QTabBar:
        tabs = QTabBar()
        for words in (tr("Text"), tr("Changes"), tr("History"), tr("Other governments")):
            tabs.addTab(words)
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideRight)
        tabs.setAccessibleName(tr("Text, changes, history or other governments"))
        tabs.currentChanged.connect(self._tab_chosen)
        return tabs

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the longest tab has a shorter name; where it is low, the text gets what room there is."""
        super().resizeEvent(event)
        low = self.height() < theme.px(_LOW)
        if low != self._is_low:
            self._is_low = low
            self._fit()
            self._show_head()
        roomy = self.width() >= theme.px(400)
        self.tabs.setTabText(OTHERS, tr("Other governments") if roomy else tr("Others"))

    def _fit(self) -> None:
        above, below = (8, 8) if self._is_low else (20, 16)
        self._column.setContentsMargins(theme.px(24), theme.px(above), theme.px(24), theme.px(below))
        self._column.setSpacing(theme.px(4 if self._is_low else 8))
        for widget in (self.kept, self._under_text):
            widget.setVisible(not self._is_low)

    def _text_tab(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.status)
        acts = Flow(theme.px(12))
        for act in (self.act, self.newest, self.where):
            acts.addWidget(act)
        layout.addLayout(acts)
        self.reader.setMinimumHeight(theme.px(40))
        layout.addWidget(self.reader, 1)
        layout.addWidget(self._under_text)
        layout.addWidget(self.kept)
        links = Flow(theme.px(8))
        for link in (self.contact, self.copy, self.browse):
            links.addWidget(link)
        layout.addLayout(links)
        return page

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        held_text = self._revision is not None
        held = QApplication.focusWidget()
        if held is not None and self.isAncestorOf(held):
            held.clearFocus()  # else the keys go to a list, which chooses a row while this is half done
        self._revision = None
        self.title.setText(tr("Nothing chosen"))
        self.dates.setText(tr("Choose an item or an advisory to read what exactly was said."))
        self.issuer.setText("")
        self.badge.show_words("", "", "")
        for widget in (self.act, self.newest, self.status, self.where, self.tabs, self.rule, self.stack):
            widget.hide()
        self._fill.show()
        if held_text:
            self.turned.emit()

    def show_own(self, line: str) -> None:
        """An item that no issuer stands behind."""
        self.show_nothing()
        self.title.setText(tr("No issuer's words"))
        self.dates.setText(line)

    def restyle(self) -> None:
        """The theme has changed: the text is laid out anew in its colours."""
        revision, marked, found = self._revision, self.reader.marked, self.reader.found
        if revision is not None:
            self._show_level(revision)
            self.reader.show_text(revision.text)
            if found:
                self.reader.mark_all(found)
            else:
                self.reader.mark(*(marked or (None, None)))
        for tab in (self.changes, self.history, self.others):
            if tab is not None:
                tab.restyle()

    def _show_level(self, revision: Revision) -> None:
        level = revision.level
        self.badge.show_level(level.words if level else "", level.value if level else None)

    def shown(self) -> str | None:
        """The id of the advisory shown."""
        return self._revision.advisory_id if self._revision else None

    def show_revision(self, revision: Revision, *, has_list: bool, in_list: bool, newest: int = 0) -> None:
        """Show a text. `has_list`: its checklist is started; `in_list`: it is the one beside; `newest`: the number of
        the newest revision, where this may be an earlier one.
        """
        was_empty, same = self._revision is None, self._revision == revision
        self._revision, self._is_earlier = revision, revision.number < newest
        self.issuer.setText(revision.issuer.upper())
        self.title.setText(revision.title)
        self._show_level(revision)
        self._dates = dates(revision, newest)
        known = [sentence(status_words(revision.status))] if revision.status else []
        lines = "\n".join([*known, *trust_lines(revision)])
        self.status.setText(lines)
        self.status.setToolTip("\n".join(status_lines(revision)))
        self.status.setAccessibleDescription(self.status.toolTip())
        count = len(revision.actions)
        words = trn("Start a checklist of {count} action", "Start a checklist of {count} actions", count)
        if has_list:
            words = tr("Open its checklist")
        self.act.setText(words)
        self.act.setAccessibleName(words)
        self._offers = not in_list and not self._is_earlier and (has_list or count > 0)
        if not same:
            self.reader.show_text(revision.text)
        self.kept.setText(kept(revision))
        self.dates.setToolTip(self.kept.text())
        host = urlsplit(revision.url).hostname if revision.url else None
        for widget in (self.tabs, self.rule, self.stack):
            widget.show()
        self._fill.hide()
        self._show_head()
        words = tr("Contacts ({count})").format(count=len(revision.contacts))
        self.contact.setText(words)
        self.contact.setAccessibleName(words)
        self.contact.setVisible(bool(revision.contacts))
        self.copy.setVisible(host is not None)
        self.browse.setVisible(host is not None)
        self.tabs.setTabText(HISTORY, tr("History ({count})").format(count=max(revision.number, newest)))
        if not same:
            self._tab_chosen(self.tabs.currentIndex())
        if was_empty:
            self.turned.emit()

    def _show_head(self) -> None:
        """What is said of the whole: the same above every tab, which so keeps its place; the rest with the text."""
        held = self._revision
        joined = held is not None and self._is_low  # one line of issuer and dates instead of two
        self.issuer.setVisible(not joined)
        if held is not None:
            self.dates.setText(in_a_row([held.issuer, self._dates]) if joined else self._dates)
        self.status.setVisible(bool(self.status.text()))
        self.where.setVisible(held is not None and bool(held.evidence))
        self.act.setVisible(self._offers)
        self.newest.setVisible(self._is_earlier)

    def show_compared(self, compared: "Compared") -> None:
        """Show what differs between two revisions of the advisory shown."""
        self._changes_tab().show_compared(compared)

    def show_history(self, history: "History") -> None:
        """Show the past of the advisory shown."""
        self._history_tab().show_history(history)

    def _tab_chosen(self, tab: int) -> None:
        if self._revision is None:
            return
        if tab == TEXT:
            self.stack.setCurrentIndex(0)
            self.setFocusProxy(self.reader)
            return
        if tab == CHANGES:
            self._bring(self._changes_tab())
            self._changes_tab().wait()
            self.changes_wanted.emit(self._revision.advisory_id, self._revision.number)
        elif tab == HISTORY:
            self._bring(self._history_tab())
            self.history_wanted.emit(self._revision.advisory_id)
        else:
            self._bring(self._others_tab())
            self.others_wanted.emit(self._revision.advisory_id)

    def _bring(self, tab: QWidget) -> None:
        self.stack.setCurrentWidget(tab)
        self.setFocusProxy(tab)

    def _changes_tab(self) -> "ChangesTab":
        from ui.widgets.changes import ChangesTab

        if self.changes is None:
            self.changes = ChangesTab()
            self.stack.addWidget(self.changes)
            self.setTabOrder(self.tabs, self.changes.text)
        return self.changes

    def _history_tab(self) -> "HistoryTab":
        from ui.widgets.history import HistoryTab

        if self.history is None:
            self.history = HistoryTab()
            self.history.pair_wanted.connect(self._show_pair)
            self.stack.addWidget(self.history)
            self.setTabOrder(self.tabs, self.history.list)
            self.setTabOrder(self.history.list, self.history.compare)
        return self.history

    def show_others(self, lines: "Sequence[Line]", about: str) -> None:
        """Show what others say of the places of the advisory shown."""
        self._others_tab().show_others(lines, about)

    def compare(self) -> None:
        """The text shown and the one chosen among those of others, side by side."""
        if self.others is not None and self.tabs.currentIndex() == OTHERS:
            self.others.compare()

    def _others_tab(self) -> "OthersTab":
        from ui.widgets.others import OthersTab

        if self.others is None:
            self.others = made = OthersTab()
            made.read_wanted.connect(self._read_other)
            made.pair_wanted.connect(lambda name: self.beside_wanted.emit(self.shown() or "", name))
            self.stack.addWidget(made)
            self.setTabOrder(self.tabs, made.list)
        return self.others

    def _read_other(self, advisory_id: str) -> None:
        self.tabs.setCurrentIndex(TEXT)
        self.newest_wanted.emit(advisory_id)

    def toggle_contacts(self) -> None:
        """The contacts of the text in its place, or the text again."""
        from ui.widgets.contacts import ContactsList

        if self._revision is None or not self._revision.contacts:
            return
        if (
            self.tabs.currentIndex() == TEXT
            and self.contacts is not None
            and self.stack.currentWidget() is self.contacts
        ):
            self._tab_chosen(TEXT)
            return
        if self.contacts is None:
            self.contacts = ContactsList()
            self.contacts.copy_wanted.connect(self.copy_wanted)
            self.contacts.place_wanted.connect(self._show_place)
            self.contacts.back_wanted.connect(lambda: self._tab_chosen(TEXT))
            self.stack.addWidget(self.contacts)
        self.tabs.setCurrentIndex(TEXT)
        self.contacts.show_contacts(self._revision.contacts)
        self._bring(self.contacts)

    def _show_place(self, start: int, end: int) -> None:
        self._tab_chosen(TEXT)
        self.reader.mark(start, end)

    def _show_pair(self, before: int, after: int) -> None:
        """Two revisions that were chosen from the history, in the tab of changes."""
        if self._revision is None:
            return
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(CHANGES)
        self.tabs.blockSignals(False)
        self._bring(self._changes_tab())
        self._changes_tab().wait()
        self.pair_wanted.emit(self._revision.advisory_id, before, after)
        self.tabs.setFocus()

    def _show_evidence(self) -> None:
        """Mark the sentence that a status word comes from; again, that of the next one."""
        self.tabs.setCurrentIndex(TEXT)
        places = [(one.start, one.end) for one in self._revision.evidence] if self._revision else []
        if places:
            at = places.index(self.reader.marked) + 1 if self.reader.marked in places else 0
            self.reader.mark(*places[at % len(places)])

    def _start(self) -> None:
        if self._revision:
            self.start_wanted.emit(self._revision.advisory_id)

    def _read_newest(self) -> None:
        if self._revision:
            self.newest_wanted.emit(self._revision.advisory_id)

    def _copy(self) -> None:
        if self._revision and self._revision.url:
            self.copy_wanted.emit(self._revision.url)

    def _browse(self) -> None:
        if self._revision and self._revision.url:
            self.link_wanted.emit(self._revision.url)
