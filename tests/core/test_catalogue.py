"""The sources that are known: lists that lead where we must not ask are refused, and say which entry it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from core import catalogue, places
from core.errors import InputError
from core.model import Kind, Source

GOOD: dict[str, Any] = {"id": "one", "name": "One", "url": "https://example.org/feed"}


def load(folder: Path, content: str | bytes, name: str = "list.json") -> dict[str, Source]:
    """A list of the user's own with this content."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return catalogue.load(str(file))


def entry(folder: Path, **parts: Any) -> Source:
    """A list of one entry, the good one with other parts (None: without)."""
    held = {key: value for key, value in (GOOD | parts).items() if value is not None}
    (source,) = load(folder, json.dumps({"sources": [held]})).values()
    return source


def refused(folder: Path, content: str | bytes, name: str = "list.json") -> tuple[str, object]:
    """The message with which a list is refused, and what it says of the entry."""
    with pytest.raises(InputError) as caught:
        load(folder, content, name)
    return caught.value.message.id, caught.value.message.values.get("what")


def test_the_bundled_list_is_good() -> None:
    known = catalogue.bundled()
    assert len(known) > 5
    assert catalogue.load(None) == known
    for name, source in known.items():
        assert source.id == name
        assert source.url.startswith("https://")
        assert not source.from_user
        assert source.roots is None
        assert all(places.is_country(code) for code in source.countries)
        assert source.name and source.issuer and source.licence and source.attribution and source.tried


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    toml = (
        'sources = [{id = "one", url = "https://example.org/", countries = ["iq"], kind = "alert", roots = "ca.pem"}]'
    )
    text = json.dumps(
        {
            "sources": [
                {"id": "one", "url": "https://example.org/", "countries": ["iq"], "kind": "alert", "roots": "ca.pem"}
            ]
        }
    )
    first, second = load(tmp_path, toml, "list.toml"), load(tmp_path, text)
    assert first == second == load(tmp_path, b"\xef\xbb\xbf" + text.encode(), "bom.json")
    source = first["one"]
    assert (source.name, source.issuer, source.language, source.from_user) == ("one", "one", "", True)
    assert (source.countries, source.kind) == (("IQ",), Kind.ALERT)
    assert source.roots == str(tmp_path / "ca.pem"), "beside the list, wherever the program was started"


@pytest.mark.parametrize(
    "url",
    ["https://example.org/feed", "https://xn--e1afmkfd.example/", "https://[2606:4700::1]/", "https://example.org:8443/",
     "http://127.0.0.1:8080/feed", "http://[::1]:8080/"],
)  # fmt: skip
def test_where_a_list_of_the_users_may_lead(tmp_path: Path, url: str) -> None:
    assert entry(tmp_path, url=url).url == url
    assert catalogue.may_fetch(url, from_user=False) == url.startswith("https:")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/feed",
        "http://localhost/feed",
        "http://127.0.0.2/feed",
        "http://127.1/feed",
        "http://2130706433/",
        "http://127.0.0.1.example.org/",
        "http://127.0.0.1@example.org/",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://:word@example.org/",
        "file:///etc/passwd",
        "ftp://example.org/feed",
        "data:text/xml,<rss/>",
        "//example.org/feed",
        "example.org/feed",
        "https:///feed",
        "https://",
        "",
        "https://[::1",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://exam\nple.org/",
        "https://example.org/a b",
        "https://example.org/\u202egro",
        "\thttps://example.org/",
        "https://example.org/" + "a" * 2000,
        None,
        7,
        ["https://example.org/"],
    ],
)
def test_where_no_list_may_lead(tmp_path: Path, url: Any) -> None:
    content = json.dumps({"sources": [GOOD, GOOD | {"id": "two", "url": url}]})
    assert refused(tmp_path, content) == ("catalogue-bad-entry", "url")


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("id", ""), ("id", "a b"), ("id", "A"), ("id", "a/b"), ("id", "ä"), ("id", "x" * 81), ("id", 7), ("id", None),
        ("name", 7), ("name", "x" * 2001), ("issuer", []), ("kind", "nonsense"), ("kind", 7), ("format", 7),
        ("countries", "IQ"), ("countries", ["IRQ"]), ("countries", [7]), ("countries", ["1Q"]), ("countries", ["ßß"]),
        ("language", 7), ("roots", 7), ("licence", {}), ("attribution", True),
        ("hosts", "files.example.org"), ("hosts", [7]), ("hosts", [""]), ("hosts", ["https://files.example.org"]),
        ("hosts", ["files.example.org/x"]), ("hosts", ["a@files.example.org"]), ("hosts", ["files.example.org:x"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, what: str, value: Any) -> None:
    assert refused(tmp_path, json.dumps({"sources": [GOOD | {what: value}]})) == ("catalogue-bad-entry", what)


def test_hosts_that_alerts_may_be_asked_of(tmp_path: Path) -> None:
    assert entry(tmp_path).hosts == ()
    assert entry(tmp_path, hosts=["files.example.org", "example.org:8443"]).hosts == (
        "files.example.org",
        "example.org:8443",
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"sources": 7}',
        b'{"sources": null}',
        b"\xff\xfe",
        b"sources = ",
        b"x = 1",
        b'{"a":' * 5000,
    ],
)
def test_what_is_no_list_is_said_so(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content)[0] == "catalogue-not-a-list"


@pytest.mark.parametrize("content", [b'{"sources": "abc"}', b'{"sources": {"a": 1}}', b'{"sources": [null]}'])
def test_entries_that_are_none_are_said_so(tmp_path: Path, content: bytes) -> None:
    assert refused(tmp_path, content) == ("catalogue-bad-entry", "entry")


def test_two_of_one_name_too_much_and_nothing(tmp_path: Path) -> None:
    assert refused(tmp_path, json.dumps({"sources": [GOOD, GOOD]}))[0] == "catalogue-double-id"
    assert refused(tmp_path, b" " * (catalogue.MAX_BYTES + 1))[0] == "catalogue-too-large"
    with pytest.raises(InputError, match="catalogue-unreadable"):
        catalogue.load(str(tmp_path / "none.json"))
    with pytest.raises(InputError, match="catalogue-unreadable"):
        catalogue.load(str(tmp_path))
    assert load(tmp_path, '{"sources": []}') == {}


def test_words_of_a_list_cannot_draw_on_a_terminal(tmp_path: Path) -> None:
    """A name ends up in a line of ours: no line break, no escape, nothing that turns letters round."""
    source = entry(tmp_path, name="One\x1b[2J\r\n\u202etwo", issuer="خانه\u200cها", tried="\x07now")
    assert (source.name, source.issuer, source.tried) == ("One[2Jtwo", "خانه\u200cها", "now")


def test_keys_that_are_unknown_are_let_through(tmp_path: Path) -> None:
    assert entry(tmp_path, wishes="many", depth={"a": [1]}).id == "one"


def test_files_that_an_entry_names_stand_beside_the_list(tmp_path: Path) -> None:
    entry = {"id": "one", "url": "https://example.org/", "roots": "roots.pem", "keys": "trust/keys.pem"}
    path = tmp_path / "sources.json"
    path.write_text(json.dumps({"sources": [entry]}))
    source = catalogue.load(str(path))["one"]
    assert (source.roots, source.keys) == (str(tmp_path / "roots.pem"), str(tmp_path / "trust" / "keys.pem"))
