"""Real profiles for tests, and the real command line on them: cheap to unlock, else as a traveller has them.

A profile made here keeps its key under a passphrase with Argon2id at its least cost (8 KiB, one pass), made by
`core.keys` itself, so that a program that opens it starts in the time of its imports. It holds the alert of the
product's scene and the checklist that follows it. Nothing here checks anything.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any  # what a program's JSON holds
from unittest import mock

from core import intake, keys, saving, wrapping
from core.model import Source
from core.paths import Profile
from core.store import checklists, sources
from core.store.open import Store
from tests.texts import ALERT_1, Alert, embassy_feed

ROOT = Path(__file__).resolve().parent.parent
MAIN = ROOT / "main.py"
PASSPHRASE = "four quiet words here"
CHEAP = wrapping.Cost(1, 1, 8)
EMBASSY = Source("embassy", "Embassy", "Embassy of the Tests", "http://127.0.0.1:1/feed", from_user=True)


@dataclass(frozen=True, slots=True)
class Made:
    """A profile on the disk, its data key, and the ids of its list's items in order."""

    profile: Profile
    key: bytes
    items: tuple[str, ...]

    def store(self) -> Store:
        """The profile's store, opened in this process."""
        return Store.open(self.profile.database, self.key)


def cheap_profile(folder: Path, passphrase: str = PASSPHRASE) -> tuple[Profile, bytes]:
    """A new profile without a database."""
    profile = Profile(folder)
    with mock.patch.object(wrapping, "COST", CHEAP):
        return profile, keys.create(profile, passphrase)


def scene(folder: Path, feed: bytes | None = None, source: Source = EMBASSY) -> Made:
    """A profile in which the alert has come and its checklist was started."""
    profile, key = cheap_profile(folder)
    now = datetime.now(UTC)
    with Store.open(profile.database, key) as store:
        with store.transaction():
            sources.follow(store, [source.id], [])
        for revision in intake.take(feed or embassy_feed([ALERT_1]), source, now).revisions:
            saving.save_revision(store, revision, (), now, first_look=True)
            checklists.start_following(store, revision._replace(number=1), now)
        items = tuple(item.id for item in checklists.items(store))
    return Made(profile, key, items)


def publish(made: Made, *posts: Alert) -> None:
    """What a checker does with what the embassy's feed has now: kept, compared, the lists reconciled."""
    now = datetime.now(UTC)
    with made.store() as store:
        for revision in intake.take(embassy_feed(posts), EMBASSY, now).revisions:
            saving.save_revision(store, revision, sources.trips(store), now, first_look=False)


@contextmanager
def passphrase_fd(passphrase: str = PASSPHRASE) -> Iterator[int]:
    """A descriptor that a child inherits and reads the passphrase from."""
    reader, writer = os.pipe()
    try:
        os.write(writer, passphrase.encode() + b"\n")
        os.close(writer)
        yield reader
    finally:
        os.close(reader)


def command(made: Profile, descriptor: int | None, *words: str) -> list[str]:
    """The command line of one run."""
    given = [] if descriptor is None else ["--passphrase-fd", str(descriptor)]
    return [sys.executable, "-X", "utf8", str(MAIN), "--profile", str(made.folder), *given, *words]


def run(
    made: Profile,
    *words: str,
    passphrase: str = PASSPHRASE,
    under: Sequence[str] = (),
    env: dict[str, str] | None = None,
    timeout_s: float = 60,
    stdin: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; `under` is put before it (strace and the like)."""
    with passphrase_fd(passphrase) as descriptor:
        return subprocess.run(
            [*under, *command(made, descriptor, *words)],
            pass_fds=(descriptor,),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout_s,
            check=False,
            cwd=ROOT,
            env=env,
        )


def answer(done: subprocess.CompletedProcess[str]) -> Any:
    """The JSON document that a command printed."""
    return json.loads(done.stdout)
