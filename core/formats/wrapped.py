"""The words of a warning that were wrapped to a width, as paragraphs and items again. Pure."""

import re
from itertools import pairwise

from core import markup

_MARKUP = re.compile(r"</?(?:br|p|div|b|strong|em|i|u|ul|ol|li|a|span|table|tr|td|h[1-6])\b[^<>]{0,2000}>", re.I)
_BULLET = re.compile(r"[•·▪●◦‣∙■□○➢►]|[-–—*]\s|\(?\d{1,2}[.)]\s")
_LEAST_WIDTH, _MOST_WIDTH = 55, 100
_SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", "。", "؟", "؛")


def plain(text: str, *, is_wrapped: bool = False) -> str:
    """Plain words, a paragraph or an item a line: tags that do not belong there gone, hard-wrapped lines joined."""
    if _MARKUP.search(text):
        text = markup.from_html(text).plain
    written = ""
    for paragraph in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        parts: list[list[str]] = []
        for line in (line.strip() for line in paragraph.split("\n")):
            if line and (not parts or _BULLET.match(line)):
                parts.append([line])
            elif line:
                parts[-1].append(line)
        for part in parts:
            for number, line in enumerate(_joined(part, is_wrapped=is_wrapped)):
                between = "\n" if part is not parts[0] and not number else "\n\n"
                written += (between if written else "") + line
    return written


def _joined(lines: list[str], *, is_wrapped: bool) -> list[str]:
    """The lines of one paragraph, wrapped ones joined; a break that the width did not ask for is kept.

    A break is a wrap where the next line goes on in lower case; where one is, so is each behind a full line that ends
    no sentence. In a paragraph of the usual width, of which more than half of the lines had no room for the word after
    them, those lines are wrapped too.
    """
    width = max(map(len, lines))
    goes_on = any(line[0].islower() for line in lines[1:])
    full = [len(line) + 1 + len(after.split(" ", 1)[0]) > width for line, after in pairwise(lines)]
    is_even = _LEAST_WIDTH <= width <= _MOST_WIDTH and 2 * sum(full) > len(full)
    joined = [[lines[0]]]
    for line, is_full in zip(lines[1:], full, strict=True):
        before = joined[-1][-1]
        is_open = goes_on and 2 * len(before) > width and not before.endswith(_SENTENCE_ENDS)
        if is_wrapped or line[0].islower() or is_open or (is_even and is_full):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [" ".join(part) for part in joined]
