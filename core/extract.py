"""Cleaned text in, actions out, by the tables of `core.rules`.

The words of an action are the issuer's. What stands under a heading that commands is an action; what stands
under "Assistance" or "Resources" never is; a list of dangers or regions has no heading that commands and so
gives none. An alert without any such heading gives the sentences that command. This room reads words only: it
knows no source, no level and no clock.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from core.markup import links_within
from core.model import Action, Block, BlockKind, Kind, Text, Urgency
from core.rules import Rule, Rules, rules_for

MAX_ACTIONS = 400
# How many items behind a heading tell whether they command, and how long a heading may be.
_MAX_LOOKED_AT = 60
_MAX_HEAD = 400
_LABEL_WORDS = 9
# A full stop ends a sentence unless it belongs to an initial or a usual abbreviation.
_SENTENCE_END = re.compile(
    r"(?<![A-Z]\.[A-Z])(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|No|vs))(?<!\bMrs)(?<!\be\.g)(?<!\bi\.e)[.!?…]['\"”’)]*(?=\s+[\"“‘(]?[^\Wa-z_])"
)
_COMMA = re.compile("[,،]")
_FIRST_WORD = re.compile(r"[^\W\d_][\w'’]*")
# Vowel signs and the stretching sign of Arabic: written or not, it is the same word.
_UNREAD = re.compile("[\u0610-\u061a\u0640\u064b-\u0652]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))
_NO_SPACE = re.compile(r"\S")
_NO_WORD = re.compile(r"[^a-z0-9']+")


def normalised(text: str) -> str:
    """The words alone: letters, digits and marks in one case, single spaces. Equal wording gives equal strings."""
    kept = text.translate(_APOSTROPHES)
    if kept.isascii():
        kept = _NO_WORD.sub(" ", kept.lower())
    else:
        kept = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", kept).casefold())
        kept = unicodedata.normalize("NFC", "".join(_word_sign(sign) for sign in kept))
    return " ".join(word for part in kept.split() if (word := part.strip("'")))


def _word_sign(sign: str) -> str:
    """A sign as it counts in a word: vowel signs do (Hindi and Hebrew need them), joiners do not, others part words."""
    if sign.isalnum() or sign == "'":
        return sign
    kind = unicodedata.category(sign)
    return sign if kind[0] == "M" else "" if kind == "Cf" else " "


def action_id(text: str) -> str:
    """An action's id: the same wording has the same id, whatever its place, heading or punctuation."""
    return hashlib.blake2s(normalised(text).encode(), digest_size=8).hexdigest()


def sentences(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of one block of text, offset by `start`."""
    at = 0
    for found in _SENTENCE_END.finditer(text):
        yield start + at, start + found.end()
        following = _NO_SPACE.search(text, found.end())
        at = following.start() if following else len(text)
    if at < len(text):
        yield start + at, start + len(text)


@dataclass
class _Commanding:
    """The heading in force: its words, the situation it names, who it speaks to, and what was taken under it."""

    heading: str
    condition: str | None
    audience: str | None
    taken: int = 0
    of_travel: bool = False
    in_prose: bool = False


@dataclass
class _Found:
    """An action before its id and times: where it stands and under what. `announces`: it ends with a colon."""

    start: int
    end: int
    text: str
    under: _Commanding
    depth: int = 1
    announces: bool = False


def matches(rules: tuple[Rule, ...], words: str) -> Rule | None:
    """The first rule that fits the words."""
    return next((rule for rule in rules if rule.pattern.match(words)), None)


def actions_in(
    text: Text, *, kind: Kind, language: str = "en", issued: datetime | None = None, instructed_from: int | None = None
) -> tuple[Action, ...]:
    """The actions of a cleaned text. `issued`: the issuer's time, only where it has a zone; times due count from it.

    `instructed_from`: from this place on the issuer says that the text is an instruction (CAP 1.2, 3.2.2).
    """
    reader = _Reader(text, rules_for(language), instructed_from)
    found = reader.read()
    if not found and kind is Kind.ALERT and not reader.commanded:
        found = reader.commands_in_prose()
    return tuple(_numbered(_finished(text, one, reader.rules, issued) for one in found[:MAX_ACTIONS]))


class _Reader:
    """Reads the blocks of one text in order, remembering which heading is in force."""

    def __init__(self, text: Text, rules: Rules, instructed_from: int | None) -> None:
        self.text = text
        self.rules = rules
        self.instructed_from = instructed_from
        self.found: list[_Found] = []
        self.command: _Commanding | None = None
        self.commanded = False

    def words(self, block: Block) -> str:
        return self.text.plain[block.start : block.end]

    def read(self) -> list[_Found]:
        for index, block in enumerate(self.text.blocks):
            if self.command is None and self.instructed_from is not None and block.start >= self.instructed_from:
                self.command = _Commanding("", None, None)
                self.commanded = True
            if block.kind is BlockKind.ITEM:
                following = self.text.blocks[index + 1] if index + 1 < len(self.text.blocks) else None
                self.item(block, following)
            else:
                self.paragraph(block, self.items_behind(index))
        return self.found

    def items_behind(self, index: int) -> list[str]:
        """The words of the list items right behind a block, those of the outermost depth."""
        run = list(
            takewhile(lambda block: block.kind is BlockKind.ITEM, self.text.blocks[index + 1 :][:_MAX_LOOKED_AT])
        )
        least = min((block.depth for block in run), default=0)
        return [self.words(block) for block in run if block.depth == least]

    def item(self, block: Block, following: Block | None) -> None:
        """A list item: an action where a heading commands; a heading itself where it introduces a deeper list."""
        words = self.words(block)
        heads = following is not None and following.kind is BlockKind.ITEM and following.depth > block.depth
        if self.command is None:
            head, rest = self.split_inline(block)
            if heads or head.endswith(":"):
                self.command = self.commanding(head)
            if self.command is not None and rest is not None:  # the heading was set inside its first bullet
                self.take(rest, block.end, block.depth)
            return
        if words.endswith(":") and self.is_closing(words):
            self.command = None
            return
        last = self.found[-1] if self.found and self.found[-1].under is self.command else None
        is_inside = last is not None and (block.depth > last.depth or last.announces)
        if last is not None and is_inside and not self.commands(words):
            last.end = block.end  # a nested item that only details its parent
            last.text = (
                f"{last.text} {words}"
                if last.text.endswith(":")
                else f"{self.rules.ending.sub('', last.text)}; {words}"
            )
            return
        if self.is_bare_link(block) or not self.rules.ending.sub("", words):
            return
        self.take(block.start, block.end, block.depth)

    def take(self, start: int, end: int, depth: int) -> None:
        """An action from here to there, under the heading in force."""
        if self.command is not None:
            words = self.text.plain[start:end]
            self.found.append(_Found(start, end, words, self.command, depth, words.endswith(":")))
            self.command.taken += 1

    def paragraph(self, block: Block, items: list[str]) -> None:
        """A paragraph or heading: it may command, end a list, or hold commands of its own. `items` stand behind it."""
        words = self.words(block)
        if self.is_closing(words):
            self.command = None
            return
        head, rest = self.split_inline(block)
        fresh = self.commanding(head)
        if items and rest is None:
            if fresh is None:
                fresh = self.introducing(words, items)
            elif self.names_things(words, items):
                self.command = None
                return
        if fresh is not None:
            self.command = fresh
            self.commanded = True
            if rest is not None:
                self.inline(rest, block.end)
            return
        if self.command is None:
            return
        if self.command.taken and self.is_condition_head(words):
            self.command = replace(self.command, condition=words.rstrip(": "), taken=0)
        elif self.is_label(block, words) or (self.command.taken and not self.command.in_prose):
            self.command = None
        elif not self.command.of_travel:
            self.inline(block.start, block.end)

    def inline(self, start: int, end: int) -> None:
        """Commands in running text under a heading: one action a sentence."""
        for a, b in sentences(self.text.plain[start:end], start):
            words = self.text.plain[a:b]
            if self.command is not None and self.commands(words) and matches(self.rules.levels, words) is None:
                self.take(a, b, 0)
                self.command.in_prose = True

    def split_inline(self, block: Block) -> tuple[str, int | None]:
        """The heading part of a block (its last sentence, or what stands before a colon) and where the rest begins."""
        words = self.words(block)
        spans = list(sentences(words))
        for start, end in spans:
            colon = words.find(":", start, min(end, len(words) - 1))
            head = words[start : colon + 1]
            if colon > start and len(head.split()) <= _LABEL_WORDS and (start == 0 or self.commanding(head)):
                return head, block.start + len(words) - len(words[colon + 1 :].lstrip())
        last = words[spans[-1][0] :] if spans else words
        if not last.endswith(":") and len(spans) == 1 and not (block.strong or block.kind is BlockKind.HEADING):
            return last if len(last.split()) <= _LABEL_WORDS * 2 else "", None
        return last, None

    def commanding(self, head: str) -> _Commanding | None:
        bare = head.rstrip().rstrip(":").rstrip(" .,;?؟-–—")
        if not bare or len(bare) > _MAX_HEAD or matches(self.rules.headings, bare) is None:
            return None
        named = matches(self.rules.not_conditions, bare) is not None
        condition = None if named else self.leading_condition(bare)
        who = None if named else self.rules.audience.search(bare[len(condition or "") :])
        audience = who.group(0) if who and who.group(0).lower() != "you" else None
        return _Commanding(bare, condition, audience, of_travel=named)

    def introducing(self, words: str, items: list[str]) -> _Commanding | None:
        """What commands by its items: "If you take a boat tour:" before a list of which most items command."""
        head = words[list(sentences(words))[-1][0] :] if words.endswith(":") else ""
        if not head or len(head) > _MAX_HEAD or self.rules.optional.search(head):
            return None
        telling = sum(self.commands(item) for item in items)
        if telling * 3 < len(items) * 2 or self.names_things(words, items):
            return None
        bare = head.rstrip(": ")
        named = matches(self.rules.not_conditions, bare) is not None
        return _Commanding(bare, None if named else self.leading_condition(bare), None, of_travel=True)

    def names_things(self, words: str, items: list[str]) -> bool:
        """Whether the items only name places or things: "you should take extra:" before "water" and "food"."""
        last = words.rstrip(": ").rpartition(" ")[2].lower()
        return last in self.rules.dangling and sum(self.commands(item) for item in items) * 3 < len(items)

    def is_closing(self, words: str) -> bool:
        head = words.split(":", 1)[0].strip()
        labelled = ":" in words or len(words.split()) <= 4
        return labelled and len(head.split()) <= _LABEL_WORDS and matches(self.rules.closings, head) is not None

    def is_label(self, block: Block, words: str) -> bool:
        """A heading of something else: set as one, or a few words with a colon."""
        few = len(words.split()) <= _LABEL_WORDS
        return block.kind is BlockKind.HEADING or (few and (block.strong or words.endswith(":")))

    def is_condition_head(self, words: str) -> bool:
        return words.endswith(":") and matches(self.rules.conditions, words) is not None

    def is_bare_link(self, block: Block) -> bool:
        """The name of another page and nothing more: it tells nobody to do anything."""
        words = self.words(block)
        covered = sum(link.end - link.start for link in links_within(self.text, block.start, block.end))
        return covered >= len(words.rstrip(" .;")) and words.split(" ", 1)[0].lower() not in self.rules.reading

    def leading_condition(self, words: str) -> str | None:
        """ "Should hostilities resume, British nationals should" -> "Should hostilities resume"."""
        if matches(self.rules.conditions, words) is None:
            return None
        comma = _COMMA.search(words)
        if comma is not None and comma.start() > 0:
            return words[: comma.start()]
        return words if words.lower().startswith(self.rules.clauses) else None

    def commands(self, sentence: str) -> bool:
        """Whether a sentence tells its reader to do something."""
        words = re.sub(r"^[\W_]+", "", sentence)
        condition = self.leading_condition(words)
        if condition is not None and len(condition) < len(words):
            words = words[len(condition) :].lstrip(",، ")
        words = self.rules.please.sub("", _UNREAD.sub("", words))
        first = _FIRST_WORD.match(words)
        if first is None:
            return False
        if first.group(0).lower().replace("’", "'") in self.rules.imperative:
            return self.rules.not_commanding.match(words, first.end()) is None
        if self.rules.commanding.match(words):
            return True
        who = self.rules.audience.match(words)
        return who is not None and self.rules.obliged.match(words, who.end()) is not None

    def commands_in_prose(self) -> list[_Found]:
        """The sentences of an alert without a list that command, outside its closing parts."""
        under = _Commanding("", None, None)
        closed = False
        for block in self.text.blocks:
            words = self.words(block)
            if self.is_closing(words):
                closed = self.rules.told_about.match(words) is None
            elif self.is_label(block, words):
                closed = False
            if closed or block.kind is BlockKind.HEADING or self.is_bare_link(block):
                continue
            for a, b in sentences(words, block.start):
                if self.commands(self.text.plain[a:b]) and not self.text.plain[a:b].endswith(":"):
                    self.found.append(_Found(a, b, self.text.plain[a:b], under, 0))
        return self.found


def _finished(text: Text, found: _Found, rules: Rules, issued: datetime | None) -> Action:
    words = rules.ending.sub("", found.text).strip()
    condition = found.under.condition
    instruction = words
    if condition is None and matches(rules.not_conditions, words) is None and matches(rules.conditions, words):
        comma = _COMMA.search(words)
        if comma is not None and 0 < comma.start() < len(words) - 1:
            condition, instruction = words[: comma.start()], words[comma.end() :].strip()
    instruction = rules.please.sub("", instruction)
    urgency = matches(rules.urgencies, words)
    response = matches(rules.responses, instruction)
    links = tuple(dict.fromkeys(link.url for link in links_within(text, found.start, found.end)))
    opening = instruction.split(" ", 1)[0].lower()
    return Action(
        id=action_id(words),
        text=words,
        heading=found.under.heading or None,
        condition=condition,
        urgency=Urgency(urgency.label) if urgency else Urgency.UNKNOWN,
        due=_due(words, issued, rules),
        audience=found.under.audience,
        response_type=response.label if response else None,
        links=links,
        refers_to=links[0] if links and opening in rules.reading else None,
        start=found.start,
        end=found.end,
    )


def _due(words: str, issued: datetime | None, rules: Rules) -> datetime | None:
    """The issuer's time plus the duration in the words; None without either."""
    span = rules.duration.search(words) if rules.duration is not None and issued is not None else None
    if span is None or issued is None:
        return None
    said = span["count"].lower()
    count = rules.numbers[said] if said in rules.numbers else int(said)
    return issued + (timedelta(hours=count) if span["hours"] else timedelta(days=count))


def _numbered(actions: Iterator[Action]) -> Iterator[Action]:
    """Two actions of the same wording in one revision get ids of their own, in order."""
    seen: dict[str, int] = {}
    for action in actions:
        seen[action.id] = seen.get(action.id, 0) + 1
        yield action if seen[action.id] == 1 else replace(action, id=f"{action.id}-{seen[action.id]}")
