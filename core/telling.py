"""What waits to be told, gathered from a store; and what became of it. The window and the commands tell alike.

Whatever is to be told stands in the inbox first, so that what no desktop takes is not lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import notices, reminders
from core.conditions import in_full
from core.model import ChangeKind, Message, Notice, Revision
from core.notices import Waiting
from core.quiet import QuietHours, read_hours
from core.store import advisories, checklists, inbox, sources
from core.store.inbox import Fate
from core.store.open import Store

LATER = timedelta(hours=1)
MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """The notices of now, and when there is next something to tell although no check brings it."""

    notices: tuple[Notice, ...]
    next_moment: datetime | None


def quiet_hours(store: Store) -> QuietHours | None:
    """The quiet hours that the traveller has set."""
    return read_hours(sources.setting(store, "quiet-from", ""), sources.setting(store, "quiet-to", ""))


def choose(store: Store, now: datetime) -> Chosen:
    """Take up what has come and what is due, and choose what is told now."""
    quiet = quiet_hours(store)
    known = inbox.last_told(store)
    lists = {one.id: one for one in checklists.all_lists(store, beside=False) if one.archived is None}
    started = {name: one.started for name, one in lists.items() if one.started is not None}
    remembered = list(reminders.reminders(checklists.each_item(store), started, known, quiet, now))
    due = reminders.due_now(remembered, now)
    _take_up(store, due, known, now)
    if sources.setting(store, "notices", "yes") != "yes":
        _settle(store, [one.waiting.number for one in inbox.waiting(store)], Fate.KEPT, now)
        return Chosen((), reminders.next_moment(remembered, now))
    is_quiet = quiet is not None and quiet.covers(now)
    ready, moments = [], [reminders.next_moment(remembered, now)]
    # What is told again and again is due anew when it was just told.
    moments += [now + one.often for one in due if one.often is not None]
    for entry in inbox.waiting(store):
        if entry.again is not None and now < entry.again <= now + LATER:  # further off: the clock was wrong then
            moments.append(entry.again)
        elif is_quiet and not entry.waiting.urgent:
            moments.append(quiet.end_after(now) if quiet else None)
        else:
            ready.append(entry.waiting)
    discreet = sources.setting(store, "discreet", "yes") == "yes"
    following = min((moment for moment in moments if moment is not None), default=None)
    return Chosen(tuple(notices.choose(ready, discreet=discreet)), following)


def _take_up(store: Store, due: list[reminders.Reminder], known: dict[str, datetime], now: datetime) -> None:
    untold = advisories.untold(store)
    held = inbox.changes_taken_up(store, [number for number, _ in untold])
    fresh = [(number, change) for number, change in untold if number not in held]
    if not fresh and not due:
        return
    trips, latest = sources.trips(store), dict(known)
    newest: dict[str, Revision | None] = {}
    for name in [change.advisory_id for _, change in fresh] + [one.item.advisory_id or "" for one in due]:
        if name not in newest:
            newest[name] = advisories.newest(store, name)
    silent = []
    with store.transaction():
        for number, change in fresh:
            revision, subject = newest[change.advisory_id], notices.subject_of(change)
            told = latest.get(subject)
            repeats = told is not None and abs(now - told) < notices.ONCE_IN and not notices.is_escalation(change)
            waiting = Waiting(
                0,
                notices.title_of(revision),
                notices.line_for(change),
                notices.is_urgent(change, revision),
                notices.weight_of(change, revision, trips, now),
                change.advisory_id,
            )
            inbox.add(store, waiting, subject, number, Fate.KEPT if repeats else Fate.WAITS, now)
            latest[subject] = now
            silent += [number] if repeats else []
        for one in due:
            title = Message("notice-item", {"words": in_full(one.item)[:MAX_WORDS]})
            urgent = notices.is_urgent(None, newest[one.item.advisory_id or ""])
            waiting = Waiting(0, title, one.line, urgent, (len(ChangeKind),), one.item.advisory_id, one.item.id)
            inbox.add(store, waiting, one.subject, None, Fate.WAITS, now)
    if silent:
        advisories.set_told(store, silent, now)


def shown(store: Store, notice: Notice, now: datetime, *, taken: bool) -> None:
    """Whether the desktop took a notice; what it did not take waits in the inbox and is tried again."""
    if taken:
        _settle(store, list(notice.numbers), Fate.SHOWN, now)


def _settle(store: Store, numbers: list[int], fate: Fate, now: datetime) -> None:
    if numbers:
        with store.transaction():
            inbox.settle(store, numbers, fate, now)
