"""Pasted or saved text: plain words, Markdown, a saved web page. One document, one draft.

These are never what a feed should answer; only who reads a file or a paste on purpose gets them. A document has
no identity but its address, where it names one, else its own words. A text that reads like the news, quoting an
issuer, is a `report`: second-hand, with neither level nor status.
"""

import hashlib
import re
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from core import markup, places
from core.addresses import safe_address
from core.bounds import bounded
from core.drafts import Draft
from core.errors import FormatError
from core.model import Kind, Message
from core.rules import rules_for
from core.times import stamp

MAX_CHARACTERS = 1_000_000
_TITLE_CHARACTERS = 160
_FRONT_MATTER = re.compile(r"\A---\n(.{0,4000}?)\n---\n", re.DOTALL)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\s*[-*] \S|\s*\d+\. \S|>)|\*\*\S|\[[^\]\n]{1,300}\]\(\S", re.MULTILINE)
_REPORTING_LEAST = 2


def decode(data: bytes) -> str:
    """The words of some bytes: UTF-8, UTF-16 with its mark, else Windows-1252. FormatError: no text at all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if "\x00" in text or not any(character.isalpha() for character in text[:100_000]):
        raise FormatError("format-unknown")
    return text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")


def is_markdown(text: str) -> bool:
    """Whether a text carries Markdown's signs; plain lists with dashes do too, and are read alike."""
    return _FRONT_MATTER.match(text) is not None or len(_MARKDOWN.findall(text[:50_000])) >= 2


def read_page(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A saved web page."""
    tree = LexborHTMLParser(bounded(decode(data)))
    heading, title = tree.css_first("h1"), tree.css_first("title")
    named = (heading and heading.text()) or (title and title.text()) or ""
    link = tree.css_first('link[rel="canonical"]')
    address = safe_address((link.attributes.get("href") or "") if link else "")
    main = tree.css_first("main") or tree.css_first("article")
    body = main or tree.body
    page = draft(named, (body.html if body else "") or "", address, None, now, kind)
    # Around the text of a page stand menus and notices, whose commands are not the issuer's.
    return [replace(page, prose=main is not None)], []


def read_markdown(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A Markdown text; a few lines of front matter may name title, address and date."""
    from markdown_it import MarkdownIt  # 20 ms, and only for pasted or saved text

    text = decode(data)
    front = _FRONT_MATTER.match(text)
    fields = dict(re.findall(r"^(\w+):\s*[\"']?(.*?)[\"']?\s*$", front[1], re.MULTILINE)) if front else {}
    body = text[front.end() :] if front else text
    rendered: str = MarkdownIt("commonmark", {"html": False}).render(body)
    address = safe_address(fields.get("website") or fields.get("url") or "")
    return [draft(fields.get("title", ""), rendered, address, fields.get("when") or fields.get("date"), now, kind)], []


def read_text(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """Plain words: a mail, a message, a copy of a page."""
    return [draft("", decode(data), None, None, now, kind, is_html=False)], []


def draft(
    title: str,
    body: str,
    address: str | None,
    date: str | None,
    now: datetime,
    kind: Kind | None,
    *,
    is_html: bool = True,
) -> Draft:
    """One document as a draft: its title, else its first words; news that quotes an issuer is a report."""
    text = markup.from_html(body, address) if is_html else markup.from_plain(body)
    first = next((text.plain[block.start : block.end] for block in text.blocks), "")
    title = markup.fold(title)[:_TITLE_CHARACTERS] or _shortened(first)
    issued = stamp(date, now)
    return Draft(
        identity=address or hashlib.blake2s(text.plain.encode(), digest_size=16).hexdigest(),
        title=title,
        body=body,
        body_is_html=is_html,
        language="",
        kind=kind or (Kind.REPORT if reads_like_news(text.plain) else Kind.ALERT),
        url=address,
        countries=places.from_title(title) or places.from_names(text.plain[:600]),
        issued=issued.at if issued else None,
        issued_is_date=issued is not None and not issued.exact,
    )


def _shortened(words: str) -> str:
    if len(words) <= _TITLE_CHARACTERS:
        return words.rstrip(":")
    return words[:_TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"


def reads_like_news(text: str) -> bool:
    """Whether somebody reports what an issuer said: words of reporting, at least twice."""
    reporting = rules_for("en").reporting
    return len(reporting.findall(text[:200_000])) >= _REPORTING_LEAST
