"""What is kept of each source: whether it is followed, its validators, and the truth about its checks.

Also trips and settings, which decide what of a source matters.
"""

import os
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from core import clocks
from core.model import Message, Trip
from core.store import rows
from core.store.open import Row, Store, Value
from core.times import from_text, to_text


class Record(NamedTuple):
    """What is kept of one source. `attempting`: a check began and did not end; `address`: whose the validators are.

    `whole_at`: when it last gave a whole answer and not only "not modified". `elapsed`: what has passed since the last
    attempt until it was read here, by a clock that nobody sets; None where that is not known. `allowed`: how long the
    source says that its answers hold.
    """

    id: str
    followed: bool
    countries: tuple[str, ...]
    last_verified: datetime | None
    last_attempt: datetime | None
    attempting: bool
    problem: Message | None
    failures: int
    next_check: datetime | None
    etag: str | None
    last_modified: str | None
    advisories: int
    address: str | None = None
    whole_at: datetime | None = None
    elapsed: timedelta | None = None
    allowed: timedelta = timedelta(0)


_RECORD = (
    "s.id, s.followed, s.countries, s.last_verified, s.last_attempt, s.attempting, s.problem, s.failures, "
    "s.next_check, s.etag, s.last_modified, (SELECT count(*) FROM advisory WHERE source = s.id), "
    "s.address, s.whole_at, s.steady_at, s.boot, s.allowed_s"
)


def records(store: Store) -> dict[str, Record]:
    """Every source that was ever followed, by id."""
    found = {}
    steady, boot = clocks.steady_s(), clocks.boot()
    for row in store.rows(f"SELECT {_RECORD} FROM source s"):  # noqa: S608  # names of columns only
        held = cast(list[str | None], list(row))
        found[cast(str, row[0])] = Record(
            id=cast(str, row[0]),
            followed=bool(row[1]),
            countries=rows.words(row[2]),
            last_verified=from_text(held[3]),
            last_attempt=from_text(held[4]),
            attempting=bool(row[5]),
            problem=rows.message_in(rows.pair(held[6])) if held[6] else None,
            failures=cast(int, row[7]),
            next_check=from_text(held[8]),
            etag=held[9],
            last_modified=held[10],
            advisories=cast(int, row[11]),
            address=held[12],
            whole_at=from_text(held[13]),
            elapsed=timedelta(seconds=steady - cast(float, row[14])) if row[15] == boot else None,
            allowed=timedelta(seconds=cast(int, row[16])),
        )
    return found


def follow(store: Store, ids: Sequence[str], countries: Sequence[str]) -> None:
    """Follow these sources, each for these countries; inside the caller's transaction."""
    for name in ids:
        store.write(
            "INSERT INTO source (id, followed, countries) VALUES (?, 1, ?) "
            "ON CONFLICT (id) DO UPDATE SET followed = 1, countries = excluded.countries, next_check = NULL",
            name,
            rows.dump(list(countries)),
        )


def unfollow(store: Store, ids: Sequence[str]) -> None:
    """Follow these no more; what was fetched is kept. Inside the caller's transaction."""
    for name in ids:
        store.write("UPDATE source SET followed = 0 WHERE id = ?", name)


def begin_attempt(store: Store, name: str, now: datetime) -> None:
    """A check of this source begins: should the checker die in it, the next one will know."""
    with store.transaction():
        store.write("UPDATE source SET attempting = 1 WHERE id = ?", name)
        _attempted(store, name, now)


def _attempted(store: Store, name: str, now: datetime) -> None:
    store.write(
        "UPDATE source SET last_attempt = ?, steady_at = ?, boot = ? WHERE id = ?",
        to_text(now), clocks.steady_s(), clocks.boot(), name,
    )  # fmt: skip


def succeed(
    store: Store,
    name: str,
    now: datetime,
    *,
    next_check: datetime,
    address: str,
    etag: str | None,
    last_modified: str | None,
    whole: bool = True,
    allowed_s: int = 0,
) -> None:
    """The source was checked with success at an address; its validators are those of an answer that parsed.

    `whole` is false where it only said that nothing changed; `allowed_s`: how long it said that this holds.
    """
    with store.transaction():
        _attempted(store, name, now)
        store.write(
            "UPDATE source SET attempting = 0, last_verified = ?, problem = NULL, failures = 0, next_check = ?, "
            "address = ?, etag = ?, last_modified = ?, whole_at = iif(?, ?, whole_at), allowed_s = ? WHERE id = ?",
            to_text(now), to_text(next_check), address, etag, last_modified, whole, to_text(now), allowed_s, name,
        )  # fmt: skip


def fail(
    store: Store, name: str, now: datetime, *, next_check: datetime, problem: Message, counts: bool = True
) -> None:
    """The source could not be verified; what is kept stays, the last success stays.

    `counts` is false where that was not the source's fault: it is not one failure more.
    """
    with store.transaction():
        _attempted(store, name, now)
        store.write(
            "UPDATE source SET attempting = 0, problem = ?, failures = failures + ?, next_check = ? WHERE id = ?",
            rows.dump(rows.message_out(problem)), int(counts), to_text(next_check), name,
        )  # fmt: skip


def leave_out(store: Store, name: str, *, next_check: datetime, problem: Message) -> None:
    """The source was not looked at, and why; that is no attempt and no failure."""
    with store.transaction():
        store.write(
            "UPDATE source SET problem = ?, next_check = ? WHERE id = ?",
            rows.dump(rows.message_out(problem)), to_text(next_check), name,
        )  # fmt: skip


def wake(store: Store, problem: Message) -> None:
    """Those that have this problem are due now."""
    with store.transaction():
        store.write("UPDATE source SET next_check = NULL WHERE problem = ?", rows.dump(rows.message_out(problem)))


TRIP = "id, name, countries, starts, ends, companions"


def trips(store: Store) -> list[Trip]:
    """Every trip that was not put away, the earliest first."""
    found = store.rows(f"SELECT {TRIP} FROM trip WHERE archived IS NULL ORDER BY starts IS NULL, starts, name")  # noqa: S608  # names of columns only
    return [trip_in(row) for row in found]


def trip_in(row: Row) -> Trip:
    """A trip from the columns that `TRIP` names."""
    start, end = (date.fromisoformat(cast(str, day)) if day else None for day in row[3:5])
    return Trip(cast(str, row[0]), cast(str, row[1]), rows.words(row[2]), start, end, rows.words(row[5]))


def add_trip(store: Store, name: str, countries: Sequence[str], start: date | None, end: date | None) -> str:
    """Keep a trip and give its id; inside the caller's transaction.

    What was verified was so for other places, and was planned for them: it is looked at again.
    """
    trip_id = os.urandom(4).hex()
    values: list[Value] = [trip_id, name, rows.dump(list(countries))]
    values += [day.isoformat() if day else None for day in (start, end)]
    store.write("INSERT INTO trip (id, name, countries, starts, ends) VALUES (?, ?, ?, ?, ?)", *values)
    store.write("UPDATE source SET next_check = NULL WHERE problem IS NULL")
    return trip_id


def remove_trip(store: Store, trip_id: str) -> None:
    """Forget a trip; inside the caller's transaction."""
    store.write("DELETE FROM trip WHERE id = ?", trip_id)


def setting(store: Store, name: str, default: str) -> str:
    """A setting's value, or the default."""
    row = store.row("SELECT value FROM setting WHERE name = ?", name)
    return cast(str, row[0]) if row else default


def set_setting(store: Store, name: str, value: str) -> None:
    """Keep a setting."""
    with store.transaction():
        store.write("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)
