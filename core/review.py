"""What a traveller says of a change that a source made in a list, and what changed beside the items. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from core.model import Change, ChangeKind

_SAID_BY_ITEMS = {ChangeKind.ACTIONS, ChangeKind.EDITORIAL}


class Verdict(StrEnum):
    """What is said of one changed item; one that was done stays so but for `AGAIN`."""

    ACCEPT = "accept"
    AGAIN = "again"
    KEEP = "keep"
    HIDE = "hide"


def beside_items(changes: Iterable[tuple[datetime, Change]]) -> list[tuple[datetime, Change]]:
    """Those changes that say something which no item of a list shows: level, status, text, how urgent actions are."""
    return [(at, change) for at, change in changes if _says_more(change)]


def _says_more(change: Change) -> bool:
    if set(change.kinds) - _SAID_BY_ITEMS:
        return True
    return ChangeKind.ACTIONS in change.kinds and not (change.added or change.reworded or change.withdrawn)


def stretch(changes: Sequence[Change]) -> Change | None:
    """Several changes of one advisory, the oldest first, as one from the first's beginning to the last's end.

    What went one way and back again is no change; the kinds are kept. What came and went of actions is left out.
    """
    if not changes:
        return None
    first, last = changes[0], changes[-1]
    levels = [one.level for one in changes if one.level]
    status = [one.status for one in changes if one.status]
    ends = [one.expires for one in changes if one.expires]
    level = (levels[0][0], levels[-1][1]) if levels and levels[0][0] != levels[-1][1] else None
    words = (status[0][0], status[-1][1]) if status and status[0][0] != status[-1][1] else None
    expires = (ends[0][0], ends[-1][1]) if ends and ends[0][0] != ends[-1][1] else None
    kinds = {kind for one in changes for kind in one.kinds}
    kinds -= {kind for kind, held in ((ChangeKind.LEVEL, level), (ChangeKind.STATUS, words)) if held is None}
    ranked = tuple(kind for kind in ChangeKind if kind in kinds)
    return Change(first.advisory_id, first.before, last.after, ranked, level=level, status=words, expires=expires)
