"""Atom (RFC 4287, and 0.3 before it): each entry is an alert, its text the issuer's markup.

What is not well-formed is mended by feedparser, which never sees a document type; a feed that was cut counts for
nothing. This room knows no levels and no alerts' own elements; a feed that carries those is an index (`cap_index`).
"""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # feedparser's entries are untyped
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, tostring

from core import markup, places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.wire import MAX_CHARACTERS, MAX_ENTRIES, MAX_IDENTITY, collect, dated, local_name, xml_of
from core.model import Kind, Message

_SPACES = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MAX_TITLE = 2_000
_MAX_MENDED_MARKS = 100_000
# Atomic groups: what stands before the first element can be written so that backtracking never ends.
PROLOGUE = rb"(?:(?><!--.*?-->)|(?><\?.*?>)|(?><!doctype[^\[>]*(?:\[.*?\]\s*)?>)|\s)*+"
_FEED_START = re.compile(PROLOGUE + rb"<(?:[\w.-]{1,40}:)?feed\b", re.S)
_FEED_END = re.compile(rb"</(?:[\w.-]{1,40}:)?feed\s*>\s*+(?:(?><!--.*?-->)\s*+)*+\Z", re.S)
_ENTRY_START = re.compile(rb"<(?:[\w.-]{1,40}:)?entry[\s>]")
_ENTRY_END = re.compile(rb"</(?:[\w.-]{1,40}:)?entry\s*>")
_ENTITY = re.compile(r"&#?\w{1,32};")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed as text fields, whoever parsed it. `title` is plain, `body` is as `body_is_html` says."""

    id: str
    link: str
    title: str
    body: str
    body_is_html: bool
    published: str
    updated: str
    issuer: str = ""


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of Atom."""
    return _FEED_START.match(start) is not None


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """Drafts of every entry that can be read, the newest state of each identity once."""
    try:
        entries = _entries(xml_of(data, "feed"))
    except FormatError as error:
        if error.message.id not in {"xml-unreadable", "answer-cut"}:
            raise
        entries = _mended(data)
    return collect(draft(entry, now, kind) for entry in entries)


def escaped(words: str) -> str:
    """Plain words as a title, which may be read as markup, without losing any."""
    return html.escape(words, quote=False) if "<" in words or _ENTITY.search(words) else words


def draft(entry: Entry, now: datetime, kind: Kind | None) -> Draft | None:
    """The entry as an alert; None where nothing names it or it says nothing."""
    identity = (entry.id or entry.link)[:MAX_IDENTITY]
    if not identity or not (entry.title.strip() or entry.body.strip()):
        return None
    issued, updated = dated(entry.published, now), dated(entry.updated, now)
    first = issued if issued.at else updated
    return Draft(
        identity=identity,
        title=escaped(entry.title),
        body=entry.body,
        body_is_html=entry.body_is_html,
        kind=kind or Kind.ALERT,
        url=entry.link or None,
        language="",  # the catalogue knows better than the feed's own settings
        countries=_countries(entry.link, entry.title),
        issuer=entry.issuer or None,
        issued=first.at,
        issued_is_date=first.is_date,
        updated=updated.at if issued.at and updated.at != issued.at else None,
        warnings=issued.warnings or updated.warnings,
    )


def _countries(link: str, title: str) -> tuple[str, ...]:
    """The country of the embassy whose address it is, else those that the title names."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        host = ""
    post = places.from_post_host(host)
    return (post,) if post else places.from_title(title)


def _entries(root: Element) -> list[Entry]:
    space = next((space for space in _SPACES if root.tag == space + "feed"), None)
    if space is None:
        raise FormatError("format-unknown")
    issuer, _ = _construct(root.find(f"{space}title"))
    base = root.get(f"{_XML}base") or _link(root, space, "self")
    return [_entry(entry, space, base, issuer) for entry in root.findall(f"{space}entry")[:MAX_ENTRIES]]


def _entry(entry: Element, space: str, base: str, issuer: str) -> Entry:
    title, _ = _construct(entry.find(f"{space}title"))
    body, is_html = _construct(entry.find(f"{space}content"), as_body=True)
    if not body:
        body, is_html = _construct(entry.find(f"{space}summary"), as_body=True)
    origin, _ = _construct(entry.find(f"{space}source/{space}title"))
    return Entry(
        id=_words(entry.find(f"{space}id")),
        link=_absolute(entry.get(f"{_XML}base") or base, _link(entry, space, "alternate")),
        title=title,
        body=body,
        body_is_html=is_html,
        published=_words(entry.find(f"{space}published")) or _words(entry.find(f"{space}issued")),
        updated=_words(entry.find(f"{space}updated")) or _words(entry.find(f"{space}modified")),
        issuer=origin or issuer,
    )


def _words(element: Element | None) -> str:
    return "".join(element.itertext())[:MAX_CHARACTERS].strip() if element is not None else ""


def _construct(element: Element | None, *, as_body: bool = False) -> tuple[str, bool]:
    """A text or content construct (RFC 4287, 3.1 and 4.1.3), and whether it is HTML; a title always comes plain."""
    if element is None:
        return "", False
    kind = (element.get("type") or "text").lower()
    if element.get("mode") == "escaped":  # Atom 0.3
        kind = "html"
    if kind in {"xhtml", "application/xhtml+xml"}:
        return (_inner(element), True) if as_body else (_words(element)[:_MAX_TITLE], False)
    if kind in {"html", "text/html"}:
        words = _words(element)
        return (words, True) if as_body else (markup.from_html(words[:_MAX_TITLE]).plain, False)
    if kind.startswith("text"):
        return _words(element)[: MAX_CHARACTERS if as_body else _MAX_TITLE], False
    return "", False  # a picture, a sound, another document: no words


def _inner(element: Element) -> str:
    """The markup inside an XHTML construct, its names without prefixes."""
    for inner in element.iter():
        inner.tag = local_name(inner)
    try:
        return "".join(tostring(child, encoding="unicode") for child in element)[:MAX_CHARACTERS]
    except RecursionError:  # no page is nested like this; its words are kept
        return html.escape(_words(element))


def _link(element: Element, space: str, relation: str) -> str:
    for link in element.findall(f"{space}link"):
        if (link.get("rel") or "alternate") == relation:
            return (link.get("href") or "").strip()
    return ""


def _absolute(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if base and link else link
    except ValueError:
        return link


def _mended(data: bytes) -> list[Entry]:
    """A feed that is not well-formed, through feedparser; one whose end is missing was cut and counts for nothing."""
    if re.search(rb"<!\s*(?:doctype|entity)", data, re.I):
        raise FormatError("document-type-refused")
    is_open = len(_ENTRY_START.findall(data)) > len(_ENTRY_END.findall(data))
    if is_open or not _FEED_END.search(data[-2000:]):
        raise FormatError("answer-cut")
    if data.count(b"<") > _MAX_MENDED_MARKS:
        raise FormatError("too-large")
    import feedparser

    parsed: Any = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    found = []
    for entry in parsed.entries[:MAX_ENTRIES]:
        content = (entry.get("content") or [entry.get("summary_detail") or {}])[0]
        found.append(
            Entry(
                id=str(entry.get("id", "")),
                link=str(entry.get("link", "")),
                title=markup.from_html(str(entry.get("title", ""))[:_MAX_TITLE]).plain,
                body=str(content.get("value", ""))[:MAX_CHARACTERS],
                body_is_html=content.get("type") != "text/plain",
                published=str(entry.get("published", "")),
                updated=str(dict.get(entry, "updated", "")),  # feedparser's own get would give `published` instead
                issuer=str(parsed.feed.get("title", "")),
            )
        )
    return found
