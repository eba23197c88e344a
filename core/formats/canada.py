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
_KEY = re.compile(r"[A-Z0-9]{2,3}(?:-[A-Z0-9]{1,4})?")
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


class _English(msgspec.Struct, rename="kebab"):
    name: str = ""
    url_slug: str | None = None
    advisory_text: str | None = None
    recent_updates: str | None = None
    advisories: str | None = None
    security: str | None = None
    entry_exit: str | None = None
    health: str | None = None
    laws_culture: str | None = None
    disasters_climate: str | None = None
    offices_html: str | None = None


class _Published(msgspec.Struct):
    timestamp: int | float | None = None
    asp: str | None = None


class _Destination(msgspec.Struct, rename="kebab"):
    eng: _English
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
    if held is None or not _KEY.fullmatch(key) or not held.eng.name.strip():
        return None
    said = held.eng.advisory_text or ""
    text = markup.from_html(said[:MAX_CHARACTERS]) if "<" in said else None
    words = text.plain.split("\n", 1)[0] if text else html.unescape(said).strip()
    state = held.advisory_state
    value = state + 1 if state is not None and 0 <= state <= 3 else None
    slug = held.eng.url_slug or ""
    issued = _issued(held.date_published, now)
    return Draft(
        identity=key,
        title=html.unescape(held.eng.name),
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


def _body(eng: _English) -> str:
    """The advice under the headings of the site's own tabs; of the index only what was last changed."""
    text = "".join(
        section(heading, body or "")
        for heading, body in (
            ("Risk level", eng.advisories),
            ("Safety and security", eng.security),
            ("Entry and exit requirements", eng.entry_exit),
            ("Health", eng.health),
            ("Laws and culture", eng.laws_culture),
            ("Natural disasters and climate", eng.disasters_climate),
            ("Need help?", eng.offices_html),
        )
    )
    said = eng.advisory_text or ""
    if not text and "<" in said:  # some documents have the whole advice there
        text = said
    return (text or paragraph(html.unescape(eng.recent_updates or "")))[:MAX_CHARACTERS]


def _issued(published: _Published | str | None, now: datetime) -> Dated:
    if isinstance(published, str):
        return dated(published, now)
    if published is None:
        return Dated(None)
    return counted(published.timestamp, now) if published.timestamp else dated(published.asp, now)


def _countries(key: str) -> tuple[str, ...]:
    """The key where it is a country; a part of one (PT-20) names none."""
    return (key,) if places.is_country(key) else ()
