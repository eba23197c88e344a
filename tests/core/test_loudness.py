"""That a source was not verified is said louder with time, on a trip, and at level 4; never softer again by waiting."""

from datetime import UTC, datetime, timedelta

import pytest

from core.loudness import Loudness, loudness
from core.model import Health, HealthState, Message, Trip

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
HERE = Trip("t", "Here", ("IQ",), NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=9))
AHEAD = Trip("t", "Ahead", ("IQ",), NOW.date() + timedelta(days=30), None)
SLOW = Message("too-slow")


def health(hours: float | None, state: HealthState = HealthState.FAILING, *countries: str) -> Health:
    last = None if hours is None else NOW - timedelta(hours=hours)
    return Health("s", "S", True, countries, last, NOW, state, SLOW, 3, None)


@pytest.mark.parametrize(
    ("hours", "elsewhere", "on_a_trip", "at_level_4"),
    [
        (0.2, 1, 1, 1),
        (1, 1, 1, 1),
        (2.9, 1, 1, 1),
        (3.1, 1, 1, 2),
        (6.1, 1, 2, 2),
        (12.1, 2, 2, 3),
        (24.1, 2, 3, 3),
        (48.1, 3, 3, 3),
    ],
)
def test_it_grows_with_time_and_danger(hours: float, elsewhere: int, on_a_trip: int, at_level_4: int) -> None:
    held = health(hours)
    assert loudness(held, [], {"IQ": 4}, NOW) == elsewhere
    assert loudness(held, [AHEAD], {"IQ": 4}, NOW) == elsewhere
    assert loudness(held, [HERE], {"IQ": 3}, NOW) == on_a_trip
    assert loudness(held, [HERE], {"IQ": 4}, NOW) == at_level_4


def test_it_never_grows_softer() -> None:
    for trips, levels in (([], {}), ([HERE], {}), ([HERE], {"IQ": 4})):
        heard = [loudness(health(minutes / 6), trips, levels, NOW) for minutes in range(0, 400)]
        assert heard == sorted(heard)


def test_a_source_of_another_place_is_no_louder_for_this_trip() -> None:
    assert loudness(health(13, HealthState.STALE, "FR"), [HERE], {"IQ": 4}, NOW) is Loudness.MARKED
    assert loudness(health(13, HealthState.STALE, "IQ"), [HERE], {"IQ": 4}, NOW) is Loudness.LOUD


def test_what_was_verified_is_calm_and_what_never_was_is_not() -> None:
    assert loudness(health(1, HealthState.VERIFIED), [HERE], {"IQ": 4}, NOW) is Loudness.CALM
    assert loudness(health(None), [], {}, NOW) is Loudness.MARKED
    assert loudness(health(None), [HERE], {"IQ": 4}, NOW) is Loudness.LOUD
    never = Health("s", "S", True, (), None, None, HealthState.NEVER, None, 0, None)
    assert loudness(never, [HERE], {"IQ": 4}, NOW) is Loudness.QUIET


def test_a_verification_in_the_future_is_not_believed() -> None:
    assert loudness(health(-9), [], {}, NOW) is Loudness.MARKED
