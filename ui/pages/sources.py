"""The sources: what is known of each that is followed, others to follow, and an address of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.loudness import Loudness
from core.wording import tr
from ui import theme
from ui.models.lines import Line, LinesModel
from ui.widgets import build
from ui.widgets.line_list import LineList
from ui.widgets.loud import say_aloud
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.search_field import SearchField

ROWS_SEEN = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One followed source: how fresh it is and how loudly that is said, what is known of it, what asking it shows."""

    id: str
    name: str
    fresh: str
    loudness: Loudness
    about: str
    learns: str


class SourcesPage(ScrollPage):
    """Cards of what is followed, a searchable list of what could be, and a field for an address."""

    check_wanted = Signal(str)
    unfollow_wanted = Signal(str)
    follow_wanted = Signal(str)
    searched = Signal(str)
    pointed_at = Signal(str)
    look_wanted = Signal(str)
    keep_wanted = Signal(str)
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Sources"), parent)
        self._shown: tuple[Card, ...] = ()
        self._moving: list[tuple[QFrame, QLabel, QLabel]] = []
        self._last = ""
        layout = self.column
        self.note = build.label(look="muted")
        self.again = build.button(tr("Follow it again"), lambda: self.follow_wanted.emit(self._last), "link")
        self.check = build.button(tr("Check all now"), lambda: self.check_wanted.emit(""))
        layout.addWidget(build.label(tr("Sources"), "title"))
        layout.addWidget(self.note)
        layout.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeading)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.px(8))
        layout.addLayout(self._cards)
        layout.addWidget(self._others())
        layout.addWidget(self._own())
        self.asked = build.label(look="muted")
        self._asked_card = _card(tr("Asked of the network lately"), self.asked)
        layout.addWidget(self._asked_card)
        layout.addStretch(1)
        self.setFocusProxy(self.check)
        self.again.hide()
        self.note.hide()

    def _others(self) -> QFrame:
        self.field = SearchField(tr("Filter by name or country"))
        self._rows = LinesModel(self)
        self.list = LineList(self._rows, tr("Sources that can be followed"))
        self.none = build.label(look="muted")
        self.learns = build.label(look="muted")
        self.follow = build.button(tr("Follow"), self._follow_current)
        self.follow.setEnabled(False)
        self.field.textChanged.connect(self.searched)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._point())
        self.list.activated.connect(lambda _: self._follow_current())
        return _card(tr("Follow others"), self.field, self.none, self.list, self.learns, self.follow)

    def _own(self) -> QFrame:
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://")
        self.address.setAccessibleName(tr("Address of a feed, an alert or a page"))
        self.address.setMaxLength(2000)
        self.look = build.button(tr("Look at it"), self._look)
        self.file = build.button(tr("Take in a file…"), self.file_wanted.emit, "link")
        self.preview = build.label()
        self._called = build.label(tr("What to call it"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("What to call it"))
        self.name.setMaxLength(200)
        self.keep = build.button(tr("Follow this source"), lambda: self.keep_wanted.emit(self.name.text()), "primary")
        self.address.returnPressed.connect(self._look)
        self._offer = (self._called, self.name, self.keep)
        for widget in (self.preview, *self._offer):
            widget.hide()
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.look)
        row.addWidget(self.file)
        row.addStretch(1)
        about = tr("The address of a feed, an alert or a page. What is found there is shown before anything is kept.")
        own = (self.address, acts, self.preview, *self._offer)
        return _card(tr("Add your own"), build.label(about, "muted"), *own)

    def _look(self) -> None:
        if self.address.text().strip():
            self.look_wanted.emit(self.address.text().strip())

    def _point(self) -> None:
        line = self.list.line()
        self.follow.setEnabled(line is not None)
        self.learns.setVisible(line is not None)
        self.pointed_at.emit(line.id if line else "")

    def _follow_current(self) -> None:
        line = self.list.line()
        if line is not None:
            self.follow_wanted.emit(line.id)

    def say(self, sentence: str, again: str = "") -> None:
        """Say what was done or could not be; `again`: a source that can be followed again with one press."""
        self._last = again
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        self.again.setVisible(bool(again))

    def show_checking(self, *, checking: bool) -> None:
        """While one check runs, no other can be started."""
        self.check.setEnabled(not checking)
        for button in self.findChildren(_Check):
            button.setEnabled(not checking)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Replace the cards where they say something else; where only the time went by, what they say of it."""
        before, self._shown = self._shown, tuple(cards)
        if self._shown == before:
            return
        if [_still(card) for card in cards] == [_still(card) for card in before]:
            for (frame, fresh, about), card in zip(self._moving, cards, strict=True):
                fresh.setText(card.fresh)
                about.setText(card.about)
                say_aloud(fresh, card.loudness)
                frame.setAccessibleName(f"{card.name}. {card.fresh}")
            return
        self._moving.clear()
        while (taken := self._cards.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.deleteLater()
        for card in cards:
            self._cards.addWidget(self._made(card))

    def _made(self, card: Card) -> QFrame:
        fresh = build.label(card.fresh)
        say_aloud(fresh, card.loudness)
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        check = _Check(tr("Check now"))
        check.setProperty("look", "link")
        check.setAccessibleName(tr("Check {name} now").format(name=card.name))
        check.clicked.connect(lambda _=False, name=card.id: self.check_wanted.emit(name))
        leave = build.button(tr("Unfollow"), lambda: self.unfollow_wanted.emit(card.id), "link")
        leave.setAccessibleName(tr("Unfollow {name}").format(name=card.name))
        row.addWidget(check)
        row.addWidget(leave)
        row.addStretch(1)
        about = build.label(card.about, "muted")
        learns = [build.label(card.learns, "muted")] if card.learns else []
        made = _card(card.name, fresh, about, *learns, acts)
        made.setAccessibleName(f"{card.name}. {card.fresh}")
        self._moving.append((made, fresh, about))
        return made

    def show_others(self, lines: Sequence[Line]) -> None:
        """Replace the sources that can be followed; the current one stays so."""
        held = self.list.line()
        self._rows.show_lines(lines)
        self._fit()
        self.list.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self.none.setText(
            tr("No other source of the list fits these words.")
            if self.field.text().strip()
            else tr("Every source of the list is followed.")
        )
        row = self._rows.row_of(held.id) if held else None
        if row is not None:
            self.list.setCurrentIndex(self._rows.index(row))
        self._point()

    def _fit(self) -> None:
        """Make the list as high as its first rows, in whatever width it has."""
        rows = range(min(self._rows.rowCount(), ROWS_SEEN))
        self.list.setFixedHeight(sum(self.list.sizeHintForRow(row) for row in rows) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has higher rows."""
        super().resizeEvent(event)
        self._fit()

    def show_preview(self, words: str, name: str | None) -> None:
        """What was found at an address; with a `name` it can be kept."""
        self.preview.setText(words)
        self.preview.show()
        for widget in self._offer:
            widget.setVisible(name is not None)
        if name is not None:
            self.name.setText(name)
            self.keep.setFocus()

    def clear_own(self) -> None:
        """It was kept: the card is as it was before."""
        self.address.clear()
        for widget in (self.preview, *self._offer):
            widget.hide()

    def show_asked(self, lines: Sequence[str]) -> None:
        """What was asked of the network, without places."""
        self.asked.setText("\n".join(lines))
        self._asked_card.setVisible(bool(lines))


def _still(card: Card) -> Card:
    """A card but for what the minutes change."""
    return replace(card, fresh="", loudness=Loudness.CALM, about="")


class _Check(QPushButton):
    """The button of one card that has its source looked at."""


def _card(title: str, *parts: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
    inside.setSpacing(theme.px(6))
    inside.addWidget(build.label(title, "strong"))
    for part in parts:
        is_button = isinstance(part, QPushButton)
        inside.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading if is_button else Qt.AlignmentFlag(0))
    return card
