"""When to look at a source again. Pure: what is known of it and `now` in, a moment out.

Moments are of the wall clock. How long ago the last look was is told by a clock that nobody sets, where there is
one (`core.clocks`): then no jump of the wall clock stops the looks or makes more of them. Without it moments are
bounded against the wall clock: the next look is never further away than the longest pause.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.model import Trip

USUAL = timedelta(minutes=60)
ON_A_TRIP = timedelta(minutes=30)
IN_DANGER = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
OFFLINE = timedelta(minutes=2)
# What a server's wish to be left alone is spread by: all who heard the same hour must not come in the same second.
SPREAD = timedelta(minutes=5)
_BACK_OFF_LIMIT = timedelta(hours=2)
_NOUGHT = timedelta(0)


def active(trips: Sequence[Trip], now: datetime) -> list[Trip]:
    """The trips under way, by a day more at both ends: her day may be another than this one."""
    today, day = now.date(), timedelta(days=1)
    return [
        trip
        for trip in trips
        if (trip.start is None or trip.start <= today + day) and (trip.end is None or trip.end >= today - day)
    ]


def ahead(trips: Sequence[Trip], now: datetime) -> list[Trip]:
    """The trips that are not over."""
    return [trip for trip in trips if trip.end is None or trip.end >= now.date() - timedelta(days=1)]


def is_needed(countries: Sequence[str], trips: Sequence[Trip], now: datetime) -> bool:
    """Whether a trip that is not over goes where the source speaks of (`countries`; none: it speaks of all)."""
    return any(not countries or set(countries) & set(trip.countries) for trip in ahead(trips, now))


def interval(
    countries: Sequence[str],
    trips: Sequence[Trip],
    levels: Mapping[str, int],
    now: datetime,
    allowed: timedelta = _NOUGHT,
) -> timedelta:
    """How often to look: 10 minutes where an active trip's place is at level 4, 30 on an active trip, else hourly.

    `countries`: those the source speaks of (none: all); `levels`: the highest common level known for each country;
    `allowed`: how long the source says that its answers hold, which counts for an hour at most.
    """
    here = [trip for trip in active(trips, now) if not countries or set(countries) & set(trip.countries)]
    if not here:
        return USUAL
    places = {country for trip in here for country in trip.countries}
    wanted = IN_DANGER if any(levels.get(place) == 4 for place in places) else ON_A_TRIP
    return max(wanted, min(allowed, USUAL))


def after_success(now: datetime, pause: timedelta, jitter: float, allowed: timedelta = _NOUGHT) -> datetime:
    """The next look after a good one, at the latest after the pause; `jitter` from 0 to 1 spreads it over a fifth.

    It is never sooner than the source allows; where that is the whole pause, it is spread behind it.
    """
    return now + max(0.8 * pause, min(allowed, USUAL)) + 0.2 * pause * jitter


def after_failure(
    now: datetime, pause: timedelta, failures: int, jitter: float, retry_after_seconds: int | None = None
) -> datetime:
    """The next look after a failure: soon at first, then ever later, and not before the server asked."""
    wait = min(timedelta(minutes=2 * (1 << min(failures, 8))), _BACK_OFF_LIMIT, pause) * (0.8 + 0.2 * jitter)
    if retry_after_seconds:
        wait = max(wait, min(timedelta(seconds=retry_after_seconds), LONGEST) + SPREAD * jitter)
    return now + wait


def after_offline(now: datetime, jitter: float) -> datetime:
    """The next look where there is no network: soon, and no later however long that lasts."""
    return now + OFFLINE * (0.8 + 0.2 * jitter)


def is_due(
    next_check: datetime | None, last_attempt: datetime | None, now: datetime, elapsed: timedelta | None = None
) -> bool:
    """Whether it is time; the arguments are those of `due_at`."""
    return due_at(next_check, last_attempt, now, elapsed) <= now


def due_at(
    next_check: datetime | None, last_attempt: datetime | None, now: datetime, elapsed: timedelta | None = None
) -> datetime:
    """When it is time, by the wall clock as it goes now; `now` where it is time already.

    `elapsed`: what really passed since the last attempt, None where nobody knows. Without it, a moment that the clock
    has made absurd counts as due.
    """
    if next_check is None:
        return now
    if elapsed is not None and last_attempt is not None:
        planned = next_check - last_attempt
        if _NOUGHT <= planned <= LONGEST + SPREAD:
            return now + max(planned - elapsed, _NOUGHT)
    if next_check <= now or next_check > now + LONGEST + timedelta(hours=1):
        return now
    return now if last_attempt is not None and last_attempt > now + timedelta(minutes=5) else next_check
