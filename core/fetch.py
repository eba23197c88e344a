"""An address in, `Fetched` or `NotModified` out: bounded in time and size, and true to where it was sent.

The whole answer has one deadline, whatever the server does with it: a watch on the connection ends it from
outside (`core.connect`). Wire and unpacked bytes are counted apart. Redirects are followed by hand, at most five,
never to another scheme and never to a more private address. The only proxy is the one that is handed in; the
environment (proxies, netrc, certificates, key logs) counts for nothing.
"""

import re
import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

import certifi
import requests
import urllib3

from core.connect import Adapter, Limits, Watch
from core.errors import FetchError
from core.model import Source
from core.proxy import Proxy
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
    """A whole answer: its bytes unpacked, where it came from in the end, and the validators it offers.

    `max_age_s`: for how long the server says that it holds; `moved_to`: where it came from, if nothing but redirects
    for good led there.
    """

    data: bytes
    url: str
    content_type: str
    etag: str | None
    last_modified: str | None
    max_age_s: int = 0
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that what we hold is current; only ever the answer to a request with a validator."""

    max_age_s: int = 0
    moved_to: str | None = None


@dataclass(slots=True)
class Meter:
    """Bytes received by a fetch, headers too, before unpacking and without TLS."""

    received: int = 0

    @contextmanager
    def counting(self, answer: requests.Response) -> Iterator[None]:
        """Count an answer when it was read, however far."""
        try:
            yield
        finally:
            self.received += sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
            self.received += answer.raw.tell()


class _Session(requests.Session):
    """Requests looks where a redirect leads even when it must not follow: it would read and unpack the whole answer."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere: `_follow` looks itself."""


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
    proxy: Proxy | None = None,
    meter: Meter | None = None,
) -> Fetched | NotModified:
    """Ask a source once, conditionally where validators are given. FetchError: no answer that can be used.

    `meter` counts what came, whatever came of it.
    """
    with Watch(deadline_s) as watch:
        limits = Limits(watch, None if source.from_user else 0, proxy)
        session = _Session()
        session.trust_env = False
        session.mount("https://", Adapter(limits, _trusting(source)))
        session.mount("http://", Adapter(limits, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)))
        headers = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        with session:
            try:
                is_conditional = bool(etag or last_modified)
                return _follow(session, source.url, headers, limits, meter or Meter(), conditional=is_conditional)
            except FetchError:
                raise
            except requests.exceptions.SSLError as error:
                if watch.is_over():
                    raise FetchError("too-slow") from error
                raise FetchError("certificate-refused" if _is_of_certificate(error) else "not-secure") from error
            except (requests.exceptions.Timeout, TimeoutError) as error:
                raise FetchError("too-slow") from error
            except requests.exceptions.ConnectionError as error:
                raise FetchError("too-slow" if watch.is_over() else "no-connection") from error
            except (
                requests.exceptions.RequestException,
                urllib3.exceptions.HTTPError,
                OSError,
                ValueError,
            ) as error:
                raise FetchError("too-slow" if watch.is_over() else "answer-cut") from error


def _is_of_certificate(error: BaseException | None) -> bool:
    """Whether a connection was refused for its certificate; else it never became a secure one."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError | urllib3.util.ssl_match_hostname.CertificateError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _follow(
    session: requests.Session, url: str, headers: dict[str, str], limits: Limits, meter: Meter, *, conditional: bool
) -> Fetched | NotModified:
    moved = False
    lent = False
    for _ in range(MAX_REDIRECTS + 1):
        with (
            session.get(
                url, headers=headers, stream=True, allow_redirects=False, timeout=limits.watch.left()
            ) as answer,
            meter.counting(answer),
        ):
            if answer.status_code in {301, 302, 303, 307, 308}:
                url = _redirected(url, answer.headers.get("Location", ""), is_here=limits.seen_private == 2)
                limits.most_private = limits.seen_private
                moved, lent = True, lent or answer.status_code not in {301, 308}
                continue
            found = _answered(answer, url, limits.watch, conditional=conditional)
            return replace(found, moved_to=url) if moved and not lent else found
    raise FetchError("too-many-redirects")


def _redirected(url: str, location: str, *, is_here: bool) -> str:
    """Where a redirect may lead: the same scheme, and from this machine (`is_here`) only to the same host and port."""
    try:
        target = urljoin(url, location)
        here, there = urlsplit(url), urlsplit(target)
        moved = (here.hostname, here.port) != (there.hostname, there.port)
    except ValueError as error:
        raise FetchError("redirect-refused") from error
    if not location or here.scheme != there.scheme or not there.hostname or "@" in there.netloc:
        raise FetchError("redirect-refused")
    if moved and (is_here or here.scheme == "http"):
        raise FetchError("redirect-refused")
    return target


def _answered(answer: requests.Response, url: str, watch: Watch, *, conditional: bool) -> Fetched | NotModified:
    status = answer.status_code
    if status == 304:
        if conditional:
            return NotModified(_max_age(answer))
        raise FetchError("unasked-not-modified")
    if status == 511:  # RFC 6585, 6: the network itself speaks, and not the source
        raise FetchError("sign-in-needed")
    if status == 204:  # RFC 9110, 15.3.5: no error, and nothing to read
        raise FetchError("empty-answer")
    if status != 200:
        raise FetchError("refused", retry_after_seconds=_retry_after(answer), status=status)
    data = _body(answer, watch)
    return Fetched(
        data,
        url,
        answer.headers.get("Content-Type", "")[:200],
        _validator(answer.headers.get("ETag"), 500),
        _validator(answer.headers.get("Last-Modified"), 100),
        _max_age(answer),
    )


def _validator(value: str | None, most: int) -> str | None:
    """A validator that can be sent back as it came; one that is cut or unprintable would spoil every request."""
    value = (value or "").strip()
    return value if 0 < len(value) <= most and value.isprintable() and value.isascii() else None


def _max_age(answer: requests.Response) -> int:
    """For how many seconds an answer holds by the server's word (RFC 9111, 5.2.2.1), a day at most; else nought."""
    said = re.search(r"(?:^|[,\s])max-age=\"?([0-9]{1,9})", answer.headers.get("Cache-Control", "").lower())
    return min(int(said[1]), 86_400) if said else 0


def _retry_after(answer: requests.Response) -> int | None:
    """`Retry-After` in seconds (RFC 9110, 10.2.3), a day at most."""
    from datetime import UTC, datetime

    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return min(int(asked[:9]), 86_400)
    now = datetime.now(UTC)
    found = stamp(asked, now)
    return min(max(0, round((found.at - now).total_seconds())), 86_400) if found else None


def _body(answer: requests.Response, watch: Watch) -> bytes:
    """The bytes of an answer, unpacked here so that both sizes are counted; one gzip layer at most."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"identity", "", "gzip", "x-gzip"}:
        raise FetchError("encoding-unknown")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    out = bytearray()
    wire = 0
    while True:
        piece = answer.raw.read(_PIECE, decode_content=False)
        if watch.is_over():
            raise FetchError("too-slow")
        if not piece:
            break
        wire += len(piece)
        try:
            while piece:
                if unpack is None:
                    out += piece
                    break
                if unpack.eof:  # a gzip file may have several members (RFC 1952, 2.2)
                    unpack = zlib.decompressobj(wbits=31)
                out += unpack.decompress(piece, MAX_BYTES + 1 - len(out))
                if wire > MAX_WIRE_BYTES or len(out) > MAX_BYTES:
                    break
                piece = unpack.unused_data
        except zlib.error as error:
            raise FetchError("answer-cut") from error
        if wire > MAX_WIRE_BYTES or len(out) > MAX_BYTES:
            raise FetchError("too-large")
    if unpack is not None and not unpack.eof:
        raise FetchError("answer-cut")
    return bytes(out)
