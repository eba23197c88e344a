"""The connections of a test's HTTP server: reading requests, whole answers, conditional requests, hanging up.

What is published, and how a server misbehaves, is said in `tests.servers`, which tests use.
"""

import contextlib
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came, header names in lower case, and the status it was given."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    status: int
    at: float
    """`time.monotonic()` when the request line and the headers had been read."""


@dataclass(frozen=True, slots=True)
class Page:
    body: bytes
    content_type: str
    etag: str | None
    last_modified: datetime | None
    gzipped: bool


Trouble = Callable[["Exchange"], None]


class Register:
    """What all connections of one server share: pages, troubles, and the book of what was asked."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.news = threading.Condition()
        self.pages: dict[str, Page] = {}
        self.troubles: dict[str, Trouble] = {}
        self.requests: list[Seen] = []
        self.errors = 0

    def answer_for(self, path: str) -> tuple[Trouble | None, Page | None]:
        """Give the trouble and the page that stand at a path."""
        with self.news:
            return self.troubles.get(path), self.pages.get(path)

    def write_down(self, seen: Seen) -> None:
        """Add a request."""
        with self.news:
            self.requests.append(seen)
            self.news.notify_all()

    def note_error(self) -> None:
        """Count a connection that ended by an error."""
        with self.news:
            self.errors += 1
            self.news.notify_all()


class Exchange(BaseHTTPRequestHandler):
    """One connection. Its thread belongs to the server, which joins it."""

    protocol_version = "HTTP/1.1"
    server: "Server"
    register: Register

    def setup(self) -> None:
        self.register = self.server.register
        self.server.remember(self.request)
        super().setup()

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        trouble, page = self.register.answer_for(parts.path)
        self._parts, self._at, self._told = parts, time.monotonic(), False
        if trouble is not None:
            trouble(self)
        elif page is None:
            self.whole(404, b"no such page\n", {"Content-Type": "text/plain"})
        else:
            self._page(page)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # Any: the signature of the base class
        """Say nothing: what came is in `LoopbackFeed.requests`."""

    def tell(self, status: int) -> None:
        """Write the request down, once, with the status it gets (0: none was ever sent)."""
        if not self._told:
            self._told = True
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = Seen(self.command, self._parts.path, self._parts.query, headers, status, self._at)
            self.register.write_down(seen)

    def head(self, status: int, headers: dict[str, str]) -> None:
        """Send the status line and the headers."""
        self.tell(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def whole(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Send an answer of known length."""
        if status not in (204, 304):
            headers = headers | {"Content-Length": str(len(body))}
        self.head(status, headers)
        if self.command != "HEAD" and status not in (204, 304):
            self.wfile.write(body)

    def chunk(self, data: bytes) -> None:
        """Send one chunk of a chunked body."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def pause(self, seconds: float | None) -> bool:
        """Wait, without end for None, and say whether the server still stands."""
        return not self.register.stopping.wait(seconds)

    def _page(self, page: Page) -> None:
        validators = {}
        if page.etag is not None:
            validators["ETag"] = page.etag
        if page.last_modified is not None:
            validators["Last-Modified"] = format_datetime(page.last_modified, usegmt=True)
        if self._is_current(page):
            self.whole(304, b"", validators)
            return
        headers = {"Content-Type": page.content_type} | validators
        body = page.body
        if page.gzipped and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.whole(200, body, headers)

    def _is_current(self, page: Page) -> bool:
        """RFC 9110, 13.2.2: If-Modified-Since counts only where there is no If-None-Match."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            held = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return page.etag is not None and ("*" in held or page.etag.removeprefix("W/") in held)
        since = self.headers.get("If-Modified-Since")
        if since is None or page.last_modified is None:
            return False
        try:
            return page.last_modified <= parsedate_to_datetime(since)
        except ValueError:
            return False


class Server(ThreadingHTTPServer):
    daemon_threads = False  # so that server_close joins them
    request_queue_size = 64

    def __init__(self, register: Register, context: ssl.SSLContext | None) -> None:
        self.register = register
        self._context = context
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closing = False
        super().__init__(("127.0.0.1", 0), Exchange)

    def get_request(self) -> tuple[socket.socket, Any]:  # Any: the address, as the base class has it
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._context is not None:
            # The handshake happens at the first read, in the connection's own thread.
            connection = self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def remember(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
            closing = self._closing
        if closing:
            _hang_up(connection)

    def shutdown_request(self, request: Any) -> None:  # Any: the signature of the base class
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up_all(self) -> None:
        with self._lock:
            self._closing = True
            connections = list(self._open)
        for connection in connections:
            _hang_up(connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away or refused our certificate is part of the game."""
        self.register.note_error()


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # Past the TLS layer on purpose: the connection's thread may be inside it.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
