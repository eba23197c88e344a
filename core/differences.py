"""What differs between two wordings, word by word, and between two texts, block by block. Pure."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from core.model import Block, BlockKind, Text

# Pairs of words: the time goes with their number, and a window waits for it.
_MOST_COMPARED = 4_000_000
# Of the words of two blocks, the share that has to be the same for the one to be the other reworded.
_SAME_BLOCK = 0.4
# A word that stands in more blocks than this says nothing of which block became which.
_TELLING = 12


# A word and the white space behind it, or a mark at a word's end; a longer row of marks is the word's.
_MARKS = ".,;:!?…،؛؟。、"
_WORD = re.compile(rf"\S+?(?=[{_MARKS}]{{0,3}}(?:\s|\Z))\s*")
# Letters that a line of a narrow column holds.
_SHORT = 80


class Part(StrEnum):
    """Whether a stretch of words stayed, came or went."""

    SAME = "same"
    CAME = "came"
    WENT = "went"


def word_changes(before: str, after: str) -> list[tuple[Part, str]]:
    """The new wording with what came marked, and before each such place what went. White space goes with its word.

    Words are compared whole and as they are written, the marks at a word's end apart from it. What stayed and came is
    the new wording as it stands. Wordings longer than any instruction are not compared: the one went, the other came.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST_COMPARED and before != after:
        return [(Part.WENT, before if before.endswith(" ") else before + " "), (Part.CAME, after)]
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    parts: list[tuple[Part, str]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        went, came = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            parts.append((Part.SAME, came))
            continue
        if went:
            stands_apart = not parts or parts[-1][1][-1].isspace() or went[0] in _MARKS
            ends_apart = not came or went[-1].isspace()
            parts.append((Part.WENT, ("" if stands_apart else " ") + went + ("" if ends_apart else " ")))
        if came:
            parts.append((Part.CAME, came))
    return parts


def both_sides(before: str, after: str) -> tuple[list[tuple[Part, str]], list[tuple[Part, str]]]:
    """The old wording as it stood with what went of it marked, and the new one with what came."""
    back = [(part, words) for part, words in word_changes(after, before) if part is not Part.WENT]
    old = [(Part.SAME if part is Part.SAME else Part.WENT, words) for part, words in back]
    return old, [(part, words) for part, words in word_changes(before, after) if part is not Part.WENT]


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the newer text, or of the older where it went as a whole, with what came and what went in it."""

    kind: BlockKind
    depth: int
    strong: bool
    parts: tuple[tuple[Part, str], ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing in it changed."""
        return all(part is Part.SAME for part, _ in self.parts)


def text_changes(before: Text, after: Text) -> list[Passage]:
    """The blocks of the newer text in their order, those that went where they stood, changed ones word by word."""
    old = [before.plain[block.start : block.end] for block in before.blocks]
    new = [after.plain[block.start : block.end] for block in after.blocks]
    found: list[Passage] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found += [_passage(after.blocks[n], [(Part.SAME, new[n])]) for n in range(c, d)]
            continue
        i, j = a, c
        for was, became in [*_reworded(old[a:b], new[c:d]), (b - a, d - c)]:
            found += [_passage(before.blocks[n], [(Part.WENT, old[n])]) for n in range(i, a + was)]
            found += [_passage(after.blocks[n], [(Part.CAME, new[n])]) for n in range(j, c + became)]
            i, j = a + was, c + became
            if i < b and j < d:
                found.append(_passage(after.blocks[j], word_changes(old[i], new[j])))
            i, j = i + 1, j + 1
    return found


def _passage(block: Block, parts: Sequence[tuple[Part, str]]) -> Passage:
    return Passage(block.kind, block.depth, block.strong, tuple(parts))


def _reworded(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (old, new) of blocks that are one block reworded, in the order of both texts."""
    before, after = [Counter(words.split()) for words in old], [Counter(words.split()) for words in new]
    places: dict[str, list[int]] = {}
    for index, counted in enumerate(before):
        for word in counted:
            places.setdefault(word, []).append(index)
    likest: list[tuple[int, int]] = []
    for index, counted in enumerate(after):
        shared = Counter(
            place for word in counted if len(places.get(word, ())) <= _TELLING for place in places.get(word, ())
        )
        scores = [(_alike(before[place], counted), -place) for place, _ in shared.most_common(3)]
        best, place = max(scores, default=(0.0, 0))
        if best >= _SAME_BLOCK:
            likest.append((-place, index))
    return _rising(likest)


def _alike(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of these pairs, given by their second number, whose first numbers rise as well."""
    ends: list[int] = []
    chains: list[int] = []
    came_from: list[int | None] = []
    for number, (first, _) in enumerate(pairs):
        at = bisect_left(ends, first)
        came_from.append(chains[at - 1] if at else None)
        if at == len(ends):
            ends.append(first)
            chains.append(number)
        else:
            ends[at], chains[at] = first, number
    chain: list[tuple[int, int]] = []
    last = chains[-1] if chains else None
    while last is not None:
        chain.append(pairs[last])
        last = came_from[last]
    return chain[::-1]


def folded(passages: Sequence[Passage], around: int = 1) -> list[Passage | int]:
    """What changed with so many blocks on either side; where others were left out, how many.

    A single one that is short is shown, and what stands over the items among them: their list may say what is not to
    be done.
    """
    near = {
        number + step
        for number, passage in enumerate(passages)
        if not passage.is_same
        for step in range(-around, around + 1)
    }
    over: int | None = None
    for number, passage in enumerate(passages):
        if passage.kind is not BlockKind.ITEM:
            over = number
        elif number in near and over is not None:
            near.add(over)
    found: list[Passage | int] = []
    for is_near, group in groupby(enumerate(passages), key=lambda one: one[0] in near):
        held = [passage for _, passage in group]
        found += held if is_near or (near and len(held) == 1 and _is_short(held[0])) else [len(held)]
    return found


def _is_short(passage: Passage) -> bool:
    """Whether it takes no more room than the line that would stand for it."""
    return sum(len(words) for _, words in passage.parts) <= _SHORT
