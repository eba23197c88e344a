"""Quiet hours: from when to when, by the clock of where the traveller is, nothing but the gravest is told. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day to another, over midnight where the first is the later. Equal: none."""

    start: time
    end: time

    def covers(self, now: datetime) -> bool:
        """Whether a moment with a zone lies in them, by this machine's clock."""
        here = now.astimezone().time()
        if self.start <= self.end:
            return self.start <= here < self.end
        return here >= self.start or here < self.end

    def end_after(self, now: datetime) -> datetime:
        """When they next end; for a moment that they cover, that is when what they held back is told."""
        here = now.astimezone()
        end = datetime.combine(here.date(), self.end)
        if end <= here.replace(tzinfo=None):
            end += timedelta(days=1)
        return end.astimezone()  # the zone of that day: the clocks may be changed in between

    def begin_before(self, moment: datetime) -> datetime:
        """When they began that cover a moment."""
        here = moment.astimezone()
        start = datetime.combine(here.date(), self.start)
        if start > here.replace(tzinfo=None):
            start -= timedelta(days=1)
        return start.astimezone()


def read_hours(start: str, end: str) -> QuietHours | None:
    """Quiet hours from two texts as 22:00; None: there are none, or a text is no time."""
    try:
        hours = QuietHours(time.fromisoformat(start), time.fromisoformat(end))
    except ValueError:
        return None
    return None if hours.start == hours.end or hours.start.tzinfo or hours.end.tzinfo else hours
