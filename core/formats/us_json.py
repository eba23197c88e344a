"""The United States' travel advisories as JSON: the data interface of Consular Affairs.

https://cadataapi.state.gov/api/TravelAdvisories, a list. Entries vanish and come back, and to some agents it answers
an empty list. `Category` holds the State Department's own country codes (FIPS 10-4). The same advisories come as RSS,
which `core.formats.rss` reads; the level stands in the title alone here.
"""

import re
from datetime import datetime

import msgspec

from core import places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.wire import MAX_CHARACTERS, MAX_IDENTITY, collect, dated, entry_as, json_as
from core.model import Kind, Level, Message

_SCALE = "United States 1-4"
_LEVEL = re.compile(r"\bLevel\s+([1-4])\s*[:–-]\s*([^|]{3,80})", re.IGNORECASE)


class _Advisory(msgspec.Struct, rename="pascal"):
    title: str
    link: str | None = None
    category: list[str] | None = None
    summary: str | None = None
    id: str | None = msgspec.field(default=None, name="id")
    published: str | None = None
    updated: str | None = None


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of this list."""
    return start.startswith(b"[") and all(mark in start for mark in (b'"title"', b'"category"', b"state.gov"))


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of each advisory of the list."""
    raws = json_as(data, list[msgspec.Raw])
    if not raws:
        raise FormatError("empty-feed")
    return collect(_draft(entry_as(raw, _Advisory), now, kind) for raw in raws)


def _draft(held: _Advisory | None, now: datetime, kind: Kind | None) -> Draft | None:
    if held is None or not held.title.strip():
        return None
    link = (held.link or "").strip()
    identity = (link or (held.id or "").strip())[:MAX_IDENTITY]
    if not identity:
        return None
    # What it calls published is when the state shown was; `Updated` moves with the site.
    issued = dated(held.published or held.updated, now)
    countries, doubts = _countries(held)
    found = _LEVEL.search(held.title)
    return Draft(
        identity=identity,
        title=held.title,
        body=(held.summary or "")[:MAX_CHARACTERS],
        body_is_html=True,
        kind=kind or Kind.COUNTRY,
        url=link or None,
        countries=countries,
        language="en",
        level=Level(int(found[1]), " ".join(found[0].split()), _SCALE) if found else None,
        issued=issued.at,
        issued_is_date=issued.is_date,
        warnings=(*doubts, *issued.warnings),
    )


def _countries(held: _Advisory) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """By the title and the codes. Where they contradict each other both count, as in the feed."""
    named = places.from_title(held.title)
    codes = [code.strip().upper() for code in (held.category or [])[:20]]
    # A code that already is the ISO code of a country in the title is not read as FIPS.
    tagged = {code: found for code in codes if code not in named and (found := places.from_fips(code))}
    if not named:
        return tuple(dict.fromkeys(tagged.values())), ()
    others = {code: found for code, found in tagged.items() if found not in named}
    doubts = tuple(
        Message("country-doubtful", {"title": list(named), "code": found}) for found in dict.fromkeys(others.values())
    )
    return tuple(dict.fromkeys((*named, *others.values()))), doubts
