"""One fetch against servers that misbehave: it ends in time, and believes nothing that was cut.

All servers are real and on the loopback. Every question has a deadline of one second and may take two, see
`tests.hostile.asking`. Where a fetch may go and whom it trusts is next door.
"""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from core import fetch
from tests.hostile.asking import asked, refusal
from tests.hostile.raw import RawServer, Talk, saying
from tests.servers import LoopbackFeed, Tls

BODY = b"<rss version='2.0'><channel><item/></channel></rss>"


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed() as served:
        yield served


def test_a_good_answer_is_whole(feed: LoopbackFeed) -> None:
    feed.publish("/", BODY)
    answer = asked(feed.url())
    assert isinstance(answer, fetch.Fetched)
    assert (answer.data, answer.url) == (BODY, feed.url())
    assert answer.etag and answer.last_modified and answer.content_type.startswith("application/rss+xml")
    assert isinstance(asked(feed.url(), etag=answer.etag), fetch.NotModified)


def test_a_packed_answer_is_unpacked_and_may_have_members(feed: LoopbackFeed) -> None:
    feed.publish("/", BODY, gzipped=True)
    assert getattr(asked(feed.url()), "data", None) == BODY
    two = gzip.compress(BODY[:20]) + gzip.compress(BODY[20:])
    feed.status("/", 200, two, Content_Encoding="gzip")
    assert getattr(asked(feed.url()), "data", None) == BODY


SLOW: dict[str, Callable[[LoopbackFeed], None]] = {
    "stall": lambda feed: feed.stall("/"),
    "stall in the body": lambda feed: feed.stall("/", start=b"<rss>"),
    "drip": lambda feed: feed.drip("/", b"x" * 500, interval_s=0.05),
    "slow headers": lambda feed: feed.slow_headers("/"),
}


@pytest.mark.parametrize("name", SLOW)
def test_what_is_slow_ends_with_the_deadline(feed: LoopbackFeed, name: str) -> None:
    SLOW[name](feed)
    assert refusal(feed.url()).message.id == "too-slow"
    assert refusal(feed.url(), etag='"held"').message.id == "too-slow"


def test_what_is_slow_ends_under_tls_too() -> None:
    for trouble in SLOW.values():
        with LoopbackFeed(tls=Tls.VALID) as feed:
            trouble(feed)
            assert refusal(feed.url(), roots=str(feed.roots)).message.id == "too-slow"


LARGE: dict[str, tuple[Callable[[LoopbackFeed], None], str]] = {
    "endless": (lambda feed: feed.endless("/"), "too-large"),
    "bomb": (lambda feed: feed.gzip_bomb("/", megabytes=200), "too-large"),
    "layered bomb": (lambda feed: feed.gzip_bomb("/", megabytes=200, layers=2), "encoding-unknown"),
    "deflate": (lambda feed: feed.status("/", 200, b"x", Content_Encoding="deflate"), "encoding-unknown"),
    "hidden layer": (
        lambda feed: feed.status("/", 200, b"x", Content_Encoding="gzip", Transfer_Encoding="gzip"),
        "answer-cut",
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_is_refused(feed: LoopbackFeed, name: str) -> None:
    trouble, message = LARGE[name]
    trouble(feed)
    # A fast endless body ends by its size, on a slow machine by the time.
    assert refusal(feed.url()).message.id in {message, "too-slow"}


CUT: dict[str, Callable[[LoopbackFeed], None]] = {
    "hang up": lambda feed: feed.hang_up("/"),
    "cut short": lambda feed: feed.cut_short("/", BODY * 10),
    "gzip cut": lambda feed: feed.status("/", 200, gzip.compress(BODY)[:-9], Content_Encoding="gzip"),
    "gzip trailer": lambda feed: feed.status("/", 200, gzip.compress(BODY) + b"xx", Content_Encoding="gzip"),
    "not gzip": lambda feed: feed.status("/", 200, BODY, Content_Encoding="gzip"),
}


@pytest.mark.parametrize("name", CUT)
def test_what_is_cut_is_refused(feed: LoopbackFeed, name: str) -> None:
    CUT[name](feed)
    assert refusal(feed.url()).message.id in {"answer-cut", "no-connection"}


HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
CUT_HEADERS: dict[str, Talk] = {
    "nothing": saying(),
    "status line": saying(b"HTTP/1.1 200 OK\r\n"),
    "half a status line": saying(b"HTTP/1.1 20"),
    "headers": saying(HEADERS),
    "half a header": saying(HEADERS + b"Content-Le"),
    "a header that says empty": saying(HEADERS + b"Content-Length: 0\r\n"),
    "not modified": saying(b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n"),
    "after a continue": saying(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"),
    "chunks": saying(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n"),
    "half a chunk": saying(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n50\r\n<rss>"),
    "half a chunk's size": saying(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n1"),
}


@pytest.mark.parametrize("name", CUT_HEADERS)
def test_an_answer_cut_inside_its_headers_or_chunks_is_none(name: str) -> None:
    """http.client gives an empty 200 (or a 304) for a connection that was closed inside the headers."""
    with RawServer(CUT_HEADERS[name]) as server:
        assert refusal(server.url(), etag='"held"').message.id in {"answer-cut", "no-connection"}


def test_a_deadline_inside_the_headers_makes_no_answer() -> None:
    """The watch ends the connection itself: that, too, must not look like the end of headers."""
    with RawServer(lambda connection: None) as server:

        def talk(connection: socket.socket) -> None:
            saying(b"HTTP/1.1 304 Not Modified\r\n")(connection)
            server.pause(5)

        server.talk = talk
        assert refusal(server.url(), etag='"held"').message.id == "too-slow"


@pytest.mark.parametrize("line", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: y\r\n"])
def test_endless_interim_answers_end_with_the_deadline(line: bytes) -> None:
    with RawServer(lambda connection: None) as server:

        def talk(connection: socket.socket) -> None:
            while server.pause(0.01):
                connection.sendall(line)

        server.talk = talk
        assert refusal(server.url()).message.id in {"too-slow", "no-connection", "answer-cut"}


def test_a_not_modified_that_nobody_asked_for_is_refused(feed: LoopbackFeed) -> None:
    feed.status("/", 304)
    assert refusal(feed.url()).message.id == "unasked-not-modified"
    assert isinstance(asked(feed.url(), etag='"held"'), fetch.NotModified)


@pytest.mark.parametrize("status", [206, 300, 400, 401, 403, 404, 410, 429, 500, 503])
def test_other_statuses_are_failures(feed: LoopbackFeed, status: int) -> None:
    feed.status("/", status, BODY)
    fault = refusal(feed.url())
    assert (fault.message.id, fault.message.values["status"], fault.retry_after_seconds) == ("refused", status, None)


def test_no_content_is_called_nothing_and_no_error(feed: LoopbackFeed) -> None:
    feed.status("/", 204)
    assert refusal(feed.url()).message.id == "empty-answer"


def test_a_network_that_wants_a_sign_in_says_so(feed: LoopbackFeed) -> None:
    feed.status("/", 511, b"<html>Room number?</html>")
    assert refusal(feed.url()).message.id == "sign-in-needed"


def _at(later: timedelta) -> str:
    return format_datetime(datetime.now(UTC) + later, usegmt=True)


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("120", 120, 120),
        ("0", 0, 0),
        ("999999999999999999999", 86_400, 86_400),
        (timedelta(seconds=600), 590, 600),
        (timedelta(days=-3), 0, 0),
        (timedelta(days=40), 86_400, 86_400),
        ("315360000", 86_400, 86_400),
    ],
)
def test_a_wish_to_be_asked_later_is_read_and_bounded(
    feed: LoopbackFeed, words: str | timedelta, least: int, most: int
) -> None:
    """A length of time is sent as a date, counted from when the test is run and not from when it was gathered."""
    feed.status("/", 503, Retry_After=words if isinstance(words, str) else _at(words))
    seconds = refusal(feed.url()).retry_after_seconds
    assert seconds is not None and least <= seconds <= most


@pytest.mark.parametrize("words", ["²", "soon", "-5", "1e9", "", timedelta(days=3650)])
def test_a_wish_that_cannot_be_read_counts_for_nothing(feed: LoopbackFeed, words: str | timedelta) -> None:
    """Ten years by date is no date that a server means; the usual pauses hold then."""
    feed.status("/", 429, Retry_After=words if isinstance(words, str) else _at(words))
    fault = refusal(feed.url())
    assert fault.message.id == "refused"
    assert fault.retry_after_seconds in (None, 0, 86_400)


def test_the_charset_that_is_said_changes_no_byte(feed: LoopbackFeed) -> None:
    text = "<rss>Ärger</rss>"
    feed.wrong_charset("/", text)
    assert getattr(asked(feed.url()), "data", None) == text.encode("utf-16")


def test_threads_do_not_gather(feed: LoopbackFeed) -> None:
    feed.publish("/", BODY)
    feed.status("/no", 500)
    before = threading.active_count()
    for _ in range(20):
        asked(feed.url())
        refusal(feed.url("/no"))
    # The server keeps a thread for a connection until it sees its end.
    assert threading.active_count() <= before + 4
