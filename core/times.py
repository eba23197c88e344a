"""Times: RFC 3339 text for keeping and showing to programs, and the loose dates that feeds carry.

Everything kept is aware and in UTC. A date that a feed gives without a time, or with a zone that nobody
knows, says so in `Stamp.exact`: nothing may be computed from its hour.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

# RFC 822 knows only the North American letters; these are what official feeds were seen to use besides.
_ZONES = {
    "AEST": 10, "AEDT": 11, "ACST": 9.5, "ACDT": 10.5, "AWST": 8, "NZST": 12, "NZDT": 13, "JST": 9, "CET": 1,
    "CEST": 2, "EET": 2, "EEST": 3, "WET": 0, "WEST": 1, "BST": 1, "UT": 0, "UTC": 0, "GMT": 0, "Z": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_DATE_ONLY = re.compile(r"^\s*(?:[A-Za-z]{3,9}\.?,\s*)?(?:\d{1,2} [A-Za-z]{3,9}\.? \d{4}|\d{4}-\d{2}-\d{2})\s*$")
# RFC 822 as nearly every feed writes it; whatever else there is goes to dateutil, which takes ten times as long.
_USUAL = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ((?:19|20)\d\d)"
    r"(?: (\d\d):(\d\d):(\d\d) (?:GMT|UTC|([+-]\d\d)([0-5]\d)))?",
    re.ASCII,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2))
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class Stamp(NamedTuple):
    """A moment read from a feed; `exact` only where it had a time and a known zone."""

    at: datetime
    exact: bool


def stamp(text: str | None, now: datetime) -> Stamp | None:
    """Read a feed's date. None where there is none, or one that cannot be (before 1990, over a year ahead)."""
    if not text or len(text) > 80:
        return None
    found = _usual(text.strip()) or _loose(text.strip())
    if found is None:
        return None
    exact = found.tzinfo is not None and not _DATE_ONLY.match(text)
    try:
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if not _EARLIEST <= found <= now + timedelta(days=366):
        return None
    return Stamp(found.replace(microsecond=0), exact)


def _usual(text: str) -> datetime | None:
    """A date as RFC 822 has it; None: it is written otherwise."""
    found = _USUAL.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second, hours, minutes = found.groups()
    away = timedelta(hours=int(hours), minutes=int(hours[0] + minutes)) if hours else timedelta()
    try:
        midnight = datetime(int(year), _MONTHS.index(month) + 1, int(day))
        if not hour:
            return midnight
        return midnight.replace(hour=int(hour), minute=int(minute), second=int(second), tzinfo=timezone(away))
    except ValueError:
        return None


def _loose(text: str) -> datetime | None:
    from dateutil import parser  # only when something is read: 20 ms

    try:
        # What the words leave out is taken from `default`: two readings that differ were no whole date.
        found, again = (parser.parse(text, tzinfos=_zone, default=day) for day in _DEFAULTS)
    except (ValueError, OverflowError, ArithmeticError):
        return None
    return found if found == again else None


def _zone(name: str | None, offset_seconds: int | None) -> tzinfo | None:
    """The zone that a feed names; None for letters that nobody knows, whatever this machine calls its own zone."""
    if offset_seconds is None and name in _ZONES:
        offset_seconds = round(_ZONES[name] * 3600)
    if offset_seconds is None or abs(offset_seconds) >= 86_400:
        return None
    return timezone(timedelta(seconds=offset_seconds))


def to_text(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with whole seconds, or None."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def from_text(text: str | None) -> datetime | None:
    """What `to_text` wrote."""
    return datetime.fromisoformat(text) if text else None


def when(text: str, now: datetime) -> datetime | None:
    """A WHEN of the command line: RFC 3339, `YYYY-MM-DD` (the end of that local day) or `YYYY-MM-DD HH:MM` local.

    `none` gives None. ValueError: it is none of these.
    """
    text = text.strip()
    if text.lower() == "none":
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return datetime.combine(date.fromisoformat(text), time(23, 59, 59)).astimezone().astimezone(UTC)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", text):
        return datetime.fromisoformat(text).astimezone().astimezone(UTC)
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("no zone")
    return found.astimezone(UTC)
