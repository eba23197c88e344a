"""One look at one source: from its address to the saved revisions.

A source is a document of its own, or an index that names a document for each country or alert. Of an index the
documents of the wanted countries are read, those that it says have changed, conditionally, two at once; without wanted
countries the index speaks for itself. A document that fails keeps what it gave, and the source with it is not verified.
The alerts of an index are read by `core.alerts`, and kept together with what the index says of the others.
"""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from core import alerts, asking, churn, formats, intake, saving, schedule, succession
from core.asking import Ask
from core.errors import FetchError, FormatError
from core.fetch import Fetched, NotModified
from core.model import Change, Message, Revision, Source, Trip
from core.store import advisories, dispatches, documents, sources
from core.store.documents import Document
from core.store.open import Store

_ONLY_LISTED = Message("only-listed")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a source that answered came to.

    `whole`: it gave a whole answer, and not only "not modified". `problem`: what keeps it from being verified all the
    same, `retry_after_seconds` how long it asked to be left alone; `allowed_s`: how long it says that its answer holds;
    `moved_to`: where it sent us on to for good.
    """

    changes: tuple[Change, ...]
    etag: str | None
    last_modified: str | None
    whole: bool
    problem: Message | None = None
    retry_after_seconds: int | None = None
    allowed_s: int = 0
    moved_to: str | None = None


class _Saver:
    """Keeps what the documents of one look hold, for a bounded time of reading altogether.

    `older`: what is said of states that are older than what is kept.
    """

    def __init__(self, store: Store, trips: Sequence[Trip], now: datetime, *, first_look: bool) -> None:
        self.store, self.trips, self.now, self.first_look = store, trips, now, first_look
        self.changes: list[Change] = []
        self.older: list[Message] = []
        self._began = time.thread_time()

    def _bound(self) -> None:
        if time.thread_time() - self._began > intake.MAX_READING_S:
            raise FormatError("too-much-to-read")  # what was saved stays, and is no work the next time

    def keep(self, revisions: Iterable[Revision], *, first_look: bool = False) -> saving.Saved:
        """Save these; `first_look`: their past is not news although the source was looked at before."""
        saved = saving.save_document(
            self.store, list(revisions), self.trips, self.now,
            first_look=self.first_look or first_look, before_each=self._bound,
        )  # fmt: skip
        self.changes += saved.changes
        self.older += saved.older
        return saved

    def problem(self, other: Message | None) -> Message | None:
        """What keeps the source from being verified: what else is wrong, or that it showed older texts."""
        return other or next(iter(self.older), None)


def look(
    store: Store, source: Source, record: sources.Record, trips: Sequence[Trip], ask: Ask, now: datetime
) -> Looked:
    """Look at a source. FetchError, FormatError: it gave no answer that can be believed; what is kept stays."""
    etag, last_modified = _validators(source, record, now)
    answer = ask(source, etag, last_modified)
    saver = _Saver(store, trips, now, first_look=record.last_verified is None)
    wanted = record.countries or source.countries or tuple(dict.fromkeys(c for trip in trips for c in trip.countries))
    if isinstance(answer, Fetched):
        etag, last_modified = answer.etag, answer.last_modified
        details = formats.details(answer.data, source.url, format_name=source.format)
        if details:
            _mark_gone(store, documents.list_anew(store, source.id, details), now)
        if not details or not wanted:
            taken = intake.take(answer.data, source, now)
            named = alerts.named(answer, source, now) if taken.format == "cap" else None
            found = alerts.Found()
            if named is not None:
                ahead = [code for trip in schedule.ahead(trips, now) for code in trip.countries]
                found = alerts.read(store, source, answer, named, {*record.countries, *ahead}, ask, now)
            _keep_whole(saver, source, taken, found, of_index=bool(details) or named is not None)
            alerts.done(store, source, found, now)
            return Looked(
                tuple(saver.changes), etag, last_modified, True, saver.problem(found.problem), found.pause_s,
                answer.max_age_s, answer.moved_to,
            )  # fmt: skip
    problem, pause = _read_documents(saver, source, record, wanted, ask) if wanted else (None, None)
    return Looked(
        tuple(saver.changes), etag, last_modified, isinstance(answer, Fetched), saver.problem(problem), pause,
        answer.max_age_s, answer.moved_to,
    )  # fmt: skip


def _validators(source: Source, record: sources.Record, now: datetime) -> tuple[str | None, str | None]:
    """The validators to ask with. None for an address that they are not from, and none where they are too old."""
    is_ours = record.address == source.url and asking.is_fresh(record.whole_at, now)
    return (record.etag, record.last_modified) if is_ours else (None, None)


def _keep_whole(saver: _Saver, source: Source, taken: intake.Taken, found: alerts.Found, *, of_index: bool) -> None:
    """Save what is new of one document that says everything, and mark what is no longer in it.

    Where an entry had to be set aside, nothing is marked as gone: it may be the one. What was read from a document of
    its own is not replaced by the little that an index says of it.
    """
    store = saver.store
    known_better = set(documents.read_before(store, source.id)) if of_index else set()
    in_full = {one.revision.advisory_id for one in found.in_full}
    revisions = _as_known(store, source, _together(store, taken.revisions, found))
    known_better = (known_better | _known_in_full(store, found.only_listed)) - in_full
    saved = saver.keep(revision for revision in revisions if revision.advisory_id not in known_better)
    leads = dispatches.known(store, known_better).leads
    present = set(saved.present) | {leads.get(name, name) for name in known_better}
    gone = set() if taken.rejected else advisories.identities(store, source.id) - present
    _mark_back(store, source, present)
    _mark_gone(store, gone - advisories.missing(store, source.id), saver.now)
    if saved.refused:
        raise FormatError("signature-missing")


def _together(store: Store, listed: Sequence[Revision], found: alerts.Found) -> list[Revision]:
    """What an index says of its alerts, those that were read in full as their documents give them."""
    names = advisories.names(store, succession.ids(listed))
    in_full = {one.revision.advisory_id: one.revision for one in found.in_full}
    held = {one.advisory_id: _marked(one, found) for one in churn.under_known_names(listed, names)}
    return list((held | in_full).values())


def _marked(listed: Revision, found: alerts.Found) -> Revision:
    is_in_part = listed.advisory_id in found.only_listed
    return listed._replace(warnings=(*listed.warnings, _ONLY_LISTED)) if is_in_part else listed


def _known_in_full(store: Store, listed: Iterable[str]) -> set[str]:
    """Those of these messages that a document once gave in full: it may have moved, or left the index for a while."""
    leads = dispatches.known(store, listed).leads
    held = {name: advisories.newest(store, leads.get(name, name)) for name in listed}
    return {name for name, one in held.items() if one and _ONLY_LISTED not in one.warnings}


def _as_known(store: Store, source: Source, revisions: Sequence[Revision]) -> list[Revision]:
    """The revisions of a whole answer, those that only changed their name under the one that they had."""
    ids = succession.ids(revisions)
    held = churn.under_known_names(revisions, advisories.names(store, ids))
    known = advisories.identities(store, source.id)
    came = [one for one in held if one.advisory_id not in known]
    going = known - {one.advisory_id for one in held} - advisories.missing(store, source.id) if came else set()
    gone = [one for name in sorted(going) if (one := advisories.newest(store, name)) is not None]
    found = churn.renamed(came, gone)
    if found:
        advisories.rename(store, found)
    return churn.under_known_names(held, found)


def _mark_gone(store: Store, gone: Iterable[str], now: datetime) -> None:
    for name in sorted(gone):
        with store.transaction():
            advisories.set_missing(store, name, now)


def _mark_back(store: Store, source: Source, present: Iterable[str]) -> None:
    for name in sorted(advisories.missing(store, source.id) & set(present)):
        with store.transaction():
            advisories.set_missing(store, name, None)


def _read_documents(
    saver: _Saver, source: Source, record: sources.Record, wanted: Sequence[str], ask: Ask
) -> tuple[Message | None, int | None]:
    """Read the wanted documents that may have changed. Gives what could not be read, and the pause asked for."""
    store, now = saver.store, saver.now
    held = documents.named(store, source.id)
    near = [document for document in held if set(document.countries) & set(wanted)]
    due = [document for document in near if _may_have_changed(document, now)]
    failures: list[FetchError | FormatError] = []
    with ThreadPoolExecutor(asking.AT_ONCE, thread_name_prefix="documents") as pool:
        answers = pool.map(lambda document: asking.document_of(source, document, ask, now), due)
        for document, answer in zip(due, answers, strict=True):
            try:
                _keep_document(saver, source, document, answer)
            except (FetchError, FormatError) as error:
                documents.failed(store, source.id, document, error.message)
                failures.append(error)
    pauses = [error.retry_after_seconds for error in failures if isinstance(error, FetchError)]
    pause = max((seconds for seconds in pauses if seconds is not None), default=None)
    if failures:
        counted = Message("documents-failed", {"failed": len(failures), "total": len(near)})
        return failures[0].message if len(near) == 1 else counted, pause
    # Who asks for a country by name must not take silence for calm.
    paged = {code for document in held for code in document.countries}
    lacking = [code for code in record.countries if code not in paged] if paged else []
    return Message("no-page-for", {"countries": ", ".join(lacking)}) if lacking else None, None


def _may_have_changed(document: Document, now: datetime) -> bool:
    """Whether a document is worth a request: new stamp or none, unread, failed before, or not looked at for a day."""
    return (
        not document.listed
        or document.changed != document.listed
        or document.problem is not None
        or not asking.is_fresh(document.whole_at, now)
    )


def _keep_document(
    saver: _Saver, source: Source, document: Document, answer: Fetched | NotModified | FetchError
) -> None:
    """Save one document's advisory. FetchError, FormatError: it could not be read, or is another's."""
    if isinstance(answer, FetchError):
        raise answer
    if isinstance(answer, NotModified):
        documents.read_well(saver.store, source.id, document, etag=document.etag, last_modified=document.last_modified)
        return
    if formats.details(answer.data, source.url, format_name=source.format):
        raise FormatError("not-one-document")  # the index again
    taken = intake.take(answer.data, source, saver.now)
    if len(taken.revisions) != 1 or taken.rejected:
        raise FormatError("not-one-document")
    revision = taken.revisions[0]
    if document.countries and revision.countries and not set(document.countries) & set(revision.countries):
        raise FormatError("not-one-document")
    is_known = revision.advisory_id in advisories.identities(saver.store, source.id)
    saved = saver.keep([revision], first_look=not is_known)
    _mark_back(saver.store, source, [revision.advisory_id])
    if saved.older:
        documents.failed(saver.store, source.id, document, saved.older[0])  # so that it is asked for again
        return
    documents.read_well(
        saver.store, source.id, document, etag=answer.etag, last_modified=answer.last_modified,
        advisory_id=revision.advisory_id, whole_at=saver.now,
    )  # fmt: skip
