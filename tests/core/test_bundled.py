"""What comes with the program: the checklists of our own words, their format's schema, and the list of sources."""

import json
import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from typing import Any  # JSON and TOML before anything has read them

import pytest

from core import bundled, catalogue, intake, places
from core.drafts import Draft
from core.errors import FormatError
from core.formats import READERS, parse
from core.formats.actions import read
from core.groups import group_of
from core.model import Group, Item, Kind, Revision, Source, Standing, State, Urgency
from core.paths import RESOURCES

LISTS = RESOURCES / "lists"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = (
    "after", "borders", "high-risk-place", "if-detained", "leaving-at-short-notice", "papers-money-family",
    "personal-security-plan", "shelter-in-place", "someone-detained",
)  # fmt: skip
GROUPS = {
    "after": {Group.NOW, Group.KEEP, Group.LATER},
    "borders": {Group.NOW, Group.BEFORE, Group.LATER},
    "high-risk-place": {Group.BEFORE, Group.KEEP},
    "if-detained": {Group.NOW, Group.BEFORE, Group.KEEP, Group.LATER},
    "leaving-at-short-notice": {Group.NOW, Group.BEFORE, Group.KEEP},
    "papers-money-family": {Group.BEFORE, Group.KEEP},
    "personal-security-plan": {Group.BEFORE, Group.KEEP},
    "shelter-in-place": {Group.NOW, Group.BEFORE, Group.KEEP},
    "someone-detained": {Group.NOW, Group.KEEP, Group.LATER},
}
RESPONSES = {"Evacuate", "Shelter", "Avoid", "Monitor", "Prepare", "Execute", "Assess"}
VERBS = """
    agree answer arrange ask back be boil book bring call carry change check choose close copy count cover decide drive
    drop fill find follow get give go have hide keep learn leave list listen look make name note obey pack pay plan
    practise prepare print protect put read register remove report say see send set show shut sign stand stay store
    switch take talk tell test treat turn type vary wait warn watch write
"""
KEYS = {"id", "text", "detail", "urgency", "response_type", "do", "dont", "links"}
PLANNED = {
    "us-json", "govuk", "canada", "germany", "australia", "netherlands", "japan", "nws", "cap", "gdacs", "cdc", "who",
}  # fmt: skip


@cache
def held(name: str) -> dict[str, Any]:
    """A bundled list as it lies in its file."""
    found: dict[str, Any] = json.loads((LISTS / f"{name}.json").read_text("utf-8"))
    return found


def listed(name: str) -> list[dict[str, Any]]:
    """Its actions, in order."""
    return [action for section in held(name)["sections"] for action in section["actions"]]


@cache
def draft(name: str) -> Draft:
    """A bundled list, read as any other action list is."""
    (found,) = parse((LISTS / f"{name}.json").read_bytes(), NOW).drafts
    return found


@cache
def revision(name: str) -> Revision:
    """The same, through the one way in."""
    source = Source("bundled", "Safe Conduct", "Safe Conduct", "https://localhost/")
    (found,) = intake.take((LISTS / f"{name}.json").read_bytes(), source, NOW).revisions
    return found


def test_words_that_ask_for_a_list_lead_to_one_that_there_is() -> None:
    answers = bundled.answers()
    assert answers["personal security plan"] == "safeconduct:personal-security-plan"
    assert set(answers.values()) <= {one.id for one in bundled.waiting()}
    assert all(words == words.casefold() for words in answers)


def test_there_are_the_lists_that_are_promised() -> None:
    assert tuple(sorted(file.stem for file in LISTS.iterdir())) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_what_it_is_and_what_it_was_compared_with(name: str) -> None:
    found = held(name)
    assert (found["format"], found["id"], found["issuer"]) == (1, f"safeconduct:{name}", "Safe Conduct")
    assert (found["language"], found["countries"], found["level"], found["url"]) == ("en", [], None, None)
    assert found["version"] >= 1
    assert datetime.fromisoformat(found["issued"])
    compared = found["compared_with"]
    assert len(compared) == len(set(compared)) >= 5
    assert all(words == words.strip() and words for words in compared)


@pytest.mark.parametrize("name", NAMES)
def test_the_real_reader_takes_the_whole_list(name: str) -> None:
    found = draft(name)
    assert (found.identity, found.title, found.issuer) == (f"safeconduct:{name}", held(name)["title"], "Safe Conduct")
    assert found.issued_is_date
    assert found.warnings == ()
    taken = [(one.text, one.detail, one.urgency, one.response_type) for part in found.sections for one in part.actions]
    assert taken == [(one["text"], one["detail"], one["urgency"], one["response_type"]) for one in listed(name)]


@pytest.mark.parametrize("name", NAMES)
def test_every_action_goes_in_with_its_words_where_they_stand(name: str) -> None:
    found = revision(name)
    assert found.warnings == ()
    assert [one.text for one in found.actions] == [one["text"] for one in listed(name)]
    assert all(found.text.plain[one.start : one.end] == one.text for one in found.actions)
    assert [one.response_type for one in found.actions] == [one["response_type"] for one in listed(name)]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_eight_to_twenty_actions_of_one_short_sentence(name: str) -> None:
    assert 8 <= len(listed(name)) <= 20
    for action in listed(name):
        text, detail = action["text"], action["detail"]
        assert set(action) == KEYS
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", action["id"]), action["id"]
        assert 0 < len(text) <= 90, text
        assert 0 < len(detail) <= 200, detail
        assert text[0].isupper(), text
        assert text.split()[0].lower() in VERBS.split(), text
        assert not re.search(r"[.;:?]", text), text
        assert detail.endswith("."), detail
        assert action["urgency"] in {"immediate", "expected", "future"}
        assert action["response_type"] in RESPONSES
        assert all(0 < len(words) <= 90 for words in (*action["do"], *action["dont"]))


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_calm_and_plain(name: str) -> None:
    words = (LISTS / f"{name}.json").read_text("utf-8")
    for sign in ("!", "<", ">", "\t", "  •", "http"):
        assert sign not in words
    assert not re.search(r"\b(?:[A-Z]{5,})\b", words.replace("UNHCR", "").replace("UNICEF", ""))
    for action in listed(name):
        for text in (action["text"], action["detail"]):
            assert text == " ".join(text.split())


def test_nothing_is_said_twice() -> None:
    texts = Counter(one["text"].lower() for name in NAMES for one in listed(name))
    details = Counter(one["detail"].lower() for name in NAMES for one in listed(name))
    assert [words for words, times in (texts + details).items() if times > 1] == []
    for name in NAMES:
        slugs = [one["id"] for one in listed(name)]
        assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("name", NAMES)
def test_each_section_has_a_heading_of_its_own_and_actions(name: str) -> None:
    sections = held(name)["sections"]
    headings = [section["heading"] for section in sections]
    assert len(headings) == len(set(headings)) >= 2
    assert all(set(section) == {"heading", "condition", "actions"} and section["actions"] for section in sections)
    conditions = [section["condition"] for section in sections if section["condition"] is not None]
    assert all(words.startswith("If ") and len(words) <= 90 for words in conditions)


@pytest.mark.parametrize("name", NAMES)
def test_the_groups_that_a_reader_expects_are_there(name: str) -> None:
    found = {
        group_of(
            Item(
                id=one.id, checklist="c", position=place, action_id=one.id, advisory_id="a", text=one.text,
                state=State.OPEN, standing=Standing.CURRENT, was=None, heading=one.heading, condition=one.condition,
                urgency=one.urgency, response_type=one.response_type, done_at=None, note="", due=None, reminder=None,
            ),
            NOW,
        )
        for place, one in enumerate(revision(name).actions)
    }  # fmt: skip
    assert found == GROUPS[name]


def test_whoever_has_ten_minutes_sees_first_what_cannot_be_fetched_later() -> None:
    first = held("leaving-at-short-notice")["sections"][0]["actions"]
    assert [one["id"] for one in first] == [
        "check-way-out", "gather-everyone", "take-papers", "take-medicine", "take-cash", "take-phone",
    ]  # fmt: skip
    assert all(one["urgency"] == "immediate" for one in first)


@pytest.mark.parametrize("name", NAMES)
def test_children_illness_and_money_are_not_forgotten(name: str) -> None:
    words = " ".join(one["text"] + " " + one["detail"] for one in listed(name)).lower()
    assert re.search(r"child|baby", words)
    assert re.search(r"medic|disab|wheelchair|illness|doses|hearing", words)
    if name in {"leaving-at-short-notice", "papers-money-family", "after"}:
        assert re.search(r"without a bank account|no bank account|no card", words)


def test_what_differs_by_country_says_so() -> None:
    details = {one["id"]: one["detail"] for name in NAMES for one in listed(name)}
    for slug in ("leave-data", "encrypt", "tell-truth", "ask-lawyer", "after-assault", "away-from-glass"):
        assert re.search(r"in (?:some|many) countries|a few countries|is a crime in some", details[slug].lower()), slug
    assert "citizens, residents and visitors" in details["look-up-law"]


# --- the schema


def test_the_schema_names_what_the_reader_reads_and_what_the_lists_hold() -> None:
    schema = json.loads((RESOURCES / "action-list.schema.json").read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    kinds = {"list": schema, **schema["$defs"]}
    for kind, shape in kinds.items():
        assert shape["type"] == "object"
        assert all(part["description"] for part in shape["properties"].values()), kind
        assert "additionalProperties" not in shape  # unknown keys are kept
    action = set(kinds["action"]["properties"])
    assert action == KEYS | {"due", "priority"}
    assert set(kinds["section"]["properties"]) == {"heading", "condition", "actions"}
    assert set(kinds["level"]["properties"]) == {"words", "value", "scale"}
    assert set(kinds["action"]["properties"]["urgency"]["enum"]) == set(Urgency)
    assert set(kinds["action"]["properties"]["response_type"]["enum"]) > RESPONSES
    for name in NAMES:
        assert set(held(name)) <= set(schema["properties"])
        assert set(schema["required"]) <= set(held(name))


def test_the_reader_asks_for_what_the_schema_asks_for() -> None:
    schema = json.loads((RESOURCES / "action-list.schema.json").read_text("utf-8"))
    smallest = {"format": 1, "id": "x", "title": "X", "sections": [{"actions": [{"text": "Go"}]}]}
    assert set(schema["required"]) == set(smallest)
    assert schema["$defs"]["action"]["required"] == ["text"]
    (found,), rejected = read(json.dumps(smallest).encode(), NOW, None)
    assert (found.title, rejected) == ("X", [])
    for key in schema["required"]:
        with pytest.raises(FormatError):
            read(json.dumps({name: value for name, value in smallest.items() if name != key}).encode(), NOW, None)


# --- the sources


def entries() -> list[dict[str, Any]]:
    """The bundled sources as they lie in their file."""
    found: list[dict[str, Any]] = tomllib.loads((RESOURCES / "sources.toml").read_text("utf-8"))["sources"]
    return found


def test_the_catalogue_loads_whole() -> None:
    found = catalogue.load(None)
    assert next(iter(found)) == "us-advisories"
    assert {one["id"] for one in entries()} | {"us-embassy-iq", "us-embassy-uk", "us-consulate-hk"} <= set(found)
    urls = [one.url for one in found.values()]
    assert len(urls) == len(set(urls))
    assert len({one.name for one in found.values()}) == len(found)


def test_every_source_is_whole_safe_and_honest() -> None:
    for one in entries():
        assert set(one) - {"countries", "hosts"} == {
            "id", "name", "issuer", "format", "url", "kind", "language", "licence", "attribution", "tried",
        }  # fmt: skip
        assert all(value for value in one.values())
        assert one["url"].startswith("https://")
        assert one["format"] in set(READERS) | PLANNED
        assert re.fullmatch(r"shape only|(?:capture of )?\d{4}-\d\d-\d\d", one["tried"]), one["id"]
        assert all(places.is_country(code) for code in one.get("countries", ["US"])), one["id"]


def test_a_post_of_the_united_states_serves_the_country_of_its_site() -> None:
    posts = [one for one in catalogue.bundled().values() if one.id.startswith(("us-embassy-", "us-consulate-"))]
    assert len(posts) > 160
    for one in posts:
        site = re.fullmatch(r"https://([a-z]{2}\.us(?:embassy|consulate)\.gov)/category/alert/feed/", one.url)
        assert site and one.countries[0] == places.from_post_host(site[1])
        assert one.id.endswith(f"-{site[1][:2]}")
        assert all(places.is_country(code) for code in one.countries)
        assert (one.format, one.kind) == ("rss", Kind.ALERT)
    served = [code for one in posts for code in one.countries]
    assert len(set(served)) == len(served) > 185


def test_what_plain_rss_would_read_wrongly_keeps_a_name_of_its_own() -> None:
    own = {one["id"]: one["format"] for one in entries()}
    assert (own["gdacs"], own["us-cdc"], own["au-advice"]) == ("gdacs", "cdc", "australia")
    governments = {"uk-advice", "ca-advice", "de-advice", "au-advice", "nl-advice", "jp-advice", "who", "us-weather"}
    assert governments <= set(own)
