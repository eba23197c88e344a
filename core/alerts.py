"""The alerts that an index of alerts names, each read from its own document.

An index tells of an alert in few words and mostly without its instruction. Those that are new in it or were updated
are asked for, of its own host or of those that the catalogue allows: the gravest first, then those in the places of
trips, so many a look. What cannot be read stays as the index tells it, and is said. An alert is one message whether
the index or its document tells of it: what the index calls it becomes another name of it.
"""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from core import asking, churn, formats, intake, succession
from core.addresses import safe_address
from core.asking import Ask
from core.catalogue import may_fetch
from core.errors import FetchError, FormatError
from core.fetch import Fetched, NotModified
from core.formats.index import Detail, NamedAlert
from core.languages import of_this_machine
from core.model import Message, Revision, Source
from core.store import advisories, dispatches, documents
from core.store.documents import Document
from core.store.open import Store

MAX_A_LOOK = 30
# Processor time for reading the documents of one look.
_READING_S = 20.0
_MAX_ADDRESS = 2_000
# After such an answer the others are not asked in this look: they would take as long, and what is known has to be told.
_STOPS = {"too-slow", "no-connection", "no-network", "proxy-unreachable", "sign-in-needed"}


@dataclass(frozen=True, slots=True)
class InFull:
    """One alert as its document gives it; the id of its revision is that of its message."""

    document: Document
    answer: Fetched
    revision: Revision


@dataclass(frozen=True, slots=True)
class Found:
    """What the alerts of an index came to: those read, the messages that are only known from the index, and health."""

    in_full: tuple[InFull, ...] = ()
    only_listed: frozenset[str] = frozenset()
    problem: Message | None = None
    pause_s: int | None = None


def named(index: Fetched, source: Source, now: datetime) -> list[NamedAlert] | None:
    """The alerts that an answer names; None where it is no index of alerts."""
    return formats.alerts(index.data, index.url, now, language=source.language or of_this_machine())


def read(
    store: Store,
    source: Source,
    index: Fetched,
    alerts: Iterable[NamedAlert],
    places: Iterable[str],
    ask: Ask,
    now: datetime,
) -> Found:
    """Read those alerts of an index that are new or updated. `places`: the countries that matter most.

    Nothing of an alert is kept here: `done` is called when it is.
    """
    listed: dict[str, list[NamedAlert]] = {}
    for alert in alerts:
        listed.setdefault(alert.url[:_MAX_ADDRESS], []).append(alert)
    details = [
        Detail(address, (), " ".join(dict.fromkeys(one.changed for one in ones))[:_MAX_ADDRESS])
        for address, ones in listed.items()
    ]
    documents.list_anew(store, source.id, details)
    by_address = {document.address: document for document in documents.named(store, source.id)}
    held = [by_address[address] for address in listed]
    unread = [document for document in held if _is_unread(document, listed[document.address], now)]
    due = [document for document in unread if _may_be_asked(document.address, source, index.url)]
    wanted = set(places)

    def rank(document: Document) -> tuple[bool, int, bool]:
        """What failed comes last: it must not keep the others from being read."""
        ones = listed[document.address]
        where = {code for one in ones for code in one.countries or source.countries}
        return document.problem is not None, -max(one.severity for one in ones), not where & wanted

    reading = _Reading(store, source, index.url, listed, held, ask, now)
    reading.read(sorted(due, key=rank)[:MAX_A_LOOK])
    in_part = [one for held in unread if held.address not in reading.well for one in listed[held.address]]
    full = {one.document.address for one in reading.in_full}
    lacking = [document.address for document in held if document.advisory_id is None and document.address not in full]
    ids = {intake.advisory_id(source.id, alert.name) for address in lacking for alert in listed[address]}
    known = advisories.names(store, ids)
    return Found(
        tuple(reading.in_full),
        frozenset(known.get(name, name) for name in ids),
        Message("alerts-in-part", {"count": len(in_part)}) if in_part else None,
        reading.pause_s,
    )


def done(store: Store, source: Source, found: Found, now: datetime) -> None:
    """What was read is kept: it is not asked for again until the index says that it was updated."""
    for one in found.in_full:
        documents.read_well(
            store, source.id, one.document, etag=one.answer.etag, last_modified=one.answer.last_modified,
            advisory_id=one.revision.advisory_id, whole_at=now,
        )  # fmt: skip


def _may_be_asked(url: str, source: Source, index: str) -> bool:
    """Whether an address that the index names is https, of its own host or of one that the catalogue allows.

    Plain http only where the index itself came so, from this machine.
    """
    if len(url) >= _MAX_ADDRESS or not may_fetch(url, from_user=source.from_user):
        return False
    if urlsplit(url).scheme not in {"https", urlsplit(index).scheme}:
        return False
    allowed = {_host(address) for address in (source.url, index, *(f"https://{host}" for host in source.hosts))}
    return _host(url) in allowed


def _host(url: str) -> tuple[str | None, int]:
    parts = urlsplit(url)
    return parts.hostname, parts.port or (80 if parts.scheme == "http" else 443)


def _is_unread(document: Document, alerts: Sequence[NamedAlert], now: datetime) -> bool:
    """Whether a document is new or was updated. What is over and was never read needs no reading."""
    if document.changed == document.listed and document.problem is None:
        return False
    is_over = all(alert.expires is not None and alert.expires <= now for alert in alerts)
    return not is_over or document.advisory_id is not None


class _Reading:
    """The documents of one look, two asked at once. `well`: the addresses that need not be asked again."""

    def __init__(
        self,
        store: Store,
        source: Source,
        index: str,
        listed: dict[str, list[NamedAlert]],
        held: Sequence[Document],
        ask: Ask,
        now: datetime,
    ) -> None:
        self.store, self.source, self.index, self.ask, self.now = store, source, index, ask, now
        self.listed = listed
        self.read_at = {one.advisory_id: one.address for one in held if one.advisory_id is not None}
        self.in_full: list[InFull] = []
        self.well: set[str] = set()
        self.pause_s: int | None = None
        self._stopped = False

    def read(self, due: Sequence[Document]) -> None:
        began = time.thread_time()
        with ThreadPoolExecutor(asking.AT_ONCE, thread_name_prefix="alerts") as pool:
            for start in range(0, len(due), asking.AT_ONCE):
                if self._stopped or time.thread_time() - began > _READING_S:
                    return
                some = due[start : start + asking.AT_ONCE]
                answers = pool.map(lambda one: asking.document_of(self.source, one, self.ask, self.now), some)
                for document, answer in zip(some, answers, strict=True):
                    try:
                        self._take(document, answer)
                    except (FetchError, FormatError) as error:
                        self._failed(document, error)

    def _take(self, document: Document, answer: Fetched | NotModified | FetchError) -> None:
        """FetchError, FormatError: the document could not be read, or is not the alert that the index names."""
        if isinstance(answer, FetchError):
            raise answer
        if isinstance(answer, NotModified):
            documents.read_well(
                self.store, self.source.id, document, etag=document.etag, last_modified=document.last_modified
            )
        elif not _may_be_asked(answer.url, self.source, self.index):
            raise FetchError("redirect-refused")
        else:
            self.in_full.append(InFull(document, answer, self._alert(document, answer.data)))
        self.well.add(document.address)

    def _alert(self, document: Document, data: bytes) -> Revision:
        taken = intake.take(data, self.source, self.now, format_name="cap")
        if len(taken.revisions) != 1 or taken.rejected:
            raise FormatError("not-one-alert")
        ones = self.listed[document.address]
        said = formats.names_of_alert(data)
        if not all(one.name in said for one in ones if one.identifier):
            raise FormatError("not-one-alert")
        whole = taken.revisions[0]._replace(
            url=taken.revisions[0].url or safe_address(document.address),
            countries=taken.revisions[0].countries
            or tuple(dict.fromkeys(code for one in ones for code in one.countries)),
        )
        return self._under_one_name(
            whole, document.address, [intake.advisory_id(self.source.id, one.name) for one in ones]
        )

    def _under_one_name(self, revision: Revision, address: str, listed: Sequence[str]) -> Revision:
        """The alert under the name that is known of it; what the index calls it is kept as another."""
        own = revision.advisory_id
        known = dispatches.known(self.store, listed)
        names = advisories.names(self.store, {own, *listed, *succession.ids([revision])})
        told = [names[name] for name in (own, *listed) if name in names]
        told += [name for name in listed if name in known.leads or name in known.newest]
        message = told[0] if told else own
        if {self.read_at.setdefault(name, address) for name in (own, message)} != {address}:
            # Where the same document stands at every address, one alert must not swallow the others.
            raise FormatError("not-one-alert")
        new = {name: message for name in (own, *listed) if name != message and names.get(name) != message}
        if new:
            advisories.rename(self.store, new)
        return churn.under_known_names([revision], names | new)[0]

    def _failed(self, document: Document, error: FetchError | FormatError) -> None:
        if error.message.id == "page-instead-of-feed" and not any(
            one.is_alert for one in self.listed[document.address]
        ):
            # It was never said to be an alert: the index's words are all that there is.
            documents.read_well(self.store, self.source.id, document, etag=None, last_modified=None)
            self.well.add(document.address)
            return
        documents.failed(self.store, self.source.id, document, error.message)
        pause_s = error.retry_after_seconds if isinstance(error, FetchError) else None
        if pause_s is not None:
            self.pause_s = max(pause_s, self.pause_s or 0)
        self._stopped = self._stopped or pause_s is not None or error.message.id in _STOPS
