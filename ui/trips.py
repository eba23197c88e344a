"""Leads the page of a trip: what is kept of it in rows; what the traveller says of it, each act to be undone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from core import places
from core.conditions import in_full
from core.errors import SafeConductError
from core.model import Item, Trip
from core.notices import lines_for
from core.store.trips import Plan, Told
from core.wording import say, tr
from ui.desk import Desk
from ui.direction import in_a_row
from ui.issuer_says import beside_due
from ui.models.lines import Line
from ui.moments import day_and_time
from ui.others import other_line
from ui.pages.trip import TripPage, TripView
from ui.where import about_trip
from ui.widgets.question import Question


class Trips(QObject):
    """`read_wanted`: an advisory. `list_wanted`: a checklist. `moved`: other trips count now."""

    read_wanted = Signal(str)
    list_wanted = Signal(str)
    moved = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = ""
        self._is_new = False
        self.page = TripPage()
        self.page.read_wanted.connect(self.read_wanted)
        self.page.list_wanted.connect(self.list_wanted)
        self.page.add_wanted.connect(self.add)
        self.page.edit_wanted.connect(self._edit)
        self.page.archive_wanted.connect(self._archive)
        self.page.saved.connect(self._save)
        self.page.chosen.connect(self._choose)
        self.page.brought_back.connect(self._bring_back)

    def refresh(self) -> None:
        """Show the trip as it is kept now: the one that was chosen here, else the current one."""
        now, every = datetime.now(UTC), self._desk.journeys.every()
        trip = next((one for one in every if one.id == self._shown), None) or self._desk.journeys.current(now)
        self._shown = trip.id if trip else ""
        others = [_trip_line(one) for one in every if one.id != self._shown]
        archived = [_trip_line(one) for one in self._desk.journeys.archived()]
        self.page.show_trip(self._view(trip, now) if trip else None, others, archived)

    def show_current(self) -> None:
        """Show the current trip again, whichever was looked at."""
        self._shown = ""

    def close(self) -> None:
        """It has started nothing."""

    def _view(self, trip: Trip, now: datetime) -> TripView:
        journeys = self._desk.journeys
        titles = {one.id: one.title for one in self._desk.lists()}
        lists = [
            Line(one.id, one.title, tr("{done} of {total} done").format(done=one.done, total=one.total), None, False)
            for one in journeys.lists(trip.countries)
        ]
        return TripView(
            name=trip.name,
            about=about_trip(trip),
            levels=tuple(other_line(one, now) for one in journeys.levels(trip.countries)),
            due=tuple(_due_line(one, titles, now) for one in journeys.due(trip.countries)),
            changed=tuple(_told_line(one, now) for one in journeys.changes(trip.countries)),
            lists=tuple(lists),
        )

    def _trip(self) -> Trip | None:
        return next((one for one in self._desk.journeys.every() if one.id == self._shown), None)

    def add(self) -> None:
        """Ask where another trip goes."""
        self._is_new = True
        self.page.show_form(Plan("", ()), tr("A new trip"))

    def _edit(self) -> None:
        trip = self._trip()
        if trip is not None:
            self._is_new = False
            self.page.show_form(Plan(*trip[1:]), tr("Edit this trip"))

    def _save(self, plan: Plan) -> None:
        named = plan._replace(name=plan.name or " & ".join(places.name(code) for code in plan.countries))
        if self._is_new:
            self._do(lambda: self._add(named), tr("The trip is kept. Its sources are looked at again."))
            return
        trip = self._trip()
        before = trip.companions if trip else ()
        gone = [name for name in before if name not in named.companions]
        came = [name for name in named.companions if name not in before]
        if not self._desk.journeys.have_done_anything(gone):
            self._change(named, {}, [])
        elif came:
            self._ask_who(named, gone, came)
        else:
            self._change(named, {}, gone)

    def _ask_who(self, plan: Plan, gone: Sequence[str], came: Sequence[str]) -> None:
        """Whether somebody is called otherwise now or somebody else comes along: only the traveller knows."""
        renamed = dict(zip(gone, came, strict=False))
        question = Question(
            self.page,
            tr("Are these the same people under other names?"),
            ", ".join(f"\u2068{name}\u2069 → \u2068{new}\u2069" for name, new in renamed.items())
            + ". "
            + tr("What the same people have done stays theirs. To other people it does not pass."),
        )
        left = [name for name in gone if name not in renamed]
        question.answer(tr("The same people"), lambda: self._change(plan, renamed, left))
        question.answer(tr("Other people"), lambda: self._change(plan, {}, gone))
        question.ask()

    def _change(self, plan: Plan, renamed: Mapping[str, str], dropped: Sequence[str]) -> None:
        sentence = tr("The change is kept.")
        if dropped:
            words = tr("What {names} had done is not shown any more; Ctrl+Z brings it back.")
            sentence += " " + words.format(names=", ".join(dropped))
        self._do(lambda: self._desk.journeys.change(self._shown, plan, renamed), sentence)

    def _add(self, plan: Plan) -> None:
        self._shown = self._desk.journeys.add(plan)

    def _archive(self) -> None:
        words = tr("The trip is put away and decides nothing any more. Ctrl+Z brings it back.")
        self._do(lambda: self._desk.journeys.archive(self._shown), words)

    def _bring_back(self, trip_id: str) -> None:
        self._do(lambda: self._desk.journeys.bring_back(trip_id), tr("The trip counts again."))
        self._choose(trip_id)

    def _choose(self, trip_id: str) -> None:
        self._shown = trip_id
        self._do(lambda: self._desk.journeys.choose(trip_id), "")

    def _do(self, act: Callable[[], object], sentence: str) -> None:
        """Do something to the store and say so, or why not."""
        try:
            act()
        except SafeConductError as error:
            self.page.say(say(error.message))
            return
        self.page.show_form()
        self.page.say(sentence)
        self.refresh()
        self.moved.emit()


def _trip_line(trip: Trip) -> Line:
    return Line(trip.id, trip.name, about_trip(trip), None, False)


def _due_line(item: Item, titles: dict[str, str], now: datetime) -> Line:
    when = tr("due {time}").format(time=day_and_time(item.due, now)) if item.due else ""
    if item.due is not None and item.due < now:
        when = tr("was due {time}").format(time=day_and_time(item.due, now))
    return Line(
        item.checklist,
        in_full(item),
        in_a_row([when, *beside_due(item, now), titles.get(item.checklist, "")]),
        None,
        False,
    )


def _told_line(told: Told, now: datetime) -> Line:
    what: Sequence[str] = [say(line).rstrip(".") for line in lines_for(told.change)]
    return Line(told.advisory_id, told.title, in_a_row([day_and_time(told.at, now), *what]), None, False)
