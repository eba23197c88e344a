"""In which instruction the words of another stand now: one of several that were merged, or a part of one. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from core.conditions import in_full
from core.model import Item, Standing
from core.sameness import normalised
from core.weight import is_said_within

# How much of the words of a part have to stand in the whole, each by its weight.
_MOST = 0.75
# A word is known by its beginning and weighs by its length; short ones join the others.
_STEM, _JOINING = 6, 2
# Of how many of its words, the rarest first, one has to stand in what is looked at at all.
_LOOKED_FOR = 3


def holders(parts: Sequence[str], wholes: Sequence[str], language: str) -> dict[int, int]:
    """Of each part whose words, or most of them, stand in one of the wholes: which, both by their places.

    `language`: BCP 47, of all. The whole that holds most of it counts, of these the shortest.
    """
    if not parts or not wholes:
        return {}
    said = [normalised(whole) for whole in wholes]
    weighed = [_weights(words) for words in said]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, weights in enumerate(weighed):
        for word in weights:
            places[word].append(place)
    found = {}
    for number, part in enumerate(parts):
        words = normalised(part)
        weights = _weights(words)
        rarest = sorted((word for word in weights if word in places), key=lambda word: len(places[word]))[:_LOOKED_FOR]
        shares = [
            (share, -len(said[place]), -place)
            for place in {place for word in rarest for place in places[word]}
            if (share := _share(words, weights, said[place], weighed[place])) >= _MOST
        ]
        held = (-place for _, _, place in sorted(shares, reverse=True))
        holder = next((place for place in held if is_said_within(part, wholes[place], language)), None)
        if holder is not None:
            found[number] = holder
    return found


def _weights(words: str) -> dict[str, int]:
    return {word[:_STEM]: len(word[:_STEM]) - _JOINING for word in words.split() if len(word) > _JOINING}


def _share(words: str, weights: dict[str, int], whole: str, held: dict[str, int]) -> float:
    """How much of a part stands in a whole, from 0 to 1; of one word alone only as it stands."""
    if f" {words} " in f" {whole} ":
        return 1.0
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in held) / total if len(weights) > 1 else 0.0


def now_in(waiting: Sequence[Item], listed: Sequence[Item], language: str) -> dict[str, str]:
    """Of changed items that are no longer listed, by their ids: the instruction that their words stand in now.

    `listed`: all that the source lists by now.
    """
    gone = [item for item in waiting if item.standing is Standing.WITHDRAWN]
    now = [in_full(item) for item in listed]
    into = holders([in_full(item) for item in gone], now, language)
    return {gone[number].id: now[place] for number, place in into.items()}


def split_from(waiting: Sequence[Item], language: str) -> dict[str, str]:
    """Of changed items that are new, by their ids: the earlier wording that their words were a part of."""
    new = [item for item in waiting if item.standing is Standing.NEW]
    earlier = [item.was for item in waiting if item.was and item.standing is Standing.REWORDED]
    earlier += [in_full(item) for item in waiting if item.standing is Standing.WITHDRAWN]
    out_of = holders([in_full(item) for item in new], earlier, language)
    return {new[number].id: earlier[place] for number, place in out_of.items()}
