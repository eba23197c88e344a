"""What a rewording weighs: whether it changes hard what must be done, or is the day of a review alone. Pure.

Hard changes are those of a number, a place, a time, a "not", or to another verb.

However alike two wordings are, who did the one has not done the other when one of these differs. The words that tell
are in `resources/rules/weight.toml`; what a language has no words for is not looked at.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from core import places
from core.commanding import matches
from core.paths import RESOURCES
from core.rules import Rules, pattern_of, rules_for
from core.sameness import normalised

# What CAP calls these is done with one's whole body; to take another for one of them is the gravest change there is.
_BODILY = frozenset({"Evacuate", "Shelter"})
_OF_ADDRESSES = ("@", "://", "www.")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/?#:\s]*)")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_](?:[\w.’'-]*\w)?")
# "17 June 2025", "2025-06-17", "June 17, 2025", whatever the language, behind the signs of a label.
_DAY = r"[\s:]{1,6}(?:(?:[\w.]{1,12}[\s,]{1,3}){1,3}\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b"
# The tables of which another set of ways is another instruction.
_COMPARED = ("hedges", "exceptions", "degrees", "times", "directions")
# The tables of which one way in the place of another is.
_OPPOSED = ("orders", "amounts")
# How much of what a command is about the wording before must have named, for it to be no more than was asked.
_SAID_BEFORE = 1 / 3
_STEM, _JOINING = 6, 3


class _Ways(NamedTuple):
    """Ways of saying something, for words in small letters: where one stands, and which it is (the group's name).

    The second is asked only where the first finds something: a pattern with as many groups is slow to go through.
    """

    where: re.Pattern[str]
    which: re.Pattern[str]

    def found(self, words: str) -> set[str]:
        """The ways that stand in these words."""
        ways = (self.which.match(words, place.start()) for place in self.where.finditer(words))
        return {way.lastgroup or "" for way in ways if way is not None}


@dataclass(frozen=True, slots=True)
class _Table:
    said: dict[str, _Ways]
    any_said: re.Pattern[str]
    opposed: dict[str, _Ways]
    numbers: dict[str, int]
    joined: re.Pattern[str]
    reviewed: re.Pattern[str]
    negation: re.Pattern[str]
    clause: re.Pattern[str]
    before_place: re.Pattern[str]
    article: re.Pattern[str]
    no_place: re.Pattern[str]


class _Heard(NamedTuple):
    """A wording as it is, without its addresses, and of this the clauses, each without a "please" before it."""

    written: str
    text: str
    clauses: list[str]


@cache
def _tables() -> dict[str, _Table]:
    import tomllib  # 15 ms, and only where something was reworded

    table = tomllib.loads((RESOURCES / "rules" / "weight.toml").read_text(encoding="utf-8"))

    def found(words: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{pattern_of(words, counts=())})(?!\w)", re.IGNORECASE)

    def ways(patterns: Sequence[str]) -> _Ways:
        named = (f"(?P<w{number}>{pattern})" for number, pattern in enumerate(patterns))
        where, which = found("|".join(f"(?:{pattern})" for pattern in patterns)), found("|".join(named))
        return _Ways(re.compile(where.pattern), re.compile(which.pattern))

    def whole(words: Sequence[str]) -> re.Pattern[str]:
        return re.compile("|".join(words) or r"(?!)", re.IGNORECASE)

    return {
        language: _Table(
            said={label: ways(table[label][language]) for label in _COMPARED},
            any_said=re.compile(
                found("|".join(each for label in _COMPARED for each in table[label][language])).pattern
            ),
            opposed={label: ways(table[label][language]) for label in _OPPOSED},
            numbers=table["numbers"].get(language, {}),
            joined=re.compile(rf"(?:{table['joined'].get(language, '')})"),
            reviewed=re.compile(rf"{found('|'.join(table['reviewed'][language])).pattern}{_DAY}", re.IGNORECASE),
            negation=found("|".join(table["negations"][language])),
            clause=re.compile(rf"[.;:,،؛\n]|\b(?:{'|'.join(table['joining'][language])})\b"),
            before_place=whole(table["before_places"].get(language, ())),
            article=whole(table["articles"].get(language, ())),
            no_place=whole(table["no_places"].get(language, ())),
        )
        for language in table["negations"]
    }


@lru_cache(maxsize=1024)  # comparing asks first, and reconciling again while others wait to write
def is_changed_hard(before: str, after: str, language: str) -> bool:
    """Whether who did exactly what `before` says could be wrong, unsafe or unfinished by what `after` says.

    `language`: BCP 47, of both wordings; one without words of its own is looked at for numbers and countries alone.
    """
    table, rules = _tables().get(language.split("-")[0].lower()), rules_for(language)
    one, other = (_heard(words, table, rules) for words in (before, after))
    return _asks_other(one, other, table, rules) and normalised(before) != normalised(after)


def _heard(words: str, table: _Table | None, rules: Rules) -> _Heard:
    text = _ADDRESS.sub(" ", words) if any(sign in words for sign in _OF_ADDRESSES) else words
    clauses = table.clause.split(text) if table else ()
    return _Heard(words, text, [rules.please.sub("", clause.strip()) for clause in clauses])


def _asks_other(one: _Heard, other: _Heard, table: _Table | None, rules: Rules) -> bool:
    """Whether there is a fact that cannot be changed without changing what is asked, and that is changed.

    What costs most is looked at last, and numbers and places only where the words that differ can hold them.
    """
    before, after = set(one.text.split()), set(other.text.split())
    came, gone = " ".join(after - before), " ".join(before - after)
    if _is_numbered_otherwise(gone, came, table, rules) and _is_numbered_otherwise(one.text, other.text, table, rules):
        return True
    if _are_opposed(_hosts(one.written), _hosts(other.written)):
        return True
    # A place can only have changed where a word with a capital has, or one of a script without them.
    is_placed = any(not word.islower() for word in _WORD.findall(f"{gone} {came}"))
    return (
        (table is not None and _facts(one, table, rules) != _facts(other, table, rules))
        or (table is not None and _is_reversed(one, other, table))
        or (table is not None and _asks_more(one, other, rules))
        or (is_placed and _names_other(one, other, table))
    )


def _names_other(one: _Heard, other: _Heard, table: _Table | None) -> bool:
    """Whether the two name other countries, or the one a place that stands nowhere in the other."""
    if table and (_is_elsewhere(one, other, table) or _is_elsewhere(other, one, table)):
        return True
    return set(places.from_names(one.text)) != set(places.from_names(other.text))


def _is_elsewhere(one: _Heard, other: _Heard, table: _Table) -> bool:
    there = other.written.casefold()
    return any(name not in there for name in _names(one.text, table))


def is_said_within(part: str, whole: str, language: str) -> bool:
    """Whether a wording with the words of another asks for them too: numbers, addresses, and a "not" alike.

    Of the whole those clauses are looked at for a "not" that share most with the part.
    """
    table, rules = _tables().get(language.split("-")[0].lower()), rules_for(language)
    one, other = (_heard(words, table, rules) for words in (part, whole))
    counts = {**rules.numbers, **table.numbers} if table else {}
    joined = table.joined if table and table.numbers else None
    if not _numbers(one.text, counts, joined) <= _numbers(other.text, counts, joined):
        return False
    if not _hosts(one.written) <= _hosts(other.written):
        return False
    if table is None:
        return True
    wanted = _stems(normalised(one.text).split())
    shared = [(sum((wanted & _stems(normalised(clause).split())).values()), clause) for clause in other.clauses]
    most = max((points for points, _ in shared), default=0)
    near = " ".join(clause for points, clause in shared if points == most).lower()
    is_not = table.negation.search(one.text.lower()) is not None
    # "Do not use roads and bridges": the "not" of a clause before it holds for it too.
    return is_not == (table.negation.search(near) is not None) or (
        is_not and table.negation.search(other.text.lower()) is not None
    )


def without_reviews(text: str, language: str) -> str:
    """A text without the days on which it says that it was looked over or put out."""
    table = _tables().get(language.split("-")[0].lower())
    return table.reviewed.sub(" ", text) if table else text


def _facts(one: _Heard, table: _Table, rules: Rules) -> tuple[object, ...]:
    """What is done with the whole body, whether it is a "not", and the ways of saying more or less."""
    small = one.text.lower()
    bodily = (rule.label for clause in one.clauses if (rule := matches(rules.responses, clause)) is not None)
    said = table.said.items() if table.any_said.search(small) else ()
    return (
        _BODILY.intersection(bodily),
        table.negation.search(small) is not None,
        {(label, way) for label, ways in said for way in ways.found(small)},
    )


def _hosts(written: str) -> set[str]:
    """The hosts of a wording's addresses, in small letters; of mail the whole address."""
    if not any(sign in written for sign in _OF_ADDRESSES):
        return set()
    found = (address.lower().strip("()[]<>\"'“”,.;:") for address in _ADDRESS.findall(written))
    return {host[1] for address in found if (host := _HOST.match(address)) is not None and host[1]}


def _are_opposed(one: set[str], other: set[str]) -> bool:
    """Whether something stands in the place of something else; what only goes or only comes does not."""
    return bool(one - other) and bool(other - one)


def _is_reversed(one: _Heard, other: _Heard, table: _Table) -> bool:
    """Whether "before" stands in the place of "after", or "all" in that of "some"."""
    before, after = one.text.lower(), other.text.lower()
    return any(_are_opposed(ways.found(before), ways.found(after)) for ways in table.opposed.values())


def _is_numbered_otherwise(one: str, other: str, table: _Table | None, rules: Rules) -> bool:
    counts = {**rules.numbers, **table.numbers} if table else {}
    joined = table.joined if table and table.numbers else None
    return _numbers(one, counts, joined) != _numbers(other, counts, joined)


def _numbers(text: str, counts: Mapping[str, int], joined: re.Pattern[str] | None) -> set[str]:
    """The numbers of a text, in figures or, above one, in words. `joined`: what may stand at the front of a word."""
    said = (_count(word.lower(), counts, joined) for word in _WORD.findall(text)) if counts else ()
    return {_plain_number(figures) for figures in _NUMBER.findall(text)} | {str(count) for count in said if count > 1}


def _count(word: str, counts: Mapping[str, int], joined: re.Pattern[str] | None) -> int:
    """The number that a word says; one where it says none."""
    if joined is None or word in counts:
        return counts.get(word, 1)
    front = joined.match(word)
    return counts.get(word[front.end() :], 1) if front else 1


def _plain_number(figures: str) -> str:
    return figures.lstrip("0").replace(",", "") or "0"


def _names(words: str, table: _Table) -> frozenset[str]:
    """Names inside a sentence, behind a word that places stand behind; none of who speaks."""
    found = set[str]()
    run: list[str] = []
    before, is_led = "", False
    for word in [*_WORD.findall(words), "."]:
        if word[0].isupper() and not table.before_place.fullmatch(word):
            is_led = is_led if run else table.before_place.fullmatch(before) is not None
            run.append(word.casefold())
            continue
        if run and is_led and not any(map(table.no_place.fullmatch, run)):
            found.update(run)
        run = []
        if not table.article.fullmatch(word):
            before = word
    return frozenset(found)


def _asks_more(before: _Heard, after: _Heard, rules: Rules) -> bool:
    """Whether the new wording has one more command of its kind, about things that the one before hardly named."""
    begun, begins = ([clause.split(maxsplit=1)[:1] for clause in one.clauses] for one in (before, after))
    if begun == begins and all(not word or word[0][0].isalnum() for word in begun):
        return False
    verbs, now = (Counter(map(_first_word, one.clauses)) for one in (before, after))
    if rules.imperative.isdisjoint(now - verbs):
        return False
    had = _stems(normalised(before.text).split())
    for verb, words in _commands(after, rules):
        verbs[verb] -= 1
        things = _stems(words)
        named = sum(things[word] for word in things.keys() & had)
        if verbs[verb] < 0 and named < _SAID_BEFORE * things.total():
            return True
    return False


def _first_word(clause: str) -> str:
    """What a clause begins with, normalised; nothing where it has no word."""
    said = next(filter(None, map(normalised, clause.split())), "")
    return said.split(" ", 1)[0]


def _commands(one: _Heard, rules: Rules) -> list[tuple[str, list[str]]]:
    """The verbs that command, each with the words up to the next one."""
    found: list[tuple[str, list[str]]] = []
    for clause in one.clauses:
        said = normalised(clause).split()
        if said and said[0] in rules.imperative:
            found.append((said[0], said[1:]))
        elif found:
            found[-1][1].extend(said)
    return found


def _stems(words: Sequence[str]) -> Counter[str]:
    """The beginnings of words, each with its weight: long words name things."""
    return Counter({word[:_STEM]: len(word[:_STEM]) - _JOINING for word in words if len(word) > _JOINING})
