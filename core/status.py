"""The words of `status`: the one closed set, and what a text says of them. Pure.

A word is taken from a sentence that states it, with that sentence as its evidence: never from one that says what may
come, what is not, what others say, or what was. The patterns are rows of `resources/rules/status.toml`. A missed word
is better than a wrong one: the text stands beside it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from core import places
from core.commanding import sentences
from core.grounds import Evidence
from core.model import Block, BlockKind, Text
from core.needed import Needs, holds, needs_of
from core.paths import RESOURCES
from core.rules import pattern_of

# Every word that `status` may hold. First those that fields say, then those that sentences say.
WORDS = (
    "avoid-all-travel-to-whole-country",
    "avoid-all-but-essential-travel-to-whole-country",
    "avoid-all-travel-to-parts",
    "avoid-all-but-essential-travel-to-parts",
    "regional-advisory",
    "test",
    "withdrawn",
    "superseded",
    "expired",
    "ordered-departure",
    "authorised-departure",
    "departure-lifted",
    "do-not-travel",
    "embassy-closed",
    "visa-services-suspended",
    "consular-services-suspended",
    "limited-consular-services",
    "airspace-closed",
    "borders-closed",
)
# Said by the issuer's level already, where there is one.
_LEVEL_SAYS = "do-not-travel"
_MAX_SENTENCE = 600
# What COUNTRY stands for in a row: a name, to the end of the clause.
_COUNTRY = r"(?P<country>.{1,80}?)(?=$|[.,;!]| (?:due|for|at|because)\b)"
_QUOTED = re.compile(r"[“«„][^”»“]{0,400}[”»“]|\"[^\"]{0,400}\"")
_DATE = re.compile(
    r"\b(?:(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{1,2})"
    r"|(\d{1,2})\s+(January|February|March|April|May|June|July|August|September|October|November|December))"
    r"(?:,?\s+((?:19|20)\d\d))?"
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_AN_ADJECTIVE = re.compile(r"([A-Z][a-z]{3,}) $")
_WHERE = re.compile(r"(?: (?:of|over|above|in|to)| with) ([A-Z][^,.;]{2,60})")


@dataclass(frozen=True, slots=True)
class Row:
    """One way of saying a status word (None: of saying only that others are over). `needs`: never empty."""

    word: str | None
    ends: tuple[str, ...]
    pattern: re.Pattern[str]
    needs: Needs
    example: str


_Telling = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a language, what makes a sentence say less than it seems, and what speaks of a part of a country.

    `telling`: letters one of which stands in all that a row fits, each with the numbers of those rows; and the same
    without the rows of what a level says.
    """

    rows: tuple[Row, ...]
    telling: _Telling
    telling_beside_level: _Telling
    hedge: re.Pattern[str]
    part: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Said:
    row: Row
    start: int
    end: int
    rank: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class OfTitle:
    """What a title states: status words, and those that it says to be over."""

    words: tuple[str, ...] = ()
    over: frozenset[str] = frozenset()


@cache
def _tables() -> dict[str, _Table]:
    import tomllib  # 15 ms, and only where something is read

    table = tomllib.loads((RESOURCES / "rules" / "status.toml").read_text(encoding="utf-8"))
    rows: dict[str, list[Row]] = {}
    for row in table["status"]:
        words = pattern_of(row["words"]).replace(
            "COUNTRY", r"(?P<country>.{1,80}?)(?=$|[.,;!]| (?:due|for|at|because)\b)"
        )
        compiled = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
        rows.setdefault(row["language"], []).append(
            Row(row.get("is"), tuple(row.get("ends", ())), compiled, needs_of(row["words"]), row["example"])
        )

    def any_of(words: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(pattern_of, words))})(?!\w)", re.IGNORECASE)

    return {
        language: _Table(
            tuple(found),
            _telling(found, {row.word for row in found}),
            _telling(found, {row.word for row in found} - {_LEVEL_SAYS}),
            any_of(table["hedges"][language]),
            any_of(table["parts"][language]),
        )
        for language, found in rows.items()
    }


def _telling(rows: list[Row], words: set[str | None]) -> _Telling:
    """Of each row of these words the letters that take the fewest looks at a text."""
    numbers: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(rows):
        for letters in min(row.needs, key=lambda group: (len(group), -min(map(len, group)))):
            if row.word in words:
                numbers[letters] = (*numbers.get(letters, ()), number)
    return tuple(numbers.items())


def _table_of(language: str) -> _Table | None:
    """The table of a BCP 47 language, by its first part; None where it has none."""
    return _tables().get(language.split("-")[0].lower())


@cache
def _title_rows() -> tuple[tuple[str, str, frozenset[str], re.Pattern[str]], ...]:
    """Of what only titles say so shortly: the language, the word, what it ends, and how."""
    import tomllib  # 15 ms, and only where something is read

    table = tomllib.loads((RESOURCES / "rules" / "status.toml").read_text(encoding="utf-8"))
    return tuple(
        (
            row["language"],
            row["is"],
            frozenset(row.get("ends", ())),
            re.compile(rf"(?:^|[-–—:;,.(]\s*)(?:{pattern_of(row['words'])})[\s.!)]*$", re.IGNORECASE),
        )
        for row in table["title"]
    )


def of_title(title: str, language: str, countries: tuple[str, ...], *, has_level: bool) -> OfTitle:
    """What a title states, as a sentence of a text would; and that it is cancelled or lifted, in its last words."""
    text = Text(title, (Block(BlockKind.PARAGRAPH, 0, len(title)),))
    said = list(_said(text, language, countries, has_level=has_level))
    over = {word for one in said for word in one.row.ends}
    words = [one.row.word for one in said if one.row.word is not None]
    folded = language.split("-")[0].lower()
    for spoken, word, ends, pattern in _title_rows():
        if spoken == folded and pattern.search(title):
            words.append(word)
            over |= ends
    return OfTitle(tuple(dict.fromkeys(word for word in words if word not in over)), frozenset(over))


def rows() -> Iterator[tuple[str, Row]]:
    """Every row, with its language."""
    return ((language, row) for language, table in _tables().items() for row in table.rows)


def found_in(text: Text, language: str, countries: tuple[str, ...], *, has_level: bool) -> tuple[Evidence, ...]:
    """The status words that a text states, each with the first sentence that does.

    `has_level`: the issuer's level says already whether to travel. Of statements against each other the newest counts.
    """
    said = list(_said(text, language, countries, has_level=has_level))
    over: dict[str, tuple[int, int, int]] = {}
    for one in said:
        for word in one.row.ends:
            over[word] = max(one.rank, over.get(word, one.rank))
    found: dict[str, Evidence] = {}
    for one in said:
        word = one.row.word or ""
        newer = [other.rank for other in said if other.row.word in one.row.ends]
        if not word or (word in over and over[word] > one.rank) or any(rank > one.rank for rank in newer):
            continue
        found.setdefault(word, Evidence(word, one.start, one.end))
    return tuple(found.values())


def _said(text: Text, language: str, countries: tuple[str, ...], *, has_level: bool) -> Iterator[_Said]:
    table = _table_of(language)
    if table is None or not text.blocks:
        return
    # Small letters in the places of their large ones: one sign alone becomes two.
    whole = text.plain.replace("İ", "I").lower()
    starts = [block.start for block in text.blocks]
    near: dict[int, set[int]] = {}  # by the number of a block the numbers of the rows that it may hold
    for letters, numbers in table.telling_beside_level if has_level else table.telling:
        at = whole.find(letters)
        while at >= 0:
            index = max(0, bisect_right(starts, at) - 1)
            near.setdefault(index, set()).update(numbers)
            at = whole.find(letters, max(at + 1, text.blocks[index].end))
    for index in sorted(near):
        block = text.blocks[index]
        lowered = whole[block.start : block.end]
        possible = [row for number in sorted(near[index]) if holds(lowered, (row := table.rows[number]).needs)]
        if not possible or block.kind is BlockKind.HEADING:
            continue
        words = text.plain[block.start : block.end]
        for start, end in sentences(words, block.start):
            sentence = text.plain[start : min(end, start + _MAX_SENTENCE)]
            lowered = whole[start : start + len(sentence)]
            rows = [row for row in possible if holds(lowered, row.needs)]
            if not rows or sentence.endswith("?"):
                continue
            # What is quoted is another's, and as long as it was, so that places stay.
            spoken = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), sentence)
            hits = [(row, hit) for row in rows if (hit := row.pattern.search(spoken))]
            ended = {word for row, _ in hits for word in row.ends}
            for row, hit in hits:
                if row.word in ended or _is_of_another(row.word, spoken, hit, table, countries):
                    continue
                if not table.hedge.search(f"{spoken[: hit.start()]} | {spoken[hit.end() :]}"):
                    yield _Said(row, start, end, _rank(spoken, start))


def _is_of_another(
    word: str | None, sentence: str, hit: re.Match[str], table: _Table, countries: tuple[str, ...]
) -> bool:
    """Whether a sentence says a word of another place than the country, or of a part of it."""
    if word == _LEVEL_SAYS:
        return not _is_here(hit["country"], countries)
    if word == "limited-consular-services":
        return table.part.search(sentence) is not None
    return word is not None and word.endswith("-closed") and _is_elsewhere(sentence, hit, countries)


def _rank(sentence: str, start: int) -> tuple[int, int, int]:
    """Which of two statements is the newer: what this very state was made for, then by date, then by place."""
    if sentence.lower().startswith(("updated to", "updated:")):
        return 99991231, 0, start
    dates = [
        int(date[5] or 0) * 10_000 + (_MONTHS.index(date[1] or date[4]) + 1) * 100 + int(date[2] or date[3])
        for date in _DATE.finditer(sentence)
    ]
    return (max(dates, default=0), 0, start) if dates and max(dates) > 10_000 else (0, max(dates, default=0), start)


def _is_here(name: str, countries: tuple[str, ...]) -> bool:
    """Whether words name the advisory's country as a whole, and nothing besides."""
    folded = places.plain(name).removeprefix("the ").strip()
    return any(folded == places.plain(places.name(code)) for code in countries)


def _is_elsewhere(sentence: str, hit: re.Match[str], countries: tuple[str, ...]) -> bool:
    """Whether it is the airspace, borders or embassy of another place: by the adjective before or the name behind."""
    if not countries:
        return False
    own = [places.plain(places.name(code)) for code in countries]
    adjective = _AN_ADJECTIVE.search(sentence[: hit.start()])
    if adjective and hit[0].lower().startswith("airspace"):
        word = adjective[1].lower()
        return not any(word[:4] == name[:4] for name in own)
    named = _WHERE.search(hit[0])
    if named is None:
        return False
    found = places.from_names(named[1])
    return bool(found) and not set(found) & set(countries)
