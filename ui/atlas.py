"""Leads the page of the map: the worst level kept of each country, and whether that was verified lately, in words."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from core import places
from core.freshness import freshness
from core.model import Health, HealthState
from core.store.overview import Summary
from core.wording import sentence, status_words, tr, trn
from core.worldmap import Stated, world, worst_of_each
from ui import describe, theme
from ui.desk import Desk
from ui.direction import in_a_row
from ui.models.lines import Line
from ui.moments import day, short_day
from ui.pages.world import Country, WorldPage
from ui.reads import Reads
from ui.widgets.world_map import Mark

# How long the words for "4 min ago" may stay.
SAME_FOR = timedelta(seconds=25)


class _Kept(NamedTuple):
    """What is read of a profile: the levels, the truth about the sources, the countries that texts name and trips'."""

    levels: dict[str, Stated]
    sources: dict[str, Health]
    named: set[str]
    visited: frozenset[str]


class Atlas(QObject):
    """`place_wanted`: what is kept of this country is to be shown."""

    place_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._reads = Reads(desk, self)
        self._shown: tuple[_Kept, theme.Tokens, datetime] | None = None
        self.page = WorldPage(world())
        self.page.opened.connect(self.place_wanted)

    def refresh(self) -> None:
        """Show how it is now."""
        self._reads.ask("map", _read, self._show)

    def close(self) -> None:
        """Show nothing any more; the desk may be closed after this."""
        self._reads.close()

    def _show(self, kept: _Kept) -> None:
        now, tokens = datetime.now(UTC), theme.tokens()
        if self._shown and self._shown[:2] == (kept, tokens) and now - self._shown[2] < SAME_FOR:
            return
        self._shown = kept, tokens, now
        found = [_country(code, kept, now) for code in world().spots]
        found.sort(key=lambda one: (not one.mark.is_of_trip, -(one.mark.level or 0), one.row.title))
        known = len(kept.levels)
        if known:
            note = trn("A level is known of {count} country", "A level is known of {count} countries", known)
        elif kept.named:
            note = tr("No text that is kept gives a level.")
        else:
            note = describe.nothing_kept()
        self.page.show_countries(found, note)


def _read(desk: Desk) -> _Kept:
    sources = {one.source: one for one in desk.health()}
    verified = {name for name, one in sources.items() if one.state is HealthState.VERIFIED}
    levels = worst_of_each(desk.library.levelled(), verified)
    trips = desk.journeys.open(datetime.now(UTC))
    visited = frozenset(code for trip in trips for code in trip.countries)
    return _Kept(levels, sources, desk.library.countries(), visited)


def _country(code: str, kept: _Kept, now: datetime) -> Country:
    name, stated, is_of_trip = places.name(code), kept.levels.get(code), code in kept.visited
    start = [tr("Your trip")] if is_of_trip else []
    if stated is None:
        unknown = tr("Level not known") if code in kept.named else tr("Level not known, and nothing is kept of it")
        row = Line(code, name, in_a_row([*start, unknown]), None, fresh=False)
        return Country(row, Mark(None, False, is_of_trip), in_a_row([name, *start, unknown]), code in kept.named)
    by = stated.by
    badge = _badge(by)
    said = [by.issuer]
    if by.issued:
        said.append(day(by.issued.date() if by.issued_is_date else by.issued))
    if by.status:
        said.append(sentence(status_words(by.status)).rstrip("."))
    if by.missing_since:
        said.append(tr("not in the source since {date}").format(date=short_day(by.missing_since)))
    doubt = [] if stated.is_sure else [tr("Not verified lately")]
    row = Line(code, name, in_a_row([*start, *said, *doubt]), (badge, by.level_value), fresh=False)
    line = in_a_row([name, *start, badge, *said, _fresh(kept.sources.get(by.source), now)])
    return Country(row, Mark(by.level_value, stated.is_sure, is_of_trip), line, is_named=True)


def _badge(by: Summary) -> str:
    """The number of the common level and the issuer's words, which may begin with the number themselves."""
    level, words = tr("Level {value}").format(value=by.level_value), by.level_words or ""
    return words if words.casefold().startswith(level.casefold()) else in_a_row([level, words])


def _fresh(source: Health | None, now: datetime) -> str:
    if source is None:
        return tr("Its source is not followed")
    return freshness(source.last_verified, source.problem, now, stale=source.state is HealthState.STALE)
