"""Whether a state that was delivered is older than the newest one kept, and one that was kept already. Pure.

A cache on the way may give what a source said before, between two looks that had the newest. By the issuer's own times
that is the past, and no news: a level that was raised must not fall by it.
"""

from collections.abc import Iterable
from datetime import datetime

from core.model import Message, Revision
from core.revise import is_same_state


def own_time(state: Revision) -> datetime | None:
    """When the issuer last wrote a state, by its own word; None where it does not say."""
    return state.updated or state.issued


def is_older(state: Revision, newest: Revision) -> bool:
    """Whether a state was written before another; where either gives a day alone, only days are compared."""
    own, held = own_time(state), own_time(newest)
    if own is None or held is None:
        return False
    if any(one.issued_is_date and one.updated is None for one in (state, newest)):
        return own.date() < held.date()
    return own < held


def is_kept(state: Revision, history: Iterable[Revision]) -> bool:
    """Whether an earlier revision says what this state does, however its actions were read then.

    That its time is over says the clock, not the issuer.
    """
    own = _as_said(state)
    return any(is_same_state(_as_said(one), own._replace(actions=one.actions)) for one in history)


def _as_said(state: Revision) -> Revision:
    return state._replace(status=tuple(word for word in state.status if word != "expired"))


def words_of(state: Revision, *, stays: bool) -> Message:
    """What is said of a source that showed a state older than the newest. `stays`: the newest stays the newest."""
    own = own_time(state)
    is_day = state.issued_is_date and state.updated is None
    said = "" if own is None else f"{own:%Y-%m-%d}" if is_day else f"{own:%Y-%m-%d %H:%M} UTC"
    return Message("older-text" if stays else "older-text-new", {"time": said})
