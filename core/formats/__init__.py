"""Wire formats: bytes in, drafts of advisories out. One module a format; found by name or by content.

A reader takes bytes that are already bounded, parses them with a parser that refuses entities and document
types, and gives drafts whose words are still the issuer's markup. One broken entry is set aside alone; a page
where a feed should be, an empty feed or a cut answer is a `FormatError`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.errors import FormatError
from core.formats import actions, rss
from core.model import Draft, Kind, Message

Reader = Callable[[bytes, datetime, Kind | None], tuple[list[Draft], list[Message]]]

READERS: dict[str, Reader] = {"rss": rss.read, "actions": actions.read}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader made of some bytes; `rejected` holds one message for each entry that was set aside."""

    format: str
    drafts: tuple[Draft, ...]
    rejected: tuple[Message, ...]


def detect(data: bytes) -> str:
    """The format of some bytes, by what they hold. FormatError: none that we read."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise FormatError("empty-answer")
    if start.startswith((b"{", b"[")):
        return "actions"
    if rss.looks_like_feed(start):
        return "rss"
    if rss.looks_like_page(start):
        raise FormatError("page-instead-of-feed")
    raise FormatError("format-unknown")


def parse(data: bytes, now: datetime, *, format_name: str | None = None, kind: Kind | None = None) -> Parsed:
    """Drafts of what the bytes hold. FormatError: they are not of that format, or hold nothing."""
    found = detect(data)
    if format_name is not None:
        if format_name not in READERS:
            raise FormatError("format-unknown-name", name=format_name, known=sorted(READERS))
        if found != format_name:
            raise FormatError("format-differs", expected=format_name, found=found)
    drafts, rejected = READERS[found](data, now, kind)
    if not drafts:
        raise FormatError("empty-feed" if not rejected else "nothing-readable")
    return Parsed(found, tuple(drafts), tuple(rejected))
