"""Days and hours in the machine's own language, within sentences that may run the other way."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from ui.moments import day, day_and_time, short_day

THEN, NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC), datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture
def arabic() -> Iterator[None]:
    """An Arabic locale with its own digits, as in Egypt."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Arabic, QLocale.Country.Egypt))
    yield
    QLocale.setDefault(before)


def test_an_arabic_day_has_one_kind_of_digits_and_keeps_its_order(arabic: None) -> None:
    written = day_and_time(THEN, NOW)
    assert not any(letter in "0123456789" for letter in written + day_and_time(THEN, THEN))
    assert written[0] + written[-1] == "\u2068\u2069"
    assert written.index("٢١") < written.index("،" if "،" in written else ",") < written.index(":")
    for words in (day(THEN), short_day(THEN)):
        assert words[0] + words[-1] == "\u2068\u2069"


def test_a_day_that_runs_as_its_sentence_does_has_no_marks_of_direction() -> None:
    here = THEN.astimezone()
    assert day_and_time(THEN, NOW) == f"21 Nov, {here:%H:%M}"
    assert day(THEN) == "21 Nov 2026"
