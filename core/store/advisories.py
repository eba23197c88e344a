"""Advisories and their revisions: kept for ever, added to, never rewritten."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from core.model import Advisory, Change, Revision, Verified
from core.store import rows
from core.store.open import Store
from core.times import from_text, to_text


def newest(store: Store, advisory_id: str) -> Revision | None:
    """The newest revision of an advisory, or None."""
    row = store.row(
        f"SELECT {rows.REVISION} FROM advisory a JOIN revision r ON r.advisory_id = a.id AND r.number = a.newest "  # noqa: S608  # names of columns only
        "WHERE a.id = ?",
        advisory_id,
    )
    return rows.revision_in(row) if row else None


def revision(store: Store, advisory_id: str, number: int) -> Revision | None:
    """One revision by its number, or None."""
    row = store.row(
        f"SELECT {rows.REVISION} FROM revision r WHERE r.advisory_id = ? AND r.number = ?",  # noqa: S608  # names of columns only
        advisory_id,
        number,
    )
    return rows.revision_in(row) if row else None


def history(store: Store, advisory_id: str) -> list[Revision]:
    """Every revision of an advisory, the oldest first."""
    found = store.rows(
        f"SELECT {rows.REVISION} FROM revision r WHERE r.advisory_id = ? ORDER BY r.number",  # noqa: S608  # names of columns only
        advisory_id,
    )
    return [rows.revision_in(row) for row in found]


def kept(store: Store, *, source: str | None = None, country: str | None = None) -> list[Advisory]:
    """Each advisory with its newest revision, the newest issued first; of one source, or that name one country."""
    found = store.rows(
        f"SELECT {rows.REVISION}, a.missing_since, a.seen >= a.newest FROM advisory a "  # noqa: S608  # names of columns only
        "JOIN revision r ON r.advisory_id = a.id AND r.number = a.newest "
        "WHERE (?1 IS NULL OR a.source = ?1) "
        "AND (?2 IS NULL OR EXISTS (SELECT 1 FROM json_each(r.countries) WHERE value = ?2)) "
        "ORDER BY coalesce(r.issued, r.fetched) DESC, r.title",
        source,
        country,
    )
    return [
        Advisory(revision.advisory_id, revision, from_text(cast(str | None, row[-2])), bool(row[-1]))
        for row in found
        for revision in [rows.revision_in(row[:-2])]
    ]


def verified(store: Store, advisory_id: str) -> Verified | None:
    """Whether the newest revision of an advisory was signed with a key that we were given; None: nothing is kept."""
    row = store.row(
        "SELECT json_extract(r.rest, '$.verified') "
        "FROM advisory a JOIN revision r ON r.advisory_id = a.id AND r.number = a.newest WHERE a.id = ?",
        advisory_id,
    )
    return Verified(cast(str, row[0])) if row else None


def run_out(store: Store, now: datetime) -> list[Revision]:
    """The newest revisions whose time is over and that do not say so yet, nor that they ended otherwise."""
    found = store.rows(
        f"SELECT {rows.REVISION} FROM advisory a JOIN revision r ON r.advisory_id = a.id AND r.number = a.newest "  # noqa: S608  # names of columns only
        "WHERE json_extract(r.rest, '$.expires') <= ? AND NOT EXISTS (SELECT 1 FROM json_each(r.rest, '$.status') "
        "WHERE value IN ('expired', 'withdrawn', 'superseded', 'test'))",
        to_text(now),
    )
    return [rows.revision_in(row) for row in found]


def identities(store: Store, source: str) -> set[str]:
    """The ids of every advisory kept from a source, gone from it or not."""
    return {cast(str, row[0]) for row in store.rows("SELECT id FROM advisory WHERE source = ?", source)}


def names(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Of these ids those that are another name of a kept advisory, with its own."""
    found = store.rows(
        "SELECT id, advisory_id FROM renamed WHERE id IN (SELECT value FROM json_each(?))", rows.dump(sorted(ids))
    )
    return {cast(str, row[0]): cast(str, row[1]) for row in found}


def rename(store: Store, names: Mapping[str, str]) -> None:
    """Keep further names of advisories: what comes under them is theirs."""
    with store.transaction():
        for name, advisory_id in names.items():
            store.write("INSERT OR REPLACE INTO renamed (id, advisory_id) VALUES (?, ?)", name, advisory_id)


def missing(store: Store, source: str) -> set[str]:
    """Those of a source that its last good answer did not have."""
    found = store.rows("SELECT id FROM advisory WHERE source = ? AND missing_since IS NOT NULL", source)
    return {cast(str, row[0]) for row in found}


def set_missing(store: Store, advisory_id: str, since: datetime | None) -> None:
    """Mark an advisory as not in its source since a moment, or as back."""
    store.write("UPDATE advisory SET missing_since = ? WHERE id = ?", to_text(since), advisory_id)


def add(store: Store, revision: Revision) -> None:
    """Keep a revision, numbered by the caller as one more than the newest, and make its words findable."""
    if revision.number == 1:
        store.write(
            "INSERT INTO advisory (id, source, newest) VALUES (?, ?, 1)",
            revision.advisory_id,
            revision.source,
        )
    else:
        store.write("UPDATE advisory SET newest = ? WHERE id = ?", revision.number, revision.advisory_id)
    level, issued, fetched = revision.level, to_text(revision.issued), to_text(revision.fetched)
    both = (
        revision.advisory_id, revision.number, revision.title, revision.issuer, revision.kind,
        rows.dump(revision.countries), level.value if level else None,
    )  # fmt: skip
    store.write(
        "INSERT INTO revision (advisory_id, number, title, issuer, kind, countries, level_value, issued, fetched, "
        "text, rest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *both, issued, fetched, revision.text.plain, rows.rest_of(revision),
    )  # fmt: skip
    store.write(
        "INSERT INTO glance (rowid, advisory_id, number, title, issuer, kind, countries, level_value, level_words, "
        "issued, issued_is_date, fetched, status, actions) "
        "VALUES (last_insert_rowid(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *both, level.words if level else None, issued, int(revision.issued_is_date), fetched,
        rows.dump(revision.status), len(revision.actions),
    )  # fmt: skip
    store.write(
        "INSERT INTO words (rowid, title, text) VALUES (last_insert_rowid(), ?, ?)",
        revision.title,
        revision.text.plain,
    )


def see(store: Store, advisory_id: str) -> None:
    """The traveller has opened it: it is no longer new to them."""
    with store.transaction():
        store.write("UPDATE advisory SET seen_before = seen, seen = newest WHERE id = ? AND seen < newest", advisory_id)


def add_change(store: Store, change: Change, at: datetime) -> None:
    """Keep what a check found."""
    store.write(
        "INSERT INTO change (at, advisory_id, notice, data) VALUES (?, ?, ?, ?)",
        to_text(at),
        change.advisory_id,
        int(change.notice),
        rows.change_out(change),
    )


def untold(store: Store) -> list[tuple[int, Change]]:
    """Changes that the traveller is to be told and has not been, with their numbers, the oldest first."""
    found = store.rows("SELECT id, advisory_id, data FROM change WHERE notice AND told_at IS NULL ORDER BY id")
    return [(cast(int, row[0]), rows.change_in(cast(str, row[1]), cast(str, row[2]))) for row in found]


def set_told(store: Store, numbers: list[int], at: datetime) -> None:
    """These changes have been told."""
    with store.transaction():
        for number in numbers:
            store.write("UPDATE change SET told_at = ? WHERE id = ?", to_text(at), number)


def not_looked_at(store: Store, checklist: str) -> list[tuple[datetime, Change]]:
    """The changes since the traveller last looked at a checklist that follows an advisory, the oldest first."""
    found = store.rows(
        "SELECT c.at, c.advisory_id, c.data FROM change c JOIN checklist l ON l.advisory_id = c.advisory_id "
        "WHERE l.id = ? AND json_extract(c.data, '$.after') > l.looked ORDER BY c.id",
        checklist,
    )
    changes = []
    for row in found:
        at, advisory_id, data = cast(tuple[str, str, str], row)
        changes.append((datetime.fromisoformat(at), rows.change_in(advisory_id, data)))
    return changes


def levels(store: Store, countries: list[str]) -> dict[str, int]:
    """The highest common level that the newest revisions give for each of these countries, where they give any."""
    found = store.rows(
        "SELECT c.value, max(g.level_value) FROM advisory a "
        "JOIN glance g ON g.advisory_id = a.id AND g.number = a.newest, "
        "json_each(g.countries) c WHERE g.level_value IS NOT NULL "
        "AND c.value IN (SELECT value FROM json_each(?)) GROUP BY c.value",
        rows.dump(countries),
    )
    return {cast(str, row[0]): cast(int, row[1]) for row in found}
