"""Times as a traveller types them, and what is no time."""

from datetime import UTC, datetime, timedelta

import pytest

from core.plain_times import interval, is_whole_day, moment

FRIDAY = datetime(2026, 5, 15, 12, 0).astimezone()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone().astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", "2026-05-15T18:00"),
        ("18.30", "2026-05-15T18:30"),
        ("9", "2026-05-16T09:00"),
        ("at 9 pm", "2026-05-15T21:00"),
        ("12 am", "2026-05-16T00:00"),
        ("Tomorrow 9", "2026-05-16T09:00"),
        ("tomorrow at 9:15", "2026-05-16T09:15"),
        ("today, 18:00", "2026-05-15T18:00"),
        ("tomorrow", "2026-05-16T23:59:59"),
        ("friday 14:00", "2026-05-15T14:00"),
        ("friday 9", "2026-05-22T09:00"),
        ("mon noon", "2026-05-18T12:00"),
        ("28 Nov 14:00", "2026-11-28T14:00"),
        ("2 january", "2027-01-02T23:59:59"),
        ("1 June 2027 8", "2027-06-01T08:00"),
        ("2026-11-28 14:00", "2026-11-28T14:00"),
        ("2026-11-28 9", "2026-11-28T09:00"),
        ("2026-11-28", "2026-11-28T23:59:59"),
        ("in 6 h", "2026-05-15T18:00"),
        ("in 90 min", "2026-05-15T13:30"),
        ("in 2 days", "2026-05-17T12:00"),
    ],
)
def test_what_is_typed_plainly_is_a_time(typed: str, meant: str) -> None:
    assert moment(typed, FRIDAY) == local(meant)


def test_a_time_with_its_zone_is_that_time_and_nothing_is_none() -> None:
    assert moment("2026-05-15T18:00:00+03:00", FRIDAY) == datetime(2026, 5, 15, 15, tzinfo=UTC)
    assert [moment(words, FRIDAY) for words in ("", "  ", "none")] == [None, None, None]


@pytest.mark.parametrize(
    "typed",
    ["soon", "25:00", "9:60", "13 pm", "in 6 lights", "30 Feb", "2026-13-01", "tomorrow soon", "28 Nov 99",
     "in 9999 weeks", "2026-11-28T14:00", "0 am", "5 12", "٩"],
)  # fmt: skip
def test_what_is_not_plain_is_refused(typed: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        moment(typed, FRIDAY)


@pytest.mark.parametrize(
    ("typed", "hours"), [("6 h", 6), ("every 6 hours", 6), ("2 days", 48), ("day", 24), ("daily", 24), ("30 min", 0.5)]
)
def test_how_often_is_typed_with_or_without_every(typed: str, hours: float) -> None:
    assert interval(typed) == timedelta(hours=hours)


def test_no_interval_is_none_and_what_does_not_say_is_refused() -> None:
    assert interval("") is None
    for typed in ("now and then", "6", "60 days"):
        with pytest.raises(ValueError, match="interval"):
            interval(typed)


def test_a_day_without_an_hour_is_told_from_an_hour() -> None:
    day, hour = moment("tomorrow", FRIDAY), moment("tomorrow 18:00", FRIDAY)
    assert day is not None
    assert hour is not None
    assert is_whole_day(day)
    assert not is_whole_day(hour)
