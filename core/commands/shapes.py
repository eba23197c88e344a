"""The JSON of the command line: each noun as the public interface has it. Keys are only ever added."""

from collections.abc import Sequence
from datetime import datetime

from core import markup
from core.groups import group_of
from core.issuer_due import differing
from core.lists.shape import ListFile, minutes
from core.model import Action, Change, Checklist, Contact, Health, Item, Level, Revision, Trip
from core.times import to_text
from core.wording import say, sentence

Json = dict[str, object]


def level(held: Level | None) -> Json | None:
    """A level, or null."""
    return None if held is None else {"value": held.value, "words": held.words, "scale": held.scale}


def action(held: Action) -> Json:
    """ACTION."""
    return {
        "id": held.id,
        "text": held.text,
        "heading": held.heading,
        "condition": held.condition,
        "urgency": held.urgency,
        "due": to_text(held.due),
        "audience": held.audience,
        "response_type": held.response_type,
        "links": list(held.links),
        "refers_to": held.refers_to,
        "start": held.start,
        "end": held.end,
    }


def contact(held: Contact) -> Json:
    """A contact of an ADVISORY."""
    return {
        "label": held.label,
        "phone": held.phone,
        "email": held.email,
        "address": held.address,
        "start": held.start,
        "end": held.end,
    }


def advisory(held: Revision, *, missing_since: datetime | None = None, text: bool = False, html: bool = False) -> Json:
    """ADVISORY; with its plain text, and with its safe HTML."""
    shape: Json = {
        "id": held.advisory_id,
        "source": held.source,
        "issuer": held.issuer,
        "kind": held.kind,
        "title": held.title,
        "url": held.url,
        "countries": list(held.countries),
        "language": held.language,
        "level": level(held.level),
        "status": list(held.status),
        "issued": to_text(held.issued),
        "updated": to_text(held.updated),
        "effective": to_text(held.effective),
        "expires": to_text(held.expires),
        "fetched": to_text(held.fetched),
        "missing_since": to_text(missing_since),
        "revision": max(held.number, 1),
        "verified": held.verified,
        "actions": [action(one) for one in held.actions],
        "contacts": [contact(one) for one in held.contacts],
        "warnings": [say(one) for one in held.warnings],
    }
    if text:
        shape["text"] = held.text.plain
        shape["status_evidence"] = [{"word": one.word, "start": one.start, "end": one.end} for one in held.evidence]
    if html:
        shape["html"] = markup.safe_html(held.text)
    return shape


def item(held: Item, now: datetime) -> Json:
    """ITEM."""
    return {
        "id": held.id,
        "checklist": held.checklist,
        "action_id": held.action_id,
        "advisory_id": held.advisory_id,
        "text": held.text,
        "state": held.state,
        "standing": held.standing,
        "was": held.was,
        "important": held.important,
        "group": group_of(held, now),
        "done_at": to_text(held.done_at),
        "note": held.note,
        "due": to_text(held.due),
        "issuer_due": to_text(differing(held)),
        "reminder": to_text(held.reminder),
        "heading": held.heading,
        "condition": held.condition,
        "urgency": held.urgency,
    }


def checklist(held: Checklist) -> Json:
    """CHECKLIST."""
    return {
        "id": held.id,
        "title": held.title,
        "kind": held.kind,
        "advisory_id": held.advisory_id,
        "started": to_text(held.started),
        "archived": to_text(held.archived),
        "done": held.done,
        "total": held.total,
        "origin": held.origin,
    }


def list_file(held: ListFile) -> Json:
    """A checklist that a file holds and that was not kept."""
    items = [
        {
            "text": line.text,
            "state": line.state,
            "note": line.note,
            "due": to_text(line.due),
            "heading": line.heading,
            "condition": line.condition,
            "done_by": list(line.done_by),
            "every_minutes": minutes(line.every),
            "files": [file.name for file in line.files],
        }
        for line in held.lines
    ]
    return {"title": held.title, "items": items, "origin": held.attribution}


def trip(held: Trip) -> Json:
    """TRIP."""
    return {
        "id": held.id,
        "name": held.name,
        "countries": list(held.countries),
        "from": held.start.isoformat() if held.start else None,
        "to": held.end.isoformat() if held.end else None,
    }


def change(held: Change) -> Json:
    """CHANGE."""
    return {
        "advisory_id": held.advisory_id,
        "from": held.before,
        "to": held.after,
        "kinds": list(held.kinds),
        "kind": held.kind,
        "level": None if held.level is None else [level(one) for one in held.level],
        "status": None if held.status is None else [list(one) for one in held.status],
        "added": list(held.added),
        "reworded": list(held.reworded),
        "withdrawn": list(held.withdrawn),
        "important": list(held.important),
        "overtaken": list(held.overtaken),
        "returned": list(held.returned),
        "title": None if held.title is None else list(held.title),
        "notice": held.notice,
        "expires": None if held.expires is None else [to_text(one) for one in held.expires],
    }


def health(held: Health) -> Json:
    """HEALTH."""
    return {
        "id": held.source,
        "name": held.name,
        "followed": held.followed,
        "last_verified": to_text(held.last_verified),
        "last_attempt": to_text(held.last_attempt),
        "state": held.state,
        "problem": sentence(say(held.problem)) if held.problem else None,
        "advisories": held.advisories,
        "next_check": to_text(held.next_check),
    }


def report(checked_at: datetime, sources: Sequence[Health], changes: Sequence[Change]) -> Json:
    """What `check` prints."""
    return {
        "checked_at": to_text(checked_at),
        "sources": [health(one) for one in sources],
        "changes": [change(one) for one in changes],
    }
