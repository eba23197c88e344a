"""Connections for one fetch: watched by a deadline, to peers that may be spoken to, trusted by the shipped roots.

A name is looked up and each of its addresses is tried within the deadline; an address that is more private than
it may be is never spoken to. Answers whose headers were cut are none. This room knows no source and follows no
redirect; `core.fetch` does.
"""

import errno
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, cast  # requests and urllib3 hand untyped keyword arguments through their hooks

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.connection import create_connection

from core.errors import FetchError
from core.proxy import Proxy, tunnel

# Where a connection fails so, there is no way to there; whether to anywhere, `has_route` says.
_NO_WAY = {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH}
# Addresses that nobody has (RFC 5737, RFC 3849).
_NOBODY = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Watch:
    """Ends connections when the deadline comes, even in a handshake or between two bytes of a header."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds
        self.over = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.name = "fetch-deadline"
        self._timer.daemon = True

    def __enter__(self) -> "Watch":
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
        """Seconds until the deadline, a twentieth at least: what is late is ended, not waited for without end."""
        return max(0.05, self.ends - time.monotonic())

    def is_over(self) -> bool:
        """Whether the deadline has come."""
        return self.over or time.monotonic() >= self.ends

    def _end(self) -> None:
        self.over = True
        with self._lock:
            for held in self._sockets:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


def privacy(address: str) -> int:
    """How private an IP address is: 0 the whole network, 1 a local network, 2 this machine.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is as private as that.
    """
    found = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return privacy(str(inner))
        if found.is_site_local:
            return 1
    if found.is_loopback or found.is_unspecified:
        return 2
    return 0 if found.is_global else 1


def privacy_of_name(host: str) -> int:
    """How private a host is by its name alone, as `privacy` counts: an address, this machine, a local network."""
    with suppress(ValueError):
        return privacy(host)
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return 2
    # RFC 6762, RFC 8375, and what ICANN has set aside; a name without a dot is of the network on the spot.
    return 1 if "." not in name or name.endswith((".local", ".internal", ".home.arpa", ".lan")) else 0


def has_route() -> bool:
    """Whether this machine knows a way out. Nothing is sent: such a socket only looks the way up."""
    for family, address in _NOBODY:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as looking:
            looking.connect((address, 9))
            return True
    return False


@dataclass
class Limits:
    """What the connections of one fetch must keep to.

    The watch; how private a peer may be (None: as it is); the proxy that they go through, if any.
    """

    watch: Watch
    most_private: int | None
    proxy: Proxy | None = None
    seen_private: int = 0

    def connect(self, host: str, port: int, options: Any) -> socket.socket:
        """A connection to a host, through the proxy where there is one.

        Behind a proxy nobody here sees a peer's address: what the name itself says has to do.
        """
        if self.proxy is None:
            return self._direct(host, port, options, self.most_private)
        named = privacy_of_name(host)
        if self.most_private is not None and named > self.most_private:
            raise FetchError("address-more-private")
        try:
            found = tunnel(self.proxy, host, port, lambda to, at: self._direct(to, at, options, None))
        except FetchError as error:
            if self.watch.is_over():
                raise FetchError("too-slow") from error
            raise
        found.settimeout(self.watch.left())
        self.seen_private = named
        return found

    def _direct(self, host: str, port: int, options: Any, most_private: int | None) -> socket.socket:
        """A connection to the first address of a host that answers, each with its share of the time left."""
        found = self._resolved(host, port)
        allowed = [one for one in found if most_private is None or privacy(one) <= most_private]
        if found and not allowed:
            raise FetchError("address-more-private")
        fault: OSError | None = None
        for index, address in enumerate(allowed):
            if self.watch.is_over():
                break
            share = self.watch.left() / (len(allowed) - index)
            try:
                connected = create_connection((address, port), share, socket_options=options)
            except OSError as error:
                fault = error
                continue
            connected.settimeout(self.watch.left())
            self.watch.add(connected)
            self.seen_private = privacy(connected.getpeername()[0])
            return connected
        if fault is not None and fault.errno in _NO_WAY and not has_route():
            raise FetchError("no-network") from fault
        raise FetchError("too-slow" if self.watch.is_over() else "no-connection") from fault

    def _resolved(self, host: str, port: int) -> list[str]:
        """The addresses of a name. The system's resolver knows no deadline, so it is asked on a thread of its own."""
        answer: list[list[str]] = []
        faults: list[OSError] = []

        def ask() -> None:
            try:
                found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
                answer.append(list(dict.fromkeys(cast(str, row[4][0]) for row in found)))
            except UnicodeError:
                return
            except OSError as error:
                faults.append(error)

        asking = threading.Thread(target=ask, name="resolve", daemon=True)
        asking.start()
        asking.join(self.watch.left())
        is_silent = asking.is_alive() and not answer
        if is_silent or (faults and (faults[0].errno == socket.EAI_AGAIN or not has_route())):
            # Nobody could be asked for the name. Where others can be reached all the same, `core.check` sees it.
            raise FetchError("no-network") from (faults[0] if faults else None)
        if not answer:
            raise FetchError("too-slow" if self.watch.is_over() else "no-connection")
        return answer[0]


class _Lines:
    """The stream of an answer while its headers are read; remembers the last line."""

    def __init__(self, under: Any) -> None:
        self.under = under
        self.last = b""

    def readline(self, limit: int = -1) -> bytes:
        """The next line."""
        self.last = self.under.readline(limit)
        return self.last

    def close(self) -> None:
        """Close the stream."""
        self.under.close()


class _Answer(http.client.HTTPResponse):
    """http.client takes a connection that is closed inside the headers for the end of the headers. It is a cut."""

    fp: Any
    headers: Any  # None until they were read

    def begin(self) -> None:
        """Read the status and the headers, to the empty line that ends them."""
        if self.headers is not None:
            return
        lines = _Lines(self.fp)
        self.fp = lines
        try:
            super().begin()
        finally:
            if self.fp is lines:
                self.fp = lines.under
        if not lines.last:
            raise http.client.RemoteDisconnected("closed before the headers ended")


class Adapter(HTTPAdapter):
    """Connections that are watched and whose peer is looked at; TLS with our roots and nothing from outside."""

    def __init__(self, limits: Limits, context: ssl.SSLContext) -> None:
        self._limits = limits
        self._context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """A manager whose connections are ours."""
        limits = self._limits

        class Plain(HTTPConnection):
            response_class = _Answer

            def _new_conn(self) -> socket.socket:
                return limits.connect(self._dns_host, self.port, self.socket_options)

        class Secure(HTTPSConnection):
            response_class = _Answer

            def _new_conn(self) -> socket.socket:
                return limits.connect(self._dns_host, self.port, self.socket_options)

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
