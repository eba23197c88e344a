"""Leads the pages of advisories and of search: what fits is asked of the library, and shown page by page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from core import places
from core.finding import Places, places_of
from core.store.choosing import Order
from core.wording import tr, trn
from ui import describe
from ui.as_lines import hit_line, summary_line
from ui.columns import UNTIL_READ
from ui.desk import Desk
from ui.models.lines import Line
from ui.reads import Reads
from ui.widgets.filters import Option

if TYPE_CHECKING:
    from ui.pages.advisories import AdvisoriesPage
    from ui.pages.search import SearchPage

_Page = TypeVar("_Page", bound=QWidget)


class Looking(QObject):
    """`chosen`: an advisory is looked at, by the number of the revision that was found, or 0 for the newest.

    `opened`: it is to be read.
    """

    chosen = Signal(str, int)
    opened = Signal(str, int)

    def __init__(self, desk: Desk, middle: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._middle, self._reads = desk, middle, Reads(desk, self)
        self._numbers: dict[str, int] = {}
        self._from_map = ""

    @cached_property
    def advisories(self) -> "AdvisoriesPage":
        """Everything kept; made when it is first looked at, as the search is: their filters weigh a megabyte each."""
        from ui.pages.advisories import AdvisoriesPage

        page = AdvisoriesPage()
        page.asked.connect(self._show_fitting)
        page.chosen.connect(lambda name: self.chosen.emit(name, 0))
        page.opened.connect(lambda name: self.opened.emit(name, 0))
        return self._enter(page)

    @cached_property
    def search(self) -> "SearchPage":
        """The page of finds."""
        from ui.pages.search import SearchPage

        page = SearchPage()
        page.asked.connect(self._show_finds)
        page.chosen.connect(lambda name: self.chosen.emit(name, self._numbers.get(name, 0)))
        page.opened.connect(lambda name: self.opened.emit(name, self._numbers.get(name, 0)))
        return self._enter(page)

    def _enter(self, page: _Page) -> _Page:
        page.setProperty(UNTIL_READ, True)
        self._middle.addWidget(page)
        return page

    def _of(self, place: str) -> "AdvisoriesPage | SearchPage | None":
        """The page of a place, where one of the two is there and made."""
        made: AdvisoriesPage | SearchPage | None = vars(self).get(place)
        return made

    def show_advisories(self) -> None:
        """Show what is kept now; of a large profile it is read on a thread, and comes in later turns."""
        page = self.advisories

        def show(choices: _Choices) -> None:
            page.show_choices(*choices.options, trips=bool(choices.visited))
            self._show_fitting()

        self._reads.ask("choices", _choices, show)

    def show_place(self, code: str) -> None:
        """Ask for what is kept of a country that was chosen on the map, whatever was asked for before."""
        page = self.advisories
        page.field.clear()
        page.filters.clear()
        choices = _choices(self._desk)
        page.show_choices(*choices.options, trips=bool(choices.visited))
        page.filters.choose("place", code)
        self._from_map = code

    def back_from(self, place: str) -> str:
        """Where Esc leads from one of the two pages: to the map, as long as the country that was chosen there is asked
        for, which is no longer so then; else "".
        """
        code, filters = self._from_map, self.advisories.filters if place == "advisories" else None
        if not code or filters is None:
            return ""
        self._from_map = ""
        if filters.value("place") != code:
            return ""
        filters.choose("place", "")
        return "map"

    def show_search(self) -> None:
        """Show what is found now."""
        self.search.show_choices(*_choices(self._desk).options)
        self._show_finds()

    def shown(self) -> QWidget | None:
        """The page that is shown in the middle, of whatever place."""
        return self._middle.currentWidget()

    def enter(self, place: str) -> QWidget | None:
        """What of one of the two pages has the keys when one comes to it."""
        if place == "search":
            self.search.field.selectAll()
            return self.search.field
        return self.advisories.list if place == "advisories" else None

    def enter_filters(self, place: str) -> None:
        """Bring the keyboard to the filters of one of the two pages."""
        page = self._of(place)
        if page is not None:
            page.filters.enter()

    def is_meant(self, place: str) -> bool:
        """Whether the traveller herself chose what is shown: on a page of rows the first is shown without that."""
        page = self._of(place)
        return page is None or page.is_selected()

    def was_read(self, advisory_id: str) -> None:
        """Its row shows that it was opened."""
        if "advisories" in vars(self):
            self.advisories.rows.show_again(advisory_id)

    def sought_in(self, text: str) -> Places:
        """Where what is looked for stands in a text."""
        return places_of(text, self.search.sought()) if "search" in vars(self) else ()

    def stop(self) -> None:
        """Look for nothing any more; the desk may be closed after this."""
        self._reads.close()
        for page in (self._of("advisories"), self._of("search")):
            if page is not None:
                page.stop()

    def _show_fitting(self) -> None:
        page, visited = self.advisories, _visited(self._desk)
        order = page.order()
        near = visited if order is Order.NEWEST else ()  # another order is the traveller's own
        wanted = page.wanted(visited)

        def read(ids: Sequence[str]) -> list[Line]:
            found = self._desk.library.summaries(ids)
            return [summary_line(one, of_trip=bool(visited & set(one.countries))) for one in found]

        def show(names: Sequence[str]) -> None:
            if names:
                note = trn("{count} advisory", "{count} advisories", len(names))
            elif not self._desk.has_advisories():
                note = describe.nothing_kept()
            elif page.filters.narrowing():
                note = tr("Nothing kept fits these words and filters.")
            else:
                note = tr("Nothing kept fits these words.")
            page.show_names(names, read, note)

        self._reads.ask("advisories", lambda desk: desk.library.fitting(wanted, order, near), show)

    def _show_finds(self) -> None:
        page = self.search
        sought = page.sought()
        finds = self._desk.library.find(sought, page.only())
        by_name = {one.advisory_id: one for one in finds.found}
        self._numbers = {name: one.number for name, one in by_name.items()}

        def read(ids: Sequence[str]) -> list[Line]:
            return [hit_line(hit) for hit in self._desk.library.excerpts([by_name[name] for name in ids], sought)]

        count = len(finds.found)
        note = (
            trn("{count} text found", "{count} texts found", count) if count else tr("Nothing kept fits these words.")
        )
        if not page.field.text().strip():
            note = ""
        if finds.more:
            note = tr("More than {count} texts found: these are the newest. Add a word or a filter.").format(
                count=count
            )
        page.show_names(list(by_name), read, note)


class _Choices(NamedTuple):
    """`options`: the countries and the issuers there are, by name; `visited`: the places of the trips not over."""

    options: tuple[list[Option], list[Option]]
    visited: frozenset[str]


def _choices(desk: Desk) -> _Choices:
    named = sorted((places.name(code), code) for code in desk.library.countries())
    issuers = [Option(name, name) for name in desk.library.issuers() if name]
    return _Choices(([Option(name, code) for name, code in named], issuers), _visited(desk))


def _visited(desk: Desk) -> frozenset[str]:
    return frozenset(code for trip in desk.journeys.open(datetime.now(UTC)) for code in trip.countries)
