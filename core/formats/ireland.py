"""Ireland's security status of each country, as a table: `{"country-name": "status"}`.

The Department of Foreign Affairs publishes pages, and no feed of them is known; this is the shape in which others
collect their one word a country. It carries neither text nor dates.
"""

import re
from datetime import datetime

import msgspec

from core import places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.wire import collect, entry_as, json_as
from core.model import Kind, Level, Message

_SCALE = "Ireland, security status"
_STATUSES = {
    "normal-precautions": (1, "Normal precautions"),
    "high-degree-of-caution": (2, "High degree of caution"),
    "avoid-non-essential-travel": (3, "Avoid non-essential travel"),
    "do-not-travel": (4, "Do not travel"),
}
# Names that mean something else elsewhere, or nothing.
_SLUGS = {"congo": ("CG",), "china-hong-kong-macao": ("HK", "MO"), "democratic-republic-of-korea": ("KP",)}
_SLUG = re.compile(r"[a-z0-9-]{1,80}")
_START = re.compile(rb'\{\s*"[a-z0-9-]{1,80}"\s*:\s*"(?:' + "|".join(_STATUSES).encode() + rb')"\s*[,}]')


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of such a table."""
    return _START.match(start) is not None


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of each country of the table."""
    table = json_as(data, dict[str, msgspec.Raw])
    if not table:
        raise FormatError("empty-feed")
    return collect(_draft(slug, entry_as(raw, str), kind) for slug, raw in table.items())


def _draft(slug: str, status: str | None, kind: Kind | None) -> Draft | None:
    if status not in _STATUSES or not _SLUG.fullmatch(slug):
        return None
    value, words = _STATUSES[status]
    name = slug.replace("-", " ")
    countries = _SLUGS.get(slug) or places.from_title(name)
    return Draft(
        identity=slug,
        title=places.name(countries[0]) if len(countries) == 1 else name.title(),
        body=words,
        body_is_html=False,
        kind=kind or Kind.COUNTRY,
        countries=countries,
        language="en",
        level=Level(value, words, _SCALE),
    )
