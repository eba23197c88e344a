"""How alike two wordings are, and the best pairing of two lists by it: as good as looking at every pair."""

import tomllib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from core import assign
from core.assign import best_pairs
from core.likeness import OF_OTHERS, SAME_ACTION, Likenesses, likeness
from core.paths import RESOURCES
from core.sameness import normalised

TABLE = tomllib.loads((RESOURCES / "rules" / "likeness.toml").read_text(encoding="utf-8"))
SOME_WORDS = (
    "avoid", "away", "from", "the", "crowds", "marches", "rallies", "bridge", "bridges", "old", "embassy", "consulate",
    "contact", "call", "monitor", "monitoring", "news", "media", "112", "2", "at", "north", "northern", "gate", "leave",
)  # fmt: skip
WORDINGS = st.lists(st.lists(st.sampled_from(SOME_WORDS), max_size=7).map(" ".join), max_size=6)
LANGUAGES = st.sampled_from(["en", "en-GB", "de", ""])


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Leave Iraq now by road.", "Leave Iraq immediately by road.", True),
        ("Keep a low profile.", "Keep a low profile and avoid crowds.", True),
        ("Monitor local media for updates.", "Monitor local and international media for updates.", True),
        ("Keep well clear of rallies and protests.", "Avoid any large gathering.", True),
        ("Heed what officials order and watch the news.", "Monitor the media. Obey all orders of authorities.", True),
        ("Travellers should have a contingency plan ready.", "Prepare an emergency plan.", True),
        ("Call the consulate by telephone.", "Contact your embassy by phone.", True),
        ("Avoid crowds.", "Carry cash.", False),
        ("Review your plan.", "Go to the airport.", False),
        ("Avoid demonstrations.", "Monitor the news.", False),
        ("Avoid protests.", "Stay away.", False),  # the verb alone
        ("Contact your embassy.", "Avoid the consulate.", False),
        ("Leave by road in March.", "Stay away from rallies.", False),  # a month is no march
        ("Read this page for the latest information.", "See our website for updates and details.", False),
    ],
)
def test_likeness(one: str, other: str, are_alike: bool) -> None:
    assert (likeness(one, other, "en") >= SAME_ACTION) == are_alike
    assert likeness(one, other, "en") == pytest.approx(likeness(other, one, "en"))
    assert likeness(one, one, "en") == 100


def as_it_stands(one: str, other: str) -> float:
    """The likeness of the words alone, by hand."""
    left, right = (sorted(normalised(words).split()) for words in (one, other))
    stems = [{word[:6] for word in words if len(word) > 2 or word.isdigit()} for words in (left, right)]
    totals = [sum(map(weight, each)) for each in (*stems, stems[0] & stems[1])]
    least = min(totals[:2])
    return 0.6 * fuzz.ratio(" ".join(left), " ".join(right)) + (40 * totals[2] / least if least else 0)


def weight(stem: str) -> int:
    return 4 if stem.isdigit() else len(stem) - 2


@given(WORDINGS, st.sampled_from(["de", "zz", ""]))
def test_a_language_without_words_is_compared_as_it_stands(wordings: list[str], language: str) -> None:
    for one in wordings:
        for other in wordings:
            assert likeness(one, other, language) == pytest.approx(as_it_stands(one, other))
            assert likeness(one, other, "en") >= likeness(one, other, language)


@given(WORDINGS, WORDINGS, LANGUAGES)
def test_no_pair_that_can_be_one_action_is_passed_over(held: list[str], incoming: list[str], language: str) -> None:
    found = Likenesses(held, incoming, language)
    for at, one in enumerate(held):
        close, others = found.close(at), found.others(at)
        assert not close.keys() & others.keys()
        assert all(points <= OF_OTHERS for points in others.values())
        every = {j: likeness(one, other, language) for j, other in enumerate(incoming)}
        assert close | others == {j: points for j, points in every.items() if points >= SAME_ACTION}


def test_long_wordings_do_not_run_into_each_other() -> None:
    long = " ".join(f"{number}" for number in range(10, 110))
    found = Likenesses([long], [long, "", long, "Avoid the bridge."], "en")
    assert found.close(0) == {0: 100, 2: 100}


@pytest.mark.parametrize("language", TABLE["means"])
def test_a_word_has_one_meaning_or_says_nothing(language: str) -> None:
    meant = " ".join(TABLE["means"][language]).split()
    unsaid = " ".join(TABLE["unsaid"][language]).split()
    assert sorted(meant + unsaid) == sorted({*meant, *unsaid})
    assert all(normalised(word) == word for word in meant + unsaid)


# --- the best pairing

SCORES = st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(1, 100).map(float), max_size=25)


def best_sum(scores: Mapping[tuple[int, int], float]) -> float:
    """The greatest sum, of all that there are: for each set of rights that are taken, the most that it can bring."""
    best = {frozenset[int](): 0.0}
    for left in {left for left, _ in scores}:
        for taken, total in list(best.items()):
            for (one, right), score in scores.items():
                if one == left and right not in taken:
                    more = taken | {right}
                    best[more] = max(best.get(more, 0.0), total + score)
    return max(best.values())


@given(SCORES, st.integers(0, 100), st.sampled_from([0, assign.DENSE]), st.sampled_from([1, assign.BIDS_EACH]))
def test_the_pairing_is_as_good_as_any(
    scores: dict[tuple[int, int], float], most: int, dense: int, bids_each: int
) -> None:
    """Whatever is only told when it is asked for, with bids and without, and however soon these end."""
    told: dict[int, dict[int, float]] = {left: {} for left in range(6)}
    untold: dict[int, dict[int, float]] = {left: {} for left in range(6)}
    for (left, right), score in scores.items():
        (told if score > most or right % 2 else untold)[left][right] = score
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assign, "DENSE", dense)
        patch.setattr(assign, "BIDS_EACH", bids_each)
        pairs = best_pairs(told, untold.__getitem__, most)
    assert set(pairs) <= set(scores)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    assert sum(scores[pair] for pair in pairs) == best_sum(scores)


def test_who_has_enough_is_not_asked_for_more() -> None:
    asked: list[int] = []
    scores = {0: {0: 95.0}, 1: {1: 80.0}}

    def others(left: int) -> dict[int, float]:
        asked.append(left)
        return {0: 60.0}

    assert best_pairs(scores, others, 90.0) == [(0, 0), (1, 1)]
    assert asked == [1]
