"""The truth about a source in one line: when it was last checked with success, and what is wrong if anything is."""

from datetime import datetime, timedelta

from core.model import Message
from core.wording import say, span, tr


def freshness(last_verified: datetime | None, problem: Message | None, now: datetime, *, stale: bool) -> str:
    """The truth about a source in one line: how long ago it was verified, or for how long it has not been."""
    if last_verified is None:
        if problem is None:
            return tr("Not checked yet")
        return tr("Never verified: {reason}").format(reason=say(problem))
    if now - last_verified < timedelta(minutes=1):
        if problem is not None:
            return tr("Could not be verified just now: {reason}").format(reason=say(problem))
        return tr("Checked just now")
    age = span(now - last_verified)
    if problem is not None:
        return tr("Not verified for {age}: {reason}").format(age=age, reason=say(problem))
    if stale:
        return tr("Not verified for {age}").format(age=age)
    return tr("Checked {age} ago").format(age=age)
