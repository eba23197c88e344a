"""Governments' indexes and their documents: United Kingdom, Canada, Germany, the Netherlands."""

import re
from datetime import UTC, datetime

import pytest

from core import markup
from core.drafts import Draft
from core.errors import FormatError
from core.formats import canada, germany, govuk, netherlands
from core.formats.colours import level_in
from core.formats.index import Detail
from core.model import Kind, Level
from tests.core import governments as g

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
ISSUED = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


def words(draft: Draft) -> str:
    """The text of a draft as it will be read."""
    return (markup.from_html(draft.body, draft.url) if draft.body_is_html else markup.from_plain(draft.body)).plain


def uk(document: g.Json) -> Draft:
    (draft,), rejected = govuk.read(g.dump(document), NOW, None)
    assert rejected == []
    return draft


def refused(reader: object, data: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        reader(data)  # type: ignore[operator]  # a function of the module under test
    return caught.value.message.id


# --- United Kingdom


def test_a_british_country() -> None:
    draft = uk(g.uk_country("austria"))
    assert (draft.identity, draft.title) == ("/foreign-travel-advice/austria", "Austria travel advice")
    assert draft.url == "https://www.gov.uk/foreign-travel-advice/austria"
    assert (draft.countries, draft.language, draft.kind, draft.issued) == (("AT",), "en", Kind.COUNTRY, ISSUED)
    assert (draft.level, draft.status, draft.warnings) == (None, (), ())
    assert words(draft) == "Warnings & insurance\n\nKeep off the north pier.\n\nEntry\n\nBring a passport."


@pytest.mark.parametrize(
    ("alerts", "value", "said"),
    [
        (["avoid_all_travel_to_whole_country"], 4, "Avoid all travel to the whole country"),
        (["avoid_all_but_essential_travel_to_whole_country"], 3, "Avoid all but essential travel to the whole country"),
        (["avoid_all_travel_to_parts"], 3, "Avoid all travel to parts of the country"),
        (["avoid_all_but_essential_travel_to_parts"], 2, "Avoid all but essential travel to parts of the country"),
        (
            ["avoid_all_but_essential_travel_to_parts", "avoid_all_travel_to_parts"],
            3,
            "Avoid all travel to parts of the country; all but essential travel to parts of the country",
        ),
    ],
)
def test_the_alert_status_is_the_level_and_the_highest_counts(alerts: list[str], value: int, said: str) -> None:
    draft = uk(g.uk_country(alert_status=alerts))
    assert draft.level == Level(value, said, "UK alert status")
    assert set(draft.status) == {word.replace("_", "-") for word in alerts}


def test_an_alert_status_that_nobody_knows_gives_no_level_and_is_told() -> None:
    draft = uk(g.uk_country(alert_status=["avoid_the_moon"]))
    assert (draft.level, draft.status) == (None, ())
    assert [message.id for message in draft.warnings] == ["status-unknown"]


def test_a_withdrawn_country_says_so_and_why() -> None:
    page = g.uk_country() | {"withdrawn_notice": {"explanation": "<p>It merged.</p>", "withdrawn_at": "2026-03-04"}}
    draft = uk(page)
    assert draft.status == ("withdrawn",)
    assert words(draft).startswith("It merged.\n\nWarnings")
    assert uk(g.uk_country() | {"withdrawn_notice": None}).status == ()


def test_a_review_date_changes_nothing() -> None:
    assert uk(g.uk_country()) == uk(g.uk_country(reviewed_at="2026-03-01T00:00:00Z") | {"updated_at": "x"})


def test_a_summary_stands_first_and_not_twice() -> None:
    body = "<p>Keep off the <b>north</b> pier.</p>"
    assert words(uk(g.uk_country(summary="<p>Be kind.</p>"))).startswith("Be kind.\n\nWarnings")
    assert words(uk(g.uk_country(summary=body))).count("north") == 1


def test_words_in_several_types_are_read_as_html() -> None:
    body = [{"content_type": "text/govspeak", "content": "x"}, {"content_type": "text/html", "content": "<p>y</p>"}]
    assert words(uk(g.uk_country(parts=[{"title": "T", "body": body}]))) == "T\n\ny"


def test_without_parts_the_last_change_is_the_text() -> None:
    assert words(uk(g.uk_country(parts=[]))) == "We moved a comma."


@pytest.mark.parametrize(
    ("slug", "name", "countries"),
    [
        ("congo", "Congo", ("CG",)),
        ("democratic-republic-of-the-congo", "Democratic Republic of the Congo", ("CD",)),
        ("south-korea", "South Korea", ("KR",)),
        ("usa", "USA", ("US",)),
        ("usa", "", ("US",)),
        ("st-lucia", "St Lucia", ("LC",)),
        ("st-helena-ascension-and-tristan-da-cunha", "", ("SH",)),
        ("st-martin-and-st-barthelemy", "St Martin and St Barthélemy", ("MF", "BL")),
        ("british-antarctic-territory", "British Antarctic Territory", ("AQ",)),
        ("freedonia", "Freedonia", ()),
    ],
)
def test_a_british_country_by_its_slug_or_name(slug: str, name: str, countries: tuple[str, ...]) -> None:
    assert uk(g.uk_country(slug, name)).countries == countries


def test_the_british_index_tells_the_documents_on_the_issuers_own_host() -> None:
    data = g.dump(g.uk_index())
    assert g.details_of(govuk, data)[:2] == [
        Detail("https://www.gov.uk/api/content/foreign-travel-advice/austria", ("AT",), "2026-03-01T00:00:00Z"),
        Detail("https://www.gov.uk/api/content/foreign-travel-advice/congo", ("CG",), "2026-03-01T00:00:00Z"),
    ]
    drafts, rejected = govuk.read(data, NOW, None)
    assert ([draft.countries for draft in drafts], rejected) == ([("AT",), ("CG",), ("US",)], [])
    assert (words(drafts[0]), drafts[0].level) == ("News of Austria < yesterday", None)
    assert g.details_of(govuk, g.dump(g.uk_country())) == []


def test_an_address_outside_the_advice_is_no_entry() -> None:
    strange = g.uk_child("austria", "Austria") | {"base_path": "/foreign-travel-advice/../../etc"}
    data = g.dump(g.uk_index(strange, g.uk_child("mali", "Mali")))
    assert [detail.countries for detail in g.details_of(govuk, data)] == [("ML",)]
    assert [message.values for message in govuk.read(data, NOW, None)[1]] == [{"number": 1}]


def test_an_empty_british_index_is_a_failure() -> None:
    empty = g.dump({"base_path": "/foreign-travel-advice", "links": {"children": []}})
    assert refused(lambda data: govuk.read(data, NOW, None), empty) == "empty-feed"
    assert refused(lambda data: g.details_of(govuk, data), g.dump({"base_path": "/bank-holidays"})) == "format-unknown"


# --- Canada


def test_the_canadian_index() -> None:
    drafts, rejected = canada.read(g.dump(g.ca_index()), NOW, None)
    austria, mali, azores = drafts
    assert rejected == []
    assert (austria.identity, austria.title, austria.countries, austria.issued) == ("AT", "Austria", ("AT",), ISSUED)
    assert austria.level == Level(2, "Take care & look about", "Canada 0-3")
    assert (words(austria), austria.status) == ("The paragraph on bridges was updated – tolls.", ())
    assert austria.url == "https://travel.gc.ca/destinations/austria"
    assert mali.level is not None and mali.level.value == 4
    assert (azores.countries, azores.level and azores.level.value) == ((), 1)


def test_a_canadian_regional_advisory_is_a_status() -> None:
    entry = g.ca_entry("Mali") | {"has-regional-advisory": 1}
    assert canada.read(g.dump(g.ca_index(ML=entry)), NOW, None)[0][0].status == ("regional-advisory",)


@pytest.mark.parametrize("state", [-1, 4, 99])
def test_a_state_off_the_canadian_scale_has_words_only(state: int) -> None:
    (draft,), _ = canada.read(g.dump(g.ca_index(ML=g.ca_entry("Mali", state))), NOW, None)
    assert draft.level == Level(None, "Take care & look about", "Canada 0-3")


def test_canadian_details() -> None:
    assert g.details_of(canada, g.dump(g.ca_index()))[1:] == [
        Detail("https://data.international.gc.ca/travel-voyage/cta-cap-ML.json", ("ML",), "1772620200"),
        Detail("https://data.international.gc.ca/travel-voyage/cta-cap-PT-20.json", (), "1772620200"),
    ]
    data = g.dump(g.ca_detail())
    assert g.details_of(canada, data) == []
    (draft,), rejected = canada.read(data, NOW, None)
    assert (draft.identity, draft.countries, rejected) == ("ML", ("ML",), [])
    assert words(draft).split("\n\n") == [
        "Risk level", "Mali - Keep away", "Leave by bus.", "Safety and security", "Rivers", "Boats sink.",
        "Entry and exit requirements", "Stamps are blue.",
    ]  # fmt: skip


def test_canadian_advice_under_a_field_of_another_name_is_read() -> None:
    data = g.ca_detail()
    data["data"]["eng"] |= {
        "advisories": {"description": "<p>Leave by boat.</p>"},
        "water-and-ice": "<p>Boil it.</p>",
        "tab-order": "3",
    }
    (draft,), _ = canada.read(g.dump(data), NOW, None)
    assert words(draft).split("\n\n") == [
        "Risk level", "Leave by boat.", "Safety and security", "Rivers", "Boats sink.",
        "Entry and exit requirements", "Stamps are blue.", "Water and ice", "Boil it.",
    ]  # fmt: skip


def test_a_canadian_update_that_is_markup_is_read_as_markup() -> None:
    said = "The bridge is shut.<br>You should:<br>&ndash; take the ferry<br>&ndash; carry water"
    entry = g.ca_entry("Mali", 1, **{"recent-updates": said})
    (draft,), _ = canada.read(g.dump(g.ca_index(ML=entry)), NOW, None)
    assert words(draft) == "The bridge is shut.\n\nYou should:\n\n• take the ferry\n• carry water"


def test_the_canadian_stamp_of_the_file_is_not_read() -> None:
    index = g.ca_index()
    other = index | {"metadata": {"generated": {"timestamp": 1}}}
    assert canada.read(g.dump(index), NOW, None) == canada.read(g.dump(other), NOW, None)


# --- Germany


def test_the_german_index_among_other_keys() -> None:
    (austria, mali, kosovo), rejected = germany.read(g.dump(g.de_index()), NOW, None)
    assert (austria.identity, austria.countries, austria.language, rejected) == ("201", ("AT",), "de", [])
    assert (austria.issued, words(austria)) == (ISSUED, "Ein Wort wurde ersetzt.")
    assert mali.level == Level(4, "Reisewarnung", "Auswärtiges Amt")
    assert kosovo.countries == ("XK",)


@pytest.mark.parametrize(
    ("flags", "value", "said"),
    [
        ({}, 1, "Keine Reisewarnung"),
        ({"situationPartWarning": True}, 2, "Sicherheitshinweis für Landesteile"),
        ({"situationWarning": True}, 2, "Sicherheitshinweis"),
        ({"partialWarning": True, "situationWarning": True}, 3, "Teilreisewarnung"),
        ({"warning": True, "partialWarning": True}, 4, "Reisewarnung"),
    ],
)
def test_german_flags(flags: dict[str, bool], value: int, said: str) -> None:
    (draft,), _ = germany.read(g.dump(g.de_index(**{"7": g.de_entry("Mali", "ML", "MLI", **flags)})), NOW, None)
    assert draft.level == Level(value, said, "Auswärtiges Amt")


def test_without_the_german_flags_nothing_is_known() -> None:
    (draft,), _ = germany.read(g.dump({"response": {"7": {"title": "Mali", "content": "<p>x</p>"}}}), NOW, None)
    assert draft.level is None


@pytest.mark.parametrize(("number", "issued"), [(1772620200, ISSUED), (1772620200000, ISSUED), (0, None)])
def test_german_times_in_seconds_or_milliseconds(number: int, issued: datetime | None) -> None:
    entry = g.de_entry("Mali", "ML", "MLI", lastModified=number)
    (draft,), _ = germany.read(g.dump(g.de_index(**{"7": entry})), NOW, None)
    assert (draft.issued, draft.warnings) == (issued, ())


@pytest.mark.parametrize("number", [-5, 1, 99999999999, 1e300])
def test_a_german_time_that_cannot_be_is_told(number: float) -> None:
    entry = g.de_entry("Mali", "ML", "MLI", lastModified=number)
    (draft,), _ = germany.read(g.dump(g.de_index(**{"7": entry})), NOW, None)
    assert (draft.issued, [message.id for message in draft.warnings]) == (None, ["date-unreadable"])


def test_a_german_country() -> None:
    text = "<h2>Lage</h2><p>Wir empfehlen:<br/>- Meiden Sie die Brücke.<br/>- Warten Sie.</p>"
    data = g.dump({"response": {"lastModified": 1, "202": g.de_entry("Mali", "ML", "MLI", content=text)}})
    (draft,), _ = germany.read(data, NOW, None)
    assert words(draft) == "Lage\n\nWir empfehlen:\n\n• Meiden Sie die Brücke.\n• Warten Sie."
    assert g.details_of(germany, data) == []
    assert g.details_of(germany, g.dump(g.de_index()))[1] == Detail(
        "https://www.auswaertiges-amt.de/opendata/travelwarning/202", ("ML",), "1772620200"
    )


@pytest.mark.parametrize(
    "data", [b"{}", b' {"response": {}}', b'{"response": null}', b'{"response":{"lastModified":1,"contentList":[]}}']
)
def test_the_german_empty_answer_is_a_failure(data: bytes) -> None:
    assert refused(lambda held: germany.read(held, NOW, None), data) == "empty-feed"


# --- the Netherlands


def test_the_dutch_list_and_its_advices() -> None:
    data = g.dump(g.nl_list())
    (austria, mali, kosovo), rejected = netherlands.read(data, NOW, None)
    assert (austria.identity, austria.title, austria.countries, rejected) == ("AUT", "Advies Oostenrijk", ("AT",), [])
    assert (austria.language, austria.issued, austria.level and austria.level.words) == ("nl", ISSUED, "groen")
    assert (mali.level and mali.level.value, kosovo.level, kosovo.countries) == (4, None, ("XK",))
    assert g.details_of(netherlands, data)[1] == Detail(
        "https://opendata.nederlandwereldwijd.nl/v2/sources/nederlandwereldwijd/infotypes/countries/mli/traveladvice",
        ("ML",),
        "2026-03-04T10:30:00.599Z",
    )


def test_dutch_advice_is_the_same_in_xml_and_json() -> None:
    as_json = g.dump(g.nl_list()[1])
    (draft,), rejected = netherlands.read(g.nl_xml().encode(), NOW, None)
    assert rejected == []
    assert words(draft) == (
        "De kleurcode van het reisadvies voor Mali is rood.\n\nWat kan er mis gaan?\n\nWegen & bruggen\n\n"
        "De brug is dicht.\n\n• Neem de pont.\n\nWater\n\nDrink het gekookt."
    )
    (other,), _ = netherlands.read(as_json, NOW, None)
    assert (other.identity, other.level, words(other)) == (draft.identity, draft.level, words(draft))
    assert g.details_of(netherlands, as_json) == g.details_of(netherlands, g.nl_xml().encode()) == []
    whole = f"<documents>{g.nl_xml()}</documents>".encode()
    assert netherlands.read(whole, NOW, None)[0] == [draft]
    assert [detail.countries for detail in g.details_of(netherlands, whole)] == [("ML",)]


def test_dutch_blocks_beside_their_category_are_read() -> None:
    nested = g.nl_xml()
    flat = re.sub(
        r"<category><name>(.*?)</name>(.*?)</category>", r"<category>\1</category>\2", nested, flags=re.DOTALL
    )
    parted = flat.replace("<category>", "</content><content><category>")
    assert nested not in (flat, parted)
    for other in (flat, parted):
        assert netherlands.read(other.encode(), NOW, None) == netherlands.read(nested.encode(), NOW, None)
    as_json = g.dump(g.nl_list()[1])
    assert words(netherlands.read(as_json.replace(b"contentblocks", b"contentblock"), NOW, None)[0][0]) == words(
        netherlands.read(as_json, NOW, None)[0][0]
    )


def test_that_dutch_advice_still_holds_today_changes_nothing() -> None:
    later = g.nl_xml().replace("05-03-2026", "06-03-2026")
    assert netherlands.read(later.encode(), NOW, None) == netherlands.read(g.nl_xml().encode(), NOW, None)


@pytest.mark.parametrize(
    ("prose", "value", "said", "is_worse_in_parts"),
    [
        ("De kleurcode van het reisadvies voor Mali is geel.", 2, "geel", False),
        ("Voor heel Mali geldt kleurcode rood.", 4, "rood", False),
        ("De kleurcode is rood.", 4, "rood", False),
        ("De kleurcode voor Mali is voor het grootste deel oranje.", 3, "oranje", False),
        (
            "<ul><li>De kleurcode voor de kust is rood.</li><li>Voor de rest van Mali geldt geel.</li></ul>",
            2,
            "geel",
            True,
        ),
        ("De kleurcode voor de kust is rood, voor de rest van Mali oranje.", 3, "oranje", True),
        ("Vor de rest van Mali, met de hoofdstad, is de kleurcode groen.", 1, "groen", False),
        ("De kleurcode is geel voor het dal en rood voor de berg.", 4, None, False),
        ("De kleurcode van het reisadvies is gewijzigd van rood naar oranje.", 3, "oranje", False),
        ("De kleurcode is niet meer rood maar geel.", 2, "geel", False),
        ("De kleurcode voor de Republiek Mali (Mali) is geel.", 2, None, False),
    ],
)
def test_dutch_colours(prose: str, value: int, said: str | None, is_worse_in_parts: bool) -> None:
    """`said` None: only parts are spoken of, and the issuer's sentence is kept."""
    level, worse = level_in(prose, ["Mali"])
    assert level == Level(value, said or prose, "Nederland: groen, geel, oranje, rood")
    assert worse is is_worse_in_parts


def test_a_colour_that_is_no_code_gives_no_level() -> None:
    assert level_in("<p>Rode vlaggen op het strand. Neem de groene bus.</p>", ["Mali"]) == (None, False)


def test_a_worse_dutch_region_is_a_status() -> None:
    prose = "De kleurcode voor de kust is rood. De kleurcode voor de rest van Mali is geel."
    (draft,), _ = netherlands.read(g.nl_xml(prose).encode(), NOW, None)
    assert (draft.status, draft.level and draft.level.value) == (("regional-advisory",), 2)


def test_an_empty_dutch_list_is_a_failure() -> None:
    for data in (b"[]", b"<documents></documents>"):
        assert refused(lambda held: netherlands.read(held, NOW, None), data) == "empty-feed"
