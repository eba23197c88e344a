"""Real HTTP and HTTPS servers on 127.0.0.1, for tests: pages that a test publishes, and all their troubles.

    with LoopbackFeed() as feed:
        feed.publish("/feed", embassy_feed([ALERT_1]))
        feed.drip("/slow", b"<rss>", interval_s=0.05)
        ...feed.url("/feed")...
    assert [seen.status for seen in feed.requests] == [200]

A page has an entity tag and a date and answers conditional requests (RFC 9110, section 13). A trouble set
for a path stands before its page until `heal`. Leaving the context ends every connection, also one in the
middle of a drip, and joins every thread. It never reaches further than the loopback.
"""

import gzip
import hashlib
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Self

from tests.certificates import Papers, Tls, issue
from tests.loopback import Exchange, Page, Register, Seen, Server, Trouble

__all__ = ["LoopbackFeed", "Seen", "Tls"]

_RSS = "application/rss+xml; charset=UTF-8"
_SOME_DAY = datetime(2026, 3, 3, 5, 10, tzinfo=UTC)


@lru_cache(maxsize=4)
def _bomb(megabytes: int, layers: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    block = bytes(1 << 20)
    data = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data, mtime=0)
    return data


class LoopbackFeed:
    """A server at a free port. Give `tls` for HTTPS; `roots` is then the PEM file a client would trust."""

    def __init__(self, *, tls: Tls | None = None) -> None:
        self._papers: Papers | None = issue(tls) if tls is not None else None
        self._register = Register()
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self._port = 0

    def __enter__(self) -> Self:
        self._server = Server(self._register, self._papers.context if self._papers else None)
        self._port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name=f"feed {self._port}"
        )
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End every connection and thread. What was asked can still be read. May be called twice.

        Before the end of the context it is a server that went away: connections are then refused.
        """
        if self._server is None or self._thread is None:
            return
        self._register.stopping.set()
        self._server.shutdown()
        self._server.hang_up_all()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None
        if self._papers is not None:
            self._papers.roots.unlink(missing_ok=True)

    @property
    def roots(self) -> Path:
        """The PEM file of the authority that signed (or, self-signed, did not sign) this server's paper."""
        if self._papers is None:
            raise ValueError("this feed speaks plain http")
        return self._papers.roots

    @property
    def port(self) -> int:
        """The port, also after the stop."""
        return self._port

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        """Give the address of a path. `host` may be `localhost`: the valid paper holds for both."""
        return f"{'https' if self._papers else 'http'}://{host}:{self._port}{path}"

    @property
    def requests(self) -> tuple[Seen, ...]:
        """What was asked so far, the oldest first."""
        with self._register.news:
            return tuple(self._register.requests)

    @property
    def errors(self) -> int:
        """How many connections ended by an error: a refused handshake, a client that hung up."""
        with self._register.news:
            return self._register.errors

    def wait_for_requests(self, count: int, *, path: str | None = None, within_s: float = 10) -> tuple[Seen, ...]:
        """Wait until `count` requests (for `path`) have come, and give them; else TimeoutError."""

        def matching() -> tuple[Seen, ...]:
            return tuple(seen for seen in self._register.requests if path in (None, seen.path))

        with self._register.news:
            if not self._register.news.wait_for(lambda: len(matching()) >= count, within_s):
                raise TimeoutError(f"{len(matching())} of {count} requests for {path or 'any path'} in {within_s} s")
            return matching()

    def publish(
        self,
        path: str,
        body: bytes,
        content_type: str = _RSS,
        *,
        etag: bool = True,
        last_modified: datetime | None = _SOME_DAY,
        gzipped: bool = False,
    ) -> None:
        """Put a page at a path, in place of the one before. The tag follows the bytes.

        `last_modified` does not move by itself: hand it in when a test is about it.
        """
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if etag else None
        with self._register.news:
            self._register.pages[path] = Page(body, content_type, tag, last_modified, gzipped)

    def withdraw(self, path: str) -> None:
        """Take the page away: 404 from now on."""
        with self._register.news:
            self._register.pages.pop(path, None)

    def heal(self, path: str) -> None:
        """End the trouble at this path."""
        with self._register.news:
            self._register.troubles.pop(path, None)

    def status(self, path: str, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer with a bare status: 503, 204, or a 304 that no validator asked for.

        Header names are given with underscores: `Retry_After="315360000"`.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._trouble(path, lambda exchange: exchange.whole(status, body, named))

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Send the client elsewhere; to itself (a loop), inward, or to another scheme."""
        self.status(path, status, Location=to)

    def serve(self, path: str, body: bytes, content_type: str) -> None:
        """Answer 200 with this instead of the page: a captive portal, a wrong charset in `content_type`."""
        self.status(path, 200, body, Content_Type=content_type)

    def wrong_charset(self, path: str, text: str, *, says: str = "us-ascii", is_in: str = "utf-16") -> None:
        """Say one charset and send another."""
        self.serve(path, text.encode(is_in), f"application/rss+xml; charset={says}")

    def drip(self, path: str, body: bytes, *, interval_s: float = 0.05, bytes_each: int = 1) -> None:
        """Send the whole body, so many bytes an interval. The Content-Length is right."""

        def trouble(exchange: Exchange) -> None:
            exchange.head(200, {"Content-Type": _RSS, "Content-Length": str(len(body))})
            for start in range(0, len(body), bytes_each):
                exchange.wfile.write(body[start : start + bytes_each])
                if not exchange.pause(interval_s):
                    return

        self._trouble(path, trouble)

    def stall(self, path: str, *, start: bytes | None = None) -> None:
        """Read the request and never answer; with `start`, send the headers and these bytes first."""

        def trouble(exchange: Exchange) -> None:
            if start is None:
                exchange.tell(0)
            else:
                exchange.head(200, {"Content-Type": _RSS, "Content-Length": str(len(start) + 1000)})
                exchange.wfile.write(start)
            exchange.pause(None)

        self._trouble(path, trouble)

    def hang_up(self, path: str) -> None:
        """Read the request and close the connection without a word."""

        def trouble(exchange: Exchange) -> None:
            exchange.tell(0)
            exchange.close_connection = True

        self._trouble(path, trouble)

    def cut_short(self, path: str, body: bytes, *, missing: int = 100, declared: bool = True) -> None:
        """Close after all but `missing` bytes. `declared`: a Content-Length tells; else nothing does."""

        def trouble(exchange: Exchange) -> None:
            length = {"Content-Length": str(len(body))} if declared else {"Connection": "close"}
            exchange.head(200, {"Content-Type": _RSS} | length)
            exchange.wfile.write(body[: max(0, len(body) - missing)])
            exchange.close_connection = True

        self._trouble(path, trouble)

    def gzip_bomb(self, path: str, *, megabytes: int = 200, layers: int = 1) -> None:
        """Send about a thousandth of `megabytes`, which unpacks to them; `layers` of gzip, all declared."""

        def trouble(exchange: Exchange) -> None:
            encodings = ", ".join(["gzip"] * layers)
            exchange.whole(200, _bomb(megabytes, layers), {"Content-Type": _RSS, "Content-Encoding": encodings})

        self._trouble(path, trouble)

    def endless(self, path: str, *, start: bytes = b"<rss version='2.0'><channel>", more: bytes = b"<item/>") -> None:
        """Send `start`, then `more` without end and as fast as it is read."""

        def trouble(exchange: Exchange) -> None:
            exchange.head(200, {"Content-Type": _RSS, "Transfer-Encoding": "chunked"})
            exchange.chunk(start)
            block = more * (65536 // len(more) + 1)
            while exchange.pause(0):
                exchange.chunk(block)

        self._trouble(path, trouble)

    def slow_headers(self, path: str, *, interval_s: float = 0.05, lines: int | None = None) -> None:
        """Send a header line an interval: `lines` of them and then an empty body, or (None) without end."""

        def trouble(exchange: Exchange) -> None:
            exchange.tell(200)
            exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n")
            for number in _count(lines):
                exchange.wfile.write(b"X-Slow-%d: yes\r\n" % number)
                if not exchange.pause(interval_s):
                    return
            exchange.wfile.write(b"\r\n")

        self._trouble(path, trouble)

    def _trouble(self, path: str, trouble: Trouble) -> None:
        with self._register.news:
            self._register.troubles[path] = trouble


def _count(lines: int | None) -> Iterator[int]:
    number = 0
    while lines is None or number < lines:
        yield number
        number += 1
