"""Wire formats: bytes in, drafts of advisories out. One module a format; found by name or by content.

A reader takes bytes that are already bounded, parses them with a parser that refuses entities and document
types, and gives drafts whose words are still the issuer's markup. One broken entry is set aside alone; a page
where a feed should be, an empty feed or a cut answer is a `FormatError`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.drafts import Draft
from core.errors import FormatError
from core.formats import (
    actions,
    atom,
    australia,
    canada,
    cap,
    cap_index,
    cdc,
    documents,
    gdacs,
    germany,
    govuk,
    ireland,
    japan,
    json_feed,
    mail,
    netherlands,
    nws,
    rss,
    us_json,
    who,
)
from core.formats.charset import mended
from core.formats.index import Detail, NamedAlert
from core.model import Kind, Message

Reader = Callable[[bytes, datetime, Kind | None], tuple[list[Draft], list[Message]]]


def _read_cap(
    data: bytes, now: datetime, kind: Kind | None, *, language: str = "en", keys: str | None = None
) -> tuple[list[Draft], list[Message]]:
    """CAP comes as an alert of its own or as an index of alerts."""
    if cap_index.looks_like(beginning(data)):
        return cap_index.read(data, now, kind, language=language)
    return cap.read(data, now, kind, language=language, keys=keys)


# What a source may answer, and what only a traveller hands over.
READERS: dict[str, Reader] = {
    "rss": rss.read,
    "atom": atom.read,
    "json-feed": json_feed.read,
    "actions": actions.read,
    "cap": _read_cap,
    "nws": nws.read,
    "gdacs": gdacs.read,
    "cdc": cdc.read,
    "who": who.read,
    "us-json": us_json.read,
    "govuk": govuk.read,
    "canada": canada.read,
    "germany": germany.read,
    "netherlands": netherlands.read,
    "australia": australia.read,
    "ireland": ireland.read,
    "japan": japan.read,
}
# Whose documents name others, each with one country's advice.
_INDEXES: dict[str, Callable[[bytes, str], list[Detail]]] = {
    "govuk": govuk.details,
    "canada": canada.details,
    "germany": germany.details,
    "netherlands": netherlands.details,
}
# Who recognises a beginning, asked in this order; the particular stand before the general.
_JSON: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("json-feed", json_feed.looks_like),
    ("nws", nws.looks_like),
    ("govuk", govuk.looks_like),
    ("canada", canada.looks_like),
    ("germany", germany.looks_like),
    ("netherlands", netherlands.looks_like),
    ("who", who.looks_like),
    ("us-json", us_json.looks_like),
    ("australia", australia.looks_like),
    ("ireland", ireland.looks_like),
)
_XML: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("netherlands", netherlands.looks_like),
    ("japan", japan.looks_like),
    ("australia", australia.looks_like),
    ("gdacs", gdacs.looks_like),
    ("cdc", cdc.looks_like),
    ("cap", cap_index.looks_like),
    ("cap", cap.looks_like),
    ("atom", atom.looks_like),
    ("rss", rss.looks_like_feed),
)
DOCUMENTS: dict[str, Reader] = {
    "html": documents.read_page,
    "markdown": documents.read_markdown,
    "text": documents.read_text,
    "mail": mail.read,
}


_JSON_BEGINS = re.compile(rb"\{|\[\s*[{\]]")  # a text of the traveller may begin with a bracket too
# A part of a page, as a browser gives it to the clipboard.
_FRAGMENT = re.compile(rb"<(?:p|div|span|ul|ol|li|h[1-6]|table|section|article|main|b|strong|em|i|br|a|meta|style)\b")
# RSS 2.0 `language`, `xml:lang` of Atom, `lang` of HTML, in a lower-case beginning; only the language itself.
_SPOKEN = re.compile(rb"<language>\s*([a-z]{2,3})\b|<(?:rss|feed|html)\b[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2,3})\b")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader made of some bytes; `rejected` holds one message for each entry that was set aside.

    `language`: what a feed or page says of itself, for where nothing better is known; else empty.
    """

    format: str
    drafts: tuple[Draft, ...]
    rejected: tuple[Message, ...]
    language: str = ""


def beginning(data: bytes) -> bytes:
    """What the recognisers look at: the first bytes, in lower case, without mark and white space."""
    return data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def detect(data: bytes, *, documents_too: bool = False) -> str:
    """The format of some bytes, by what they hold. FormatError: none that we read.

    `documents_too`: pasted or saved text counts; without it a page is the wrong answer of a source.
    """
    start = beginning(data)
    if not start:
        raise FormatError("empty-answer")
    is_json = _JSON_BEGINS.match(start) is not None
    for name, looks_like in _JSON if is_json else _XML:
        if looks_like(start):
            return name
    if start in (b"{}", b"[]"):
        raise FormatError("empty-answer")
    if is_json:
        return "actions"
    if documents_too and mail.looks_like(start):  # before pages: a mail has one in it
        return "mail"
    if rss.looks_like_page(start):
        if documents_too:
            return "html"
        raise FormatError("page-instead-of-feed")
    if documents_too and _FRAGMENT.match(start):
        return "html"
    if not documents_too or start.startswith(b"<"):
        raise FormatError("format-unknown")
    return "markdown" if documents.is_markdown(documents.decode(data)) else "text"


def details(data: bytes, index: str, *, format_name: str | None) -> list[Detail]:
    """The documents that the index at this address names; none where the bytes are no index.

    FormatError: they are not of the format that the source has, or hold nothing.
    """
    data = mended(data)
    found = detect(data)
    if format_name is not None and found != format_name:
        raise FormatError("format-differs", expected=format_name, found=found)
    return _INDEXES[found](data, index) if found in _INDEXES else []


def alerts(data: bytes, index: str, now: datetime, *, language: str = "en") -> list[NamedAlert] | None:
    """The alerts that the index of alerts at this address names; None where the bytes are no such index."""
    data = mended(data)
    if detect(data) != "cap" or not cap_index.looks_like(beginning(data)):
        return None
    return cap_index.alerts(data, index, now, language=language)


def names_of_alert(data: bytes) -> tuple[str, str]:
    """How an index may name the alert that these bytes hold."""
    return cap_index.names(mended(data))


def is_index(format_name: str | None) -> bool:
    """Whether sources of this format publish an index of documents, which is never rightly empty."""
    return format_name in _INDEXES


def parse(
    data: bytes,
    now: datetime,
    *,
    format_name: str | None = None,
    kind: Kind | None = None,
    documents_too: bool = False,
    language: str = "en",
    keys: str | None = None,
) -> Parsed:
    """Drafts of what the bytes hold. FormatError: they are not of that format, or hold nothing.

    `language`: what is wanted of a document that says everything in several; `keys`: the PEM file of the certificates
    whose signatures count.
    """
    data = mended(data)
    readers = READERS | DOCUMENTS if documents_too else READERS
    if format_name is not None and format_name not in readers:
        raise FormatError("format-unknown-name", name=format_name, known=sorted(readers))
    if format_name in DOCUMENTS:
        found = format_name
    else:
        found = detect(data, documents_too=documents_too and format_name is None)
        if format_name is not None and found != format_name:
            raise FormatError("format-differs", expected=format_name, found=found)
    if found == "cap":
        drafts, rejected = _read_cap(data, now, kind, language=language, keys=keys)
    else:
        drafts, rejected = readers[found](data, now, kind)
    if not drafts:
        raise FormatError("empty-feed" if not rejected else "nothing-readable")
    said = _SPOKEN.search(beginning(data))
    return Parsed(found, tuple(drafts), tuple(rejected), (said[1] or said[2]).decode() if said else "")
