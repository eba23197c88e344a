"""RSS 2.0 (and 0.9x): the United States' advisory feed, the WordPress feeds of its posts, and what is like them.

Follows the RSS 2.0 specification with the content and Dublin Core modules. An item with a `Threat-Level`
category is read as the State Department writes its country advisories; any other is an alert. defusedxml reads
first; feedparser only mends what is not well-formed, and never sees a document type.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # feedparser's entries are untyped
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from core import places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.wire import inner
from core.model import Kind, Level, Message
from core.times import stamp

MAX_ITEMS = 2000
# What a feed of all countries has many times over is far below these; each mark costs a parser memory.
_MAX_MARKS = 1_000_000
_MAX_MENDED_MARKS = 100_000
MAX_FIELD = 2_000_001  # one more than is read of a text, so that the reader notices
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_LEVEL = re.compile(r"\bLevel\s+([1-4])\s*[:–-]\s*([^|]{3,80})", re.IGNORECASE)
_SCALE = "United States 1-4"
# Atomic groups: what stands before or after a feed's element can be written so that backtracking never ends.
_FEED_START = re.compile(
    rb"(?:(?><!--.*?-->)|(?><\?.*?>)|(?><!doctype[^\[>]*(?:\[.*?\]\s*)?>)|\s)*+<(?:rss|rdf:rdf|channel)\b", re.S
)
_FEED_END = re.compile(rb"</(?:rss|rdf:RDF|channel)\s*>\s*+(?:(?><!--.*?-->)\s*+)*+\Z", re.I | re.S)


def looks_like_feed(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of RSS."""
    return _FEED_START.match(start) is not None


def looks_like_page(start: bytes) -> bool:
    """Whether it is that of a web page."""
    return b"<html" in start or b"<!doctype html" in start or b"<body" in start or b"<head" in start


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item of a feed as text fields, whoever parsed it. `categories`: (domain, words)."""

    title: str
    link: str
    guid: str
    published: str
    body: str
    categories: tuple[tuple[str, str], ...]
    issuer: str = ""


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """Drafts of every item that can be read, the newest state of each identity once."""
    entries = _entries(data)
    drafts: dict[str, Draft] = {}
    rejected: list[Message] = []
    for number, entry in enumerate(entries[:MAX_ITEMS], 1):
        draft = _draft(entry, now, kind)
        if draft is None:
            rejected.append(Message("entry-unreadable", {"number": number}))
            continue
        held = drafts.get(draft.identity)
        if held is None or (draft.issued and held.issued and draft.issued > held.issued):
            drafts[draft.identity] = draft
    return list(drafts.values()), rejected


def _entries(data: bytes) -> list[_Entry]:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    if data.count(b"<") > _MAX_MARKS or data.count(b"=") > _MAX_MARKS:
        raise FormatError("too-large")
    try:
        root = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FormatError("document-type-refused") from error
    except (ParseError, ValueError, LookupError):
        return _mended(data)
    if root.tag.rsplit("}", 1)[-1].lower() not in {"rss", "rdf", "channel"}:
        raise FormatError("page-instead-of-feed" if "html" in root.tag.lower() else "format-unknown")
    items = [item for item in root.iter() if item.tag.rsplit("}", 1)[-1] == "item"]
    if not items and len(root) == 0:
        raise FormatError("empty-answer")  # a feed that has nothing new still has a channel
    space = items[0].tag.removesuffix("item") if items else ""  # RSS 1.0 has a namespace, 2.0 has none
    issuer = (root.findtext(f"{space}channel/{space}title") or "").strip()
    return [_entry(item, space, issuer) for item in items]


def _entry(item: Element, space: str, issuer: str) -> _Entry:
    def text(*names: str) -> str:
        for name in names:
            found = item.find(name if name.startswith("{") else space + name)
            words = inner(found)[:MAX_FIELD] if found is not None else ""
            if words.strip():
                return words
        return ""

    return _Entry(
        title=text("title"),
        link=text("link").strip(),
        guid=text("guid").strip(),
        published=text("pubDate", "{http://purl.org/dc/elements/1.1/}date"),
        body=text(_CONTENT, "description"),
        categories=tuple(
            (c.get("domain") or "", (c.text or "").strip()) for c in item.findall(f"{space}category")[:100]
        ),
        issuer=issuer,
    )


def _mended(data: bytes) -> list[_Entry]:
    """A feed that is not well-formed, through feedparser; one whose end is missing was cut and counts for nothing."""
    if re.search(rb"<!\s*(?:doctype|entity)", data, re.I):
        raise FormatError("document-type-refused")
    is_open = len(re.findall(rb"<item[\s>]", data)) > len(re.findall(rb"</item\s*>", data))
    if is_open or not _FEED_END.search(data[-2000:]):
        raise FormatError("answer-cut")
    if data.count(b"<") > _MAX_MENDED_MARKS:
        raise FormatError("too-large")
    import feedparser

    parsed: Any = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    found = []
    for entry in parsed.entries[:MAX_ITEMS]:
        contents = entry.get("content") or [{"value": entry.get("summary", "")}]
        found.append(
            _Entry(
                title=str(entry.get("title", "")),
                link=str(entry.get("link", "")),
                guid=str(entry.get("id", "")),
                published=str(entry.get("published", "")),
                body=str(contents[0].get("value", ""))[:MAX_FIELD],
                categories=tuple(
                    (str(t.get("scheme") or ""), str(t.get("term") or "")) for t in entry.get("tags", [])[:100]
                ),
                issuer=str(parsed.feed.get("title", "")),
            )
        )
    return found


def _draft(entry: _Entry, now: datetime, kind: Kind | None) -> Draft | None:
    identity = (entry.link or entry.guid)[:2000]
    if not identity or not (entry.title.strip() or entry.body.strip()):
        return None
    domains = {domain: words for domain, words in reversed(entry.categories) if domain}
    issued = stamp(entry.published, now)
    is_country = "Threat-Level" in domains or "Country-Tag" in domains
    countries, warnings = _of_tag(entry, domains) if is_country else (_of_alert(entry), ())
    if issued is None and entry.published.strip():
        warnings = (*warnings, Message("date-unreadable", {}))
    return Draft(
        # The State Department keeps an item's guid through all its states; it is the link, like everyone's.
        identity=identity,
        title=entry.title,
        body=entry.body,
        body_is_html=True,
        kind=kind or (Kind.COUNTRY if is_country else Kind.ALERT),
        url=entry.link or None,
        language="",  # the catalogue knows better than the feed's own settings
        countries=countries,
        level=_level(domains.get("Threat-Level", ""), entry.title) if is_country else None,
        issuer=entry.issuer or None,
        issued=issued.at if issued else None,
        issued_is_date=issued is not None and not issued.exact,
        warnings=warnings,
    )


def _of_tag(entry: _Entry, domains: dict[str, str]) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """The countries of an American advisory, by its title and its tag (FIPS 10-4), and what was odd about them.

    The title knows best where the two agree or it stands alone; the tag counts where the title names none. Where
    they contradict each other both count: it is better to be told of one country too many.
    """
    tagged = places.from_fips(domains.get("Country-Tag", "").strip().upper())
    named = places.from_title(entry.title)
    if tagged is None or tagged in named:
        return named, ()
    if not named:
        return (tagged,), ()
    return (*named, tagged), (Message("country-doubtful", {"title": list(named), "code": tagged}),)


def _of_alert(entry: _Entry) -> tuple[str, ...]:
    try:
        host = urlsplit(entry.link).hostname or ""
    except ValueError:
        host = ""
    post = places.from_post_host(host)
    return (post,) if post else places.from_title(entry.title)


def _level(category: str, title: str) -> Level | None:
    """ "Level 3: Reconsider Travel", from the category or the title."""
    for words in (category, title):
        found = _LEVEL.search(words)
        if found:
            return Level(int(found[1]), " ".join(found[0].split()), _SCALE)
    return None
