"""Which of the items of all lists are shown: by what is to be done with them, by place and by issuer. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from core.groups import group_of
from core.model import Group, Item, Standing, State


class What(StrEnum):
    """What an item is to be shown for. `OPEN` is what is to do; `ALL` is that and what is done or set aside."""

    OPEN = "open"
    NOW = "now"
    DUE = "due"
    NEW = "new"
    REWORDED = "reworded"
    DONE = "done"
    ASIDE = "aside"
    ALL = "all"


class Wanted(NamedTuple):
    """What is wanted; a place (ISO 3166-1 alpha-2) or an issuer of None is every one."""

    what: What = What.OPEN
    country: str | None = None
    issuer: str | None = None


class About(NamedTuple):
    """Of an advisory: who issued it, and for where."""

    issuer: str
    countries: tuple[str, ...]


def sift(items: Iterable[Item], wanted: Wanted, about: Mapping[str, About], now: datetime) -> list[Item]:
    """The items that are wanted, in their order. What is no longer listed is shown only in its list.

    `about`: advisories by id. An item that follows none is of no place and no issuer.
    """
    nowhere = About("", ())
    return [
        item
        for item in items
        if item.standing is not Standing.WITHDRAWN
        and _fits(item, wanted.what, now)
        and (wanted.country is None or wanted.country in about.get(item.advisory_id or "", nowhere).countries)
        and (wanted.issuer is None or wanted.issuer == about.get(item.advisory_id or "", nowhere).issuer)
    ]


def _fits(item: Item, what: What, now: datetime) -> bool:
    if what is What.ALL:
        return True
    if what in (What.DONE, What.ASIDE):
        return item.state is (State.DONE if what is What.DONE else State.NOT_APPLICABLE)
    # What is new or reworded wants to be looked at, ticked or not.
    if what in (What.NEW, What.REWORDED):
        return item.standing is (Standing.NEW if what is What.NEW else Standing.REWORDED)
    if item.state is not State.OPEN:
        return False
    if what is What.NOW:
        return group_of(item, now) is Group.NOW
    return item.due is not None if what is What.DUE else True
