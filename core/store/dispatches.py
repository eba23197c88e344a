"""Which advisory an issuer's message leads to: what updates and cancels have to find again.

The ids are those of `core.model.Dispatch`; a message without a row leads to the advisory of its own id.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from core.store import rows
from core.store.open import Store
from core.succession import WITHDRAWN, Cancelled, Given, Known, Settled
from core.times import from_text, to_text


def known(store: Store, ids: Iterable[str]) -> Known:
    """What is kept that these messages can lead to."""
    wanted = set(ids)
    leads: dict[str, str] = {}
    cancelled: dict[str, Cancelled] = {}
    for row in store.rows(
        "SELECT id, advisory_id, cancelled_by, cancelled_at FROM dispatch WHERE id IN (SELECT value FROM json_each(?))",
        rows.dump(sorted(wanted)),
    ):
        name, advisory_id, by, at = cast(tuple[str, str | None, str | None, str | None], row)
        if advisory_id is not None:
            leads[name] = advisory_id
        if by is not None:
            cancelled[name] = Cancelled(by, from_text(at))
    found = store.rows(
        "SELECT a.id, r.issued, json_extract(r.rest, '$.dispatch'), json_extract(r.rest, '$.status'), "
        "EXISTS (SELECT 1 FROM checklist c WHERE c.advisory_id = a.id) "
        "FROM advisory a JOIN revision r ON r.advisory_id = a.id AND r.number = a.newest "
        "WHERE a.id IN (SELECT value FROM json_each(?))",
        rows.dump(sorted(wanted | set(leads.values()))),
    )
    newest: dict[str, Given] = {}
    followed = set()
    for row in found:
        name, issued, dispatch, status, is_followed = cast(tuple[str, str | None, str | None, str, int], row)
        held = rows.dispatch_in(json.loads(dispatch) if dispatch else None)
        newest[name] = Given(
            held.id if held else name,
            from_text(issued),
            held.areas if held else (),
            WITHDRAWN in json.loads(status),
        )
        if is_followed:
            followed.add(name)
    return Known(newest, leads, cancelled, frozenset(followed))


def remember(store: Store, settled: Settled) -> None:
    """Keep where messages lead, and what was cancelled before it came; inside the caller's transaction."""
    for name, advisory_id in settled.leads.items():
        _keep(store, name, advisory_id=advisory_id)
        # What led to an advisory that has gone into another leads there too.
        store.write("UPDATE dispatch SET advisory_id = ? WHERE advisory_id = ?", advisory_id, name)
    for name, cancel in settled.cancelled.items():
        _keep(store, name, cancelled_by=cancel.by, cancelled_at=cancel.sent)


def _keep(
    store: Store,
    name: str,
    *,
    advisory_id: str | None = None,
    cancelled_by: str | None = None,
    cancelled_at: datetime | None = None,
) -> None:
    store.write(
        "INSERT INTO dispatch (id, advisory_id, cancelled_by, cancelled_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) "
        "DO UPDATE SET advisory_id = coalesce(excluded.advisory_id, advisory_id), "
        "cancelled_by = coalesce(excluded.cancelled_by, cancelled_by), "
        "cancelled_at = coalesce(excluded.cancelled_at, cancelled_at)",
        name,
        advisory_id,
        cancelled_by,
        to_text(cancelled_at),
    )
