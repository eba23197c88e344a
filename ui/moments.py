"""Moments as the window shows them: the machine's own time, in the user's language."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from core.wording import tr


def day(moment: datetime | date) -> str:
    """ "15 May 2026"."""
    here = moment.astimezone().date() if isinstance(moment, datetime) else moment
    return QLocale().toString(QDate(here.year, here.month, here.day), "d MMM yyyy")


def short_day(moment: datetime | date) -> str:
    """ "15 May"."""
    here = moment.astimezone().date() if isinstance(moment, datetime) else moment
    return QLocale().toString(QDate(here.year, here.month, here.day), "d MMM")


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
    clock = f"{here:%H:%M}"
    if here.date() == today.date():
        return tr("today {time}").format(time=clock)
    return f"{short_day(moment) if here.year == today.year else day(moment)}, {clock}"
