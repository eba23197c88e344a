"""The left column: where am I. The trip, the places to go, the checklists, and the truth about freshness."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.loudness import Loudness
from core.model import Checklist
from core.wording import tr, trn
from ui import theme
from ui.direction import direction_of
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.list_buttons import ListButtons
from ui.widgets.loud import say_aloud
from ui.widgets.one_of import OneOf


@dataclass(frozen=True, slots=True)
class TripCard:
    """What the card at the top shows; `badge`: the worst level's words and its common value; `after`: the next trip."""

    name: str
    about: str
    badge: tuple[str, int | None]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Foot:
    """The truth about freshness. `good`: the worst of the followed sources was verified lately; `loudness`: else how
    loudly it is said.
    """

    line: str
    about: str
    good: bool
    loudness: Loudness = Loudness.QUIET


class _Place(OneOf):
    """A place to go, with a count at its end."""

    def __init__(self, words: str, picture: str, key: str) -> None:
        super().__init__(words)
        self.setProperty("look", "place")
        self.setToolTip(key)
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._words, self._picture, self._count = words, picture, ""

    def show_count(self, count: str) -> None:
        self._count = count
        self.setAccessibleName(f"{self._words}, {count}" if count else self._words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        icon = theme.icon(self._picture, t.accent if self.isChecked() else t.ink)
        if icon.cacheKey() != self.icon().cacheKey():  # to set one asks for another paint, without end
            self.setIcon(icon)
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = theme.font(12, bold=True)
        painter.setFont(face)
        width = painter.fontMetrics().horizontalAdvance(self._count) + theme.px(16)
        height = theme.px(20)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = theme.px(8) if mirrored else self.width() - width - theme.px(8)
        top = (self.height() - height) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(t.surface if self.isChecked() else t.chosen))
        painter.drawRoundedRect(left, top, width, height, height / 2, height / 2)
        painter.setPen(theme.colour(t.accent))
        painter.setLayoutDirection(direction_of(self._count))
        painter.drawText(left, top, width, height, Qt.AlignmentFlag.AlignCenter, self._count)
        painter.end()


class _Scroll(QScrollArea):
    """Scrolls up and down in whatever room is left to it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(100), theme.px(120))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Side(QWidget):
    """The column. Pages are named as in `places`; a list by its id."""

    went = Signal(str)
    list_chosen = Signal(str)
    check_wanted = Signal()
    cancel_wanted = Signal()
    paste_wanted = Signal()
    switch_wanted = Signal()
    new_list_wanted = Signal()
    archived_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self.places = {
            "todo": _Place(tr("To do"), "todo", "Ctrl+1"),
            "advisories": _Place(tr("Advisories"), "advisories", "Ctrl+2"),
            "map": _Place(tr("Map"), "map", "Ctrl+M"),
            "search": _Place(tr("Search offline text"), "search", "/"),
            "inbox": _Place(tr("Inbox"), "inbox", "Ctrl+3"),
            "sources": _Place(tr("Sources"), "sources", "Ctrl+4"),
        }
        self._rows = ListButtons(self._group)
        self._rows.chosen.connect(self.list_chosen)
        self._lists = self._rows.held
        self.shows_archived = False
        self._lay_out()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        column, content = _Scroll(), QWidget()  # only where even the least height of all of it is not there
        column.setWidget(content)
        whole.addWidget(column)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.px(12), theme.px(16), theme.px(12), theme.px(12))
        layout.setSpacing(theme.px(4))
        layout.addWidget(self._card())
        layout.addWidget(self.add_trip, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addSpacing(theme.px(10))
        for name, place in self.places.items():
            self._group.addButton(place)
            place.chosen.connect(lambda name=name: self.went.emit(name))
            layout.addWidget(place)
        layout.addSpacing(theme.px(12))
        self._lists_title = build.label(tr("CHECKLISTS"), "caps")
        self._lists_title.setContentsMargins(theme.px(10), 0, 0, 0)
        titles = QHBoxLayout()
        titles.addWidget(self._lists_title, 1)
        self.new_list = build.button(tr("New list"), self.new_list_wanted.emit, "link")
        self.new_list.setToolTip("Ctrl+N")
        titles.addWidget(self.new_list)
        layout.addLayout(titles)
        area = _Scroll()
        area.setWidget(self._rows)
        layout.addWidget(area, 1)
        self.paste = build.button(tr("Paste or drop a text"), self.paste_wanted.emit, "link")
        self.paste.setToolTip("Ctrl+V")
        self.archived = build.button("", self.archived_wanted.emit, "link")
        self.archived.setToolTip("Ctrl+Shift+H")
        pasting = QVBoxLayout()
        pasting.setContentsMargins(theme.px(10), theme.px(4), 0, 0)
        for act in (self.archived, self.paste):
            pasting.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(pasting)
        layout.addSpacing(theme.px(4))
        layout.addWidget(build.rule())
        layout.addSpacing(theme.px(8))
        layout.addWidget(self._foot())

    def _card(self) -> QFrame:
        self.card = QFrame()
        self.card.setObjectName("card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        inside.setSpacing(theme.px(4))
        self._trip_name, self._trip_about = build.label(look="strong"), build.label(look="muted")
        self._trip_badge = build.Badge()
        for widget in (build.label(tr("TRIP"), "caps"), self._trip_name, self._trip_about, self._trip_badge):
            inside.addWidget(widget)
        self.trip = build.button(tr("Show this trip"), lambda: self.went.emit("trip"), "link")
        self.trip.setToolTip("Ctrl+J")
        self.switch = build.button("", self.switch_wanted.emit, "link")
        self.switch.setToolTip("Ctrl+Shift+J")
        acts = Flow(theme.px(12))
        for act in (self.trip, self.switch):
            acts.addWidget(act)
        inside.addLayout(acts)
        self.add_trip = build.button(tr("Add a trip"), lambda: self.went.emit("trip"), "link")
        self.card.hide()
        return self.card

    def _foot(self) -> QWidget:
        foot = QWidget()
        inside = QVBoxLayout(foot)
        inside.setContentsMargins(theme.px(10), 0, 0, 0)
        inside.setSpacing(theme.px(4))
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        self._dot = _Dot()
        self.fresh = build.label(look="muted")
        line.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.fresh, 1)
        self.about = build.label(look="muted")
        self.check = build.button(tr("Check now"), self._check_pressed, "link")
        self.check.setToolTip("F5")
        self._checking = False
        inside.addLayout(line)
        inside.addWidget(self.about)
        self.settings = build.button(tr("Settings"), lambda: self.went.emit("settings"), "link")
        self.settings.setToolTip("Ctrl+,")
        self.help = build.button(tr("Help"), lambda: self.went.emit("keys"), "link")
        self.help.setToolTip("F1")
        acts = Flow(theme.px(8))
        for act in (self.check, self.settings, self.help):
            acts.addWidget(act)
        foot.setCursor(Qt.CursorShape.PointingHandCursor)
        foot.setToolTip(tr("Sources"))
        foot.installEventFilter(self)
        inside.addLayout(acts)
        return foot

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on the foot's words leads to where they are said of every source."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.went.emit("sources")
        return super().eventFilter(watched, event)

    def _check_pressed(self) -> None:
        (self.cancel_wanted if self._checking else self.check_wanted).emit()

    def show_trip(self, trip: TripCard | None) -> None:
        """Show where the traveller is or goes; None hides the card."""
        self.card.setVisible(trip is not None)
        self.add_trip.setVisible(trip is None)
        if trip is None:
            return
        self._trip_name.setText(trip.name)
        self._trip_about.setText(trip.about)
        self._trip_about.setVisible(bool(trip.about))
        self._trip_badge.show_level(*trip.badge)
        after = tr("Switch to {trip}").format(trip=trip.after)
        self.switch.setText(after.replace("&", "&&"))
        self.switch.setAccessibleName(after)
        self.switch.setVisible(bool(trip.after))
        parts = (trip.name, trip.about, theme.level_words(*trip.badge))
        self.card.setAccessibleName(". ".join(part for part in parts if part))

    def show_counts(self, todo: int, fresh: int, unread: int) -> None:
        """How many items are open, how many advisories are new, how much that was told is unread."""
        self.places["inbox"].show_count(str(unread) if unread else "")
        self.places["todo"].show_count(str(todo) if todo else "")
        self.places["advisories"].show_count(tr("{count} new").format(count=fresh) if fresh else "")

    def show_lists(self, lists: Sequence[Checklist], current: str | None, archived: Sequence[Checklist] = ()) -> None:
        """Show the checklists; `current`: the one that is open, which is seen even where it is archived."""
        words = trn("Show {count} archived list", "Show {count} archived lists", len(archived))
        words = tr("Hide the archived lists") if self.shows_archived else words
        self.archived.setText(words)
        self.archived.setAccessibleName(words)
        self.archived.setVisible(bool(archived))
        seen = [one for one in archived if self.shows_archived or one.id == current]
        begun = [one for one in lists if one.started is not None]
        self._rows.show_lists([*begun, *seen, *(one for one in lists if one.started is None)], current)

    def show_place(self, name: str) -> None:
        """Mark a place as the one where the traveller is; one that has no button here leaves none marked."""
        if name in self.places:
            self.places[name].mark()
        elif marked := self._group.checkedButton():
            self._group.setExclusive(False)
            marked.setChecked(False)
            self._group.setExclusive(True)

    def show_foot(self, foot: Foot, *, checking: str | None) -> None:
        """Show how fresh things are; while a check runs, what it is doing."""
        t = theme.tokens()
        self._dot.show_colour(t.accent if foot.good else t.level_3)
        self.fresh.setText(checking or foot.line)
        say_aloud(self.fresh, Loudness.CALM if foot.good or checking else foot.loudness)
        self.about.setText(foot.about)
        self.about.setVisible(bool(foot.about))
        self._checking = checking is not None
        words = tr("Stop checking") if self._checking else tr("Check now")
        self.check.setText(words)
        self.check.setAccessibleName(words)


class _Dot(QWidget):
    """A small mark beside words that say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = "#888888"
        self.setFixedSize(theme.px(8), theme.px(16))

    def show_colour(self, value: str) -> None:
        self._colour = value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._colour))
        side = theme.px(8)
        painter.drawEllipse(0, (self.height() - side) // 2, side, side)
        painter.end()
