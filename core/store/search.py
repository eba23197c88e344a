"""Words looked up over every kept revision, offline, in the encrypted index.

Nothing here goes through all that a common word is in: from the newest revision back, as many are taken as one
looks at.
"""

import json
from collections.abc import Sequence
from typing import NamedTuple, cast

from core.conditions import ahead
from core.finding import Hit, Led, Sought, excerpt, sought
from core.model import Kind
from core.store import rows
from core.store.open import Store, Value

# So many revisions are taken at most; three of each of five hundred advisories.
MOST_ROWS = 1500
# What one search after the other goes through while one types stays decrypted: half the time of each.
DECRYPTED_KIB = 8000


class Only(NamedTuple):
    """Which revisions are looked in; None and False leave it open."""

    country: str | None = None
    issuer: str | None = None
    kind: Kind | None = None
    newest: bool = False


EVERYWHERE = Only()


class Found(NamedTuple):
    """A revision that has the words, by its row."""

    row: int
    advisory_id: str
    number: int


class Finds(NamedTuple):
    """One revision an advisory, the newest that has the words. `more`: there are others that were not taken."""

    found: tuple[Found, ...]
    more: bool = False


def find(store: Store, wanted: Sought, only: Only = EVERYWHERE) -> Finds:
    """Advisories that have all the words: those with them in a title first, then the newest. No words, no finds."""
    if not wanted.words:
        return Finds(())
    store.keep_read(DECRYPTED_KIB)
    query = " ".join(f'"{word}"' for word in wanted.words) + ("*" if wanted.unfinished else "")
    matching = [*_matching(store, f"title : ({query})", only), *_matching(store, query, only)]
    best: dict[str, tuple[int, int]] = {}
    for row, name, number in matching:
        if name not in best or number > best[name][1]:
            best[name] = row, number
    found = tuple(Found(row, name, number) for name, (row, number) in best.items())
    return Finds(found, more=len(matching) >= MOST_ROWS)


def _matching(store: Store, query: str, only: Only) -> list[tuple[int, str, int]]:
    """Row, advisory and number of what the index has, those that were kept last first."""
    clauses, values = [], cast(list[Value], [query])
    for clause, value in (
        ("instr(g.countries, ?)", f'"{only.country}"' if only.country else None),
        ("g.issuer = ?", only.issuer),
        ("g.kind = ?", only.kind),
    ):
        if value is not None:
            clauses.append(f" AND {clause}")
            values.append(value)
    if only.newest:
        clauses.append(" AND g.number = (SELECT newest FROM advisory WHERE id = g.advisory_id)")
    found = store.rows(
        "SELECT g.rowid, g.advisory_id, g.number FROM words JOIN glance g ON g.rowid = words.rowid "  # noqa: S608  # clauses of our own
        f"WHERE words MATCH ?{''.join(clauses)} ORDER BY words.rowid DESC LIMIT {MOST_ROWS}",
        *values,
    )
    return cast(list[tuple[int, str, int]], found)


def excerpts(store: Store, found: Sequence[Found], wanted: Sought) -> list[Hit]:
    """These finds with what stands around the words."""
    hits = []
    for one in found:
        row = store.row(
            "SELECT r.title, r.text, a.newest, json_extract(r.rest, '$.actions') FROM revision r "
            "JOIN advisory a ON a.id = r.advisory_id WHERE r.rowid = ?",
            one.row,
        )
        title, text, newest, actions = cast(tuple[str, str, int, str], row)
        snippet, marks = excerpt(text, wanted, _led_in(actions))
        hits.append(Hit(one.advisory_id, one.number, title, snippet, marks, newest))
    return hits


def _led_in(actions: str) -> list[Led]:
    """Of actions as their JSON the places of those whose condition has to stand before them, with its words."""
    found = map(rows.action_in, json.loads(actions))
    led = (Led(one.start, one.end, ahead(one.text, one.condition)) for one in found)
    return [one for one in led if one.lead]


def search(store: Store, typed: str, *, limit: int = 200) -> list[Hit]:
    """The first finds for what was typed, each with an excerpt."""
    wanted = sought(typed)
    return excerpts(store, find(store, wanted).found[:limit], wanted)
