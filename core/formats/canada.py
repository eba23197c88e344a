"""Canada's travel advice: the index of all destinations and the document of each (open data, Global Affairs Canada).

`https://data.international.gc.ca/travel-voyage/index-alpha-eng.json` and `cta-cap-XX.json` beside it. The index is
built anew every day and its stamps move without a change. Strings carry HTML entities. Only the English half is read.
"""

import html
import re
from collections.abc import Iterator
from datetime import datetime

import msgspec

from core import markup, places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.index import Detail, beside
from core.formats.wire import (
    MAX_CHARACTERS,
    MAX_ENTRIES,
    Dated,
    collect,
    counted,
    dated,
    entry_as,
    json_as,
    paragraph,
    section,
)
from core.model import Kind, Level, Message

_SITE = "https://travel.gc.ca/destinations"
_SCALE = "Canada 0-3"
_START = re.compile(rb'"(?:advisory-state|country-iso|full-info-url)"\s*:')
_MARKED = re.compile(r"<(?:br|p|ul|ol|li)\b", re.IGNORECASE)
_KEY = re.compile(r"[A-Z0-9]{2,3}(?:-[A-Z0-9]{1,4})?")
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


# The fields that are texts of the site's tabs, and the heading of each; a field that none of these names is one of its
# own. What stands beside them says who and when, and no advice.
_TABS = {
    "advisories": "Risk level",
    "security": "Safety and security",
    "safety-and-security": "Safety and security",
    "entry-exit": "Entry and exit requirements",
    "health": "Health",
    "laws-culture": "Laws and culture",
    "disasters-climate": "Natural disasters and climate",
    "offices-html": "Need help?",
}
_NO_TABS = {"name", "url-slug", "friendly-date", "advisory-text", "recent-updates"}


class _Published(msgspec.Struct):
    timestamp: int | float | None = None
    asp: str | None = None


class _Destination(msgspec.Struct, rename="kebab"):
    eng: dict[str, object]
    advisory_state: int | None = None
    has_regional_advisory: bool | int | None = None
    date_published: _Published | str | None = None
    country_iso: str | None = None


class _Document(msgspec.Struct):
    data: dict[str, msgspec.Raw]


class _DetailDocument(msgspec.Struct):
    data: msgspec.Raw


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of the index or of a destination's document."""
    return start.startswith(b"{") and _START.search(start) is not None


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of each destination of the index, or the one of a destination's document."""
    entries = _entries(data)
    if entries is None:
        held = entry_as(json_as(data, _DetailDocument).data, _Destination)
        return collect([_draft(held.country_iso or "", held, now, kind) if held else None])
    return collect(_draft(key, entry_as(raw, _Destination), now, kind) for key, raw in entries.items())


def details(data: bytes, index: str) -> list[Detail]:
    """The documents that the index at this address names; none where the data is one of them."""
    return list(_details(_entries(data) or {}, index))


def _details(entries: dict[str, msgspec.Raw], index: str) -> Iterator[Detail]:
    for key, raw in list(entries.items())[:MAX_ENTRIES]:
        held = entry_as(raw, _Destination)
        if held is not None and _KEY.fullmatch(key):
            published = held.date_published
            changed = published if isinstance(published, str) else str(published.timestamp or "") if published else ""
            yield Detail(beside(index, f"cta-cap-{key}.json"), _countries(key), changed)


def _entries(data: bytes) -> dict[str, msgspec.Raw] | None:
    """The destinations of the index by key; None where the data is the document of one."""
    entries = json_as(data, _Document).data
    if not entries:
        raise FormatError("empty-feed")
    return None if "eng" in entries else entries


def _draft(key: str, held: _Destination | None, now: datetime, kind: Kind | None) -> Draft | None:
    name = _said(held.eng, "name") if held else ""
    if held is None or not _KEY.fullmatch(key) or not name.strip():
        return None
    said = _said(held.eng, "advisory-text")
    text = markup.from_html(said[:MAX_CHARACTERS]) if "<" in said else None
    words = text.plain.split("\n", 1)[0] if text else html.unescape(said).strip()
    state = held.advisory_state
    value = state + 1 if state is not None and 0 <= state <= 3 else None
    slug = _said(held.eng, "url-slug")
    issued = _issued(held.date_published, now)
    return Draft(
        identity=key,
        title=html.unescape(name),
        body=_body(held.eng),
        body_is_html=True,
        kind=kind or Kind.COUNTRY,
        url=f"{_SITE}/{slug}" if _SLUG.fullmatch(slug) else None,
        countries=_countries(key),
        language="en",
        level=Level(value, words, _SCALE) if words or value else None,
        status=("regional-advisory",) if held.has_regional_advisory else (),
        issued=issued.at,
        issued_is_date=issued.is_date,
        warnings=issued.warnings,
    )


def _said(eng: dict[str, object], key: str) -> str:
    """The words of a field; "" where it has none."""
    held = eng.get(key)
    if isinstance(held, dict):  # some documents have a text in parts
        return "\n".join(part for part in held.values() if isinstance(part, str))
    return held if isinstance(held, str) else ""


def _body(eng: dict[str, object]) -> str:
    """The advice under the headings of the site's own tabs; of the index only what was last changed."""
    others = {
        key: key.replace("-", " ").capitalize()
        for key in eng
        if key not in _TABS and key not in _NO_TABS and "<" in _said(eng, key)
    }
    text = "".join(section(heading, _said(eng, key)) for key, heading in (_TABS | others).items())
    said = _said(eng, "advisory-text")
    if not text and "<" in said:  # some documents have the whole advice there
        text = said
    updates = html.unescape(_said(eng, "recent-updates"))
    return (text or (section("", updates) if _MARKED.search(updates) else paragraph(updates)))[:MAX_CHARACTERS]


def _issued(published: _Published | str | None, now: datetime) -> Dated:
    if isinstance(published, str):
        return dated(published, now)
    if published is None:
        return Dated(None)
    return counted(published.timestamp, now) if published.timestamp else dated(published.asp, now)


def _countries(key: str) -> tuple[str, ...]:
    """The key where it is a country; a part of one (PT-20) names none."""
    return (key,) if places.is_country(key) else ()
