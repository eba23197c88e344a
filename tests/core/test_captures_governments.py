"""Real documents of governments, read from beside the project: ids, countries, levels, dates. No word is kept."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any  # what a JSON file holds

import pytest

from core import markup, places
from core.drafts import Draft
from core.formats import australia, canada, germany, govuk, ireland, japan, netherlands, us_json, who
from tests.core import governments as g

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "data"
MODULES: list[ModuleType] = [govuk, canada, germany, netherlands, australia, us_json, who, japan, ireland]
NOW = datetime(2026, 10, 10, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="no captures beside the project")


def load(path: str) -> bytes:
    file = CAPTURES / path
    if not file.is_file():
        pytest.skip(f"no {path} beside the project")
    return file.read_bytes()


def known_as(data: bytes) -> list[ModuleType]:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return [module for module in MODULES if module.looks_like(start)]


def taken(module: ModuleType, path: str) -> list[Draft]:
    """Every entry of a capture, none set aside, all with text."""
    data = load(path)
    assert known_as(data) == [module]
    drafts: list[Draft]
    drafts, rejected = module.read(data, NOW, None)
    assert rejected == []
    assert len({draft.identity for draft in drafts}) == len(drafts)
    assert all(draft.title for draft in drafts)
    for draft in drafts:
        assert draft.warnings == ()
        assert (markup.from_html(draft.body, draft.url) if draft.body_is_html else markup.from_plain(draft.body)).plain
    return drafts


def test_the_british_index() -> None:
    drafts = taken(govuk, "uk/pubapi_index.json")
    assert [draft.countries for draft in drafts] == [(code,) for code in ("AF", "AT", "FI", "IN", "MY", "ST", "ES")]
    assert all(draft.level is None and draft.issued for draft in drafts)
    details = g.details_of(govuk, load("uk/pubapi_index.json"))
    assert [detail.countries for detail in details] == [draft.countries for draft in drafts]
    assert [detail.url for detail in details] == [f"https://www.gov.uk/api/content{draft.identity}" for draft in drafts]


@pytest.mark.parametrize(
    ("file", "country", "least"), [("full-country", "AL", 10_000), ("no-parts", "AQ", 1)], ids=["full", "no parts"]
)
def test_a_british_country(file: str, country: str, least: int) -> None:
    (draft,) = taken(govuk, f"uk/pubapi_{file}.json")
    assert (draft.countries, draft.level, draft.status) == ((country,), None, ())
    assert len(draft.body) >= least
    assert g.details_of(govuk, load(f"uk/pubapi_{file}.json")) == []


@pytest.mark.parametrize("file", ["2014_index-alpha-eng.json", "TravelAlerts_20151119.json"])
def test_the_canadian_indexes(file: str) -> None:
    drafts = taken(canada, f"canada/{file}")
    raw: dict[str, Any] = json.loads(load(f"canada/{file}"))["data"]
    assert [draft.identity for draft in drafts] == list(raw)
    for draft in drafts:
        entry = raw[draft.identity]
        assert draft.countries == ((draft.identity,) if places.is_country(draft.identity) else ())
        assert draft.level is not None
        assert draft.level.value == entry["advisory-state"] + 1
        assert "&" not in draft.level.words
        assert draft.issued == datetime.fromtimestamp(entry["date-published"]["timestamp"], UTC)
        assert draft.status == (("regional-advisory",) if entry["has-regional-advisory"] else ())
    assert {draft.identity for draft in drafts if not draft.countries} == {"IC", "PT-20"}
    assert len(g.details_of(canada, load(f"canada/{file}"))) == len(drafts)


def test_german_texts_in_the_shape_that_is_published() -> None:
    cached = json.loads(load("germany/8c2f400_offlineCache.json"))
    entries = {held["id"]: {key: held[key] for key in ("title", "countryName", "content")} for held in cached}
    drafts, rejected = germany.read(json.dumps({"response": {"lastModified": 1, **entries}}).encode(), NOW, None)
    assert (len(drafts), rejected) == (len(cached), [])
    for draft in drafts:
        text = markup.from_html(draft.body)
        assert len(text.blocks) > 20
        assert (draft.language, draft.level, draft.countries) == ("de", None, ())


def test_a_dutch_country() -> None:
    (draft,) = taken(netherlands, "netherlands/FRO_trimmed.xml")
    assert (draft.identity, draft.countries, draft.language) == ("FRO", ("FO",), "nl")
    assert draft.issued == datetime(2026, 7, 2, 8, 58, 20, tzinfo=UTC)
    assert draft.level is not None
    assert (draft.level.value, draft.level.words, draft.status) == (1, "groen", ())


def test_the_irish_table() -> None:
    drafts = taken(ireland, "ireland/dfa_2026-03-25.json")
    table: dict[str, str] = json.loads(load("ireland/dfa_2026-03-25.json"))
    assert Counter(draft.level.words for draft in drafts if draft.level) == Counter(
        word.replace("-", " ").capitalize().replace("non essential", "non-essential") for word in table.values()
    )
    assert all(draft.countries for draft in drafts)
    assert max(Counter(code for draft in drafts for code in draft.countries).values()) == 1


def test_nothing_else_there_is_taken_for_one_of_these() -> None:
    ours = {"uk", "canada", "netherlands", "ireland"}
    for file in CAPTURES.rglob("*"):
        if file.is_file() and file.relative_to(CAPTURES).parts[0] not in ours:
            copy = [australia] if file.name.startswith("smartraveller_scrape") else []
            assert known_as(file.read_bytes()[:4096]) == copy, file


def test_the_copy_of_smartraveller() -> None:
    drafts = taken(australia, "australia/smartraveller_scrape_2026-07-04_advisories.json")
    assert len(drafts) == 179
    assert all(draft.countries and draft.level and draft.url for draft in drafts)


def test_levels_by_words_are_those_that_were_scraped() -> None:
    """Two collections of Australia's words and numbers, made by others from its pages."""
    seen = 0
    for path, key, words in (
        ("australia/smartraveller_scrape_2026-07-04_advisories.json", "countries", "levelLabel"),
        ("australia/kevle_686897a_advisories.json", "advisories", "advisory"),
    ):
        for entry in json.loads(load(path))[key]:
            if not entry.get("level"):
                continue
            level, doubts = australia._level("", entry[words])
            assert level is not None
            assert (level.value, doubts) == (entry["level"], ())
            seen += 1
    assert seen > 300
