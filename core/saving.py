"""Keep what a look found: each advisory in a transaction of its own, so that the traveller's ticks never wait.

Those that are new, which no checklist follows yet, are kept several together: a transaction writes pages of the index
anew, and waits for the disk. Comparing happens before the write lock is taken. Nothing that was kept is taken away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core import notices, succession
from core.model import Change, Revision, Trip, Verified
from core.revise import compare, overtaken
from core.store import advisories, checklists, dispatches
from core.store.open import Store
from core.validity import as_of

# New advisories of one transaction, and the characters of their texts: the lock is held for a few milliseconds.
MAX_TOGETHER = 32
_MAX_CHARACTERS = 200_000


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
    fresh: list[tuple[Revision, Change]] = []

    def keep_fresh() -> None:
        together = fresh.copy()
        fresh.clear()  # what the disk refuses is not tried again
        if together:
            changes.extend(_kept(store, together, now))

    def save(state: Revision) -> None:
        before_each()
        held = advisories.verified(store, state.advisory_id)
        if held is None and (news := _news(None, state, trips, now, first_look=first_look)):
            fresh.append(news)
            if len(fresh) >= MAX_TOGETHER or sum(len(one.text.plain) for one, _ in fresh) > _MAX_CHARACTERS:
                keep_fresh()
            return
        keep_fresh()
        if held is Verified.SIGNED and state.verified is not Verified.SIGNED:
            refused.append(state.advisory_id)
            return
        change = save_revision(store, state, trips, now, first_look=first_look)
        if change is not None:
            changes.append(change)

    try:
        for state in settled.states:
            save(state)
    finally:
        keep_fresh()
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
    news = _news(advisories.newest(store, incoming.advisory_id), incoming, trips, now, first_look=first_look)
    return _kept(store, [news], now)[0] if news else None


def _news(
    held: Revision | None, incoming: Revision, trips: Sequence[Trip], now: datetime, *, first_look: bool
) -> tuple[Revision, Change] | None:
    """The state with its number and what it changes; None: nothing new."""
    numbered = as_of(replace(incoming, number=held.number + 1 if held else 1), now)
    change = compare(held, numbered)
    if change is None:
        return None
    is_told = notices.is_told(change, numbered, trips, now, first_look=first_look)
    return numbered, replace(change, notice=True) if is_told else change


def _kept(store: Store, news: Sequence[tuple[Revision, Change]], now: datetime) -> list[Change]:
    """Keep these in one transaction, and what they change as it is after the checklists have followed."""
    changes = []
    with store.transaction():
        for numbered, change in news:
            advisories.add(store, numbered)
            followed = checklists.follow_revision(store, numbered)
            if followed:
                change = replace(change, overtaken=overtaken(followed.changed, change.reworded))
            advisories.add_change(store, change, now)
            changes.append(change)
    return changes


def save_expired(store: Store, trips: Sequence[Trip], now: datetime) -> list[Change]:
    """Say of what has run out since the last look that it has: once, and without a word from its source."""
    found = (save_revision(store, held, trips, now, first_look=False) for held in advisories.run_out(store, now))
    return [change for change in found if change is not None]
