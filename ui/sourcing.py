"""Leads the page of sources: the truth about each, following others, and an address that a child reads first."""

import importlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from core import places
from core.catalogue import is_readable
from core.errors import SafeConductError
from core.freshness import freshness
from core.loudness import loudness
from core.model import Health, HealthState, Source
from core.wording import say, tr, trn
from ui.checking import Checking
from ui.desk import Desk
from ui.handover import Found, Handover
from ui.models.lines import Line
from ui.moments import day, day_and_time
from ui.pages.sources import Card, SourcesPage
from ui.watcher import Watcher
from ui.work import Work

MAX_OTHERS = 60
MAX_ASKED = 12
TITLES_SHOWN = 5


class Sourcing(QObject):
    """`moved`: another source is followed, or one less. `file_wanted`: a file is to be taken in."""

    moved = Signal()
    file_wanted = Signal()

    def __init__(self, desk: Desk, watcher: Watcher, checking: Checking, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._watcher, self._checking = desk, watcher, checking
        self._handover = Handover(desk.profile, desk.key, self)
        self._address, self._knows, self._closed = "", False, False
        self.page = page = SourcesPage()
        page.check_wanted.connect(self._check)
        page.follow_wanted.connect(self._follow)
        page.unfollow_wanted.connect(self._unfollow)
        page.searched.connect(lambda _: self._show_others())
        page.pointed_at.connect(self._point)
        page.look_wanted.connect(self._look)
        page.keep_wanted.connect(self._keep)
        page.file_wanted.connect(self.file_wanted)
        self._handover.found.connect(self._found)
        self._handover.refused.connect(lambda sentence: page.show_preview(sentence, None))
        checking.moved.connect(self._show_checking)
        checking.ended.connect(self._show_checking)
        # What reads formats tells what the network learns, and takes long to import.
        Work(lambda: importlib.import_module("core.exposure"), lambda _: self._learnt(), _not_imported, self)

    def _learnt(self) -> None:
        self._knows = True
        if not self._closed:
            self.refresh()

    def refresh(self) -> None:
        """Show how it is now."""
        self.freshen()
        self._show_others()
        self._show_checking()

    def freshen(self) -> None:
        """Show how it is with what is followed: the minutes go by on a page that is seen."""
        known, now = self._desk.known(), datetime.now(UTC)
        trips, levels = self._desk.trips(), self._desk.levels()
        found = sorted(self._desk.health(), key=lambda one: (-loudness(one, trips, levels, now), one.name.casefold()))
        cards = [
            Card(
                one.source,
                one.name,
                freshness(one.last_verified, one.problem, now, stale=one.state is HealthState.STALE),
                loudness(one, trips, levels, now),
                _about(one, known.get(one.source), now),
                self._learns(known.get(one.source), one.countries),
            )
            for one in found
        ]
        self.page.show_cards(cards)
        self._show_asked({one.source: one.name for one in found}, now)

    def close(self) -> None:
        """End what was started; the desk may be closed after this."""
        self._closed = True
        self.blockSignals(True)
        self._handover.close()

    def _learns(self, source: Source | None, countries: Sequence[str]) -> str:
        return " ".join(self._desk.learns(source, countries)) if self._knows and source is not None else ""

    def _show_others(self) -> None:
        words = self.page.field.text().casefold().split()
        followed = {one.source for one in self._desk.health()}
        visited = {code for trip in self._desk.trips() for code in trip.countries}
        near: list[Line] = []
        far: list[Line] = []
        for source in self._desk.known().values():
            if source.id in followed or not is_readable(source):
                continue
            countries = ", ".join(places.name(code) for code in source.countries[:3])
            said = f"{source.name} {source.issuer} {countries}".casefold()
            if all(word in said for word in words):
                of_trip = bool(visited & set(source.countries))
                (near if of_trip else far).append(_other(source, countries, of_trip=of_trip))
        self.page.show_others((near + far)[:MAX_OTHERS])

    def _show_asked(self, names: dict[str, str], now: datetime) -> None:
        asked, days = self._desk.asked()
        lines = []
        if days:
            requests = trn("{count} request", "{count} requests", days[0].requests)
            lines.append(tr("{day}: {requests}, {size}").format(
                day=day(days[0].day), requests=requests, size=_size(days[0].received)
            ))  # fmt: skip
        for one in asked[:MAX_ASKED]:
            name = names.get(one.source, one.source)
            lines.append(f"{day_and_time(one.at, now)} · {name} · {say(one.outcome)} · {_size(one.received)}")
        self.page.show_asked(lines)

    def _show_checking(self) -> None:
        self.page.show_checking(checking=self._checking.progress is not None)

    def _check(self, name: str) -> None:
        self._watcher.check(source=name)

    def _follow(self, name: str) -> None:
        if self._done(lambda: self._desk.follow(name)):
            self._say(tr("“{name}” is followed from now on."), name)
            self._watcher.check(source=name)

    def _unfollow(self, name: str) -> None:
        if self._done(lambda: self._desk.unfollow(name)):
            self._say(tr("“{name}” is no longer followed. What was fetched from it is kept."), name, again=name)

    def _done(self, do: object) -> bool:
        try:
            do()  # type: ignore[operator]  # one of the two above
        except SafeConductError as error:
            self.page.say(say(error.message))
            return False
        self.refresh()
        self.moved.emit()
        return True

    def _say(self, words: str, name: str, again: str = "") -> None:
        source = self._desk.known().get(name)
        self.page.say(words.format(name=source.name if source else name), again)

    def _point(self, name: str) -> None:
        source = self._desk.known().get(name)
        self.page.learns.setText(self._learns(source, ()))

    def _look(self, address: str) -> None:
        self._address = address if "://" in address else f"https://{address}"
        self.page.show_preview(tr("Looking at what is there…"), None)
        self._handover.look_at(self._address)

    def _found(self, found: tuple[Found, ...]) -> None:
        actions = sum(len(one.actions) for one in found)
        lines = [
            tr("Format: {format}").format(format=self._handover.format),
            trn("{count} advisory", "{count} advisories", len(found))
            + ", "
            + trn("{count} action", "{count} actions", actions),
        ]
        lines += [f"• {one.title}" for one in found[:TITLES_SHOWN]]
        if len(found) > TITLES_SHOWN:
            lines.append(trn("and {count} more", "and {count} more", len(found) - TITLES_SHOWN))
        lines.append(tr("Nothing is kept yet."))
        self.page.show_preview("\n".join(lines), urlsplit(self._address).hostname or self._address)

    def _keep(self, name: str) -> None:
        if self._done(lambda: self._desk.follow_own(name, self._address, self._handover.format)):
            self.page.clear_own()
            self.page.say(tr("“{name}” is followed from now on.").format(name=name))
            self._watcher.check()


def _not_imported(fault: Exception) -> None:
    raise fault


def _about(health: Health, source: Source | None, now: datetime) -> str:
    parts = [source.issuer] if source and source.issuer != health.name else []
    parts.append(trn("{count} advisory kept offline", "{count} advisories kept offline", health.advisories))
    if health.next_check is not None:
        soon = health.next_check <= now
        parts.append(
            tr("next look soon")
            if soon
            else tr("next look {moment}").format(moment=day_and_time(health.next_check, now))
        )
    if source is not None:
        parts += [_tried(source.tried)] if source.tried else []
        parts += [source.licence] if source.licence else []
    return " · ".join(parts)


def _other(source: Source, countries: str, *, of_trip: bool) -> Line:
    parts = [tr("Your trip")] if of_trip else []
    parts += [source.issuer] if source.issuer != source.name else []
    parts += [countries or tr("every country")]
    parts += [_tried(source.tried)] if source.tried else []
    return Line(source.id, source.name, " · ".join(parts), None, fresh=False)


def _tried(how: str) -> str:
    """How a source was tried, as the list of sources says it, in the window's words."""
    if how == "shape only":
        return tr("not tried with a real answer yet")
    told = how.removeprefix("capture of ")
    try:
        when = day(date.fromisoformat(told))
    except ValueError:
        return tr("tried: {tried}").format(tried=how)
    return tr("tried on {day}").format(day=when) if told == how else tr("tried with a copy of {day}").format(day=when)


def _size(count: int) -> str:
    """ "12 kB", "1.3 MB"."""
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} kB"
