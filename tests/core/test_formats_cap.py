"""Alerts in the Common Alerting Protocol and its carriers: single, in indexes, and of the US weather service."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.drafts import Draft
from core.errors import FormatError
from core.formats import Reader, cap, cap_index, nws, wrapped
from core.intake import take
from core.markup import from_plain
from core.model import Kind, Level, Source, Urgency
from tests.texts import cap_alert

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
SENDER = "floods@example.org"
FULL = cap_alert("Move your car to higher ground.\nDo not walk through water.")
CAP = "urn:oasis:names:tc:emergency:cap:"


def one(data: bytes, language: str = "en") -> Draft:
    (draft,), rejected = cap.read(data, NOW, None, language=language)
    assert rejected == []
    return draft


def refused(data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        cap.read(data, NOW, None)
    return caught.value.message.id


def without(name: str, data: bytes = FULL) -> bytes:
    """The alert without an element that is written on one line."""
    start = data.index(f"<{name}>".encode())
    return data[:start] + data[data.index(f"</{name}>".encode()) + len(name) + 3 :]


def said(*, info: str = "", head: str = "", sender: str = SENDER) -> Draft:
    """An alert of these elements."""
    return one(
        f"""<alert xmlns="{CAP}1.2"><identifier>a1</identifier><sender>{sender}</sender>
        <sent>2026-03-03T08:10:00+03:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
        {head}<info><category>Met</category><event>Storm</event><urgency>Expected</urgency><severity>Severe</severity>
        <certainty>Likely</certainty>{info}</info></alert>""".encode()
    )


# --- a single alert


def test_all_that_an_alert_says() -> None:
    draft = one(FULL)
    assert (draft.identity, draft.title) == (f"{SENDER},tests-2026-0001", "The river is rising at the old bridge")
    assert draft.body == "Water may reach the lower streets before the evening.\n\nLower town"
    assert draft.instruction == "Move your car to higher ground.\n\nDo not walk through water."
    assert draft.level == Level(None, "Severe", "CAP severity")
    assert (draft.urgency, draft.response_type) == (Urgency.EXPECTED, "Prepare")
    assert (draft.countries, draft.language, draft.kind) == (("IQ",), "en", Kind.ALERT)
    assert (draft.issuer, draft.url) == ("River Office of the Tests", "https://floods.example.org/1")
    assert draft.issued == datetime(2026, 3, 3, 5, 10, tzinfo=UTC)
    assert draft.expires == datetime(2026, 3, 4, 5, 10, tzinfo=UTC)
    assert (draft.status, draft.references, draft.withdraws, draft.warnings) == ((), (), False, ())


def test_both_versions_and_any_prefix_are_read() -> None:
    older = FULL.replace(b"cap:1.2", b"cap:1.1")
    prefixed = FULL.replace(b"xmlns=", b"xmlns:c=").replace(b"</", b"</c:").replace(b"<c:", b"<c:")
    for name in (b"alert", b"identifier", b"sender", b"sent", b"status", b"msgType", b"scope", b"info", b"language",
                 b"category", b"event", b"responseType", b"urgency", b"severity", b"certainty", b"expires",
                 b"senderName", b"headline", b"description", b"instruction", b"web", b"area", b"areaDesc",
                 b"geocode", b"valueName", b"value"):  # fmt: skip
        prefixed = prefixed.replace(b"<" + name + b">", b"<c:" + name + b">").replace(
            b"<" + name + b" ", b"<c:" + name + b" "
        )
    assert (
        one(older)
        == one(prefixed)
        == one(b"\xef\xbb\xbf<!-- kept -->" + FULL.partition(b"?>")[2].lstrip())
        == one(FULL)
    )
    for data in (older, prefixed, FULL):
        assert cap.looks_like(data[:4096].lower())


def test_an_envelope_holds_several_and_a_broken_one_is_set_aside_alone() -> None:
    bodies = [cap_alert("Go.", identifier=f"n{number}").partition(b"?>")[2] for number in range(3)]
    bodies[1] = without("identifier", bodies[1])
    made = (
        b'<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0">'
        + b"".join(bodies)
        + b"</EDXLDistribution>"
    )
    assert cap.looks_like(made.lower())
    drafts, rejected = cap.read(made, NOW, None)
    assert [draft.identity for draft in drafts] == [f"{SENDER},n0", f"{SENDER},n2"]
    assert [(message.id, message.values) for message in rejected] == [("entry-unreadable", {"number": 2})]


@pytest.mark.parametrize("status", ["Test", "Exercise", "System", "Draft", "test"])
@pytest.mark.parametrize("msg_type", ["Alert", "Update", "Cancel"])
def test_what_is_no_alert_has_no_instruction_and_touches_no_other(status: str, msg_type: str) -> None:
    draft = one(cap_alert("Run.", status=status, msg_type=msg_type, references=f"{SENDER},old,2026-03-01T00:00:00Z"))
    assert (draft.status, draft.instruction) == (("test",), "")
    assert (draft.references, draft.withdraws) == ((), False)


def test_the_words_of_a_cancel_are_of_what_is_over() -> None:
    source = Source("s", "s", "", "https://example.org/", kind=Kind.ALERT)
    counts = {
        kind: len(take(cap_alert("Go uphill. Stay there.", msg_type=kind), source, NOW).revisions[0].actions)
        for kind in ("Alert", "Cancel")
    }
    assert counts == {"Alert": 2, "Cancel": 0}


def test_an_update_and_a_cancel_name_what_they_are_about() -> None:
    refers = f"{SENDER},one,2026-03-01T00:00:00Z\n {SENDER},two,2026-03-02T00:00:00Z nonsense ,,"
    update = one(cap_alert("Run.", msg_type="Update", references=refers))
    assert (update.references, update.withdraws, update.status) == ((f"{SENDER},one", f"{SENDER},two"), False, ())
    cancel = one(cap_alert("Run.", msg_type="Cancel", references=refers))
    assert (cancel.references, cancel.withdraws, cancel.status) == (update.references, True, ("withdrawn",))
    assert update.references[0] == one(cap_alert("Run.", identifier="one")).identity
    itself = one(cap_alert("Run.", references=f"{SENDER},tests-2026-0001,2026-03-01T00:00:00Z"))
    assert itself.references == ()


@pytest.mark.parametrize("msg_type", ["Ack", "Error", "ack"])
def test_an_answer_between_systems_is_no_alert(msg_type: str) -> None:
    assert refused(cap_alert("Run.", msg_type=msg_type)) == "cap-answer"
    answer = cap_alert("Run.", msg_type=msg_type, identifier="x").partition(b"?>")[2]
    drafts, rejected = cap.read(b"<alerts>" + answer + FULL.partition(b"?>")[2] + b"</alerts>", NOW, None)
    assert ([draft.identity for draft in drafts], rejected) == ([f"{SENDER},tests-2026-0001"], [])


@pytest.mark.parametrize("words", [None, "", " ", "None", "NONE.", "n/a", "N/A", "Not applicable", "-", "<br/>"])
def test_some_words_are_no_instruction(words: str | None) -> None:
    assert one(cap_alert(words)).instruction == ""


def test_what_is_over_gives_nothing_to_do() -> None:
    draft = one(cap_alert("Stay away.", urgency="Past"))
    assert (draft.instruction, draft.urgency) == ("", Urgency.UNKNOWN)
    assert [warning.id for warning in draft.warnings] == ["cap-past"]
    assert one(cap_alert(None, urgency="Past")).warnings == ()


@pytest.mark.parametrize(
    ("word", "urgency"),
    [
        ("Immediate", Urgency.IMMEDIATE),
        ("FUTURE", Urgency.FUTURE),
        ("Unknown", Urgency.UNKNOWN),
        ("Soon", Urgency.UNKNOWN),
    ],
)
def test_urgency(word: str, urgency: Urgency) -> None:
    assert one(cap_alert("Go.", urgency=word)).urgency is urgency


@pytest.mark.parametrize(("word", "response"), [("AllClear", "AllClear"), ("evacuate", "Evacuate"), ("None", None)])
def test_response(word: str, response: str | None) -> None:
    assert one(cap_alert("Go.", response_type=word)).response_type == response


@pytest.mark.parametrize("name", ["sender", "sent", "scope", "status", "msgType", "event", "urgency", "severity"])
def test_a_lesser_element_may_be_missing_and_it_is_said(name: str) -> None:
    draft = one(without(name))
    assert draft.instruction
    assert [(warning.id, warning.values) for warning in draft.warnings] == [("cap-lacks", {"names": [name]})]


def test_without_info_the_note_is_the_text() -> None:
    start, end = FULL.index(b"<info>"), FULL.index(b"</info>") + len(b"</info>")
    bare = FULL[:start] + b"<note>The line is being tried out.</note>" + FULL[end:]
    draft = one(bare)
    assert (draft.title, draft.body) == ("The line is being tried out.",) * 2
    assert [warning.values for warning in draft.warnings] == [{"names": ["info"]}]
    assert one(bare.replace(b">Alert<", b">Cancel<")).warnings == ()


def test_a_date_that_cannot_be_read_is_said() -> None:
    draft = one(FULL.replace(b"2026-03-04T08:10:00+03:00", b"on Wednesday"))
    assert (draft.expires, [warning.id for warning in draft.warnings]) == (None, ["date-unreadable"])
    assert said(info="<onset>2026-03-04T00:00:00Z</onset>").effective == datetime(2026, 3, 4, tzinfo=UTC)


# --- several `info`

INFO = (
    "<info><language>{0}</language><category>Met</category><event>{1}</event><urgency>{2}</urgency>"
    "<severity>{3}</severity><certainty>Likely</certainty><description>{4}</description>"
    "<instruction>{5}</instruction><area><areaDesc>{6}</areaDesc></area></info>"
)


def infos(*parts: tuple[str, ...]) -> bytes:
    start, end = FULL.index(b"<info>"), FULL.index(b"</info>") + len(b"</info>")
    return FULL[:start] + "".join(INFO.format(*part) for part in parts).encode() + FULL[end:]


FRENCH = ("fr-CA", "Neige", "Expected", "Minor", "Il va neiger.", "Restez chez vous.", "Le nord")
ENGLISH = ("en-CA", "Snow", "Expected", "Minor", "It will snow.", "Stay at home.", "The north")
GERMAN = ("de", "Schnee", "Expected", "Minor", "Es schneit bald.", "Bleiben Sie daheim.", "Der Norden")


@pytest.mark.parametrize(
    ("parts", "language", "title"),
    [
        ((FRENCH, ENGLISH), "en", "Snow"),
        ((FRENCH, ENGLISH, GERMAN), "de-AT", "Schnee"),
        ((FRENCH, ENGLISH), "nl", "Snow"),
        ((FRENCH, GERMAN), "en", "Neige"),
        ((FRENCH, ("", *ENGLISH[1:])), "en", "Snow"),  # no language is English
    ],
)
def test_one_language_is_chosen(parts: tuple[tuple[str, ...], ...], language: str, title: str) -> None:
    draft = one(infos(*parts), language)
    assert draft.title == title
    (chosen,) = [part for part in parts if part[1] == title]
    assert (draft.body, draft.instruction, draft.language) == (f"{chosen[4]}\n\n{chosen[6]}", chosen[5], chosen[0])


def test_of_one_language_the_gravest_leads_and_nothing_is_lost_but_what_is_over() -> None:
    grave = ("en", "Avalanche", "Immediate", "Extreme", "The slope is loose.", "Leave the valley.", "The south")
    over = ("en", "Fog", "Past", "Extreme", "There was fog.", "Drive slowly.", "The coast")
    draft = one(infos(ENGLISH, grave, ENGLISH, over))
    assert (draft.title, draft.level, draft.urgency) == (
        "Avalanche",
        Level(None, "Extreme", "CAP severity"),
        Urgency.IMMEDIATE,
    )
    assert draft.instruction == "Leave the valley.\n\nStay at home."
    assert draft.body == "The slope is loose.\n\nIt will snow.\n\nThe south; The north"


# --- text

WRAPPED = (
    "Rain has loosened the ground above the village and stones may fall on\n"
    "Mill Street, on the bridge and on the square. Keep away from windows\n"
    "that face the hill."
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (WRAPPED, WRAPPED.replace("\n", " ")),
        (WRAPPED.replace("\n", "\r\n") + "\r\n\r\nGo.", WRAPPED.replace("\n", " ") + "\n\nGo."),
        ("Stay indoors\nClose windows\nListen to the radio", "Stay indoors\n\nClose windows\n\nListen to the radio"),
        (
            "Keep off the pier, out of the park\nand away from masts. Follow the Office of\nRivers where it speaks.",
            "Keep off the pier, out of the park and away from masts. Follow the Office of Rivers where it speaks.",
        ),
        ("Keep off the pier\nand the park.\nStay indoors.", "Keep off the pier and the park.\n\nStay indoors."),
        ("Leave the\nbeach now.", "Leave the beach now."),
        ("* WHAT...Wind from the\nsouth.\n* WHERE...The bay.", "* WHAT...Wind from the south.\n* WHERE...The bay."),
        ("You should:\n- go home\n- stay\n  there", "You should:\n- go home\n- stay there"),
        ("Wind.<br />Rain.<br/><ul><li>Go.</li></ul>", "Wind.\n\nRain.\n\n• Go."),
        ("If water is < 1 m deep, wait.", "If water is < 1 m deep, wait."),
        ("", ""),
    ],
)
def test_plain_text_a_paragraph_a_line(text: str, plain: str) -> None:
    assert wrapped.plain(text) == plain


def test_items_stay_items_when_the_text_is_cleaned() -> None:
    text = from_plain(
        wrapped.plain("* WHAT...Wind from the\nsouth.\n\n* WHERE...The bay.\n\nMind the\npier.", is_wrapped=True)
    )
    assert text.plain == "• WHAT...Wind from the south.\n• WHERE...The bay.\n\nMind the pier."


@given(st.text(alphabet="ab \n\r.-*•<>/pé", max_size=200))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    kept = wrapped.plain(text) if "<" not in text else ""
    assert "<" in text or kept.split() == text.split()


def test_a_title_is_no_markup() -> None:
    assert (
        said(info="<headline>Water &lt; 2 m &amp;amp; falling</headline>").title == "Water &lt; 2 m &amp;amp; falling"
    )
    assert said(info="<headline>Wind &amp; rain</headline>").title == "Wind & rain"


# --- countries


@pytest.mark.parametrize(
    ("name", "value", "countries"),
    [
        ("ISO 3166-2", "AU-NSW", ("AU",)),
        ("http://www.iso.org/iso/country_codes.html", "nz", ("NZ",)),
        ("ISO3166-1", "KEN UGA", ("KE", "UG")),
        ("UGC", "TXZ001", ("US",)),
        ("UGC", "PRC003 GUZ001", ("PR", "GU")),
        ("SAME", "072001", ("PR",)),
        ("FIPS6", "030049 009007", ("US",)),
        ("profile:CAP-CP:Location:0.3", "3520", ("CA",)),
        ("NUTS3", "FR718", ("FR",)),
        ("NUTS2", "EL30", ("GR",)),
        ("EMMA_ID", "UK012", ("GB",)),
        ("WARNCELLID", "809162000", ("DE",)),
        ("ISO", "ZZ", ()),
        ("postcode", "2642", ()),
        ("Isobar", "FR", ()),
    ],
)
def test_a_geocode_tells_the_country(name: str, value: str, countries: tuple[str, ...]) -> None:
    code = f"<geocode><valueName>{name}</valueName><value>{value}</value></geocode>"
    assert said(info=f"<area><areaDesc>Here</areaDesc>{code}</area>").countries == countries


def test_the_authority_tells_it_next_and_the_names_of_places_last() -> None:
    words = cap.Words(identifier="urn:oid:2.49.0.1.36.0.7", sender="met@example.gob.mx", areas=("Georgia; Kenya",))
    assert cap.countries_of(words) == ("AU",)
    assert cap.countries_of(replace(words, identifier="2.49.0.1.999.1")) == ("MX",)
    assert cap.countries_of(replace(words, identifier="7")) == ("MX",)
    assert cap.countries_of(replace(words, identifier="7", sender="met@example.gov")) == ("GE", "KE")
    assert cap.countries_of(cap.Words(areas=("The old harbour",))) == ()


# --- what is no alert


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (FULL.replace(b"cap:1.2", b"cap:1.0"), "cap-namespace"),
        (FULL.replace(b' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', b""), "cap-namespace"),
        (b"<alerts/>", "format-unknown"),
        (b"<rss/>", "format-unknown"),
        (b"<html><body>Log in</body></html>", "page-instead-of-feed"),
        (without("identifier"), "cap-nameless"),
        (FULL[:-12], "answer-cut"),
        (FULL.replace(b"</event>", b"<b></event>"), "xml-unreadable"),
        (b'<!DOCTYPE alert [<!ENTITY a "go">]>' + FULL.partition(b"?>")[2], "document-type-refused"),
        (b'<!DOCTYPE alert SYSTEM "file:///etc/passwd"><alert/>', "document-type-refused"),
        (b"<alert>" + b"<a>" * 600_000, "too-large"),
        (b"<alert " + b" ".join(b"a%d=''" % n for n in range(600_000)) + b"/>", "too-large"),
        (b"", "answer-cut"),
    ],
    ids=lambda value: value[:40].decode() if isinstance(value, bytes) else value,
)
def test_what_is_no_alert_is_refused_and_named(data: bytes, message: str) -> None:
    assert refused(data) == message


@pytest.mark.timeout(10)
def test_depth_and_length_keep_nobody_busy() -> None:
    deep = FULL.replace(b"<event>Flood", b"<event>" + b"<a>" * 200_000 + b"Flood" + b"</a>" * 200_000)
    assert one(deep).title == "The river is rising at the old bridge"
    long = cap_alert("Go on and on.\n" * 100_000)
    assert one(long).instruction.startswith("Go on and on.\n\nGo on")
    for start in (b"<!--" * 1000, b"<?x" * 1300, b"<!doctype [" * 300, b"<a:" * 1300):
        assert not cap.looks_like(start)


def prefixes_are_whole(data: bytes, read: Reader) -> None:
    """Every beginning is refused, or gives nothing that the whole has not."""
    whole, _ = read(data, NOW, None)
    took = 0
    for length in range(len(data)):
        try:
            drafts, _ = read(data[:length], NOW, None)
        except FormatError:
            continue
        took += 1
        assert all(draft in whole for draft in drafts)
    assert took < 5  # those that lack no more than white space at the end


def test_no_beginning_of_an_alert_gives_an_alert_that_is_cut() -> None:
    prefixes_are_whole(FULL, cap.read)


@given(st.binary(max_size=120) | st.binary(max_size=60).map(lambda inner: FULL.replace(b"Flood", inner)))
def test_whatever_bytes_come_they_are_read_or_refused(data: bytes) -> None:
    for module in (cap, cap_index, nws):
        try:
            module.looks_like(data.lower())
            drafts, _ = module.read(data, NOW, None)
        except FormatError:
            continue
        assert all(draft.identity and draft.title for draft in drafts)


# --- indexes

ENTRY = """<entry>{extra}<id>{id}</id><title>{title}</title><updated>2026-03-03T05:10:00Z</updated>
<link href="https://weather.example/area"/><link href="https://weather.example/{id}.cap" type="application/cap+xml"/>
<summary>{summary}</summary></entry>"""


def index(*entries: str, space: str = f' xmlns:cap="{CAP}1.2"') -> bytes:
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"{space}><title>Warnings</title><author><name>The Met</name></author>'
    )
    return (head + "".join(entries) + "</feed>").encode()


def entry(id: str, title: str, summary: str = "", **elements: str) -> str:
    extra = "".join(f"<cap:{name}>{words}</cap:{name}>" for name, words in elements.items())
    return ENTRY.format(extra=extra, id=id, title=title, summary=summary)


CODE = "<valueName>NUTS3</valueName><value>FR718</value>"
VALLEY = entry(
    "x?area=1", "Yellow wind warning for France - The valley", identifier="w1", event="Wind", severity="Moderate",
    urgency="Future", sent="2026-03-03T05:00:00Z", effective="2026-03-03T06:00:00Z", expires="2026-03-04T06:00:00Z",
    message_type="Alert", status="Actual", areaDesc="The valley", geocode=CODE,
)  # fmt: skip
HILL = VALLEY.replace("The valley", "The hill").replace("area=1", "area=2")


def test_entries_for_areas_are_one_alert() -> None:
    data = index(VALLEY, HILL, entry("other", "Snow - The north", identifier="w2", status="Test", instruction="Go."))
    assert cap_index.looks_like(data[:4096].lower())
    (wind, snow), rejected = cap_index.read(data, NOW, None)
    assert rejected == []
    assert (wind.identity, wind.title, wind.body) == ("w1", "Yellow wind warning for France", "The valley; The hill")
    assert (wind.url, wind.issuer) == ("https://weather.example/x?area=1.cap", "The Met")
    assert (wind.countries, wind.level) == (("FR",), Level(None, "Moderate", "CAP severity"))
    assert (wind.issued, wind.effective, wind.expires) == tuple(
        datetime(2026, 3, day, hour, tzinfo=UTC) for day, hour in ((3, 5), (3, 6), (4, 6))
    )
    assert (snow.title, snow.status, snow.instruction) == ("Snow - The north", ("test",), "")


def test_the_name_of_a_place_is_no_instruction() -> None:
    places = entry("x", "Wind", "Stay indoors.", identifier="w1", areaDesc="Lower Austria; Lower Saxony")
    source = Source("floods", "Floods", "", "https://floods.example.org/")
    (revision,) = take(index(places), source, NOW).revisions
    assert [action.text for action in revision.actions] == ["Stay indoors."]
    data = FULL.replace(b"Lower town", b"Lower Austria; Lower Saxony")
    data = data[: data.index(b"<instruction>")] + data[data.index(b"</instruction>") + len(b"</instruction>") :]
    (revision,) = take(data, source, NOW).revisions
    assert "Lower Austria" in revision.text.plain
    assert not [action.text for action in revision.actions if "Lower" in action.text]


def test_an_entry_is_named_as_the_alert_is_where_it_says_enough() -> None:
    named = entry(
        "e1", "Wind", identifier="tests-2026-0001", sender=SENDER, references=f"{SENDER},old,2026-03-01T00:00:00Z"
    )
    cancel = entry(
        "e2", "Wind", identifier="x", sender=SENDER, msgType="Cancel", references=f"{SENDER},old,2026-03-01T0:00Z"
    )
    drafts, _ = cap_index.read(index(named, cancel, entry("e3", "Wind", msgType="Ack")), NOW, None)
    assert [draft.identity for draft in drafts] == [one(FULL).identity, f"{SENDER},x"]
    assert [(draft.references, draft.withdraws) for draft in drafts] == [
        ((f"{SENDER},old",), False),
        ((f"{SENDER},old",), True),
    ]


def test_elements_written_as_categories_and_two_languages() -> None:
    def written(language: str, title: str) -> str:
        terms = {"status": "Actual", "msgType": "Update", "severity": "Minor", "urgency": "Past", "language": language}
        categories = "".join(f'<category term="{name}={word}"/>' for name, word in terms.items())
        made = entry("tag:feeds.example,2026:f/urn:oid:2.49.0.1.124.77.2026", title, "Rain &lt;br&gt; Area: The bay")
        return made.replace("<entry>", "<entry>" + categories)

    data = index(written("fr-CA", "Pluie"), written("en-CA", "Rain"), space="")
    assert cap_index.looks_like(data[:4096].lower())
    (draft,), _ = cap_index.read(data, NOW, None)
    assert (draft.identity, draft.title, draft.body) == (
        "urn:oid:2.49.0.1.124.77.2026",
        "Rain",
        "Rain\n\nArea: The bay",
    )
    assert (draft.countries, draft.language, draft.urgency) == (("CA",), "en-CA", Urgency.UNKNOWN)
    assert cap_index.read(data, NOW, None, language="fr")[0][0].title == "Pluie"


def test_rss_and_a_whole_alert_inside_an_entry() -> None:
    whole = FULL.partition(b"?>")[2].decode()
    data = f"""<rss version="2.0" xmlns:cap="{CAP}1.2"><channel><title>River Office</title>
    <item><title>High water</title><link>https://floods.example.org/2</link><guid>g2</guid>
    <pubDate>Tue, 03 Mar 2026 05:10:00 +0000</pubDate><description>Mind the quay.</description>
    <cap:severity>Minor</cap:severity><cap:areaDesc>The quay</cap:areaDesc></item>
    <item><title>Higher water</title><link>https://floods.example.org/3</link>{whole}</item>
    <item><description/></item></channel></rss>""".encode()
    assert cap_index.looks_like(data[:4096].lower())
    (short, full), rejected = cap_index.read(data, NOW, None)
    assert (short.identity, short.url, short.issuer) == ("g2", "https://floods.example.org/2", "River Office")
    assert (short.body, short.issued) == ("Mind the quay.\n\nThe quay", datetime(2026, 3, 3, 5, 10, tzinfo=UTC))
    assert (full.identity, full.instruction) == (one(FULL).identity, one(FULL).instruction)
    assert [message.values for message in rejected] == [{"number": 3}]


def test_a_plain_feed_is_no_index_and_no_beginning_of_one_is_read() -> None:
    assert not cap_index.looks_like(b"<rss><channel><item><title>urn:oasis:names:tc:emergency:cap:1.2</title>")
    assert not cap_index.looks_like(b'<feed xmlns="http://www.w3.org/2005/atom"><entry>')
    assert not cap_index.looks_like(FULL.lower())
    prefixes_are_whole(index(VALLEY, HILL), cap_index.read)


# --- the US weather service

PROPERTIES: dict[str, object] = {
    "@id": "https://api.weather.example/alerts/urn:oid:2.49.0.1.840.0.7.001.1",
    "id": "urn:oid:2.49.0.1.840.0.7.001.1",
    "areaDesc": "Bay Coast; Hill County",
    "geocode": {"UGC": ["TXZ001"], "SAME": ["048001"]},
    "references": [{"@id": "x", "identifier": "urn:oid:2.49.0.1.840.0.6", "sender": "w@example.gov", "sent": "2026"}],
    "sent": "2026-03-03T05:10:00-06:00",
    "effective": "2026-03-03T05:10:00-06:00",
    "onset": "2026-03-04T00:00:00-06:00",
    "expires": "2026-03-03T18:00:00-06:00",
    "ends": "2026-03-04T18:00:00-06:00",
    "status": "Actual",
    "messageType": "Update",
    "severity": "Moderate",
    "urgency": "Expected",
    "event": "Wind Advisory",
    "sender": "w@example.gov",
    "senderName": "The Bay Office",
    "headline": "Wind Advisory until Wednesday evening",
    "description": "* WHAT...Strong wind from the\nsouth.\n\n* WHERE...The bay.",
    "instruction": "Tie down what is loose around\nYour house. Take care\non bridges.",
    "response": "Execute",
    "parameters": {"VTEC": ["/O/"]},
}


def features(*properties: object) -> bytes:
    made = [{"type": "Feature", "geometry": None, "properties": held} for held in properties]
    return json.dumps({"@context": [], "type": "FeatureCollection", "features": made}).encode()


def test_an_alert_of_the_weather_service() -> None:
    data = features(PROPERTIES)
    assert nws.looks_like(data[:4096].lower())
    (draft,), rejected = nws.read(data, NOW, None)
    assert rejected == []
    assert draft.identity == "w@example.gov,urn:oid:2.49.0.1.840.0.7.001.1"
    assert draft.references == ("w@example.gov,urn:oid:2.49.0.1.840.0.6",)
    assert draft.body == "* WHAT...Strong wind from the south.\n\n* WHERE...The bay.\n\nBay Coast; Hill County"
    assert draft.instruction == "Tie down what is loose around Your house. Take care on bridges."
    assert (draft.countries, draft.level) == (("US",), Level(None, "Moderate", "CAP severity"))
    assert (draft.urgency, draft.response_type, draft.url) == (Urgency.EXPECTED, "Execute", PROPERTIES["@id"])
    assert (draft.title, draft.issuer) == (PROPERTIES["headline"], "The Bay Office")
    assert draft.expires == datetime(2026, 3, 4, tzinfo=UTC)
    assert (draft.language, draft.kind, draft.warnings) == ("en-US", Kind.ALERT, ())


def test_one_alert_alone_and_what_may_be_null() -> None:
    alone = json.dumps({"type": "Feature", "id": "https://api.weather.gov/alerts/x", "properties": PROPERTIES}).encode()
    assert nws.looks_like(alone.lower())
    assert nws.read(alone, NOW, None) == nws.read(features(PROPERTIES), NOW, None)
    needed = {"id", "event", "status", "messageType"}
    bare = {name: value if name in needed else None for name, value in PROPERTIES.items()}
    (draft,), _ = nws.read(features(bare), NOW, None)
    assert (draft.title, draft.body, draft.instruction, draft.countries) == ("Wind Advisory", "", "", ("US",))
    assert draft.identity == "w-nws.webmaster@noaa.gov,urn:oid:2.49.0.1.840.0.7.001.1"


def test_a_territory_is_named_too_and_a_broken_feature_is_set_aside_alone() -> None:
    island = PROPERTIES | {"geocode": {"UGC": ["PRC001", "VIC001"]}, "id": "p"}
    data = features(PROPERTIES | {"id": 7}, island, {}, PROPERTIES | {"messageType": "Ack"}, PROPERTIES, {"id": "q"})
    drafts, rejected = nws.read(data, NOW, None)
    assert [draft.countries for draft in drafts] == [("US", "PR", "VI"), ("US",)]
    assert [message.id for message in rejected] == ["entry-unreadable"] * 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{}", "format-unknown"),
        (b'{"type": "Topology", "features": []}', "format-unknown"),
        (b'{"type": "FeatureCollection", "features": {}}', "format-unknown"),
        (b'{"type": "FeatureCollection"', "json-unreadable"),
        (b'{"type":' * 100_000, "json-unreadable"),
    ],
    ids=lambda value: value[:40].decode() if isinstance(value, bytes) else value,
)
def test_what_is_not_of_the_weather_service_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        nws.read(data, NOW, None)
    assert caught.value.message.id == message


def test_no_beginning_of_an_answer_is_read() -> None:
    prefixes_are_whole(features(PROPERTIES), nws.read)


# --- one language of several


SPOKEN = """<info><language>{0}</language><category>Met</category><event>Storm</event><urgency>Expected</urgency>
    <severity>Severe</severity><certainty>Likely</certainty><headline>Headline {0}</headline></info>"""


@pytest.mark.parametrize(
    ("of_source", "of_machine", "spoken", "chosen"),
    [
        ("fr", "de_DE", ["en-GB", "fr-FR", "de-DE"], "fr-FR"),
        ("", "de_DE", ["en-GB", "fr-FR", "de-DE"], "de-DE"),
        ("", None, ["fr-FR", "en-GB"], "en-GB"),
        ("it", "de_DE", ["fr-FR", "en-GB"], "en-GB"),
        ("it", "de_DE", ["fr-FR", "es-ES"], "fr-FR"),
    ],
)
def test_the_sources_language_then_the_machines_then_english_then_the_first(
    monkeypatch: pytest.MonkeyPatch, of_source: str, of_machine: str | None, spoken: list[str], chosen: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (of_machine, "UTF-8"))
    head, tail = FULL.decode().split("<info>")[0], "</alert>"
    data = (head + "".join(map(SPOKEN.format, spoken)) + tail).encode()
    source = Source("floods", "Floods", "", "https://floods.example.org/", language=of_source)
    (revision,) = take(data, source, NOW).revisions
    assert (revision.language, revision.title) == (chosen, f"Headline {chosen}")
