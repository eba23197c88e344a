"""When the issuer says that an item is due, where its own due time says otherwise. Pure.

Reconciling never writes an item's due time: the traveller may rely on it. So an issuer that says "within 12 hours"
where it said "within 24" is told beside it.
"""

from datetime import datetime
from typing import NamedTuple

from core.model import Item, Standing

# Of the times that an issuer has given so many are kept: one that is given anew every day would fill a row for ever.
KEPT = 20

Given = tuple[datetime | None, ...]


class IssuerDue(NamedTuple):
    """What an item's due time `was` given as, and is `now` by the issuer. `is_hers`: the traveller set the first."""

    was: datetime | None
    now: datetime
    is_hers: bool

    @property
    def earlier(self) -> datetime:
        """The one that comes first."""
        return self.now if self.was is None else min(self.was, self.now)


def with_given(given: Given, due: datetime | None) -> Given:
    """What an issuer has given by now, when it gives this. Empty as long as it never gave any."""
    if is_same(given[-1] if given else None, due):
        return given
    given = (*(given or (None,)), due)
    return given if len(given) <= KEPT else (given[0], *given[1 - KEPT :])


def differing(item: Item) -> datetime | None:
    """The issuer's present due time where it is not the item's own; None where it is, or gives none."""
    if not item.given or item.standing is Standing.WITHDRAWN or is_same(item.given[-1], item.due):
        return None
    return item.given[-1]


def moved(item: Item) -> IssuerDue | None:
    """What is to be said beside the item's due time; None where there is nothing.

    A time that an earlier revision gave is followed wherever the issuer's goes. One that the traveller set herself is
    only where the issuer's comes before it; one that she took away only where the issuer has given another since.
    """
    now = differing(item)
    if now is None:
        return None
    if any(is_same(item.due, earlier) for earlier in item.given[:-1]):
        return IssuerDue(item.due, now, is_hers=False)
    is_said = len(item.given) > 1 if item.due is None else now < item.due
    return IssuerDue(item.due, now, is_hers=True) if is_said else None


def came_nearer(item: Item) -> datetime | None:
    """The issuer's present due time where it comes before the item's own, and before one that it gave earlier."""
    found = moved(item)
    if found is None or (found.was is not None and found.was < found.now):
        return None
    return found.now if any(one is None or one > found.now for one in item.given[:-1]) else None


def is_same(one: datetime | None, other: datetime | None) -> bool:
    """Whether two due times are one to the minute, as they are shown."""
    if one is None or other is None:
        return one is other
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)
