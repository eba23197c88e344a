"""Documents of our own wording, in the shapes that the real sources have.

This room builds bytes as a wire would carry them, and holds the alert of the product's scene. It parses
nothing, checks nothing and quotes no government: every sentence here was written for these tests. The
bank of ways in which lists are marked up is in `tests.hazards`, and can be had from here as `HAZARDS`.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.hazards import HAZARDS, Hazard, Section

__all__ = [
    "ADDED",
    "ALERT_1",
    "ALERT_1_ACTIONS",
    "ALERT_2",
    "ALERT_2_ACTIONS",
    "DROPPED",
    "HAZARDS",
    "REWORDED",
    "Alert",
    "Hazard",
    "Section",
    "UsItem",
    "action_list",
    "cap_alert",
    "embassy_feed",
    "us_feed",
]


class Alert(NamedTuple):
    """One post of an embassy's site. `pub_date` is an RFC 822 date; the link is what a reader keys on."""

    title: str
    link: str
    html: str
    pub_date: str


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def embassy_feed(alerts: Iterable[Alert], *, site: str = "https://iq.usembassy.gov") -> bytes:
    """Give WordPress's RSS of a category, the newest first as handed in, bodies in `content:encoded`.

    A post's guid is made from its link, so an edited alert with the same link keeps its identity.
    """
    posts = list(alerts)
    newest = max((parsedate_to_datetime(post.pub_date) for post in posts), default=datetime(2026, 3, 1, tzinfo=UTC))
    items = "".join(
        f"""
	<item>
		<title>{escape(post.title)}</title>
		<link>{escape(post.link)}</link>
		<dc:creator>{_cdata("Consular Section")}</dc:creator>
		<pubDate>{post.pub_date}</pubDate>
		<category>{_cdata("Alert")}</category>
		<category>{_cdata("U.S. Citizen Services")}</category>
		<guid isPermaLink="false">{site}/?p={zlib.crc32(post.link.encode()) % 90000 + 10000}</guid>
		<description>{_cdata(f"<p>{post.title} [&#8230;]</p>")}</description>
		<content:encoded>{_cdata(post.html)}</content:encoded>
	</item>"""
        for post in posts
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>
<channel>
	<title>Alert &#8211; Embassy of the Tests</title>
	<atom:link href="{site}/category/alert/feed/" rel="self" type="application/rss+xml" />
	<link>{site}</link>
	<description></description>
	<lastBuildDate>{format_datetime(newest)}</lastBuildDate>
	<language>en-US</language>
	<sy:updatePeriod>hourly</sy:updatePeriod>
	<sy:updateFrequency>1</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.8</generator>{items}
</channel>
</rss>
""".encode()


@dataclass(frozen=True, slots=True)
class UsItem:
    """One country of the US advisory feed. `tags` are FIPS 10-4 codes, none at all for some real items.

    `pub_date` is a date without a time (`Thu, 05 Mar 2026`). The title is `title` alone, or
    `COUNTRY - LEVEL` where only those two are given.
    """

    country: str
    level: str
    html: str
    tags: tuple[str, ...] = ()
    pub_date: str = "Thu, 05 Mar 2026"
    title: str | None = None
    link: str | None = None
    keyword: str = "advisory"

    @property
    def address(self) -> str:
        """Where the page is: the item's link and guid."""
        slug = "-".join("".join(c if c.isalnum() else " " for c in self.country.lower()).split())
        return self.link or f"https://travel.state.gov/content/travel/en/traveladvisories/{slug}-travel-advisory.html"


def us_feed(items: Iterable[UsItem], *, built: datetime = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)) -> bytes:
    """Give the feed of travel.state.gov: RSS 2.0, HTML in CDATA, level and FIPS codes in categories."""
    parts = []
    for item in items:
        tags = "".join(f'\n      <category domain="Country-Tag">{escape(tag)}</category>' for tag in item.tags)
        identifier = escape(",".join((*item.tags, item.keyword)))
        parts.append(f"""
    <item>
      <title>{escape(item.title if item.title is not None else f"{item.country} - {item.level}")}</title>
      <link>{escape(item.address)}</link>
      <pubDate>{item.pub_date}</pubDate>
      <description>{_cdata(item.html)}</description>
      <category domain="Threat-Level">{escape(item.level)}</category>{tags}
      <category domain="Keyword">{escape(item.keyword)}</category>
      <guid>{escape(item.address)}</guid>
      <dc:identifier>{identifier}</dc:identifier>
    </item>""")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>travel.state.gov: Travel Advisories</title>
    <link>https://travel.state.gov/content/travel/en/traveladvisories/traveladvisories.html</link>
    <description>Levels and advice, a country an item.</description>
    <pubDate>{format_datetime(built.astimezone(UTC), usegmt=True)}</pubDate>
    <dc:date>{built.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</dc:date>{"".join(parts)}
  </channel>
</rss>
""".encode()


def action_list(
    sections: Sequence[Mapping[str, object]],
    *,
    identity: str = "org.example.field-office/leaving",
    version: int = 1,
    title: str = "Leaving the field office",
    **others: object,
) -> bytes:
    """Give a list in the app's own JSON format. `others` replace or add top-level keys (None: leaves it out).

    A section is `{"heading", "condition", "actions": [{"id", "text", ...}]}`, passed through as it is.
    """
    document: dict[str, object] = {
        "format": 1,
        "id": identity,
        "version": version,
        "issuer": "Field Office of the Tests",
        "title": title,
        "language": "en",
        "countries": ["IQ"],
        "level": None,
        "issued": "2026-03-03T05:10:00Z",
        "expires": None,
        "url": "https://lists.example.org/leaving",
        "replaces": [],
        "sections": list(sections),
    } | others
    kept = {key: value for key, value in document.items() if key not in others or value is not None}
    return json.dumps(kept, ensure_ascii=False, indent=1).encode()


def cap_alert(
    instruction: str | None,
    *,
    identifier: str = "tests-2026-0001",
    msg_type: str = "Alert",
    status: str = "Actual",
    references: str = "",
    response_type: str = "Prepare",
    urgency: str = "Expected",
) -> bytes:
    """Give one CAP 1.2 alert about a flood, with this `instruction` (plain text, perhaps hard-wrapped)."""
    refers = f"\n  <references>{escape(references)}</references>" if references else ""
    wanted = "" if instruction is None else f"\n    <instruction>{escape(instruction)}</instruction>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>{escape(identifier)}</identifier>
  <sender>floods@example.org</sender>
  <sent>2026-03-03T08:10:00+03:00</sent>
  <status>{status}</status>
  <msgType>{msg_type}</msgType>
  <scope>Public</scope>{refers}
  <info>
    <language>en</language>
    <category>Met</category>
    <event>Flood</event>
    <responseType>{response_type}</responseType>
    <urgency>{urgency}</urgency>
    <severity>Severe</severity>
    <certainty>Likely</certainty>
    <expires>2026-03-04T08:10:00+03:00</expires>
    <senderName>River Office of the Tests</senderName>
    <headline>The river is rising at the old bridge</headline>
    <description>Water may reach the lower streets before the evening.</description>{wanted}
    <web>https://floods.example.org/1</web>
    <area><areaDesc>Lower town</areaDesc><geocode><valueName>ISO</valueName><value>IQ</value></geocode></area>
  </info>
</alert>
""".encode()


_LEAVE = "Leave Iraq by commercial transport within 24 hours if you can do so safely."
_LEAVE_REWORDED = "Leave Iraq by commercial transport within 12 hours if you can reach the airport safely."
_AWAY = "Stay away from the embassy compound and the streets that lead to it."
_PAPERS = "Check that your passport is valid for the country you will travel through."
_MONEY = "Take cash for at least five days, as card machines may stop working."
_PLAN = "Go over your personal security plan with everyone who travels with you."
_CROWDS = "Avoid crowds and keep a low profile."
_NEWS = "Monitor local media and be ready to change your route."
_ROAD = "Do not use the airport road between 22:00 and 05:00."

ALERT_1_ACTIONS = (_LEAVE, _AWAY, _PAPERS, _MONEY, _PLAN, _CROWDS, _NEWS)
"""The seven actions of 08:10 in Baghdad, in the order of the alert."""

ALERT_2_ACTIONS = (_LEAVE_REWORDED, _ROAD, _AWAY, _PAPERS, _PLAN, _CROWDS, _NEWS)
"""Two hours later: the first is reworded, `ADDED` is new, `DROPPED` is gone."""

REWORDED = (_LEAVE, _LEAVE_REWORDED)
ADDED = _ROAD
DROPPED = _MONEY


def _ordered_departure(actions: Sequence[str], event: str) -> str:
    items = "\n".join(f"<li>{escape(action)}</li>" for action in actions)
    return f"""<p><strong>Location:</strong> Baghdad, Iraq</p>
<p><strong>Event:</strong> {event}</p>
<p><strong>Actions to Take:</strong></p>
<ul>
{items}
</ul>
<p><strong>Assistance:</strong></p>
<ul>
<li>Embassy Baghdad, duty officer<br />
+964 770 555 0101<br />
<a href="mailto:duty.baghdad@example.org">duty.baghdad@example.org</a></li>
<li>Consular desk at home<br />
+1 202 555 0147</li>
<li><a href="https://iq.usembassy.gov/iraq-in-brief/">Iraq in brief</a></li>
<li>Put your name on <a href="https://example.org/enrol">the list of travellers</a> to hear from us.</li>
</ul>
"""


_LINK = "https://iq.usembassy.gov/security-alert-embassy-baghdad-ordered-departure/"
_TITLE = "Security Alert – Embassy Baghdad: Ordered Departure"

ALERT_1 = Alert(
    _TITLE,
    _LINK,
    _ordered_departure(
        ALERT_1_ACTIONS,
        "On March 3, 2026, Embassy Baghdad placed its non-emergency staff and their families on ordered "
        "departure because of rockets fired at the city during the night.",
    ),
    "Tue, 03 Mar 2026 05:10:00 +0000",
)
"""The alert of product.md's scene: 08:10 in Baghdad is 05:10 UTC."""

ALERT_2 = Alert(
    _TITLE,
    _LINK,
    _ordered_departure(
        ALERT_2_ACTIONS,
        "The ordered departure of non-emergency staff goes on. Shots were heard near the airport road this "
        "morning, and airlines may cancel flights at short notice.",
    ),
    "Tue, 03 Mar 2026 07:10:00 +0000",
)
"""The same address two hours later. For a silent edit use `ALERT_2._replace(pub_date=ALERT_1.pub_date)`."""
