"""How well actions are found: precision, recall and F1 over the labelled documents, by source and hazard.

    python -m tests.gold.measure            the open half of the gold set, each miss listed
    python -m tests.gold.measure --frozen   the frozen half: figures alone, so that it stays unseen
    python -m tests.gold.measure --real     the real documents, where their captures are; misses by place

An action of the gold set is found where its normalised words are; of a real document where at least four fifths of
what both cover is covered by both.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any  # what a file of labels holds

from core import intake
from core.errors import FormatError
from core.model import Kind, Revision, Source
from core.sameness import normalised
from tests.gold import real

GOLD = Path(__file__).resolve().parents[1] / "data" / "gold"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
ALIKE = 0.8


@dataclass
class Tally:
    """Of what was labelled and what was found: how much is both, only labelled, only found."""

    both: int = 0
    missed: int = 0
    wrong: int = 0

    def __iadd__(self, other: "Tally") -> "Tally":
        self.both, self.missed, self.wrong = (
            self.both + other.both, self.missed + other.missed, self.wrong + other.wrong,
        )  # fmt: skip
        return self

    @property
    def precision(self) -> float:
        return self.both / (self.both + self.wrong) if self.both + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.both / (self.both + self.missed) if self.both + self.missed else 1.0

    @property
    def f1(self) -> float:
        found = 2 * self.both + self.missed + self.wrong
        return 2 * self.both / found if found else 1.0


@dataclass
class Judged:
    """One document: what it is, and how its actions were found."""

    name: str
    source: str
    hazards: list[str]
    tally: Tally
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def read(path: Path, kind: Kind) -> tuple[Revision, ...]:
    """What is taken from a document; nothing where it is refused, as one without instructions is."""
    source = Source("gold", "gold", "", "https://example.org/", kind=None if kind is Kind.REPORT else kind)
    try:
        return intake.take(path.read_bytes(), source, NOW, fetched=False).revisions
    except FormatError:
        return ()


def gold(half: str) -> Iterator[Judged]:
    """Every document of a half, judged."""
    for labels in sorted((GOLD / half).glob("*.labels.json")):
        held: dict[str, Any] = json.loads(labels.read_text(encoding="utf-8"))
        name = labels.name.removesuffix(".labels.json")
        path = next(file for file in labels.parent.glob(f"{name}.*") if file != labels)
        # Our own form has a field for the detail of an action, beside its words; elsewhere it is said with them.
        is_apart = held["source"] == "actions"
        expected = Counter(
            normalised(" ".join([action["text"], *([] if is_apart else action.get("details", []))]))
            for action in held["actions"]
        )
        found = Counter(normalised(action.text) for one in read(path, Kind(held["kind"])) for action in one.actions)
        both = expected & found
        missed, wrong = expected - both, found - both
        yield Judged(
            name, held["source"], held["hazards"], Tally(both.total(), missed.total(), wrong.total()),
            list(missed.elements()), list(wrong.elements()),
        )  # fmt: skip


def real_labels() -> list[dict[str, Any]]:
    """The table of the real documents: file, entry, digest of its text, and the places of its actions."""
    table: list[dict[str, Any]] = json.loads((GOLD / "real.json").read_text(encoding="utf-8"))
    return table


def digest(text: str) -> str:
    """Tells whether places in a text still mean what they meant."""
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


def real_documents() -> Iterator[Judged]:
    """Every real document whose capture is there, judged."""
    for row in real_labels():
        if not (real.CAPTURES / row["file"]).exists():
            continue
        revisions = real.revisions_in(row["file"])
        revision = revisions[row["entry"]] if row["entry"] < len(revisions) else None
        if revision is not None and digest(revision.text.plain) != row["text"]:
            sys.stderr.write(f"{row['file']}: its text is read otherwise now; label it anew\n")
            continue
        spans = [(action.start, action.end) for action in revision.actions] if revision else []
        labelled = [(start, end) for start, end in row["actions"]]
        pairs = {(a, b) for a in labelled for b in spans if _alike(a, b) >= ALIKE}
        hit, met = {a for a, _ in pairs}, {b for _, b in pairs}
        yield Judged(
            f"{row['file']}#{row['entry']}", row["file"].split("/")[0], [],
            Tally(len(hit), len(labelled) - len(hit), len(spans) - len(met)),
            [f"{a}-{b}" for a, b in labelled if (a, b) not in hit], [f"{a}-{b}" for a, b in spans if (a, b) not in met],
        )  # fmt: skip


def _alike(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / max(1, max(one[1], other[1]) - min(one[0], other[0]))


def totals(judged: Iterable[Judged]) -> tuple[Tally, dict[str, Tally], dict[str, Tally]]:
    """All together, by source, by hazard."""
    whole, sources, hazards = Tally(), dict[str, Tally](), dict[str, Tally]()
    for one in judged:
        whole += one.tally
        sources.setdefault(one.source, Tally()).__iadd__(one.tally)
        for hazard in one.hazards:
            hazards.setdefault(hazard, Tally()).__iadd__(one.tally)
    return whole, sources, hazards


def main() -> None:
    """Print the figures, and for what may be seen each miss."""
    parser = argparse.ArgumentParser(description="How well actions are found.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--frozen", action="store_true")
    which.add_argument("--real", action="store_true")
    options = parser.parse_args()
    judged = list(real_documents() if options.real else gold("frozen" if options.frozen else "open"))
    whole, sources, hazards = totals(judged)
    for title, rows in (("source", sources), ("hazard", hazards)):
        for name, tally in sorted(rows.items(), key=lambda row: (row[1].f1, row[0])):
            print(f"{title}  {name:32} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}")
    if not options.frozen:
        for one in judged:
            for words in one.missed:
                print(f"missed  {one.name}: {words}")
            for words in one.wrong:
                print(f"wrong   {one.name}: {words}")
    print(
        f"{len(judged)} documents, {whole.both + whole.missed} actions: "
        f"P {whole.precision:.4f}  R {whole.recall:.4f}  F1 {whole.f1:.4f}"
    )


if __name__ == "__main__":
    main()
