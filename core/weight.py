"""What a rewording weighs: whether it changes hard what must be done, or is the day of a review alone. Pure.

Hard changes are those of a number, a place, a time, a "not", or to another verb.

However alike two wordings are, who did the one has not done the other when one of these differs. The words that tell
are in `resources/rules/weight.toml`; what a language has no words for is not looked at.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from core import places
from core.commanding import matches
from core.paths import RESOURCES
from core.rules import Rules, pattern_of, rules_for
from core.sameness import normalised

# What CAP calls these is done with one's whole body; to take another for one of them is the gravest change there is.
_BODILY = frozenset({"Evacuate", "Shelter"})
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_](?:[\w.’'-]*\w)?")
# "17 June 2025", "2025-06-17", "June 17, 2025", whatever the language, behind the signs of a label.
_DAY = r"[\s:]{1,6}(?:(?:[\w.]{1,12}[\s,]{1,3}){1,3}\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b"
# The tables of which another set of ways is another instruction.
_COMPARED = ("hedges", "exceptions", "degrees", "times", "directions")
# How much of what a command is about the wording before must have named, for it to be no more than was asked.
_SAID_BEFORE = 1 / 3
_STEM, _JOINING = 6, 3


@dataclass(frozen=True, slots=True)
class _Table:
    said: dict[str, re.Pattern[str]]
    reviewed: re.Pattern[str]
    negation: re.Pattern[str]
    clause: re.Pattern[str]
    before_place: re.Pattern[str]
    article: re.Pattern[str]
    no_place: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an instruction says that cannot be changed without changing it."""

    numbers: frozenset[str]
    countries: frozenset[str]
    said: frozenset[tuple[str, str]] = frozenset()
    bodily: frozenset[str] = frozenset()
    is_negative: bool = False
    names: frozenset[str] = field(default=frozenset(), compare=False)


@cache
def _tables() -> dict[str, _Table]:
    import tomllib  # 15 ms, and only where something was reworded

    table = tomllib.loads((RESOURCES / "rules" / "weight.toml").read_text(encoding="utf-8"))

    def found(words: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{pattern_of(words, counts=())})(?!\w)", re.IGNORECASE)

    def whole(words: Sequence[str]) -> re.Pattern[str]:
        return re.compile("|".join(words) or r"(?!)", re.IGNORECASE)

    return {
        language: _Table(
            said={label: found(_ways(table[label][language])) for label in _COMPARED},
            reviewed=re.compile(rf"{found('|'.join(table['reviewed'][language])).pattern}{_DAY}", re.IGNORECASE),
            negation=found("|".join(table["negations"][language])),
            clause=re.compile("|".join(["[.;:,،؛\n]", *(rf"\b{word}\b" for word in table["joining"][language])])),
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
    if normalised(before) == normalised(after):
        return False
    # A place can only have changed where a word with a capital has, or one of a script without them.
    differ = set(_WORD.findall(before)) ^ set(_WORD.findall(after))
    is_placed = any(not word.islower() for word in differ)
    one, other = (_facts(words, language, is_placed=is_placed) for words in (before, after))
    return one != other or _is_elsewhere(before, one, after, other) or _asks_more(before, after, language)


def _is_elsewhere(before: str, one: _Facts, after: str, other: _Facts) -> bool:
    """Whether the one names a place that stands nowhere in the other."""
    return any(
        name not in words.casefold() for names, words in ((one.names, after), (other.names, before)) for name in names
    )


def _ways(patterns: Sequence[str]) -> str:
    """Several ways as one pattern; the group that was found, by name, is the way."""
    return "|".join(f"(?P<w{number}>{pattern})" for number, pattern in enumerate(patterns))


def without_reviews(text: str, language: str) -> str:
    """A text without the days on which it says that it was looked over or put out."""
    table = _tables().get(language.split("-")[0].lower())
    return table.reviewed.sub(" ", text) if table else text


def _facts(words: str, language: str, *, is_placed: bool) -> _Facts:
    words = _ADDRESS.sub(" ", words)
    table = _tables().get(language.split("-")[0].lower())
    numbers = {_plain_number(figures) for figures in _NUMBER.findall(words)}
    countries = frozenset(places.from_names(words) if is_placed else ())
    if table is None:
        return _Facts(frozenset(numbers), countries)
    rules = rules_for(language)
    counts = (rules.numbers.get(word.lower(), 1) for word in _WORD.findall(words))
    bodily = (
        rule.label
        for clause in table.clause.split(words)
        if (rule := matches(rules.responses, rules.please.sub("", clause.strip()))) is not None
    )
    return _Facts(
        numbers=frozenset(numbers | {str(count) for count in counts if count > 1}),
        countries=countries,
        said=frozenset(
            (label, found.lastgroup or "") for label, ways in table.said.items() for found in ways.finditer(words)
        ),
        bodily=frozenset(bodily) & _BODILY,
        is_negative=table.negation.search(words) is not None,
        names=_names(words, table) if is_placed else frozenset(),
    )


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


def _asks_more(before: str, after: str, language: str) -> bool:
    """Whether the new wording has one more command of its kind, about things that the one before hardly named."""
    table = _tables().get(language.split("-")[0].lower())
    if table is None:
        return False
    rules = rules_for(language)
    had = _stems(normalised(before).split())
    verbs = Counter(verb for verb, _ in _commands(before, table, rules))
    for verb, words in _commands(after, table, rules):
        verbs[verb] -= 1
        things = _stems(words)
        named = sum(things[word] for word in things.keys() & had)
        if verbs[verb] < 0 and named < _SAID_BEFORE * things.total():
            return True
    return False


def _commands(words: str, table: _Table, rules: Rules) -> list[tuple[str, list[str]]]:
    """The verbs that command, each with the words up to the next one."""
    found: list[tuple[str, list[str]]] = []
    for clause in table.clause.split(words):
        said = normalised(rules.please.sub("", clause.strip())).split()
        if said and said[0] in rules.imperative:
            found.append((said[0], said[1:]))
        elif found:
            found[-1][1].extend(said)
    return found


def _stems(words: Sequence[str]) -> Counter[str]:
    """The beginnings of words, each with its weight: long words name things."""
    return Counter({word[:_STEM]: len(word[:_STEM]) - _JOINING for word in words if len(word) > _JOINING})
