"""What the window shows at a glance, read without unpacking whole revisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from core.store import rows
from core.store.open import Store
from core.times import from_text


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
    fetched: datetime | None
    missing_since: datetime | None
    seen: bool
    actions: int
    revision: int


def has_any(store: Store) -> bool:
    """Whether an advisory is kept."""
    return store.row("SELECT 1 FROM advisory LIMIT 1") is not None


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


def summaries(store: Store) -> list[Summary]:
    """Every advisory kept, the newest first."""
    found = store.rows(
        "SELECT a.id, a.source, r.title, r.issuer, r.kind, r.countries, r.level_value, "
        "json_extract(r.rest, '$.level[1]'), r.issued, r.fetched, a.missing_since, a.seen >= a.newest, "
        "json_array_length(r.rest, '$.actions'), r.number FROM advisory a "
        "JOIN revision r ON r.advisory_id = a.id AND r.number = a.newest "
        "ORDER BY coalesce(r.issued, r.fetched) DESC, r.title"
    )
    made = []
    for row in found:
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
                fetched=from_text(held[9]),
                missing_since=from_text(held[10]),
                seen=bool(row[11]),
                actions=cast(int, row[12]),
                revision=cast(int, row[13]),
            )
        )
    return made
