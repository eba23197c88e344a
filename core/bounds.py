"""What has to be left out of words and markup before anything reads them, and nothing else.

Signs that imitate others or cannot be written down, and what of markup keeps a parser from reading it in time.
"""

import re
from collections import Counter

MAX_CHARACTERS = 2_000_000
MAX_NESTING = 400
_MAX_TAG = 20_000
_MAX_TAGS = 10_000
_RUN = 10_000
# C0, C1, zero-width, directional and tag controls, lone surrogates: they can make a text imitate another one, or
# cannot be written down at all. The joiners U+200C and U+200D stay: Persian and Indic words need them.
CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# These end each other, so that they are only as deep as what holds them; the last ones hold nothing.
_NEVER_NESTED = {
    "p", "li", "dd", "dt", "td", "th", "tr", "thead", "tbody", "option", "html", "head", "body",
    "br", "hr", "img", "wbr", "input", "link", "meta",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>?")
# The cleaner takes time by the square of these in one stretch of text: what it writes as an entity, and the
# characters that in UTF-8 begin like one of them.
_LONG_RUN = re.compile(rf"[^<]{{{_RUN},}}")
_ESCAPED = re.compile("[&\u0080-\u00bf]")


def _parted(run: re.Match[str]) -> str:
    """A long stretch without a tag, in parts; the cleaner takes the mark between them away again."""
    text, at = run[0], 0
    parts = []
    while found := _ESCAPED.search(text, at + _RUN):
        parts.append(text[at : found.start()])
        at = found.start()
    return "<wbr>".join([*parts, text[at:]])


def bounded(markup: str) -> str:
    """Markup that a parser can read in time: not endlessly nested, no tag of endless attributes, no endless stretch.

    What is left out is tags alone, beyond `MAX_NESTING` by this count, and beyond `_MAX_TAGS` whatever closes
    them: a closing tag may stand where no parser sees it. Parsers take time by the square of all of these.
    """
    markup = markup[:MAX_CHARACTERS]
    if not markup.isascii():
        markup = _SURROGATES.sub("", markup)
    if len(markup) >= _RUN:
        markup = _LONG_RUN.sub(_parted, markup)
    opened: Counter[str] = Counter()
    nesting = seen = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal nesting, seen
        name = tag[2].lower()
        if len(tag[0]) > _MAX_TAG:
            return " "
        if name in _NEVER_NESTED:
            return tag[0]
        seen += not tag[1]
        change = -(opened[name] > 0) if tag[1] else nesting < MAX_NESTING and seen <= _MAX_TAGS
        opened[name] += change
        nesting += change
        return tag[0] if change else " "

    return _TAG.sub(kept, markup) if markup.count("<") > MAX_NESTING or len(markup) > _MAX_TAG else markup
