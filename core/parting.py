"""Where one paragraph parts into a heading and what stands behind it, and one sentence into commands. Pure."""

import re

from core.commanding import LABEL_WORDS, commands, sentences
from core.headings import commanding
from core.model import Block, BlockKind
from core.rules import Rules

_COLON = re.compile(r":(?=\s)|(?<=\s)[–—](?=\s)")
_PARTS = re.compile(r"[^\s;؛][^;؛]*[;؛]?")


def may_part(words: str) -> bool:
    """Whether a colon or a dash may stand inside words that do not end with a colon."""
    return (":" in words or "–" in words or "—" in words) and not words.endswith(":")


def split_inline(block: Block, words: str, rules: Rules) -> tuple[str, int | None]:
    """The heading part of a block (its last sentence, or what stands before a colon) and where the rest begins."""
    spans = sentences(words)
    for start, end in spans if may_part(words) else ():
        head, at = "", start
        while colon := _COLON.search(words, at, min(end, len(words) - 1)):  # "Actions to take: visitors should: ..."
            tried = words[at : colon.end()]
            if len(tried.split()) > LABEL_WORDS or not commanding(tried, rules):
                break
            head, at = tried, len(words) - len(words[colon.end() :].lstrip())
        if head:
            return head, block.start + at
    last = words[spans[-1][0] :] if spans else words
    if not last.endswith(":") and len(spans) == 1 and not (block.strong or block.kind is BlockKind.HEADING):
        return last if len(last.split()) <= LABEL_WORDS * 2 else "", None
    return last, None


def parts(plain: str, start: int, end: int, rules: Rules) -> list[tuple[int, int]]:
    """The parts of one sentence that lists commands between semicolons, each without its "and"; else none."""
    words = plain[start:end]
    spans = []
    for part in _PARTS.finditer(words):
        joint = rules.joint.match(part[0])
        spans.append((start + part.start() + (joint.end() if joint else 0), start + part.end()))
    telling = all(commands(plain[a:b], rules, listed=True) for a, b in spans)
    return spans if len(spans) > 1 and telling else []
