"""Moments as the window shows them: the machine's own time, in the user's language."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from core.wording import tr
from ui.direction import is_rtl


def day(moment: datetime | date) -> str:
    """ "15 May 2026"."""
    return _isolated(_written(moment, "d MMM yyyy"))


def short_day(moment: datetime | date) -> str:
    """ "15 May"."""
    return _isolated(_written(moment, "d MMM"))


def issued(moment: datetime, now: datetime, *, is_date: bool) -> str:
    """When something was issued: the day alone where the issuer gave no hour."""
    return day(moment.date()) if is_date else day_and_time(moment, now)


def plain_day_and_time(moment: datetime) -> str:
    """ "2026-11-28 14:00", as it may be typed; the day alone where it is one without an hour."""
    here = moment.astimezone()
    return f"{here:%Y-%m-%d}" if (here.hour, here.minute) == (23, 59) else f"{here:%Y-%m-%d %H:%M}"


def day_and_time(moment: datetime, now: datetime) -> str:
    """ "today 18:00", "15 May, 18:00", and the year where it is another."""
    here, today = moment.astimezone(), now.astimezone()
    if here.date() == today.date():
        return tr("today {time}").format(time=clock(here))
    of_day = _written(moment, "d MMM" if here.year == today.year else "d MMM yyyy")
    return _isolated(tr("{day}, {time}").format(day=of_day, time=clock(here)))


def clock(moment: datetime) -> str:
    """ "18:00", of the machine's own time."""
    here = moment.astimezone()
    return QLocale().toString(QTime(here.hour, here.minute), "HH:mm")


def _written(moment: datetime | date, form: str) -> str:
    """A day in the machine's own digits and names of months."""
    here = moment.astimezone().date() if isinstance(moment, datetime) else moment
    return QLocale().toString(QDate(here.year, here.month, here.day), form)


def _isolated(words: str) -> str:
    """What runs from right to left keeps its order within a sentence that does not (UAX 9, isolates)."""
    return f"\u2068{words}\u2069" if is_rtl(words) else words
