"""Where a fetch may go and whom it trusts: redirects, addresses, certificates; the environment counts for nothing."""

import contextlib
import gzip
import logging
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import fetch
from core.connect import privacy
from core.errors import FetchError
from tests.hostile.asking import DEADLINE_S, asked, refusal, source
from tests.hostile.raw import RawServer, deaf_port, saying
from tests.profiles import ROOT
from tests.servers import LoopbackFeed, Tls

BODY = b"<rss version='2.0'><channel><item/></channel></rss>"
OTHER_THAN_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a listening queue as Linux has it")


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed() as served:
        served.publish("/page", BODY)
        yield served


@pytest.fixture
def secure() -> Iterator[LoopbackFeed]:
    with LoopbackFeed(tls=Tls.VALID) as served:
        served.publish("/page", BODY)
        yield served


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed(feed: LoopbackFeed, status: int) -> None:
    feed.redirect("/", "/page", status)
    answer = asked(feed.url())
    assert isinstance(answer, fetch.Fetched)
    assert (answer.data, answer.url) == (BODY, feed.url("/page"))


def test_a_loop_ends(feed: LoopbackFeed) -> None:
    feed.redirect("/", "/")
    assert refusal(feed.url()).message.id == "too-many-redirects"
    assert len(feed.requests) == fetch.MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/feed",
        "data:text/xml,<rss/>",
        "gopher://127.0.0.1/",
        "https://127.0.0.1/",
        "http://127.0.0.1:1/",
        "http://localhost:{port}/page",
        "http://[::1]:{port}/page",
        "http://user@127.0.0.1:{port}/page",
        "http://169.254.169.254/latest",
        "//elsewhere.example.org/",
        "http://[bad",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:{port}x/",
        "",
    ],
)
def test_a_redirect_to_elsewhere_is_refused(feed: LoopbackFeed, to: str) -> None:
    feed.redirect("/", to.format(port=feed.port))
    assert refusal(feed.url()).message.id == "redirect-refused"
    assert len(feed.requests) == 1


def test_a_redirect_from_https_never_leaves_it(secure: LoopbackFeed, feed: LoopbackFeed) -> None:
    """Down to plain http, or from this machine to another port of it."""
    with LoopbackFeed(tls=Tls.VALID) as other:
        other.publish("/page", BODY)
        for to in (feed.url("/page"), other.url("/page"), secure.url("/page", host="localhost")):
            secure.redirect("/", to)
            assert refusal(secure.url(), roots=str(secure.roots)).message.id == "redirect-refused"
        assert (feed.requests, other.requests) == ((), ())
    secure.redirect("/", "/page")
    assert getattr(asked(secure.url(), roots=str(secure.roots)), "data", None) == BODY


def test_a_bundled_source_never_speaks_to_this_machine(secure: LoopbackFeed) -> None:
    """Whatever its name resolves to; nothing is even connected."""
    with RawServer(saying()) as server:
        url = server.url("https")
        assert refusal(url, from_user=False).message.id == "address-more-private"
        assert refusal(url.replace("127.0.0.1", "localhost"), from_user=False).message.id == "address-more-private"
        time.sleep(0)
    assert server.connections == 0
    assert refusal(secure.url("/page"), roots=str(secure.roots), from_user=False).message.id == "address-more-private"
    assert (secure.requests, secure.errors) == ((), 0)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        *[(public, 0) for public in ("8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")],
        *[(near, 1) for near in ("10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1")],
        *[(near, 1) for near in ("fe80::1%eth0", "fd00::1", "fec0::1", "::ffff:10.0.0.1", "64:ff9b::a00:1")],
        *[(near, 1) for near in ("2002:c0a8:101::1", "255.255.255.255")],
        *[(here, 2) for here in ("127.0.0.1", "127.9.9.9", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1")],
        *[(here, 2) for here in ("64:ff9b::7f00:1", "2002:7f00:1::")],
    ],
)
def test_how_private_an_address_is(address: str, expected: int) -> None:
    assert privacy(address) == expected


@pytest.mark.parametrize("kind", list(Tls))
def test_only_the_valid_paper_is_trusted(kind: Tls) -> None:
    with LoopbackFeed(tls=kind) as served:
        served.publish("/", BODY)
        if kind is Tls.VALID:
            assert getattr(asked(served.url(), roots=str(served.roots)), "data", None) == BODY
            assert getattr(asked(served.url(host="localhost"), roots=str(served.roots)), "data", None) == BODY
        else:
            assert refusal(served.url(), roots=str(served.roots)).message.id == "certificate-refused"
        seen = len(served.requests)
        # Without its roots it is unknown to everybody, whatever is wrong with it besides.
        assert refusal(served.url()).message.id == "certificate-refused"
        assert len(served.requests) == seen


def test_roots_hold_for_their_source_alone_and_must_be_readable(secure: LoopbackFeed, tmp_path: Path) -> None:
    assert refusal(secure.url("/page"), roots=str(tmp_path / "none.pem")).message.id == "roots-unreadable"
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate", encoding="utf-8")
    assert refusal(secure.url("/page"), roots=str(broken)).message.id == "roots-unreadable"
    assert secure.requests == ()


def test_plain_http_where_tls_is_wanted_and_the_other_way_round(secure: LoopbackFeed, feed: LoopbackFeed) -> None:
    assert refusal(feed.url("/page").replace("http:", "https:")).message.id == "not-secure"
    assert refusal(secure.url("/page").replace("https:", "http:")).message.id in {"no-connection", "answer-cut"}


@pytest.mark.parametrize("says", [b"", b"\x16\x03\x03\x00\x10", b"\x15\x03\x03\x00\x02\x02\x28"])
def test_a_connection_closed_in_the_handshake_is_no_answer(says: bytes) -> None:
    with RawServer(saying(says)) as server:
        assert refusal(server.url("https")).message.id in {"no-connection", "not-secure"}


def test_a_handshake_that_never_ends_ends_with_the_deadline() -> None:
    with RawServer(lambda connection: None) as server:

        def talk(connection: socket.socket) -> None:
            server.pause(5)

        server.talk = talk
        assert refusal(server.url("https")).message.id == "too-slow"


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/").message.id == "no-connection"
    assert refusal("https://no-such-host.invalid/").message.id in {"no-connection", "too-slow"}


@OTHER_THAN_LINUX
def test_addresses_that_never_answer_share_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with many dead addresses may not take a deadline for each."""
    real = socket.getaddrinfo

    def many(host: str, port: int, *rest: int) -> list[tuple[object, ...]]:
        if host != "many.example.org":
            return list(real(host, port, *rest))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"127.0.0.{last}", port)) for last in range(1, 9)]

    monkeypatch.setattr(socket, "getaddrinfo", many)
    with deaf_port() as port:
        assert refusal(f"http://127.0.0.1:{port}/").message.id == "too-slow"
        assert refusal(f"http://many.example.org:{port}/").message.id in {"too-slow", "no-connection"}
    with LoopbackFeed() as served:
        served.publish("/", BODY)
        # The server listens on the first of the addresses alone; a dead one before it costs its share only.
        assert getattr(asked(f"http://many.example.org:{served.port}/"), "data", None) == BODY


def test_a_resolver_that_is_silent_ends_with_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def silent(*arguments: object) -> None:
        released.wait(10)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    try:
        assert refusal("https://slow.example.org/").message.id == "no-network"
    finally:
        released.set()


def test_the_environment_counts_for_nothing(
    secure: LoopbackFeed, feed: LoopbackFeed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxies, netrc, other roots and key logs: none is looked at."""
    with RawServer(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy")) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login canary password canary\n", encoding="utf-8")
        netrc.chmod(0o600)
        keys = tmp_path / "keys.log"
        monkeypatch.setenv("NETRC", str(netrc))
        monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
        assert getattr(asked(feed.url("/page")), "data", None) == BODY
        assert getattr(asked(secure.url("/page"), roots=str(secure.roots)), "data", None) == BODY
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
            monkeypatch.setenv(name, str(secure.roots))
        assert refusal(secure.url("/page")).message.id == "certificate-refused"
    assert proxy.connections == 0
    assert not keys.exists()
    sent = [seen.headers for seen in (*feed.requests, *secure.requests)]
    assert all("authorization" not in headers and "cookie" not in headers for headers in sent)
    assert sent[0]["user-agent"] == fetch.AGENT


_CHILD = """
import pathlib, resource, sys
from tests.hostile.asking import source
from core import fetch
from core.errors import FetchError
for url in sys.argv[1:]:
    try:
        fetch.fetch(source(url), deadline_s=5)
    except FetchError as error:
        print(error.message.id)
    else:
        print("believed")
# Not `ru_maxrss`: that one still knows how large the process was that started this one.
status = pathlib.Path("/proc/self/status").read_text() if sys.platform == "linux" else ""
print(status.split("VmHWM:")[1].split()[0] if status else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_is_bounded_whatever_is_sent(feed: LoopbackFeed) -> None:
    feed.gzip_bomb("/bomb", megabytes=200)
    feed.endless("/endless")
    feed.publish("/large", bytes(fetch.MAX_BYTES), gzipped=True)
    bomb = gzip.compress(bytes(400_000_000), 1)
    feed.status("/moved", 302, bomb, Location="/endless", Content_Encoding="gzip")
    feed.status("/refused", 500, bomb, Content_Encoding="gzip")
    urls = [feed.url(path) for path in ("/bomb", "/endless", "/large", "/moved", "/refused")]
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *urls], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.stderr == ""
    *said, peak = done.stdout.split()
    assert said == ["too-large", "too-large", "believed", "too-large", "refused"]
    assert int(peak) * (1 if sys.platform == "linux" else 1 / 1024) < 300_000


@pytest.fixture
def _quiet_libraries() -> Iterator[None]:
    """As the command line has it: what these libraries log holds addresses."""
    chatty = logging.getLogger("urllib3")
    before = chatty.level
    chatty.setLevel(logging.CRITICAL)
    yield
    chatty.setLevel(before)


@pytest.mark.usefixtures("_quiet_libraries")
def test_garbage_is_an_error_of_ours_and_never_a_crash() -> None:
    """Answers broken at random: each ends as an answer or as a `FetchError`, and in time."""
    chance = random.Random(random.randrange(2**32))
    whole = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Encoding: gzip\r\nRetry-After: 5\r\n"
        b"Transfer-Encoding: chunked\r\nLocation: /x\r\nSet-Cookie: a=b\r\n\r\n5\r\n<rss>\r\n0\r\n\r\n"
    )
    pieces = [b"HTTP/1.1 302 Found\r\n", b"HTTP/1.1 304\r\n", b"\x00", b"\xff" * 9, b"\r\n", b"Content-Length: 3\r\n"]
    with RawServer(saying()) as server:
        for _ in range(60):
            broken = bytearray(whole)
            for _ in range(chance.randrange(1, 5)):
                at = chance.randrange(len(broken))
                broken[at : at + chance.choice((0, 1, 9, 40))] = chance.choice((*pieces, chance.randbytes(3)))
            server.talk = saying(bytes(broken))
            began = time.monotonic()
            with contextlib.suppress(FetchError):
                fetch.fetch(source(server.url()), deadline_s=DEADLINE_S)
            assert time.monotonic() - began < DEADLINE_S + 1
