"""Where am I, in the window's words: the trip's card, and the foot's truth about freshness."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from core import places
from core.freshness import freshness
from core.loudness import loudness
from core.model import Health, HealthState, Trip
from core.store.overview import Summary
from core.wording import tr, trn
from ui.direction import in_a_row
from ui.moments import short_day
from ui.widgets.side import Foot, TripCard


def about_trip(trip: Trip) -> str:
    """Where, when and with whom, in one line."""
    countries = ", ".join(places.name(code) for code in trip.countries)
    about = [countries] if countries != trip.name else []
    if trip.start and trip.end:
        about.append(f"{short_day(trip.start)} – {short_day(trip.end)}")
    elif trip.start or trip.end:
        words = tr("from {date}") if trip.start else tr("until {date}")
        about.append(words.format(date=short_day(trip.start or trip.end or date.min)))
    if trip.companions:
        about.append(tr("with {names}").format(names=", ".join(trip.companions)))
    return in_a_row(about)


def trip_card(
    trips: Sequence[Trip], trip: Trip | None, worst_of: Callable[[Sequence[str]], Summary | None]
) -> TripCard | None:
    """The current trip: its places, its dates and the worst level known for them, or that none is: a card without one
    would look like good news. `trips`: all that are not over.
    """
    if trip is None:
        return None
    worst = worst_of(trip.countries)
    badge = (worst.level_words or "", worst.level_value) if worst else (tr("Level not known"), None)
    after = trips[(trips.index(trip) + 1) % len(trips)]
    return TripCard(trip.name, about_trip(trip), badge, after.name if after != trip else "")


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
