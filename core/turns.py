"""Whose turn it is: which followed sources can be asked, and when the first of them is due. For who waits for that.

Nothing that reads or fetches is imported for it: the window waits too.
"""

from collections.abc import Mapping
from datetime import datetime

from core import schedule
from core.catalogue import is_readable
from core.model import Source
from core.store import sources
from core.store.open import Store


def first_due(store: Store, catalogue: Mapping[str, Source], now: datetime) -> datetime | None:
    """When `check` of what is due would next find something to do: `now` where it would already, None: never."""
    return min(
        (
            schedule.due_at(record.next_check, record.last_attempt, now, record.elapsed)
            for name, record in sources.records(store).items()
            if record.followed and name in catalogue and is_readable(catalogue[name])
        ),
        default=None,
    )


def is_any_due(store: Store, catalogue: Mapping[str, Source], now: datetime) -> bool:
    """Whether `check` of what is due would find something to do now."""
    first = first_due(store, catalogue, now)
    return first is not None and first <= now
