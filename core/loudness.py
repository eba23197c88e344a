"""How loudly it is said that a source was not verified: louder with time, and where there is danger. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntEnum

from core.health import STALE_AFTER
from core.model import Health, HealthState, Trip
from core.schedule import active


class Loudness(IntEnum):
    """Nothing to say; a quiet word; one that is seen in passing; one that is seen first."""

    CALM = 0
    QUIET = 1
    MARKED = 2
    LOUD = 3


MARKED_AFTER = timedelta(hours=12)
LOUD_AFTER = timedelta(hours=48)


def loudness(health: Health, trips: Sequence[Trip], levels: Mapping[str, int], now: datetime) -> Loudness:
    """How loudly to say it of one source. `levels`: the highest common level known of each country.

    All spans are halved where the source speaks of a place of a trip of now, and quartered where that is at level 4:
    there it is looked at every ten minutes, and an hour of silence means something.
    """
    if health.state is HealthState.VERIFIED:
        return Loudness.CALM
    here = {
        country
        for trip in active(trips, now)
        for country in trip.countries
        if not health.countries or country in health.countries
    }
    is_grave = any(levels.get(country) == 4 for country in here)
    if health.last_verified is None:
        if health.last_attempt is None:
            return Loudness.QUIET
        return Loudness.LOUD if is_grave else Loudness.MARKED
    age = now - health.last_verified
    if age < timedelta(0):
        return Loudness.MARKED  # the clock was set: nobody knows how long it was
    sharper = 4 if is_grave else 2 if here else 1
    for after, said in ((LOUD_AFTER, Loudness.LOUD), (MARKED_AFTER, Loudness.MARKED), (STALE_AFTER, Loudness.QUIET)):
        if age >= after / sharper:
            return said
    return Loudness.QUIET if health.problem is not None else Loudness.CALM
