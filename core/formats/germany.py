"""Germany's travel advice: the open data of the Auswärtiges Amt, its index and its country documents.

https://www.auswaertiges-amt.de/opendata/travelwarning and `/ID`. Under `response` the countries stand by number
among other keys. A failure is an empty object with status 200: it is never "nothing new". The index has everything
but the text. No flag means no formal warning, not that all is well.
"""

import re
from collections.abc import Iterator
from datetime import datetime

import msgspec

from core import places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.index import Detail, below
from core.formats.wire import MAX_CHARACTERS, MAX_ENTRIES, collect, counted, entry_as, json_as
from core.model import Kind, Level, Message

_SCALE = "Auswärtiges Amt"
_START = re.compile(rb'\{\s*"response"\s*:\s*(?:\{|null)')
_ID = re.compile(r"[0-9]{1,12}")


class _Entry(msgspec.Struct, rename="camel"):
    title: str = ""
    country_name: str | None = None
    country_code: str | None = None
    iso3_country_code: str | None = msgspec.field(default=None, name="iso3CountryCode")
    last_modified: int | float | None = None
    warning: bool | None = None
    partial_warning: bool | None = None
    situation_warning: bool | None = None
    situation_part_warning: bool | None = None
    last_changes: str | None = None
    content: str | None = None


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of this open data; an empty answer of it counts."""
    return _START.match(start) is not None


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of each country of the index, or the one of a country document."""
    return collect(_draft(key, entry_as(raw, _Entry), now, kind) for key, raw in _entries(data))


def details(data: bytes, index: str) -> list[Detail]:
    """The country documents that the index at this address names; none where the data is one of them."""
    return list(_details(_entries(data), index))


def _details(entries: list[tuple[str, msgspec.Raw]], index: str) -> Iterator[Detail]:
    for key, raw in entries[:MAX_ENTRIES]:
        entry = entry_as(raw, _Entry)
        if entry is not None and not entry.content:
            yield Detail(below(index, key), _countries(entry), str(entry.last_modified or ""))


def _entries(data: bytes) -> list[tuple[str, msgspec.Raw]]:
    """The countries by number. FormatError: there is none, which is how this source fails."""
    held = json_as(data, dict[str, msgspec.Raw])
    if held and "response" not in held:
        raise FormatError("format-unknown")
    response = (entry_as(held["response"], dict[str, msgspec.Raw]) if held else None) or {}
    entries = [(key, raw) for key, raw in response.items() if _ID.fullmatch(key)]
    if not entries:
        raise FormatError("empty-feed")
    return entries


def _draft(key: str, entry: _Entry | None, now: datetime, kind: Kind | None) -> Draft | None:
    if entry is None or not (entry.title.strip() or (entry.country_name or "").strip()):
        return None
    issued = counted(entry.last_modified, now)
    return Draft(
        identity=key,
        title=entry.title or entry.country_name or "",
        body=(entry.content or entry.last_changes or "")[:MAX_CHARACTERS],
        body_is_html=True,
        kind=kind or Kind.COUNTRY,
        countries=_countries(entry),
        language="de",
        level=_level(entry),
        issued=issued.at,
        issued_is_date=issued.is_date,
        warnings=issued.warnings,
    )


def _level(entry: _Entry) -> Level | None:
    """The weightiest flag; without the two that every entry has, nothing is known."""
    if entry.warning is None or entry.partial_warning is None:
        return None
    if entry.warning:
        return Level(4, "Reisewarnung", _SCALE)
    if entry.partial_warning:
        return Level(3, "Teilreisewarnung", _SCALE)
    if entry.situation_warning:
        return Level(2, "Sicherheitshinweis", _SCALE)
    if entry.situation_part_warning:
        return Level(2, "Sicherheitshinweis für Landesteile", _SCALE)
    return Level(1, "Keine Reisewarnung", _SCALE)


def _countries(entry: _Entry) -> tuple[str, ...]:
    code = places.from_alpha3(entry.iso3_country_code or "") or (entry.country_code or "").strip().upper()
    return (code,) if places.is_country(code) else ()
