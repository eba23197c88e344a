"""The World Health Organization's disease outbreak news (JSON, OData).

https://www.who.int/api/news/diseaseoutbreaknews: under `value` the reports, a hundred at most and in no promised
order. A report names its country in the title; it has no level.
"""

import re
from datetime import datetime

import msgspec

from core import places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.wire import MAX_CHARACTERS, collect, dated, entry_as, json_as, section
from core.model import Kind, Message

_SITE = "https://www.who.int/emergencies/disease-outbreak-news/item"
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_MARKS = (b"diseaseoutbreaknews", b'"itemdefaulturl"', b'"donid"')


class _Report(msgspec.Struct, rename="pascal"):
    title: str
    id: str | None = None
    url_name: str | None = None
    item_default_url: str | None = None
    publication_date_and_time: str | None = None
    publication_date: str | None = None
    summary: str | None = None
    overview: str | None = None
    epidemiology: str | None = None
    response: str | None = None
    assessment: str | None = None
    advice: str | None = None


class _Answer(msgspec.Struct):
    value: list[msgspec.Raw]


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of this news."""
    return start.startswith(b"{") and b'"value"' in start and any(mark in start for mark in _MARKS)


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of each report."""
    raws = json_as(data, _Answer).value
    if not raws:
        raise FormatError("empty-feed")
    return collect(_draft(entry_as(raw, _Report), now, kind) for raw in raws)


def _draft(held: _Report | None, now: datetime, kind: Kind | None) -> Draft | None:
    if held is None or not held.title.strip():
        return None
    # Old reports have an address with a date in it, new ones a number; either way its last part is the name.
    name = (held.item_default_url or "").rstrip("/").rsplit("/", 1)[-1] or (held.url_name or "")
    url = f"{_SITE}/{name}" if _NAME.fullmatch(name) else None
    identity = url or (held.id or "").strip()[:200]
    if not identity:
        return None
    issued = dated(held.publication_date_and_time or held.publication_date, now)
    body = "".join(
        section(heading, words or "")
        for heading, words in (
            ("Overview", held.overview or held.summary),
            ("Epidemiology", held.epidemiology),
            ("Response", held.response),
            ("Assessment", held.assessment),
            ("Advice", held.advice),
        )
    )
    return Draft(
        identity=identity,
        title=held.title,
        body=body[:MAX_CHARACTERS],
        body_is_html=True,
        kind=kind or Kind.ALERT,
        url=url,
        countries=places.from_title(held.title),
        language="en",
        issued=issued.at,
        issued_is_date=issued.is_date,
        warnings=issued.warnings,
    )
