"""Where am I, in the window's words: the trip's card, the foot's truth about freshness, a place in a text."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from core import places
from core.loudness import loudness
from core.model import Health, HealthState, Hit, Trip
from core.store.overview import Summary
from core.wording import freshness, tr, trn
from ui import describe
from ui.models.lines import Line
from ui.moments import short_day
from ui.pages.advisories import hit_line, summary_line
from ui.widgets.side import Foot, TripCard


def trip_card(trips: Sequence[Trip], summaries: Sequence[Summary], now: datetime) -> TripCard | None:
    """The trip of now, or the next one: its places, its dates and the worst level known for them."""
    today = now.astimezone().date()
    open_trips = [trip for trip in trips if trip.end is None or trip.end >= today]
    if not open_trips:
        return None
    trip = open_trips[0]
    countries = ", ".join(places.name(code) for code in trip.countries)
    about = [countries] if countries != trip.name else []
    if trip.start and trip.end:
        about.append(f"{short_day(trip.start)} – {short_day(trip.end)}")
    known = [one for one in summaries if one.level_value and set(one.countries) & set(trip.countries)]
    worst = max(known, key=lambda one: one.level_value or 0, default=None)
    badge = (worst.level_words or "", worst.level_value) if worst else None
    return TripCard(trip.name, " · ".join(about), badge)


def advisories_that_fit(words: str, every: Sequence[Summary], trips: Sequence[Trip]) -> tuple[list[Line], str]:
    """Those whose title or issuer has all the words, of a trip's places first; and a note where there is none."""
    wanted = words.casefold().split()
    fit = [one for one in every if all(word in f"{one.title} {one.issuer}".casefold() for word in wanted)]
    note = ""
    if not fit:
        note = tr("Nothing kept fits these words.") if every else describe.nothing_kept()
    visited = {country for trip in trips for country in trip.countries}
    near = [summary_line(one, of_trip=True) for one in fit if visited & set(one.countries)]
    far = [summary_line(one) for one in fit if not visited & set(one.countries)]
    return near + far, note


_GRAVITY = {HealthState.VERIFIED: 0, HealthState.NEVER: 1, HealthState.STALE: 2, HealthState.FAILING: 3}


def foot(
    found: Sequence[Health],
    kept: int,
    now: datetime,
    trips: Sequence[Trip] = (),
    levels: Mapping[str, int] | None = None,
    *,
    since_start: str = "",
) -> Foot:
    """The worst of the followed sources, never the average. `since_start`: what went wrong with the last check.

    `levels`: the highest common level known of each country of the trips.
    """
    about = trn("{count} source", "{count} sources", len(found)) + " · "
    about += trn("{count} advisory kept offline", "{count} advisories kept offline", kept)
    if not found:
        return Foot(tr("No source is followed"), about, good=False)
    heard = {one.source: loudness(one, trips, levels or {}, now) for one in found}
    worst = max(found, key=lambda one: (heard[one.source], _GRAVITY[one.state], _age(one, now)))
    stale = worst.state is HealthState.STALE
    line = freshness(worst.last_verified, worst.problem, now, stale=stale)
    bad = [one for one in found if one.state is not HealthState.VERIFIED]
    if not bad and not since_start:
        words = tr("Up to date · {freshness}").format(freshness=line[:1].lower() + line[1:])
        return Foot(words, about, good=True, loudness=heard[worst.source])
    if len(found) > 1:
        line = f"{worst.name}: {line[:1].lower() + line[1:]}"
    words = " ".join(part for part in (since_start, line) if part)
    return Foot(words, about, good=False, loudness=heard[worst.source])


def _age(health: Health, now: datetime) -> timedelta:
    return now - health.last_verified if health.last_verified else timedelta.max


def finds(words: str, find: Callable[[str], list[Hit]]) -> tuple[list[Line], str]:
    """What was found for some words, and how many."""
    hits = find(words) if words else []
    return [hit_line(hit) for hit in hits], trn("{count} find", "{count} finds", len(hits)) if words else ""


def first_found(text: str, words: str) -> tuple[int | None, int | None]:
    """Where the first of the words stands in a text, as a place to mark; nowhere where none does."""
    for word in words.split():
        found = re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE)
        if found:
            return found.start(), found.end()
    return None, None
