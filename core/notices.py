"""Which changes the traveller is told, and in what words. Pure: changes, trips and `now` in, notices out.

Ranked by what changed: withdrawn, level or status first, then a ticked action that now asks for something else, then
a new action, then a rewording; what touches a trip before what does not, the higher level before the lower. What is
only editorial is silent. By default a notice is discreet: it names neither place nor issuer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.model import Change, ChangeKind, Kind, Message, Notice, Revision, Trip

SUMMARY_FROM = 4
# On the first look at a source its whole past comes at once: only alerts this young are news.
FRESH = timedelta(days=3)
# Within this long the same change of the same advisory is not told twice, unless it makes things graver.
ONCE_IN = timedelta(hours=24)


def is_told(change: Change, revision: Revision, trips: Sequence[Trip], now: datetime, *, first_look: bool) -> bool:
    """Whether the traveller is told of a change.

    `first_look`: the source was never verified before; then only fresh alerts are news. With trips, only places
    that one of them visits and that is not over matter; an advisory that names no place always does.
    """
    if change.kind is ChangeKind.EDITORIAL or "test" in revision.status:
        return False
    if change.kind is ChangeKind.NEW_ADVISORY and "withdrawn" in revision.status:
        return False  # it was taken back before it came
    if first_look and not (revision.kind is Kind.ALERT and revision.issued and revision.issued > now - FRESH):
        return False
    if revision.expires is not None and revision.expires < now and change.kind is ChangeKind.NEW_ADVISORY:
        return False
    visited = {country for trip in trips if not _is_over(trip, now) for country in trip.countries}
    return not visited or not revision.countries or bool(visited & set(revision.countries))


def _is_over(trip: Trip, now: datetime) -> bool:
    return trip.end is not None and trip.end < (now - timedelta(days=1)).date()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits to be told, as it stands in the inbox: a change of an advisory, or a reminder of an item.

    `weight`: what is told first, the smaller the sooner.
    """

    number: int
    title: Message
    line: Message
    urgent: bool
    weight: tuple[int, ...]
    advisory_id: str | None = None
    item: str | None = None


def weight_of(change: Change, revision: Revision | None, trips: Sequence[Trip], now: datetime) -> tuple[int, ...]:
    """By what changed; then what touches a trip of now; then by level."""
    within = 0 if change.overtaken else 1 if change.added else 2 if change.important else 3
    countries = set(revision.countries) if revision else set()
    of_trip = any(countries & set(trip.countries) for trip in trips if not _is_over(trip, now))
    level = revision.level.value if revision and revision.level else None
    return list(ChangeKind).index(change.kind), within, not of_trip, 4 - (level or 0)


def is_urgent(change: Change | None, revision: Revision | None) -> bool:
    """Level 4, or an ordered departure: what quiet hours do not hold back."""
    if revision is None or (change is not None and change.kind is ChangeKind.WITHDRAWN):
        return False
    return (revision.level is not None and revision.level.value == 4) or "ordered-departure" in revision.status


def subject_of(change: Change) -> str:
    """What a change says, in short: two that say the same of one advisory have the same."""
    said = (
        change.advisory_id,
        change.kinds,
        change.level[1] if change.level else None,
        change.status[1] if change.status else None,
        sorted(change.added),
        sorted(change.reworded),
        sorted(change.withdrawn),
        change.title[1] if change.title else None,
    )
    import hashlib  # with three megabytes of OpenSSL, which the window has no other use for

    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def is_escalation(change: Change) -> bool:
    """Whether a change makes things graver, so that it is told again however lately the same was told."""
    before, after = change.level or (None, None)
    if after is not None and after.value is not None and (before is None or (before.value or 0) < after.value):
        return True
    had, has = (set(words) for words in change.status or ((), ()))
    return "ordered-departure" in has - had or change.kind is ChangeKind.NEW_ADVISORY


def choose(waiting: Sequence[Waiting], *, discreet: bool) -> list[Notice]:
    """The notices for what waits: one an advisory or item, the weightiest first, or a single summary of many."""
    groups: dict[str, list[Waiting]] = {}
    for one in sorted(waiting, key=lambda one: one.weight):
        groups.setdefault(one.item or one.advisory_id or str(one.number), []).append(one)
    if len(groups) >= SUMMARY_FROM:
        ids = tuple(dict.fromkeys(one.advisory_id for group in groups.values() for one in group if one.advisory_id))
        many, count = Message("notice-many", {"count": len(groups)}), len(groups)
        line = Message("notice-discreet-many", {"count": count}) if discreet else many
        urgent, numbers = any(one.urgent for one in waiting), tuple(one.number for one in waiting)
        return [Notice(Message("notice-title", {}), line, ids, urgent, numbers)]
    return [_notice(group, discreet=discreet) for group in groups.values()]


def _notice(group: Sequence[Waiting], *, discreet: bool) -> Notice:
    first, urgent, numbers = group[0], any(one.urgent for one in group), tuple(one.number for one in group)
    ids = (first.advisory_id,) if first.advisory_id else ()
    if discreet:
        line = Message("reminder-discreet", {}) if first.item else Message("notice-discreet", {})
        return Notice(Message("notice-title", {}), line, ids, urgent, numbers)
    return Notice(first.title, first.line, ids, urgent, numbers, first.item)


def title_of(revision: Revision | None) -> Message:
    """The title of a notice that says what it is about."""
    if revision is None:
        return Message("notice-title", {})
    return Message("notice-open-title", {"title": revision.title, "issuer": revision.issuer})


def lines_for(change: Change) -> list[Message]:
    """A line for each thing that changed, the weightiest first."""
    return [line_for(change._replace(kinds=(kind,))) for kind in change.kinds]


_LINES = {
    ChangeKind.LEVEL: "notice-level-changed",
    ChangeKind.STATUS: "notice-status",
    ChangeKind.WITHDRAWN: "notice-withdrawn",
    ChangeKind.RESTORED: "notice-restored",
    ChangeKind.TEXT: "notice-text",
    ChangeKind.EDITORIAL: "notice-editorial",
}


def line_for(change: Change) -> Message:
    """One line that says what changed."""
    if change.kind is ChangeKind.NEW_ADVISORY:
        return Message("notice-new-advisory", {"count": len(change.added)}) if change.added else Message("notice-new")
    if change.kind is ChangeKind.ACTIONS and change.overtaken:
        return Message("notice-overtaken", {"count": len(change.overtaken)})
    if change.kind is ChangeKind.ACTIONS:
        return Message(
            "changed-actions",
            {
                "new": len(change.added) - len(change.returned),
                "back": len(change.returned),
                "reworded": len(change.reworded),
                "important": len(change.important),
                "gone": len(change.withdrawn),
            },
        )
    if change.kind is ChangeKind.LEVEL and change.level:
        before, after = change.level
        if before is None or after is None:
            held = before or after
            return Message(
                "notice-level-given" if after else "notice-level-taken", {"level": held.words if held else ""}
            )
        return Message("notice-level", {"before": before.words, "after": after.words})
    if change.kind is ChangeKind.STATUS and change.status:
        had, has = (set(words) for words in change.status)
        came, went = sorted(has - had), sorted(had - has)
        if came and went:
            return Message("notice-status-both", {"came": came, "went": went})
        return Message("notice-status-came", {"came": came}) if came else Message("notice-status-went", {"went": went})
    if change.kind is ChangeKind.TEXT and change.title:
        return Message("notice-retitled", {"title": change.title[1]})
    if change.kind is ChangeKind.TEXT and change.expires:
        ended, ends = change.expires
        if ends is None:
            return Message("notice-endless")
        return Message("notice-longer" if ended is not None and ends > ended else "notice-shorter")
    return Message(_LINES.get(change.kind, "notice-text"))
