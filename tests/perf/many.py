"""A profile with thousands of advisories in three revisions each, of made-up words that come as often as real ones do.

Always the same one: five thousand advisories, fifteen thousand revisions, some seventy million letters.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

from core.model import Action, Block, BlockKind, Contact, Kind, Level, Revision, Text, Urgency, Verified
from core.store import advisories
from core.store.open import Store

ADVISORIES, REVISIONS, WORDS = 5000, 3, 700
ISSUERS = tuple(f"Office {letter} of the Tests" for letter in "ABCDEFGHIJKL")
COUNTRIES = ("IQ", "JO", "LB", "SY", "IR", "TR", "EG", "SD", "LY", "TN", "ML", "NE", "UA", "MD", "GE", "AM", "HT", "VE")
COMMON = [
    "the",
    "to",
    "of",
    "and",
    "in",
    "you",
    "a",
    "for",
    "or",
    "is",
    "are",
    "not",
    "travel",
    "if",
    "your",
    "be",
    "on",
    "by",
    "security",
    "advice",
    "from",
    "local",
    "with",
    "as",
    "area",
    "areas",
    "have",
    "embassy",
    "should",
    "that",
    "this",
    "at",
    "authorities",
    "may",
    "risk",
    "all",
    "leave",
    "airport",
    "border",
    "country",
    "visit",
    "safe",
    "police",
    "attack",
    "route",
    "water",
    "passport",
    "cash",
    "curfew",
    "convoy",
    "shelter",
    "départ",
    "مطار",
    "عاجل",
    "безопасность",
]
_SYLLABLES = (
    "ba",
    "ko",
    "li",
    "mer",
    "tan",
    "os",
    "ve",
    "ri",
    "du",
    "shan",
    "pel",
    "no",
    "ga",
    "tor",
    "im",
    "sa",
    "fen",
)
NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)


def _vocabulary(dice: random.Random) -> list[str]:
    made = ("".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))) for _ in range(30_000))
    return [*COMMON, *dict.fromkeys(made)]


def revisions(count: int = ADVISORIES) -> Iterator[Revision]:
    """Every revision, an advisory's one after the other; each rewords a little of the one before."""
    dice = random.Random(7)
    vocabulary = _vocabulary(dice)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    for number in range(count):
        words = dice.choices(vocabulary, cum_weights=weights, k=WORDS)
        issuer, country = dice.choice(ISSUERS), dice.choice(COUNTRIES)
        level = dice.choice((None, 1, 2, 3, 4))
        title = " ".join(["Security alert:", *dice.choices(vocabulary, cum_weights=weights, k=5)]).capitalize()
        for revision in range(1, REVISIONS + 1):
            for at in dice.sample(range(WORDS), 12):
                words[at] = dice.choices(vocabulary, cum_weights=weights)[0]
            moment = NOW - timedelta(hours=number % 3000, days=REVISIONS - revision)
            yield _revision(f"{issuer[7]}:{number:05}", revision, issuer, country, level, title, words, moment)


def _revision(
    name: str, number: int, issuer: str, country: str, level: int | None, title: str, words: list[str], moment: datetime
) -> Revision:
    cuts = [*range(0, WORDS, 35), WORDS]
    blocks, plain = [], ""
    for first, last in pairwise(cuts):
        start = len(plain)
        plain += " ".join(words[first:last]) + "."
        blocks.append(Block(BlockKind.PARAGRAPH, start, len(plain)))
        plain += "\n\n"
    actions = tuple(
        Action(
            f"{name}-{n}",
            plain[b.start : b.end],
            None,
            None,
            Urgency.UNKNOWN,
            None,
            None,
            None,
            (),
            None,
            b.start,
            b.end,
        )
        for n, b in enumerate(blocks[:5])
    )
    contact = Contact("Help", "+964 1 555 0100", "help@example.org", None, blocks[0].start, blocks[0].end)
    return Revision(
        advisory_id=name, number=number, source=issuer[7].lower(), issuer=issuer,
        kind=Kind.COUNTRY if level else Kind.ALERT, title=title, url=f"https://example.org/{name}",
        countries=(country,), language="en",
        level=Level(level, f"Level {level}", "tests") if level else None, status=(), issued=moment, updated=None,
        effective=None, expires=None, fetched=moment, verified=Verified.UNSIGNED,
        text=Text(plain.rstrip(), tuple(blocks)), actions=actions, contacts=(contact,),
    )  # fmt: skip


def fill(store: Store, count: int = ADVISORIES) -> None:
    """Keep them all in a store."""
    with store.transaction():
        for revision in revisions(count):
            advisories.add(store, revision)


def profile(folder: Path, count: int = ADVISORIES) -> tuple[Path, bytes]:
    """Where the database is and its key; made where it is not there yet."""
    path, key = folder / "many.db", bytes(range(32))
    if not path.exists():
        with Store.open(path, key) as store:
            fill(store, count)
    return path, key
