"""The reading rules of a language: data tables from `resources/rules`, compiled once.

A rule is a pattern of words with an example; what the patterns may hold is said at the top of each table.
This room compiles them and refuses to know what they are used for.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any  # a table read from TOML is a dict of anything until this room has shaped it

from core.paths import RESOURCES

_NUMBER = (
    r"(?:\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty-four|forty-eight|few|several)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table: its compiled pattern, what it means (`label`, may be empty), and the text it is for."""

    pattern: re.Pattern[str]
    label: str
    example: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Every table of one language."""

    language: str
    headings: tuple[Rule, ...]
    closings: tuple[Rule, ...]
    conditions: tuple[Rule, ...]
    not_conditions: tuple[Rule, ...]
    urgencies: tuple[Rule, ...]
    responses: tuple[Rule, ...]
    audience: re.Pattern[str]
    imperative: frozenset[str]
    reading: tuple[str, ...]
    reporting: re.Pattern[str]
    levels: tuple[Rule, ...]
    optional: re.Pattern[str]
    dangling: frozenset[str]


def pattern_of(words: str, audience: str = "") -> str:
    """A table's words as a regular expression: X, N, AUDIENCE and plain spaces are the only signs of our own."""
    words = words.replace("'", "['’‘]").replace("u.s.", r"u\. ?s\.?")
    words = words.replace("AUDIENCE", f"(?:{audience})")
    words = re.sub(r"\bN\b", _NUMBER, words)
    return re.sub(r"\bX\?", "(?:.{1,160}?)?", words).replace("X", ".{1,160}?")


@lru_cache(maxsize=64)
def rules_for(language: str) -> Rules:
    """The rules of a BCP 47 language, by its first part; a language without a table is read by the English one."""
    first = language.split("-")[0].lower()
    path = RESOURCES / "rules" / f"{first}.toml"
    # A language comes from outside: it must not lead to another file.
    known = re.fullmatch(r"[a-z]{2,3}", first) is not None and path.is_file()
    return load(path) if known else _english()


@cache
def _english() -> Rules:
    return load(RESOURCES / "rules" / "en.toml")


def load(path: Path) -> Rules:
    """Compile one table file."""
    import tomllib  # 15 ms, and only where something is read

    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    top = {
        key: table.get(key, []) for key in ("audience", "imperative", "reading", "reporting", "optional", "dangling")
    }
    audience = "|".join(re.escape(word).replace(r"u\.s\.", r"u\. ?s\.?") for word in top["audience"])

    def compiled(name: str, *, whole: bool, anywhere: bool = False) -> tuple[Rule, ...]:
        start = r"\A.*?\b" if anywhere else r"\A"
        end = r"\Z" if whole else r"\b"
        return tuple(
            Rule(
                re.compile(rf"{start}(?:{pattern_of(row['words'], audience)}){end}", re.IGNORECASE | re.DOTALL),
                row.get("is", ""),
                row["example"],
            )
            for row in table.get(name, [])
        )

    return Rules(
        language=table["language"],
        headings=compiled("heading", whole=True),
        closings=compiled("closing", whole=True),
        conditions=compiled("condition", whole=False),
        not_conditions=compiled("not_condition", whole=True),
        urgencies=compiled("urgency", whole=False, anywhere=True),
        responses=compiled("response", whole=False),
        audience=re.compile(rf"\b(?:{audience})\b", re.IGNORECASE),
        imperative=frozenset(top["imperative"]),
        reading=tuple(top["reading"]),
        reporting=re.compile(rf"\b(?:{'|'.join(top['reporting'])})\b", re.IGNORECASE),
        levels=compiled("level", whole=False),
        optional=re.compile(rf"\b(?:{'|'.join(top['optional'])})\b", re.IGNORECASE),
        dangling=frozenset(top["dangling"]),
    )
