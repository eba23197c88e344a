"""A saved mail (RFC 5322 and MIME): its HTML part, else its plain one, as one document.

Whoever a mail says it is from is not believed to be an issuer. Attachments and what is nested in them are not read.
"""

import email
import email.policy
import re
from datetime import datetime
from email.message import EmailMessage

from selectolax.lexbor import LexborHTMLParser

from core.bounds import bounded
from core.drafts import Draft
from core.errors import FormatError
from core.formats.documents import MAX_CHARACTERS, draft
from core.model import Kind, Message

_HEADERS = re.compile(
    rb"^(from|to|subject|date|received|mime-version|message-id|return-path|delivered-to):", re.MULTILINE
)
_FIRST = re.compile(rb"[a-z][a-z0-9-]{0,60}:[^\n]{0,1000}\n")
_LEAST = 3
_MAX_PARTS = 200
# A part that is nested deeper has no words for a reader.
_MAX_BOUNDARIES = 2_000


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of a mail: its head has headers that mails have."""
    head = start.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    return _FIRST.match(head) is not None and len(set(_HEADERS.findall(head))) >= _LEAST


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """The mail as one document. FormatError: it has no part with words."""
    if data.lower().count(b"boundary=") > _MAX_BOUNDARIES:
        raise FormatError("format-unknown")
    try:
        held = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
        body = _body(held)
        subject, date = str(held.get("Subject", "")), str(held.get("Date", ""))
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise FormatError("format-unknown") from error  # the standard parser lets these through on broken headers
    if body is None:
        raise FormatError("format-unknown")
    words, is_html = body
    if is_html:
        tree = LexborHTMLParser(bounded(words))
        words = (tree.body.html if tree.body else "") or ""
    return [draft(subject, words, None, date, now, kind, is_html=is_html)], []


def _body(held: EmailMessage) -> tuple[str, bool] | None:
    """The words of the first HTML part, else of the first plain one, and which of both it is."""
    plain = None
    for number, part in enumerate(held.walk()):
        if number >= _MAX_PARTS:
            break
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/html":
            return _decoded(part), True
        if kind == "text/plain" and plain is None:
            plain = _decoded(part)
    return (plain, False) if plain is not None else None


def _decoded(part: EmailMessage) -> str:
    """A part's words; a charset that nobody knows is read as UTF-8."""
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    try:
        text = data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\x00", "")[:MAX_CHARACTERS]
