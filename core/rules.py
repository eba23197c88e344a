"""The reading rules of a language: data tables from `resources/rules`, compiled once.

A rule is a pattern of words with an example; what the patterns may hold is said at the top of each table.
This room compiles them and refuses to know what they are used for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any  # a table read from TOML is a dict of anything until this room has shaped it

from core.needed import Needs, needs_of
from core.paths import RESOURCES

_ENGLISH_COUNTS = ("an?", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
                   "twenty-four", "forty-eight", "few", "several")  # fmt: skip
# The lists of words of a table; what each is for is said where it stands in `resources/rules/en.toml`.
_LISTS = (
    "audience", "others", "imperative", "prefix", "commanding", "listed", "not_commanding", "with_clause",
    "noun_goes_on", "please", "lead", "joining", "obliged", "reading", "reporting", "optional", "dangling",
    "told_about", "outright", "pointing", "housekeeping", "exercise", "joined", "clauses", "counts",
)  # fmt: skip

# Words for telling a language: of Japanese, which parts none, the signs of its syllables.
_WORD = re.compile(r"[\u3040-\u309f]|[^\W\d_\u3040-\u309f]+")
# Of ASCII what is no letter; and the marks that a text of ASCII has besides.
_BETWEEN_WORDS = dict.fromkeys((sign for sign in range(128) if not chr(sign).isalpha()), " ")
_MARKS = "’“”–—•"
_FLAGS = re.IGNORECASE | re.DOTALL
_READ_FOR_LANGUAGE = 4_000
_FIRST = 500
_LEAST_COMMON = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table: its expression, what it means (`label`, may be empty), and the text it is for."""

    expression: str
    needs: Needs
    label: str
    example: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression alone, compiled; what reads uses the steps of its table."""
        return re.compile(self.expression, _FLAGS)


# Letters that are needed, a pattern, and the rows that it may fit by the name of the group that does.
_Step = tuple[Needs, re.Pattern[str], dict[str, Rule]]


class Table(tuple[Rule, ...]):
    """The rows of a table in order. A table is itself alone, so that what it was asked can be remembered.

    `steps`: the rows again, those in a run that need no letters together, with one pattern that fits where any does.
    """

    steps: tuple[_Step, ...]
    __hash__ = object.__hash__
    __eq__ = object.__eq__


def _steps(rules: Iterable[Rule]) -> Iterator[_Step]:
    for needs, run in groupby(rules, key=lambda rule: rule.needs):
        rows = list(run)
        for step in [[row] for row in rows] if needs else [rows]:
            named = {f"r{number}": row for number, row in enumerate(step)}
            ways = "|".join(f"(?P<{name}>{row.expression})" for name, row in named.items())
            yield needs, re.compile(ways, _FLAGS), named


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Every table of one language."""

    language: str
    headings: Table
    closings: Table
    conditions: Table
    not_conditions: Table
    urgencies: Table
    responses: Table
    audience: re.Pattern[str]
    spoken_to: re.Pattern[str]
    others: re.Pattern[str]
    imperative: frozenset[str]
    prefix: re.Pattern[str] | None
    with_clause: frozenset[str]
    noun_goes_on: re.Pattern[str]
    listed: re.Pattern[str]
    outright: re.Pattern[str]
    pointing: frozenset[str]
    housekeeping: re.Pattern[str]
    lead: re.Pattern[str]
    joining: re.Pattern[str]
    exercise: re.Pattern[str]
    exercise_needs: Needs
    reading: tuple[str, ...]
    reporting: re.Pattern[str]
    levels: Table
    optional: re.Pattern[str]
    dangling: frozenset[str]
    please: re.Pattern[str]
    commanding: re.Pattern[str]
    not_commanding: re.Pattern[str]
    obliged: re.Pattern[str]
    told_about: re.Pattern[str]
    ending: re.Pattern[str]
    joint: re.Pattern[str]
    joined: tuple[str, ...]
    clauses: tuple[str, ...]
    duration: re.Pattern[str] | None
    numbers: dict[str, int]


def pattern_of(words: str, audience: str = "", counts: Iterable[str] = _ENGLISH_COUNTS) -> str:
    """A table's words as a regular expression: X, N, AUDIENCE and plain spaces are the only signs of our own."""
    number = rf"(?:\d{{1,3}}|{'|'.join(counts)})"
    words = words.replace("'", "['’‘]").replace("u.s.", r"u\. ?s\.?")
    words = words.replace("AUDIENCE", f"(?:{audience})")
    words = re.sub(r"\bN\b", lambda _: number, words)
    return re.sub(r"\bX\?", "(?:.{1,160}?)?", words).replace("X", ".{1,160}?")


def _duration(table: dict[str, str] | None, numbers: Iterable[str]) -> re.Pattern[str] | None:
    """A length of time: `count`, and `hours` where the unit is not days."""
    if table is None:
        return None
    count = "|".join([r"\d{1,3}", *numbers])
    return re.compile(
        rf"\b(?:{table['within']}) (?P<count>{count}) (?:(?P<hours>{table['hours']})|(?:{table['days']}))\b",
        re.IGNORECASE,
    )


def language_of(text: str, likely: str = "") -> str:
    """The language that the common words of a text are of; `likely` where they do not tell, or tell the same."""
    first = _first_words(text[:_FIRST].casefold())
    expected = _common_of().get(likely.split("-")[0].lower(), frozenset())
    if sum(map(expected.__contains__, first)) * 5 >= len(first):
        return likely
    words = _WORD.findall(text[:_READ_FOR_LANGUAGE].casefold())
    counts = sorted(((sum(map(common.__contains__, words)), name) for name, common in _common()), reverse=True)
    (most, name), (second, _) = counts[:2]
    # A tenth of the words of any text are its language's commonest; related languages share some.
    return name if most >= _LEAST_COMMON and most * 10 >= len(words) and most * 3 >= second * 4 else likely


def _first_words(folded: str) -> list[str]:
    """What `_WORD` finds in words in one case; a text of Latin letters alone has them between whatever else it has."""
    for mark in _MARKS:
        folded = folded.replace(mark, " ")
    return folded.translate(_BETWEEN_WORDS).split() if folded.isascii() else _WORD.findall(folded)


def languages_read() -> tuple[str, ...]:
    """The languages that have a table."""
    return tuple(name for name, _ in _common())


@cache
def _common() -> tuple[tuple[str, frozenset[str]], ...]:
    """The common words of each language that has a table."""
    tables = (_table(path) for path in sorted((RESOURCES / "rules").glob("*.toml")))
    return tuple((table["language"], frozenset(table["common"])) for table in tables if "common" in table)


@cache
def _common_of() -> dict[str, frozenset[str]]:
    """The same by language."""
    return dict(_common())


def _table(path: Path) -> dict[str, Any]:
    import tomllib  # 15 ms, and only where something is read

    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def rules_for(language: str) -> Rules:
    """The rules of a BCP 47 language, by its first part; a language without a table is read by the English one."""
    first = language.split("-")[0].lower()
    path = RESOURCES / "rules" / f"{first}.toml"
    # A language comes from outside: it must not lead to another file.
    known = re.fullmatch(r"[a-z]{2,3}", first) is not None and path.is_file()
    return load(path if known else RESOURCES / "rules" / "en.toml")


@cache
def load(path: Path) -> Rules:
    """Compile one table file."""
    table = _table(path)
    top: dict[str, list[str]] = {key: table.get(key, []) for key in _LISTS}
    audience = "|".join(
        re.escape(word).replace(r"u\.s\.", r"u\. ?s\.?") for word in sorted(top["audience"], key=len, reverse=True)
    )

    def any_of(key: str, around: str) -> re.Pattern[str]:
        """One of the words of a list, as `around` has it; a list without words fits nothing."""
        words = "|".join(top[key]).replace("AUDIENCE", audience)
        return re.compile(around.replace("WORDS", f"(?:{words})") if words else r"(?!)", re.IGNORECASE)

    obliged = "|".join(top["obliged"])

    def compiled(name: str, *, whole: bool, anywhere: bool = False) -> Table:
        start = r"\A.*?\b" if anywhere else r"\A"
        end = r"\Z" if whole else r"\b"
        rows = Table(
            Rule(
                rf"{start}(?:{pattern_of(row['words'], audience, top['counts'])}){end}",
                # What begins with words of its own does not fit sooner than letters are looked for.
                () if not anywhere and row["words"].lstrip("(")[:1].islower() else needs_of(row["words"]),
                row.get("is", ""),
                row["example"],
            )
            for row in table.get(name, [])
        )
        rows.steps = tuple(_steps(rows))
        return rows

    return Rules(
        language=table["language"],
        headings=compiled("heading", whole=True),
        closings=compiled("closing", whole=True),
        conditions=compiled("condition", whole=False),
        not_conditions=compiled("not_condition", whole=True),
        urgencies=compiled("urgency", whole=False, anywhere=True),
        responses=compiled("response", whole=False),
        audience=re.compile(rf"\b(?:{audience})\b", re.IGNORECASE),
        spoken_to=re.compile(rf"(?:[\w'’-]+ ){{0,3}}?(?:{audience})\b", re.IGNORECASE),
        others=any_of("others", rf"(?:.*[.,] )?(?:(?!(?:{audience})\b)[\w'’-]+ ){{0,3}}?WORDS\s+(?:{obliged})"),
        imperative=frozenset(top["imperative"]),
        prefix=any_of("prefix", r"\AWORDS") if top["prefix"] else None,
        with_clause=frozenset(top["with_clause"]),
        noun_goes_on=any_of("noun_goes_on", r"\s+WORDS\b"),
        listed=any_of("listed", r"WORDS"),
        outright=any_of("outright", r"WORDS\b"),
        pointing=frozenset(top["pointing"]),
        housekeeping=any_of("housekeeping", r"WORDS"),
        lead=any_of("lead", r"WORDS[,،、]\s*"),
        joining=any_of("joining", r"WORDS"),
        exercise=any_of("exercise", r"\bWORDS\b"),
        exercise_needs=needs_of("|".join(top["exercise"])),
        reading=tuple(top["reading"]),
        reporting=any_of("reporting", r"\bWORDS\b"),
        levels=compiled("level", whole=False),
        optional=any_of("optional", r"WORDS"),
        dangling=frozenset(top["dangling"]),
        please=any_of("please", r"^WORDS[, ]+"),
        commanding=any_of("commanding", r"WORDS(?:(?<=['’])|(?!\w))"),
        not_commanding=any_of("not_commanding", r"\s+WORDS\b"),
        obliged=any_of("obliged", r",?\s+WORDS\b"),
        told_about=any_of("told_about", r"WORDS"),
        ending=any_of("joined", r"\s*(?:[;,،؛]\s*WORDS?|\s+WORDS)\s*$"),
        joint=any_of("joined", r"WORDS[ ,]+"),
        joined=tuple(top["joined"]),
        clauses=tuple(f"{word} " for word in top["clauses"]),
        duration=_duration(table.get("duration"), table.get("numbers", {})),
        numbers=table.get("numbers", {}),
    )
