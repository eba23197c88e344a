"""The Netherlands' travel advice: open data v2 of Nederland Wereldwijd, as XML and as JSON.

https://opendata.nederlandwereldwijd.nl/v2/sources/nederlandwereldwijd/infotypes/traveladvice lists all countries, 200
a page at most, each with its introduction; `.../infotypes/countries/ISO3/traveladvice` has the whole advice of one.
There is no field for the level: see `core.formats.colours`. `modificationdate` says every day that the advice still
holds, so it is not read.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

import msgspec

from core import places
from core.drafts import Draft
from core.errors import FormatError
from core.formats.colours import level_in
from core.formats.index import Detail, beside
from core.formats.wire import (
    MAX_CHARACTERS,
    MAX_ENTRIES,
    collect,
    dated,
    entry_as,
    json_as,
    local_name,
    section,
    words_of,
    xml_of,
)
from core.model import Kind, Message

# A list has no more rows than this: who stands behind them is asked for by the country's own address.
_ROWS = 200
_SITE = re.compile(r"https://www\.nederlandwereldwijd\.nl/[A-Za-z0-9/_.-]{1,300}")
_START = re.compile(rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<documents?[\s>]|[\[{])")
_DATA_PATH = re.compile(r"/infotypes/countries/([A-Za-z0-9-]{2,60})/traveladvice(?:[?#]|$)")
_CODE = re.compile(r"[A-Za-z0-9-]{2,60}")
_MINISTRY = re.compile(r"\s*\|\s*Ministerie van Buitenlandse Zaken\s*$")


class _Block(msgspec.Struct):
    paragraphtitle: str | None = None
    paragraph: str | None = None


class _Category(msgspec.Struct):
    category: str | None = None
    contentblocks: list[_Block] | None = None
    contentblock: list[_Block] | None = None


class _Advice(msgspec.Struct):
    id: str | None = None
    isocode: str | None = None
    canonical: str | None = None
    dataurl: str | None = None
    title: str | None = None
    introduction: str | None = None
    location: str | None = None
    lastmodified: str | None = None
    content: list[_Category] | None = None


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of this open data."""
    return _START.match(start) is not None and b"nederlandwereldwijd" in start


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of each country of the list, or the one of a country's advice."""
    found, _ = _advices(data)
    return collect(_draft(advice, now, kind) for advice in found)


def details(data: bytes, index: str) -> list[Detail]:
    """The advices that the list at this address names; none where the data is one of them."""
    found, is_list = _advices(data)
    named = list(_details(found, index)) if is_list else []
    if len(named) < _ROWS:
        return named
    listed = {country for detail in named for country in detail.countries}
    behind = [(code, longer) for code, longer in places.alpha3_codes().items() if code not in listed | {"NL"}]
    return named + [Detail(_address(index, longer), (code,), "") for code, longer in behind]


def _address(index: str, code: str) -> str:
    return beside(index, f"countries/{code.lower()}/traveladvice")


def _details(advices: list[_Advice | None], index: str) -> Iterator[Detail]:
    for advice in advices[:MAX_ENTRIES]:
        if advice is None:
            continue
        named = _DATA_PATH.search(advice.dataurl or "")
        code = named[1] if named else (advice.isocode or "").strip()
        if _CODE.fullmatch(code):
            yield Detail(_address(index, code), _countries(advice), advice.lastmodified or "")


def _advices(data: bytes) -> tuple[list[_Advice | None], bool]:
    """The advices, None for each that cannot be read, and whether the data is the list of them."""
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        root = xml_of(data, "document", "documents")
        is_list = local_name(root) == "documents"
        advices: list[_Advice | None] = (
            [_of_element(held) for held in root if local_name(held) == "document"] if is_list else [_of_element(root)]
        )
    else:
        is_list = not start.startswith(b"{")
        raws = json_as(data, list[msgspec.Raw]) if is_list else [json_as(data, msgspec.Raw)]
        advices = [entry_as(raw, _Advice) for raw in raws]
    if not advices:
        raise FormatError("empty-feed")
    return advices, is_list


def _of_element(element: Element) -> _Advice:
    return _Advice(
        **{name: words_of(element, name).strip() for name in _Advice.__struct_fields__ if name != "content"},
        content=_categories(held for part in element if local_name(part) == "content" for held in part),
    )


def _categories(content: Iterable[Element]) -> list[_Category]:
    """The categories with their blocks; a block that stands beside a category, not in it, is of the last one."""
    found: list[_Category] = []
    for held in content:
        if local_name(held) == "category":
            blocks = [_block(block) for block in held if local_name(block) == "contentblock"]
            found.append(_Category(words_of(held, "name") or (held.text or "").strip(), blocks))
        elif local_name(held) == "contentblock":
            found = found or [_Category()]
            found[-1].contentblocks = [*(found[-1].contentblocks or []), _block(held)]
    return found


def _block(element: Element) -> _Block:
    return _Block(words_of(element, "paragraphtitle"), words_of(element, "paragraph"))


def _draft(advice: _Advice | None, now: datetime, kind: Kind | None) -> Draft | None:
    if advice is None:
        return None
    identity = (advice.isocode or advice.id or "").strip().upper()
    title = _MINISTRY.sub("", advice.title or "") or advice.location or ""
    if not _CODE.fullmatch(identity) or not title.strip():
        return None
    countries = _countries(advice)
    names = [advice.location or "", *(places.name(code, "nl") for code in countries)]
    introduction = advice.introduction or ""
    level, has_worse_regions = level_in(introduction, names)
    issued = dated(advice.lastmodified, now)
    canonical = advice.canonical or ""
    return Draft(
        identity=identity,
        title=title,
        body=(introduction + "\n" + "".join(_body(advice.content or [])))[:MAX_CHARACTERS],
        body_is_html=True,
        kind=kind or Kind.COUNTRY,
        url=canonical if _SITE.fullmatch(canonical) else None,
        countries=countries,
        language="nl",
        level=level,
        status=("regional-advisory",) if has_worse_regions else (),
        issued=issued.at,
        issued_is_date=issued.is_date,
        warnings=issued.warnings,
    )


def _body(content: list[_Category]) -> Iterator[str]:
    for category in content:
        blocks = category.contentblocks or category.contentblock or []
        yield section(
            category.category or "",
            "".join(section(block.paragraphtitle or "", block.paragraph or "", 3) for block in blocks),
        )


def _countries(advice: _Advice) -> tuple[str, ...]:
    code = places.from_alpha3(advice.isocode or "") or places.from_alpha3(advice.id or "")
    return (code,) if code else ()
