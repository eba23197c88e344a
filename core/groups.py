"""When an item is for: the groups of a checklist, and what its ring counts. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.model import Group, Item, Standing, State, Urgency

_NOW = {"Evacuate", "Shelter", "Avoid"}


def group_of(item: Item, now: datetime) -> Group:
    """The group, as `cli.md` has it: due within 24 hours is now; else by urgency and response type."""
    if item.due is not None and item.due <= now + timedelta(hours=24):
        return Group.NOW
    if item.urgency is Urgency.FUTURE:
        return Group.LATER
    if item.response_type == "Monitor":
        return Group.KEEP
    if item.urgency is Urgency.IMMEDIATE or item.response_type in _NOW:
        return Group.NOW
    return Group.BEFORE


def progress(items: Iterable[Item]) -> tuple[int, int]:
    """(done, total) of the items still listed, those not applicable left out."""
    counted = [i for i in items if i.standing is not Standing.WITHDRAWN and i.state is not State.NOT_APPLICABLE]
    return sum(item.state is State.DONE for item in counted), len(counted)
