"""The United Kingdom's travel advice: the GOV.UK content API, its index and its country documents.

https://content-api.publishing.service.gov.uk and the `travel_advice` schemas of govuk-content-schemas. The index
carries no alert status, so what it says of a country has no level. `reviewed_at` and `updated_at` move without a
change and are not read. Of the hosts that a document names none is believed.
"""

import re
from collections.abc import Iterator
from datetime import datetime

import msgspec

from core import places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.index import Detail, below
from core.formats.wire import MAX_CHARACTERS, MAX_ENTRIES, collect, dated, entry_as, json_as, paragraph, section
from core.model import Kind, Level, Message

INDEX_PATH = "/foreign-travel-advice"
_SITE = "https://www.gov.uk"
_SCALE = "UK alert status"
_COUNTRY_PATH = re.compile(rf"{INDEX_PATH}/([a-z0-9-]{{1,80}})")
_START = re.compile(rb'"base_path"\s*:\s*"\\?/foreign-travel-advice')
# The four values of `alert_status`, the weightiest first: the common level and the words for it.
_STATUSES = {
    "avoid_all_travel_to_whole_country": (4, "all travel to the whole country"),
    "avoid_all_but_essential_travel_to_whole_country": (3, "all but essential travel to the whole country"),
    "avoid_all_travel_to_parts": (3, "all travel to parts of the country"),
    "avoid_all_but_essential_travel_to_parts": (2, "all but essential travel to parts of the country"),
}
# Names that stand for one country here, and for several or none elsewhere.
_SLUGS = {"congo": ("CG",), "british-antarctic-territory": ("AQ",)}


class _Rendering(msgspec.Struct):
    content_type: str = ""
    content: str = ""


class _Part(msgspec.Struct):
    title: str = ""
    body: str | list[_Rendering] | None = None


class _Country(msgspec.Struct):
    name: str = ""
    slug: str = ""


class _Details(msgspec.Struct):
    country: _Country | None = None
    summary: str | list[_Rendering] | None = None
    parts: list[_Part] | None = None
    alert_status: list[str] | None = None
    change_description: str | None = None


class _Withdrawal(msgspec.Struct):
    explanation: str | None = None
    withdrawn_at: str | None = None


class _Page(msgspec.Struct):
    base_path: str
    title: str = ""
    public_updated_at: str | None = None
    withdrawn: bool | None = None
    withdrawn_notice: _Withdrawal | None = None
    details: _Details | None = None


class _Links(msgspec.Struct):
    children: list[msgspec.Raw] | None = None


class _Index(msgspec.Struct):
    base_path: str
    links: _Links | None = None


class _Any(msgspec.Struct):
    base_path: str


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of travel advice of the content API."""
    return start.startswith(b"{") and _START.search(start) is not None


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """One draft of a country document; of the index one for each country, with what the index knows of it."""
    children = _children(data)
    if children is None:
        return collect([_draft(entry_as(data, _Page), now, kind)])
    if not children:
        raise FormatError("empty-feed")
    return collect(_draft(entry_as(raw, _Page), now, kind) for raw in children)


def details(data: bytes, index: str) -> list[Detail]:
    """The country documents that the index at this address names; none where the data is a country document."""
    return list(_details(_children(data) or [], index))


def _details(children: list[msgspec.Raw], index: str) -> Iterator[Detail]:
    for raw in children[:MAX_ENTRIES]:
        page = entry_as(raw, _Page)
        if page is not None and (path := _COUNTRY_PATH.fullmatch(page.base_path)):
            yield Detail(below(index, path[1]), _countries(page), page.public_updated_at or "")


def _children(data: bytes) -> list[msgspec.Raw] | None:
    """The entries of the index; None where the data is a country document."""
    path = json_as(data, _Any).base_path
    if _COUNTRY_PATH.fullmatch(path):
        return None
    if path != INDEX_PATH:
        raise FormatError("format-unknown")
    links = json_as(data, _Index).links
    return (links.children if links else None) or []


def _draft(page: _Page | None, now: datetime, kind: Kind | None) -> Draft | None:
    if page is None or not _COUNTRY_PATH.fullmatch(page.base_path):
        return None
    held = page.details or _Details()
    notice = page.withdrawn_notice
    is_withdrawn = bool(page.withdrawn or (notice and (notice.explanation or notice.withdrawn_at)))
    alerts = [word for word in _STATUSES if word in (held.alert_status or [])]
    unknown = sorted({word for word in held.alert_status or [] if word not in _STATUSES})
    issued = dated(page.public_updated_at, now)
    warnings = issued.warnings
    if unknown:
        warnings = (*warnings, Message("status-unknown", {"words": [word[:80] for word in unknown[:10]]}))
    return Draft(
        identity=page.base_path,
        title=page.title or (held.country.name if held.country else ""),
        body=_body(page, held),
        body_is_html=True,
        kind=kind or Kind.COUNTRY,
        url=_SITE + page.base_path,
        countries=_countries(page),
        language="en",
        level=_level(alerts),
        status=(*(word.replace("_", "-") for word in alerts), *(("withdrawn",) if is_withdrawn else ())),
        issued=issued.at,
        issued_is_date=issued.is_date,
        warnings=warnings,
    )


def _body(page: _Page, held: _Details) -> str:
    """The whole advice; where there is none, as in the index, what the issuer says was last changed."""
    explanation = (page.withdrawn_notice and page.withdrawn_notice.explanation) or ""
    parts = held.parts or []
    summary = _rendered(held.summary)
    text = "".join(section(part.title, _rendered(part.body)) for part in parts)
    if summary.strip() and not any(_rendered(part.body).strip() == summary.strip() for part in parts):
        text = f"{summary}\n{text}"
    if not text.strip():
        text = paragraph(held.change_description or "")
    return (f"{explanation}\n{text}" if explanation else text)[:MAX_CHARACTERS]


def _rendered(body: str | list[_Rendering] | None) -> str:
    """The HTML of a field that is a string, or a list of the same words in several types."""
    if isinstance(body, list):
        return next((held.content for held in body if held.content_type == "text/html"), "")
    return body or ""


def _level(alerts: list[str]) -> Level | None:
    """The highest of the alert statuses. Without one there is no level: the issuer says nothing, not "safe"."""
    if not alerts:
        return None
    words = "; ".join(_STATUSES[word][1] for word in alerts)
    return Level(max(_STATUSES[word][0] for word in alerts), f"Avoid {words}", _SCALE)


def _countries(page: _Page) -> tuple[str, ...]:
    country = (page.details and page.details.country) or _Country()
    path = _COUNTRY_PATH.fullmatch(page.base_path)
    slug = country.slug or (path[1] if path else "")
    return _SLUGS.get(slug) or places.from_title(country.name) or places.from_title(slug.replace("-", " "))
