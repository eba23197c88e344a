"""Through a proxy that the traveller chose, and never without it: real proxies, real servers, TLS to the far end."""

import socket
from collections.abc import Iterator
from typing import Any  # what the system's resolver takes and gives

import pytest

from core import fetch
from core.errors import FetchError, InputError
from core.proxy import Proxy, proxy_in
from tests.hostile.asking import DEADLINE_S, source
from tests.hostile.raw import RawServer
from tests.relay import Relay
from tests.servers import LoopbackFeed, Tls

BODY = b"<rss version='2.0'><channel><item/></channel></rss>"
KINDS = pytest.mark.parametrize("kind", ["socks5", "http"])


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed(tls=Tls.VALID) as served:
        served.publish("/feed", BODY)
        yield served


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that this machine's resolver was asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def noted(host: str, *rest: Any, **named: Any) -> Any:
        asked.append(host)
        return real(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    return asked


def through(address: str, url: str, roots: str | None = None, *, from_user: bool = True) -> fetch.Fetched:
    answer = fetch.fetch(source(url, roots=roots, from_user=from_user), deadline_s=DEADLINE_S, proxy=proxy_in(address))
    assert isinstance(answer, fetch.Fetched)
    return answer


def refused(address: str, url: str, roots: str | None = None, *, from_user: bool = True) -> str:
    with pytest.raises(FetchError) as caught:
        through(address, url, roots, from_user=from_user)
    return caught.value.message.id


@KINDS
def test_the_proxy_looks_the_name_up_and_tls_reaches_the_far_end(
    feed: LoopbackFeed, names: list[str], kind: str
) -> None:
    with Relay(kind) as relay:
        answer = through(relay.address(), feed.url("/feed", host="localhost"), str(feed.roots))
        assert answer.data == BODY
        assert relay.asked == [("localhost", feed.port, True)]
    assert set(names) == {"127.0.0.1"}  # the proxy's own address, as it was typed


@KINDS
def test_another_certificate_is_refused_behind_a_proxy_too(feed: LoopbackFeed, kind: str) -> None:
    with Relay(kind) as relay:
        assert refused(relay.address(), feed.url("/feed", host="localhost")) == "certificate-refused"


@KINDS
def test_a_proxy_may_want_words(feed: LoopbackFeed, kind: str) -> None:
    url, roots = feed.url("/feed", host="localhost"), str(feed.roots)
    with Relay(kind, user="someone:a word") as relay:
        assert through(relay.address("someone:a%20word"), url, roots).data == BODY
        assert refused(relay.address("someone:other"), url, roots) == "proxy-refused"
        assert refused(relay.address(), url, roots) == "proxy-refused"


@KINDS
def test_without_the_proxy_nothing_is_asked(feed: LoopbackFeed, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert refused(f"{kind}://127.0.0.1:{port}", feed.url("/feed"), str(feed.roots)) == "proxy-unreachable"
    with Relay(kind, refuses=True) as relay:
        assert refused(relay.address(), feed.url("/feed"), str(feed.roots)) == "proxy-refused"
    assert feed.requests == ()


@KINDS
def test_a_proxy_that_says_nothing_or_nonsense_ends_in_time(feed: LoopbackFeed, kind: str) -> None:
    with RawServer(lambda connection: None) as silent:

        def wait(connection: socket.socket) -> None:
            while silent.pause(0.05):
                pass

        silent.talk = wait
        assert refused(f"{kind}://127.0.0.1:{silent.port}", feed.url("/feed"), str(feed.roots)) == "too-slow"
    for nonsense in (b"", b"\x05", b"HTTP/1.1 banana\r\n\r\n", b"\x04\x5a" + bytes(6), bytes(300)):

        def talk(connection: socket.socket, said: bytes = nonsense) -> None:
            connection.recv(65536)
            connection.sendall(said)

        with RawServer(talk) as odd:
            assert refused(f"{kind}://127.0.0.1:{odd.port}", feed.url("/feed"), str(feed.roots)) == "proxy-refused"


@KINDS
@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "[::1]", "localhost", "router", "nas.local", "x.internal"])
def test_a_bundled_source_leads_nowhere_private_behind_a_proxy_either(kind: str, host: str) -> None:
    with Relay(kind) as relay:
        assert refused(relay.address(), f"https://{host}:9/feed", from_user=False) == "address-more-private"
        assert relay.asked == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("none", None),
        (" ", None),
        ("tor", Proxy("socks5", "127.0.0.1", 9050)),
        ("Tor", Proxy("socks5", "127.0.0.1", 9050)),
        ("socks5://proxy.example.org", Proxy("socks5", "proxy.example.org", 1080)),
        ("socks5h://[::1]:99/", Proxy("socks5", "::1", 99)),
        ("http://a:b%40@10.0.0.1:3128", Proxy("http", "10.0.0.1", 3128, "a", "b@")),
    ],
)
def test_how_a_proxy_is_written(text: str, expected: Proxy | None) -> None:
    assert proxy_in(text) == expected


def test_the_words_that_open_a_proxy_are_not_shown() -> None:
    found = proxy_in("socks5://canary:canary@[::1]:99")
    assert str(found) == "socks5://[::1]:99"
    assert "canary" not in repr(found)


@pytest.mark.parametrize(
    "text",
    ["x", "ftp://a:1", "https://a:1", "socks5://", "socks5://a:99999", "http://a:1/path", "http://a b:1", "a:80"],
)
def test_what_is_no_proxy_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="proxy-unreadable"):
        proxy_in(text)
