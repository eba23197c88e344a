"""What only names another page: a list item that is a link and nothing more, a sentence that says to read one, or
speaks of its own. Pure.
"""

import re

from core.markup import links_within
from core.model import Block, Text
from core.rules import Rules

# An address that is written out, and of how many words a sentence is that only names it.
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,8}(?:/\S*)?", re.IGNORECASE)
_REFERS = 3
# A sentence that is longer says more than that.
_LONGEST = 400
_WORD = re.compile(r"\w[\w'’-]*")


def is_link(text: Text, block: Block) -> bool:
    """Whether a block is the name of another page and nothing more."""
    links = links_within(text, block.start, block.end)
    covered = sum([link.end - link.start for link in links]) if links else 0
    return covered >= len(text.plain[block.start : block.end].rstrip(" .;"))


def only_refers(text: Text, start: int, end: int, rules: Rules) -> bool:
    """Whether a sentence says no more than that another page be read, "See our page on floods.", or this one shared."""
    said = text.plain[start:end]
    if len(said) > _LONGEST:
        return False
    if rules.housekeeping.match(said):
        return True
    at, outside = start, ""
    for link in links_within(text, start, end):
        outside += text.plain[at : link.start]
        at = max(at, link.end)
    outside = _ADDRESS.sub("", outside + text.plain[at:end])
    if outside.strip() == said.strip():
        return False
    left = _WORD.findall(outside.rpartition(",")[2]) or _WORD.findall(said)[:1]
    return 0 < len(left) <= _REFERS and left[0].lower() in rules.reading
