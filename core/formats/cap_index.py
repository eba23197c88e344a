"""Indexes of alerts: Atom and RSS feeds whose entries carry elements of CAP, or lead to an alert in that form.

MeteoAlarm, Canada's NAAD, Alberta, the US weather service's Atom, and RSS of national services. What the index itself
says becomes the draft, its address the alert's own: an index often has a summary and no instruction, so `alerts` tells
where each alert is. Entries for one alert, by area or by language, are one. An entry that holds a whole alert is read
as that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from core import markup, places
from core.drafts import Draft
from core.formats import atom, cap, rss
from core.formats.index import NamedAlert
from core.formats.wire import MAX_ENTRIES, collect, dated, local_name, words_of, xml_of
from core.model import Kind, Message

_TYPES = (b"application/cap+xml", b"application/common-alerting-protocol+xml")
_CATEGORY = b'term="msgtype='  # NAAD writes elements as categories
_ENTRY = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:entry|item)[\s>]")
_OBJECT = re.compile(r"urn:oid:[0-9A-Za-z.-]{5,200}")
_FIELDS = re.compile(r"([A-Za-z]{3,20})=(.*)", re.S)
# Some indexes list every area of every alert by itself.
_MAX_RAW = 20_000


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as CAP's words, with what only feeds have; `title` is the headline of its own area.

    `is_alert`: the link is said to lead to an alert; `is_whole`: the entry holds one itself.
    """

    name: str
    words: cap.Words
    title: str
    link: str
    is_alert: bool
    is_whole: bool
    updated: str
    language: str


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of a feed of alerts."""
    if not (atom.looks_like(start) or rss.looks_like_feed(start)):
        return False
    head = _ENTRY.split(start, maxsplit=1)[0]
    return cap.SPACE.encode() in head or _CATEGORY in start or any(kind in start for kind in _TYPES)


def read(data: bytes, now: datetime, kind: Kind | None, *, language: str = "en") -> tuple[list[Draft], list[Message]]:
    """Drafts of every alert in the index, of several languages that in `language`, else English, else the first."""
    root = xml_of(data, "feed", "rss", "RDF")
    channel = next((part for part in root if local_name(part) == "channel"), root)
    issuer = _author(root) or words_of(channel, "title").strip()

    def drafts() -> Iterator[Draft | None]:
        for group in _groups(root, language):
            yield _draft(group, issuer, now, kind) if group else None

    return collect(drafts())


def alerts(data: bytes, address: str, now: datetime, *, language: str = "en") -> list[NamedAlert]:
    """The alerts that an index at this address names and does not hold, in its order, each with where it is."""
    return [
        named
        for group in _groups(xml_of(data, "feed", "rss", "RDF"), language)
        if group and (named := _named(group, address, now)) is not None
    ]


def names(data: bytes) -> tuple[str, str]:
    """How an index may name the alert in a document: by sender and identifier, or by its identifier alone."""
    alert = next(cap.outermost(xml_of(data, *cap.ENVELOPES)))
    words, _ = cap.elements(alert, "")
    return cap.identity(words.sender, words.identifier), words.identifier


def _groups(root: Element, language: str) -> list[list[_Entry]]:
    """The entries of each alert in one language; none of an entry that cannot be read."""
    found = [part for part in root.iter() if local_name(part) in {"entry", "item"}][:_MAX_RAW]
    groups: dict[str, list[_Entry]] = {}
    for number, element in enumerate(found, 1):
        entry = _entry(element, language)
        if entry is None:
            groups[f"\n{number}"] = []
        elif not cap.is_answer(entry.words):
            groups.setdefault(entry.name, []).append(entry)
    return [_spoken(group, language) if group else [] for group in list(groups.values())[:MAX_ENTRIES]]


def _named(group: list[_Entry], address: str, now: datetime) -> NamedAlert | None:
    first = group[0]
    if first.is_whole or not first.link:
        return None
    try:
        url = urljoin(address, first.link)
    except ValueError:
        return None
    grades = [entry.words.severity.lower() for entry in group]
    ends = [dated(text, now).at for entry in group for text in entry.words.expires]
    return NamedAlert(
        url=url,
        is_alert=first.is_alert,
        name=first.name,
        identifier=first.words.identifier,
        changed=f"{first.name} {max(entry.updated for entry in group)}",
        severity=max(cap.SEVERITIES.index(grade) if grade in cap.SEVERITIES else 0 for grade in grades),
        countries=_countries(_together(group)),
        expires=max((end for end in ends if end), default=None),
    )


def _entry(element: Element, language: str) -> _Entry | None:
    """An entry, or None where nothing names it or it says nothing."""
    fields = _fields(element)
    title = markup.fold(_of_feed(element, "title")[:2000])
    link, is_alert = _link(element)
    whole = next((part for part in element.iter() if local_name(part) == "alert" and cap.SPACE in part.tag), None)
    if whole is not None:
        words, _ = cap.elements(whole, language)
    else:
        words = _words(element, fields)
    own_id = _of_feed(element, "id") or _of_feed(element, "guid")
    oid = _OBJECT.search(own_id)
    name = cap.identity(words.sender, words.identifier) if words.identifier else oid[0] if oid else own_id or link
    if not name or not (title or words.event or words.descriptions):
        return None
    spoken = words.language or fields.get("language", "")
    updated = _of_feed(element, "updated") or words.sent
    return _Entry(
        name[:2000], words, title, link, is_alert, whole is not None, updated[:100], spoken.split("-")[0].lower()
    )


def _words(element: Element, fields: dict[str, str]) -> cap.Words:
    codes = [part for part in element if local_name(part) == "geocode" and _is_cap(part)][:200]
    summary = _of_feed(element, "summary") or _of_feed(element, "description") or _of_feed(element, "content")
    return cap.Words(
        identifier=fields.get("identifier", ""),
        sender=fields.get("sender", ""),
        sent=fields.get("sent", "")
        or next(filter(None, (_of_feed(element, name) for name in ("published", "updated", "pubDate", "date"))), ""),
        status=fields.get("status", ""),
        message_type=fields.get("msgType", "") or fields.get("message_type", ""),
        references=cap.references(fields.get("references", "")),
        language=fields.get("language", ""),
        event=fields.get("event", ""),
        headline=fields.get("headline", ""),
        descriptions=tuple(text for text in (fields.get("description", "") or summary,) if text),
        instructions=tuple(text for text in (fields.get("instruction", ""),) if text),
        response=fields.get("responseType", ""),
        urgency=fields.get("urgency", ""),
        severity=fields.get("severity", ""),
        effective=fields.get("effective", ""),
        onset=fields.get("onset", ""),
        expires=tuple(text for text in (fields.get("expires", ""),) if text),
        sender_name=fields.get("senderName", "") or _author(element),
        areas=tuple(part.strip() for part in fields.get("areaDesc", "").split(";") if part.strip()),
        codes=tuple((words_of(code, "valueName").strip(), words_of(code, "value").strip()) for code in codes),
    )


def _author(element: Element) -> str:
    """The name of an Atom author."""
    names = (words_of(part, "name").strip() for part in element if local_name(part) == "author")
    return next((name for name in names if name), "")


def _is_cap(element: Element) -> bool:
    return element.tag.startswith("{" + cap.SPACE)


def _fields(element: Element) -> dict[str, str]:
    """CAP's elements in an entry, or the same written as categories (`term="severity=Minor"`), each the first time."""
    fields: dict[str, str] = {}
    for part in element:
        if _is_cap(part):
            fields.setdefault(local_name(part), "".join(part.itertext()).strip())
        elif local_name(part) == "category" and (written := _FIELDS.fullmatch(part.get("term") or "")):
            fields.setdefault(written[1], written[2].strip())
    return fields


def _of_feed(element: Element, name: str) -> str:
    """The words of an entry's own element of that name, which CAP may have too."""
    held = next((part for part in element if local_name(part) == name and not _is_cap(part)), None)
    return "".join(held.itertext()).strip() if held is not None else ""


def _link(element: Element) -> tuple[str, bool]:
    """The alert's own address, and whether the link says that it leads to an alert; else the entry's first link."""
    links = [part for part in element if local_name(part) in {"link", "enclosure"}]
    rank = {True: 0, False: 1}
    held = [
        (
            rank[(link.get("type") or "").lower().encode() in _TYPES],
            rank[link.get("rel", "alternate") == "alternate" and local_name(link) == "link"],
            number,
            link.get("href") or link.get("url") or (link.text or ""),
        )
        for number, link in enumerate(links[:100])
    ]
    return next(((address.strip(), not place) for place, *_, address in sorted(held) if address.strip()), ("", False))


def _spoken(group: list[_Entry], language: str) -> list[_Entry]:
    """Of an alert's entries those in one language."""
    spoken = [entry.language for entry in group]
    wanted = next((known for known in (language.split("-")[0].lower(), "en") if known in spoken), spoken[0])
    return [entry for entry in group if entry.language == wanted]


def _draft(group: list[_Entry], issuer: str, now: datetime, kind: Kind | None) -> Draft:
    words = _together(group)
    words = replace(words, sender_name=words.sender_name or words.sender or issuer)
    first = group[0]
    return cap.draft(words, now, kind, name=first.name, url=first.link, countries=_countries(words))


def _together(group: list[_Entry]) -> cap.Words:
    """One alert, of its entries: the words of the first, the texts and places of all."""
    first = group[0]
    return replace(
        first.words,
        identifier=first.words.identifier or first.name,
        headline=_title([entry.title for entry in group], first.words),
        descriptions=tuple(dict.fromkeys(text for entry in group for text in entry.words.descriptions)),
        areas=tuple(dict.fromkeys(area for entry in group for area in entry.words.areas)),
        codes=tuple(dict.fromkeys(code for entry in group for code in entry.words.codes)),
    )


def _countries(words: cap.Words) -> tuple[str, ...]:
    return cap.countries_of(replace(words, areas=())) or places.from_title(words.headline)


def _title(titles: list[str], words: cap.Words) -> str:
    """The title of them all; of several that differ in their last part, the area, what they begin with."""
    if len(set(titles)) == 1:
        return titles[0] or words.headline
    parts = zip(*(title.split(" - ") for title in titles), strict=False)
    shared = [part[0] for part in takewhile(lambda part: len(set(part)) == 1, parts)]
    return " - ".join(shared) or words.event or words.headline or titles[0]
