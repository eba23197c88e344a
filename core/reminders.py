"""Which items the traveller is reminded of, and when. Pure: items, what was told and `now` in, reminders out.

An open item with a due time once, before it is due, and once before the issuer's where that has come nearer; one that
says how often it is done, again and again. Nothing is ever unticked: of what is done every few hours, a tick says when
it was done last.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.issuer_due import came_nearer
from core.model import Item, Message, Standing, State
from core.often import how_often
from core.quiet import QuietHours

AHEAD = timedelta(hours=1)
# A due time without an hour is the end of its day: she is reminded in the morning.
MORNING = time(9)
# What was missed for this long is no reminder any more: the list shows that it is overdue.
TOO_LATE = timedelta(days=2)
# A clock that is put right by so much was not wrong before.
SET_BACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of an item: when, and its `subject`, which is told once."""

    item: Item
    at: datetime
    subject: str
    line: Message
    often: timedelta | None = None

    @property
    def repeats(self) -> bool:
        """Whether it is told again and again."""
        return self.often is not None


def reminders(
    items: Iterable[Item],
    started: Mapping[str, datetime],
    told: Mapping[str, datetime],
    quiet: QuietHours | None,
    now: datetime,
) -> Iterator[Reminder]:
    """Every reminder still to come or to be told.

    `started`: the lists that count, by id, with when they were started; `told`: when each subject was told last. What
    is done again and again counts from what lies behind `now`: a moment ahead was written by a clock that was wrong.
    """
    for item in items:
        if item.checklist not in started or item.standing is Standing.WITHDRAWN or item.state is State.NOT_APPLICABLE:
            continue
        often = item.every or how_often(item.note) or how_often(item.text)
        if often is not None:
            subject = f"{item.id} often"
            known = [started[item.checklist], item.done_at, told.get(subject)]
            last = max(
                (moment for moment in known if moment is not None and moment <= now + SET_BACK), default=now - often
            )
            yield Reminder(item, last + often, subject, Message("reminder-again"), often)
        if item.state is not State.OPEN:
            continue
        # The issuer's time is told as the item's own would be, so that one that is taken over is told no second time.
        set_for, due = Message("reminder-set"), Message("reminder-due")
        for told_as, line, wanted in (
            (set_for, set_for, item.reminder),
            (due, due, item.due),
            (due, Message("reminder-issuer"), came_nearer(item)),
        ):
            if wanted is None:
                continue
            subject = f"{item.id} {told_as.id} {wanted:%Y-%m-%dT%H:%M}"
            if subject not in told:
                yield Reminder(item, wanted if told_as is set_for else _ahead(wanted, quiet), subject, line)


def due_now(found: Sequence[Reminder], now: datetime) -> list[Reminder]:
    """Those whose time has come and is not long over, the earliest first."""
    return sorted(
        (one for one in found if one.at <= now and (one.repeats or now - one.at < TOO_LATE)), key=lambda one: one.at
    )


def next_moment(found: Sequence[Reminder], now: datetime) -> datetime | None:
    """When the next one is due."""
    return min((one.at for one in found if one.at > now), default=None)


def _ahead(due: datetime, quiet: QuietHours | None) -> datetime:
    """When to say that something is due: an hour before, and before quiet hours would swallow it."""
    here = due.astimezone()
    moment = datetime.combine(here.date(), MORNING).astimezone() if here.time() >= time(23, 59) else due - AHEAD
    if quiet is not None and quiet.covers(moment) and quiet.end_after(moment) > due:
        return quiet.begin_before(moment) - timedelta(minutes=15)
    return moment
