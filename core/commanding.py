"""Whether words tell their reader to do something, by the tables of `core.rules`.

Sentences and list items in, yes or no out. A command may stand behind a situation ("If you hear a siren, ..."), behind
an opener ("For your safety, ..."), or behind those whom it speaks to ("Travellers who ... should ...").
"""

import re
from functools import lru_cache

from core.rules import Rule, Rules, Table

# A full stop ends a sentence unless it belongs to an initial, a usual abbreviation or a date. The signs stand first and
# once: what begins with a class of signs is looked for in half the time.
_SENTENCE_END = re.compile(
    r"[.!?…؟。！？](?:(?<=[。！？])(?=\S)|(?<![。！？])(?<![A-Z]\.[A-Z]\.)(?<!(?<!\d )\b[A-Z]\.)"
    r"(?<!\b(?:Mr|Ms|Dr|St|No|vs|Nr|ca|Sr|Av|al)\.)(?<!\b(?:Mrs|bzw|Tel|Str|Sra|Mme)\.)"
    r"(?<!\b[eE]\.g\.)(?<!\b[iI]\.e\.)(?<!\bz\.B\.)(?<!\bz\. B\.)['\"”’)»]*(?=\s+[\"“‘(«¿¡]?[^\Wa-z_])"
    r"(?!\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b))"
)
_NO_SPACE = re.compile(r"\S")
_FIRST_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_OPENING = re.compile(r"^[\W_]+")
# Vowel signs and the stretching sign of Arabic: written or not, it is the same word.
_UNREAD = re.compile("[\u0610-\u061a\u0640\u064b-\u0652]")
_COMMA = re.compile("[,،、]")
_MAX_COMMAS = 6
# Weather offices part clauses by three points: "IF WATER COVERS THE ROAD...TURN BACK".
_POINTS = re.compile(r"(?<=\w)\.\.\.(?=\w)")
_AS_COMMA = ",  "
_LABEL_WORDS = 6
# Of so many words a heading is that a colon ends.
LABEL_WORDS = 9
# Those who are spoken to are named in so many characters.
_LONGEST_ADDRESS = 60
# "Telephone 555 0100 200 (day and night)" is a line of a list of contacts, "Call 555 0100 200 before you leave" is not.
_REACHED_BY = re.compile(
    r"[\s(+]+\d[\d\s().-]{6,}\d(?:[,;]?\s+[^\W\d][\w\s]{0,24}?[:\s(+]+\d[\d\s().-]{6,}\d)?\W*(?:\([^)]*\)\W*)?$"
)
# "Police: dial 112" is a line of a list of numbers.
_NUMBER = re.compile(r"\d{3}")


def sentences(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Start and end of each sentence of one block of text, offset by `start`."""
    spans = []
    at = 0
    for found in _SENTENCE_END.finditer(text):
        spans.append((start + at, start + found.end()))
        following = _NO_SPACE.search(text, found.end())
        at = following.start() if following else len(text)
    if at < len(text):
        spans.append((start + at, start + len(text)))
    return spans


@lru_cache(maxsize=20_000)
def matches(rules: Table, words: str) -> Rule | None:
    """The first rule that fits the words; remembered, because issuers repeat themselves from country to country."""
    lowered = words.lower()
    for needs, pattern, rows in rules.steps:
        for group in needs:  # as `core.needed.holds` does, without a call for each of many
            for letters in group:
                if letters in lowered:
                    break
            else:
                break
        else:
            found = pattern.match(words)
            if found is not None:
                return rows[found.lastgroup or ""]
    return None


def readable(words: str) -> str:
    """The words as the tables have them: without signs that may be written or not."""
    return words if words.isascii() else _UNREAD.sub("", words)


def leading_condition(words: str, rules: Rules) -> str | None:
    """ "Should hostilities resume, British nationals should" -> "Should hostilities resume"; None without one."""
    if matches(rules.conditions, readable(words)) is None:
        return None
    words = _POINTS.sub(_AS_COMMA, words) if "..." in words else words
    commas = [comma.start() for comma in _COMMA.finditer(words)][:_MAX_COMMAS]
    # "If you are in the north, the east or the south, leave": the situation ends where the command begins.
    ends = next((at for at in commas if _tells(words[at:], rules)), commas[0] if commas else 0)
    if ends:
        return words[:ends]
    return words if words.lower().startswith(rules.clauses) else None


@lru_cache(maxsize=20_000)
def commands(sentence: str, rules: Rules, *, listed: bool = False) -> bool:
    """Whether a sentence tells its reader to do something; `listed`: an item of a list, which may be an infinitive."""
    if sentence.endswith(("?", "؟", "？")):
        return False
    words = _OPENING.sub("", sentence)
    words = _POINTS.sub(_AS_COMMA, words) if "..." in words else words
    condition = leading_condition(words, rules)
    # Whom or when it is for may end at a colon, as in "At a checkpoint: stop."
    is_labelled = ": " in words and (
        condition is not None
        or rules.lead.match(words.replace(":", ",", 1)) is not None
        or rules.spoken_to.match(words) is not None
    )
    if is_labelled and labelled(words, rules):
        return True
    if condition is not None and len(condition) < len(words):
        return _tells(words[len(condition) :], rules, listed=listed)
    if _tells(words, rules, listed=listed) or (listed and labelled(words, rules)):
        return True
    commas = list(_COMMA.finditer(words))[:_MAX_COMMAS] if rules.lead.match(words) else []
    if any(_tells(words[comma.end() :], rules) for comma in commas):
        return True
    return rules.joining.search(readable(words)) is not None


def all_command(words: str, rules: Rules) -> bool:
    """Whether every sentence of a paragraph commands: then it is an item without a mark."""
    return all(commands(words[a:b], rules) for a, b in sentences(words))


def labelled(words: str, rules: Rules) -> bool:
    """Whether an item names whom or when it is for, and then commands: "On the beach: move uphill." """
    label, colon, rest = words.partition(": ")
    if not colon or len(label.split()) > _LABEL_WORDS or _NUMBER.search(rest) is not None:
        return False
    situation = leading_condition(rest, rules) or ""
    return _tells(rest[len(situation) :] if len(situation) < len(rest) else rest, rules)


def _tells(words: str, rules: Rules, *, listed: bool = False) -> bool:
    """Whether words without a situation before them tell to do something."""
    words = readable(_OPENING.sub("", words))
    words = rules.please.sub("", words)
    first = _FIRST_WORD.match(words)
    if first is None:
        return False
    verb = first.group(0).lower().replace("’", "'")
    if rules.prefix is not None and verb not in rules.imperative:
        verb = rules.prefix.sub("", verb)
    if verb in rules.imperative:
        if _REACHED_BY.match(words, first.end()):
            return False
        if words.startswith(":", first.end()):  # "Telephone: 555 0100" is a label, "Remember: stay inside" a command
            return _tells(words[first.end() + 1 :], rules)
        if verb not in rules.with_clause and rules.noun_goes_on.match(words, first.end()):
            return rules.commanding.match(words) is not None  # "Care should be taken"
        return rules.not_commanding.match(words, first.end()) is None
    if rules.commanding.match(words) or (listed and rules.listed.match(words)):
        return True
    who = rules.spoken_to.match(words)
    called = rules.audience.match(words) if who is not None and "," in words else None
    if called is not None and words.startswith(", ", called.end()) and _tells(words[called.end() + 1 :], rules):
        return True  # "Visitors, please return to your hotels."
    while (
        who is not None and rules.obliged.match(words, who.end()) is None
    ):  # "all residents": the second are spoken to
        who = rules.spoken_to.match(words, who.end() + 1) if who.end() < _LONGEST_ADDRESS else None
    return who is not None
