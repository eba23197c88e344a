"""The United States' weather service: its alerts as GeoJSON (api.weather.gov), the elements of CAP under other names.

An alert is named as its CAP form is, by sender and identifier, so that the two are one. All text is hard-wrapped;
`instruction` is often null. Where an alert is drawn on a map is not read.
"""

from datetime import datetime

import msgspec

from core.drafts import Draft
from core.errors import FormatError
from core.formats.cap import Words, countries_of, draft, identity
from core.formats.wire import collect, entry_as, json_as
from core.model import Kind, Message

_SENDER = "w-nws.webmaster@noaa.gov"


class _Document(msgspec.Struct):
    type: str
    features: list[msgspec.Raw] | None = None


class _Reference(msgspec.Struct):
    identifier: str = ""
    sender: str = ""


class _Properties(msgspec.Struct, rename="camel"):
    id: str
    address: str | None = msgspec.field(default=None, name="@id")
    area_desc: str | None = None
    geocode: dict[str, list[str]] | None = None
    references: list[_Reference] | None = None
    sent: str | None = None
    effective: str | None = None
    onset: str | None = None
    expires: str | None = None
    status: str | None = None
    message_type: str | None = None
    severity: str | None = None
    urgency: str | None = None
    event: str | None = None
    sender: str | None = None
    sender_name: str | None = None
    headline: str | None = None
    description: str | None = None
    instruction: str | None = None
    response: str | None = None
    web: str | None = None
    language: str | None = None


class _Feature(msgspec.Struct):
    properties: _Properties


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of the service's answer, many alerts or one."""
    return start.startswith(b"{") and (
        b"featurecollection" in start or (b'"feature"' in start and b"api.weather.gov" in start)
    )


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """Drafts of every alert; the service's list, or one alert alone."""
    document = json_as(data, _Document)
    if document.type == "Feature":
        features = [msgspec.Raw(data.strip(b"\xef\xbb\xbf \t\r\n"))]
    elif document.type == "FeatureCollection" and document.features is not None:
        features = document.features
    else:
        raise FormatError("format-unknown")
    read_as = (entry_as(raw, _Feature) for raw in features)
    return collect(
        _draft(feature.properties, now, kind) if feature else None
        for feature in read_as
        if feature is None or (feature.properties.message_type or "").lower() not in {"ack", "error"}
    )


def _draft(said: _Properties, now: datetime, kind: Kind | None) -> Draft | None:
    if not said.id.strip() or not (said.headline or said.event or said.description):
        return None
    sender = (said.sender or _SENDER).strip()
    codes = tuple((name, code) for name, values in (said.geocode or {}).items() for code in values)
    words = Words(
        identifier=said.id.strip(),
        sender=sender,
        sent=said.sent or "",
        status=said.status or "",
        message_type=said.message_type or "",
        references=tuple(
            identity(one.sender or sender, one.identifier) for one in said.references or () if one.identifier
        ),
        language=said.language or "en-US",
        event=said.event or "",
        headline=said.headline or "",
        descriptions=(said.description,) if said.description else (),
        instructions=(said.instruction,) if said.instruction else (),
        response=said.response or "",
        urgency=said.urgency or "",
        severity=said.severity or "",
        effective=said.effective or "",
        onset=said.onset or "",
        expires=(said.expires,) if said.expires else (),
        web=said.web or "",
        sender_name=said.sender_name or "",
        areas=tuple(part.strip() for part in (said.area_desc or "").split(";") if part.strip()),
    )
    # Territories have ISO codes of their own, and a traveller may name a trip by either.
    countries = tuple(dict.fromkeys(("US", *countries_of(Words(codes=codes)))))
    address = said.address if (said.address or "").startswith("https://") else ""
    return draft(words, now, kind, url=address or "", countries=countries, is_wrapped=True)
