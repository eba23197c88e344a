"""Whatever charset a feed says and whatever it is in: the words arrive, or it is refused; never wrong letters."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import intake
from core.formats.charset import mended
from core.model import Source

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
TITLE = "Zürich “calm”"


def title_of(data: bytes) -> str:
    taken = intake.take(data, Source("s", "S", "S", "https://example.org/feed"), NOW)
    return taken.revisions[0].title


def feed(says: str | None, is_in: str, title: str = TITLE) -> bytes:
    declared = f'<?xml version="1.0" encoding="{says}"?>' if says else ""
    text = f"""{declared}<rss version="2.0"><channel><title>Posts</title><item><title>{title}</title>
    <link>https://example.org/a</link><guid>https://example.org/a</guid>
    <description>Stay indoors.</description></item></channel></rss>"""
    return text.encode(is_in)


@pytest.mark.parametrize("is_in", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("says", [None, "UTF-8", "ISO-8859-1", "us-ascii", "windows-1252", "latin1"])
def test_what_is_said_of_the_charset_does_not_matter(says: str | None, is_in: str) -> None:
    assert title_of(feed(says, is_in)) == TITLE


@pytest.mark.parametrize(
    ("charset", "title"), [("Shift_JIS", "日本の警報"), ("gb2312", "中国"), ("iso-8859-2", "Łódź")]
)
def test_other_charsets_are_believed(charset: str, title: str) -> None:
    assert title_of(feed(charset, charset, title)) == title


def test_a_broken_letter_breaks_no_other() -> None:
    broken = feed("utf-8", "utf-8").replace(b"Posts", b"Po\xe9sts")
    assert title_of(broken) == TITLE


@pytest.mark.parametrize("is_in", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_json_too(is_in: str) -> None:
    item = {"id": "https://example.org/a", "title": TITLE, "content_text": "Stay indoors."}
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "Posts", "items": [item]}
    assert title_of(json.dumps(document, ensure_ascii=False).encode(is_in)) == TITLE


def test_what_can_be_read_as_it_is_stays_byte_by_byte() -> None:
    for data in (feed("utf-8", "utf-8"), feed("us-ascii", "ascii", "Calm"), feed("Shift_JIS", "Shift_JIS", "日本")):
        assert mended(data) == data


@given(st.binary(max_size=300))
def test_no_bytes_end_it(data: bytes) -> None:
    mended(data)
    head = b"<?xml version='1.0' encoding='latin1'?>"
    out = mended(head + data)
    assert out == head + data if data.isascii() else out.startswith(head.replace(b"latin1", b"utf-8"))
    assert out.decode("utf-8")
