"""Governments' lists that carry advisories themselves: Australia, United States, WHO, Japan, Ireland."""

from datetime import UTC, datetime

import pytest

from core import markup
from core.drafts import Draft
from core.errors import FormatError
from core.formats import australia, ireland, japan, us_json, who
from core.model import Kind, Level
from tests.core import governments as g

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


def words(draft: Draft) -> str:
    return (markup.from_html(draft.body, draft.url) if draft.body_is_html else markup.from_plain(draft.body)).plain


def ids(draft: Draft) -> list[str]:
    return [message.id for message in draft.warnings]


# --- Australia


def test_the_australian_feed() -> None:
    (iran, japan_, mali), rejected = australia.read(g.au_feed(), NOW, None)
    assert (iran.countries, japan_.countries, mali.countries, rejected) == (("IR",), ("JP",), ("ML",), [])
    assert iran.identity == iran.url == "https://www.smartraveller.gov.au/destinations/asia/iran"
    assert (words(iran), iran.kind, iran.language) == ("Wear a hat.", Kind.COUNTRY, "en")
    assert iran.issued == datetime(2026, 3, 4, 12, tzinfo=UTC)  # AEST is ten hours ahead
    assert not iran.issued_is_date


@pytest.mark.parametrize(
    ("number", "said", "value", "shown", "warnings"),
    [
        ("4", "Do not travel", 4, "Do not travel", []),
        ("3/5", "Reconsider your need to travel", 3, "Reconsider your need to travel", []),
        ("5/5", "Do not travel", 4, "Do not travel", ["level-doubtful"]),
        ("2/5", "Exercise normal safety precautions", 1, "Exercise normal safety precautions", ["level-doubtful"]),
        ("2", "", 2, "Level 2", []),
        ("5/5", "", None, "Level 5/5", []),
        ("", "Exercise a high degree of caution", 2, "Exercise a high degree of caution", []),
        ("3", "Ask your aunt", 3, "Ask your aunt", []),
    ],
)
def test_where_number_and_words_disagree_the_words_count(
    number: str, said: str, value: int | None, shown: str, warnings: list[str]
) -> None:
    (draft,), _ = australia.read(g.au_feed(g.au_item("Mali", number, said)), NOW, None)
    assert (draft.level, ids(draft)) == (Level(value, shown, "Smartraveller 1-4"), warnings)


def test_no_australian_level_at_all() -> None:
    (draft,), _ = australia.read(g.au_feed(g.au_item("Mali", "9", "")), NOW, None)
    assert (draft.level, ids(draft)) == (None, [])


def test_the_australian_list() -> None:
    (japan_, mali, austria), rejected = australia.read(g.dump(g.au_list()), NOW, None)
    assert (japan_.countries, mali.countries, rejected) == (("JP",), ("ML",), [])
    assert mali.url == "https://www.smartraveller.gov.au/destinations/asia/mali"
    assert (mali.level and mali.level.value, austria.level) == (4, Level(None, "No travel advice", "Smartraveller 1-4"))
    assert words(mali) == "Do not travel in Mali.\n\nWe reviewed the part on hats."
    assert (mali.issued, mali.issued_is_date) == (datetime(2026, 3, 4, 14, 22, tzinfo=UTC), True)


def test_australian_advice_under_a_field_of_another_name_is_read() -> None:
    entry = {
        "title": "Mali",
        "field_url": "/destinations/africa/mali",
        "field_overall_advice_level": "Do not travel",
        "field_safety": "<p>You should:</p><ul><li>Take the ferry.</li></ul>",
        "field_code": "ML",
    }
    (draft,), _ = australia.read(g.dump([entry]), NOW, None)
    assert markup.from_html(draft.body).plain == "You should:\n\n• Take the ferry."


def test_an_australian_copy_in_markup_is_read_as_markup() -> None:
    country = {
        "name": "Mali",
        "url": "https://www.smartraveller.gov.au/destinations/africa/mali",
        "subRegions": ["The coast is shut."],
        "latestUpdate": "You should:<br>- take the ferry",
    }
    (draft,), _ = australia.read(g.dump({"meta": {}, "countries": [country]}), NOW, None)
    assert draft.body_is_html
    assert markup.from_html(draft.body).plain == "The coast is shut.\n\nYou should:\n\n• take the ferry"


@pytest.mark.parametrize(
    "link", ["", "//x.example/mali", "https://x.example/mali", "https://www.smartraveller.gov.au/"]
)
def test_an_australian_entry_without_an_address_of_its_own_is_set_aside(link: str) -> None:
    entry = g.au_destination("Mali", "Do not travel") | {"field_url": link}
    drafts, rejected = australia.read(g.dump([entry, *g.au_list()[:1]]), NOW, None)
    assert ([draft.countries for draft in drafts], len(rejected)) == ([("JP",)], 1)


# --- United States, as JSON


def test_the_american_list() -> None:
    (austria, mali, iraq), rejected = us_json.read(g.dump(g.us_list()), NOW, None)
    assert (austria.countries, mali.countries, iraq.countries, rejected) == (("AT",), ("ML",), ("IQ",), [])
    assert mali.level == Level(4, "Level 4: Do Not Travel", "United States 1-4")
    assert mali.issued == datetime(2026, 3, 4, 0, 0, tzinfo=UTC)
    assert (mali.identity, ids(austria)) == ("https://travel.state.gov/advisories/mali.html", [])
    assert words(mali) == "Watch your step in Mali.\n\nKeep a map at hand."


@pytest.mark.parametrize(
    ("name", "codes", "countries", "warnings"),
    [
        ("Australia", ("AS",), ("AU",), []),
        ("Australia", ("AU",), ("AU",), []),  # the ISO code of the country in the title
        ("Freedonia", ("CH",), ("CN",), []),
        ("Mainland China, Hong Kong & Macau", ("CH", "HK", "MC"), ("CN", "HK", "MO"), []),
        ("Mali", ("SN",), ("ML", "SG"), ["country-doubtful"]),
        ("Freedonia", ("A1",), (), []),
        ("Mali", (), ("ML",), []),
    ],
)
def test_american_codes_are_not_iso(
    name: str, codes: tuple[str, ...], countries: tuple[str, ...], warnings: list[str]
) -> None:
    (draft,), _ = us_json.read(g.dump([g.us_entry(name, 2, "Exercise Increased Caution", *codes)]), NOW, None)
    assert (draft.countries, ids(draft)) == (countries, warnings)


def test_an_american_date_of_1970_is_told() -> None:
    entry = g.us_entry("Mali", 4, "Do Not Travel", "ML") | {"Published": "1970-01-01T00:00:00Z"}
    (draft,), _ = us_json.read(g.dump([entry]), NOW, None)
    assert (draft.issued, ids(draft)) == (None, ["date-unreadable"])


# --- WHO


def test_the_outbreak_news() -> None:
    (first, second, third), rejected = who.read(g.dump(g.who_answer()), NOW, None)
    assert (first.countries, second.countries, third.countries, rejected) == (("AT",), ("ML", "TD"), (), [])
    assert first.identity == first.url == "https://www.who.int/emergencies/disease-outbreak-news/item/2026-DON901"
    assert (first.kind, first.level, first.issued) == (Kind.ALERT, None, datetime(2026, 3, 4, 10, 30, tzinfo=UTC))
    assert words(first) == (
        "Overview\n\nTwelve people sneezed.\n\nAssessment\n\nThe risk is low.\n\nAdvice\n\n• Wash your hands."
    )


def test_a_report_without_an_address_is_known_by_its_number() -> None:
    report = g.who_report("Sneezes – Mali", "x", ItemDefaultUrl=None, UrlName=None)
    (draft,), _ = who.read(g.dump({"value": [report]}), NOW, None)
    assert (draft.identity, draft.url) == ("00000000-x", None)


# --- Japan


def test_the_japanese_items() -> None:
    (india, mali, sky), rejected = japan.read(g.jp_document(), NOW, None)
    assert (india.countries, mali.countries, sky.countries, rejected) == (("IN",), ("ML",), (), [])
    assert (india.identity, india.language, india.kind) == ("2026T901", "ja", Kind.ALERT)
    assert india.level == Level(2, "レベル2 不要不急の渡航中止", "Japan 1-4")
    assert (mali.level and mali.level.value, sky.level) == (4, None)
    assert india.issued == datetime(2026, 3, 4, 10, 30, tzinfo=UTC)  # Japan is nine hours ahead
    assert india.url == "https://www.anzen.mofa.go.jp/info/2026T901.html"
    assert words(india).startswith("橋は閉鎖。\n\n１ 川")


def test_midnight_in_japan_is_a_day() -> None:
    data = g.jp_document().replace(b"19:30:00", b"00:00:00")
    assert {(draft.issued, draft.issued_is_date) for draft in japan.read(data, NOW, None)[0]} == {
        (datetime(2026, 3, 4, tzinfo=UTC), True)
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("英国", "GB"),
        ("大韓民国／韓国", "KR"),
        ("コンゴ民主共和国", "CD"),
        ("インド（デリー）", "IN"),
        ("カナダ", "CA"),
    ],
)
def test_japanese_names(name: str, code: str) -> None:
    (draft,), _ = japan.read(g.jp_document(g.jp_item("1", "x", (name,), (0, 0, 1, 0))), NOW, None)
    assert draft.countries == (code,)


def test_a_japanese_countrys_own_state() -> None:
    head = (
        "<area><cd>10</cd><name>アジア</name></area><country><cd>0091</cd><name>インド</name></country>"
        "<riskLevel1>1</riskLevel1><riskLevel2>0</riskLevel2><riskLevel3>1</riskLevel3><riskLevel4>0</riskLevel4>"
        "<riskTitle>インドの危険</riskTitle><riskLead><![CDATA[川に<br>注意。]]></riskLead>"
        "<riskLeaveDate>2026/03/04</riskLeaveDate>"
    )
    data = g.jp_document(g.jp_item("2", "y", ("インド",), (0, 0, 0, 0)), head=head)
    (state, item), _ = japan.read(data, NOW, None)
    assert (state.identity, state.kind, state.countries) == ("country-0091", Kind.COUNTRY, ("IN",))
    assert (state.level and state.level.value, state.issued_is_date, item.identity) == (3, True, "2")
    assert words(state) == "川に\n\n注意。"


def test_a_japanese_infection_level_counts_where_no_danger_is_flagged() -> None:
    item = g.jp_item("3", "z", ("マリ",), (0, 0, 0, 0), "<infectionLevel1>1</infectionLevel1>")
    (draft,), _ = japan.read(g.jp_document(item), NOW, None)
    assert draft.level is not None
    assert (draft.level.value, draft.level.words) == (1, "感染症 レベル1 十分注意")


# --- Ireland


def test_the_irish_table() -> None:
    (austria, mali, congo), rejected = ireland.read(g.dump(g.IRELAND), NOW, None)
    assert (austria.countries, mali.countries, congo.countries, rejected) == (("AT",), ("ML",), ("CG",), [])
    assert mali.level == Level(4, "Do not travel", "Ireland, security status")
    assert (mali.title, words(mali)) == ("Mali", "Do not travel")


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (australia.read, b"[]"),
        (us_json.read, b"[]"),
        (who.read, b'{"value": []}'),
        (ireland.read, b"{}"),
    ],
)
def test_an_empty_list_is_a_failure(reader: "g.Reader", data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        reader(data, NOW, None)
    assert caught.value.message.id == "empty-feed"
