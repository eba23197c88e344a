"""One look at the sources: fetch, intake, compare, save, say. It runs in a process of its own.

Everything slow (network, parsing, comparing) happens before the write lock is taken; each advisory is saved in
a transaction of its own, so that the traveller's ticks never wait. Sources are asked side by side, at most two
at once from one host. A source that fails keeps everything it ever gave, and says so.
"""

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from urllib.parse import urlsplit

from core import fetch, formats, look, saving, schedule
from core.asking import Ask
from core.catalogue import is_readable
from core.errors import FetchError, FormatError, InputError, SafeConductError
from core.health import NO_NETWORK, NOT_THEIRS, health_of
from core.model import Change, ChangeKind, Health, Message, Source
from core.proxy import proxy_in
from core.store import advisories, network, sources
from core.store.open import Store

log = logging.getLogger(__name__)

AT_ONCE = 6
AT_ONCE_A_HOST = 2
# A source may take as long as this many requests that run to their deadline, however many documents it has.
DEADLINES_A_SOURCE = 4
# What a look comes to where nobody said a word; that may be the network's fault.
_UNANSWERED = {NO_NETWORK, "no-connection", "too-slow"}

Answer = fetch.Fetched | fetch.NotModified
OpenStore = Callable[[], Store]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What one check found: when it was, the health of every followed source, and the changes."""

    checked_at: datetime
    sources: tuple[Health, ...]
    changes: tuple[Change, ...]

    @property
    def all_verified(self) -> bool:
        """Whether every followed source was verified when last looked at."""
        return all(health.problem is None and health.last_verified is not None for health in self.sources)


@dataclass(frozen=True, slots=True)
class _Task:
    """One source to look at: `source` has the address to be asked, which may be one it has moved to from `origin`."""

    source: Source
    record: sources.Record
    origin: str


def check(
    open_store: OpenStore,
    catalogue: Mapping[str, Source],
    *,
    due_only: bool = False,
    only: Sequence[str] = (),
    deadline_s: float = fetch.DEADLINE_S,
    progress: Progress = lambda done, total, name: None,
) -> Report:
    """Look at the followed sources once (`due_only`: those whose time has come; `only`: these).

    InputError: nothing is followed, or a named source is not. Each thread opens a store of its own.
    """
    now = datetime.now(UTC)
    with open_store() as store:
        records = {name: record for name, record in sources.records(store).items() if record.followed}
        if not records:
            raise InputError("nothing-followed")
        for name in only:
            if name not in records:
                raise InputError("not-followed" if name in catalogue else "unknown-source", source=name)
        proxy = proxy_in(network.proxy(store))
        tasks = _tasks(store, catalogue, records, now, due_only=due_only, only=only)
    hosts: dict[str, threading.Semaphore] = {}

    def asking(until: float, asked: list[network.Request]) -> Ask:
        """Ask for a document of one source, its host never more than twice at once, until that moment; note it."""

        def ask(source: Source, etag: str | None, last_modified: str | None) -> Answer:
            with hosts.setdefault(urlsplit(source.url).netloc, threading.Semaphore(AT_ONCE_A_HOST)):
                left = min(deadline_s, until - time.monotonic())
                if left <= 0:
                    raise FetchError("too-slow")
                return _noted(
                    lambda meter: fetch.fetch(
                        source, etag=etag, last_modified=last_modified, deadline_s=left, proxy=proxy, meter=meter
                    ),
                    source.id,
                    asked,
                )

        return ask

    changes: list[Change] = []
    outcomes: dict[str, str] = {}
    done = 0
    gathering = threading.Lock()

    def one(task: _Task) -> None:
        nonlocal done
        with open_store() as store:
            asked: list[network.Request] = []
            found, outcome = _look(store, task, asking(time.monotonic() + DEADLINES_A_SOURCE * deadline_s, asked))
            network.log(store, asked)
        with gathering:
            changes.extend(found)
            outcomes[task.source.id] = outcome
            done += 1
            progress(done, len(tasks), task.source.name)

    calm = [task for task in tasks if not task.record.attempting]
    with ThreadPoolExecutor(min(AT_ONCE, max(1, len(calm))), thread_name_prefix="check") as pool:
        for outcome in [pool.submit(one, task) for task in calm]:
            outcome.result()
    # Those that a checker died in come last and one by one: should it happen again, it costs nobody else, and of
    # several that were being read at once the guilty one is found.
    for task in tasks:
        if task.record.attempting:
            one(task)
    with open_store() as store:
        if set(outcomes.values()) - _UNANSWERED:
            # Somebody answered: there is a network, and who could not be reached is at fault.
            for task in tasks:
                if outcomes[task.source.id] == NO_NETWORK:
                    _failed(store, task.source, task.record, Message("no-connection", {}), datetime.now(UTC))
        changes += saving.save_expired(store, sources.trips(store), datetime.now(UTC))
    return report(open_store, catalogue, now, changes)


def _noted(ask: Callable[[fetch.Meter], Answer], name: str, asked: list[network.Request]) -> Answer:
    """Ask, and note what came of it."""
    meter, at, began = fetch.Meter(), datetime.now(UTC), time.monotonic()
    outcome = Message("log-answer")
    try:
        answer = ask(meter)
        if isinstance(answer, fetch.NotModified):
            outcome = Message("log-not-modified")
    except FetchError as error:
        outcome = error.message
        raise
    else:
        return answer
    finally:
        took = round((time.monotonic() - began) * 1000)
        asked.append(network.Request(at, name, outcome, meter.received, took))


def report(
    open_store: OpenStore, catalogue: Mapping[str, Source], now: datetime, changes: Sequence[Change] = ()
) -> Report:
    """The health of every followed source as it is now, with these changes."""
    with open_store() as store:
        records = sources.records(store)
    after = datetime.now(UTC)
    followed = [
        health_of(catalogue.get(name), record, after) for name, record in sorted(records.items()) if record.followed
    ]
    order = list(ChangeKind)
    return Report(now, tuple(followed), tuple(sorted(changes, key=lambda change: order.index(change.kind))))


def _tasks(
    store: Store,
    catalogue: Mapping[str, Source],
    records: Mapping[str, sources.Record],
    now: datetime,
    *,
    due_only: bool,
    only: Sequence[str],
) -> list[_Task]:
    tasks = []
    moves, trips = network.moves(store), sources.trips(store)
    saves = due_only and network.saves_data(store)
    for name, record in sorted(records.items()):
        source = catalogue.get(name)
        if source is None or not is_readable(source) or (only and name not in only):
            continue
        if record.attempting:
            # The last checker died while it read this one: that counts against it.
            _failed(store, source, record, Message("checker-stopped", {}), now)
            if due_only:
                continue
        if due_only and not schedule.is_due(record.next_check, record.last_attempt, now, record.elapsed):
            continue
        if saves and not schedule.is_needed(record.countries or source.countries, trips, now):
            left_out = Message("data-saver", {})
            sources.leave_out(store, name, next_check=now + schedule.USUAL, problem=left_out)
            continue
        if saves and formats.is_index(source.format) and (record.countries or source.countries):
            ahead = {country for trip in schedule.ahead(trips, now) for country in trip.countries}
            needed = tuple(country for country in record.countries or source.countries if country in ahead)
            record = record._replace(countries=needed)
        move = moves.get(name)
        is_moved = move is not None and move.adopted is not None and move.origin == source.url
        address = move.target if move is not None and is_moved else source.url
        tasks.append(_Task(source._replace(url=address), record, source.url))
    return tasks


def _look(store: Store, task: _Task, ask: Ask) -> tuple[list[Change], str]:
    """One source, with its health afterwards. Whatever goes wrong with it is its own failure.

    Gives the changes, and the id of what went wrong; "" where it was verified.
    """
    source, record = task.source, task.record
    now = datetime.now(UTC)
    sources.begin_attempt(store, source.id, now)
    try:
        found = look.look(store, source, record, sources.trips(store), ask, now)
    except (FetchError, FormatError) as error:
        if error.message.id == "empty-feed" and not record.advisories and not formats.is_index(source.format):
            # A source that has nothing yet is not a source that lost everything.
            _succeeded(store, source, record, look.Looked((), None, None, whole=True))
            return [], ""
        if error.message.id not in _UNANSWERED | NOT_THEIRS:
            network.answered_badly(store, source.id)
        pause = error.retry_after_seconds if isinstance(error, FetchError) else None
        _failed(store, source, record, error.message, datetime.now(UTC), pause)
        return [], error.message.id
    except SafeConductError:
        raise
    except Exception as error:
        # A fault of ours in reading one source must not hide the others. What an exception says may be the source's
        # words, so the log gets its type and its place in our code only.
        log.warning("reading a source failed: %s at %s", type(error).__name__, _place(error))
        _failed(store, source, record, Message("source-fault", {}), datetime.now(UTC))
        return [], "source-fault"
    if found.problem is not None:
        _failed(store, source, record, found.problem, datetime.now(UTC), found.retry_after_seconds)
    else:
        _succeeded(store, source, record, found)
        if source.url == task.origin:
            network.answered_well(store, source.id, task.origin, found.moved_to, now)
    return list(found.changes), found.problem.id if found.problem else ""


def _place(error: BaseException) -> str:
    """Where an exception came from: file and line of its innermost frame."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def _succeeded(store: Store, source: Source, record: sources.Record, found: look.Looked) -> None:
    now = datetime.now(UTC)
    pause = _pause(store, source, record, now)
    allowed = timedelta(seconds=found.allowed_s)
    following = schedule.after_success(now, pause, random.random(), allowed)  # noqa: S311  # spreads load
    sources.succeed(
        store, source.id, now,
        next_check=following, address=source.url, etag=found.etag, last_modified=found.last_modified, whole=found.whole,
        allowed_s=found.allowed_s,
    )  # fmt: skip


def _failed(
    store: Store,
    source: Source,
    record: sources.Record,
    problem: Message,
    now: datetime,
    retry_after_s: int | None = None,
) -> None:
    jitter = random.random()  # noqa: S311  # spreads load
    if problem.id in NOT_THEIRS:
        following = schedule.after_offline(now, jitter)
        sources.fail(store, source.id, now, next_check=following, problem=problem, counts=False)
        return
    pause = _pause(store, source, record, now)
    following = schedule.after_failure(now, pause, record.failures, jitter, retry_after_s)
    sources.fail(store, source.id, now, next_check=following, problem=problem)


def _pause(store: Store, source: Source, record: sources.Record, now: datetime) -> timedelta:
    trips = sources.trips(store)
    countries = record.countries or source.countries
    levels = advisories.levels(store, [country for trip in trips for country in trip.countries])
    return schedule.interval(countries, trips, levels, now, record.allowed)
