"""Japan's overseas safety information: the open data of the Ministry of Foreign Affairs (XML).

https://www.ezairyu.mofa.go.jp/html/opendata/index.html. `opendata` holds items (`mail`), and in a country's document
also that country's own state. `riskLevel1` to `riskLevel4` are flags, several of which may be set for parts of a
country: the highest counts. Times are Japan's, and midnight stands for a day without an hour. The light form names
countries by number only, and those are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from xml.etree.ElementTree import Element

from core import places
from core.drafts import Draft
from core.formats.wire import MAX_CHARACTERS, Dated, child, collect, dated, local_name, words_of, xml_of
from core.model import Kind, Level, Message

_SCALE = "Japan 1-4"
_SITE = re.compile(r"https?://(?:[a-z0-9-]+\.)+mofa\.go\.jp/[!-~]{1,300}")
_START = re.compile(rb"(?:<\?xml[^>]{0,200}\?>\s*)?<opendata[\s>]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}\b")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MIDNIGHT = re.compile(r"\s+0?0:00(?::00)?\s*$")
_HTML = re.compile(r"<(?:br|p|div|ul|li|a|span|strong|b)\b[^<>]*>", re.IGNORECASE)
_RISK = {4: "レベル4 退避勧告", 3: "レベル3 渡航中止勧告", 2: "レベル2 不要不急の渡航中止", 1: "レベル1 十分注意"}
# The ministry's names, where CLDR has others.
_NAMES = {
    "英国": "GB", "米国": "US", "アメリカ": "US", "大韓民国": "KR", "中華人民共和国": "CN", "香港": "HK",
    "マカオ": "MO", "コンゴ共和国": "CG", "コンゴ民主共和国": "CD", "ミャンマー": "MM", "ミクロネシア": "FM",
    "パレスチナ": "PS", "バチカン": "VA", "マケドニア": "MK", "ハワイ": "US", "グルジア": "GE", "スワジランド": "SZ",
}  # fmt: skip


def looks_like(start: bytes) -> bool:
    """Whether the lower-case beginning of a document is that of this open data."""
    return _START.match(start) is not None


def read(data: bytes, now: datetime, kind: Kind | None) -> tuple[list[Draft], list[Message]]:
    """A draft of each item, and of the country where it is a country's document."""
    return collect(_drafts(xml_of(data, "opendata"), now, kind))


def _drafts(root: Element, now: datetime, kind: Kind | None) -> Iterator[Draft | None]:
    if child(root, "riskLevel1") is not None or child(root, "riskTitle") is not None:
        yield _in_its_language(root, _state(root, now, kind))
    for item in root:
        if local_name(item) == "mail":
            yield _in_its_language(root, _item(item, now, kind))


def _in_its_language(root: Element, draft: Draft | None) -> Draft | None:
    """The ministry writes Japanese; a document in another language says so."""
    said = _LANGUAGE.match(root.get("{http://www.w3.org/XML/1998/namespace}lang", ""))
    return replace(draft, language=said[0].lower()) if draft is not None and said else draft


def _state(root: Element, now: datetime, kind: Kind | None) -> Draft | None:
    """What holds for a whole country, of its own document."""
    country = child(root, "country")
    number = words_of(country, "cd").strip() if country is not None else words_of(root, "countryCd").strip()
    name = words_of(country, "name").strip() if country is not None else words_of(root, "countryName").strip()
    title = words_of(root, "riskTitle").strip() or name
    if not _KEY.fullmatch(number) or not title:
        return None
    parts = [words_of(root, part) for part in ("riskLead", "riskSubText", "riskMainText")]
    when = _dated(words_of(root, "riskLeaveDate"), now)
    return _draft(root, f"country-{number}", title, parts, when, kind or Kind.COUNTRY)


def _item(item: Element, now: datetime, kind: Kind | None) -> Draft | None:
    key, title = words_of(item, "keyCd").strip(), words_of(item, "title").strip()
    if not _KEY.fullmatch(key) or not title:
        return None
    parts = [words_of(item, part) for part in ("lead", "subText", "mainText")]
    return _draft(item, key, title, parts, _dated(words_of(item, "leaveDate"), now), kind or Kind.ALERT)


def _draft(element: Element, identity: str, title: str, parts: list[str], issued: Dated, kind: Kind) -> Draft:
    url = words_of(element, "infoUrl", "riskUrl").strip()
    is_html = any(_HTML.search(part) for part in parts)
    body = "\n\n".join(part.strip() for part in parts if part.strip())
    return Draft(
        identity=identity,
        title=title,
        # No line is wrapped: each is a paragraph, or an item, of its own.
        body=body.replace("\n", "<br>\n" if is_html else "\n\n")[:MAX_CHARACTERS],
        body_is_html=is_html,
        kind=kind,
        url=url if _SITE.fullmatch(url) else None,
        countries=_countries(element),
        language="ja",
        level=_level(element),
        issued=issued.at,
        issued_is_date=issued.is_date,
        warnings=issued.warnings,
    )


def _dated(text: str, now: datetime) -> Dated:
    """`2026/09/16 08:30:00` in Japan's time."""
    text = text.strip().replace("/", "-")
    day = _MIDNIGHT.sub("", text)
    return dated(day if day != text else f"{text} +0900" if ":" in text else text, now)


def _level(element: Element) -> Level | None:
    """The highest flag; that of infections only where none of danger is set. None where no flag is."""
    for prefix, of_what in (("riskLevel", ""), ("infectionLevel", "感染症 ")):
        for value in (4, 3, 2, 1):
            if words_of(element, f"{prefix}{value}").strip() == "1":
                return Level(value, of_what + _RISK[value], _SCALE)
    return None


def _countries(element: Element) -> tuple[str, ...]:
    names = [words_of(held, "name") for held in element if local_name(held) == "country"]
    if not names:
        names = [words_of(element, "countryName")]
    found = (code for name in names[:300] for code in _codes(name))
    return tuple(dict.fromkeys(found))


def _codes(name: str) -> Iterator[str]:
    """The country of a name, which may add a second one after a stroke or what belongs to it in brackets."""
    for form in re.split("[／/]", re.sub(r"[（(][^（()）]*[)）]", "", name)):
        code = _japanese().get(form.strip())
        if code:
            yield code
            return


@cache
def _japanese() -> dict[str, str]:
    return {places.name(code, "ja"): code for code, _ in places.search_names("", "en")} | _NAMES
