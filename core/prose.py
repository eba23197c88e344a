"""The sentences of an alert without a list that command, outside its closing parts. Pure."""

from collections.abc import Iterator

from core.blocks import Blocks
from core.commanding import all_command, commands, labelled, matches, sentences
from core.headings import is_closing
from core.model import BlockKind, Text
from core.references import only_refers
from core.rules import Rules


def commands_in_prose(text: Text, blocks: Blocks, rules: Rules) -> Iterator[tuple[int, int]]:
    """Start and end of each: a sentence, or a whole list item where each of its sentences commands."""
    closed = just_closed = told_of = False
    for block, words in zip(text.blocks, blocks.words, strict=True):
        if blocks.is_label(block, words) and rules.optional.search(words) is not None:
            closed = just_closed = True  # "What the council is doing"
        elif is_closing(words, rules):
            closed = just_closed = rules.told_about.match(words) is None
        else:  # a heading right behind that of a closing part is of that part
            closed = closed and (just_closed or not blocks.is_label(block, words))
            just_closed = False
        is_item = block.kind is BlockKind.ITEM
        if not is_item:
            # The items behind a colon are no commands, or they would have been taken.
            told_of = words.endswith(":") or rules.optional.search(words) is not None
        elif told_of:
            continue
        if closed or block.kind is BlockKind.HEADING or blocks.is_bare_link(block, words):
            continue
        spans = sentences(words, block.start)
        if is_item and len(spans) > 1 and _tells_throughout(words, rules):
            spans = [(block.start, block.end)]
        for start, end in spans:
            said = text.plain[start:end]
            tells = commands(said, rules) or (is_item and labelled(said, rules))
            if not tells or said.endswith(":") or matches(rules.levels, said) is not None:
                continue
            if not only_refers(text, start, end, rules):
                yield start, end


def _tells_throughout(words: str, rules: Rules) -> bool:
    """Whether an item names whom or when it is for, and each of its sentences commands."""
    (start, end), *others = sentences(words)
    return labelled(words[start:end], rules) and all(all_command(words[a:b], rules) for a, b in others)
