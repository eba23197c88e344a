"""Sixty real documents, drawn by a seed from the captures: which they are, and their cleaned texts.

Two thirds are states of the revised documents, one state a document; the rest comes from every other folder. What
is labelled is the cleaned text that `read` gives for a file's entry, so that places in it can be compared.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core import intake
from core.errors import FormatError
from core.model import Kind, Revision, Source

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "data"
SEED = 20261125
NOW = datetime(2026, 11, 25, tzinfo=UTC)
OF_REVISIONS = 40
# Shorter texts hold nothing to label; they are drawn only where a folder has no others.
LEAST_CHARACTERS = 120
# How many entries of each other folder, and the files that hold no advisory.
ELSEWHERE = {
    "us-rss": 5, "us-pages": 3, "us-embassy": 1, "uk": 3, "canada": 2, "germany": 2, "australia": 1, "ireland": 1,
    "netherlands": 1, "cap": 3, "nws": 1, "gdacs": 1,
}  # fmt: skip
NO_ADVISORY = {"schema_CAP-v1.2.xsd", "schema_schema.json", "alerts_structure.jsonl", "README.md"}


@dataclass(frozen=True)
class Entry:
    """One entry of a captured file: its path below the captures, and its place in the file."""

    file: str
    number: int

    @property
    def kind(self) -> Kind:
        """What the folder publishes."""
        alerts = ("us-embassy", "cap", "nws", "gdacs")
        return Kind.ALERT if self.file.startswith(alerts) else Kind.COUNTRY


def revisions_in(file: str) -> tuple[Revision, ...]:
    """Everything that `read` takes from a captured file; nothing where it refuses it."""
    kind = Entry(file, 0).kind
    source = Source("real", "real", "", "https://example.org/", kind=kind)
    try:
        return intake.take((CAPTURES / file).read_bytes(), source, NOW, fetched=False).revisions
    except FormatError:
        return ()


def drawn() -> Iterator[Entry]:
    """The documents, the same ones each time."""
    chance = random.Random(SEED)  # a draw that can be repeated
    documents: dict[str, list[str]] = {}
    for path in sorted((CAPTURES / "revisions").rglob("[0-9]*.md")):
        documents.setdefault(str(path.parent), []).append(str(path.relative_to(CAPTURES)))
    for name in sorted(chance.sample(sorted(documents), OF_REVISIONS)):
        yield Entry(chance.choice(documents[name]), 0)
    for folder, count in ELSEWHERE.items():
        files = sorted(path for path in (CAPTURES / folder).iterdir() if path.name not in NO_ADVISORY)
        held = [
            (Entry(f"{folder}/{path.name}", number), len(revision.text.plain))
            for path in files
            for number, revision in enumerate(revisions_in(f"{folder}/{path.name}"))
        ]
        long = [entry for entry, length in held if length >= LEAST_CHARACTERS] or [entry for entry, _ in held]
        yield from sorted(chance.sample(long, min(count, len(long))), key=lambda entry: (entry.file, entry.number))
