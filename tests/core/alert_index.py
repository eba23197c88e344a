"""An index of alerts and the alerts behind it on a real server, for tests: an office that warns of floods.

What it says is of our own wording, in the shape of Atom indexes whose entries carry elements of CAP and lead to an
alert in that form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape

from core import check
from core.model import Advisory, HealthState, Source, State
from core.paths import Profile
from core.store import advisories, checklists, sources
from core.store.open import Store
from tests.servers import LoopbackFeed

INDEX = "/alerts.atom"
SENDER = "floods@example.org"
NINE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=10)
_CAP = "urn:oasis:names:tc:emergency:cap:1.2"
_TYPE = ' type="application/cap+xml"'


@dataclass(frozen=True)
class Alert:
    """One alert, in the index and in full. `sent`, `updated` and `until` count hours after nine this morning.

    `link`: where the index says that it is, else below the index's own address. `named`: whether the index has its
    identifier, `signed_by`: whether it has its sender. `seen`: what the index says of it.
    """

    name: str
    severity: str = "Moderate"
    sent: int = 0
    updated: int | None = None
    until: int = 48
    kind: str = "Alert"
    replaces: Sequence[str] = ()
    country: str = "IQ"
    link: str = ""
    type: str = _TYPE
    named: bool = True
    has_sender: bool = False
    seen: str = "Water at the gauge. Move your car to higher ground."
    instruction: str = "Move your car to higher ground. Keep off the old bridge."

    @property
    def path(self) -> str:
        return f"/alerts/{self.name}.cap"

    def entry(self, feed: LoopbackFeed) -> str:
        elements = {
            "severity": self.severity, "sent": _hour(self.sent), "expires": _hour(self.until), "event": "Flood",
            "msgType": self.kind, "status": "Actual", "urgency": "Expected", "areaDesc": f"The {self.country} reach",
        }  # fmt: skip
        elements |= {"identifier": self.name} if self.named else {}
        elements |= {"sender": SENDER} if self.has_sender else {}
        carried = "".join(f"<cap:{name}>{escape(words)}</cap:{name}>" for name, words in elements.items())
        code = f"<cap:geocode><valueName>ISO</valueName><value>{self.country}</value></cap:geocode>"
        updated = _hour(self.sent if self.updated is None else self.updated)
        link = self.link or feed.url(self.path)
        return (
            f"<entry>{carried}{code}<id>https://floods.example.org/{self.name}</id><title>Flood, {self.name}</title>"
            f'<updated>{updated}</updated><link href="{escape(link)}"{self.type}/>'
            f"<summary>{self.seen}</summary></entry>"
        )

    def document(self) -> bytes:
        refers = " ".join(f"{SENDER},{old},{_hour(0)}" for old in self.replaces)
        return f"""<?xml version="1.0" encoding="UTF-8"?><alert xmlns="{_CAP}"><identifier>{self.name}</identifier>
            <sender>{SENDER}</sender><sent>{_hour(self.sent)}</sent><status>Actual</status>
            <msgType>{self.kind}</msgType><scope>Public</scope>
            {f"<references>{refers}</references>" if refers else ""}
            <info><language>en</language><category>Met</category><event>Flood</event><urgency>Expected</urgency>
            <severity>{self.severity}</severity><certainty>Likely</certainty><expires>{_hour(self.until)}</expires>
            <senderName>River Office of the Tests</senderName><headline>Flood, {self.name}</headline>
            <description>Bulletin {self.name} of the river office.</description>
            <instruction>{self.instruction}</instruction><area><areaDesc>The {self.country} reach</areaDesc>
            <geocode><valueName>ISO</valueName><value>{self.country}</value></geocode></area></info></alert>""".encode()


def _hour(after_nine: int) -> str:
    return (NINE + timedelta(hours=after_nine)).isoformat()


def index(feed: LoopbackFeed, alerts: Sequence[Alert]) -> bytes:
    """The index of these alerts."""
    entries = "".join(alert.entry(feed) for alert in alerts)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="{_CAP}"><title>Floods</title>'
        f"<author><name>River Office of the Tests</name></author>{entries}</feed>"
    ).encode()


@dataclass
class Office:
    """A profile that follows the index of one server."""

    profile: Profile
    key: bytes
    feed: LoopbackFeed
    source: Source
    _asked: int = field(default=0)

    def store(self) -> Store:
        return Store.open(self.profile.database, self.key)

    def follow(self, *countries: str) -> None:
        with self.store() as store, store.transaction():
            sources.follow(store, [self.source.id], countries)

    def publish(self, *alerts: Alert) -> None:
        """These alerts stand in the index, each with its document; what stood in it before does not any more."""
        for alert in alerts:
            self.feed.publish(alert.path, alert.document(), "application/cap+xml")
        self.feed.publish(INDEX, index(self.feed, alerts))

    def look(self, deadline_s: float = 2.0) -> check.Report:
        return check.check(self.store, {self.source.id: self.source}, deadline_s=deadline_s)

    def asked(self) -> list[tuple[str, int]]:
        """What was asked since the last time, in order, with the answer's status."""
        seen = [(request.path, request.status) for request in self.feed.requests]
        new, self._asked = seen[self._asked :], len(seen)
        return new

    def kept(self) -> list[Advisory]:
        with self.store() as store:
            return sorted(advisories.kept(store), key=lambda one: one.newest.title)

    def told(self) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Of each advisory its title, the number of its newest revision and what there is to do."""
        return {
            one.newest.title: (one.newest.number, tuple(action.text for action in one.newest.actions))
            for one in self.kept()
        }

    def tick(self, title: str, words: str) -> None:
        """Start the list of the advisory of that title, and tick the item that says so."""
        now = datetime.now(UTC)
        (advisory,) = (one for one in self.kept() if one.newest.title == title)
        with self.store() as store:
            checklists.start_following(store, advisory.newest, now)
            (item,) = (one for one in checklists.items(store) if one.text == words)
            checklists.set_state(store, [item.id], State.DONE, now)

    def items(self) -> list[tuple[str, State, str]]:
        with self.store() as store:
            return [(item.text, item.state, item.standing) for item in checklists.items(store)]


def state(report: check.Report) -> tuple[HealthState, str | None, object]:
    """The state of the only source, its problem, and how many alerts that is about."""
    (health,) = report.sources
    problem = health.problem
    return health.state, problem.id if problem else None, problem.values.get("count") if problem else None
