"""JSON Feed 1.0 and 1.1 (jsonfeed.org): each item is an alert."""

from datetime import datetime

import msgspec

from core.drafts import Draft
from core.errors import FormatError
from core.formats.atom import Entry, draft
from core.formats.wire import MAX_CHARACTERS, collect, entry_as, json_as
from core.model import Kind, Message

_VERSION = "https://jsonfeed.org/version/1"


class _Feed(msgspec.Struct):
    version: str
    items: list[msgspec.Raw]
    title: str = ""


class _Item(msgspec.Struct):
    id: str | int | float | None = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of a JSON Feed."""
    return start.startswith(b"{") and b"jsonfeed.org" in start


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """Drafts of every item that can be read, the newest state of each identity once."""
    feed = json_as(data, _Feed)
    if not feed.version.startswith(_VERSION):
        raise FormatError("format-unknown")
    return collect(_draft(entry_as(raw, _Item), feed.title, now, kind) for raw in feed.items)


def _draft(item: _Item | None, issuer: str, now: datetime, kind: Kind | None) -> Draft | None:
    if item is None:
        return None
    entry = Entry(
        id="" if item.id is None else str(item.id).strip(),
        link=(item.url or item.external_url or "").strip(),
        title=item.title or "",
        body=(item.content_html or item.content_text or item.summary or "")[:MAX_CHARACTERS],
        body_is_html=bool(item.content_html),
        published=item.date_published or "",
        updated=item.date_modified or "",
        issuer=issuer,
    )
    return draft(entry, now, kind)
