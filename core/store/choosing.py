"""Which advisories are shown, and in which order: ids alone, so that thousands are chosen from while one types."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, cast

from core import places
from core.store import rows
from core.store.open import Store
from core.store.overview import NEWEST
from core.times import to_text


class Order(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    LEVEL = "level"
    PLACE = "place"
    ISSUER = "issuer"


NO_LEVEL = 0


class Wanted(NamedTuple):
    """Which advisories are asked for; what is empty or None asks for nothing.

    `words`: all of them in the title, the issuer or a country's name; `level`: this common one, `NO_LEVEL` for those
    without any; `since`: what came after that; `reading`: this one stays, read or not.
    """

    words: str = ""
    countries: frozenset[str] = frozenset()
    issuer: str | None = None
    level: int | None = None
    since: datetime | None = None
    unread: bool = False
    reading: str = ""


ALL = Wanted()


def issuers(store: Store) -> list[str]:
    """Everyone of whom an advisory is kept."""
    return [cast(str, row[0]) for row in store.rows("SELECT DISTINCT issuer FROM glance ORDER BY issuer")]


def countries(store: Store) -> set[str]:
    """Every country that an advisory names."""
    return {code for row in store.rows("SELECT DISTINCT countries FROM glance") for code in rows.words(row[0])}


def fitting(store: Store, wanted: Wanted = ALL, order: Order = Order.NEWEST, near: Iterable[str] = ()) -> list[str]:
    """The ids of the advisories that are asked for. `near`: what names one of these countries comes first."""
    found = store.rows(
        "SELECT a.id, g.title, g.issuer, g.countries, g.level_value "  # our own words
        f"{NEWEST} WHERE (?1 IS NULL OR g.issuer = ?1) "
        "AND (?2 IS NULL OR coalesce(g.level_value, 0) = ?2) AND (?3 IS NULL OR g.fetched >= ?3) "
        "AND (NOT ?4 OR a.seen < a.newest OR a.id = ?5) ORDER BY coalesce(g.issued, g.fetched) DESC, g.title",
        wanted.issuer, wanted.level, to_text(wanted.since), int(wanted.unread), wanted.reading,
    )  # fmt: skip
    lines = [_Line(*cast(tuple[str, str, str, str, int | None], row)) for row in found]
    if wanted.countries:
        lines = [line for line in lines if line.names_any(wanted.countries)]
    if sought := wanted.words.casefold().split():
        lines = [line for line in lines if line.has(sought)]
    if order is Order.LEVEL:
        lines.sort(key=lambda line: -(line.level_value or 0))
    elif order is Order.PLACE:
        lines.sort(key=lambda line: line.place())
    elif order is Order.ISSUER:
        lines.sort(key=lambda line: line.issuer.casefold())
    if close := frozenset(near):
        lines.sort(key=lambda line: not line.names_any(close))
    return [line.id for line in lines]


class _Line(NamedTuple):
    """As much of an advisory as choosing and sorting needs."""

    id: str
    title: str
    issuer: str
    countries: str
    level_value: int | None

    def names_any(self, codes: frozenset[str]) -> bool:
        return any(f'"{code}"' in self.countries for code in codes)

    def place(self) -> tuple[bool, str]:
        """For sorting: by the first country's name, what names none at the end."""
        names = _names(self.countries)
        return not names, names[0] if names else ""

    def has(self, sought: Sequence[str]) -> bool:
        text = f"{self.title} {self.issuer}".casefold()
        missing = [word for word in sought if word not in text]
        return not missing or all(word in " ".join(_names(self.countries)) for word in missing)


@lru_cache(1000)
def _names(codes: str) -> list[str]:
    """What countries are called, from the column that holds them."""
    return [places.name(code).casefold() for code in rows.words(codes)]
