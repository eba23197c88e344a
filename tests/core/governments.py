"""Documents of governments in the shapes that they publish, in words of our own."""

import json
from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Any  # JSON as it is written down

from core import catalogue
from core.drafts import Draft
from core.formats.index import Detail
from core.model import Kind, Message

Json = dict[str, Any]
Reader = Callable[[bytes, datetime, Kind | None], tuple[list[Draft], list[Message]]]


def dump(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def details_of(module: ModuleType, data: bytes) -> list[Detail]:
    """What an index at its official address names."""
    of_format = {source.format: source.url for source in catalogue.bundled().values()}
    found: list[Detail] = module.details(data, of_format[module.__name__.rpartition(".")[2]])
    return found


# --- United Kingdom


def uk_country(slug: str = "freedonia", name: str = "Austria", **details: Any) -> Json:
    path = f"/foreign-travel-advice/{slug}"
    held: Json = {
        "country": {"name": name, "slug": slug},
        "updated_at": "2026-03-05T09:00:00Z",
        "reviewed_at": "2026-03-05T08:00:00Z",
        "change_description": "We moved a comma.",
        "alert_status": [],
        "parts": [
            {"slug": "warnings", "title": "Warnings & insurance", "body": "<p>Keep off the <b>north</b> pier.</p>"},
            {"slug": "entry", "title": "Entry", "body": "<p>Bring a <a href='/passport'>passport</a>.</p>"},
        ],
    }
    return {
        "base_path": path,
        "document_type": "travel_advice",
        "title": f"{name} travel advice",
        "public_updated_at": "2026-03-04T10:30:00+00:00",
        "updated_at": "2026-03-05T11:00:00Z",
        "withdrawn_notice": {},
        "web_url": f"https://attacker.example{path}",
        "details": held | details,
    }


def uk_child(slug: str, name: str, stamp: str = "2026-03-01T00:00:00Z") -> Json:
    return {
        "base_path": f"/foreign-travel-advice/{slug}",
        "title": f"{name} travel advice",
        "public_updated_at": stamp,
        "withdrawn": False,
        "details": {
            "country": {"name": name, "slug": slug, "synonyms": []},
            "change_description": f"News of {name} < yesterday",
        },
        "api_url": f"http://dev.example/api/content/foreign-travel-advice/{slug}",
    }


def uk_index(*children: Json) -> Json:
    kept = children or (uk_child("austria", "Austria"), uk_child("congo", "Congo"), uk_child("usa", "USA"))
    return {"base_path": "/foreign-travel-advice", "title": "Advice", "links": {"children": list(kept)}}


# --- Canada


def ca_entry(name: str, state: int = 1, **eng: Any) -> Json:
    english: Json = {
        "name": name,
        "url-slug": name.lower().replace(" ", "-"),
        "friendly-date": "March 4, 2026 10:30 EST",
        "advisory-text": "Take care &amp; look about",
        "recent-updates": "The paragraph on bridges was updated &ndash; tolls.",
    }
    return {
        "see-other-iso": "",
        "date-published": {"timestamp": 1772620200, "date": "2026-03-04 05:30:00", "asp": "2026-03-04T05:30:00"},
        "advisory-state": state,
        "has-advisory-warning": 0,
        "has-regional-advisory": 0,
        "recent-updates-type": "Regular text update",
        "eng": english | eng,
        "fra": {"name": name, "advisory-text": "Prudence"},
    }


def ca_index(**entries: Json) -> Json:
    kept = entries or {"AT": ca_entry("Austria"), "ML": ca_entry("Mali", 3), "PT-20": ca_entry("Azores", 0)}
    return {"metadata": {"generated": {"timestamp": 1772620999, "date": "2026-03-04 05:43:19"}}, "data": kept}


def ca_detail() -> Json:
    entry = ca_entry(
        "Mali",
        3,
        advisories="<div class='AdvisoryContainer'><h3>Mali - Keep away</h3><p>Leave by bus.</p></div>",
        security="<h3>Rivers</h3><p>Boats sink.</p>",
        health=None,
    )
    entry |= {"country-id": 1, "country-iso": "ML", "has-regional-advisory": 1}
    entry["eng"]["entry-exit"] = "<p>Stamps are blue.</p>"
    return {"metadata": {}, "data": entry}


# --- Germany


def de_entry(name: str, iso2: str, iso3: str, **more: Any) -> Json:
    entry: Json = {
        "lastModified": 1772620200,
        "effective": 1772620000,
        "title": f"{name}: Hinweise",
        "countryCode": iso2,
        "iso3CountryCode": iso3,
        "countryName": name,
        "warning": False,
        "partialWarning": False,
        "situationWarning": False,
        "situationPartWarning": False,
        "lastChanges": "<p>Ein Wort wurde ersetzt.</p>",
    }
    return entry | more


def de_index(**entries: Json) -> Json:
    kept = entries or {
        "201": de_entry("Österreich", "AT", "AUT"),
        "202": de_entry("Mali", "ML", "MLI", warning=True),
        "203": de_entry("Kosovo", "XK", "XKX"),
    }
    return {"response": {"lastModified": 1757063288, "contentList": list(kept), **kept}}


# --- Netherlands


def nl_entry(iso3: str, place: str, introduction: str, **more: Any) -> Json:
    entry: Json = {
        "id": iso3,
        "type": "reisadvies",
        "canonical": f"https://www.nederlandwereldwijd.nl/reisadvies/{place.lower()}",
        "dataurl": f"https://elsewhere.example/v2/infotypes/countries/{iso3.lower()}/traveladvice",
        "title": f"Advies {place} | Ministerie van Buitenlandse Zaken",
        "introduction": introduction,
        "location": place,
        "isocode": iso3,
        "modificationdate": "Laatst gewijzigd op: 04-03-2026 | Nog steeds geldig op: 05-03-2026",
        "lastmodified": "2026-03-04T10:30:00.599Z",
    }
    return entry | more


NL_CONTENT = [
    {
        "category": "Wat kan er mis gaan?",
        "contentblocks": [
            {
                "paragraphtitle": "Wegen & bruggen",
                "paragraph": "<p>De brug is\n   dicht.</p><ul><li>Neem de pont.</li></ul>",
            },
            {"paragraphtitle": "Water", "paragraph": "<p>Drink het gekookt.</p>"},
        ],
    }
]


def nl_list() -> list[Json]:
    return [
        nl_entry("AUT", "Oostenrijk", "<p>De kleurcode voor Oostenrijk is groen.</p>"),
        nl_entry("MLI", "Mali", "<p>De kleurcode van het reisadvies voor Mali\n is  rood.</p>", content=NL_CONTENT),
        nl_entry("XKX", "Kosovo", "<p>Kies zelf.</p>"),
    ]


def nl_xml(introduction: str = "<p>De kleurcode van het reisadvies voor Mali is\n   rood.</p>", more: str = "") -> str:
    return f"""<document><id>MLI</id><type>reisadvies</type>
<canonical>https://www.nederlandwereldwijd.nl/reisadvies/mali</canonical>
<dataurl>https://opendata.nederlandwereldwijd.nl/v2/x/infotypes/countries/mli/traveladvice</dataurl>
<title><![CDATA[Advies Mali | Ministerie van Buitenlandse Zaken]]></title>
<introduction><![CDATA[{introduction}]]></introduction><location>Mali</location><isocode>MLI</isocode>
<modificationdate>Laatst gewijzigd op: 04-03-2026 | Nog steeds geldig op: 05-03-2026</modificationdate>
<content><category><name>Wat kan er mis gaan?</name>
<contentblock><paragraphtitle>Wegen &amp; bruggen</paragraphtitle><paragraph><![CDATA[<p>De brug is
   dicht.</p><ul><li>Neem de pont.</li></ul>]]></paragraph></contentblock>
<contentblock><paragraphtitle>Water</paragraphtitle><paragraph><![CDATA[<p>Drink het gekookt.</p>]]></paragraph>
</contentblock></category></content><lastmodified>2026-03-04T10:30:00.599Z</lastmodified>{more}</document>"""


# --- Australia

AU_SPACES = (
    'xmlns:ta="http://www.smartraveller.gov.au/schema/rss/travel_advisories/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def au_item(name: str, level: str, words: str, *, coverage: str = "") -> str:
    path = name.lower().replace(" ", "-")
    return (
        f"<item><title>{name}</title><link>https://www.smartraveller.gov.au/destinations/asia/{path}</link>"
        "<description>&lt;p&gt;Wear a hat.&lt;/p&gt;</description><pubDate>4 Mar 2026 22:00:00 AEST</pubDate>"
        f"<ta:warnings><dc:coverage>{coverage or name}</dc:coverage><ta:level>{level}</ta:level>"
        f"<dc:description>{words}</dc:description></ta:warnings></item>"
    )


def au_feed(*items: str) -> bytes:
    kept = items or (
        au_item("Iran", "5/5", "Do not travel"),
        au_item("Japan", "1", "Exercise normal safety precautions"),
        au_item("Mali", "3/5", "Reconsider your need to travel"),
    )
    return f'<?xml version="1.0"?><rss {AU_SPACES} version="2.0"><channel>{"".join(kept)}</channel></rss>'.encode()


def au_destination(name: str, words: str) -> Json:
    return {
        "title": name,
        "field_overall_advice_level": words,
        "field_advice_levels": f"<p>{words} in {name}.</p>",
        "field_last_update": "<p>We reviewed the part on hats.</p>",
        "field_last_update_notes": "",
        "field_region": "Asia",
        "field_url": f"/destinations/asia/{name.lower()}",
        "changed": "Wed, 2026-03-04 14:22",
    }


def au_list() -> list[Json]:
    return [
        au_destination("Japan", "Exercise normal safety precautions"),
        au_destination("Mali", "Do not travel"),
        au_destination("Austria", "No travel advice"),
    ]


# --- United States, as JSON


def us_entry(name: str, level: int, words: str, *codes: str) -> Json:
    return {
        "Title": f"{name} - Level {level}: {words}",
        "Link": f"https://travel.state.gov/advisories/{name.lower().replace(' ', '-')}.html",
        "Category": list(codes),
        "Summary": f"<p>Watch your step in <b>{name}</b>.</p><p>Keep a map at hand.</p>",
        "id": f"https://travel.state.gov/advisories/{name.lower()}",
        "Published": "2026-03-03T19:00:00-05:00",
        "Updated": "2026-03-04T19:00:00-05:00",
    }


def us_list() -> list[Json]:
    return [
        us_entry("Austria", 1, "Exercise Normal Precautions", "AU"),
        us_entry("Mali", 4, "Do Not Travel", "ML"),
        us_entry("Iraq", 4, "Do Not Travel", "IZ"),
    ]


# --- WHO


def who_report(title: str, name: str, **more: Any) -> Json:
    report: Json = {
        "Id": f"00000000-{name}",
        "Title": title,
        "UrlName": name,
        "ItemDefaultUrl": f"/{name}",
        "PublicationDateAndTime": "2026-03-04T10:30:00Z",
        "LastModified": "2026-03-05T00:00:00Z",
        "Overview": "<p>Twelve people sneezed.</p>",
        "Assessment": "<p>The risk is low.</p>",
        "Advice": "<ul><li>Wash your hands.</li></ul>",
        "Summary": None,
    }
    return report | more


def who_answer() -> Json:
    return {
        "@odata.context": "https://www.who.int/api/news/$metadata#diseaseoutbreaknews",
        "value": [
            who_report("Sneezes – Austria", "2026-DON901"),
            who_report("Coughs - Mali and Chad", "2026-DON902"),
            who_report("Hiccups, multi-country", "2026-DON903"),
        ],
    }


# --- Japan


def jp_item(key: str, title: str, names: tuple[str, ...], flags: tuple[int, int, int, int], more: str = "") -> str:
    countries = "".join(f"<country><areaCd>10</areaCd><cd>0091</cd><name>{name}</name></country>" for name in names)
    levels = "".join(f"<riskLevel{n}>{flag}</riskLevel{n}>" for n, flag in enumerate(flags, 1))
    return (
        f"<mail><keyCd>{key}</keyCd><infoType>T40</infoType><leaveDate>2026/03/04 19:30:00</leaveDate>"
        f"<area><cd>10</cd><name>アジア</name></area>{countries}<title>{title}</title><lead>橋は閉鎖。</lead>"
        f"<mainText>１ 川\n水が高い。\n\n２ 道\n遠回りする。</mainText>{levels}"
        f"<infoUrl>https://www.anzen.mofa.go.jp/info/{key}.html</infoUrl>{more}</mail>"
    )


def jp_document(*items: str, head: str = "") -> bytes:
    kept = items or (
        jp_item("2026T901", "インドの橋", ("インド",), (1, 1, 0, 0)),
        jp_item("2026T902", "マリの川", ("マリ",), (0, 0, 0, 1)),
        jp_item("2026C903", "広い空", (), (0, 0, 0, 0)),
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><opendata dataType="N" odType="02">{head}{"".join(kept)}</opendata>'
    return xml.encode()


IRELAND = {"austria": "normal-precautions", "mali": "do-not-travel", "congo": "high-degree-of-caution"}
