"""A feed made to kill its reader, in the real checking child: it ends in time, and the others are read.

Sizes are reduced in the ordinary run; `SAFECONDUCT_FULL=1` sends ten megabytes of each.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.model import Source
from core.store import advisories, sources
from tests import profiles
from tests.hostile import poisons
from tests.profiles import Made
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, embassy_feed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

FULL = os.environ.get("SAFECONDUCT_FULL") == "1"
SIZE = 9_900_000 if FULL else 500_000
PATIENCE_S = 60 if FULL else 25
ALL = {**poisons.XML, **poisons.BODIES, **poisons.TEXTS}


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed() as served:
        yield served


class Checker:
    """A profile that follows a poisonous source and two good ones; the poisonous one was good before."""

    def __init__(self, folder: Path, feed: LoopbackFeed) -> None:
        known = {
            name: Source(name, name, name, feed.url(f"/{name}"), from_user=True) for name in ("calm", "bad", "later")
        }
        self.made: Made = profiles.scene(folder / "profile", source=known["bad"])
        self.catalogue = folder / "catalogue.json"
        entries = [{"id": one.id, "name": one.name, "url": one.url} for one in known.values()]
        self.catalogue.write_text(json.dumps({"sources": entries}), encoding="utf-8")
        self.follow("calm", "later")
        for name in ("calm", "later"):
            feed.publish(f"/{name}", embassy_feed([ALERT_1._replace(title=name, link=f"https://example.org/{name}")]))
        self.feed = feed

    def follow(self, *names: str) -> None:
        with self.made.store() as store, store.transaction():
            sources.follow(store, names, [])

    def records(self) -> dict[str, sources.Record]:
        with self.made.store() as store:
            return sources.records(store)

    def words(self, *more: str) -> list[str]:
        return ["check", "--catalogue", str(self.catalogue), *more]

    def run(self, *more: str) -> subprocess.CompletedProcess[str]:
        """The checking child to its end."""
        return profiles.run(self.made.profile, *self.words(*more), timeout_s=PATIENCE_S)

    def health(self, done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
        return {one["id"]: one for one in json.loads(done.stdout)["sources"]}


@pytest.fixture
def checker(tmp_path: Path, feed: LoopbackFeed) -> Checker:
    return Checker(tmp_path, feed)


@pytest.mark.parametrize("name", ALL)
def test_a_poisonous_feed_costs_nobody_anything(checker: Checker, name: str) -> None:
    checker.feed.publish("/bad", ALL[name](SIZE), gzipped=True)
    began = time.monotonic()
    done = checker.run("--json")
    took = time.monotonic() - began
    assert done.returncode in (0, 3), done.stderr
    assert "Traceback" not in done.stderr
    health = checker.health(done)
    assert [health[one]["state"] for one in ("calm", "later")] == ["verified", "verified"]
    assert (health["bad"]["state"] == "verified") == (done.returncode == 0)
    with checker.made.store() as store:
        kept = {one.newest.title for one in advisories.kept(store)}
    assert {ALERT_1.title, "calm", "later"} <= kept
    assert took < PATIENCE_S


def test_a_list_that_is_reworded_from_end_to_end_is_compared_in_time(checker: Checker) -> None:
    """Four hundred long actions, none like before: each is held against each."""
    chance = random.Random(random.randrange(2**32))
    words = ("leave", "avoid", "stay", "take", "water", "road", "city", "embassy", "now", "later", "check", "keep")
    for _ in range(2):
        items = "".join(f"<li>Take {' '.join(chance.choices(words, k=200))}</li>" for _ in range(400))
        changed = ALERT_1._replace(html=f"<p>Actions to take:</p><ul>{items}</ul>")
        checker.feed.publish("/bad", embassy_feed([changed]))
        done = checker.run("--json")
        assert done.returncode == 0, done.stderr
    (change,) = json.loads(done.stdout)["changes"]
    assert len(change["reworded"]) + len(change["added"]) == 400


def test_a_bomb_that_passes_the_caps_ends_within_the_limits(checker: Checker) -> None:
    """Forty megabytes unpacked of the costliest kinds: the size that a fetch lets through."""
    for name in ("millions of elements", "many attributes", "never closed but at the end"):
        checker.feed.publish("/bad", ALL[name](39_000_000 if FULL else 12_000_000), gzipped=True)
        done = checker.run("--json")
        assert done.returncode == 3, done.stderr
        assert [checker.health(done)[one]["state"] for one in ("calm", "later")] == ["verified", "verified"]


def test_a_checker_killed_in_one_source_is_not_stopped_by_it_again(checker: Checker) -> None:
    """SIGKILL, as the kernel does it when memory is short, while the bad one is being fetched."""
    checker.feed.stall("/bad", start=b"<rss>")
    with profiles.passphrase_fd() as descriptor:
        child = subprocess.Popen(
            profiles.command(checker.made.profile, descriptor, *checker.words()),
            pass_fds=(descriptor,),
            cwd=profiles.ROOT,
            stdout=subprocess.DEVNULL,
        )
    with child:
        checker.feed.wait_for_requests(1, path="/bad")
        checker.feed.wait_for_requests(1, path="/calm")
        checker.feed.wait_for_requests(1, path="/later")
        deadline = time.monotonic() + 10
        while any(checker.records()[name].attempting for name in ("calm", "later")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        child.send_signal(signal.SIGKILL)
    assert {name: record.attempting for name, record in checker.records().items()} == {
        "bad": True, "calm": False, "later": False,
    }  # fmt: skip
    checker.feed.heal("/bad")
    checker.feed.publish("/bad", embassy_feed([ALERT_1]))
    asked = len(checker.feed.requests)
    due = checker.run("--due", "--json")
    assert due.returncode == 3
    assert checker.health(due)["bad"]["problem"] is not None
    assert "/bad" not in [seen.path for seen in checker.feed.requests[asked:]]
    assert checker.run().returncode == 0
    with checker.made.store() as store:
        assert len(advisories.kept(store)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="limits as Unix has them")
def test_the_child_bounds_itself(checker: Checker) -> None:
    """Seen from outside, in the middle of a check."""
    checker.feed.stall("/bad")
    with profiles.passphrase_fd() as descriptor:
        child = subprocess.Popen(
            profiles.command(checker.made.profile, descriptor, *checker.words()),
            pass_fds=(descriptor,),
            cwd=profiles.ROOT,
            stdout=subprocess.DEVNULL,
        )
    with child:
        checker.feed.wait_for_requests(1, path="/bad")
        limits = Path(f"/proc/{child.pid}/limits").read_text(encoding="ascii")
        child.kill()
    said = {line[:25].strip(): line[25:].split() for line in limits.splitlines()}
    assert int(said["Max data size"][0]) <= 800_000_000
    assert int(said["Max cpu time"][0]) <= 900
    assert said["Max core file size"][0] == "0"


CANARY = "Zanzicanary"


@pytest.mark.parametrize("trouble", ["none", "malformed", "refused", "page", "elsewhere", "nobody"])
def test_no_log_holds_what_was_read_or_where(checker: Checker, trouble: str) -> None:
    """`--debug` too: no place, issuer, text, host or path of an address."""
    body = embassy_feed(
        [ALERT_1._replace(title=CANARY, link=f"https://{CANARY}.example.org/{CANARY}", html=f"<p>{CANARY}</p>")]
    )
    path = f"/{CANARY}"
    url = checker.feed.url(path)
    match trouble:
        case "malformed":
            checker.feed.publish(path, body.replace(b"</item>", b""))
        case "page":
            checker.feed.serve(path, b"<!doctype html><title>" + CANARY.encode() + b"</title>", "text/html")
        case "refused":
            checker.feed.status(path, 500, body, X_Word=CANARY)
        case "elsewhere":
            checker.feed.redirect(path, f"https://{CANARY}.example.org/{CANARY}")
        case "nobody":
            url = f"https://{CANARY}.invalid/{CANARY}"
        case _:
            checker.feed.publish(path, body)
    entry = {"id": "canary", "name": CANARY, "issuer": CANARY, "url": url, "countries": ["IQ"]}
    checker.catalogue.write_text(json.dumps({"sources": [entry]}), encoding="utf-8")
    with checker.made.store() as store, store.transaction():
        sources.unfollow(store, ["bad", "calm", "later"])
        sources.follow(store, ["canary"], ["IQ"])
    done = checker.run("--debug")
    assert done.returncode == (0 if trouble == "none" else 3)
    assert CANARY.lower() not in done.stderr.lower()
    assert "127.0.0.1" not in done.stderr and ".example.org" not in done.stderr
    # A file that is read is as secret as a feed.
    taken = profiles.run(checker.made.profile, "read", "--debug", "-", stdin=body.decode())
    assert taken.returncode == 0
    assert taken.stderr == ""
    refused = profiles.run(checker.made.profile, "read", "--debug", "-", stdin=f"<rss><{CANARY}")
    assert refused.returncode == 2
    assert CANARY.lower() not in refused.stderr.lower()
