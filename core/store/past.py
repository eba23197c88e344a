"""What an advisory was before: its revisions without their texts, what each changed, and which was read last."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from core.model import Change
from core.store import rows
from core.store.open import Store
from core.times import from_text


@dataclass(frozen=True, slots=True)
class Outline:
    """A revision without its text: its number, the issuer's time and ours, its level, and what it changed.

    `change` is None where nothing was written of it.
    """

    number: int
    issued: datetime | None
    issued_is_date: bool
    fetched: datetime | None
    level_value: int | None
    level_words: str | None
    change: Change | None


def outlines(store: Store, advisory_id: str) -> list[Outline]:
    """Every revision of an advisory in outline, the oldest first."""
    found = store.rows("SELECT advisory_id, data FROM change WHERE advisory_id = ? ORDER BY id", advisory_id)
    changes = {one.after: one for row in found for one in [rows.change_in(cast(str, row[0]), cast(str, row[1]))]}
    revisions = store.rows(
        "SELECT number, issued, json_extract(rest, '$.issued_is_date'), fetched, level_value, "
        "json_extract(rest, '$.level[1]') FROM revision WHERE advisory_id = ? ORDER BY number",
        advisory_id,
    )
    outlined = []
    for row in revisions:
        number, issued, is_date, fetched, value, words = cast(
            tuple[int, str | None, int | None, str | None, int | None, str | None], row
        )
        moments = from_text(issued), bool(is_date), from_text(fetched)
        outlined.append(Outline(number, *moments, value, words, changes.get(number)))
    return outlined


def change_to(store: Store, advisory_id: str, number: int) -> Change | None:
    """What a revision changed, as it was found when it came; None where nothing was written of it."""
    row = store.row(
        "SELECT data FROM change WHERE advisory_id = ? AND json_extract(data, '$.after') = ? ORDER BY id DESC",
        advisory_id,
        number,
    )
    return rows.change_in(advisory_id, cast(str, row[0])) if row else None


def read_before(store: Store, advisory_id: str) -> int | None:
    """The revision that the traveller had looked at before the newest came, None where none is known.

    A checklist that follows the advisory counts first: looking at its changes is to have read them.
    """
    row = store.row(
        "SELECT a.newest, a.seen_before, a.seen, coalesce(l.looked, 0) FROM advisory a "
        "LEFT JOIN checklist l ON l.advisory_id = a.id WHERE a.id = ?",
        advisory_id,
    )
    if row is None:
        return None
    newest, *read = cast(tuple[int, int, int, int], row)
    before, seen, looked = read
    return next((number for number in (looked, seen, before) if 0 < number < newest), None)
