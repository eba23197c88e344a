"""Looking at sources again and again, on real servers and a real store: no network, clocks set wrong, days of it."""

import gc
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any  # what the system's resolver takes and gives

import pytest

from core import check, clocks, connect
from core.commands import keeping
from core.model import HealthState, Message, Source
from core.paths import Profile
from core.store import sources
from core.store.open import Store
from core.times import to_text
from tests.profiles import cheap_profile, run
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, ALERT_2, embassy_feed

FULL = os.environ.get("SAFECONDUCT_FULL") == "1"
NO_NETWORK = Message("no-network", {})


class Ground:
    """A profile that follows sources of one server, and one that nobody knows a way to."""

    def __init__(self, profile: Profile, key: bytes, feed: LoopbackFeed) -> None:
        self.profile, self.key, self.feed = profile, key, feed
        feed.publish("/near", embassy_feed([ALERT_1]))
        self.known = {
            "near": Source("near", "Near", "Near", feed.url("/near"), from_user=True),
            "far": Source("far", "Far", "Far", "https://far.invalid/feed"),
        }

    def store(self) -> Store:
        return Store.open(self.profile.database, self.key)

    def follow(self, *names: str) -> None:
        with self.store() as store, store.transaction():
            sources.follow(store, names, [])

    def look(self, *, due_only: bool = False) -> check.Report:
        return check.check(self.store, self.known, deadline_s=2.0, due_only=due_only)

    def record(self, name: str) -> sources.Record:
        with self.store() as store:
            return sources.records(store)[name]

    def write(self, statement: str, *values: str | float | None) -> None:
        with self.store() as store, store.transaction():
            store.write(statement, *values)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    profile, key = cheap_profile(tmp_path / "profile")
    with LoopbackFeed() as feed:
        yield Ground(profile, key, feed)


def answering(monkeypatch: pytest.MonkeyPatch, error: int, *, routed: bool) -> None:
    """Names are answered with this error, addresses as ever; `routed`: there is a way out of this machine."""
    real = socket.getaddrinfo

    def asked(host: str, *rest: Any) -> Any:
        if host == "far.invalid":
            raise socket.gaierror(error, "no answer")
        return real(host, *rest)

    monkeypatch.setattr(socket, "getaddrinfo", asked)
    monkeypatch.setattr(connect, "has_route", lambda: routed)


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name can be asked for, and there is no way out."""
    answering(monkeypatch, socket.EAI_AGAIN, routed=False)


@pytest.mark.usefixtures("cut_off")
def test_without_a_network_nothing_fails_and_it_is_soon_tried_again(ground: Ground) -> None:
    ground.follow("far")
    for _ in range(8):
        (health,) = ground.look().sources
        assert (health.state, health.problem, health.failures) == (HealthState.NEVER, NO_NETWORK, 0)
        assert health.next_check is not None
        assert health.next_check - datetime.now(UTC) <= timedelta(minutes=2)


@pytest.mark.usefixtures("cut_off")
def test_what_was_verified_before_is_stale_then_and_not_failing(ground: Ground) -> None:
    ground.follow("far")
    ground.write("UPDATE source SET last_verified = ?", to_text(datetime.now(UTC)))
    report = ground.look()
    assert report.sources[0].state is HealthState.STALE
    assert not report.all_verified


@pytest.mark.usefixtures("cut_off")
def test_who_cannot_be_reached_while_others_can_is_at_fault(ground: Ground) -> None:
    ground.follow("near", "far")
    far, near = ground.look().sources
    assert near.state is HealthState.VERIFIED
    assert (far.state, far.problem, far.failures) == (HealthState.FAILING, Message("no-connection", {}), 1)


@pytest.mark.skipif(sys.platform != "linux", reason="a network namespace of Linux")
def test_on_a_machine_without_any_network_the_command_says_so(ground: Ground, tmp_path: Path) -> None:
    """The real program where there really is no interface."""
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody be without a network")
    catalogue = tmp_path / "catalogue.json"
    entries = [{"id": "far", "url": "https://far.example.org/feed"}, {"id": "number", "url": "https://192.0.2.7/feed"}]
    catalogue.write_text(json.dumps({"sources": entries}))
    ground.follow("far", "number")
    done = run(ground.profile, "check", "--json", "--catalogue", str(catalogue), under=alone)
    assert done.returncode == 3
    for source in json.loads(done.stdout)["sources"]:
        assert (source["problem"], source["state"]) == ("There is no network.", "never")


def test_a_name_that_nobody_has_is_no_lack_of_a_network(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, socket.EAI_NONAME, routed=True)
    ground.follow("far")
    assert ground.look().sources[0].problem == Message("no-connection", {})


def test_a_clock_that_was_set_neither_stops_nor_hurries_the_looks(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is that of another clock; what really passed since decides."""
    ground.follow("near")
    ground.look()
    passed = 0.0
    real = clocks.steady_s
    monkeypatch.setattr(clocks, "steady_s", lambda: real() + passed)
    for wrong in (timedelta(minutes=4), timedelta(days=-400), timedelta(days=400), timedelta(minutes=-50)):
        asked = len(ground.feed.requests)
        shifted = [
            to_text(moment + wrong) if moment else None
            for moment in (ground.record("near").last_attempt, ground.record("near").next_check)
        ]
        ground.write("UPDATE source SET last_attempt = ?, next_check = ?", *shifted)
        ground.look(due_only=True)
        hurried = len(ground.feed.requests) - asked
        passed += 3601
        ground.look(due_only=True)
        assert (hurried, len(ground.feed.requests) - asked) == (0, 1)


def test_after_a_start_of_the_machine_the_wall_clock_counts(ground: Ground) -> None:
    ground.follow("near")
    ground.look()
    ground.write("UPDATE source SET boot = 'another', next_check = ?", to_text(datetime.now(UTC)))
    assert ground.record("near").elapsed is None
    ground.look(due_only=True)
    assert len(ground.feed.requests) == 2


def test_a_new_trip_is_looked_for_at_once_but_not_where_a_server_asked_for_peace(ground: Ground) -> None:
    """The pages of its countries were never read, and what was planned was planned without it."""
    ground.follow("near")
    ground.look()
    assert len(ground.feed.requests) == 1
    with ground.store() as store, store.transaction():
        sources.add_trip(store, "Baghdad", ["IQ"], None, None)
    ground.look(due_only=True)
    ground.feed.status("/near", 503, Retry_After="7200")
    ground.look()
    with ground.store() as store, store.transaction():
        sources.add_trip(store, "Basra", ["IQ"], None, None)
    ground.look(due_only=True)
    assert len(ground.feed.requests) == 3


def test_how_long_an_answer_holds_is_kept(ground: Ground) -> None:
    ground.follow("near")
    ground.feed.status("/near", 200, embassy_feed([ALERT_1]), Cache_Control="public, max-age=1200")
    ground.look()
    assert ground.record("near").allowed == timedelta(minutes=20)
    ground.feed.status("/near", 200, embassy_feed([ALERT_1]), Cache_Control="s-maxage=900, no-cache")
    ground.look()
    assert ground.record("near").allowed == timedelta(0)


def test_watching_rests_where_all_that_is_followed_cannot_be_asked(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source that the list has lost is never looked at, so it must not keep the watch running in a circle."""
    ground.follow("gone", "near")
    ground.look()
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 4:
            ground.write("UPDATE source SET next_check = NULL WHERE id = 'near'")

    monkeypatch.setattr(time, "sleep", nap)
    keeping._rest(ground.store, ground.known, until=None)
    assert naps == [keeping.NAP_S] * 4


def test_watching_wakes_for_a_reminder_that_no_source_brings(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    ground.follow("near")
    ground.look()
    naps: list[float] = []
    monkeypatch.setattr(time, "sleep", naps.append)
    keeping._rest(ground.store, ground.known, until=datetime.now(UTC))
    assert naps == [keeping.NAP_S]


def _resident_bytes() -> int:
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is counted as Linux does")
@pytest.mark.timeout(1200)
def test_many_looks_in_one_process_take_no_more_and_leave_nothing_open(ground: Ground) -> None:
    """As many as 72 hours in danger hold (432); fewer in the ordinary run. The text changes with every second one."""
    ground.follow("near", "far")
    ground.known["far"] = Source("far", "Far", "Far", ground.feed.url("/far"), from_user=True)
    ground.feed.status("/far", 503)

    def looks(count: int) -> None:
        for number in range(count):
            ground.feed.publish("/near", embassy_feed([(ALERT_1, ALERT_2)[number % 2]]))
            ground.look()

    looks(20)
    gc.collect()
    before, open_before = _resident_bytes(), _open_files()
    looks(432 if FULL else 40)
    gc.collect()
    grown = _resident_bytes() - before
    print(f"memory grew by {grown / 1e6:.1f} MB")
    assert grown < 20_000_000
    assert _open_files() <= open_before + 2  # the server's own connections come and go
