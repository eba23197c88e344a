"""When to look at a source again. Pure: what is known of it and `now` in, a moment out.

All moments are of the wall clock and are bounded against it: whatever the clock does, the next check is never
further away than the longest pause.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.model import Trip

USUAL = timedelta(minutes=60)
ON_A_TRIP = timedelta(minutes=30)
IN_DANGER = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
_BACK_OFF_LIMIT = timedelta(hours=2)


def interval(countries: Sequence[str], trips: Sequence[Trip], levels: Sequence[int | None], now: datetime) -> timedelta:
    """How often to look: 10 minutes where an active trip's place is at level 4, 30 on an active trip, else hourly.

    `countries`: those the source speaks of (none: all); `levels`: the common levels known for the trips' places.
    """
    today = now.date()
    active = [
        trip
        for trip in trips
        if (trip.start is None or trip.start <= today + timedelta(days=1))
        and (trip.end is None or trip.end >= today - timedelta(days=1))
        and (not countries or set(countries) & set(trip.countries))
    ]
    if not active:
        return USUAL
    return IN_DANGER if 4 in levels else ON_A_TRIP


def after_success(now: datetime, pause: timedelta, jitter: float) -> datetime:
    """The next look after a good one; `jitter` from 0 to 1 spreads it over the last tenth of the pause."""
    return now + pause * (0.9 + 0.2 * jitter)


def after_failure(
    now: datetime, pause: timedelta, failures: int, jitter: float, retry_after_seconds: int | None = None
) -> datetime:
    """The next look after a failure: soon at first, then ever later, and not before the server asked."""
    wait = min(timedelta(minutes=2 * (1 << min(failures, 8))), _BACK_OFF_LIMIT, pause) * (0.9 + 0.2 * jitter)
    if retry_after_seconds is not None:
        wait = max(wait, min(timedelta(seconds=retry_after_seconds), LONGEST))
    return now + wait


def is_due(next_check: datetime | None, last_attempt: datetime | None, now: datetime) -> bool:
    """Whether it is time. A moment that the clock has made absurd counts as due."""
    if next_check is None or next_check <= now or next_check > now + LONGEST + timedelta(hours=1):
        return True
    return last_attempt is not None and last_attempt > now + timedelta(minutes=5)
