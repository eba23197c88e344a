"""GDACS, the Global Disaster Alert and Coordination System: RSS with its own namespace.

An event is named by its type and number and keeps that name through its episodes, while its colour, its words and
its dates move. Green, Orange and Red measure what a disaster may cost, not what a traveller should do: the words
are kept and there is no common level.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from core import places
from core.drafts import Draft
from core.formats.atom import PROLOGUE
from core.formats.wire import collect, dated, words_of, xml_of
from core.model import Kind, Level, Message

_SPACE = "{http://www.gdacs.org}"
_START = re.compile(PROLOGUE + rb"<rss\b[^>]*\bxmlns:gdacs\b", re.S)
_CODES = re.compile(r"[\s,;]+")


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of GDACS's feed."""
    return _START.match(start) is not None


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of every event, in its newest state."""
    root = xml_of(data, "rss")

    def drafts() -> Iterator[Draft | None]:
        for channel in root.findall("channel"):
            for item in channel.findall("item"):
                yield _draft(item, now, kind)

    return collect(drafts())


def _draft(item: Element, now: datetime, kind: Kind | None) -> Draft | None:
    def own(name: str) -> str:
        found = item.find(_SPACE + name)
        return "".join(found.itertext()).strip() if found is not None else ""

    event, number, colour = own("eventtype").upper(), own("eventid"), own("alertlevel")
    title, body = (words_of(item, name).strip() for name in ("title", "description"))
    if not event or not number or not (title or body):
        return None
    issued, updated, began = (
        dated(text, now) for text in (words_of(item, "pubDate"), own("datemodified"), own("fromdate"))
    )
    return Draft(
        identity=f"{event}{number}"[:200],
        title=title,
        body=body,
        body_is_html=True,
        kind=kind or Kind.ALERT,
        url=words_of(item, "link").strip() or None,
        countries=_countries(own("iso3"), own("country")),
        level=Level(None, colour, "GDACS") if colour else None,
        status=("expired",) if own("iscurrent").lower() == "false" else (),
        issuer="GDACS",
        prose=False,
        issued=issued.at,
        issued_is_date=issued.is_date,
        updated=updated.at,
        effective=began.at,
        warnings=issued.warnings or updated.warnings or began.warnings,
    )


def _countries(codes: str, names: str) -> tuple[str, ...]:
    """Those of the codes and those of the names: of an event in several countries one code may be all there is."""
    by_code = (places.from_alpha3(code) for code in _CODES.split(codes[:400]) if code)
    return tuple(dict.fromkeys([*filter(None, by_code), *places.from_names(names[:2000])]))
