"""The truth about each source, from what is kept of it. Pure."""

from datetime import datetime, timedelta

from core.catalogue import is_readable
from core.model import Health, HealthState, Message, Source
from core.store.sources import Record

# A source that was not verified for this long is stale, whatever the reason.
STALE_AFTER = timedelta(hours=3)
NO_NETWORK = "no-network"
# The problems that no source is at fault for: then nothing fails, and nothing is verified.
NOT_THEIRS = {NO_NETWORK, "proxy-unreachable", "sign-in-needed", "data-saver"}


def health_of(source: Source | None, record: Record | None, now: datetime) -> Health:
    """The health of one source. A followed one that the catalogue has lost is stale, and says so."""
    name = source.id if source else record.id if record else ""
    problem = record.problem if record else None
    if source is None:
        problem = Message("not-in-catalogue", {})
    elif not is_readable(source):
        problem = Message("source-not-readable", {})
    elif record and record.attempting and problem is None:
        problem = Message("checker-stopped", {})
    return Health(
        source=name,
        name=source.name if source else name,
        followed=bool(record and record.followed),
        countries=record.countries if record else (),
        last_verified=record.last_verified if record else None,
        last_attempt=record.last_attempt if record else None,
        state=_state(source, record, now),
        problem=problem,
        advisories=record.advisories if record else 0,
        next_check=record.next_check if record else None,
        failures=record.failures if record else 0,
    )


def _state(source: Source | None, record: Record | None, now: datetime) -> HealthState:
    if source is None:
        return HealthState.STALE
    if record is None or record.last_attempt is None:
        return HealthState.NEVER
    if record.problem is not None and record.problem.id not in NOT_THEIRS:
        return HealthState.FAILING
    if record.last_verified is None:
        return HealthState.NEVER
    if record.problem is not None:
        return HealthState.STALE
    age = now - record.last_verified
    return HealthState.VERIFIED if -timedelta(minutes=5) <= age <= STALE_AFTER else HealthState.STALE
