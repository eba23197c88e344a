"""What broken and hostile documents of governments do: little, and never silently."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import ModuleType
from typing import Any  # JSON as it is written down

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.drafts import Draft
from core.errors import FormatError
from core.formats import australia, canada, germany, govuk, ireland, japan, netherlands, rss, us_json, who, wire
from core.model import Message
from tests.core import governments as g
from tests.texts import ALERT_1, embassy_feed

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
MODULES: list[ModuleType] = [govuk, canada, germany, netherlands, australia, us_json, who, japan, ireland]
DOCUMENTS: dict[str, tuple[ModuleType, bytes]] = {
    "uk index": (govuk, g.dump(g.uk_index())),
    "uk country": (govuk, g.dump(g.uk_country())),
    "canadian index": (canada, g.dump(g.ca_index())),
    "canadian detail": (canada, g.dump(g.ca_detail())),
    "german index": (germany, g.dump(g.de_index())),
    "dutch list": (netherlands, g.dump(g.nl_list())),
    "dutch advice": (netherlands, g.dump(g.nl_list()[1])),
    "dutch xml": (netherlands, g.nl_xml().encode()),
    "dutch xml list": (netherlands, f"<documents>{g.nl_xml()}{g.nl_xml()}</documents>".encode()),
    "australian feed": (australia, g.au_feed()),
    "australian list": (australia, g.dump(g.au_list())),
    "american list": (us_json, g.dump(g.us_list())),
    "outbreaks": (who, g.dump(g.who_answer())),
    "japanese items": (japan, g.jp_document()),
    "irish table": (ireland, g.dump(g.IRELAND)),
}
WRONG: list[object] = [7, -1.5, True, None, "", "x" * 300, [], {}, [7], {"a": 7}, "\x00<b>&", 1e300]


@dataclass(frozen=True)
class Listed:
    """A JSON document of three entries, and how to come to the middle one."""

    module: ModuleType
    document: object
    middle: Callable[[Any], tuple[Any, Any]]  # the container and the key of the entry


LISTED: dict[str, Listed] = {
    "uk": Listed(govuk, g.uk_index(), lambda held: (held["links"]["children"], 1)),
    "canada": Listed(canada, g.ca_index(), lambda held: (held["data"], "ML")),
    "germany": Listed(germany, g.de_index(), lambda held: (held["response"], "202")),
    "netherlands": Listed(netherlands, g.nl_list(), lambda held: (held, 1)),
    "australia": Listed(australia, g.au_list(), lambda held: (held, 1)),
    "america": Listed(us_json, g.us_list(), lambda held: (held, 1)),
    "who": Listed(who, g.who_answer(), lambda held: (held["value"], 1)),
    "ireland": Listed(ireland, g.IRELAND, lambda held: (held, "mali")),
}


def start_of(data: bytes) -> bytes:
    return data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def paths(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in children:
        yield from paths(held, (*path, key))


def put(container: Any, key: Any, path: tuple[Any, ...], value: object) -> None:
    for step in path:
        container, key = container[key], step
    container[key] = value


def read(module: ModuleType, data: bytes) -> tuple[list[Draft], list[Message]]:
    found: tuple[list[Draft], list[Message]] = module.read(data, NOW, None)
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_known_by_what_it_holds(name: str) -> None:
    module, data = DOCUMENTS[name]
    for margin in (b"", b"\xef\xbb\xbf", b" \r\n\t"):
        assert [held for held in MODULES if held.looks_like(start_of(margin + data))] == [module]
        assert read(module, margin + data) == read(module, data)


def test_nothing_else_is_taken_for_one_of_them() -> None:
    others = [b"", b"{}", b"[]", b'{"format": 1, "id": "x", "title": "t", "sections": []}', embassy_feed([ALERT_1])]
    for data in [*others, b"<!doctype html><html><body>x</body></html>", b'{"version":"https://jsonfeed.org/1"}']:
        assert [held for held in MODULES if held.looks_like(start_of(data))] == []
    assert rss.looks_like_feed(start_of(g.au_feed()))  # so Australia must be asked first


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_cut_document_is_an_error_and_never_half_a_list(name: str) -> None:
    module, data = DOCUMENTS[name]
    whole = read(module, data)
    for end in [*range(0, len(data), 5), *range(len(data) - 60, len(data))]:
        try:
            got = read(module, data[:end])
        except FormatError:
            continue
        assert got == whole, end


@pytest.mark.parametrize("name", LISTED)
def test_a_wrong_type_anywhere_in_an_entry_costs_only_that_entry(name: str) -> None:
    listed = LISTED[name]
    drafts, rejected = read(listed.module, g.dump(listed.document))
    assert (len(drafts), rejected) == (3, [])
    first, _, last = drafts
    box, key = listed.middle(listed.document)
    set_aside = 0
    for path in paths(box[key]):
        for wrong in WRONG:
            document = copy.deepcopy(listed.document)
            put(*listed.middle(document), path, wrong)
            got, aside = read(listed.module, g.dump(document))
            assert (got[0], got[-1]) == (first, last), (path, wrong)
            assert len(got) + len(aside) == 3, (path, wrong)
            assert [message.id for message in aside] in ([], ["entry-unreadable"])
            set_aside += len(aside)
            if hasattr(listed.module, "details"):
                assert all(
                    detail.url.startswith("https://") for detail in g.details_of(listed.module, g.dump(document))
                )
    assert set_aside


@pytest.mark.parametrize("name", LISTED)
def test_keys_that_nobody_knows_are_let_through(name: str) -> None:
    listed = LISTED[name]
    if isinstance(listed.document, dict) and name == "ireland":
        return  # every key of it is a country
    document: Any = copy.deepcopy(listed.document)
    box, key = listed.middle(document)
    box[key]["brandNew"] = {"deep": [1, None]}
    assert read(listed.module, g.dump(document)) == read(listed.module, g.dump(listed.document))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_is_no_such_document_is_an_error(module: ModuleType) -> None:
    page = b"<!doctype html><html><head><title>Log in</title></head><body>Wi-Fi</body></html>"
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><opendata>&b;</opendata>'
    deep = b"[" * 100_000
    for data in (page, bomb, deep, b"", b"\xff\xfe\x00", b"null", b"7", b'"x"', b'{"a": 1} x', b"<a>", b"<a/>"):
        with pytest.raises(FormatError):
            read(module, data)
        if hasattr(module, "details"):
            with pytest.raises(FormatError):
                g.details_of(module, data)


@pytest.mark.parametrize("root", ["document", "opendata", "rss"])
def test_a_document_type_is_refused(root: str) -> None:
    with pytest.raises(FormatError) as caught:
        wire.xml_of(f'<!DOCTYPE {root} SYSTEM "https://x.example/x.dtd"><{root}/>'.encode(), root)
    assert caught.value.message.id == "document-type-refused"


@pytest.mark.parametrize("data", [b"[" + b"{}," * 600_000 + b"{}]", b"[" + b"[]," * 600_000 + b"[]]"])
def test_more_entries_than_the_world_has_are_refused_before_they_cost_memory(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        us_json.read(data, NOW, None)
    assert caught.value.message.id == "too-large"
    with pytest.raises(FormatError):
        wire.xml_of(b"<rss>" + b"<a/>" * 600_000 + b"</rss>", "rss")


def test_of_one_identity_the_newest_counts() -> None:
    old, new = g.us_entry("Mali", 2, "Old", "ML"), g.us_entry("Mali", 4, "New", "ML")
    old["Published"] = "2026-01-01T00:00:00Z"
    for both in ([old, new], [new, old]):
        (draft,), _ = us_json.read(g.dump(both), NOW, None)
        assert draft.level is not None
        assert draft.level.value == 4


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda held: st.lists(held, max_size=4) | st.dictionaries(st.text(max_size=12), held, max_size=4),
    max_leaves=12,
)
SHELLS: list[Callable[[object], object]] = [
    lambda held: held,
    lambda held: [held, held],
    lambda held: {"value": [held]},
    lambda held: {"response": {"1": held}},
    lambda held: {"response": held},
    lambda held: {"data": {"ML": held}},
    lambda held: {"data": {"eng": held, "country-iso": "ML"}},
    lambda held: {"base_path": "/foreign-travel-advice", "links": {"children": [held]}},
    lambda held: {"base_path": "/foreign-travel-advice/mali", "details": held, "title": held},
]


@given(JSON, st.sampled_from(SHELLS), st.sampled_from(MODULES))
def test_whatever_json_says_it_is_read_or_refused(held: object, shell: Callable[[object], object], module: Any) -> None:
    data = json.dumps(shell(held)).encode()
    for reader in (
        lambda: read(module, data),
        lambda: g.details_of(module, data) if hasattr(module, "details") else None,
    ):
        try:
            reader()
        except FormatError as error:
            assert error.message.id


@given(st.sampled_from(sorted(DOCUMENTS)), st.integers(0, 10_000), st.binary(max_size=6))
def test_whatever_is_changed_in_a_document_it_is_read_or_refused(name: str, place: int, new: bytes) -> None:
    module, data = DOCUMENTS[name]
    place %= len(data)
    try:
        read(module, data[:place] + new + data[place + len(new) :])
    except FormatError as error:
        assert error.message.id
