"""How long it takes to reconcile two hundred items with two hundred actions: printed, never failed on.

Asked is 20 ms; the figure is a share of that. Nothing is remembered from one time to the next.
"""

import random
import statistics
import time

import pytest

from core.revise import reconcile
from core.sameness import normalised
from core.weight import is_changed_hard
from tests.core.revisions import LIST, items_of, revision_of

ASKED_MS, ITEMS, TIMES = 20, 200, 9
WORDS = [first + last for first in ("ba", "ce", "di", "fo", "gu", "ha", "ki") for last in ("rn", "st", "lm", "nd", "x")]


# As many different words as a page of advice has.
MANY_WORDS = [word + last for word in WORDS for last in ("", "al", "er", "ing", "ous")]


def _instructions(chance: random.Random) -> list[str]:
    return [f"Avoid {' '.join(chance.choices(WORDS, k=chance.randint(4, 16)))} {n}." for n in range(ITEMS)]


def _long_instructions(chance: random.Random) -> list[str]:
    """Of 100 to 250 letters."""
    return [f"Avoid {' '.join(chance.choices(MANY_WORDS, k=chance.randint(15, 36)))} {n}." for n in range(ITEMS)]


def _reworded(text: str, chance: random.Random) -> str:
    words = text.split()
    words[chance.randrange(1, len(words) - 1)] = chance.choice(WORDS)
    return " ".join(words)


@pytest.mark.parametrize(
    ("what", "one_in"), [("nothing", 0), ("a tenth", 10), ("half", 2), ("every one", 1)], ids=lambda value: str(value)
)
def test_two_hundred_items(what: str, one_in: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)  # the same lists each time
    before = _instructions(chance)
    after = [_reworded(text, chance) if one_in and n % one_in == 0 else text for n, text in enumerate(before)]
    _measure(before, after, f"{what} reworded", capsys)


def test_two_hundred_long_items(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)
    before = _long_instructions(chance)
    _measure(before, [_reworded(text, chance) for text in before], "long, every one reworded", capsys)


def _measure(before: list[str], after: list[str], what: str, capsys: pytest.CaptureFixture[str]) -> None:
    items, revision = items_of(revision_of(before)), revision_of(after)
    taken = []
    for _ in range(TIMES):
        is_changed_hard.cache_clear()
        began = time.perf_counter()
        result = reconcile(items, revision, LIST)
        taken.append((time.perf_counter() - began) * 1000)
    middle = statistics.median(taken)
    with capsys.disabled():
        print(f"\n  {ITEMS} items, {what}: {middle:.1f} ms, {middle / ASKED_MS:.2f} of what is asked", end="")
    assert result.added == ()
    differ = sum(normalised(one) != normalised(other) for one, other in zip(before, after, strict=True))
    assert sum(item.was is not None for item in result.changed) == differ
