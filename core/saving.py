"""Keep what a look found: each advisory in a transaction of its own, so that the traveller's ticks never wait.

Comparing happens before the write lock is taken. Nothing that was kept is taken away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import notices, succession
from core.model import Change, Revision, Trip, Verified
from core.revise import compare, overtaken
from core.store import advisories, checklists, dispatches
from core.store.open import Store
from core.validity import as_of


@dataclass(frozen=True, slots=True)
class Saved:
    """What was new, and the advisories that the document speaks of, in its order.

    `refused`: those that it would have changed without the signature that they bear.
    """

    changes: tuple[Change, ...]
    present: tuple[str, ...]
    refused: tuple[str, ...] = ()


def save_document(
    store: Store,
    revisions: Sequence[Revision],
    trips: Sequence[Trip],
    now: datetime,
    *,
    first_look: bool,
    before_each: Callable[[], None] = lambda: None,
) -> Saved:
    """Keep what the messages of one document come to. `before_each` may stop it; what was saved stays."""
    settled = succession.settle(revisions, dispatches.known(store, succession.ids(revisions)))
    if settled.leads or settled.cancelled:
        # First, so that a message that is saved is found again whatever happens then.
        with store.transaction():
            dispatches.remember(store, settled)
    changes = []
    refused = []

    def save(state: Revision) -> None:
        before_each()
        if advisories.is_signed(store, state.advisory_id) and state.verified is not Verified.SIGNED:
            refused.append(state.advisory_id)
            return
        change = save_revision(store, state, trips, now, first_look=first_look)
        if change is not None:
            changes.append(change)

    for state in settled.states:
        save(state)
    for advisory_id, cancel in settled.withdrawn:
        held = advisories.newest(store, advisory_id)
        if held is not None:
            save(succession.withdrawn(held, cancel.said_by, cancel.issued, cancel))
    for advisory_id, update in settled.superseded:
        held = advisories.newest(store, advisory_id)
        if held is not None:
            save(succession.superseded(held, update))
    spoken_of = dict.fromkeys((*(state.advisory_id for state in settled.states), *sorted(settled.present)))
    return Saved(tuple(changes), tuple(spoken_of), tuple(refused))


def save_revision(
    store: Store, incoming: Revision, trips: Sequence[Trip], now: datetime, *, first_look: bool
) -> Change | None:
    """Keep one incoming state if it is new, and let the checklist that follows it follow. None: nothing new."""
    held = advisories.newest(store, incoming.advisory_id)
    numbered = as_of(incoming._replace(number=held.number + 1 if held else 1), now)
    change = compare(held, numbered)
    if change is None:
        return None
    change = change._replace(notice=notices.is_told(change, numbered, trips, now, first_look=first_look))
    with store.transaction():
        advisories.add(store, numbered)
        followed = checklists.follow_revision(store, numbered)
        change = change._replace(overtaken=overtaken(followed.changed, change.reworded) if followed else ())
        advisories.add_change(store, change, now)
    return change


def save_expired(store: Store, trips: Sequence[Trip], now: datetime) -> list[Change]:
    """Say of what has run out since the last look that it has: once, and without a word from its source."""
    found = (save_revision(store, held, trips, now, first_look=False) for held in advisories.run_out(store, now))
    return [change for change in found if change is not None]
