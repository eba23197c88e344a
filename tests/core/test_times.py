"""Times: what feeds say, what people type, and what is kept."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import times
from core.times import from_text, stamp, to_text, when

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "moment", "exact"),
    [
        ("Thu, 09 Oct 2025", "2025-10-09T00:00:00Z", False),
        ("Thu, 9 Oct 2025", "2025-10-09T00:00:00Z", False),
        ("2025-10-09", "2025-10-09T00:00:00Z", False),
        ("Thu, 09 Oct 2025 21:30:05 GMT", "2025-10-09T21:30:05Z", True),
        ("Tue, 07 Oct 2025 17:08:05 -0400", "2025-10-07T21:08:05Z", True),
        ("2025-10-07T17:08:05.123+02:00", "2025-10-07T15:08:05Z", True),
        ("2025-10-07T17:08:05Z", "2025-10-07T17:08:05Z", True),
        ("2025-10-07 17:08", "2025-10-07T17:08:00Z", False),
        ("21 Jul 2026 22:00:00 AEST", "2026-07-21T12:00:00Z", True),
        ("21 Jul 2026 22:00:00 EST", "2026-07-22T03:00:00Z", True),
        ("21 Jul 2026 22:00:00 XYZT", "2026-07-21T22:00:00Z", False),
        ("21 Jul 2026 22:00:00 IST", "2026-07-21T22:00:00Z", False),
        ("October 9, 2025", "2025-10-09T00:00:00Z", False),
    ],
)
def test_a_feeds_date_is_read_and_known_to_be_exact_or_not(words: str, moment: str, exact: bool) -> None:
    found = stamp(words, NOW)
    assert found is not None
    assert (to_text(found.at), found.exact) == (moment, exact)


@pytest.mark.parametrize(
    "words",
    [
        *(None, "", "soon", "Thursday", "10:00", "May", "2026", "May 2026", "9 Oct", "0", "Thu, 32 Oct 2025"),
        *("Thu, 01 Jan 1970 00:00:00 GMT", "1989-12-31", "2099-01-01", "x" * 200),
        *("\u0661\u0662", "1" * 79, "1e999999999", "10/10/10 10 10 10 10", "2026-07-01 25:00"),
    ],
)
def test_what_is_no_whole_date_in_our_time_is_none(words: str | None) -> None:
    assert stamp(words, NOW) is None


@given(st.text(max_size=90) | st.text(alphabet="0123456789-:TZ+,. JanMoFriGMT/", max_size=40))
def test_whatever_a_feed_says_it_is_a_moment_of_our_time_or_none(words: str) -> None:
    found = stamp(words, NOW)
    if found is not None:
        assert datetime(1990, 1, 1, tzinfo=UTC) <= found.at <= NOW + timedelta(days=366)
        assert found.at.utcoffset() == timedelta(0)
        assert found.at.microsecond == 0


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Europe/London", "America/New_York"])
def test_the_zone_of_this_machine_means_nothing_for_a_feed(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for words in ("21 Jul 2026 22:00:00 IST", "21 Jul 2026 22:00:00 BST", "21 Jul 2026 22:00:00 EDT", "2026-07-21"):
            found = stamp(words, NOW)
            assert found is not None
            hour = {"IST": 22, "BST": 21, "EDT": 2}.get(words[-3:], 0)
            assert (found.at.hour, found.exact) == (hour, words[-3:] in {"BST", "EDT"})
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_what_is_kept_comes_back(moment: datetime, minutes: int) -> None:
    there = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    text = to_text(there)
    assert text is not None
    assert text.endswith("Z")
    assert from_text(text) == there
    assert to_text(from_text(text)) == text
    assert (to_text(None), from_text(None), from_text("")) == (None, None, None)


def test_what_people_type() -> None:
    assert when("none", NOW) is None
    assert when(" None ", NOW) is None
    assert when("2026-03-05T10:00:00+03:00", NOW) == datetime(2026, 3, 5, 7, tzinfo=UTC)
    assert when("2026-03-05T10:00:00Z", NOW) == datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert when("2026-03-05 10:00", NOW) == datetime(2026, 3, 5, 10).astimezone()
    assert when("2026-03-05", NOW) == datetime(2026, 3, 5, 23, 59, 59).astimezone()


@pytest.mark.parametrize(
    "words", ["", "soon", "2026-13-01", "2026-02-30 10:00", "2026-03-05T10:00:00", "10:00", "20260305", "nonesuch"]
)
def test_what_is_no_time_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        when(words, NOW)


@pytest.mark.parametrize("zone", ["", " GMT", " UTC", " +0000", " -0330", " +1345", " -2359", " +2400", " +9959"])
@pytest.mark.parametrize("day", ["Sun, 01 Mar 2026", "Mon, 1 Mar 2026", "Thu, 29 Feb 2024", "Sat, 29 Feb 2025"])
@pytest.mark.parametrize("hour", ["00:00:00", "06:07:08", "23:59:60", "24:00:00"])
def test_the_usual_form_is_read_as_every_other_is(
    day: str, hour: str, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{day} {hour}{zone}" if zone else day
    quick = stamp(text, NOW)
    monkeypatch.setattr(times, "_usual", lambda _: None)
    assert stamp(text, NOW) == quick
