"""Which words head a list of instructions, by the tables of `core.rules`: what they are, whom and when they mean. Pure.

Words in, a heading that commands or None out. A heading may command by its own words ("Actions to take"), or by the
items behind it ("If you take the ferry:").
"""

import re
from dataclasses import dataclass

from core.commanding import LABEL_WORDS, commands, leading_condition, matches, readable, sentences
from core.rules import Rules

MAX_HEAD = 400
AROUND_HEADS = " .,;?؟。-–—[]【】（）()*#"
# A heading that many sections have: it commands only with a colon or a list.
_SECTION = "section"
# A heading that tells what is not to be done.
_FORBIDS = "forbids"
# One without whose words its items say nothing.
_BINDS = "binds"
# One that an organisation has for its own people, who read it.
_OWN = "own"
# The kind of response of what is not to be done.
FORBIDDEN = "Avoid"
# A line of a list of contacts has a telephone number or a mail address.
_NUMBER = re.compile(r"\d[\d\s().-]{6,}\d")
_MAIL = re.compile(r"\S@\S")
# Behind a name or alone, a short one: that of the police is 999.
_SHORT_NUMBER = re.compile(r"(?:[^:]{1,60}(?:(?<!\d):| -) *)?\d{2,6}\W?\Z")


_CLOSING_HEAD = 4
# "declare", "do not bring"
_VERB_WORDS = 3
_SENTENCES = 2


@dataclass
class Commanding:
    """The heading in force: its words, the situation it names, who it speaks to, and what was taken under it.

    Of one that binds, "You should not:" or "You must declare:", the words are the situation too, so that no item is
    ever read without them, and the kind of response is the heading's, not the item's.
    """

    heading: str
    condition: str | None
    audience: str | None
    taken: int = 0
    of_travel: bool = False
    in_prose: bool = False
    of_section: bool = False
    binds: bool = False
    response_type: str | None = None


def commanding(head: str, rules: Rules) -> Commanding | None:
    """A heading that commands by its own words."""
    bare = readable(head.rstrip().rstrip(":").strip(AROUND_HEADS))
    rule = matches(rules.headings, bare) if 0 < len(bare) <= MAX_HEAD else None
    if rule is None:
        return None
    if rule.label == _OWN:
        return Commanding(bare, leading_condition(bare, rules), None)
    if matches(rules.levels, bare) is not None or rules.others.match(bare):
        return None
    if rule.label in (_FORBIDS, _BINDS):
        response = (
            FORBIDDEN if rule.label == _FORBIDS else _response(bare[len(leading_condition(bare, rules) or "") :], rules)
        )
        return Commanding(bare, bare, None, binds=True, response_type=response)
    named = matches(rules.not_conditions, bare) is not None
    if rules.audience.search(bare) is None and rules.optional.search(head):
        return None
    condition = None if named else leading_condition(bare, rules)
    who = None if named else rules.audience.search(bare[len(condition or "") :])
    audience = who.group(0) if who and who.group(0).lower() != "you" else None
    return Commanding(bare, condition, audience, of_travel=named, of_section=rule.label == _SECTION)


def inner_heading(words: str, rules: Rules) -> str:
    """ "Advice: " before a sentence that goes on with a command; nothing without such a heading."""
    head, colon, rest = words.partition(": ")
    return f"{head}{colon}" if rest and commanding(head, rules) else ""


def is_closing(words: str, rules: Rules) -> bool:
    """Whether words head a part that never holds actions."""
    if ":" not in words and len(words.split(None, _CLOSING_HEAD)) > _CLOSING_HEAD:
        return False
    head = readable(words.split(":", 1)[0].strip(AROUND_HEADS))
    return len(head.split()) <= LABEL_WORDS and matches(rules.closings, head) is not None


def before_things(words: str, items: list[str], rules: Rules) -> Commanding | None:
    """A command that breaks off behind its verb, "You must declare:" before things: its words stay with each."""
    if not words.endswith(":"):
        return None
    last = words[sentences(words)[-1][0] :].rstrip(": ")
    told = last[len(leading_condition(last, rules) or "") :].strip(" ,")
    who = rules.spoken_to.match(told)
    has_to = rules.obliged.match(told, who.end()) if who else None
    verb = rules.please.sub("", told[has_to.end() :].strip() if has_to else told).split()
    if not verb or len(verb) > _VERB_WORDS or verb[-1].lower() not in rules.imperative - rules.pointing:
        return None
    if not commands(last, rules) or are_contacts(items):
        return None
    return Commanding(last, last, None, binds=True, response_type=_response(" ".join(verb), rules))


def _response(told: str, rules: Rules) -> str | None:
    """CAP's response type of the verb that a heading breaks off behind."""
    rule = matches(rules.responses, rules.please.sub("", told.strip(" ,")))
    return rule.label if rule else None


def before_sentences(words: str, rules: Rules) -> tuple[Commanding, int] | None:
    """A situation before a colon, "If you are stopped: ", and where sentences begin that all command."""
    head, colon, rest = words.partition(": ")
    if not colon or len(head.split()) > LABEL_WORDS or matches(rules.conditions, head) is None:
        return None
    spans = sentences(rest)
    if len(spans) < _SENTENCES or not all(commands(rest[a:b], rules) for a, b in spans):
        return None
    return Commanding(head, head, None), len(words) - len(rest)


def introducing(words: str, items: list[str], rules: Rules) -> Commanding | None:
    """What commands by its items: "If you take a boat tour:" before a list of which most items command."""
    head = words[sentences(words)[-1][0] :] if words.endswith((":", "?")) else ""
    if not head or len(head) > MAX_HEAD or rules.optional.search(head):
        return None
    if are_contacts(items):
        return None
    if rules.others.match(head) or not mostly_command(items, rules) or names_things(words, items, rules):
        return None
    bare = head.rstrip(":? ")
    named = matches(rules.not_conditions, bare) is not None
    return Commanding(bare, None if named else leading_condition(bare, rules), None, of_travel=True)


def are_contacts(items: list[str]) -> bool:
    """Whether half of the items or more say whom one reaches where."""
    return sum(map(is_reached_at, items)) * 2 >= len(items)


def is_reached_at(words: str) -> bool:
    """Whether words have a telephone number or a mail address."""
    if _NUMBER.search(words) is not None or ("@" in words and _MAIL.search(words) is not None):
        return True
    return words[-2:-1].isdigit() and _SHORT_NUMBER.match(words) is not None


def mostly_command(items: list[str], rules: Rules, most: float = 2 / 3) -> bool:
    """Whether two of three items, or another share, tell to do something."""
    telling = sum(commands(item, rules, listed=True) and matches(rules.levels, item) is None for item in items)
    return telling >= len(items) * most - 0.01


def names_things(words: str, items: list[str], rules: Rules) -> bool:
    """Whether the items only name places or things: "you should take extra:" before "water" and "food"."""
    last = words.rstrip(": ").rpartition(" ")[2].lower()
    return last in rules.dangling and sum(commands(item, rules, listed=True) for item in items) * 3 < len(items)
