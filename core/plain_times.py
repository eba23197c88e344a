"""Times as a traveller types them: "18:00", "tomorrow 9", "in 6 h", "2026-11-28 14:00", "every 6 hours". Pure.

What is not plain is refused, never guessed at. Without a day it is the next such hour, without an hour the end of the
day; the machine's own time is meant.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from core.often import how_often
from core.times import when
from core.wording import N_, tr

END_OF_DAY = time(23, 59, 59)
FARTHEST = timedelta(days=3660)

_DAYS = {N_("today"): 0, N_("tonight"): 0, N_("tomorrow"): 1}
_WEEKDAYS = (N_("monday"), N_("tuesday"), N_("wednesday"), N_("thursday"), N_("friday"), N_("saturday"), N_("sunday"))
_MONTHS = (
    N_("january"), N_("february"), N_("march"), N_("april"), N_("may"), N_("june"), N_("july"), N_("august"),
    N_("september"), N_("october"), N_("november"), N_("december"),
)  # fmt: skip
_UNITS = {
    "m": "minutes", "min": "minutes", "mins": "minutes", "minute": "minutes", "minutes": "minutes",
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "hours": "hours",
    "d": "days", "day": "days", "days": "days", "week": "weeks", "weeks": "weeks",
}  # fmt: skip
_AHEAD = re.compile(r"in (\d{1,4}) ?([a-z]+)")
_CLOCK = re.compile(r"(?:at )?(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATE = re.compile(r"(\d{1,2})\.? (\w{3,})\.?(?: (\d{4}))?")


def moment(text: str, now: datetime) -> datetime | None:
    """A time as it was typed, in UTC; nothing and "none" give None. ValueError: it cannot be told when that is."""
    words = " ".join(text.replace(",", " ").casefold().split())
    if words in ("", "none", tr("none").casefold()):
        return None
    found = _ahead(words, now) or _in_parts(words, now.astimezone())
    if found is None:
        found = when(text.strip(), now)
    if found is None or abs(found - now) > FARTHEST:
        raise ValueError("too far away")
    return found.astimezone(UTC).replace(microsecond=0)


def interval(text: str) -> timedelta | None:
    """How often, as it was typed ("6 h", "every 2 days"); nothing and "none" give None. ValueError: it does not say."""
    words = " ".join(text.casefold().split())
    if words in ("", "none", tr("none").casefold()):
        return None
    found = how_often(words) or how_often(f"every {words}")
    if found is None:
        raise ValueError("not an interval")
    return found


def is_whole_day(found: datetime) -> bool:
    """Whether a due time is a day without an hour."""
    here = found.astimezone()
    return (here.hour, here.minute) == (END_OF_DAY.hour, END_OF_DAY.minute)


def _ahead(words: str, now: datetime) -> datetime | None:
    found = _AHEAD.fullmatch(words)
    if found is None or found[2] not in _UNITS:
        return None
    return now + timedelta(**{_UNITS[found[2]]: int(found[1])})


def _in_parts(words: str, here: datetime) -> datetime | None:
    """A day, an hour, or a day with its hour; None: it is written otherwise."""
    pieces = words.split()
    for count in range(len(pieces) + 1):
        day_words, clock_words = " ".join(pieces[:count]), " ".join(pieces[count:])
        clock = _clock(clock_words)
        if clock_words and clock is None:
            continue
        if not day_words:
            if clock is None or (clock_words.isdecimal() and len(pieces) > 1):
                continue
            found = _local(here.date(), clock)
            return found if found > here else _local(here.date() + timedelta(days=1), clock)
        day = _day(day_words, here, clock)
        if day is not None:
            return _local(day, clock or END_OF_DAY)
    return None


def _clock(words: str) -> time | None:
    if words in ("noon", tr("noon").casefold()):
        return time(12)
    found = _CLOCK.fullmatch(words)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(words: str, here: datetime, clock: time | None) -> date | None:
    for name, ahead in _DAYS.items():
        if words in (name, tr(name).casefold()):
            return here.date() + timedelta(days=ahead)
    for number, name in enumerate(_WEEKDAYS):
        if words in (name, name[:3], tr(name).casefold()):
            ahead = (number - here.weekday()) % 7
            is_over = ahead == 0 and (clock or END_OF_DAY) <= here.time()
            return here.date() + timedelta(days=7 if is_over else ahead)
    if _ISO.fullmatch(words):
        return date.fromisoformat(words)
    found = _DATE.fullmatch(words)
    return _date(found, here.date()) if found else None


def _date(found: re.Match[str], today: date) -> date | None:
    """ "28 Nov", "28 November 2026": without a year the next one."""
    for number, name in enumerate(_MONTHS, 1):
        if found[2] in (name, name[:3], tr(name).casefold()):
            day = date(int(found[3] or today.year), number, int(found[1]))
            return day if found[3] or day >= today else day.replace(year=day.year + 1)
    return None


def _local(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock).astimezone()
