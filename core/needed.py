"""What words must hold so that a pattern of a reading table can fit them: a look at letters before any expression.

A table's `words` in, groups of small letters out: of each group one stands in every text that the pattern fits. What
is optional, a class, a sign or a placeholder (X, N, AUDIENCE) asks for nothing. Pure.
"""

from collections.abc import Iterable, Sequence

Needs = tuple[tuple[str, ...], ...]

# Shorter letters stand in nearly every sentence, and so does one of very many words.
_LEAST_LETTERS = 3
_MOST_WORDS = 24
_MOST_GROUPS = 3


def needs_of(words: str) -> Needs:
    """The groups that tell most, the most telling first; () where nothing can be said."""
    return tuple(sorted(_groups(words), key=lambda group: (-min(map(len, group)), len(group)))[:_MOST_GROUPS])


def holds(lowered: str, needs: Iterable[Iterable[str]]) -> bool:
    """Whether words in small letters hold one of each group."""
    for group in needs:
        for letters in group:
            if letters in lowered:
                break
        else:
            return False
    return True


def _groups(words: str) -> list[tuple[str, ...]]:
    ways = _ways(words)
    if len(ways) > 1:
        return _one_of(ways)
    found: list[tuple[str, ...]] = []
    run = ""
    at = 0
    while at < len(words):
        sign = words[at]
        is_optional = False
        if sign in "([":
            end = _end(words, at)
            inner = words[at + 1 : end].removeprefix("?:")
            is_optional = words[end + 1 : end + 2] in {"?", "*", "{"}
            if sign == "(" and not is_optional and not inner.startswith("?"):
                found += _one_of(_ways(inner))
            at = end
        elif sign == "\\":
            at += 1
        elif sign in "?*{":
            run = run[:-1]
            at = words.index("}", at) if sign == "{" else at
        elif sign.islower():
            run += sign
            at += 1
            continue
        if len(run) >= _LEAST_LETTERS:
            found.append((run,))
        run = ""
        at += 1
    return [*found, (run,)] if len(run) >= _LEAST_LETTERS else found


def _one_of(ways: Sequence[str]) -> list[tuple[str, ...]]:
    """The one group of several ways of saying: the most telling of each; none where one of them asks for nothing."""
    best = [needs_of(way)[:1] for way in ways]
    every = dict.fromkeys(letters for groups in best for group in groups for letters in group)
    # "precautions" tells no more than "precaution" beside it.
    letters = tuple(one for one in every if not any(part in one for part in every if part != one))
    return [letters] if all(best) and len(letters) <= _MOST_WORDS else []


def _ways(words: str) -> list[str]:
    """What stands between the bars outside all brackets."""
    ways, start, at = [], 0, 0
    while at < len(words):
        if words[at] in "([":
            at = _end(words, at)
        elif words[at] == "\\":
            at += 1
        elif words[at] == "|":
            ways.append(words[start:at])
            start = at + 1
        at += 1
    return [*ways, words[start:]]


def _end(words: str, start: int) -> int:
    """Where the bracket that opens at `start` closes."""
    if words[start] == "[":
        return words.index("]", start + 2)
    at, depth = start, 0
    while True:
        sign = words[at]
        if sign == "[":
            at = _end(words, at)
        elif sign == "\\":
            at += 1
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            if not depth:
                return at
        at += 1
