"""What the readers of JSON and XML share: bytes into typed values, with bounds, one entry at a time.

It knows no issuer. Nothing here believes a word: what comes out is still the issuer's markup.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError, tostring

import msgspec

from core.drafts import Draft
from core.errors import FormatError
from core.model import Message
from core.times import stamp

Shape = TypeVar("Shape")

MAX_ENTRIES = 2000
MAX_CHARACTERS = 2_000_001  # one more than is read of a text, so that the reader notices
MAX_IDENTITY = 2000
# What any government publishes has these many times fewer; each costs a parser memory.
_MAX_MARKS = 500_000
_PREFIX = re.compile(r"(</?)\w+:(?=\w)")
_MARGIN = b"\xef\xbb\xbf \t\r\n"
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 100_000_000_000


def json_as(data: bytes, shape: type[Shape]) -> Shape:
    """JSON of a known shape; unknown keys are let through. FormatError: it is none, or of another shape."""
    if data.count(b"{") > _MAX_MARKS or data.count(b",") > _MAX_MARKS or data.count(b"[") > _MAX_MARKS:
        raise FormatError("too-large")
    data = data.strip(_MARGIN)
    try:
        return msgspec.json.decode(data, type=shape)
    except msgspec.ValidationError as error:
        # Only the outermost shape was looked at so far: whether the rest is JSON at all decides which error it is.
        raise FormatError("format-unknown" if _is_json(data) else "json-unreadable") from error
    except (ValueError, RecursionError) as error:
        raise FormatError("page-instead-of-feed" if data.startswith(b"<") else "json-unreadable") from error


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (ValueError, RecursionError):
        return False
    return True


def entry_as(raw: msgspec.Raw | bytes, shape: type[Shape]) -> Shape | None:
    """One entry of a JSON document, or a document that is one, or None where any field read has a wrong type."""
    if isinstance(raw, bytes):
        raw = raw.strip(_MARGIN)
    try:
        return msgspec.json.decode(raw, type=shape)
    except (ValueError, RecursionError):
        return None


def xml_of(data: bytes, *roots: str) -> Element:
    """The tree of XML whose outermost element is one of `roots`. FormatError: it is none, or carries a DTD."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    if data.count(b"<") > _MAX_MARKS or data.count(b"=") > _MAX_MARKS:
        raise FormatError("too-large")
    try:
        root = ElementTree.fromstring(data.lstrip(_MARGIN), forbid_dtd=True)
    except DefusedXmlException as error:
        raise FormatError("document-type-refused") from error
    except (ParseError, ValueError, LookupError) as error:
        is_whole = re.search(rb"</[^<>]{1,80}>\s*\Z", data[-200:]) is not None
        raise FormatError("xml-unreadable" if is_whole else "answer-cut") from error
    if local_name(root) not in roots:
        raise FormatError("page-instead-of-feed" if local_name(root).lower() == "html" else "format-unknown")
    return root


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rsplit("}", 1)[-1]


def child(element: Element, name: str) -> Element | None:
    """The first child of that name, whatever its namespace."""
    return next((held for held in element if local_name(held) == name), None)


def inner(element: Element) -> str:
    """What an element holds: its words, with the markup that some issuers put there unescaped."""
    if len(element) == 0:
        return element.text or ""
    try:
        parts = [tostring(part, encoding="unicode", method="html") for part in element]
    except RecursionError:  # no text is built like this; its words are kept
        return "".join(element.itertext())
    return (element.text or "") + _PREFIX.sub(r"\1", "".join(parts))


def words_of(element: Element, *names: str) -> str:
    """The words inside the first child that has one of these names and is not blank, or ""."""
    for name in names:
        held = child(element, name)
        words = inner(held)[:MAX_CHARACTERS] if held is not None else ""
        if words.strip():
            return words
    return ""


def collect(found: Iterable[Draft | None]) -> tuple[list[Draft], list[Message]]:
    """The newest state of each identity once, and a message for each entry that was set aside (None)."""
    drafts: dict[str, Draft] = {}
    rejected: list[Message] = []
    for number, draft in enumerate(islice(found, MAX_ENTRIES), 1):
        if draft is None:
            rejected.append(Message("entry-unreadable", {"number": number}))
            continue
        held = drafts.get(draft.identity)
        if held is None or (draft.issued and held.issued and draft.issued > held.issued):
            drafts[draft.identity] = draft
    return list(drafts.values()), rejected


@dataclass(frozen=True, slots=True)
class Dated:
    """When an entry was issued; `is_date` where only the day is known; `warnings` where it could not be read."""

    at: datetime | None
    is_date: bool = False
    warnings: tuple[Message, ...] = ()


def dated(text: str | None, now: datetime) -> Dated:
    """The issuer's date as text."""
    found = stamp(text, now)
    if found is None:
        return Dated(None, warnings=(Message("date-unreadable", {}),) if text and text.strip() else ())
    return Dated(found.at, is_date=not found.exact)


def counted(number: float | None, now: datetime) -> Dated:
    """The issuer's date as seconds or milliseconds since 1970. Nought is no date."""
    if not number:
        return Dated(None)
    seconds = number / 1000 if abs(number) >= _MILLISECONDS_FROM else number
    try:
        at = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        at = _EARLIEST - timedelta(days=1)
    if not _EARLIEST <= at <= now + timedelta(days=366):
        return Dated(None, warnings=(Message("date-unreadable", {}),))
    return Dated(at)


def section(heading: str, body: str, rank: int = 2) -> str:
    """A part of a page as HTML: its heading, which is plain text, and its body, which is markup. "" without a body."""
    if not body.strip():
        return ""
    heading = html.escape(" ".join(heading.split()))
    return f"<h{rank}>{heading}</h{rank}>\n{body}\n" if heading else f"{body}\n"


def paragraph(words: str) -> str:
    """Plain words as HTML, or "" where there are none."""
    return f"<p>{html.escape(words)}</p>\n" if words.strip() else ""
