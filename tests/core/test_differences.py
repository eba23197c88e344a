"""What changed in a wording, word by word."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.differences import Part, both_sides, folded, text_changes, word_changes
from core.model import Block, BlockKind, Text
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
    assert "".join(only(parts, Part.SAME, Part.WENT)) == "".join(before.split())
    assert all(words.strip() for _, words in parts)
    for (part, words), (other, _) in itertools.pairwise(parts):
        assert words[-1].isspace() or (part, other) != (Part.WENT, Part.CAME)
    old, new = both_sides(before, after)
    assert only(old, Part.SAME, Part.WENT) == re.findall(r"\S+", before)
    assert only(new, Part.SAME, Part.CAME) == re.findall(r"\S+", after)


@given(WORDINGS)
def test_what_did_not_change_is_one_part(words: str) -> None:
    parts = word_changes(words, words)
    assert [part for part, _ in parts] == ([Part.SAME] if words.strip() else [])


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Leave now.", "Leave by road now.", "Leave +by road+ now."),
        ("Leave by road now.", "Leave now.", "Leave -by road- now."),
        ("Leave by road.", "Leave by sea.", "Leave by -road- +sea+ ."),
        ("Go over your plans.", "Go over your plans and tickets.", "Go over your plans +and tickets+ ."),
        ("Leave at once now.", "Leave at once.", "Leave at once -now- ."),
        ("Leave", "leave", "-Leave- +leave+"),
        ("", "Go.", "+Go.+"),
        ("Go.", "", "-Go.-"),
        (
            *REWORDED,
            "Leave Iraq by commercial transport within -24- +12+ hours if you can -do so- +reach the airport+ safely.",
        ),
    ],
)
def test_what_came_stands_after_what_went(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown


def text(*blocks: str) -> Text:
    """A text of paragraphs; an item begins with a dot."""
    made, at = [], 0
    for words in blocks:
        kind = BlockKind.ITEM if words.startswith("·") else BlockKind.PARAGRAPH
        made.append(Block(kind, at, at + len(words)))
        at += len(words) + 1
    return Text("\n".join(blocks), tuple(made))


def drawn(before: Text, after: Text) -> list[str]:
    signs = {Part.SAME: "{}", Part.CAME: "+{}+", Part.WENT: "-{}-"}
    return [
        " ".join(signs[part].format(words.strip()) for part, words in passage.parts)
        for passage in text_changes(before, after)
    ]


def test_a_text_is_compared_block_by_block_and_word_by_word() -> None:
    before = text("Location: Iraq", "The airport is open today.", "· Leave soon by road.", "· Take water.", "Call us.")
    after = text("Location: Iraq", "The airport is closed today.", "· Take cash.", "· Leave soon by sea.", "Call us.")
    assert drawn(before, after) == [
        "Location: Iraq",
        "The airport is -open- +closed+ today.",
        "+· Take cash.+",
        "· Leave soon by -road- +sea+ .",
        "-· Take water.-",
        "Call us.",
    ]


@given(st.lists(WORDINGS, max_size=12), st.lists(WORDINGS, max_size=12))
def test_both_texts_can_be_read_out_of_the_changes_in_their_order(before: list[str], after: list[str]) -> None:
    passages = text_changes(text(*before), text(*after))
    for wordings, kept in ((after, Part.CAME), (before, Part.WENT)):
        parts = [(part, words + " ") for passage in passages for part, words in passage.parts]
        assert "".join(only(parts, Part.SAME, kept)) == "".join("".join(wordings).split())


@given(st.lists(st.sampled_from(["a b c", "a b d", "x", "a c"]), max_size=30))
def test_the_same_text_has_no_changes(blocks: list[str]) -> None:
    passages = text_changes(text(*blocks), text(*blocks))
    assert all(passage.is_same for passage in passages)
    assert folded(passages) == ([len(blocks)] if blocks else [])


def test_what_did_not_change_is_folded_but_for_the_neighbours() -> None:
    before = text(*[f"Block {number} says {number}." for number in range(10)])
    after = text(*[f"Block {number} says {'more' if number == 5 else number}." for number in range(10)])
    shown = [
        one if isinstance(one, int) else "".join(words for _, words in one.parts)
        for one in folded(text_changes(before, after))
    ]
    assert shown == [4, "Block 4 says 4.", "Block 5 says 5 more.", "Block 6 says 6.", 3]


def test_one_short_block_is_shown_rather_than_counted() -> None:
    blocks = ["One.", "Two.", "Three.", "Four.", "L" + "o" * 90 + "ng.", "Seven.", "Eight.", "Nine."]
    before = text(*blocks)
    changed = text(*[words + " And so on." if words in ("Three.", "Eight.") else words for words in blocks])
    shown = [one if isinstance(one, int) else one.parts[0][1].strip() for one in folded(text_changes(before, changed))]
    assert shown == ["One.", "Two.", "Three.", "Four.", 1, "Seven.", "Eight.", "Nine."]


def test_an_item_is_not_shown_without_what_its_list_stands_under() -> None:
    kinds = [BlockKind.PARAGRAPH, *[BlockKind.ITEM] * 8]

    def listing(changed: str) -> Text:
        words = ["Do not:", *(f"do thing {number}" for number in range(7)), changed]
        plain, blocks = "", []
        for kind, each in zip(kinds, words, strict=True):
            blocks.append(Block(kind, len(plain), len(plain) + len(each)))
            plain += f"{each}\n"
        return Text(plain, tuple(blocks))

    shown = [
        one if isinstance(one, int) else "".join(words for _, words in one.parts)
        for one in folded(text_changes(listing("film the tower"), listing("film the tall tower")))
    ]
    assert shown == ["Do not:", 6, "do thing 6", "film the tall tower"]
