"""Runs the program as a user, a script or a scheduler does: a process of its own, arguments in, bytes out.

Each process finds a PySide6 that refuses to be imported, so that a command which needs Qt fails; warnings of
Python are shown, so that they break the rule of what stands on standard error. The shapes of the public
interface are here as sets of keys, copied by hand from its description.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # what a JSON document holds

MAIN = Path(__file__).resolve().parents[2] / "main.py"
PASSPHRASE = "a long enough phrase"
PATIENCE_S = 60

ADVISORY = frozenset(
    [
        "id",
        "source",
        "issuer",
        "kind",
        "title",
        "url",
        "countries",
        "language",
        "level",
        "status",
        "issued",
        "updated",
        "effective",
        "expires",
        "fetched",
        "missing_since",
        "revision",
        "verified",
        "actions",
        "contacts",
        "warnings",
    ]
)
ACTION = frozenset(
    [
        "id",
        "text",
        "heading",
        "condition",
        "urgency",
        "due",
        "audience",
        "response_type",
        "links",
        "refers_to",
        "start",
        "end",
    ]
)
CONTACT = frozenset(["label", "phone", "email", "address", "start", "end"])
ITEM = frozenset(
    [
        "id",
        "checklist",
        "action_id",
        "advisory_id",
        "text",
        "state",
        "standing",
        "was",
        "important",
        "group",
        "done_at",
        "note",
        "due",
        "issuer_due",
        "reminder",
        "heading",
        "condition",
        "urgency",
    ]
)
CHECKLIST = frozenset(["id", "title", "kind", "advisory_id", "started", "archived", "done", "total", "origin"])
CHANGE = frozenset(
    [
        "advisory_id",
        "from",
        "to",
        "kinds",
        "kind",
        "level",
        "status",
        "added",
        "reworded",
        "withdrawn",
        "important",
        "overtaken",
        "returned",
        "title",
        "notice",
        "expires",
    ]
)
HEALTH = frozenset(
    ["id", "name", "followed", "last_verified", "last_attempt", "state", "problem", "advisories", "next_check"]
)
HIT = frozenset(["advisory_id", "revision", "title", "snippet"])


def keys(documents: Iterable[dict[str, Any]]) -> set[frozenset[str]]:
    """The sets of keys that these documents have: one, where all have the same."""
    return {frozenset(document) for document in documents}


@dataclass(frozen=True)
class Ended:
    """How a process ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document on a line of its own, and nothing else."""
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line on standard error."""
        assert self.out == ""
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1
        assert self.err.startswith("safeconduct: ")
        assert "Traceback" not in self.err
        return self.err.removeprefix("safeconduct: ").strip()


class CommandLine:
    """The program with one profile and one catalogue. `folder` is where both lie."""

    def __init__(self, folder: Path, **sources: str) -> None:
        self.profile = folder / "profile"
        self.catalogue = folder / "catalogue.json"
        entries = [
            {"id": name.replace("_", "-"), "name": f"The {name}", "issuer": "Embassy of the Tests", "url": url}
            for name, url in sources.items()
        ]
        self.catalogue.write_text(json.dumps({"sources": entries}))
        self._no_qt = folder / "no_qt"
        (self._no_qt / "PySide6").mkdir(parents=True)
        (self._no_qt / "PySide6" / "__init__.py").write_text("raise AssertionError('Qt was asked for')")

    def run(self, *arguments: str, stdin: bytes = b"") -> Ended:
        """Run with exactly these arguments."""
        done = subprocess.run(
            [sys.executable, str(MAIN), *arguments],
            input=stdin,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
            env=os.environ | {"PYTHONPATH": str(self._no_qt), "PYTHONWARNINGS": "default", "PYTHONIOENCODING": "utf-8"},
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def say(self, *arguments: str, status: int = 0, passphrase: str = PASSPHRASE) -> Ended:
        """Run a command on the profile; standard error is empty unless the command is refused."""
        ended = self.run(
            *arguments,
            *("--profile", str(self.profile), "--catalogue", str(self.catalogue), "--passphrase-fd", "0"),
            stdin=passphrase.encode() + b"\n",
        )
        assert (ended.status, ended.err if status in {0, 3} else "") == (status, ""), ended
        return ended

    def get(self, *arguments: str, status: int = 0) -> Any:
        """The JSON document of a command."""
        return self.say(*arguments, "--json", status=status).json

    def refused(self, *arguments: str, status: int = 2) -> str:
        """The one line with which a command is refused."""
        return self.say(*arguments, status=status).complaint
