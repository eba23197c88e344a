"""Commands that only look: read, sources, advisories, show, lists, todo, search."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from core import bundled, intake, limits, lists, wording
from core.catalogue import may_fetch
from core.commands import shapes
from core.commands.copies import copy_passphrase, unsealed
from core.commands.session import Session
from core.conditions import in_full
from core.errors import FetchError, InputError
from core.freshness import freshness
from core.groups import group_of
from core.health import health_of
from core.issuer_due import moved
from core.lists.shape import ListFile
from core.model import Advisory, Checklist, Health, Item, Kind, Message, Revision, Source, Standing, State
from core.store import advisories, checklists, search, sources
from core.times import to_text
from core.validity import as_of
from core.wording import say, tr, trn

_BOX = {State.OPEN: "☐", State.DONE: "☑", State.NOT_APPLICABLE: "–"}


def read(session: Session) -> int:
    """`read FILE`: what would be taken from it."""
    limits.bound_this_process()
    options = session.options
    url = options.file if options.from_network else ""
    file = Source(id="file", name="", issuer="", url=url, from_user=True)
    given = copy_passphrase(session)  # it comes down the same pipe, before the file
    data = _fetched(session, file) if url else bytes_of(options.file)
    listed = () if options.format or url else unsealed(session, data, given) or lists.read(data)
    if listed:
        _say_lists(session, listed)
        return 0
    try:
        taken = intake.take(data, file, session.now, format_name=options.format, fetched=bool(url))
    except InputError as error:
        raise InputError("not-taken", reason=say(error.message)) from error
    shape = {
        "format": taken.format,
        "advisories": [shapes.advisory(one, text=True, html=session.options.full) for one in taken.revisions],
        "warnings": [say(message) for message in taken.rejected],
    }
    lines: list[str] = []
    for revision in taken.revisions:
        lines += [*advisory_lines(revision), ""]
    lines += [say(message) for message in taken.rejected]
    lines.append(trn("{count} advisory read.", "{count} advisories read.", len(taken.revisions)))
    session.give(shape, lines)
    return 0


def _say_lists(session: Session, listed: Sequence[ListFile]) -> None:
    """The checklists of a file, as `import` would keep them."""
    shape = {"format": "checklist", "advisories": [], "checklists": [shapes.list_file(one) for one in listed]}
    lines: list[str] = []
    for one in listed:
        lines += [one.title, *(f"  {_BOX[line.state]} {in_full(line)}" for line in one.lines), ""]
    lines.append(trn("{count} checklist read.", "{count} checklists read.", len(listed)))
    session.give(shape, lines)


def _fetched(session: Session, source: Source) -> bytes:
    """What is at an address that the traveller wants to follow, by the way that she has set. InputError: nothing."""
    from core import fetch
    from core.proxy import proxy_in
    from core.store import network

    if not may_fetch(source.url, from_user=False):
        raise InputError("address-refused")
    with session.store() as store:
        proxy = proxy_in(network.proxy(store))
    try:
        answer = fetch.fetch(source, proxy=proxy)
    except FetchError as error:
        raise InputError("not-taken", reason=say(error.message)) from error
    if not isinstance(answer, fetch.Fetched):
        raise InputError("not-taken", reason=say(Message("unasked-not-modified")))
    return answer.data


def bytes_of(name: str) -> bytes:
    """A file's bytes, bounded; `-` is standard input."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(intake.MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(intake.MAX_BYTES + 1)
    except OSError as error:
        raise InputError("file-unreadable", file=Path(name).name, reason=error.strerror or "") from error
    if len(data) > intake.MAX_BYTES:
        raise InputError("file-too-large", file=Path(name).name)
    return data


def every_health(session: Session) -> list[Health]:
    """The health of every source known or once followed."""
    with session.store() as store:
        records = sources.records(store)
    names = dict.fromkeys([*session.catalogue, *(name for name in records if records[name].followed)])
    return [health_of(session.catalogue.get(name), records.get(name), session.now) for name in names]


def source_line(health: Health, now: datetime) -> str:
    """One source in one line."""
    mark = "•" if health.followed else " "
    if not health.followed:
        why = f" ({say(health.problem)})" if health.problem else ""
        return f"{mark} {health.source}: {health.name}{why}"
    fresh = freshness(health.last_verified, health.problem, now, stale=health.state == "stale")
    return f"{mark} {health.source}: {health.name}. {fresh}."


def list_sources(session: Session) -> int:
    """`sources`."""
    found = every_health(session)
    session.give({"sources": [shapes.health(one) for one in found]}, [source_line(one, session.now) for one in found])
    return 0


def list_advisories(session: Session) -> int:
    """`advisories`."""
    options = session.options
    country = country_code(options.country) if options.country else None
    with session.store() as store:
        found = advisories.kept(store, source=options.source, country=country)
    shape = {
        "advisories": [
            shapes.advisory(
                as_of(one.newest, session.now), missing_since=one.missing_since, text=options.full, html=options.full
            )
            for one in found
        ]
    }
    session.give(shape, [_advisory_line(one) for one in found])
    return 0


def country_code(code: str) -> str:
    """An ISO code as the user typed it. InputError: it is none."""
    from core import places

    if not places.is_country(code.upper()):
        raise InputError("unknown-country", code=code)
    return code.upper()


def _advisory_line(held: Advisory) -> str:
    revision = held.newest
    level = f" [{revision.level.words}]" if revision.level else ""
    quoted = " " + tr("(quoted, not from the issuer)") if revision.kind is Kind.REPORT else ""
    return f"{held.id}  {revision.title}{level}{quoted}{_gone(held.missing_since)}"


def _gone(since: datetime | None) -> str:
    """Says that an advisory has vanished from its source; nothing while it is there."""
    return " " + tr("(not in the source since {date})").format(date=to_text(since)) if since else ""


def advisory_lines(revision: Revision) -> list[str]:
    """An advisory for a person in a terminal: what it is, and its actions."""
    about = [revision.issuer, to_text(revision.issued) or "", revision.level.words if revision.level else ""]
    lines = [revision.title, "  " + " · ".join(part for part in about if part)]
    lines += ["  " + line for line in wording.status_lines(revision)]
    if revision.kind is Kind.REPORT:
        lines.append("  " + tr("Quoted, not from the issuer."))
    heading = None
    for action in revision.actions:
        if action.heading != heading:
            heading = action.heading
            lines.append(f"  {heading}:" if heading else "")
        lines.append(f"  - {in_full(action)}")
    if not revision.actions:
        lines.append("  " + tr("No list of actions; read the text."))
    return lines + ["  ! " + say(warning) for warning in revision.warnings]


def show(session: Session) -> int:
    """`show ADVISORY_ID`."""
    options = session.options
    with session.store() as store:
        history = advisories.history(store, options.id)
        missing = next((one.missing_since for one in advisories.kept(store) if one.id == options.id), None)
    if not history:
        raise InputError("unknown-advisory", advisory=options.id)
    if options.history:
        revisions = [shapes.advisory(one, text=options.full, html=options.full) for one in history]
        session.give(
            {"revisions": revisions}, [line for at in range(len(history)) for line in _past_lines(history, at)]
        )
        return 0
    wanted = options.revision or history[-1].number
    revision = next((one for one in history if one.number == wanted), None)
    if revision is None:
        raise InputError("unknown-revision", advisory=options.id, number=wanted)
    if revision is history[-1]:
        revision = as_of(revision, session.now)
    shape = shapes.advisory(revision, missing_since=missing, text=True, html=options.full)
    title, *lines = advisory_lines(revision)
    session.give(shape, [title + _gone(missing), *lines, "", revision.text.plain])
    return 0


def _past_lines(history: Sequence[Revision], at: int) -> list[str]:
    """A revision in one line, and below it all that it changed, a line each."""
    from core.changed import lines_of, with_returned
    from core.revise import compare

    one = history[at]
    lines = [f"{one.number}  {to_text(one.issued) or '–'}  {to_text(one.fetched) or '–'}  {one.title}"]
    change = compare(history[at - 1], one) if at else None
    if change is not None:
        lines += [f"     {say(line)}" for line in lines_of(with_returned(change, history[:at]))]
    return lines


def list_checklists(session: Session) -> int:
    """`lists`: those started, then the bundled ones that are not."""
    with session.store() as store:
        found = checklists.all_lists(store)
    found += bundled_not_started({one.id for one in found})
    session.give({"checklists": [shapes.checklist(one) for one in found]}, [list_line(one) for one in found])
    return 0


def bundled_not_started(started: set[str]) -> list[Checklist]:
    """The bundled lists that wait to be started."""
    return [one for one in bundled.waiting() if one.id not in started]


def list_line(one: Checklist) -> str:
    """A checklist in one line."""
    waits = " " + tr("(not started)") if one.started is None else ""
    return f"{one.id}  {one.done}/{one.total}  {one.title}{waits}"


def todo(session: Session) -> int:
    """`todo`."""
    options = session.options
    with session.store() as store:
        every = checklists.all_lists(store)
        if options.checklist and options.checklist not in {one.id for one in every}:
            raise InputError("unknown-list", list=options.checklist)
        found = checklists.items(store, options.checklist)
    if not options.all:
        found = [item for item in found if item.state is State.OPEN and item.standing is not Standing.WITHDRAWN]
    shape = {"items": [shapes.item(one, session.now) for one in found]}
    session.give(shape, _listed(found, {one.id: one.title for one in every}, session.now))
    return 0


def _listed(items: list[Item], titles: Mapping[str, str], now: datetime) -> list[str]:
    """Items under the titles of their lists and their headings, each with how it is done."""
    lines: list[str] = []
    checklist = heading = None
    for item in items:
        if item.checklist != checklist:
            checklist, heading = item.checklist, None
            lines += [*([""] if lines else []), titles.get(item.checklist, item.checklist)]
        if item.heading != heading:
            heading = item.heading
            lines += [f"  {heading}"] if heading else []
        lines.append(item_line(item, now))
        lines += [f"      {item.detail}"] if item.detail else []
    return lines


def give_items(session: Session, found: list[Item]) -> None:
    """Items, as JSON or as lines with their boxes."""
    session.give(
        {"items": [shapes.item(one, session.now) for one in found]},
        [item_line(one, session.now) for one in found],
    )


def item_line(item: Item, now: datetime) -> str:
    """☐ one item in one line."""
    words = _ASKS_ELSE if item.important and item.standing is Standing.REWORDED else _STANDINGS.get(item.standing)
    standing = f" [{tr(words)}]" if words else ""
    was = " " + tr("(was: {words})").format(words=item.was) if item.was else ""
    due = " " + tr("due {time}").format(time=to_text(item.due)) if item.due else ""
    other = moved(item) if item.state is State.OPEN else None
    issuer = " " + tr("(the issuer says {time})").format(time=to_text(other.now)) if other else ""
    note = f" ({item.note})" if item.note else ""
    return f"{_BOX[item.state]} {item.id}  {group_of(item, now)}: {in_full(item)}{standing}{was}{due}{issuer}{note}"


_ASKS_ELSE = wording.N_("reworded, asks for something else")
_STANDINGS = {
    Standing.NEW: wording.N_("new"),
    Standing.REWORDED: wording.N_("reworded"),
    Standing.WITHDRAWN: wording.N_("no longer listed"),
}


def find(session: Session) -> int:
    """`search WORDS`."""
    with session.store() as store:
        hits = search.search(store, " ".join(session.options.words))
    shape = {
        "hits": [
            {"advisory_id": hit.advisory_id, "revision": hit.revision, "title": hit.title, "snippet": hit.snippet}
            for hit in hits
        ]
    }
    lines = [f"{hit.advisory_id}  {hit.title}\n    {hit.snippet}" for hit in hits]
    session.give(shape, lines)
    return 0
