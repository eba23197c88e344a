"""What a reader of lists sees of a text: the words of its blocks, what stands behind one, what one looks like. Pure."""

from itertools import islice, takewhile

from core.commanding import LABEL_WORDS, all_command
from core.model import Block, BlockKind, Text
from core.references import is_link
from core.rules import Rules

# How many items behind a heading tell whether they command.
_MAX_LOOKED_AT = 60


class Blocks:
    """The blocks of one text, by the tables of its language."""

    def __init__(self, text: Text, rules: Rules) -> None:
        self.text = text
        self.rules = rules
        said = text.plain.replace("：", ":")
        # The words of each block; the wide colon of Japanese counts as a colon.
        self.words = [said[block.start : block.end] for block in text.blocks]
        self.depths = [block.depth if block.kind is BlockKind.ITEM else 0 for block in text.blocks]

    def items_behind(self, index: int, deeper_than: int = 0) -> list[str]:
        """The words of the list items right behind a block, those of the outermost depth below the one given."""
        depths = self.depths
        end = at = index + 1
        while end < len(depths) and depths[end] > deeper_than and end < at + _MAX_LOOKED_AT:
            end += 1
        if end == at:
            return []
        run = list(zip(depths[at:end], self.words[at:end], strict=True))
        least = min([depth for depth, _ in run])
        return [words for depth, words in run if depth == least]

    def links_behind(self, index: int) -> bool:
        """Whether every item right behind a block is the name of another page and nothing more."""
        run = self.run_from(index + 1) if self.text.links else []
        return len(run) > 1 and all(is_link(self.text, block) for block in run)

    def outright(self, index: int) -> bool:
        """Whether from here on a list is of instructions by its own words, whatever stands before it."""
        if self.rules.outright.match(self.words[index]) is None:
            return False
        run = self.run_from(index)
        depth = run[0].depth
        words = [self.words[index + at] for at, block in enumerate(run) if block.depth <= depth]
        return all(map(self.rules.outright.match, words))

    def run_from(self, index: int) -> list[Block]:
        """The items of a list from here on, as many as are looked at."""
        near = islice(self.text.blocks, index, index + _MAX_LOOKED_AT)
        return list(takewhile(lambda block: block.kind is BlockKind.ITEM, near))

    def is_label(self, block: Block, words: str) -> bool:
        """A heading of something else: set as one, or a few words with a colon."""
        few = len(words.split()) <= LABEL_WORDS
        return block.kind is BlockKind.HEADING or (few and (block.strong or words.endswith(":")))

    def is_bare_link(self, block: Block, words: str) -> bool:
        """The name of another page and nothing more: it tells nobody to do anything."""
        return is_link(self.text, block) and words.split(" ", 1)[0].lower() not in self.rules.reading

    def may_head(self, block: Block, words: str) -> bool:
        """Whether words without a list behind them look like a heading."""
        if words.endswith(":") or block.strong or block.kind is BlockKind.HEADING:
            return True
        return not words.endswith((".", "!", "。")) and len(words.split()) <= LABEL_WORDS * 2

    def commands_behind(self, index: int) -> list[str]:
        """The paragraphs right behind a heading, where each of their sentences commands; else none."""
        run = []
        for at in range(index + 1, min(len(self.words), index + 1 + _MAX_LOOKED_AT)):
            block, words = self.text.blocks[at], self.words[at]
            if block.kind is not BlockKind.PARAGRAPH or self.is_label(block, words):
                break
            run.append(words)
        return run if all(all_command(words, self.rules) for words in run) else []
