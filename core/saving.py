"""Keep what a look found: each advisory in a transaction of its own, so that the traveller's ticks never wait.

Those that are new, which no checklist follows yet, are kept several together: a transaction writes pages of the index
anew, and waits for the disk. Comparing happens before the write lock is taken. Nothing that was kept is taken away.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import lateness, notices, succession
from core.changed import with_returned
from core.errors import SafeConductError
from core.model import Change, Message, Revision, Trip, Verified
from core.revise import compare, overtaken
from core.store import advisories, checklists, dispatches
from core.store.open import Store
from core.validity import as_of

# New advisories of one transaction, and the characters of their texts: the lock is held for a few milliseconds.
MAX_TOGETHER = 32
_MAX_CHARACTERS = 200_000
# Between two that each held the lock, so that a tick that waits gets in: it tries every millisecond.
BREATH_S = 0.004


@dataclass(frozen=True, slots=True)
class Saved:
    """What was new, and the advisories that the document speaks of, in its order.

    `refused`: those that it would have changed without the signature that they bear. `older`: what is said of those of
    its states that are older than what is kept.
    """

    changes: tuple[Change, ...]
    present: tuple[str, ...]
    refused: tuple[str, ...] = ()
    older: tuple[Message, ...] = ()


def save_document(
    store: Store,
    revisions: Sequence[Revision],
    trips: Sequence[Trip],
    now: datetime,
    *,
    first_look: bool,
    before_each: Callable[[], None] = lambda: None,
) -> Saved:
    """Keep what the messages of one document come to. `before_each` may stop it; what was saved stays.

    One that cannot be kept keeps no other out: the first such fault is raised when the others are kept.
    """
    settled = succession.settle(revisions, dispatches.known(store, succession.ids(revisions)))
    if settled.leads or settled.cancelled:
        # First, so that a message that is saved is found again whatever happens then.
        with store.transaction():
            dispatches.remember(store, settled)
    keeper = _Keeper(store, trips, now, first_look=first_look, before_each=before_each)
    try:
        for state in settled.states:
            keeper.take(state)
    finally:
        keeper.keep_new()
    for advisory_id, cancel in settled.withdrawn:
        held = advisories.newest(store, advisory_id)
        if held is not None:
            keeper.take(succession.withdrawn(held, cancel.said_by, cancel.issued, cancel))
    for advisory_id, update in settled.superseded:
        held = advisories.newest(store, advisory_id)
        if held is not None:
            keeper.take(succession.superseded(held, update))
    if keeper.faults:
        raise keeper.faults[0]
    spoken_of = dict.fromkeys((*(state.advisory_id for state in settled.states), *sorted(settled.present)))
    return Saved(tuple(keeper.changes), tuple(spoken_of), tuple(keeper.refused), tuple(keeper.older))


class _Keeper:
    """Takes the states of one document in their order. `changes`, `refused`, `older`, `faults`: what came of it."""

    def __init__(
        self, store: Store, trips: Sequence[Trip], now: datetime, *, first_look: bool, before_each: Callable[[], None]
    ) -> None:
        self.store, self.trips, self.now, self.first_look = store, trips, now, first_look
        self.before_each = before_each
        self.changes: list[Change] = []
        self.refused: list[str] = []
        self.older: list[Message] = []
        self.faults: list[Exception] = []
        self.new: list[tuple[Revision, Change]] = []

    def take(self, state: Revision) -> None:
        """Keep a state if it is new; an advisory that is new waits for others."""
        self.before_each()
        verified = advisories.verified(self.store, state.advisory_id)
        if verified is None:
            news = _news(self.store, None, state, self.trips, self.now, first_look=self.first_look)
            self.new += [news] if news else []
            if len(self.new) >= MAX_TOGETHER or sum(len(one.text.plain) for one, _ in self.new) > _MAX_CHARACTERS:
                self.keep_new()
            return
        self.keep_new()
        if verified is Verified.SIGNED and state.verified is not Verified.SIGNED:
            self.refused.append(state.advisory_id)
            return
        held = advisories.newest(self.store, state.advisory_id)
        news = _news(self.store, held, state, self.trips, self.now, first_look=self.first_look)
        if news is None:
            return
        if held is not None and lateness.is_older(state, held):
            is_kept = lateness.is_kept(state, advisories.history(self.store, state.advisory_id))
            self.older.append(lateness.words_of(state, stays=is_kept))
            if is_kept:
                return
        self.keep([news])
        time.sleep(BREATH_S)

    def keep_new(self) -> None:
        """Keep those that wait."""
        together, self.new = self.new, []  # what the disk refuses is not tried again
        if together:
            self.keep(together)

    def keep(self, news: Sequence[tuple[Revision, Change]]) -> None:
        """Keep these together; where one of them cannot be kept, each alone."""
        try:
            self.changes += _kept(self.store, news, self.now)
        except (SafeConductError, MemoryError):
            raise
        except Exception as fault:
            if len(news) == 1:
                self.faults.append(fault)
            else:
                for one in news:
                    self.keep([one])


def save_revision(
    store: Store, incoming: Revision, trips: Sequence[Trip], now: datetime, *, first_look: bool
) -> Change | None:
    """Keep one incoming state if it is new, and let the checklist that follows it follow. None: nothing new."""
    held = advisories.newest(store, incoming.advisory_id)
    news = _news(store, held, incoming, trips, now, first_look=first_look)
    return _kept(store, [news], now)[0] if news else None


def _news(
    store: Store, held: Revision | None, incoming: Revision, trips: Sequence[Trip], now: datetime, *, first_look: bool
) -> tuple[Revision, Change] | None:
    """The state with its number and what it changes; None: nothing new."""
    numbered = as_of(incoming._replace(number=held.number + 1 if held else 1), now)
    change = compare(held, numbered)
    if change is None:
        return None
    if held is not None and held.number > 1 and change.added:
        change = with_returned(change, advisories.history(store, held.advisory_id))
    is_told = notices.is_told(change, numbered, trips, now, first_look=first_look)
    return numbered, change._replace(notice=True) if is_told else change


def _kept(store: Store, news: Sequence[tuple[Revision, Change]], now: datetime) -> list[Change]:
    """Keep these in one transaction, and what they change as it is after the checklists have followed."""
    changes = []
    with store.transaction():
        for numbered, change in news:
            advisories.add(store, numbered)
            followed = checklists.follow_revision(store, numbered)
            if followed:
                change = change._replace(overtaken=overtaken(followed.changed, change.reworded))
            advisories.add_change(store, change, now)
            changes.append(change)
    return changes


def save_expired(store: Store, trips: Sequence[Trip], now: datetime) -> list[Change]:
    """Say of what has run out since the last look that it has: once, and without a word from its source."""
    found = (save_revision(store, held, trips, now, first_look=False) for held in advisories.run_out(store, now))
    return [change for change in found if change is not None]
