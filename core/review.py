"""What a traveller says of a change that a source made in a list, and what changed beside the items. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from core.model import Change, ChangeKind, Item

T = TypeVar("T")


class Verdict(StrEnum):
    """What is said of one changed item; one that was done stays so but for `AGAIN`."""

    ACCEPT = "accept"
    AGAIN = "again"
    KEEP = "keep"
    HIDE = "hide"


class Moved(NamedTuple):
    """Where the words of a changed item stand or stood: the current action that holds those of one no longer listed,
    and the earlier wording that a new one was a part of.
    """

    now_in: str | None = None
    split_from: str | None = None


class News(NamedTuple):
    """What a source changed in a list since the traveller last looked: items, what changed beside them, and when.

    `moved`: by an item's id, where its words went or came from.
    """

    waiting: tuple[Item, ...] = ()
    beside: Change | None = None
    at: datetime | None = None
    moved: Mapping[str, Moved] = MappingProxyType({})

    def __bool__(self) -> bool:
        return self.to_look_at > 0

    @property
    def to_look_at(self) -> int:
        """How much there is to look at: each item, and what changed beside them together."""
        return len(self.waiting) + (self.beside is not None)


def beside_items(changes: Sequence[Change]) -> Change | None:
    """What several changes of one advisory, the oldest first, say that no item of a list shows, as one change.

    That is its level, status, title, text and end, and how urgent its actions are. What went one way and back is none.
    """
    told = [one for one in changes if _kinds_beside(one)]
    if not told:
        return None
    level = _both_ends([one.level for one in told if one.level])
    status = _both_ends([one.status for one in told if one.status])
    expires = _both_ends([one.expires for one in told if one.expires])
    title = _both_ends([one.title for one in told if one.title])
    kinds = {kind for one in told for kind in _kinds_beside(one)}
    kinds -= {kind for kind, held in ((ChangeKind.LEVEL, level), (ChangeKind.STATUS, status)) if held is None}
    # What an older version kept does not say what of the text it was.
    texts = [one for one in told if ChangeKind.TEXT in one.kinds]
    is_text_other = any(one.is_text_other or not (one.title or one.expires) for one in texts)
    if not (is_text_other or title or expires):
        kinds.discard(ChangeKind.TEXT)
    if not kinds:
        return None
    ranked = tuple(kind for kind in ChangeKind if kind in kinds)
    first, last = told[0], told[-1]
    return Change(
        first.advisory_id, first.before, last.after, ranked,
        level=level, status=status, expires=expires, title=title,
        is_text_other=is_text_other,
    )  # fmt: skip


def _kinds_beside(change: Change) -> set[ChangeKind]:
    kinds = set(change.kinds) - {ChangeKind.EDITORIAL}
    return kinds - {ChangeKind.ACTIONS} if change.added or change.reworded or change.withdrawn else kinds


def _both_ends(pairs: Sequence[tuple[T, T]]) -> tuple[T, T] | None:
    """From the first one's beginning to the last one's end; None where that is no way."""
    return (pairs[0][0], pairs[-1][1]) if pairs and pairs[0][0] != pairs[-1][1] else None
