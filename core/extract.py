"""Cleaned text in, actions out, by the tables of `core.rules`.

The words of an action are the issuer's. What stands under a heading that commands is an action; what stands
under "Assistance" or "Resources" never is; a list of dangers or regions has no heading that commands and so
gives none. An alert without any such heading gives the sentences that command. This room reads words only: it
knows no source, no level and no clock.
"""

import re
from dataclasses import replace
from datetime import datetime

from core.blocks import Blocks
from core.commanding import all_command, commands, matches, readable, sentences
from core.found import Found, finished, numbered
from core.headings import (
    Commanding,
    before_sentences,
    before_things,
    commanding,
    inner_heading,
    introducing,
    is_closing,
    is_reached_at,
    mostly_command,
    names_things,
)
from core.instruction import unjoined
from core.model import Action, Block, BlockKind, Kind, Text
from core.needed import holds
from core.parting import may_part, parts, split_inline
from core.prose import commands_in_prose
from core.quoting import is_speech, unquoted
from core.references import only_refers
from core.rules import Rules, rules_for

MAX_ACTIONS = 400
_CLOSING_WORDS = 2
_FEW_WORDS = 5
# What stands between a block and the next.
_BETWEEN = 3
# So many items that all command are a list of instructions behind the name of a situation.
_ALL_OF = 2
_ENDS = (".", "!", "?", ":", ";", "。")
_JOINT = 8
# What joins an item to the next, and what goes on about the one before.
_JOINS = re.compile(r";(?:\s+\w{1,3})?\s*$", re.IGNORECASE)
_REFERS_BACK = re.compile(r"(?:it|they|this|that|these|those|such|one|some|he|she|even)\b", re.IGNORECASE)
# A text says near its beginning that it is only a trial.
_OPENS = 600


def actions_in(
    text: Text, *, kind: Kind, language: str = "en", issued: datetime | None = None, instructed_from: int | None = None,
    second_hand: bool = False,
) -> tuple[Action, ...]:  # fmt: skip
    """The actions of a cleaned text. `issued`: the issuer's time, only where it has a zone; times due count from it.

    `instructed_from`: from this place on the issuer says that the text is an instruction (CAP 1.2, 3.2.2).
    `second_hand`: somebody reports what an issuer said.
    """
    reader = _Reader(text, rules_for(language), instructed_from, is_alert=kind is Kind.ALERT, second_hand=second_hand)
    opening = readable(text.plain[:_OPENS])
    if holds(opening.lower(), reader.rules.exercise_needs) and reader.rules.exercise.search(opening):
        return ()
    found = reader.read()
    if not found and kind is Kind.ALERT and not reader.commanded:
        under = Commanding("", None, None)
        spans = commands_in_prose(text, reader.blocks, reader.rules)
        found = [Found(start, end, text.plain[start:end], under, 0) for start, end in spans]
    return tuple(numbered(finished(text, one, reader.rules, issued) for one in found[:MAX_ACTIONS]))


class _Reader:
    """Reads the blocks of one text in order, remembering which heading is in force."""

    def __init__(
        self, text: Text, rules: Rules, instructed_from: int | None, *, is_alert: bool, second_hand: bool
    ) -> None:
        self.text = text
        self.blocks = Blocks(text, rules)
        self.rules = rules
        self.instructed_from = instructed_from
        self.is_alert = is_alert
        self.second_hand = second_hand
        self.found: list[Found] = []
        self.command: Commanding | None = None
        self.commanded = False
        # Whether the list at hand is one of other pages or of dangers, and whether a heading of contacts is in force.
        self.passed_over = False
        self.closed = self.closed_by_heading = False
        # The headings that items are, by depth, and what commanded before each.
        self.outer: list[tuple[int, Commanding | None]] = []

    def read(self) -> list[Found]:
        for index, (block, words) in enumerate(zip(self.text.blocks, self.blocks.words, strict=True)):
            if self.command is None and self.instructed_from is not None and block.start >= self.instructed_from:
                self.command = Commanding("", None, None)
                self.commanded = True
            if block.kind is not BlockKind.ITEM:
                items = self.blocks.items_behind(index)
                self.passed_over = bool(items) and (
                    self.blocks.links_behind(index) or self.tells_of(block, words, items)
                )
                self.paragraph(index, words, items)
            elif not self.passed_over:
                if self.command is None and not self.closed and self.blocks.outright(index):
                    self.command = Commanding("", None, None)
                    self.commanded = True
                self.item(block, words, self.blocks.items_behind(index, deeper_than=block.depth))
        return self.found

    def item(self, block: Block, words: str, nested: list[str]) -> None:
        """A list item: an action where a heading commands; a heading itself where it introduces a deeper list."""
        if self.outer and block.depth <= self.outer[-1][0]:
            self.command = self.outer.pop()[1]
        if nested and is_closing(words, self.rules):
            self.outer.append((block.depth, self.command))
            self.command = None
            return
        if nested and (words.endswith(":") or len(words.split()) <= _FEW_WORDS):
            fresh = commanding(words, self.rules) if words.endswith(":") else None
            if fresh is None or not fresh.binds:
                fresh = introducing(f"{words.rstrip(':')}:", nested, self.rules)
            if fresh is not None and (fresh.binds or not self.opens_with_command(words)):
                self.outer.append((block.depth, self.command))
                self.command = fresh
                return
        if self.command is None:
            if self.closed or (not nested and ":" not in words):
                return
            head, rest = split_inline(block, words, self.rules)
            if nested or head.endswith(":"):
                self.command = commanding(head, self.rules)
            if self.command is not None and rest is not None:  # the heading was set inside its first bullet
                self.take(rest, block.end, block.depth)
            return
        is_short = len(words.split()) <= _CLOSING_WORDS and not self.instructs_to(words)
        if is_closing(words, self.rules) and (words.endswith(":") or is_short):
            self.command = None
            return
        last = self.found[-1] if self.found and self.found[-1].under is self.command else None
        is_inside = last is not None and (block.depth > last.depth or last.announces)
        if (
            last is not None
            and is_inside
            and (not commands(words, self.rules) or (last.of_things and block.depth > last.depth))
        ):
            last.end = block.end  # a nested item that only details its parent
            last.text = (
                f"{last.text} {words}" if last.text.endswith(":") else f"{unjoined(last.text, self.rules)}; {words}"
            )
            return
        if self.blocks.is_bare_link(block, words) or not unjoined(words, self.rules) or self.only_names(words):
            return
        is_joined = (
            last is not None
            and last.depth == block.depth
            and ";" in last.text[-_JOINT:]
            and _JOINS.search(last.text[-_JOINT:]) is not None
        )
        spans = sentences(words, block.start) if is_joined else []
        if len(spans) < 2:
            self.take(block.start, block.end, block.depth)
            self.found[-1].of_things = words.endswith(":") and bool(nested) and not mostly_command(nested, self.rules)
            return
        # "...; and 3) stay inside. Buses stop at 8.": a list typed in one sentence ends with it.
        goes_on = any(_REFERS_BACK.match(self.text.plain[a:b]) for a, b in spans[1:])
        self.take(block.start, block.end if goes_on else spans[0][1], block.depth)
        for a, b in () if goes_on else spans[1:]:
            if commands(self.text.plain[a:b], self.rules):
                self.take(a, b, block.depth)

    def only_names(self, words: str) -> bool:
        """Whether an item says whom one reaches where, and nothing to do."""
        return is_reached_at(words) and not commands(words, self.rules, listed=True)

    def commands_later(self, block: Block, words: str, items: list[str]) -> bool:
        """Whether words that begin like a closing part come to a heading that commands: "Event: ... Do this: ..." """
        if words.endswith(":"):
            if commanding(words, self.rules) is None or not mostly_command(items, self.rules):
                return bool(items) and len(sentences(words)) > 1
            return bool(items)
        return words.count(":") > 1 and split_inline(block, words, self.rules)[1] is not None

    def take(self, start: int, end: int, depth: int) -> None:
        """An action from here to there, under the heading in force."""
        if self.command is not None:
            start, end = unquoted(self.text.plain, start, end)
            words = self.text.plain[start:end]
            self.found.append(Found(start, end, words, self.command, depth, words.endswith(":")))
            self.command.taken += 1

    def paragraph(self, index: int, words: str, items: list[str]) -> None:
        """A paragraph or heading: it may command, end a list, or hold commands of its own. `items` stand behind it."""
        block = self.text.blocks[index]
        self.outer.clear()
        if self.second_hand and is_speech(words, self.rules.reporting):
            self.command = None  # somebody speaks beside what the issuer is quoted with
            return
        looks = block.strong or block.kind is BlockKind.HEADING
        if self.goes_on(block, words):
            last = self.found[-1]
            last.text, last.end = f"{last.text} {words}", block.end
            return
        if is_closing(words, self.rules) and not self.commands_later(block, words, items):
            self.command = None
            self.closed = self.rules.told_about.match(words) is None
            self.closed_by_heading = looks
            return
        # A part whose heading is set as one ends with the next that is.
        was_closed = self.closed and self.closed_by_heading
        self.closed = was_closed and not looks
        fresh, head, rest = None, "", None
        may_head = bool(items) or self.blocks.may_head(block, words)
        if may_head or may_part(words):
            head, rest = split_inline(block, words, self.rules)
            fresh = commanding(head, self.rules) if may_head or rest is not None else None
        if (
            fresh is None
            and rest is None
            and self.command is not None
            and self.command.taken
            and not self.command.in_prose
        ):
            fresh, behind_colon = before_sentences(words, self.rules) or (None, 0)
            rest = block.start + behind_colon if fresh else None
        if rest is not None and self.command is not None and (self.command.in_prose or not self.command.taken):
            self.inline(block.start, block.start + words.find(head))
        if fresh is not None and rest is None and not self.heads(index, words, items, fresh):
            fresh = None
        if items and rest is None:
            if fresh is None:
                fresh = before_things(words, items, self.rules)
                fresh = fresh or (None if self.closed else introducing(words, items, self.rules))
                fresh = fresh or (None if was_closed else self.without_colon(block, words, items))
            elif not fresh.binds and names_things(words, items, self.rules):
                self.command = None
                return
        elif fresh is None and rest is None and words.endswith(":") and not self.closed:
            behind = self.blocks.commands_behind(index)
            fresh = introducing(words, behind, self.rules) if len(behind) > 1 else None
        elif self.commanded and fresh is None and rest is None and block.kind is BlockKind.HEADING and not was_closed:
            fresh = self.situation(index, words)
            if fresh is None and not items and self.instructs(index, words):
                self.command = Commanding("", None, None)
                self.take(block.start, block.end, 0)
                self.command.in_prose = True
                return
        if fresh is not None:
            self.closed = False
            self.command = fresh
            self.commanded = True
            if rest is not None:
                self.inline(rest, block.end, opened=True)
                self.before_list(items)
            return
        if self.command is None:
            return
        if self.command.taken and self.is_condition_head(words):
            self.command = replace(self.command, condition=words.rstrip(": "), taken=0)
        elif self.blocks.is_label(block, words) or (self.command.taken and not self.command.in_prose):
            self.command = None
        elif not self.blocks.is_bare_link(block, words) and (
            not self.command.of_travel or all_command(words, self.rules)
        ):
            self.inline(block.start, block.end)
            self.before_list(items)

    def tells_of(self, block: Block, words: str, items: list[str]) -> bool:
        """Whether words inside an instruction head a list of dangers or places: "Be aware:", "Roads that are shut:" """
        if self.instructed_from is None or block.start < self.instructed_from or not words.endswith(":"):
            return False
        if self.instructs_to(words) or commanding(words, self.rules) or matches(self.rules.conditions, words):
            return False
        return not mostly_command(items, self.rules, most=1 / 3)

    def before_list(self, items: list[str]) -> None:
        """Behind running text under a heading, a list is of instructions only where its items command."""
        is_told = bool(self.found) and self.found[-1].announces
        if items and not is_told and not mostly_command(items, self.rules):
            self.command = None

    def goes_on(self, block: Block, words: str) -> bool:
        """Whether a line right behind an item is its end, which a line break parted."""
        if not self.found or words[0].isupper() or words.endswith((":", "：")):
            return False
        last = self.found[-1]
        if last.under is not self.command or not last.depth or last.text.endswith(_ENDS):
            return False
        has_case = words[0].islower()
        return block.start - last.end <= _BETWEEN and (has_case or words.endswith("。") or last.text.endswith("、"))

    def heads(self, index: int, words: str, items: list[str], fresh: Commanding) -> bool:
        """Whether words that could be a heading are one: a colon, the look of a heading, or items that command."""
        if fresh.binds:
            return bool(items) and not words.endswith(".")
        if words.endswith(":"):
            return not (items and fresh.of_section) or mostly_command(items, self.rules, most=1 / 3)
        block = self.text.blocks[index]
        if block.strong or block.kind is BlockKind.HEADING:
            if items or not fresh.of_section:
                return True
            behind = self.blocks.commands_behind(index)
            # "Travel advice" is a part of every page of a country; there a question alone asks for one paragraph.
            is_asked = self.is_alert or words.endswith("?")
            return len(sentences(" ".join(behind)) if is_asked else behind) > 1
        return mostly_command(items, self.rules) if items else not fresh.of_section

    def without_colon(self, block: Block, words: str, items: list[str]) -> Commanding | None:
        """A situation that is set as a heading, before a list of which every item commands."""
        looks = block.strong or block.kind is BlockKind.HEADING
        if not looks or words.endswith((":", "?")) or len(items) < _ALL_OF:
            return None
        if matches(self.rules.conditions, words) is None:
            return None
        fresh = introducing(f"{words}:", items, self.rules) if mostly_command(items, self.rules, most=1) else None
        if fresh is None or fresh.condition or matches(self.rules.not_conditions, words) is not None:
            return fresh
        return replace(fresh, condition=words)

    def situation(self, index: int, words: str) -> Commanding | None:
        """A situation that is set as a heading, before paragraphs of which every sentence commands."""
        if (
            words.endswith(("?", "."))
            or matches(self.rules.conditions, words) is None
            or self.rules.others.match(words)
        ):
            return None
        return Commanding(words, words, None) if self.blocks.commands_behind(index) else None

    def instructs(self, index: int, words: str) -> bool:
        """Whether a heading is itself an instruction, with paragraphs below it of which every sentence commands."""
        return (
            len(words.split()) >= _FEW_WORDS and self.instructs_to(words) and bool(self.blocks.commands_behind(index))
        )

    def instructs_to(self, words: str) -> bool:
        """Whether words tell to do more than to turn to another page or to somebody."""
        is_told = words.lower().startswith("do ") or words.split(" ", 1)[0].lower() not in self.rules.pointing
        return is_told and commands(words, self.rules)

    def opens_with_command(self, words: str) -> bool:
        """Whether its first word commands: then it is an action, and what is nested under it its details."""
        return words.split(" ", 1)[0].lower() in self.rules.imperative

    def inline(self, start: int, end: int, *, opened: bool = False) -> None:
        """Commands in running text under a heading: one action a sentence. `opened`: the heading stands before them,
        in the same paragraph, and the first sentence may list several between semicolons.
        """
        spans = sentences(self.text.plain[start:end], start)
        is_list = len(spans) == 1
        listed = parts(self.text.plain, *spans[0], self.rules) if opened and spans else []
        for a, b in [*(listed or spans[:1]), *spans[1:]]:
            words = self.text.plain[a:b]
            tells = commands(words, self.rules, listed=is_list or (a, b) in listed)
            if not tells and (head := inner_heading(words, self.rules)):
                a += len(head)
                words = words[len(head) :]
                tells = commands(words, self.rules)
            is_level = matches(self.rules.levels, words) is not None
            if self.command is not None and tells and not is_level and not only_refers(self.text, a, b, self.rules):
                self.take(a, b, 0)
                self.command.in_prose = True

    def is_condition_head(self, words: str) -> bool:
        is_situation = words.endswith(":") and matches(self.rules.conditions, words) is not None
        return is_situation and self.rules.optional.search(words) is None
