"""When a source is looked at again, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Trip
from core.schedule import (
    IN_DANGER,
    LONGEST,
    ON_A_TRIP,
    USUAL,
    after_failure,
    after_success,
    due_at,
    interval,
    is_due,
)

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
PAUSES = st.sampled_from([IN_DANGER, ON_A_TRIP, USUAL])
SHARES = st.floats(0, 1)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


def trip(*countries: str, start: int | None = None, end: int | None = None) -> Trip:
    def day(number: int | None) -> date | None:
        return None if number is None else NOW.date() + timedelta(days=number)

    return Trip("t", "A trip", countries, day(start), day(end))


@pytest.mark.parametrize(
    ("countries", "trips", "levels", "pause"),
    [
        ([], [], {}, USUAL),
        ([], [], {"IQ": 4}, USUAL),
        (["IQ"], [trip("IQ")], {}, ON_A_TRIP),
        (["IQ"], [trip("IQ")], {"IQ": 3}, ON_A_TRIP),
        (["IQ"], [trip("IQ")], {"IQ": 4}, IN_DANGER),
        (["FR"], [trip("IQ")], {"IQ": 4}, USUAL),
        ([], [trip("IQ")], {"IQ": 4}, IN_DANGER),
        (["IQ"], [trip("IQ", start=0, end=0)], {"IQ": 4}, IN_DANGER),
        (["IQ"], [trip("IQ", start=1)], {"IQ": 4}, IN_DANGER),
        (["IQ"], [trip("IQ", start=2)], {"IQ": 4}, USUAL),
        (["IQ"], [trip("IQ", end=-1)], {"IQ": 4}, IN_DANGER),
        (["IQ"], [trip("IQ", end=-2)], {"IQ": 4}, USUAL),
        (["IQ"], [trip("FR"), trip("SY", "IQ")], {}, ON_A_TRIP),
        # Level 4 elsewhere, or where a trip goes that is not under way, makes nothing of this one dangerous.
        (["FR"], [trip("FR"), trip("IQ")], {"IQ": 4, "FR": 1}, ON_A_TRIP),
        ([], [trip("FR"), trip("IQ", start=9)], {"IQ": 4}, ON_A_TRIP),
        (["IQ"], [trip("SY", "IQ")], {"SY": 4}, IN_DANGER),
    ],
)
def test_how_often(countries: list[str], trips: list[Trip], levels: dict[str, int], pause: timedelta) -> None:
    assert interval(countries, trips, levels, NOW) == pause


@pytest.mark.parametrize(
    ("minutes", "pause"), [(0, IN_DANGER), (9, IN_DANGER), (20, timedelta(minutes=20)), (60, USUAL), (9000, USUAL)]
)
def test_none_is_asked_more_often_than_it_allows(minutes: int, pause: timedelta) -> None:
    """Of an hour's word at most: a source that allows one look a week would else be silent when it matters."""
    allowed = timedelta(minutes=minutes)
    assert interval(["IQ"], [trip("IQ")], {"IQ": 4}, NOW, allowed) == pause
    assert interval([], [], {}, NOW, allowed) == USUAL
    for jitter in (0.0, 0.5, 1.0):
        assert after_success(NOW, pause, jitter, allowed) - NOW >= min(allowed, USUAL)


@given(PAUSES, SHARES)
def test_after_a_good_look_the_pause_passes_more_or_less(pause: timedelta, jitter: float) -> None:
    assert 0.8 * pause <= after_success(NOW, pause, jitter) - NOW <= pause


@given(PAUSES, st.integers(0, 10_000), SHARES, st.none() | st.integers(0, 10**9))
def test_after_a_failure_it_is_soon_at_first_then_as_often_as_ever(
    pause: timedelta, failures: int, jitter: float, retry_after: int | None
) -> None:
    wait = after_failure(NOW, pause, failures, jitter, retry_after) - NOW
    assert timedelta(minutes=1) <= wait <= LONGEST + timedelta(hours=1)
    if retry_after is None:
        assert wait <= pause
        assert after_failure(NOW, pause, failures + 1, jitter) - NOW >= wait
    else:
        assert wait >= min(timedelta(seconds=retry_after), LONGEST)
    if failures == 0 and not retry_after:
        assert wait <= timedelta(minutes=3)


@given(PAUSES, SHARES, st.integers(0, 20), MOMENTS)
def test_whatever_was_planned_it_is_due_in_the_end(
    pause: timedelta, jitter: float, failures: int, later: datetime
) -> None:
    for planned in (after_success(NOW, pause, jitter), after_failure(NOW, pause, failures, jitter, 10**9)):
        assert not is_due(planned, NOW, NOW)
        assert is_due(planned, NOW, planned)
        assert is_due(planned, NOW, NOW + LONGEST + timedelta(hours=2))
        if later < NOW - timedelta(hours=2):  # the clock was set back
            assert is_due(planned, NOW, later)


@given(
    st.none() | st.integers(-200_000, 400_000),
    st.none() | st.integers(-200_000, 200_000),
    st.none() | st.integers(0, 200_000),
)
def test_what_is_not_due_is_so_at_the_moment_that_is_named(
    planned: int | None, last: int | None, elapsed: int | None
) -> None:
    def at(seconds: int | None) -> datetime | None:
        return None if seconds is None else NOW + timedelta(seconds=seconds)

    gone = None if elapsed is None else timedelta(seconds=elapsed)
    moment = due_at(at(planned), at(last), NOW, gone)
    assert moment <= NOW + LONGEST + timedelta(hours=1)
    assert is_due(at(planned), at(last), NOW, gone) == (moment == NOW)
    wait = moment - NOW
    assert is_due(at(planned), at(last), moment, None if gone is None else gone + wait)


def test_what_was_never_planned_or_is_absurd_is_due() -> None:
    assert is_due(None, None, NOW)
    assert is_due(None, NOW, NOW)
    assert is_due(NOW + timedelta(days=3), NOW, NOW)
    assert is_due(NOW + timedelta(minutes=9), NOW + timedelta(hours=1), NOW)
    assert not is_due(NOW + timedelta(minutes=9), NOW + timedelta(minutes=1), NOW)
