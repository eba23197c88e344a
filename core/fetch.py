"""An address in, `Fetched` or `NotModified` out: bounded in time and size, and true to where it was sent.

The whole answer has one deadline, whatever the server does with it: a watch on the connection ends it from
outside. Wire and unpacked bytes are counted apart. Redirects are followed by hand, at most five, never to
another scheme and never to a more private address. The environment (proxies, netrc, certificates, key logs)
counts for nothing.
"""

import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any  # requests and urllib3 hand untyped keyword arguments through their hooks
from urllib.parse import urljoin, urlsplit

import certifi
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from core.errors import FetchError
from core.model import Source
from core.times import stamp

AGENT = "SafeConduct/0.1"
MAX_WIRE_BYTES = 10_000_000
MAX_BYTES = 40_000_000
MAX_REDIRECTS = 5
DEADLINE_S = 30.0
_PIECE = 65_536
_ACCEPT = "application/rss+xml, application/atom+xml, application/json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer: its bytes unpacked, where it came from in the end, and the validators it offers."""

    data: bytes
    url: str
    content_type: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that what we hold is current; only ever the answer to a request with a validator."""


class _Watch:
    """Ends connections when the deadline comes, even in a handshake or between two bytes of a header."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.over = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.name = "fetch-deadline"
        self._timer.daemon = True

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for held in self._sockets:
                held.close()
            self._sockets.clear()
        self._timer.join(1)

    def add(self, connected: socket.socket) -> None:
        """Watch a connection through a second descriptor of it: TLS takes the first one over."""
        with self._lock:
            self._sockets.append(connected.dup())
        if self.over:
            self._end()

    def left(self) -> float:
        return max(0.05, self.ends - time.monotonic())

    def _end(self) -> None:
        self.over = True
        with self._lock:
            for held in self._sockets:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


def privacy(address: str) -> int:
    """How private an IP address is: 0 the whole network, 1 a local network, 2 this machine."""
    found = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback or found.is_unspecified:
        return 2
    return 0 if found.is_global else 1


@dataclass
class _Limits:
    """What the connections of one fetch must keep to: the watch, and how private a peer may be (None: as it is)."""

    watch: _Watch
    most_private: int | None
    seen_private: int = 0

    def admit(self, connected: socket.socket) -> None:
        self.watch.add(connected)
        peer = privacy(connected.getpeername()[0])
        if self.most_private is not None and peer > self.most_private:
            connected.close()
            raise FetchError("address-more-private")
        self.seen_private = peer


class _Adapter(HTTPAdapter):
    """Connections that are watched and whose peer is looked at; TLS with our roots and nothing from outside."""

    def __init__(self, limits: _Limits, context: ssl.SSLContext) -> None:
        self._limits = limits
        self._context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        limits = self._limits

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                self.timeout = limits.watch.left()
                connected = super()._new_conn()
                limits.admit(connected)
                return connected

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                self.timeout = limits.watch.left()
                connected = super()._new_conn()
                limits.admit(connected)
                return connected

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        manager = urllib3.PoolManager(*args, **{**kwargs, "ssl_context": self._context})
        manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
        self.poolmanager = manager

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: bool | str, cert: Any = None
    ) -> Any:
        """Requests would add its own roots to our context here; the context alone decides."""
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        kept = {name: value for name, value in pool.items() if name not in {"ca_certs", "ca_cert_dir"}}
        return host, {**kept, "cert_reqs": "CERT_REQUIRED", "ssl_context": self._context}

    def cert_verify(self, conn: Any, url: str, verify: bool | str, cert: Any) -> None:
        """Nothing to add: see `build_connection_pool_key_attributes`."""


def _trusting(source: Source) -> ssl.SSLContext:
    """A context that trusts the shipped roots, or a source's own file alone; it writes no key log."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(source.roots or certifi.where())
    except OSError as error:
        raise FetchError("roots-unreadable") from error
    return context


def fetch(
    source: Source,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    deadline_s: float = DEADLINE_S,
) -> Fetched | NotModified:
    """Ask a source once, conditionally where validators are given. FetchError: no answer that can be used."""
    with _Watch(deadline_s) as watch:
        limits = _Limits(watch, None if source.from_user else 0)
        session = requests.Session()
        session.trust_env = False
        session.mount("https://", _Adapter(limits, _trusting(source)))
        session.mount("http://", _Adapter(limits, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)))
        headers = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        with session:
            try:
                return _follow(session, source.url, headers, limits, conditional=bool(etag or last_modified))
            except FetchError:
                raise
            except requests.exceptions.SSLError as error:
                raise FetchError("too-slow" if watch.over else "certificate-refused") from error
            except (requests.exceptions.Timeout, TimeoutError) as error:
                raise FetchError("too-slow") from error
            except requests.exceptions.ConnectionError as error:
                raise _connection_fault(error, over=watch.over) from error
            except (
                requests.exceptions.RequestException,
                urllib3.exceptions.HTTPError,
                OSError,
                ValueError,
            ) as error:
                raise FetchError("too-slow" if watch.over else "answer-cut") from error


def _connection_fault(error: Exception, *, over: bool) -> FetchError:
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, FetchError):
            return at
        reason = getattr(at, "reason", None) or next((arg for arg in at.args if isinstance(arg, BaseException)), None)
        at = at.__cause__ or at.__context__ or (reason if isinstance(reason, BaseException) else None)
    return FetchError("too-slow" if over else "no-connection")


def _follow(
    session: requests.Session, url: str, headers: dict[str, str], limits: _Limits, *, conditional: bool
) -> Fetched | NotModified:
    for _ in range(MAX_REDIRECTS + 1):
        with session.get(
            url, headers=headers, stream=True, allow_redirects=False, timeout=limits.watch.left()
        ) as answer:
            if answer.status_code in {301, 302, 303, 307, 308}:
                url = _redirected(url, answer.headers.get("Location", ""))
                limits.most_private = limits.seen_private
                continue
            return _answered(answer, url, limits.watch, conditional=conditional)
    raise FetchError("too-many-redirects")


def _redirected(url: str, location: str) -> str:
    """Where a redirect may lead: the same scheme, and from a loopback address only to itself."""
    try:
        target = urljoin(url, location)
        here, there = urlsplit(url), urlsplit(target)
        moved = (here.hostname, here.port) != (there.hostname, there.port)
    except ValueError as error:
        raise FetchError("redirect-refused") from error
    if not location or here.scheme != there.scheme or not there.hostname or "@" in there.netloc:
        raise FetchError("redirect-refused")
    if here.scheme == "http" and moved:
        raise FetchError("redirect-refused")
    return target


def _answered(answer: requests.Response, url: str, watch: _Watch, *, conditional: bool) -> Fetched | NotModified:
    status = answer.status_code
    if status == 304:
        if conditional:
            return NotModified()
        raise FetchError("unasked-not-modified")
    if status != 200:
        raise FetchError("refused", retry_after_seconds=_retry_after(answer), status=status)
    data = _body(answer, watch)
    return Fetched(
        data,
        url,
        answer.headers.get("Content-Type", "")[:200],
        (answer.headers.get("ETag") or "")[:500] or None,
        (answer.headers.get("Last-Modified") or "")[:100] or None,
    )


def _retry_after(answer: requests.Response) -> int | None:
    """`Retry-After` in seconds (RFC 9110, 10.2.3), a day at most."""
    from datetime import UTC, datetime

    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return min(int(asked[:9]), 86_400)
    now = datetime.now(UTC)
    found = stamp(asked, now)
    return min(max(0, round((found.at - now).total_seconds())), 86_400) if found else None


def _body(answer: requests.Response, watch: _Watch) -> bytes:
    """The bytes of an answer, unpacked here so that both sizes are counted; one gzip layer at most."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"identity", "", "gzip", "x-gzip"}:
        raise FetchError("encoding-unknown")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    out = bytearray()
    wire = 0
    while True:
        piece = answer.raw.read(_PIECE, decode_content=False)
        if watch.over or time.monotonic() > watch.ends:
            raise FetchError("too-slow")
        if not piece:
            break
        wire += len(piece)
        if unpack is None:
            out += piece
        else:
            try:
                out += unpack.decompress(piece, MAX_BYTES + 1 - len(out))
            except zlib.error as error:
                raise FetchError("answer-cut") from error
        if wire > MAX_WIRE_BYTES or len(out) > MAX_BYTES:
            raise FetchError("too-large")
    if unpack is not None and not unpack.eof:
        raise FetchError("answer-cut")
    return bytes(out)
