"""A trip: what issuers say of its places, what is due, what changed lately, its lists; and the other trips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.store.trips import Plan
from core.wording import tr
from ui import theme
from ui.models.items import AnyIndex
from ui.models.lines import LINE_ROLE, Line, LinesModel
from ui.widgets import build
from ui.widgets.countries import Countries
from ui.widgets.flow import Flow
from ui.widgets.line_list import LineList
from ui.widgets.scroll_page import ScrollPage

ROWS_SEEN = 5


@dataclass(frozen=True, slots=True)
class TripView:
    """What the page shows of a trip; each part its rows."""

    name: str
    about: str
    levels: tuple[Line, ...]
    due: tuple[Line, ...]
    changed: tuple[Line, ...]
    lists: tuple[Line, ...]


class TripPage(ScrollPage):
    """`read_wanted`: an advisory. `list_wanted`: a checklist. `saved`: what was said of a trip, as a `Plan`.

    `chosen`: another trip; `brought_back`: one that was put away.
    """

    read_wanted = Signal(str)
    list_wanted = Signal(str)
    add_wanted = Signal()
    edit_wanted = Signal()
    archive_wanted = Signal()
    saved = Signal(object)
    chosen = Signal(str)
    brought_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Trip"), parent)
        layout = self.column
        self.name, self.about = build.label(look="title"), build.label(look="muted")
        self.note = build.label()
        self.edit = build.button(tr("Edit"), self.edit_wanted.emit)
        self.away = build.button(tr("Put away"), self.archive_wanted.emit)
        self.add = build.button(tr("Add a trip"), self.add_wanted.emit)
        acts = Flow(theme.px(8))
        for act in (self.edit, self.away, self.add):
            acts.addWidget(act)
        self.form = TripForm()
        self.form.saved.connect(self.saved)
        self.form.left.connect(self.show_form)
        self.levels = _Section(tr("Levels, by issuer"), tr("Nothing that is kept gives a level to these places."))
        self.due = _Section(tr("Due"), tr("No open item has a time."))
        self.changed = _Section(tr("Changed in 7 days"), tr("Nothing was told of these places."))
        self.lists = _Section(tr("Lists"), tr("No list follows an advisory of these places."))
        self.others = _Section(tr("Other trips"), "")
        self.archived = _Section(tr("Put away: press one to bring it back"), "")
        for widget in (self.name, self.about, self.note):
            layout.addWidget(widget)
        layout.addLayout(acts)
        layout.addWidget(self.form)
        self._parts = (self.levels, self.due, self.changed, self.lists)
        for section in (*self._parts, self.others, self.archived):
            layout.addWidget(section)
        layout.addStretch(1)
        self.setFocusProxy(self.add)
        self.levels.pressed.connect(self.read_wanted)
        self.changed.pressed.connect(self.read_wanted)
        self.due.pressed.connect(self.list_wanted)
        self.lists.pressed.connect(self.list_wanted)
        self.others.pressed.connect(self.chosen)
        self.archived.pressed.connect(self.brought_back)
        self.form.hide()
        self.note.hide()

    def show_trip(self, view: TripView | None, others: Sequence[Line], archived: Sequence[Line]) -> None:
        """Show a trip, or that there is none."""
        self.name.setText(view.name if view else tr("No trip"))
        none = tr("Add a trip to see what matters for its places first, and to be told of them.")
        self.about.setText(view.about if view else none)
        for widget in (self.edit, self.away, *self._parts):
            widget.setVisible(view is not None)
        if view is not None:
            for section, rows in zip(self._parts, (view.levels, view.due, view.changed, view.lists), strict=True):
                section.show_lines(rows)
        for section, lines in ((self.others, others), (self.archived, archived)):
            section.show_lines(lines)
            section.setVisible(bool(lines))

    def show_form(self, plan: Plan | None = None, title: str = "") -> None:
        """Ask for what is to be said of a trip, beginning with this; None takes the question away."""
        self.form.setVisible(plan is not None)
        if plan is not None:
            self.form.begin(plan, title)

    def say(self, sentence: str) -> None:
        """Say what was done or could not be."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))


class _Section(QFrame):
    """A card with rows to press."""

    pressed = Signal(str)

    def __init__(self, title: str, empty: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._rows = LinesModel(self)
        self.list = _Rows(self._rows, title)
        self.empty = build.label(empty, "muted")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(8))
        inside.setSpacing(theme.px(6))
        for widget in (build.label(title, "strong"), self.empty, self.list):
            inside.addWidget(widget)
        self.list.activated.connect(self._press)
        self.list.clicked.connect(self._press)

    def _press(self, index: AnyIndex) -> None:
        line = index.data(LINE_ROLE)
        if isinstance(line, Line):
            self.pressed.emit(line.id)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self._rows.show_lines(lines)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.list.fit()


class _Rows(LineList):
    """As high as its first rows, in whatever width it has."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        rows = range(min(self.model().rowCount(), ROWS_SEEN))
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in rows) + 2)


class TripForm(QFrame):
    """Name, places, dates and companions. `saved`: as a `Plan`."""

    saved = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title = build.label(look="strong")
        self.name, self.companions = QLineEdit(), QLineEdit()
        self.start, self.end = QLineEdit(), QLineEdit()
        self.countries = Countries()
        self.fault = build.label(look="error")
        self.save = build.button(tr("Save"), self._save, "primary")
        self.cancel = build.button(tr("Cancel"), self.left.emit)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        inside.setSpacing(theme.px(6))
        inside.addWidget(self.title)
        dates = QWidget()
        row = QHBoxLayout(dates)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for field, spoken in ((self.start, tr("From, as 2026-12-31")), (self.end, tr("To, as 2026-12-31"))):
            field.setPlaceholderText(spoken)
            field.setAccessibleName(spoken)
            field.setMaxLength(10)
            row.addWidget(field)
        for words, widget in (
            (tr("Where"), self.countries),
            (tr("What to call it"), self.name),
            (tr("When; leave open what you do not know"), dates),
            (tr("Who comes along, names with commas between"), self.companions),
        ):
            inside.addWidget(build.label(words, "muted"))
            inside.addWidget(widget)
            if isinstance(widget, QLineEdit):
                widget.setAccessibleName(words)
                widget.setMaxLength(400)
        inside.addWidget(self.fault)
        acts = Flow(theme.px(8))
        acts.addWidget(self.save)
        acts.addWidget(self.cancel)
        inside.addLayout(acts)
        self.countries.refused.connect(self.refuse)
        for field in (self.name, self.start, self.end, self.companions):
            field.returnPressed.connect(self._save)

    def begin(self, plan: Plan, title: str) -> None:
        """Begin with what is said so far."""
        self.title.setText(title)
        self.refuse("")
        self.name.setText(plan.name)
        self.countries.show_codes(plan.countries)
        for field, day in ((self.start, plan.start), (self.end, plan.end)):
            field.setText(day.isoformat() if day else "")
        self.companions.setText(", ".join(plan.companions))
        self.countries.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say what is missing; what was typed stays."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _save(self) -> None:
        self.countries.add()
        if self.countries.field.text().strip():
            return  # no country is called so
        try:
            start, end = (
                date.fromisoformat(one.text().strip()) if one.text().strip() else None for one in (self.start, self.end)
            )
        except ValueError:
            self.refuse(tr("Write dates as 2026-12-31, the first before the last."))
            return
        if start and end and end < start:
            self.refuse(tr("Write dates as 2026-12-31, the first before the last."))
        elif not self.countries.codes:
            self.refuse(tr("Name at least one country."))
        else:
            companions = tuple(dict.fromkeys(" ".join(one.split()) for one in self.companions.text().split(",")))
            plan = Plan(
                " ".join(self.name.text().split()),
                tuple(self.countries.codes),
                start,
                end,
                tuple(one for one in companions if one),
            )
            self.saved.emit(plan)
