"""What the window shows at a glance, read without unpacking whole revisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from core.store import rows
from core.store.open import Store, Value
from core.times import from_text, to_text


class Summary(NamedTuple):
    """One advisory in one line. `actions`: how many its newest revision has."""

    id: str
    source: str
    title: str
    issuer: str
    kind: str
    countries: tuple[str, ...]
    level_value: int | None
    level_words: str | None
    issued: datetime | None
    issued_is_date: bool
    fetched: datetime | None
    missing_since: datetime | None
    seen: bool
    status: tuple[str, ...]
    actions: int
    revision: int


# More than anyone compares; the page of advisories has the rest.
MOST_BESIDE = 200
# The newest revision of each advisory.
NEWEST = "FROM advisory a JOIN glance g ON g.advisory_id = a.id AND g.number = a.newest "


def has_any(store: Store) -> bool:
    """Whether an advisory is kept."""
    return store.row("SELECT 1 FROM advisory LIMIT 1") is not None


def kept(store: Store) -> int:
    """How many advisories are kept."""
    return cast(int, store.rows("SELECT count(*) FROM advisory")[0][0])


def named(store: Store, names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """By what names an advisory, its id or its page's address: the id and the title of each that is kept."""
    found = store.rows(
        "SELECT a.id, r.title, json_extract(r.rest, '$.url') FROM advisory a "
        "JOIN revision r ON r.advisory_id = a.id AND r.number = a.newest ORDER BY a.missing_since IS NULL, r.issued"
    )
    known: dict[str, tuple[str, str]] = {}
    for name, title, url in cast(list[tuple[str, str, str]], found):
        known |= {name: (name, title)} | ({_page(url): (name, title)} if url else {})
    return {name: held for name in names if (held := known.get(name) or known.get(_page(name)))}


def about(store: Store, ids: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Of these advisories the issuer and the countries."""
    found = store.rows(
        "SELECT a.id, r.issuer, r.countries FROM advisory a JOIN revision r ON r.advisory_id = a.id "
        "AND r.number = a.newest WHERE a.id IN (SELECT value FROM json_each(?))",
        rows.dump(list(ids)),
    )
    return {cast(str, name): (cast(str, issuer), rows.words(countries)) for name, issuer, countries in found}


def _page(address: str) -> str:
    """An address without what leads to the same page all the same."""
    bare = address.partition("#")[0].rstrip("/")
    return bare.partition("://")[2].removeprefix("www.") or bare


def counts(store: Store, fresh_since: datetime) -> tuple[int, int]:
    """How many advisories are kept, and how many of those came since a moment and were not opened."""
    row = store.row(
        f"SELECT (SELECT count(*) FROM advisory), count(*) {NEWEST} WHERE a.seen < a.newest AND g.fetched >= ?",  # noqa: S608  # our own words
        to_text(fresh_since),
    )
    return cast(tuple[int, int], row)


_SUMMARY = (
    "a.id, a.source, g.title, g.issuer, g.kind, g.countries, g.level_value, g.level_words, g.issued, "
    "g.issued_is_date, g.fetched, a.missing_since, a.seen >= a.newest, g.status, g.actions, g.number"
)


def summaries(store: Store, ids: Sequence[str]) -> list[Summary]:
    """These advisories, each in one line, in this order; those that are not kept are left out."""
    found = {one.id: one for one in read(store, "WHERE a.id IN (SELECT value FROM json_each(?))", rows.dump(list(ids)))}
    return [found[name] for name in ids if name in found]


def worst(store: Store, codes: Sequence[str]) -> Summary | None:
    """The advisory with the highest common level that names one of these countries, the newest of several."""
    found = read(
        store,
        "WHERE g.level_value IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(g.countries) WHERE value IN "
        "(SELECT value FROM json_each(?))) ORDER BY g.level_value DESC, coalesce(g.issued, g.fetched) DESC LIMIT 1",
        rows.dump(list(codes)),
    )
    return found[0] if found else None


def levelled(store: Store) -> list[Summary]:
    """Every advisory that has a common level, in no order."""
    return read(store, "WHERE g.level_value IS NOT NULL")


def with_actions(store: Store, codes: Sequence[str]) -> list[Summary]:
    """What names one of these countries and says what to do, the newest first."""
    return read(
        store,
        "WHERE g.actions > 0 AND EXISTS (SELECT 1 FROM json_each(g.countries) WHERE value IN "
        "(SELECT value FROM json_each(?))) ORDER BY coalesce(g.issued, g.fetched) DESC, g.title",
        rows.dump(list(codes)),
    )


def beside(store: Store, advisory_id: str) -> list[Summary]:
    """What other issuers say of an advisory's places: advice for a country first, then the newest."""
    return read(
        store,
        "JOIN advisory own ON own.id = ?1 JOIN glance o ON o.advisory_id = own.id AND o.number = own.newest "
        "WHERE g.issuer <> o.issuer AND EXISTS (SELECT 1 FROM json_each(g.countries) WHERE value IN "
        "(SELECT value FROM json_each(o.countries))) "
        "ORDER BY g.kind <> 'country', coalesce(g.issued, g.fetched) DESC LIMIT ?2",
        advisory_id,
        MOST_BESIDE,
    )


def read(store: Store, clause: str, *values: Value) -> list[Summary]:
    """The advisories that a clause of SQL leaves, over `a`, the advisory, and `g`, its newest revision at a glance."""
    made = []
    for row in store.rows(f"SELECT {_SUMMARY} {NEWEST} {clause}", *values):  # our own words
        held = cast(list[str | None], list(row))
        made.append(
            Summary(
                id=cast(str, row[0]),
                source=cast(str, row[1]),
                title=cast(str, row[2]),
                issuer=cast(str, row[3]),
                kind=cast(str, row[4]),
                countries=rows.words(row[5]),
                level_value=cast(int | None, row[6]),
                level_words=held[7],
                issued=from_text(held[8]),
                issued_is_date=bool(row[9]),
                fetched=from_text(held[10]),
                missing_since=from_text(held[11]),
                seen=bool(row[12]),
                status=rows.words(row[13]),
                actions=cast(int, row[14]),
                revision=cast(int, row[15]),
            )
        )
    return made
