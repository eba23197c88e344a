"""The short tour: a few quiet hints that point at the real things. It takes no key and no click from the work.

It comes by itself once, after the first start, and is found again on the pages of help. A hint waits beside what it
speaks of until it is gone on from or left; ticking, reading and going elsewhere work all the while.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.wording import N_, tr
from ui import theme
from ui.aloud import announce
from ui.keys import WINDOW, bind, said
from ui.widgets import build

if TYPE_CHECKING:
    from ui.workbench import Workbench

_WIDTH = 280
_GAP = 8


HINTS = (
    N_("Here is what there is to do. Press a row, or Space, to tick it: every tick is saved at once."),
    N_("Here stands exactly what was said. The words that an item comes from are marked."),
    N_("Every advisory that is kept is here, to be read without a network. Any of them starts a checklist."),
    N_("Got instructions by mail or on paper? Paste or drop them: what is found is shown before it is kept."),
    N_("Here is how fresh everything is: the worst of your sources. When one could not be checked, it says so."),
    N_("Help shows every key, says what this program is, and has this tour again."),
)

NOTHING_YET = N_(
    "Here stands what there is to do, once a checklist is started: from an advisory, or one that came with the "
    "program. Then a press on a row, or Space, ticks it."
)


def hint(bench: "Workbench", at: int) -> str:
    """The words of a hint; the first speaks of rows only where there are some."""
    is_empty = at == 0 and not bench.checklist.list.isVisibleTo(bench.checklist)
    return tr(NOTHING_YET if is_empty else HINTS[at])


def things(bench: "Workbench", at: int) -> tuple[QWidget, ...]:
    """What a hint may point at, the best first: the thing itself, or in a narrow window the way to it."""
    side, checklist = bench.side, bench.checklist
    every: tuple[tuple[QWidget, ...], ...] = (
        (checklist.list, checklist.offer, checklist.empty_act, checklist.empty),
        (bench.reading, checklist.read),
        (side.places["advisories"],),
        (side.paste,),
        (side.fresh,),
        (side.help,),
    )
    return *every[at], bench.columns.menu


def spoken_of(bench: "Workbench", at: int) -> QWidget | None:
    """What a hint points at; None: neither it nor a way to it is seen."""
    seen = (one for one in things(bench, at) if one.isVisible() and not one.visibleRegion().isEmpty())
    return next(seen, None)


class Tour(QObject):
    """Leads from hint to hint over a workbench."""

    def __init__(self, bench: "Workbench") -> None:
        super().__init__(bench)
        self._bench = bench
        self._at: int | None = None
        self.card: _Card | None = None
        self._pointed: QFrame | None = None
        bind(bench, {"tour": self.go_on})
        bench.rooms.tour_wanted.connect(self.again)

    def begin(self) -> None:
        """Show the first hint; the keys stay where they are."""
        self._show(0)

    def again(self) -> None:
        """Go to the lists, which the hints speak of, and begin."""
        self._bench.go("todo")
        self.begin()

    def go_on(self) -> None:
        """The next hint; after the last one it is over. Where none is shown, the first."""
        at = 0 if self._at is None else self._at + 1
        if at < len(HINTS):
            self._show(at)
        else:
            self.leave()

    def leave(self) -> None:
        """Take the hints away."""
        self._watch(on=False)
        self._at = None
        for part in (self.card, self._pointed):
            if part is not None:
                held = QApplication.focusWidget()
                had_focus = held is not None and part.isAncestorOf(held)
                part.hide()
                part.deleteLater()
                if had_focus and (page := self._bench.middle.currentWidget()):
                    page.setFocus()
        self.card = self._pointed = None

    def _show(self, at: int) -> None:
        if self.card is None:
            self._pointed = QFrame(self._bench)
            self._pointed.setObjectName("pointed")
            self._pointed.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.card = _Card(self._bench, self.go_on, self.leave)
        self._watch(on=False)
        self._at = at
        self._watch(on=True)
        words = hint(self._bench, at)
        self.card.show_hint(words, at)
        self._place()
        announce(self.card, words)

    def _watch(self, *, on: bool) -> None:
        if self._at is None:
            return
        for one in (self._bench, self._bench.checklist.banner, *things(self._bench, self._at)):
            (one.installEventFilter if on else one.removeEventFilter)(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window or what the hint speaks of has another size or place: the hint moves with it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self._at is None or self.card is None or self._pointed is None:
            return
        if (words := hint(self._bench, self._at)) != self.card.words.text():
            self.card.show_hint(words, self._at)
        around = self._bench.rect()
        thing = spoken_of(self._bench, self._at)
        self.card.setFixedWidth(min(theme.px(_WIDTH), around.width() - 2 * _GAP))
        height = self.card.heightForWidth(self.card.width())
        self.card.resize(self.card.width(), height)
        if thing is None:
            self._pointed.hide()
            self.card.move(_GAP, around.height() - height - _GAP)
        else:
            place = QRect(thing.mapTo(self._bench, QPoint(0, 0)), thing.size()).adjusted(-3, -3, 3, 3) & around
            self._pointed.setGeometry(place)
            self._pointed.show()
            self._pointed.raise_()
            self.card.move(beside(place, self.card.width(), height, around, self._banner()))
        self.card.show()
        self.card.raise_()

    def _banner(self) -> QRect:
        """Where the window says what has changed, which a hint leaves free; empty where it says nothing."""
        banner = self._bench.checklist.banner
        return QRect(banner.mapTo(self._bench, QPoint(0, 0)), banner.size()) if banner.isVisible() else QRect()


class _Card(QFrame):
    """One hint, which of how many it is, and the two ways on."""

    def __init__(self, around: QWidget, go_on: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__(around)
        self.setObjectName("hint")
        self.words, self.number = build.label(), build.label(look="muted")
        self.next = build.button("", go_on)
        self.next.setToolTip(next(said(key.keys) for key in WINDOW if key.act == "tour"))
        self.skip = build.button(tr("Skip the tour"), leave, "link")
        acts = QHBoxLayout()
        acts.addWidget(self.number, 1)
        acts.addWidget(self.skip)
        acts.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.words)
        layout.addLayout(acts)

    def show_hint(self, words: str, at: int) -> None:
        """Put a hint in."""
        is_last = at + 1 == len(HINTS)
        self.words.setText(words)
        self.number.setText(tr("{number} of {count}").format(number=at + 1, count=len(HINTS)))
        self.skip.setVisible(not is_last)
        label = tr("Done") if is_last else tr("Next")
        self.next.setText(label)
        self.next.setAccessibleName(label)
        self.setAccessibleName(words)


def beside(place: QRect, width: int, height: int, around: QRect, free: QRect) -> QPoint:
    """Where a card stands that speaks of this place: beside it, over or under it, else at its lower end inside.

    `free`: what it leaves free where it can; at the window's lower end, if need be.
    """
    x = min(max(place.left(), _GAP), around.width() - width - _GAP)
    y = min(max(place.top(), _GAP), around.height() - height - _GAP)
    found = []
    if place.right() + _GAP + width <= around.right() - _GAP and place.width() < around.width() // 3:
        found.append(QPoint(place.right() + _GAP, y))
    if place.left() - _GAP - width >= _GAP and place.width() < around.width() // 3:
        found.append(QPoint(place.left() - _GAP - width, y))
    if place.bottom() + _GAP + height <= around.bottom():
        found.append(QPoint(x, place.bottom() + _GAP))
    if place.top() - _GAP - height >= _GAP:
        found.append(QPoint(x, place.top() - _GAP - height))
    found.append(QPoint(x + _GAP, max(place.bottom() - height, 2 * _GAP) - _GAP))
    found.append(QPoint(x, around.height() - height - _GAP))
    return next((one for one in found if not QRect(one, QSize(width, height)).intersects(free)), found[0])
