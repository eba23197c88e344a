"""The loopback servers do what they say, so that a test may believe them."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import requests

from tests.servers import LoopbackFeed, Tls


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed() as served:
        yield served


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.trust_env = False
        yield made


def test_a_page_is_served_and_then_not_modified(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.publish("/feed", b"<rss/>")
    first = session.get(feed.url("/feed?x=1"), timeout=5)
    assert (first.status_code, first.content) == (200, b"<rss/>")
    by_tag = session.get(feed.url("/feed"), headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    by_date = session.get(feed.url("/feed"), headers={"If-Modified-Since": first.headers["Last-Modified"]}, timeout=5)
    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    feed.publish("/feed", b"<rss></rss>")
    again = session.get(feed.url("/feed"), headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert again.content == b"<rss></rss>"
    assert [seen.status for seen in feed.requests] == [200, 304, 304, 200]
    assert feed.requests[0].query == "x=1"
    assert feed.requests[1].headers["if-none-match"] == first.headers["ETag"]
    feed.withdraw("/feed")
    assert session.get(feed.url("/feed"), timeout=5).status_code == 404


def test_a_page_may_come_packed_and_without_validators(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.publish("/feed", b"<rss/>", etag=False, last_modified=None, gzipped=True)
    answer = session.get(feed.url("/feed"), headers={"If-None-Match": "*"}, timeout=5)
    assert (answer.status_code, answer.content) == (200, b"<rss/>")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "ETag" not in answer.headers


def test_a_trouble_stands_until_it_is_healed(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.publish("/feed", b"<rss/>")
    feed.status("/feed", 503, Retry_After="60")
    answer = session.get(feed.url("/feed"), timeout=5)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    for status in (204, 304):
        feed.status("/feed", status)
        assert session.get(feed.url("/feed"), timeout=5).status_code == status
    feed.redirect("/feed", "/elsewhere", 301)
    assert session.get(feed.url("/feed"), allow_redirects=False, timeout=5).headers["Location"] == "/elsewhere"
    feed.heal("/feed")
    assert session.get(feed.url("/feed"), timeout=5).content == b"<rss/>"


def test_a_drip_gives_everything_in_the_end(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.drip("/", b"0123456789", interval_s=0.02, bytes_each=2)
    began = time.monotonic()
    assert session.get(feed.url(), timeout=5).content == b"0123456789"
    assert time.monotonic() - began >= 0.08


def test_a_stall_gives_nothing(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.stall("/")
    with pytest.raises(requests.ReadTimeout):
        session.get(feed.url(), timeout=0.2)
    feed.stall("/", start=b"<rss>")
    with session.get(feed.url(), timeout=0.2, stream=True) as answer:
        assert answer.raw.read(5) == b"<rss>"
        with pytest.raises(Exception, match="timed out"):
            answer.raw.read(1)
    assert [seen.status for seen in feed.requests] == [0, 200]


def test_an_answer_is_cut_short(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.cut_short("/", b"x" * 500, missing=100)
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="400"):
        session.get(feed.url(), timeout=5)
    feed.cut_short("/", b"x" * 500, missing=100, declared=False)
    assert len(session.get(feed.url(), timeout=5).content) == 400
    feed.hang_up("/")
    with pytest.raises(requests.ConnectionError):
        session.get(feed.url(), timeout=5)


@pytest.mark.parametrize("layers", [1, 2])
def test_a_gzip_bomb_is_small_on_the_wire(feed: LoopbackFeed, session: requests.Session, layers: int) -> None:
    feed.gzip_bomb("/", megabytes=20, layers=layers)
    with session.get(feed.url(), timeout=5, stream=True) as answer:
        packed = answer.raw.read(decode_content=False)
    assert len(packed) < 100_000
    assert answer.headers["Content-Encoding"] == ", ".join(["gzip"] * layers)
    for _ in range(layers):
        packed = gzip.decompress(packed)
    assert len(packed) == 20 << 20


def test_an_endless_body_outlasts_any_cap(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.endless("/")
    with session.get(feed.url(), timeout=5, stream=True) as answer:
        assert len(answer.raw.read(3_000_000)) == 3_000_000


def test_slow_headers_outlast_a_read_timeout(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.slow_headers("/", interval_s=0.05, lines=6)
    began = time.monotonic()
    assert session.get(feed.url(), timeout=0.2).status_code == 200
    assert time.monotonic() - began >= 0.3


def test_the_charset_is_not_the_one_that_is_said(feed: LoopbackFeed, session: requests.Session) -> None:
    feed.wrong_charset("/", "<rss>Ärger</rss>", says="us-ascii", is_in="utf-16")
    answer = session.get(feed.url(), timeout=5)
    assert answer.headers["Content-Type"].endswith("charset=us-ascii")
    assert answer.content.decode("utf-16") == "<rss>Ärger</rss>"


@pytest.mark.parametrize("trouble", ["drip", "stall", "endless", "slow_headers", "idle", "dumb"])
@pytest.mark.parametrize("tls", [None, Tls.VALID])
def test_stopping_ends_whatever_goes_on(trouble: str, tls: Tls | None) -> None:
    """Also a client that connected and said nothing, and one that keeps its connection open."""
    before = set(threading.enumerate())
    with LoopbackFeed(tls=tls) as feed, requests.Session() as session:
        session.trust_env = False
        session.verify = str(feed.roots) if tls else True
        ended = threading.Event()
        feed.publish("/idle", b"<rss/>")
        feed.drip("/drip", b"x" * 10_000, interval_s=0.05)
        feed.stall("/stall")
        feed.endless("/endless")
        feed.slow_headers("/slow_headers")

        def ask() -> None:
            try:
                session.get(feed.url(f"/{trouble}"), timeout=30)
            except requests.RequestException:
                ended.set()

        client = threading.Thread(target=ask)
        if trouble == "dumb":
            connection = socket.create_connection(("127.0.0.1", feed.port))
        else:
            client.start()
            feed.wait_for_requests(1)
        if trouble == "idle":
            client.join(10)  # the answer is read; the session keeps its connection
        began = time.monotonic()
        feed.stop()
        assert time.monotonic() - began < 2
        if trouble == "dumb":
            connection.close()
        else:
            client.join(10)
            assert not client.is_alive()
            if trouble != "slow_headers":  # http.client takes the end of a connection for the end of headers
                assert ended.is_set() == (trouble != "idle")
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize("kind", list(Tls))
def test_only_the_valid_paper_is_trusted(kind: Tls, session: requests.Session) -> None:
    with LoopbackFeed(tls=kind) as feed:
        feed.publish("/", b"<rss/>")
        if kind is Tls.VALID:
            for host in ("127.0.0.1", "localhost"):
                answer = session.get(feed.url(host=host), verify=str(feed.roots), timeout=5)
                assert answer.content == b"<rss/>"
            with pytest.raises(requests.exceptions.SSLError):
                requests.get(feed.url(), timeout=5)
        else:
            why = {
                Tls.WRONG_HOST: "doesn't match|mismatch",
                Tls.EXPIRED: "has expired",
                Tls.NOT_YET: "not yet valid",
                Tls.SELF_SIGNED: "self.signed",
            }[kind]
            with pytest.raises(requests.exceptions.SSLError, match=why):
                session.get(feed.url(), verify=str(feed.roots), timeout=5)
            assert feed.requests == ()
    assert not feed.roots.exists()
