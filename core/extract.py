"""Cleaned text in, actions out, by the tables of `core.rules`.

The words of an action are the issuer's. What stands under a heading that commands is an action; what stands
under "Assistance" or "Resources" never is; a list of dangers or regions has no heading that commands and so
gives none. An alert without any such heading gives the sentences that command. This room reads words only: it
knows no source, no level and no clock.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from core.commanding import commands, leading_condition, matches, readable, sentences
from core.instruction import said_by, unjoined
from core.markup import links_within
from core.model import Action, Block, BlockKind, Kind, Text
from core.needed import holds
from core.quoting import is_speech, unquoted
from core.rules import Rules, rules_for

MAX_ACTIONS = 400
# How many items behind a heading tell whether they command, and how long a heading may be.
_MAX_LOOKED_AT = 60
_MAX_HEAD = 400
_AROUND_HEADS = " .,;?؟。-–—[]【】（）()*#"
_LABEL_WORDS = 9
_CLOSING_WORDS = 2
_CLOSING_HEAD = 4
# A heading that many sections have: it commands only with a colon or a list.
_SECTION = "section"
_PARTS = re.compile(r"[^\s;؛][^;؛]*[;؛]?")
_COLON = re.compile(r":(?=\s)|(?<=\s)[–—](?=\s)")
# A line of a list of contacts has a telephone number or a mail address.
_REACHED_AT = re.compile(r"\+?\d[\d\s().-]{6,}\d|\S@\S")
# A text says near its beginning that it is only a trial.
_OPENS = 600


@dataclass
class _Commanding:
    """The heading in force: its words, the situation it names, who it speaks to, and what was taken under it."""

    heading: str
    condition: str | None
    audience: str | None
    taken: int = 0
    of_travel: bool = False
    in_prose: bool = False
    of_section: bool = False


@dataclass
class _Found:
    """An action before its id and times: where it stands and under what. `announces`: it ends with a colon."""

    start: int
    end: int
    text: str
    under: _Commanding
    depth: int = 1
    announces: bool = False


def actions_in(
    text: Text, *, kind: Kind, language: str = "en", issued: datetime | None = None, instructed_from: int | None = None,
    second_hand: bool = False,
) -> tuple[Action, ...]:  # fmt: skip
    """The actions of a cleaned text. `issued`: the issuer's time, only where it has a zone; times due count from it.

    `instructed_from`: from this place on the issuer says that the text is an instruction (CAP 1.2, 3.2.2).
    `second_hand`: somebody reports what an issuer said.
    """
    reader = _Reader(text, rules_for(language), instructed_from, second_hand=second_hand)
    opening = readable(text.plain[:_OPENS])
    if holds(opening.lower(), reader.rules.exercise_needs) and reader.rules.exercise.search(opening):
        return ()
    found = reader.read()
    if not found and kind is Kind.ALERT and not reader.commanded:
        found = reader.commands_in_prose()
    return tuple(_numbered(_finished(text, one, reader.rules, issued) for one in found[:MAX_ACTIONS]))


class _Reader:
    """Reads the blocks of one text in order, remembering which heading is in force."""

    def __init__(self, text: Text, rules: Rules, instructed_from: int | None, *, second_hand: bool) -> None:
        self.text = text
        said = text.plain.replace("：", ":")
        # The words of each block; the wide colon of Japanese counts as a colon.
        self.words = [said[block.start : block.end] for block in text.blocks]
        self.rules = rules
        self.instructed_from = instructed_from
        self.second_hand = second_hand
        self.found: list[_Found] = []
        self.command: _Commanding | None = None
        self.commanded = False
        # The headings that items are, by depth, and what commanded before each.
        self.outer: list[tuple[int, _Commanding | None]] = []

    def read(self) -> list[_Found]:
        for index, (block, words) in enumerate(zip(self.text.blocks, self.words, strict=True)):
            if self.command is None and self.instructed_from is not None and block.start >= self.instructed_from:
                self.command = _Commanding("", None, None)
                self.commanded = True
            if block.kind is BlockKind.ITEM:
                self.item(block, words, self.items_behind(index, deeper_than=block.depth))
            else:
                self.paragraph(block, words, self.items_behind(index))
        return self.found

    def items_behind(self, index: int, deeper_than: int = 0) -> list[str]:
        """The words of the list items right behind a block, those of the outermost depth below the one given."""
        run = []
        blocks = self.text.blocks
        for at in range(index + 1, min(len(blocks), index + 1 + _MAX_LOOKED_AT)):
            block = blocks[at]
            if block.kind is not BlockKind.ITEM or block.depth <= deeper_than:
                break
            run.append((block.depth, self.words[at]))
        if not run:
            return []
        least = min([depth for depth, _ in run])
        return [words for depth, words in run if depth == least]

    def item(self, block: Block, words: str, nested: list[str]) -> None:
        """A list item: an action where a heading commands; a heading itself where it introduces a deeper list."""
        if self.outer and block.depth <= self.outer[-1][0]:
            self.command = self.outer.pop()[1]
        if nested and words.endswith(":"):
            fresh = self.introducing(words, nested)
            if fresh is not None and not self.opens_with_command(words):
                self.outer.append((block.depth, self.command))
                self.command = fresh
                return
        if self.command is None:
            if not nested and ":" not in words:
                return
            head, rest = self.split_inline(block, words)
            if nested or head.endswith(":"):
                self.command = self.commanding(head)
            if self.command is not None and rest is not None:  # the heading was set inside its first bullet
                self.take(rest, block.end, block.depth)
            return
        if _is_closing(words, self.rules) and (words.endswith(":") or len(words.split()) <= _CLOSING_WORDS):
            self.command = None
            return
        last = self.found[-1] if self.found and self.found[-1].under is self.command else None
        is_inside = last is not None and (block.depth > last.depth or last.announces)
        if last is not None and is_inside and not commands(words, self.rules):
            last.end = block.end  # a nested item that only details its parent
            last.text = (
                f"{last.text} {words}" if last.text.endswith(":") else f"{unjoined(last.text, self.rules)}; {words}"
            )
            return
        if self.is_bare_link(block, words) or not unjoined(words, self.rules):
            return
        self.take(block.start, block.end, block.depth)

    def take(self, start: int, end: int, depth: int) -> None:
        """An action from here to there, under the heading in force."""
        if self.command is not None:
            start, end = unquoted(self.text.plain, start, end)
            words = self.text.plain[start:end]
            self.found.append(_Found(start, end, words, self.command, depth, words.endswith(":")))
            self.command.taken += 1

    def paragraph(self, block: Block, words: str, items: list[str]) -> None:
        """A paragraph or heading: it may command, end a list, or hold commands of its own. `items` stand behind it."""
        self.outer.clear()
        if self.second_hand and is_speech(words, self.rules.reporting):
            self.command = None  # somebody speaks beside what the issuer is quoted with
            return
        if _is_closing(words, self.rules) and not (items and words.endswith(":") and len(sentences(words)) > 1):
            self.command = None
            return
        fresh, rest = None, None
        may_head = bool(items) or self.may_head(block, words)
        if may_head or _may_part(words):
            head, rest = self.split_inline(block, words)
            fresh = self.commanding(head) if may_head or rest is not None else None
        if fresh is not None and rest is None and not self.heads(block, words, items, fresh):
            fresh = None
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
        elif not self.is_bare_link(block, words) and (not self.command.of_travel or self.all_command(words)):
            self.inline(block.start, block.end)

    def heads(self, block: Block, words: str, items: list[str], fresh: _Commanding) -> bool:
        """Whether words that could be a heading are one: a colon, the look of a heading, or items that command."""
        if words.endswith(":"):
            return not (items and fresh.of_section) or self.mostly_command(items, most=1 / 3)
        if block.strong or block.kind is BlockKind.HEADING:
            return bool(items) or not fresh.of_section
        return self.mostly_command(items) if items else not fresh.of_section

    def may_head(self, block: Block, words: str) -> bool:
        """Whether words without a list behind them look like a heading."""
        if words.endswith(":") or block.strong or block.kind is BlockKind.HEADING:
            return True
        return not words.endswith((".", "!", "。")) and len(words.split()) <= _LABEL_WORDS * 2

    def all_command(self, words: str) -> bool:
        """Whether every sentence of a paragraph commands: then it is an item without a mark."""
        return all(commands(words[a:b], self.rules) for a, b in sentences(words))

    def opens_with_command(self, words: str) -> bool:
        """Whether its first word commands: then it is an action, and what is nested under it its details."""
        return words.split(" ", 1)[0].lower() in self.rules.imperative

    def mostly_command(self, items: list[str], most: float = 2 / 3) -> bool:
        """Whether two of three items, or another share, tell to do something."""
        telling = sum(
            commands(item, self.rules, listed=True) and matches(self.rules.levels, item) is None for item in items
        )
        return telling >= len(items) * most - 0.01

    def inline(self, start: int, end: int) -> None:
        """Commands in running text under a heading: one action a sentence."""
        spans = sentences(self.text.plain[start:end], start)
        is_list = len(spans) == 1
        if is_list:
            spans = self.parts(start, end)
        for a, b in spans:
            words = self.text.plain[a:b]
            tells = commands(words, self.rules, listed=is_list)
            if self.command is not None and tells and matches(self.rules.levels, words) is None:
                self.take(a, b, 0)
                self.command.in_prose = True

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """One sentence that lists commands between semicolons, in its parts; else whole."""
        words = self.text.plain[start:end]
        spans = [(start + part.start(), start + part.end()) for part in _PARTS.finditer(words)]
        telling = all(commands(self.text.plain[a:b], self.rules, listed=True) for a, b in spans)
        return spans if len(spans) > 1 and telling else [(start, end)]

    def split_inline(self, block: Block, words: str) -> tuple[str, int | None]:
        """The heading part of a block (its last sentence, or what stands before a colon) and where the rest begins."""
        spans = sentences(words)
        for start, end in spans if _may_part(words) else ():
            colon = _COLON.search(words, start, min(end, len(words) - 1))
            head = words[start : colon.end()] if colon else ""
            if colon and len(head.split()) <= _LABEL_WORDS and self.commanding(head):
                return head, block.start + len(words) - len(words[colon.end() :].lstrip())
        last = words[spans[-1][0] :] if spans else words
        if not last.endswith(":") and len(spans) == 1 and not (block.strong or block.kind is BlockKind.HEADING):
            return last if len(last.split()) <= _LABEL_WORDS * 2 else "", None
        return last, None

    def commanding(self, head: str) -> _Commanding | None:
        bare = readable(head.rstrip().rstrip(":").strip(_AROUND_HEADS))
        rule = matches(self.rules.headings, bare) if 0 < len(bare) <= _MAX_HEAD else None
        if rule is None:
            return None
        if matches(self.rules.levels, bare) is not None or self.rules.others.match(bare):
            return None
        named = matches(self.rules.not_conditions, bare) is not None
        condition = None if named else leading_condition(bare, self.rules)
        who = None if named else self.rules.audience.search(bare[len(condition or "") :])
        audience = who.group(0) if who and who.group(0).lower() != "you" else None
        return _Commanding(bare, condition, audience, of_travel=named, of_section=rule.label == _SECTION)

    def introducing(self, words: str, items: list[str]) -> _Commanding | None:
        """What commands by its items: "If you take a boat tour:" before a list of which most items command."""
        head = words[sentences(words)[-1][0] :] if words.endswith((":", "?")) else ""
        if not head or len(head) > _MAX_HEAD or self.rules.optional.search(head):
            return None
        if sum(_REACHED_AT.search(item) is not None for item in items) * 2 >= len(items):
            return None
        if self.rules.others.match(head) or not self.mostly_command(items) or self.names_things(words, items):
            return None
        bare = head.rstrip(":? ")
        named = matches(self.rules.not_conditions, bare) is not None
        return _Commanding(bare, None if named else leading_condition(bare, self.rules), None, of_travel=True)

    def names_things(self, words: str, items: list[str]) -> bool:
        """Whether the items only name places or things: "you should take extra:" before "water" and "food"."""
        last = words.rstrip(": ").rpartition(" ")[2].lower()
        return last in self.rules.dangling and sum(commands(item, self.rules, listed=True) for item in items) * 3 < len(
            items
        )

    def is_label(self, block: Block, words: str) -> bool:
        """A heading of something else: set as one, or a few words with a colon."""
        few = len(words.split()) <= _LABEL_WORDS
        return block.kind is BlockKind.HEADING or (few and (block.strong or words.endswith(":")))

    def is_condition_head(self, words: str) -> bool:
        return words.endswith(":") and matches(self.rules.conditions, words) is not None

    def is_bare_link(self, block: Block, words: str) -> bool:
        """The name of another page and nothing more: it tells nobody to do anything."""
        covered = sum(link.end - link.start for link in links_within(self.text, block.start, block.end))
        return covered >= len(words.rstrip(" .;")) and words.split(" ", 1)[0].lower() not in self.rules.reading

    def commands_in_prose(self) -> list[_Found]:
        """The sentences of an alert without a list that command, outside its closing parts."""
        under = _Commanding("", None, None)
        closed = False
        for block, words in zip(self.text.blocks, self.words, strict=True):
            if _is_closing(words, self.rules):
                closed = self.rules.told_about.match(words) is None
            elif self.is_label(block, words):
                closed = False
            if closed or block.kind is BlockKind.HEADING or self.is_bare_link(block, words):
                continue
            for a, b in sentences(words, block.start):
                if commands(self.text.plain[a:b], self.rules) and not self.text.plain[a:b].endswith(":"):
                    self.found.append(_Found(a, b, self.text.plain[a:b], under, 0))
        return self.found


def _may_part(words: str) -> bool:
    """Whether a colon or a dash may stand inside words that do not end with a colon."""
    return (":" in words or "–" in words or "—" in words) and not words.endswith(":")


def _is_closing(words: str, rules: Rules) -> bool:
    """Whether words head a part that never holds actions."""
    if ":" not in words and len(words.split(None, _CLOSING_HEAD)) > _CLOSING_HEAD:
        return False
    head = readable(words.split(":", 1)[0].strip(_AROUND_HEADS))
    return len(head.split()) <= _LABEL_WORDS and matches(rules.closings, head) is not None


def _finished(text: Text, found: _Found, rules: Rules, issued: datetime | None) -> Action:
    under = found.under
    said = said_by(found.text, rules, has_condition=under.condition is not None)
    links = tuple(dict.fromkeys([link.url for link in links_within(text, found.start, found.end)]))
    return Action(
        id=said.id,
        text=said.text,
        heading=under.heading or None,
        condition=said.condition if under.condition is None else under.condition,
        urgency=said.urgency,
        due=issued + said.within if issued is not None and said.within is not None else None,
        audience=under.audience,
        response_type=said.response_type,
        links=links,
        refers_to=links[0] if links and said.is_to_read else None,
        start=found.start,
        end=found.end,
    )


def _numbered(actions: Iterator[Action]) -> Iterator[Action]:
    """Two actions of the same wording in one revision get ids of their own, in order."""
    seen: dict[str, int] = {}
    for action in actions:
        seen[action.id] = seen.get(action.id, 0) + 1
        yield action if seen[action.id] == 1 else action._replace(id=f"{action.id}-{seen[action.id]}")
