"""Feeds of alerts and notices: Atom, JSON Feed, GDACS and the CDC, of our own wording in their shapes."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import intake
from core.drafts import Draft
from core.errors import FormatError
from core.formats import Reader, atom, cap, cap_index, cdc, gdacs, json_feed, nws, rss
from core.model import Kind, Level, Source
from tests.core.test_formats_cap import FULL, VALLEY, features, index, prefixes_are_whole
from tests.texts import ALERT_1, action_list, embassy_feed

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
AT = datetime(2026, 3, 3, 5, 10, tzinfo=UTC)


def taken(read: Reader, data: bytes) -> list[Draft]:
    drafts, rejected = read(data, NOW, None)
    assert rejected == []
    return drafts


def refused(read: Reader, data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        read(data, NOW, None)
    return caught.value.message.id


# --- Atom


def feed(*entries: str, more: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"{more}><title type="html">The &lt;i&gt;Desk'
        "&lt;/i&gt;</title><link rel='self' href='https://desk.example/feed/atom'/>" + "".join(entries) + "</feed>"
    ).encode()


def entry(inside: str, name: str = "e1") -> str:
    return f"""<entry><id>urn:x:{name}</id><link href="https://desk.example/{name}"/><title>Alert for Kenya</title>
    <published>2026-03-03T05:10:00Z</published><updated>2026-03-04T05:10:00Z</updated>{inside}</entry>"""


def test_an_entry_of_atom() -> None:
    data = feed(
        entry('<content type="html">&lt;p&gt;Go &lt;b&gt;home&lt;/b&gt;.&lt;/p&gt;</content><summary>No.</summary>')
    )
    assert atom.looks_like(data.lower())
    (draft,) = taken(atom.read, data)
    assert (draft.identity, draft.url, draft.issuer) == ("urn:x:e1", "https://desk.example/e1", "The Desk")
    assert (draft.body, draft.body_is_html) == ("<p>Go <b>home</b>.</p>", True)
    assert (draft.issued, draft.updated) == (AT, datetime(2026, 3, 4, 5, 10, tzinfo=UTC))
    assert (draft.kind, draft.countries, draft.level, draft.warnings) == (Kind.ALERT, ("KE",), None, ())
    assert atom.read(data, NOW, Kind.REPORT)[0][0].kind is Kind.REPORT


XHTML = """<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Go &lt; far.</p>
<ul><li>Now</li></ul></div></content>"""


@pytest.mark.parametrize(
    ("inside", "plain", "is_html"),
    [
        (XHTML, "Go < far.\n\n• Now", True),
        ("<summary>Take &lt;care&gt;.</summary>", "Take <care>.", False),
        ("<summary type='html'>&lt;p&gt;Take care.</summary>", "Take care.", True),
        (
            "<content type='image/png' src='https://x.example/a.png'>AAAA</content><summary>Look.</summary>",
            "Look.",
            False,
        ),
        ("<content src='https://x.example/'/><summary>Look.</summary>", "Look.", False),
        ("<content type='text/plain'>One.\n\nTwo.</content>", "One.\n\nTwo.", False),
        ("<content/>", "", False),
    ],
)
def test_text_is_read_as_its_type_says(inside: str, plain: str, is_html: bool) -> None:
    (draft,) = taken(atom.read, feed(entry(inside)))
    assert draft.body_is_html is is_html
    source = Source(id="s", name="S", issuer="", url="https://desk.example/")
    assert intake._cleaned(draft, intake._sanitised(draft), source).plain == plain


def test_titles_come_plain() -> None:
    for written, title in [
        ("<title type='html'>A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title>", "A & B"),
        ("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <b>B</b></div></title>", "A B"),
        ("<title>1 &lt; 2 &amp; 3</title>", "1 &lt; 2 &amp; 3"),
    ]:
        (draft,) = taken(atom.read, feed(f"<entry><id>i</id>{written}</entry>"))
        assert draft.title == title


def test_links_are_made_whole_and_stand_in_for_an_id() -> None:
    bare = "<entry><link rel='edit' href='/no'/><link href='../7'/><title>T</title></entry>"
    (draft,) = taken(atom.read, feed(bare))
    assert (draft.identity, draft.url) == ("https://desk.example/7",) * 2
    (draft,) = taken(atom.read, feed(bare, more=" xml:base='https://other.example/a/b'"))
    assert draft.url == "https://other.example/7"
    (draft,) = taken(atom.read, feed("<entry><link href='http://[::1'/><title>T</title></entry>"))
    assert draft.url == "http://[::1"


def test_the_embassy_of_an_address_tells_the_country_and_dates_are_read_or_it_is_said() -> None:
    words = (
        entry("").replace("https://desk.example", "https://iq.usembassy.gov").replace("2026-03-04T05:10:00Z", "soon")
    )
    (draft,) = taken(atom.read, feed(words))
    assert (draft.countries, draft.issued, draft.updated) == (("IQ",), AT, None)
    assert [warning.id for warning in draft.warnings] == ["date-unreadable"]
    (draft,) = taken(atom.read, feed(entry("").replace("<published>2026-03-03T05:10:00Z</published>", "")))
    assert (draft.issued, draft.updated) == (datetime(2026, 3, 4, 5, 10, tzinfo=UTC), None)


def test_older_atom_and_any_prefix() -> None:
    old = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><id>i</id><title>U</title>
    <issued>2026-03-03T05:10:00Z</issued>
    <content mode="escaped" type="text/html">&lt;p&gt;Go.</content></entry></feed>"""
    (draft,) = taken(atom.read, old)
    assert (draft.body, draft.body_is_html, draft.issued) == ("<p>Go.", True, AT)
    prefixed = (
        b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>i</a:id><a:title>U</a:title></a:entry></a:feed>'
    )
    assert atom.looks_like(prefixed.lower())
    assert taken(atom.read, prefixed)[0].title == "U"


def test_a_broken_entry_is_set_aside_alone_and_the_newest_state_counts() -> None:
    older = entry("", "x").replace("03-03", "03-01").replace("Kenya", "Chad")
    drafts, rejected = atom.read(feed(older, "<entry><title>T</title></entry>", entry("", "x"), "<entry/>"), NOW, None)
    assert [draft.countries for draft in drafts] == [("KE",)]
    assert [message.values for message in rejected] == [{"number": 2}, {"number": 4}]


def test_a_malformed_feed_is_mended_and_a_cut_one_is_not() -> None:
    bad = feed(
        entry("<summary>Fish & chips &nbsp; &eacute;</summary>"),
        entry("<content type='html'>&lt;p&gt;Go.</content>", "e2"),
    )
    fish, go = taken(atom.read, bad)
    assert ("chips" in fish.body, go.body, go.identity) == (True, "<p>Go.", "urn:x:e2")
    assert (go.issued, go.issuer, go.url) == (AT, "The <i>Desk</i>", "https://desk.example/e2")
    assert refused(atom.read, bad[:-10]) == "answer-cut"
    assert refused(atom.read, bad.replace(b"</entry><entry>", b"<entry>")) == "answer-cut"
    assert refused(atom.read, bad.replace(b"&nbsp;", b"<" * 100_001)) == "too-large"
    assert refused(atom.read, b"<!DOCTYPE feed>" + bad[22:]) == "document-type-refused"
    assert refused(atom.read, bad.replace(b"&nbsp;", b'<!ENTITY a "b">')) == "document-type-refused"


# --- JSON Feed

ITEM: dict[str, object] = {
    "id": "https://desk.example/1",
    "url": "https://desk.example/1",
    "title": "Alert for Kenya",
    "content_html": "<p>Go home.</p>",
    "content_text": "Go home.",
    "date_published": "2026-03-03T08:10:00+03:00",
    "date_modified": "2026-03-04T08:10:00+03:00",
}


def json_items(*items: object, version: object = "https://jsonfeed.org/version/1.1") -> bytes:
    return json.dumps({"version": version, "title": "The Desk", "items": items}).encode()


def test_an_item_of_a_json_feed() -> None:
    data = json_items(ITEM)
    assert json_feed.looks_like(data.lower())
    assert json_feed.looks_like(data.replace(b"/", b"\\/").lower())
    (draft,) = taken(json_feed.read, data)
    assert (draft.identity, draft.url, draft.issuer) == (ITEM["id"], ITEM["url"], "The Desk")
    assert (draft.body, draft.body_is_html, draft.kind) == ("<p>Go home.</p>", True, Kind.ALERT)
    assert (draft.issued, draft.updated) == (AT, datetime(2026, 3, 4, 5, 10, tzinfo=UTC))
    assert draft.countries == ("KE",)


def test_what_an_item_may_lack_and_a_broken_one_alone() -> None:
    data = json_items(
        {"id": 7, "content_text": "Go < home."},
        {"title": "T"},
        ITEM | {"url": 3},
        "x",
        {"url": "https://u.example", "title": "T"},
    )
    drafts, rejected = json_feed.read(data, NOW, None)
    assert [(draft.identity, draft.body, draft.body_is_html) for draft in drafts] == [
        ("7", "Go < home.", False),
        ("https://u.example", "", False),
    ]
    assert [message.values for message in rejected] == [{"number": 2}, {"number": 3}, {"number": 4}]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (json_items(version="2"), "format-unknown"),
        (json_items(version=1), "format-unknown"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "format-unknown"),
        (b"[]", "format-unknown"),
        (json_items(ITEM)[:-1], "json-unreadable"),
        (b"[" * 100_000, "json-unreadable"),
    ],
    ids=lambda value: value[:50].decode() if isinstance(value, bytes) else value,
)
def test_what_is_no_json_feed_is_refused(data: bytes, message: str) -> None:
    assert refused(json_feed.read, data) == message


# --- GDACS


def event(number: str = "77", **others: str) -> str:
    words = {
        "iscurrent": "true", "fromdate": "Mon, 02 Mar 2026 00:00:00 GMT", "eventtype": "FL", "alertlevel": "Orange",
        "eventid": number, "episodeid": "1", "iso3": "KEN", "country": "Kenya",
    } | others  # fmt: skip
    own = "".join(f"<gdacs:{name}>{value}</gdacs:{name}>" for name, value in words.items())
    return f"""<item><title>Orange alert: water is high in Kenya</title>
    <description>Rivers left their beds.</description>
    <link>https://disasters.example/{number}</link><pubDate>Tue, 03 Mar 2026 05:10:00 GMT</pubDate>{own}</item>"""


def disasters(*items: str) -> bytes:
    head = (
        '<?xml version="1.0"?>\n<rss version="2.0" xmlns:gdacs="http://www.gdacs.org"><channel><title>Disasters</title>'
    )
    return (head + "".join(items) + "</channel></rss>").encode()


def test_an_event() -> None:
    data = disasters(event())
    assert gdacs.looks_like(data.lower())
    (draft,) = taken(gdacs.read, data)
    assert not draft.prose  # it says what happened, and tells nobody what to do
    assert (draft.identity, draft.level, draft.countries) == ("FL77", Level(None, "Orange", "GDACS"), ("KE",))
    assert (draft.title, draft.body) == ("Orange alert: water is high in Kenya", "Rivers left their beds.")
    assert (draft.issued, draft.effective) == (AT, datetime(2026, 3, 2, tzinfo=UTC))
    assert (draft.url, draft.status, draft.kind, draft.issuer) == (
        "https://disasters.example/77",
        (),
        Kind.ALERT,
        "GDACS",
    )


@pytest.mark.parametrize(
    ("codes", "names", "countries"),
    [
        ("KEN, UGA", "Kenya, Uganda", ("KE", "UG")),
        ("KEN;TZA", "", ("KE", "TZ")),
        ("BGR", "Bulgaria, Iraq, Iran", ("BG", "IQ", "IR")),  # the code of the first only
        ("ZZZ", "Off shore", ()),
        ("", "", ()),
    ],
)
def test_countries_of_an_event(codes: str, names: str, countries: tuple[str, ...]) -> None:
    assert taken(gdacs.read, disasters(event(iso3=codes, country=names)))[0].countries == countries


def test_an_event_keeps_its_name_while_its_colour_changes_and_ends() -> None:
    later = event(alertlevel="Red").replace("03 Mar", "04 Mar")
    over = event(iscurrent="false")
    assert [draft.identity for data in (event(), later, over) for draft in taken(gdacs.read, disasters(data))] == [
        "FL77"
    ] * 3
    (draft,) = taken(gdacs.read, disasters(event(), later))
    assert draft.level == Level(None, "Red", "GDACS")
    assert taken(gdacs.read, disasters(over))[0].status == ("expired",)


def test_a_nameless_event_is_set_aside_alone() -> None:
    drafts, rejected = gdacs.read(disasters(event(""), event("78"), "<item/>"), NOW, None)
    assert [draft.identity for draft in drafts] == ["FL78"]
    assert [message.values for message in rejected] == [{"number": 1}, {"number": 3}]


# --- the CDC


def notices(*items: tuple[str, str]) -> bytes:
    made = "".join(
        f"<item><title>{title}</title><link>https://wwwnc.cdc.gov/travel/notices/{path}</link>"
        f"<description>Some people fell ill.</description><pubDate>Tue, 03 Mar 2026 05:10:00 GMT</pubDate></item>"
        for title, path in items
    )
    head = '<rss version="2.0"><channel><title>Notices</title><link>https://wwwnc.cdc.gov/travel/notices</link>'
    return (head + made + "</channel></rss>").encode()


@pytest.mark.parametrize(
    ("title", "words", "countries"),
    [
        ("Level 1 - Dengue in Kenya", "Level 1", ("KE",)),
        ("Level 2 - Measles in Ghana and Liberia", "Level 2", ("GH", "LR")),
        ("Level 1 - Global Polio", "Level 1", ()),
        (
            "Warning - Level 3, Avoid Nonessential Travel - Ebola in Uganda",
            "Warning - Level 3, Avoid Nonessential Travel",
            ("UG",),
        ),
        (
            "Watch Level 1, Practice Usual Precautions: Flu in Chad",
            "Watch Level 1, Practice Usual Precautions",
            ("TD",),
        ),
        ("Cholera in Haiti - Alert - Level 2", "Alert - Level 2", ("HT",)),
    ],
)
def test_a_notice_has_its_level_in_its_title(title: str, words: str, countries: tuple[str, ...]) -> None:
    data = notices((title, "level1/x"))
    assert cdc.looks_like(data.lower())
    (draft,) = taken(cdc.read, data)
    assert (draft.level, draft.countries) == (Level(None, words, "CDC 1-3"), countries)
    assert (draft.title, draft.kind, draft.issued) == (title, Kind.ALERT, AT)


def test_a_notice_without_a_level() -> None:
    assert taken(cdc.read, notices(("Measles in Ghana", "x")))[0].level is None


def test_a_notice_keeps_its_name_when_its_level_changes() -> None:
    paths = ["level1/flu-chad", "level2/flu-chad", "watch/flu-chad", "warning/flu-chad"]
    assert {taken(cdc.read, notices(("Level 1 - Flu", path)))[0].identity for path in paths} == {
        "https://wwwnc.cdc.gov/travel/notices/flu-chad"
    }
    both = taken(cdc.read, notices(("Level 1 - Flu in Chad", paths[0]), ("Level 2 - Flu in Mali", paths[1])))
    assert len({draft.identity for draft in both}) == 2


# --- which is which

SAMPLES: dict[str, tuple[bytes, Reader]] = {
    "gdacs": (disasters(event()), gdacs.read),
    "cdc": (notices(("Level 1 - Flu", "level1/x")), cdc.read),
    "cap-index": (index(VALLEY), cap_index.read),
    "cap": (FULL, cap.read),
    "atom": (feed(entry("")), atom.read),
    "json-feed": (json_items(ITEM), json_feed.read),
    "nws": (features({"id": "x", "event": "Wind"}), nws.read),
    "rss": (embassy_feed([ALERT_1]), rss.read),
}
MODULES = {
    "gdacs": gdacs,
    "cdc": cdc,
    "cap-index": cap_index,
    "cap": cap,
    "atom": atom,
    "json-feed": json_feed,
    "nws": nws,
}


@pytest.mark.parametrize("name", list(SAMPLES))
def test_each_is_found_by_content_in_this_order(name: str) -> None:
    start = SAMPLES[name][0][:4096].lower()
    found = [known for known, module in MODULES.items() if module.looks_like(start)]
    assert (found or ["rss"])[0] == name
    assert len(found) == {"cap-index": 2, "rss": 0}.get(name, 1)  # an index is a feed too


def test_nothing_else_is_taken_for_one_of_them() -> None:
    link = ALERT_1._replace(
        html='<p>See <a href="https://wwwnc.cdc.gov/travel/notices">this</a>, GDACS, application/xml.</p>'
    )
    others = [
        embassy_feed([link]),
        action_list([]),
        b"<html><body>Log in</body></html>",
        b'{"type": "point"}',
        b"<alerting/>",
    ]
    for data in others:
        assert [name for name, module in MODULES.items() if module.looks_like(data[:4096].lower())] == []


@pytest.mark.parametrize("name", ["gdacs", "atom", "json-feed"])
def test_no_beginning_gives_an_alert_that_is_cut(name: str) -> None:
    prefixes_are_whole(*SAMPLES[name])


BOMB = b'<!DOCTYPE x [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("name", ["gdacs", "cdc", "cap-index", "cap", "atom"])
def test_hostile_xml_is_refused(name: str) -> None:
    data, read = SAMPLES[name]
    body = data.partition(b"?>")[2] if data.startswith(b"<?xml") else data
    assert refused(read, BOMB + body.replace(b"</title>", b"&b;</title>")) == "document-type-refused"
    assert refused(read, b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + body) == "document-type-refused"
    assert refused(read, b"<html><body>Log in</body></html>") == "page-instead-of-feed"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ["gdacs", "cap-index", "atom"])
def test_depth_and_length_keep_nobody_busy(name: str) -> None:
    data, read = SAMPLES[name]
    deep = data.replace(b"</title>", b"<a>" * 100_000 + b"</a>" * 100_000 + b"</title>")
    assert len(read(deep, NOW, None)[0]) == 1
    xhtml = feed(entry('<content type="xhtml"><div>' + "<i>" * 100_000 + "Go." + "</i>" * 100_000 + "</div></content>"))
    assert "Go." in taken(atom.read, xhtml)[0].body
    for start in (b"<!--" * 1000, b"<?x" * 1300, b"<!doctype [" * 300, b"<rss " + b"xmlns" * 800, b"<a:" * 1300):
        assert [known for known, module in MODULES.items() if module.looks_like(start)] == []


_SEEDS = st.sampled_from([data for data, _ in SAMPLES.values()])


@given(_SEEDS, st.integers(0, 3000), st.binary(max_size=8), st.integers(0, 60))
def test_whatever_is_changed_in_them_they_are_read_or_refused(data: bytes, at: int, put: bytes, cut: int) -> None:
    changed = data[: at % len(data)] + put + data[at % len(data) + cut :]
    for _, read in SAMPLES.values():
        try:
            drafts, rejected = read(changed, NOW, None)
        except FormatError:
            continue
        assert all(draft.identity and draft.identity == draft.identity[:2000] for draft in drafts)
        assert {message.id for message in rejected} <= {"entry-unreadable"}
