"""How well two wordings are told to be one action: pairs from the revised documents, labelled by two readers.

    python -m tests.gold.pairs                  the threshold's curve on one half of the documents, checked on the other
    python -m tests.gold.pairs --draw FOLDER    draw more pairs; the sheet for the labellers goes to FOLDER
    python -m tests.gold.pairs --labels A B     take in what the two labellers wrote, `id label` a line

A pair is an instruction that its document no longer has, and the likest of those that came. Instructions are the
actions that are read out of a page; where those are too few, other sentences that speak to the reader. `pairs.json`
holds places in the captured texts and labels, and no words.
"""

import argparse
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from core.commanding import sentences
from core.likeness import SAME_ACTION, likeness
from core.model import BlockKind, Revision
from core.sameness import normalised
from core.weight import is_changed_hard
from tests.gold import series
from tests.gold.measure import GOLD, digest

TABLE = GOLD / "pairs.json"
SEED = 20261125
LABELS = ("same", "hard", "other")
# How many pairs of each likeness are wanted, by its lower bound: most where the threshold may come to stand.
WANTED = {35: 35, 45: 55, 55: 60, 65: 50, 75: 45, 85: 50}
OF_ONE_DOCUMENT = 12
RARE_FROM = 60
_TO_THE_READER = re.compile(
    r"\b(?:you|your|should|must|avoid|do not|don['’]t|make sure|follow|contact|check|leave|stay|travel|carry|keep|"
    r"visit|read|review|need|advise[sd]?|aware|prepare[d]?|monitor|enroll|register)\b",
    re.I,
)


@dataclass(frozen=True)
class Place:
    """An instruction in a captured document; `text` is the digest of the whole text that the places are in."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Pair:
    """Two instructions of one document, the older first. `kind`: both are actions, or sentences."""

    id: str
    document: str
    kind: str
    older: Place
    newer: Place


@dataclass(frozen=True)
class _Candidate:
    document: str
    kind: str
    older: Place
    newer: Place
    words: tuple[str, str]
    likeness: float


def likeness_at_the_draw(one: str, other: str) -> float:
    """What the pairs are spread by. It stays as it was whatever the program's own measure becomes."""
    return 0.6 * fuzz.ratio(one, other) + 0.4 * fuzz.token_sort_ratio(one, other)


def _instructions(revision: Revision) -> dict[str, list[tuple[int, int]]]:
    """The places of the actions, and of the other sentences that speak to the reader."""
    actions = [(action.start, action.end) for action in revision.actions]
    plain = revision.text.plain
    others = [
        (start, end)
        for block in revision.text.blocks
        if block.kind is not BlockKind.HEADING
        for start, end in sentences(plain[block.start : block.end], block.start)
        if 25 <= end - start <= 400 and _TO_THE_READER.search(plain[start:end])
        if not any(start < stop and begin < end for begin, stop in actions)
    ]
    return {"action": actions, "sentence": others}


def _candidates() -> Iterator[_Candidate]:
    """Every pair that may be drawn: consecutive states first, then states that lie further apart."""
    for document in series.documents():
        held = [(str(path.relative_to(series.REVISIONS)), series.state(document, path)) for path in document.files]
        places = {file: _instructions(revision) for file, revision in held}
        for (left, before), (right, after) in sorted(
            combinations(held, 2), key=lambda two: _index(two[1][0]) - _index(two[0][0])
        ):
            for kind in ("action", "sentence"):
                old = {normalised(before.text.plain[a:b]): (a, b) for a, b in places[left][kind]}
                new = {normalised(after.text.plain[a:b]): (a, b) for a, b in places[right][kind]}
                came = sorted(set(new) - set(old))
                for words in sorted(set(old) - set(new)):
                    if not came:
                        continue
                    likest = max(came, key=lambda other: likeness_at_the_draw(words, other))
                    yield _Candidate(
                        document.name, kind, Place(left, *old[words], digest(before.text.plain)),
                        Place(right, *new[likest], digest(after.text.plain)), (words, likest),
                        likeness_at_the_draw(words, likest),
                    )  # fmt: skip


def _index(file: str) -> int:
    return int(Path(file).name.split("_")[0])


def draw(known: Sequence[Pair]) -> list[Pair]:
    """Pairs that are not known yet: actions before sentences, few of one document, of each likeness enough."""
    chance = random.Random(SEED + len(known))  # a draw that can be repeated
    pool = list(_candidates())
    chance.shuffle(pool)
    # What is rare comes first, so that a document's share is not used up by what every document has.
    pool.sort(key=lambda one: (one.kind, one.likeness < RARE_FROM, _index(one.newer.file) - _index(one.older.file)))
    wanted, of_document = dict(WANTED), Counter[str]()
    seen = {_without_place(pair.document, *map(normalised, words_of(pair))) for pair in known}
    drawn: list[_Candidate] = []
    for one in pool:
        step = max((bound for bound in WANTED if one.likeness >= bound), default=None)
        words = _without_place(one.document, *one.words)
        if step is None or not wanted[step] or of_document[one.document] >= OF_ONE_DOCUMENT or words in seen:
            continue
        wanted[step] -= 1
        of_document[one.document] += 1
        seen.add(words)
        drawn.append(one)
    chance.shuffle(drawn)
    return [
        Pair(f"p{number:03}", one.document, one.kind, one.older, one.newer)
        for number, one in enumerate(drawn, len(known) + 1)
    ]


def _without_place(document: str, older: str, newer: str) -> tuple[str, str]:
    place = normalised(document.split("/")[1].replace("_", " "))
    return older.replace(place, ""), newer.replace(place, "")


def words_of(pair: Pair) -> tuple[str, str]:
    """The two wordings. ValueError: the captures are absent, or their text is read otherwise now."""
    texts = []
    for place in (pair.older, pair.newer):
        document = next((one for one in series.documents() if one.name == pair.document), None)
        if document is None:
            raise ValueError(f"{pair.document} is not there")
        plain = series.state(document, series.REVISIONS / place.file).text.plain
        if digest(plain) != place.text:
            raise ValueError(f"{place.file} is read otherwise now; draw and label anew")
        texts.append(" ".join(plain[place.start : place.end].split()))
    return texts[0], texts[1]


def write_draw(folder: Path) -> None:
    """Add the pairs to the table, without labels, and write the sheet for the labellers outside the project."""
    known = rows() if TABLE.exists() else []
    pairs = draw([pair for pair, _ in known])
    new = [(pair, list[str]()) for pair in pairs]
    TABLE.write_text(_table([asdict(pair) | {"labels": labels} for pair, labels in known + new]), encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{pair.id}\n  older: {older}\n  newer: {newer}\n" for pair in pairs for older, newer in [words_of(pair)]]
    (folder / "sheet.txt").write_text("\n".join(lines), encoding="utf-8")
    kinds = Counter(pair.kind for pair in pairs)
    spread = Counter(int(likeness_at_the_draw(*map(normalised, words_of(pair))) // 10 * 10) for pair in pairs)
    documents = len({pair.document for pair in pairs})
    print(f"{len(pairs)} pairs of {documents} documents: {dict(kinds)}, {sorted(spread.items())}")


def _table(rows: list[dict[str, object]]) -> str:
    return "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"


def rows() -> list[tuple[Pair, list[str]]]:
    """Every pair with its labels: none before the labellers have been at it."""
    held = json.loads(TABLE.read_text(encoding="utf-8"))
    return [
        (
            Pair(row["id"], row["document"], row["kind"], Place(**row["older"]), Place(**row["newer"])),
            list(row["labels"]),
        )
        for row in held
    ]


def take_labels(first: Path, second: Path) -> None:
    """Write both labellers' words into the table. ValueError: a pair left without a label, or a label that is none."""
    given = [_labels(path) for path in (first, second)]
    table: list[dict[str, object]] = []
    for pair, held in rows():
        labels = held or [one.get(pair.id, "") for one in given]
        if not set(labels) <= set(LABELS):
            raise ValueError(f"{pair.id}: {labels}")
        table.append(asdict(pair) | {"labels": labels})
    TABLE.write_text(_table(table), encoding="utf-8")


def _labels(path: Path) -> dict[str, str]:
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {line[0]: line[1].lower() for line in lines}


def kappa(labels: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two labellers: how far beyond chance they agree."""
    seen = sum(one == other for one, other in labels) / len(labels)
    ones, others = Counter(one for one, _ in labels), Counter(other for _, other in labels)
    chance = sum(ones[word] * others[word] for word in ones) / len(labels) ** 2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


@dataclass(frozen=True)
class Judged:
    """A pair on which both labellers agree whether it is one action, and what the program makes of it."""

    pair: Pair
    labels: tuple[str, str]
    likeness: float

    @property
    def is_one(self) -> bool:
        return self.labels[0] != "other"


def half_of(document: str) -> int:
    """Which half a document is in: the threshold is chosen on the pairs of half 0 and checked on those of half 1."""
    return hashlib.blake2s(document.encode(), digest_size=1).digest()[0] % 2


def accuracy(judged: Sequence[Judged], threshold: float) -> float:
    """How many of the pairs are told rightly by this threshold."""
    return sum((one.likeness >= threshold) == one.is_one for one in judged) / len(judged)


def best_threshold(judged: Sequence[Judged]) -> float:
    """The one that tells most pairs rightly; of several that do, the middle one."""
    steps = range(30, 96)
    most = max(accuracy(judged, step) for step in steps)
    best = [step for step in steps if accuracy(judged, step) == most]
    return best[len(best) // 2]


def report() -> Iterator[str]:
    """The curve, the threshold, and how well it does where it was not chosen."""
    labelled = [(pair, (labels[0], labels[1])) for pair, labels in rows() if labels]
    if not labelled:
        yield "The pairs have no labels yet."
        return
    words = [labels for _, labels in labelled]
    one_action = [(str(one != "other"), str(other != "other")) for one, other in words]
    agreed = [(pair, labels) for pair, labels in labelled if (labels[0] != "other") == (labels[1] != "other")]
    yield (
        f"{len(labelled)} pairs, labelled alike {sum(a == b for a, b in words)} (kappa {kappa(words):.2f}); "
        f"one action or two: alike {len(agreed)} (kappa {kappa(one_action):.2f}), "
        f"{len(labelled) - len(agreed)} left out"
    )
    judged = [Judged(pair, labels, likeness(*words_of(pair), "en")) for pair, labels in agreed]
    halves = [[one for one in judged if half_of(one.pair.document) == half] for half in (0, 1)]
    yield f"chosen on {len(halves[0])} pairs, checked on {len(halves[1])}"
    for threshold in range(30, 96, 5):
        yield f"{threshold:3}  {accuracy(halves[0], threshold):.3f}"
    chosen = best_threshold(halves[0])
    yield f"best on the first half: {chosen:.0f}, right {accuracy(halves[0], chosen):.3f}; in use: {SAME_ACTION:.0f}"
    for number, half in enumerate(halves):
        for kind in ("action", "sentence"):
            some = [one for one in half if one.pair.kind == kind]
            if some:
                yield f"half {number + 1}: {len(some)} {kind}s, right {accuracy(some, SAME_ACTION):.3f}"
    yield f"second half at {SAME_ACTION:.0f}: right {accuracy(halves[1], SAME_ACTION):.3f}"
    for number, half in enumerate(halves):
        wrong = Counter(one.is_one for one in half if one.is_one != (one.likeness >= SAME_ACTION))
        yield f"half {number + 1}: {wrong[True]} actions taken for two, {wrong[False]} times two taken for one"
    for number, half in enumerate(halves):
        yield f"half {number + 1}, of rewordings: {importance(half)}"
    listed = within_lists()
    alike = sum(likeness(*two, "en") >= SAME_ACTION for two in listed)
    yield f"of {len(listed)} pairs of instructions that stand in one list {alike} come to {SAME_ACTION:.0f}"


def within_lists() -> list[tuple[str, str]]:
    """The different wordings that stand together in a list of a captured document, two and two, each pair once."""
    lists = [
        sorted({normalised(action.text) for action in series.state(document, path).actions})
        for document in series.documents()
        for path in document.files
    ]
    return sorted({two for wordings in lists for two in combinations(wordings, 2)})


def importance(judged: Sequence[Judged]) -> str:
    """How the pairs that both labellers call hard, or both the same, are told apart."""
    counts = Counter(
        (one.labels[0], is_changed_hard(*words_of(one.pair), "en"))
        for one in judged
        if one.is_one and one.labels[0] == one.labels[1]
    )
    hard, same = ((counts[label, True], counts[label, True] + counts[label, False]) for label in ("hard", "same"))
    return f"{hard[0]} of {hard[1]} hard ones important, {same[0]} of {same[1]} same ones too"


def main() -> None:
    """Draw, take in labels, or measure."""
    parser = argparse.ArgumentParser(description="How well two wordings are told to be one action.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--draw", type=Path, metavar="FOLDER")
    which.add_argument("--labels", type=Path, nargs=2, metavar="FILE")
    options = parser.parse_args()
    if options.draw:
        write_draw(options.draw)
    elif options.labels:
        take_labels(*options.labels)
    else:
        print("\n".join(report()))


if __name__ == "__main__":
    main()
