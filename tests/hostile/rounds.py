"""Rounds of the real `check` against servers that misbehave all at once, each in its own way, and then answer well.

A round is two processes: one while every server misbehaves, one when all are well again with something new. Both are
weighed by the kernel. What is promised of them is asserted in `tests.hostile.test_rounds`.
"""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any  # what a program's JSON holds

from core.paths import Profile
from tests.profiles import ROOT, cheap_profile, command, passphrase_fd, run
from tests.servers import LoopbackFeed, Tls
from tests.texts import ALERT_1, ALERT_2, embassy_feed

PATH = "/feed"
STARTS = datetime(2026, 3, 3, 5, tzinfo=UTC)


def text(number: int) -> bytes:
    """What is said in a round: one of two texts in turn, a quarter of an hour later each time."""
    at = format_datetime(STARTS + timedelta(minutes=15 * number))
    return embassy_feed([(ALERT_1, ALERT_2)[number % 2]._replace(pub_date=at)])


FIRST = text(0)
TEN_YEARS = "315360000"
PAGE = b"<!doctype html><html><head><title>Welcome</title></head><body><form>Room number</form></body></html>"

Behaviour = Callable[[LoopbackFeed], None]
BEHAVIOURS: dict[str, Behaviour] = {
    "stalls": lambda feed: feed.stall(PATH),
    "stalls-inside": lambda feed: feed.stall(PATH, start=b"<rss><channel>"),
    "drips": lambda feed: feed.drip(PATH, FIRST, interval_s=0.05),
    "slow-headers": lambda feed: feed.slow_headers(PATH),
    "never-ends": lambda feed: feed.endless(PATH),
    "explodes": lambda feed: feed.gzip_bomb(PATH, megabytes=200),
    "explodes-twice": lambda feed: feed.gzip_bomb(PATH, megabytes=200, layers=2),
    "loops": lambda feed: feed.redirect(PATH, PATH),
    "downgrades": lambda feed: feed.redirect(PATH, f"http://127.0.0.1:{feed.port}/feed"),
    "points-inward": lambda feed: feed.redirect(PATH, "http://169.254.169.254/latest"),
    "points-at-a-file": lambda feed: feed.redirect(PATH, "file:///etc/passwd"),
    "hangs-up": lambda feed: feed.hang_up(PATH),
    "cuts-short": lambda feed: feed.cut_short(PATH, FIRST),
    "cuts-short-unsaid": lambda feed: feed.cut_short(PATH, FIRST, declared=False),
    "portal": lambda feed: feed.serve(PATH, PAGE, "text/html"),
    "portal-redirects": lambda feed: feed.redirect(PATH, "/login", 301),
    "empty-feed": lambda feed: feed.serve(PATH, embassy_feed([]), "application/rss+xml"),
    "empty-answer": lambda feed: feed.serve(PATH, b"", "application/rss+xml"),
    "empty-object": lambda feed: feed.serve(PATH, b"{}", "application/json"),
    "garbage": lambda feed: feed.serve(PATH, bytes(range(256)) * 40, "application/rss+xml"),
    "other-format": lambda feed: feed.serve(PATH, b'{"data": {}}', "application/json"),
    "unasked-304": lambda feed: feed.status(PATH, 304),
    "no-content": lambda feed: feed.status(PATH, 204),
    "gone": lambda feed: feed.status(PATH, 410),
    "wait-ten-years": lambda feed: feed.status(PATH, 503, Retry_After=TEN_YEARS),
}
# Lies that cost nothing: the words arrive all the same, so the source is verified, and nothing is new.
HARMLESS = ("charset",)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a check ended: its exit status, its report, seconds, and the most memory that it held."""

    status: int
    report: dict[str, Any]
    seconds: float
    peak_bytes: int


class Ground:
    """A profile that follows a server for each behaviour."""

    def __init__(self, folder: Path, feeds: dict[str, LoopbackFeed]) -> None:
        self.feeds = feeds
        self.text = FIRST
        self.profile: Profile = cheap_profile(folder / "profile")[0]
        self.catalogue = folder / "catalogue.json"
        entries = [
            {
                "id": name,
                "name": name,
                "url": feed.url(PATH),
                **({"roots": str(feed.roots)} if name == "downgrades" else {}),
            }
            for name, feed in feeds.items()
        ]
        self.catalogue.write_text(json.dumps({"sources": entries}))
        self.say("follow", *feeds)

    def say(self, *words: str) -> Any:
        """A command's JSON."""
        ended = run(self.profile, *words, "--json", "--catalogue", str(self.catalogue))
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    def publish(self, number: int) -> None:
        """All are well, with this text. No validators: a "not modified" is then never an answer."""
        self.text = text(number)
        for feed in self.feeds.values():
            feed.heal(PATH)
            feed.publish(PATH, self.text, etag=False, last_modified=None)
            feed.publish("/login", PAGE, "text/html", etag=False, last_modified=None)

    def misbehave(self) -> None:
        """All misbehave."""
        for name, behave in BEHAVIOURS.items():
            behave(self.feeds[name])
        said = self.text.decode().encode("utf-16")
        self.feeds["charset"].serve(PATH, said, "text/xml; charset=us-ascii")

    def check(self, deadline_s: float | None) -> Ended:
        """One check as a process of its own; None: with the deadline that travellers have."""
        words = ["check", "--json", "--catalogue", str(self.catalogue)]
        words += [] if deadline_s is None else ["--deadline", str(deadline_s)]
        began = time.monotonic()
        with passphrase_fd() as descriptor:
            child = subprocess.Popen(
                command(self.profile, descriptor, *words),
                pass_fds=(descriptor,),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=ROOT,
            )
            peak = _Peak(child)
            with child:
                out, err = child.communicate()
        assert err == b"", err
        return Ended(child.returncode, json.loads(out), time.monotonic() - began, peak.bytes())


class _Peak(threading.Thread):
    """The most memory that a process held. What `wait4` says of a child counts what its parent held when it began."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        super().__init__(name="peak")
        self._child, self._kib = child, 0
        self.start()

    def run(self) -> None:
        while self._child.returncode is None:
            try:
                rows = Path(f"/proc/{self._child.pid}/status").read_text(encoding="ascii").splitlines()
            except OSError:
                return
            self._kib = max([self._kib, *(int(row.split()[1]) for row in rows if row.startswith("VmHWM:"))])
            time.sleep(0.01)

    def bytes(self) -> int:
        """Once the process has ended."""
        self.join()
        return self._kib * 1024


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """Servers for every behaviour; the one that downgrades speaks TLS."""
    with ExitStack() as held:
        yield Ground(
            folder,
            {
                name: held.enter_context(LoopbackFeed(tls=Tls.VALID if name == "downgrades" else None))
                for name in (*BEHAVIOURS, *HARMLESS)
            },
        )
