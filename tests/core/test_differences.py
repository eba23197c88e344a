"""What changed in a wording, word by word."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.differences import Part, word_changes
from tests.texts import REWORDED

WORDS = st.lists(st.sampled_from(["leave", "Leave", "now,", "now", "the", "city.", "24", "hours", "–"]), max_size=10)
WORDINGS = st.tuples(WORDS, st.sampled_from([" ", "  ", "\n"])).map(lambda pair: pair[1].join(pair[0])) | st.text(
    max_size=20
)


def marked(before: str, after: str) -> str:
    signs = {Part.SAME: "{}", Part.CAME: "+{}+", Part.WENT: "-{}-"}
    return " ".join(signs[part].format(words.strip()) for part, words in word_changes(before, after))


def only(parts: list[tuple[Part, str]], *kept: Part) -> list[str]:
    return re.findall(r"\S+", "".join(words for part, words in parts if part in kept))


@given(WORDINGS, WORDINGS)
def test_both_wordings_can_be_read_out_of_the_changes(before: str, after: str) -> None:
    parts = word_changes(before, after)
    assert only(parts, Part.SAME, Part.CAME) == re.findall(r"\S+", after)
    assert only(parts, Part.SAME, Part.WENT) == re.findall(r"\S+", before)
    assert all(words.strip() for _, words in parts)
    for (_, words), _ in itertools.pairwise(parts):
        assert words[-1].isspace()


@given(WORDINGS)
def test_what_did_not_change_is_one_part(words: str) -> None:
    parts = word_changes(words, words)
    assert [part for part, _ in parts] == ([Part.SAME] if words.strip() else [])


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Leave now.", "Leave by road now.", "Leave +by road+ now."),
        ("Leave by road now.", "Leave now.", "Leave -by road- now."),
        ("Leave by road.", "Leave by sea.", "Leave by +sea.+ -road.-"),
        ("Leave", "leave", "+leave+ -Leave-"),
        ("", "Go.", "+Go.+"),
        ("Go.", "", "-Go.-"),
        (
            *REWORDED,
            "Leave Iraq by commercial transport within +12+ -24- hours if you can +reach the airport+ -do so- safely.",
        ),
    ],
)
def test_what_came_stands_before_what_went(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown
