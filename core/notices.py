"""Which changes the traveller is told, and in what words. Pure: changes, trips and `now` in, notices out.

Ranked by what changed: withdrawn, level or status first, then a ticked action that now asks for something else, then
a new action, then a rewording. What is only editorial is silent. By default a notice is discreet: it names neither
place nor issuer.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.model import Change, ChangeKind, Kind, Message, Notice, Revision, Trip

SUMMARY_FROM = 4
# On the first look at a source its whole past comes at once: only alerts this young are news.
FRESH = timedelta(days=3)


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


def choose(changes: Sequence[Change], newest: Mapping[str, Revision], *, discreet: bool) -> list[Notice]:
    """The notices for changes that are to be told: one a change, or a single summary when there are many."""
    if len(changes) >= SUMMARY_FROM:
        urgent = any(is_urgent(change, newest.get(change.advisory_id)) for change in changes)
        ids = tuple(change.advisory_id for change in changes)
        line = Message("notice-discreet-many" if discreet else "notice-many", {"count": len(changes)})
        return [Notice(Message("notice-title", {}), line, ids, urgent)]
    return [_notice(change, newest.get(change.advisory_id), discreet) for change in sorted(changes, key=_rank)]


def _rank(change: Change) -> tuple[int, int]:
    within = 0 if change.overtaken else 1 if change.added else 2 if change.important else 3
    return list(ChangeKind).index(change.kind), within


def is_urgent(change: Change, revision: Revision | None) -> bool:
    """Level 4, or an ordered departure: what quiet hours do not hold back."""
    if revision is None:
        return False
    return (revision.level is not None and revision.level.value == 4) or "ordered-departure" in revision.status


def _notice(change: Change, revision: Revision | None, discreet: bool) -> Notice:
    urgent = is_urgent(change, revision)
    if discreet or revision is None:
        return Notice(Message("notice-title", {}), Message("notice-discreet", {}), (change.advisory_id,), urgent)
    title = Message("notice-open-title", {"title": revision.title, "issuer": revision.issuer})
    return Notice(title, line_for(change), (change.advisory_id,), urgent)


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
            {"new": len(change.added), "reworded": len(change.reworded), "gone": len(change.withdrawn)},
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
    if change.kind is ChangeKind.TEXT and change.expires:
        ended, ends = change.expires
        if ends is None:
            return Message("notice-endless")
        return Message("notice-longer" if ended is not None and ends > ended else "notice-shorter")
    return Message(_LINES.get(change.kind, "notice-text"))
