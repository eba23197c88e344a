"""How alike two wordings of an instruction are, and which of many are alike enough to be one action. Pure.

Two wordings are alike by their words as they stand, or by what these mean: who was told to stay away from
demonstrations and now is told to avoid large gatherings does the same. What words mean is in
`resources/rules/likeness.toml`. Where a wording stands on its page counts for nothing here.
"""

from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import repeat
from struct import pack, unpack
from typing import NamedTuple

from core.paths import RESOURCES
from core.sameness import normalised

# Two wordings at or above this likeness (0 to 100) are one action reworded; below it they are two.
SAME_ACTION = 60.0
# What the likeness of words as they stand is made of: their letters, and how much of them is said by both.
_LETTERS, _SAID_TOO = 0.6, 0.4
# A word is known by its beginning, so that "monitoring" is "monitor". It weighs by its length: short ones join the
# others in every language. A figure is never short.
_STEM, _JOINING = 6, 2
# What two wordings that share too few of their words can come to at most.
OF_OTHERS = 100 * _LETTERS + SAME_ACTION * _SAID_TOO
# Characters of a wording that its likeness is judged by: the time goes with their square.
_JUDGED = 300
# What at least one part of a likeness reaches where the whole does, and a little less: a rounding must hide no pair.
_REACHED = SAME_ACTION / 100 - 1e-6
# Words that two wordings have to share in meaning: one alone is no more than the verb.
_LEAST_SHARED = 2
# Bits of the lane in which an overlap is added up, and what its last one counts.
_LANE, _FULL = 16, 1 << 15


class _Words(NamedTuple):
    """Words of a wording, each once, with what they weigh, and what they weigh together."""

    weights: dict[str, int]
    total: int


class _Wording(NamedTuple):
    """What is compared: the words in the order of the alphabet, those that weigh, and those with a meaning."""

    letters: str
    said: _Words
    meant: _Words


@cache
def _meanings() -> dict[str, dict[str, str]]:
    """Of each language that has a table: the word that stands for a word; nothing for one that says nothing."""
    import tomllib  # 15 ms, and only where something was reworded

    table = tomllib.loads((RESOURCES / "rules" / "likeness.toml").read_text(encoding="utf-8"))
    return {
        language: {word: group.split()[0] for group in groups for word in group.split()}
        | dict.fromkeys(" ".join(table["unsaid"][language]).split(), "")
        for language, groups in table["means"].items()
    }


class _Overlaps:
    """What each of many wordings shares with another one: all at once, each in a lane of its own of one long number.

    A lane's last bit is kept free for comparing: what is added to a lane sets it where there is enough in the lane.
    """

    def __init__(self, wordings: Sequence[_Words]) -> None:
        self._count = len(wordings)
        self._ones = self._in_lanes([1] * self._count)
        self._enough_of_it = self._in_lanes([_FULL - _enough(words.total) for words in wordings])
        self._its_half = self._in_lanes([_enough(words.total / 2) for words in wordings])
        self._lanes: dict[str, int] = {}
        for place, words in enumerate(wordings):
            for word, weight in words.weights.items():
                self._lanes[word] = self._lanes.get(word, 0) + (weight << _LANE * place)

    def shared(self, one: _Words) -> int:
        """The lanes: what the words weigh together that this one and each of the others have."""
        return sum(map(self._lanes.get, one.weights, repeat(0)))

    def read(self, lanes: int) -> tuple[int, ...]:
        """What stands in each lane."""
        return unpack(f"<{self._count}H", lanes.to_bytes(_LANE // 8 * self._count, "little"))

    def of_the_shorter(self, one: _Words, lanes: int) -> Iterator[int]:
        """Those of which, or of this one, enough is shared."""
        return self._marked((lanes + self._enough_of_it) | (lanes + self._ones * (_FULL - _enough(one.total))))

    def of_both(self, one: _Words, lanes: int) -> Iterator[int]:
        """Those of which and of this one together enough is shared."""
        return self._marked(lanes + self._ones * (_FULL - _enough(one.total / 2)) - self._its_half)

    def _marked(self, lanes: int) -> Iterator[int]:
        marks = lanes & (self._ones * _FULL)
        while marks:
            last = marks.bit_length() - 1
            yield last // _LANE
            marks ^= 1 << last

    def _in_lanes(self, values: Sequence[int]) -> int:
        return int.from_bytes(pack(f"<{self._count}H", *values), "little")


def _enough(total: float) -> int:
    """How much of a total has to be shared; rather less than more, but something."""
    return max(1, int(_REACHED * total))


def likeness(one: str, other: str, language: str) -> float:
    """How alike two wordings of a BCP 47 language are, 0 to 100, whatever their case, marks and order of words."""
    from rapidfuzz import fuzz

    lexicon = _Lexicon(language)
    left, right = (lexicon.read(normalised(words)) for words in (one, other))
    said, meant = _Overlaps([right.said]).shared(left.said), _Overlaps([right.meant]).shared(left.meant)
    return _points(left, right, fuzz.ratio(left.letters, right.letters), said, meant)


class Likenesses:
    """How alike each held wording and each incoming one are, where they are enough so to be one action.

    A mean reaches `SAME_ACTION` only where a part of it does: they share words enough, or else their letters are alike
    enough; and then the whole is not above `OF_OTHERS`.
    """

    def __init__(self, held: Sequence[str], incoming: Sequence[str], language: str) -> None:
        """Take normalised wordings of a BCP 47 language."""
        lexicon = _Lexicon(language)
        self._held, self._incoming = ([lexicon.read(words) for words in wordings] for wordings in (held, incoming))
        self._letters = [wording.letters for wording in self._incoming]
        self._said = _Overlaps([wording.said for wording in self._incoming])
        self._meant = _Overlaps([wording.meant for wording in self._incoming])

    def close(self, at: int) -> dict[int, float]:
        """Of a held wording: those incoming ones that share words enough with it."""
        said, meant = self._shared(at)
        return self._of(at, self._sharing(at, said, meant), said, meant)

    def others(self, at: int) -> dict[int, float]:
        """Of a held wording: those incoming ones that share less with it."""
        from rapidfuzz import fuzz, process

        said, meant = self._shared(at)
        letters = self._held[at].letters
        near = process.extract(letters, self._letters, scorer=fuzz.ratio, score_cutoff=SAME_ACTION, limit=None)
        return self._of(at, {j for _, _, j in near} - self._sharing(at, said, meant), said, meant)

    def _shared(self, at: int) -> tuple[int, int]:
        return self._said.shared(self._held[at].said), self._meant.shared(self._held[at].meant)

    def _sharing(self, at: int, said: int, meant: int) -> set[int]:
        one = self._held[at]
        return {*self._said.of_the_shorter(one.said, said), *self._meant.of_both(one.meant, meant)}

    def _of(self, at: int, some: Set[int], said: int, meant: int) -> dict[int, float]:
        from rapidfuzz import fuzz  # 30 ms at first, and only where wordings differ: a tick must not wait for it

        one = self._held[at]
        both_said, both_meant = self._said.read(said), self._meant.read(meant)
        likenesses = {
            j: _points(one, self._incoming[j], fuzz.ratio(one.letters, self._letters[j]), both_said[j], both_meant[j])
            for j in some
        }
        return {j: points for j, points in likenesses.items() if points >= SAME_ACTION}


class _Lexicon(dict[str, tuple[str, str, int, int]]):
    """Of a word: its beginning, that of what it means, and the weights of both. Each is worked out once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._meanings = _meanings().get(language.split("-")[0].lower())

    def __missing__(self, word: str) -> tuple[str, str, int, int]:
        meaning = self._meanings.get(word, word) if self._meanings else ""
        self[word] = entry = (word[:_STEM], meaning[:_STEM], _weight(word), _weight(meaning))
        return entry

    def read(self, words: str) -> _Wording:
        """A normalised wording as it is compared."""
        each = sorted(words[:_JUDGED].split())
        known = [self[word] for word in each]
        said = {stem: weight for stem, _, weight, _ in known if weight}
        meant = {stem: weight for _, stem, _, weight in known if weight}
        return _Wording(" ".join(each), _Words(said, sum(said.values())), _Words(meant, sum(meant.values())))


def _weight(word: str) -> int:
    return max(0, (_STEM if word.isdigit() else len(word[:_STEM])) - _JOINING)


def _points(one: _Wording, other: _Wording, ratio: float, said: int, meant: int) -> float:
    """The likeness of two wordings: `ratio` is that of their letters, `said` and `meant` are what they share.

    By the words as they stand it counts how much of the shorter one the longer one says too: an issuer who rewrites a
    line most often adds to it or takes from it. By what they mean it counts how much of both is in both.
    """
    shorter, both = min(one.said.total, other.said.total), one.meant.total + other.meant.total
    stands = _LETTERS * ratio + _SAID_TOO * (100 * said / shorter if shorter else 0.0)
    means = 200 * meant / both if both else 0.0
    if means <= stands or len(one.meant.weights.keys() & other.meant.weights.keys()) < _LEAST_SHARED:
        return stands
    return means
