"""Australia's travel advice, Smartraveller: the feed of changes (RSS with `ta:`), the list of destinations (JSON),
and the copy of the pages that volunteers publish as one JSON of `meta` and `countries`.

https://www.smartraveller.gov.au/countries/documents/index.rss and /destinations-export. The level is a number on the
site's own scale of 1 to 4, written `n` or, from an older scale of five, `n/5`; where number and words disagree, the
words count.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import msgspec

from core import places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.wire import (
    MAX_CHARACTERS,
    MAX_IDENTITY,
    collect,
    dated,
    entry_as,
    json_as,
    local_name,
    words_of,
    xml_of,
)
from core.model import Kind, Level, Message

_SITE = "https://www.smartraveller.gov.au"
_SCALE = "Smartraveller 1-4"
_RSS = re.compile(rb"(?:<\?xml[^>]{0,200}\?>\s*)?<rss\b")
_MARKED = re.compile(r"<(?:p|ul|ol|li|br|div|h[1-6])\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([1-5])\s*(?:/\s*5)?\s*")
# By words that all their forms share ("reconsider your need to travel").
_WORDS = (
    (4, re.compile(r"\bdo not travel\b", re.IGNORECASE)),
    (3, re.compile(r"\breconsider\b", re.IGNORECASE)),
    (2, re.compile(r"\bhigh degree of caution\b", re.IGNORECASE)),
    (1, re.compile(r"\bnormal safety precautions\b", re.IGNORECASE)),
)


class _Destination(msgspec.Struct):
    title: str
    field_url: str | None = None
    field_overall_advice_level: str | None = None
    field_advice_levels: str | None = None
    field_last_update: str | None = None
    field_last_update_notes: str | None = None
    changed: str | None = None


class _Part(msgspec.Struct):
    text: str = ""


class _Copied(msgspec.Struct, rename="camel"):
    name: str
    url: str = ""
    level_label: str = ""
    updated: str = ""
    summary: str = ""
    sub_regions: list[_Part | str] = []
    latest_update: str = ""


class _Copy(msgspec.Struct):
    countries: list[msgspec.Raw]


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of the feed or of the list."""
    if _RSS.match(start):
        return b"schema/rss/travel_advisories" in start or b"<ta:" in start
    if start.startswith(b"{"):
        return b'"meta"' in start and b'"countries"' in start and b"smartraveller.gov.au/" in start
    return start.startswith(b"[") and b'"field_overall_advice_level"' in start


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of each item of the feed, of each destination of the list, or of each country of the copy."""
    first = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first == b"<":
        root = xml_of(data, "rss")
        return collect(_of_item(item, now, kind) for item in root.iter() if local_name(item) == "item")
    raws = json_as(data, _Copy).countries if first == b"{" else json_as(data, list[msgspec.Raw])
    if not raws:
        raise FormatError("empty-feed")
    if first == b"{":
        return collect(_of_copy(entry_as(raw, _Copied), now, kind) for raw in raws)
    return collect(
        _of_destination(entry_as(raw, _Destination), entry_as(raw, dict[str, object]) or {}, now, kind) for raw in raws
    )


def _of_item(item: Element, now: datetime, kind: Kind | None) -> Draft | None:
    warnings = next((held for held in item.iter() if local_name(held) == "warnings"), None)
    number = words_of(warnings, "level") if warnings is not None else ""
    words = words_of(warnings, "description") if warnings is not None else ""
    title = words_of(item, "title")
    coverage = words_of(warnings, "coverage") if warnings is not None else ""
    return _draft(
        title=title,
        link=words_of(item, "link") or words_of(item, "guid"),
        body=words_of(item, "encoded", "description"),
        countries=places.from_title(title) or places.from_title(coverage),
        number=number,
        words=words,
        published=words_of(item, "pubDate", "date"),
        now=now,
        kind=kind,
    )


def _of_destination(
    held: _Destination | None, fields: dict[str, object], now: datetime, kind: Kind | None
) -> Draft | None:
    """`fields`: all that the entry has; a text in markup under a name that is not known is read too."""
    if held is None:
        return None
    known = (held.field_advice_levels, held.field_last_update, held.field_last_update_notes)
    others = (part for key, part in fields.items() if key not in _Destination.__struct_fields__)
    parts = [*known, *(part for part in others if isinstance(part, str) and _MARKED.search(part))]
    return _draft(
        title=held.title,
        link=held.field_url or "",
        body="\n".join(f"<div>{part}</div>" for part in parts if part and part.strip()),
        countries=places.from_title(held.title),
        number="",
        words=held.field_overall_advice_level or "",
        published=held.changed or "",
        now=now,
        kind=kind,
    )


def _of_copy(held: _Copied | None, now: datetime, kind: Kind | None) -> Draft | None:
    if held is None:
        return None
    regions = (part if isinstance(part, str) else part.text for part in held.sub_regions)
    parts = [part for part in (held.summary, *regions, held.latest_update) if part.strip()]
    is_html = any(map(_MARKED.search, parts))
    draft = _draft(
        title=held.name,
        link=held.url,
        body="\n".join(f"<div>{part}</div>" for part in parts) if is_html else "\n\n".join(parts),
        countries=places.from_title(held.name),
        number="",
        words=held.level_label,
        published=held.updated,
        now=now,
        kind=kind,
    )
    return replace(draft, body_is_html=is_html) if draft is not None else None


def _draft(
    *,
    title: str,
    link: str,
    body: str,
    countries: tuple[str, ...],
    number: str,
    words: str,
    published: str,
    now: datetime,
    kind: Kind | None,
) -> Draft | None:
    url = _address(link)
    if url is None or not title.strip():
        return None
    issued = dated(published, now)
    level, doubts = _level(number, " ".join(words.split()))
    return Draft(
        identity=url,
        title=title,
        body=body[:MAX_CHARACTERS],
        body_is_html=True,
        kind=kind or Kind.COUNTRY,
        url=url,
        countries=countries,
        language="en",
        level=level,
        issued=issued.at,
        issued_is_date=issued.is_date,
        warnings=(*issued.warnings, *doubts),
    )


def _address(link: str) -> str | None:
    """An absolute address on the issuer's own site; None where the entry names none."""
    link = link.strip()
    whole = _SITE + link if link.startswith("/") and not link.startswith("//") else link
    try:
        parts = urlsplit(whole)
    except ValueError:
        return None
    is_ours = parts.scheme in {"http", "https"} and parts.netloc.lower() in {
        "www.smartraveller.gov.au",
        "smartraveller.gov.au",
    }
    return _SITE + parts.path.rstrip("/") if is_ours and parts.path.strip("/") and len(whole) <= MAX_IDENTITY else None


def _level(number: str, words: str) -> tuple[Level | None, tuple[Message, ...]]:
    """The level, and what was odd about it. A number above four has no sense of its own."""
    counted = _NUMBER.fullmatch(number)
    by_number = int(counted[1]) if counted else None
    by_words = next(iter(_by_words(words)), None)
    if by_words is None:
        value = by_number if by_number is not None and by_number <= 4 else None
        shown = words or (f"Level {number.strip()}" if counted else "")
        return (Level(value, shown, _SCALE) if shown else None), ()
    if by_number is None or by_number == by_words:
        return Level(by_words, words, _SCALE), ()
    return Level(by_words, words, _SCALE), (Message("level-doubtful", {"number": by_number, "words": words[:200]}),)


def _by_words(words: str) -> Iterator[int]:
    return (value for value, pattern in _WORDS if pattern.search(words))
