"""Hostile HTML and text: whatever comes in, what goes out is words in order, and tags of our own."""

import re
import time
from html.parser import HTMLParser
from unittest import mock
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import addresses, contacts, extract, markup
from core.bounds import MAX_CHARACTERS
from core.model import BlockKind, Kind, Text

OUR_TAGS = {"h3", "p", "ul", "li", "a", "b"}
CONTROLS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\U000e0001-\U000e007f\ud800-\udfff]"
)
PATIENCE_S = 2.0
# Two megabytes take under two seconds on a machine that does nothing else; by the square they would take minutes.
LARGE_PATIENCE_S = 6.0


class _Reader(HTMLParser):
    """What an HTML reader sees: tags, attributes, words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        for name, value in attrs:
            if (tag, name) == ("a", "href") and value is not None:
                self.links.append(value)
            else:
                self.others.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)


def check_text(text: Text) -> None:
    """Blocks tile the text in order, links stand inside blocks, and there is nothing that could deceive."""
    assert not CONTROLS.search(text.plain)
    assert text.plain == text.plain.strip()
    at = 0
    for block in text.blocks:
        between = text.plain[at : block.start]
        assert between.strip(" \n•") == ""
        assert ("\n" in between) == (at > 0)
        assert (block.kind is BlockKind.ITEM) == (block.depth > 0) == between.endswith("• ")
        words = text.plain[block.start : block.end]
        assert words == markup.fold(words)
        assert any(sign.isalnum() for sign in words)
        at = block.end
    assert at == len(text.plain)
    at = 0
    for link in text.links:
        assert at <= link.start < link.end
        at = link.end
        assert any(block.start <= link.start < link.end <= block.end for block in text.blocks)
        check_address(link.url)


def check_address(url: str) -> None:
    parts = urlsplit(url)
    assert parts.scheme in {"http", "https"}
    assert parts.hostname
    assert "@" not in parts.netloc
    assert "\\" not in url
    assert not re.search(r"\s", url)
    assert not CONTROLS.search(url)


def check_html(made: str) -> None:
    """Only tags of our own, closed in order, and https addresses."""
    reader = _Reader()
    reader.feed(made)
    reader.close()
    assert set(reader.tags) <= OUR_TAGS
    assert reader.others == []
    assert reader.open == []
    for url in reader.links:
        assert url.startswith("https://")
        check_address(url)
    assert not CONTROLS.search(made)


def check(text: Text) -> None:
    check_text(text)
    check_html(markup.safe_html(text))


# --- whatever comes

_TAGS = st.sampled_from(
    [
        "p",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h3",
        "b",
        "strong",
        "a",
        "table",
        "tr",
        "td",
        "div",
        "span",
        "svg",
        "style",
        "script",
        "title",
        "b",
        "i",
        "em",
        "blockquote",
        "hr",
        "nav",
        "form",
        "dl",
        "dt",
        "dd",
        "img",
        "iframe",
        "math",
        "textarea",
        "template",
        "noscript",
        "",
    ]
)
_WORDS = st.text(max_size=30) | st.sampled_from(
    ["•", "• one • two", "- a", "1. b", "&nbsp;", "&lt;b&gt;", "&#8238;", "&#0;", "\u202egpj.exe", "a:\u2028b", "]]>"]
)
_ADDRESSES = st.sampled_from(
    [
        "https://a.example/x?y=1&z",
        "http://b.example",
        "//c.example",
        "javascript:x()",
        "/d",
        "\\\\e\\f",
        "https://u@g.h",
    ]
)
_PIECES = st.one_of(
    _WORDS,
    _TAGS.map(lambda tag: f"<{tag}>"),
    _TAGS.map(lambda tag: f"</{tag}>"),
    st.tuples(_ADDRESSES, _WORDS).map(lambda pair: f'<a href="{pair[0]}">{pair[1]}</a>'),
)
_MARKUP = st.lists(_PIECES, max_size=30).map("".join)


@given(_MARKUP | st.text(), st.sampled_from([None, "https://base.example/a/", "not an address"]))
def test_whatever_html_comes_words_in_order_go_out(page: str, base: str | None) -> None:
    check(markup.from_html(page, base))


@given(st.lists(_WORDS | st.sampled_from(["\n", "\r\n", "\n\n", "\n- ", "\n • ", "\r"]), max_size=30).map("".join))
def test_whatever_text_comes_words_in_order_go_out(words: str) -> None:
    check(markup.from_plain(words))


@given(st.text())
def test_folding_again_changes_nothing(words: str) -> None:
    once = markup.fold(words)
    assert markup.fold(once) == once
    assert not CONTROLS.search(once)
    assert not CONTROLS.search(markup.clean_note(words).replace("\n", ""))


@given(st.text(max_size=60) | _ADDRESSES, st.sampled_from([None, "https://base.example/a/"]))
def test_an_address_is_safe_or_none(address: str, base: str | None) -> None:
    safe = addresses.safe_address(address, base)
    if safe is not None:
        check_address(safe)


# --- a bank of what is sent to do harm

HOSTILE = {
    "script": "<p>Go.</p><script>steal()</script><p onclick='steal()'>Stay.</p>",
    "file image": "<p>Go.<img src='file:///etc/passwd'></p><a href='file:///etc/passwd'>Stay.</a>",
    "data": "<p>Go.<img src='data:image/png;base64,AAAA'></p><a href='data:text/html,<script>steal()'>Stay.</a>",
    "javascript": "<p>Go.</p><a href='java\nscript:steal()'>Stay.</a><a href='&#106;avascript:steal()'>Stay.</a>",
    "no scheme": "<p>Go.</p><a href='//steal.example/x'>Stay.</a><img src='//steal.example/x'>",
    "share": "Go.<a href='\\\\steal\\share'>Stay.</a><a href='https:\\\\steal'>Stay.</a><img src='\\\\steal\\x'>",
    "credentials": "<p>Go.</p><a href='https://bank.example@steal.example/'>Stay.</a>",
    "style": "<p>Go.</p><style>p{background:url(https://steal.example)}</style><p style='position:fixed'>Stay.</p>",
    "svg": "<p>Go.</p><svg onload='steal()'><a href='https://steal.example'><text>steal</text></a></svg><p>Stay.</p>",
    "math": "<p>Go.</p><math><mi//xlink:href='data:x,steal()'>steal</mi></math><p>Stay.</p>",
    "frame": "<p>Go.</p><iframe srcdoc='<script>steal()</script>'>steal</iframe><object data='x'>steal</object>Stay.",
    "form": "<p>Go.</p><form action='https://steal.example'><input value='steal'><button>steal</button></form>Stay.",
    "meta": "<meta http-equiv=refresh content='0;url=https://steal.example'><base href='//steal.example'>Go. Stay.",
    "comment": "<p>Go.<!-- <script>steal()</script> --!><!-->--></p><p>Stay.</p>",
    "broken": "<p>Go.<b<i>Stay.<p/ =x ''><a href='https://ok.example/' <script>then</script></a>",
    "mutation": "<p>Go.</p><noscript><p title='</noscript><img src=x onerror=steal()>'></noscript><p>Stay.</p>",
    "template": "<p>Go.</p><template><script>steal()</script></template><xmp>Stay.</xmp><plaintext>",
    "right to left": "<p>Go.\u202e</p><p dir='rtl'>\u2066St\u200bay.\u2069\u061c</p><bdo dir='rtl'>x</bdo>",
    "entities": "<p>Go.&#8238;&#x202E;&#0;&#65279;&shy;</p><p>St&#8203;ay.</p>",
    "tags of characters": "<p>Go.\U000e0041\U000e0042</p><p>Stay.</p>",
    "lone surrogate": "<p>Go.\ud800</p><p>Stay.</p>",
    "null bytes": "<p>Go.\x00</p><scr\x00ipt>x</scr\x00ipt><p>Stay.</p>",
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_of_hostile_html_only_the_words_are_kept(name: str) -> None:
    begun = time.perf_counter()
    text = markup.from_html(HOSTILE[name], "https://embassy.example/alert/")
    made = markup.safe_html(text)
    assert time.perf_counter() - begun < PATIENCE_S
    check(text)
    assert "Go." in text.plain
    assert "Stay." in text.plain
    for evil in ("steal", "javascript", "file:", "data:", "\\", "base64", "onclick"):
        assert evil not in made
        assert not any(evil in link.url for link in text.links)


BIG = MAX_CHARACTERS - 1000
LARGE = {
    "nested ten thousand deep": "<p>Go.</p>" + "<div>" * 10_000 + "deep" + "</div>" * 10_000 + "<p>Stay.</p>",
    "lists ten thousand deep": "<p>Go.</p>" + "<ul><li>x" * 10_000 + "</ul><p>Stay.</p>",
    "bold ten thousand deep": "<p>Go.</p><p>" + "<b>" * 10_000 + "deep</p><p>Stay.</p>",
    "two megabytes of <": "<" * BIG,
    "two megabytes of words": "word " * (BIG // 5),
    "one word": "a" * BIG,
    "unclosed": "<p>Go." * (BIG // 6),
    "ends only": "</p>" * (BIG // 4),
    "lists within lists": "<p>Stay.</p>" + "<ul>" * (BIG // 5) + "<p>Stay.</p>",
    "lists that are never closed": "<ul></b>" * (BIG // 8) + "<p>Stay.</p>",
    "bold that is never closed": "".join(f"<b id={n}>" for n in range(1000)) + "<p>Go." * (BIG // 10),
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(BIG // 10)) + ">Stay.</p>",
    "an image in the page": "<p>Stay.<img src='data:image/png;base64," + "A" * (BIG // 2) + "'>Stay.</p>",
    "tables within tables": "<table>" * (BIG // 7),
    "links": "<a href=https://ok.example/1>x</a> <a href=https://ok.example/2>y</a> " * (BIG // 66),
    "links in items": "<p>Actions to take:</p>" + "<li>Go <a href=https://ok.example/>x</a> now." * (BIG // 45),
    "empty items": "<li>" * (BIG // 4),
    "bullets": "<p>Actions to take:" + " • go" * (BIG // 5),
    "breaks": "<br>" * (BIG // 4),
    "attributes": "<p " + "a=b " * (BIG // 4) + ">Go.</p>",
    "entities": "&amp;" * (BIG // 5),
    "spaces": "<p>Go." + " " * BIG + "Stay.</p>",
    "combining marks": "<p>Go" + "\u0301" * (BIG // 2) + "</p>",
    "digits": "<p>" + "1 " * (BIG // 2) + "</p>",
    "table": "<table>" + "<tr><td>Go" * (BIG // 10),
    "headings": "<h3>If you are in a place where you must, should you wish to travel</h3>" * (BIG // 72),
    "conditions": "<p>" + "If you wish, travel to X, if you plan to " * 9 + "</p>",
}


@pytest.mark.parametrize("name", list(LARGE))
def test_what_is_large_or_deep_is_read_in_time(name: str) -> None:
    page = LARGE[name]
    spent = {}
    begun = time.process_time()
    text = markup.from_html(page, "https://embassy.example/")
    spent["from_html"] = time.process_time() - begun
    begun = time.process_time()
    made = markup.safe_html(text)
    spent["safe_html"] = time.process_time() - begun
    begun = time.process_time()
    extract.actions_in(text, kind=Kind.ALERT)
    contacts.contacts_in(text)
    spent["extract"] = time.process_time() - begun
    begun = time.process_time()
    markup.from_plain(page)
    spent["from_plain"] = time.process_time() - begun
    print("\n" + name, {step: round(seconds, 2) for step, seconds in spent.items()})
    assert len(text.plain) <= 2 * MAX_CHARACTERS
    assert text.plain.count("Stay.") == page.count("Stay.")
    assert len(made) < 40 * BIG
    for step, seconds in spent.items():
        assert (step, seconds) < (step, LARGE_PATIENCE_S)


# --- what is kept


def test_blocks_are_what_the_issuer_marked_up() -> None:
    text = markup.from_html("<h2>Head</h2><p><b>Bold</b></p><p>One<br>two</p><ul><li>a<ul><li>b</li></ul></li></ul>")
    assert [(b.kind, text.plain[b.start : b.end], b.depth, b.strong) for b in text.blocks] == [
        (BlockKind.HEADING, "Head", 0, True),
        (BlockKind.PARAGRAPH, "Bold", 0, True),
        (BlockKind.PARAGRAPH, "One", 0, False),
        (BlockKind.PARAGRAPH, "two", 0, False),
        (BlockKind.ITEM, "a", 1, False),
        (BlockKind.ITEM, "b", 2, False),
    ]
    assert text.plain == "Head\n\nBold\n\nOne\n\ntwo\n\n• a\n  • b"
    assert markup.safe_html(text) == (
        "<h3>Head</h3>\n<p><b>Bold</b></p>\n<p>One</p>\n<p>two</p>\n<ul>\n<li>a</li>\n<ul>\n<li>b</li>\n</ul>\n</ul>"
    )


def test_links_stand_where_their_words_do_and_only_https_is_passed_on() -> None:
    text = markup.from_html(
        "<p>See <a href='https://a.example/'>the <b>plan</b></a> or <a href='http://b.example'>b</a>."
    )
    assert [(text.plain[link.start : link.end], link.url) for link in text.links] == [
        ("the plan", "https://a.example/"),
        ("b", "http://b.example"),
    ]
    assert markup.safe_html(text) == '<p>See <a href="https://a.example/">the plan</a> or b.</p>'


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("/x?y", "https://base.example/x?y"),
        ("HTTPS://A.example/x", "https://A.example/x"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&data=me%40b",
            "https://a.example/x",
        ),
        ("https://links.govdelivery.com/track?url=https%3A%2F%2Fa.example%2Fx&enid=me", "https://a.example/x"),
        ("https://eur01.safelinks.protection.outlook.com/?data=me%40b", None),
        ("https://safelinks.protection.outlook.com.example/?url=https%3A%2F%2Fa.example", None),
        ("https://x.safelinks.protection.outlook.com/?url=" * 60 + "https://a.example/", None),
        ("https://a.example/" + "x" * 9000, None),
        ("https://a.example/one\n\ttwo", "https://a.example/onetwo"),
        ("https:///no-host", None),
        ("mailto:a@b.example", None),
        ("tel:+1202", None),
        ("https://a.example:99999/", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_addresses(address: str, safe: str | None) -> None:
    got = addresses.safe_address(address, "https://base.example/a/")
    if "outlook.com.example" in address:
        assert got == address  # another host, whatever it is called
    else:
        assert got == safe


@given(
    st.lists(
        st.sampled_from(
            ["a", "A", "1", ".", "-", "/", "//", "?", "=", "&", "%20", "#", "..", ":80", "@", "_", "~", " ", "é",
             "lnks.gd", "safelinks.protection.outlook.com", "links.govdelivery.com", "?url="]
        ),
        max_size=9,
    )
)  # fmt: skip
def test_a_plain_address_is_what_it_would_be_written_as_anew(parts: list[str]) -> None:
    address = f"https://{''.join(parts)}"
    quick = addresses.safe_address(address)
    with mock.patch.object(addresses, "_USUAL_ADDRESS", re.compile("(?!)")):
        addresses._safe.cache_clear()
        assert addresses.safe_address(address) == quick
    addresses._safe.cache_clear()


def test_words_of_other_scripts_keep_their_joiners() -> None:
    assert markup.fold("می\u200cخواهم क\u094d\u200dष") == "می\u200cخواهم क\u094d\u200dष"


def test_a_travellers_note_keeps_its_lines() -> None:
    assert markup.clean_note(" one\r\ntwo\u202e\n\nthree\x00 ") == "one\ntwo\n\nthree"


@pytest.mark.parametrize("unknown", ["section", "center", "aside"])
def test_an_item_left_open_ends_where_the_next_begins(unknown: str) -> None:
    text = markup.from_html(
        f"<p>You should:</p><ul><li>Go home<{unknown}><li>Lock up</li></ul><p>Level 4: the east</p>"
    )
    assert text.plain == "You should:\n\n• Go home\n• Lock up\n\nLevel 4: the east"


def test_signs_of_a_tag_in_words_and_attributes_begin_none() -> None:
    text = markup.from_html(
        "<p title='<li>' lang='>'>A &lt;li&gt; "
        "<a title='> <b>' href='https://a.example/?q=<p>&quot;x>y&amp;z'>b > c</a></p><p>d"
    )
    assert text.plain == "A <li> b > c\n\nd"
    assert [(link.start, link.end) for link in text.links] == [(7, 12)]
    assert text.links[0].url.startswith("https://a.example/?q=")
    assert text.links[0].url.endswith("&z")


def test_a_list_in_an_item_is_deeper() -> None:
    text = markup.from_html("<ul><li>Pack:<div><ol><li>water</li><li><p>food</p></li></ol></div></li><li>Go</li></ul>")
    assert text.plain == "• Pack:\n  • water\n  • food\n• Go"
