"""What a pattern needs before it can fit: letters that stand in every text that it fits, or nothing."""

import re
import tomllib

import pytest

from core import status
from core.commanding import matches
from core.needed import holds, needs_of
from core.paths import RESOURCES
from core.rules import Table, languages_read, pattern_of, rules_for

ROWS = [
    (path.name, row["words"], row["example"])
    for path in sorted((RESOURCES / "rules").glob("*.toml"))
    for rows in tomllib.loads(path.read_text(encoding="utf-8")).values()
    if isinstance(rows, list)
    for row in rows
    if isinstance(row, dict) and "words" in row and "example" in row
]


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("leave now", (("leave",), ("now",))),
        ("(leave|depart) X", (("leave", "depart"),)),
        ("(leave|go) X", ()),
        ("(please )?stay(ing)? [a-z ]{3,30} inside", (("inside",), ("stay",))),
        ("authori[sz]ed", (("authori",),)),
        ("cancell?ed", (("cancel",),)),
        ("land,? (sea (and|or) air|water)", (("land",), ("sea", "water"))),
        ("stay|remain (inside|here)", (("stay", "remain"),)),
        ("AUDIENCE must X", (("must",),)),
        ("(?<=the )country's borders(?! (with|to))", (("country",), ("borders",))),
        ("(very |so )*closed", (("closed",),)),
        ("N hours", (("hours",),)),
        (r"(is|are) \(closed\)", (("closed",),)),
    ],
)
def test_what_is_needed(words: str, needs: tuple[tuple[str, ...], ...]) -> None:
    assert needs_of(words) == needs


def test_every_example_holds_what_its_row_needs() -> None:
    assert len(ROWS) > 200
    for name, words, example in ROWS:
        assert holds(example.lower(), needs_of(words)), (name, words)


def test_what_fits_holds_what_is_needed() -> None:
    """Every row on every other row's example: where it fits, nothing that it needs is missing."""
    fitting = 0
    for name, words, _ in ROWS:
        pattern = re.compile(pattern_of(words, "you|travellers").replace("COUNTRY", ".{1,80}?"), re.IGNORECASE)
        needs = needs_of(words)
        for other, _, example in ROWS:
            if other == name and pattern.search(example):
                fitting += 1
                assert holds(example.lower(), needs), (name, words, example)
    assert fitting > len(ROWS)


def test_every_row_of_the_status_words_needs_something() -> None:
    assert all(row.needs for _, row in status.rows())


@pytest.mark.parametrize("language", languages_read())
def test_of_rows_that_are_tried_together_the_first_that_fits_is_named(language: str) -> None:
    rules = rules_for(language)
    tables = [table for name in rules.__slots__ if isinstance(table := getattr(rules, name), Table)]
    said = [words for table in tables for row in table for words in (row.example, row.example.rstrip(": "))]
    fitting = 0
    for table in tables:
        for words in said:
            first = next((row for row in table if row.pattern.match(words)), None)
            fitting += first is not None
            assert matches(table, words) is first, words
    assert fitting > len(tables)
