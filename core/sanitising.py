"""Hostile HTML in, what the cleaner (nh3) leaves of it out: words, few tags and addresses, and nothing that runs."""

import html
import re
from typing import NamedTuple

import nh3

from core.bounds import MAX_CHARACTERS, bounded

_ESCAPED_TAG = re.compile(r"&lt;(?:p|ul|ol|li|br|div|strong|b|h[1-6])\b", re.IGNORECASE)
_PRE = "<pre"
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_TAGS = {
    "a", "article", "b", "blockquote", "br", "div", "dd", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "li", "ol", "p", "section", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_DROPPED_WITH_CONTENT = {
    "script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math",
    "select", "button", "textarea", "form", "nav",
}  # fmt: skip
_BUILT = re.compile(rf"<(?:p|li|br|td|h[1-6]|{'|'.join(sorted(_DROPPED_WITH_CONTENT))})\b", re.IGNORECASE)
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes={"a": {"href"}, "*": set()},
    url_schemes={"http", "https"},
    link_rel=None,
)


class Sanitised(NamedTuple):
    """What the cleaner made of an issuer's HTML; or `is_plain`, words that had no tag."""

    words: str
    is_plain: bool = False


def sanitised(markup: str) -> Sanitised:
    """Clean an issuer's HTML. What should be HTML and has no tag is words with line breaks of their own."""
    if "<" not in markup and _ESCAPED_TAG.search(markup):
        markup = html.unescape(markup)  # written for a feed twice over
    if _PRE in markup and not _BUILT.search(markup):  # typed, not built
        markup = _ANY_TAG.sub("", markup)
    if "<" not in markup and "\n" in markup.strip():
        return Sanitised(html.unescape(markup[:MAX_CHARACTERS]), is_plain=True)
    return Sanitised(_CLEANER.clean(bounded(markup)))
