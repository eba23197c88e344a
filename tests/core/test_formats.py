"""Wire formats: what is taken of a good feed, and how little harm a bad one does."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import intake
from core.errors import FormatError
from core.formats import detect, parse
from core.model import Kind, Revision, Source, Urgency
from core.wording import say
from tests.texts import ALERT_1, ALERT_1_ACTIONS, ALERT_2, UsItem, action_list, embassy_feed, us_feed

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="A source", issuer="", url="https://s.example/feed", language="en")
LEVEL_3 = "Level 3: Reconsider Travel"
HEAD, TAIL = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>', b"</channel></rss>"
SMALL = embassy_feed(
    [ALERT_1._replace(html="<p>Avoid the bridge. Stay at home.</p><p>See &lt;/rss></rss></p>"), ALERT_2]
)


def taken(data: bytes, source: Source = SOURCE) -> list[Revision]:
    got = intake.take(data, source, NOW)
    assert got.rejected == ()
    return list(got.revisions)


def one(data: bytes, source: Source = SOURCE) -> Revision:
    (revision,) = taken(data, source)
    return revision


def item(inside: str) -> bytes:
    return HEAD + f"<item>{inside}</item>".encode() + TAIL


def country(title: str, *tags: str) -> Revision:
    return one(us_feed([UsItem("x", LEVEL_3, "<p>Beware.</p>", tags, title=title)]))


def refused(data: bytes, format_name: str | None = None) -> str:
    with pytest.raises(FormatError) as caught:
        parse(data, NOW, format_name=format_name)
    assert say(caught.value.message)
    return caught.value.message.id


# --- an embassy's feed


def test_an_alert_of_an_embassy() -> None:
    revision = one(embassy_feed([ALERT_1]))
    assert (revision.title, revision.url, revision.kind) == (ALERT_1.title, ALERT_1.link, Kind.ALERT)
    assert (revision.countries, revision.issuer) == (("IQ",), "Alert – Embassy of the Tests")
    assert revision.issued == datetime(2026, 3, 3, 5, 10, tzinfo=UTC)
    assert [action.text for action in revision.actions] == list(ALERT_1_ACTIONS)
    assert revision.actions[0].due == datetime(2026, 3, 4, 5, 10, tzinfo=UTC)
    assert {contact.phone or contact.email for contact in revision.contacts} == {
        "+964 770 555 0101",
        "duty.baghdad@example.org",
        "+1 202 555 0147",
    }
    assert revision.warnings == ()


def test_the_address_is_the_identity_and_of_two_with_one_address_the_newer_counts() -> None:
    assert [one(embassy_feed([alert])).advisory_id for alert in (ALERT_1, ALERT_2)] == [
        one(embassy_feed([ALERT_1])).advisory_id
    ] * 2
    for order in ([ALERT_1, ALERT_2], [ALERT_2, ALERT_1]):
        assert one(embassy_feed(order)).issued == datetime(2026, 3, 3, 7, 10, tzinfo=UTC)
    other = ALERT_1._replace(link=ALERT_1.link + "-2")
    assert len({revision.advisory_id for revision in taken(embassy_feed([ALERT_1, other]))}) == 2


def test_a_guid_stands_in_for_a_missing_address_and_nothing_for_both() -> None:
    guids = [one(item(f"<guid>{g}</guid><title>Same</title><description>Go.</description>")) for g in ("a", "b", "a")]
    assert guids[0].advisory_id == guids[2].advisory_id != guids[1].advisory_id
    assert refused(item("<title>Nobody</title><description>Go.</description>")) == "nothing-readable"


def test_the_catalogue_says_what_a_source_is() -> None:
    source = Source("s", "N", "The Ministry", "https://s.example", kind=Kind.REPORT, countries=("FR",), language="fr")
    revision = one(item("<link>https://s.example/1</link><title>T</title><description>Go.</description>"), source)
    assert (revision.kind, revision.issuer, revision.countries) == (Kind.REPORT, "The Ministry", ("FR",))
    assert revision.language == "fr"


def test_other_rss_is_read_as_well() -> None:
    rdf = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel>
      <item><title>A</title><link>https://s.example/a</link><description>Go.</description>
      <dc:date>2026-03-03T05:10:00Z</dc:date></item></rdf:RDF>"""
    old = HEAD.replace(b"2.0", b"0.91") + b"<item><title>A</title><link>https://s.example/a</link></item>" + TAIL
    assert (one(rdf).title, one(rdf).text.plain, one(rdf).issuer) == ("A", "Go.", "T")
    assert one(rdf).issued == datetime(2026, 3, 3, 5, 10, tzinfo=UTC)
    assert [warning.id for warning in one(old).warnings] == ["no-text"]


# --- the American feed


def test_a_country_of_the_american_feed() -> None:
    revision = country("Iraq - Level 3: Reconsider Travel", "IZ")
    assert (revision.kind, revision.countries) == (Kind.COUNTRY, ("IQ",))
    assert revision.level is not None
    assert (revision.level.value, revision.level.words, revision.level.scale) == (3, LEVEL_3, "United States 1-4")
    assert revision.issued == datetime(2026, 3, 5, tzinfo=UTC)
    words = UsItem("Iraq", LEVEL_3, "<p>You should:</p><ul><li>Leave within 24 hours.</li></ul>", ("IZ",))
    assert [action.due for action in one(us_feed([words])).actions] == [None]


@pytest.mark.parametrize(
    ("title", "tags", "countries"),
    [
        ("Australia - Level 1: Exercise Normal Precautions", ["AS"], ["AU"]),  # FIPS, not ISO
        ("Mainland China, Hong Kong & Macau - See Summaries - Level 2", ["CH"], ["CN", "HK", "MO"]),
        ("Bonaire - Level 1: Exercise Normal Precautions", ["A1"], ["BQ"]),  # no such code
        ("Hong Kong - Level 2: Exercise Increased Caution", [], ["HK"]),
        ("See Summaries - Level 2: Exercise Increased Caution", ["IZ"], ["IQ"]),  # the title names none
        ("See Summaries - Level 2", [], []),
    ],
)
def test_countries_are_those_of_the_title_or_else_of_the_code(
    title: str, tags: list[str], countries: list[str]
) -> None:
    revision = country(title, *tags)
    assert (sorted(revision.countries), revision.warnings) == (countries, ())


def test_where_title_and_code_contradict_each_other_both_count_and_it_is_said() -> None:
    revision = country("Switzerland - Level 1: Exercise Normal Precautions", "SR")
    assert (revision.countries, revision.warnings) == (("CH",), ())  # SR is no FIPS code
    revision = country("Niger - Level 4: Do Not Travel", "NI")  # as ISO would have it; FIPS: Nigeria
    assert sorted(revision.countries) == ["NE", "NG"]
    (warning,) = revision.warnings
    assert warning.id == "country-doubtful"
    assert say(warning) == "Its title names NE, its country code means NG; it is kept for all of them."


@pytest.mark.parametrize(
    ("category", "title", "value"),
    [
        ("Level 2: Exercise Increased Caution", "Iraq - Level 4: Do Not Travel", 2),
        ("Mexico", "Mexico Travel Advisory -  Level  2: Exercise Increased  Caution", 2),
        ("Other", "Somewhere", None),
        ("Level 5: Flee", "Somewhere", None),
    ],
)
def test_the_level_is_that_of_the_category_or_else_of_the_title(category: str, title: str, value: int | None) -> None:
    revision = one(us_feed([UsItem("Iraq", category, "<p>x</p>", ("IZ",), title=title)]))
    assert (revision.level.value if revision.level else None) == value


# --- dates


@pytest.mark.parametrize(
    ("words", "moment", "warned"),
    [
        ("Tue, 03 Mar 2026 05:10:00 +0000", "2026-03-03T05:10:00", False),
        ("Tue, 03 Mar 2026 16:10:00 AEDT", "2026-03-03T05:10:00", False),
        ("Tue, 03 Mar 2026", "2026-03-03T00:00:00", False),
        ("next week", None, True),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, True),
        ("", None, False),
    ],
)
def test_dates_are_read_or_it_is_said(words: str, moment: str | None, warned: bool) -> None:
    made = f"<link>https://s.example/1</link><title>T</title><description>x</description><pubDate>{words}</pubDate>"
    revision = one(item(made))
    assert revision.issued == (datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None)
    assert [warning.id for warning in revision.warnings] == (["date-unreadable"] if warned else [])


# --- bad feeds

ENTITY = b'<!DOCTYPE rss [<!ENTITY a "go"><!ENTITY b "&a;&a;&a;&a;">]>'
DOCUMENTS = {
    "nothing": (b"", "empty-answer"),
    "blanks": (b"\xef\xbb\xbf \n\n", "empty-answer"),
    "page": (b"<!DOCTYPE html><html><head><title>Log in</title></head></html>", "page-instead-of-feed"),
    "xhtml": (
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        "page-instead-of-feed",
    ),
    "page in a comment's shade": (b"<!-- <rss> --><html><body>Log in</body></html>", "page-instead-of-feed"),
    "words": (b"All is well.", "format-unknown"),
    "another xml": (b"<opml version='2.0'/>", "format-unknown"),
    "no atom entry": (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "empty-feed"),
    "no entry": (HEAD + TAIL, "empty-feed"),
    "no channel": (b"<rss/>", "empty-answer"),
    "entities": (ENTITY + HEAD[21:] + b"<item><title>&b;</title></item>" + TAIL, "document-type-refused"),
    "entities, malformed": (ENTITY + HEAD[21:] + b"<item><title>&b;<b></title>" + TAIL, "document-type-refused"),
    "outer entity": (b'<!DOCTYPE rss SYSTEM "file:///etc/passwd">' + HEAD[21:] + TAIL, "document-type-refused"),
    "hidden entity": (HEAD + b'<!ENTITY x "y"><item><title>&x;</title></item>' + TAIL, "document-type-refused"),
    "cut": (HEAD + b"<item><title>T</title>", "answer-cut"),
    "cut after an inner end": (HEAD + b"<item><link>a</link><description><![CDATA[</rss>", "answer-cut"),
    "json": (b'{"a": 1}', "action-list-wrong"),
    "empty json": (b"{}", "empty-answer"),
    "no json": (b"{", "json-unreadable"),
    "deep json": (b'{"x":' * 100_000, "json-unreadable"),
}


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_what_is_no_feed_is_refused_and_named(name: str) -> None:
    data, message = DOCUMENTS[name]
    assert refused(data) == message


@pytest.mark.parametrize(
    "data",
    [
        *(b"<?xml?>" * 500, b"<!---->" * 500, b"<!doctype x>" * 300, b"<!doctype [" * 300, b"<?" * 2000),
        HEAD + b"<item><b></item></rss>" + b"<!---->" * 200 + b"x",
        HEAD + b"<item><b></item></rss>" + b" " * 1900 + b"x",
    ],
    ids=lambda data: data[:12].decode(),
)
@pytest.mark.timeout(5)
def test_nothing_before_or_after_a_feed_keeps_us_busy(data: bytes) -> None:
    assert refused(data)


def test_a_named_format_must_be_what_is_found() -> None:
    assert refused(embassy_feed([ALERT_1]), "actions") == "format-differs"
    assert refused(embassy_feed([ALERT_1]), "morse") == "format-unknown-name"
    assert parse(embassy_feed([ALERT_1]), NOW, format_name="rss").format == "rss"


def test_no_beginning_of_a_feed_gives_an_alert_that_is_cut() -> None:
    whole = {revision.advisory_id: revision.text.plain for revision in taken(SMALL)}
    assert len(whole) == 1
    took = 0
    for length in range(len(SMALL)):
        try:
            got = intake.take(SMALL[:length], SOURCE, NOW)
        except FormatError:
            continue
        took += 1
        for revision in got.revisions:
            assert revision.text.plain == whole[revision.advisory_id]
    assert took < 20  # those that lack no more than the last tag


@pytest.mark.parametrize(
    "broken",
    [
        "Mice & men",
        "<p>unescaped<br>markup",
        "caf\xe9".encode("latin-1").decode("latin-1"),
        "&nbsp;&eacute;",
        "\x0b\x0c",
    ],
)
def test_a_malformed_feed_is_mended(broken: str) -> None:
    good = "<item><link>https://s.example/1</link><title>T</title><description>Go.</description></item>"
    bad = f"<item><link>https://s.example/2</link><title>U {broken}</title><description>{broken}</description></item>"
    made = taken(HEAD + (good + bad).encode() + TAIL)
    assert [revision.url for revision in made] == ["https://s.example/1", "https://s.example/2"]
    assert made[0].text.plain == "Go."


def test_a_malformed_feed_keeps_categories_dates_and_bodies() -> None:
    mended = taken(us_feed([UsItem("Iraq", LEVEL_3, "<p>Beware.</p>", ("IZ",))]).replace(b"a country", b"a & b"))
    whole = taken(us_feed([UsItem("Iraq", LEVEL_3, "<p>Beware.</p>", ("IZ",))]))
    assert mended == whole
    assert taken(SMALL.replace(b"Consular Section", b"C & ]]> & S")) == taken(SMALL)


def test_a_poisonous_entry_is_set_aside_alone() -> None:
    poison = "<item><title></title></item>"
    good = "<item><link>https://s.example/1</link><title>T</title><description>Go.</description></item>"
    got = intake.take(HEAD + (poison + good + poison).encode() + TAIL, SOURCE, NOW)
    assert [revision.title for revision in got.revisions] == ["T"]
    assert [message.values for message in got.rejected] == [{"number": 1}, {"number": 3}]


@pytest.mark.parametrize("link", ["http://[::1", "javascript:x()", "//a.example", "https://a@b.example", "x" * 9000])
def test_an_odd_address_costs_the_address_and_not_the_alert(link: str) -> None:
    page = "<p>Go <a href='/x'>on</a>.</p>"
    revision = one(item(f"<link>{link}</link><title>T</title><description><![CDATA[{page}]]></description>"))
    assert (revision.url, revision.text.plain) == (None, "Go on.")


def test_what_is_too_long_is_read_as_far_as_it_goes_and_it_is_said() -> None:
    words = "Go. " * 600_000
    revision = one(item(f"<link>https://s.example/1</link><title>T</title><description>{words}</description>"))
    assert "text-cut" in [warning.id for warning in revision.warnings]
    assert len(revision.text.plain) > 1_900_000


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda inner: HEAD + b"<item>" + inner + b"</item>" + TAIL))
def test_whatever_bytes_come_they_are_read_or_refused(data: bytes) -> None:
    try:
        detect(data)
        intake.take(data, SOURCE, NOW)
    except FormatError as error:
        assert say(error.message)


@pytest.mark.parametrize("evil", ["<ul>" * 200_000, "<p " + " ".join(f"a{n}=1" for n in range(90_000)) + ">"])
@pytest.mark.timeout(20)
def test_a_saved_page_is_read_in_time_however_it_is_built(evil: str) -> None:
    page = f"<html><h1>Alert</h1><p>Actions to take:</p><ul><li>Go home.</li></ul>{evil}</html>"
    (revision,) = intake.take(page.encode(), SOURCE, NOW, fetched=False).revisions
    assert [action.text for action in revision.actions] == ["Go home."]


# --- our own action lists

SECTION = {
    "heading": "Before you leave",
    "condition": "If you can",
    "actions": [{"text": "Pack.", "detail": "Lightly."}],
}


def test_an_action_refers_to_a_list_that_comes_with_the_program_by_its_name() -> None:
    named = {"text": "Go over your plan.", "links": ["https://a.example", "safeconduct:personal-security-plan"]}
    odd = {"text": "Go.", "links": ["safeconduct:../etc", "safeconduct:"]}
    first, second = one(action_list([{"actions": [named, odd]}])).actions
    assert (first.links, first.refers_to) == (("https://a.example",), "safeconduct:personal-security-plan")
    assert (second.links, second.refers_to) == ((), None)


def test_an_action_list() -> None:
    full = {"text": "Go.", "urgency": "Immediate", "due": "2026-03-03T10:00:00+03:00", "response_type": "evacuate"}
    links = {"text": "Read.", "links": ["https://a.example", "javascript:x()"]}
    level = {"value": 4, "words": "Leave", "scale": "ours"}
    data = action_list(
        [SECTION, {"actions": [full, links]}], level=level, unknown_key=1, expires="2026-04-01T00:00:00Z"
    )
    revision = one(data)
    assert (revision.kind, revision.countries, revision.title) == (Kind.LIST, ("IQ",), "Leaving the field office")
    assert (revision.level.value, revision.level.words) if revision.level else None == (4, "Leave")
    assert revision.expires == datetime(2026, 4, 1, tzinfo=UTC)
    pack, go, read = revision.actions
    assert (pack.heading, pack.condition, pack.urgency) == ("Before you leave", "If you can", Urgency.UNKNOWN)
    assert (go.urgency, go.response_type) == (Urgency.IMMEDIATE, "Evacuate")
    assert go.due == datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert (read.links, read.refers_to) == (("https://a.example",), "https://a.example")
    for action in revision.actions:
        assert revision.text.plain[action.start : action.end] == action.text
    assert "Lightly." in revision.text.plain


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"format": 2}, "action-list-newer"),
        ({"format": "1"}, "action-list-wrong"),
        ({"title": None}, "action-list-wrong"),
        ({"id": " "}, "action-list-wrong"),
        ({"sections": {}}, "action-list-wrong"),
        ({"sections": [{"actions": [{"text": "a"}] * 401}]}, "action-list-wrong"),
        ({"sections": [{"actions": [{"text": 1}]}]}, "action-list-wrong"),
    ],
    ids=str,
)
def test_a_wrong_action_list_is_refused_and_the_key_named(others: dict[str, object], message: str) -> None:
    made = json.loads(action_list([])) | others
    assert refused(json.dumps({key: value for key, value in made.items() if value is not None}).encode()) == message


def test_what_an_action_list_leaves_open_does_not_refuse_it() -> None:
    bare = {
        "text": "Go.",
        "id": 7,
        "urgency": None,
        "links": [{"url": "https://a.example", "title": "A"}, {"title": "B"}],
    }
    sections: list[dict[str, object]] = [
        {"actions": [bare, {"text": "Wait.", "links": None}]},
        {"heading": "Later", "actions": None},
    ]
    nothing = dict.fromkeys(("issuer", "language", "countries", "replaces"))
    revision = one(json.dumps(json.loads(action_list(sections)) | nothing).encode())
    assert [(action.text, action.links) for action in revision.actions] == [
        ("Go.", ("https://a.example",)),
        ("Wait.", ()),
    ]
    levels = [
        one(action_list(sections, level=level)).level
        for level in (3, "Red", {"value": 2, "scale": None}, {"words": "Low"})
    ]
    assert [(level.value, level.words) for level in levels if level] == [
        (3, "3"),
        (None, "Red"),
        (2, "2"),
        (None, "Low"),
    ]


def test_an_action_list_that_is_no_utf_8_is_refused() -> None:
    assert refused(action_list([]).replace(b'"title": "', b'"title": "\x96'), "actions") == "json-unreadable"


def test_what_is_odd_in_an_action_list_is_said_or_left_out() -> None:
    odd = {"text": "Go.", "urgency": "soonish", "due": "tomorrow", "response_type": "Dance\u202e", "links": ["x"]}
    revision = one(
        action_list([{"actions": [odd, {"text": " "}]}], countries=["iq", "UK"], issued="soon", language="../sources",
                    level={"value": 9, "words": "a\u202eb", "scale": "c\u202ed"}, url="file:///etc/passwd")
    )  # fmt: skip
    assert (revision.countries, revision.url, revision.language) == (("IQ",), None, "en")
    assert [warning.id for warning in revision.warnings] == ["country-unknown", "date-unreadable"]
    assert revision.level is not None
    assert (revision.level.value, revision.level.words, revision.level.scale) == (None, "ab", "cd")
    (action,) = revision.actions
    assert (action.urgency, action.due, action.response_type, action.links) == (Urgency.UNKNOWN, None, None, ())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["format", "id", "title", "sections", "level", "countries", "language"]), _JSON))
def test_whatever_list_comes_it_is_read_or_refused(held: dict[str, object]) -> None:
    try:
        intake.take(json.dumps({"format": 1, "id": "x", "title": "t", "sections": []} | held).encode(), SOURCE, NOW)
    except FormatError as error:
        assert say(error.message)


@pytest.mark.parametrize("space", ["", " ", "\n ", "\r\n\t"])
def test_a_list_in_json_is_found_however_it_is_set_out(space: str) -> None:
    entry = '{"Title": "Mali", "Link": "https://travel.state.gov/mali", "Category": ["ML"], "Summary": "<p>x</p>"}'
    assert detect(f"[{space}{entry}{space}]".encode()) == "us-json"
