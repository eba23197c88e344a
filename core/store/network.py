"""What was asked of the network and what it cost: a bounded log of requests, bytes by day, addresses that moved.

No place is kept here, and no address but of a source that moved. Also the traveller's choice of proxy and saving.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from core.model import Message
from core.store import rows, sources
from core.store.open import Store
from core.times import from_text, to_text

MAX_REQUESTS = 500
MAX_DAYS = 92
ADOPTED_AFTER = timedelta(days=7)
ADOPTED_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Request:
    """One request: when, for which source, what came of it, bytes received (without TLS), and how long it took."""

    at: datetime
    source: str
    outcome: Message
    received: int
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Day:
    """What one day (UTC) has cost."""

    day: date
    requests: int
    received: int


@dataclass(frozen=True, slots=True)
class Move:
    """An address that a source says it has left for good, and since when it answered well at the other.

    `adopted`: since when the other is asked instead; None while it is only watched.
    """

    source: str
    origin: str
    target: str
    since: datetime
    days: int
    adopted: datetime | None


def log(store: Store, asked: Sequence[Request]) -> None:
    """Keep these requests, and no more than the newest of all."""
    with store.transaction():
        for one in asked:
            store.write(
                "INSERT INTO request (at, source, outcome, received, milliseconds) VALUES (?, ?, ?, ?, ?)",
                to_text(one.at), one.source, rows.dump(rows.message_out(one.outcome)), one.received, one.milliseconds,
            )  # fmt: skip
            store.write(
                "INSERT INTO traffic (day, requests, received) VALUES (?, 1, ?) ON CONFLICT (day) DO UPDATE SET "
                "requests = requests + 1, received = received + excluded.received",
                one.at.date().isoformat(), one.received,
            )  # fmt: skip
        store.write("DELETE FROM request WHERE id <= (SELECT max(id) FROM request) - ?", MAX_REQUESTS)
        store.write(
            "DELETE FROM traffic WHERE day NOT IN (SELECT day FROM traffic ORDER BY day DESC LIMIT ?)", MAX_DAYS
        )


def requests(store: Store, source: str | None = None) -> list[Request]:
    """The requests kept (of one source), the newest first."""
    found = store.rows(
        "SELECT at, source, outcome, received, milliseconds FROM request WHERE ?1 IS NULL OR source = ?1 "
        "ORDER BY id DESC",
        source,
    )
    return [
        Request(
            cast(datetime, from_text(cast(str, row[0]))),
            cast(str, row[1]),
            rows.message_in(rows.pair(cast(str, row[2]))),
            cast(int, row[3]),
            cast(int, row[4]),
        )
        for row in found
    ]


def days(store: Store) -> list[Day]:
    """What each day has cost, the newest first."""
    found = store.rows("SELECT day, requests, received FROM traffic ORDER BY day DESC")
    return [Day(date.fromisoformat(cast(str, row[0])), cast(int, row[1]), cast(int, row[2])) for row in found]


def moves(store: Store) -> dict[str, Move]:
    """The moves known, by source."""
    found = store.rows("SELECT source, origin, target, since, days, adopted FROM move ORDER BY source")
    return {
        cast(str, row[0]): Move(
            cast(str, row[0]),
            cast(str, row[1]),
            cast(str, row[2]),
            cast(datetime, from_text(cast(str, row[3]))),
            cast(int, row[4]),
            from_text(cast(str | None, row[5])),
        )
        for row in found
    }


def answered_well(store: Store, source: str, origin: str, moved_to: str | None, now: datetime) -> None:
    """A source gave a good answer, for which `origin` had sent us on for good to `moved_to` (None: it had not).

    Seven days of that, on seven days, and the new address is adopted. Both count: a clock may be set.
    """
    with store.transaction():
        held = moves(store).get(source)
        if moved_to is None or held is None or (held.origin, held.target) != (origin, moved_to) or held.since > now:
            store.write("DELETE FROM move WHERE source = ?", source)
            if moved_to is not None:
                store.write(
                    "INSERT INTO move (source, origin, target, since, days, last) VALUES (?, ?, ?, ?, 1, ?)",
                    source, origin, moved_to, to_text(now), now.date().isoformat(),
                )  # fmt: skip
            return
        store.write(
            "UPDATE move SET days = days + (last <> ?1), last = ?1 WHERE source = ?2", now.date().isoformat(), source
        )
        if now - held.since >= ADOPTED_AFTER:
            store.write(
                "UPDATE move SET adopted = ? WHERE source = ? AND adopted IS NULL AND days >= ?",
                to_text(now), source, ADOPTED_AFTER_DAYS,
            )  # fmt: skip


def answered_badly(store: Store, source: str) -> None:
    """What came from where a source has moved to was no good: the address of old counts again."""
    with store.transaction():
        store.write("DELETE FROM move WHERE source = ?", source)


def proxy(store: Store) -> str:
    """The proxy as it was set, for `core.proxy.proxy_in`."""
    return sources.setting(store, "proxy", "none")


def set_proxy(store: Store, text: str) -> None:
    """Keep a proxy that `core.proxy.proxy_in` has taken."""
    sources.set_setting(store, "proxy", text)


def saves_data(store: Store) -> bool:
    """Whether only what trips need is fetched when sources are looked at by themselves."""
    return sources.setting(store, "data-saver", "no") == "yes"


def set_saves_data(store: Store, *, saves: bool) -> None:
    """Fetch only what trips need, or all again; what was left out meanwhile is due then."""
    sources.set_setting(store, "data-saver", "yes" if saves else "no")
    sources.wake(store, Message("data-saver", {}))
