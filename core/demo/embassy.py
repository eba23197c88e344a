"""A small embassy on loopback: it serves an RSS feed of its own alerts, in the shape that real posts use.

The country and its post are made up, and so is every text; only the machinery that reads them is real.
"""

import hashlib
import html
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

PATH = "/category/alert/feed/"

LEAVE = "Leave Freedonia by commercial transport as soon as you can."
LEAVE_REWORDED = "Leave Freedonia by commercial transport within 24 hours."
AWAY = "Stay away from the embassy and the streets around it."
PLAN = "Go over your personal security plan."
ADVISORY = "Read the whole travel advisory for Freedonia."
CASH = "Take cash for a week, because card payments may stop."
NEWS = "Follow local news for changes."
AROUND = "Know what is around you, wherever you are."
FAMILY = "Tell your family how and when you leave."

FIRST = (LEAVE, AWAY, PLAN, ADVISORY, CASH, NEWS, AROUND)
SECOND = (LEAVE_REWORDED, AWAY, FAMILY, PLAN, ADVISORY, NEWS, AROUND)

_EVENT = (
    "Staff who are not needed for emergencies have been ordered to leave the embassy in Glasgow Bay. Normal visa "
    "services stop for now, and help for citizens in Freedonia is limited."
)
_LATER = "Buses to the border still run until this evening."


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert: its title, when it was issued, its paragraphs and its actions."""

    title: str
    issued: datetime
    paragraphs: tuple[str, ...]
    actions: tuple[str, ...]


def ordered_departure(issued: datetime) -> Alert:
    """The alert of the story."""
    return Alert("Security alert: ordered departure", issued, (_EVENT,), FIRST)


def reworded(issued: datetime) -> Alert:
    """Two hours later: one action reworded, one added, one dropped."""
    return Alert("Security alert: ordered departure", issued, (_EVENT, _LATER), SECOND)


def feed(alerts: Sequence[Alert], site: str) -> bytes:
    """RSS 2.0 with `content:encoded`, as WordPress writes it."""
    items = []
    for number, alert in enumerate(alerts, 1):
        body = "<p><strong>Location:</strong> Freedonia</p>"
        body += "".join(f"<p>{html.escape(words)}</p>" for words in alert.paragraphs)
        body += "<p><strong>Actions to Take:</strong></p><ul>"
        body += "".join(f"<li>{html.escape(words)}</li>" for words in alert.actions)
        body += "</ul><p><strong>Assistance:</strong></p><ul><li>Embassy in Glasgow Bay, +999 1 555 0100</li></ul>"
        items.append(
            f"<item><title>{html.escape(alert.title)}</title><link>{site}/alerts/{number}/</link>"
            f"<pubDate>{format_datetime(alert.issued)}</pubDate>"
            f'<guid isPermaLink="false">{site}/?p={number}</guid>'
            f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Embassy in Glasgow Bay</title>'
        f"<link>{site}</link><description>Alerts</description>{''.join(items)}</channel></rss>"
    ).encode()


class Embassy:
    """A server on 127.0.0.1; use as a context, and `publish` what it has to say."""

    def __init__(self) -> None:
        self._alerts: tuple[Alert, ...] = ()
        embassy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                data = embassy.page()
                etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
                same = self.headers.get("If-None-Match") == etag
                found = self.path == PATH
                self.send_response(304 if same and found else 200 if found else 404)
                if found:
                    self.send_header("ETag", etag)
                    self.send_header("Content-Type", "application/rss+xml; charset=UTF-8")
                body = data if found and not same else b""
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: a log would tell the story twice."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="embassy", daemon=True)

    @property
    def site(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def page(self) -> bytes:
        """The feed as it is now."""
        return feed(self._alerts, self.site)

    def publish(self, *alerts: Alert) -> None:
        """Replace everything it says."""
        self._alerts = alerts

    def __enter__(self) -> "Embassy":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def now() -> datetime:
    """This moment, in whole seconds, as a feed would say it."""
    return datetime.now(UTC).replace(microsecond=0)
