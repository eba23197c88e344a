"""Values of the model as columns and JSON, and back. Only storage uses it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import cast

from core.grounds import Dispatch, Evidence
from core.model import (
    Action,
    Block,
    BlockKind,
    Change,
    ChangeKind,
    Contact,
    Item,
    Kind,
    Level,
    Link,
    Message,
    Revision,
    Standing,
    State,
    Text,
    Urgency,
    Values,
    Verified,
)
from core.store.open import Row
from core.times import from_text, to_text

Json = dict[str, "JsonValue"]
JsonValue = str | int | float | bool | None | list["JsonValue"] | Json


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(value: object) -> str:
    """Compact JSON."""
    return _COMPACT.encode(value)


def _dump_whole(value: object) -> str:
    """The same for what is large; for readers of sources alone, since a tick must not wait for the import."""
    import msgspec

    return msgspec.json.encode(value).decode()


def words(value: object) -> tuple[str, ...]:
    """A JSON array of strings."""
    return tuple(json.loads(cast(str, value)))


def pair(text: str) -> object:
    """A JSON array as it was dumped."""
    return json.loads(text)


def message_out(message: Message) -> list[object]:
    """A message as a pair."""
    return [message.id, message.values]


def message_in(pair: object) -> Message:
    """A message from its pair."""
    name, values = cast(tuple[str, Values], pair)
    return Message(name, values)


def _level_out(level: Level | None) -> list[object] | None:
    return None if level is None else [level.value, level.words, level.scale]


def _level_in(held: object) -> Level | None:
    return None if held is None else Level(*cast(tuple[int | None, str, str], held))


def _action_out(a: Action) -> Sequence[object]:
    return a if a.due is None else [
        a.id, a.text, a.heading, a.condition, a.urgency, to_text(a.due), a.audience, a.response_type,
        a.links, a.refers_to, a.start, a.end,
    ]  # fmt: skip


def action_in(held: list[object]) -> Action:
    """An action from its JSON array."""
    name, text, heading, condition, urgency, due, audience, response, links, refers_to, start, end = held
    return Action(
        cast(str, name), cast(str, text), cast(str | None, heading), cast(str | None, condition),
        Urgency(cast(str, urgency)), from_text(cast(str | None, due)), cast(str | None, audience),
        cast(str | None, response), tuple(cast(list[str], links)), cast(str | None, refers_to),
        cast(int, start), cast(int, end),
    )  # fmt: skip


def _dispatch_out(held: Dispatch | None) -> list[object] | None:
    return None if held is None else [held.id, held.replaces, held.withdraws, held.areas]


def dispatch_in(held: list[object] | None) -> Dispatch | None:
    """A dispatch from its JSON array, or None."""
    if held is None:
        return None
    name, replaces, withdraws, areas = held
    return Dispatch(
        cast(str, name), tuple(cast(list[str], replaces)), cast(bool, withdraws), tuple(cast(list[str], areas))
    )


def rest_of(revision: Revision) -> str:
    """What of a revision has no column of its own."""
    return _dump_whole(
        {
            "source": revision.source,
            "url": revision.url,
            "language": revision.language,
            "level": _level_out(revision.level),
            "status": revision.status,
            "updated": to_text(revision.updated),
            "effective": to_text(revision.effective),
            "expires": to_text(revision.expires),
            "verified": revision.verified,
            # A noun is an array of its fields.
            "blocks": revision.text.blocks,
            "links": revision.text.links,
            "actions": [_action_out(action) for action in revision.actions],
            "contacts": revision.contacts,
            "issued_is_date": revision.issued_is_date,
            "warnings": [message_out(warning) for warning in revision.warnings],
            "dispatch": _dispatch_out(revision.dispatch),
            "evidence": revision.evidence,
        }
    )


REVISION = "r.advisory_id, r.number, r.title, r.issuer, r.kind, r.countries, r.issued, r.fetched, r.text, r.rest"


def revision_in(row: Row) -> Revision:
    """A revision from the columns that `REVISION` names."""
    advisory_id, number, title, issuer, kind, countries, issued, fetched, text, rest_text = row
    rest = json.loads(cast(str, rest_text))
    return Revision(
        advisory_id=cast(str, advisory_id),
        number=cast(int, number),
        source=rest["source"],
        issuer=cast(str, issuer),
        kind=Kind(cast(str, kind)),
        title=cast(str, title),
        url=rest["url"],
        countries=words(countries),
        language=rest["language"],
        level=_level_in(rest["level"]),
        status=tuple(rest["status"]),
        issued=from_text(cast(str | None, issued)),
        updated=from_text(rest["updated"]),
        effective=from_text(rest["effective"]),
        expires=from_text(rest["expires"]),
        fetched=from_text(cast(str | None, fetched)),
        verified=Verified(rest["verified"]),
        text=Text(
            cast(str, text),
            tuple(Block(BlockKind(b[0]), *b[1:]) for b in rest["blocks"]),
            tuple(Link(*link) for link in rest["links"]),
        ),
        actions=tuple(action_in(action) for action in rest["actions"]),
        contacts=tuple(Contact(*contact) for contact in rest["contacts"]),
        warnings=tuple(message_in(warning) for warning in rest["warnings"]),
        issued_is_date=rest["issued_is_date"],
        dispatch=dispatch_in(rest.get("dispatch")),  # what an older version kept has none
        evidence=tuple(Evidence(*one) for one in rest.get("evidence", ())),
    )


ITEM = (
    "id, checklist, position, action_id, advisory_id, text, state, standing, was, heading, condition, urgency, "
    "response_type, done_at, note, due, reminder, detail, start, end, important, every, "
    "refers_to, done_by, given"
)


def given_out(item: Item) -> str | None:
    """The due times that an issuer gave for an item, as their column."""
    return dump([to_text(one) for one in item.given]) if item.given else None


def item_out(item: Item) -> list[str | int | None]:
    """An item as the columns that `ITEM` names."""
    return [
        item.id, item.checklist, item.position, item.action_id, item.advisory_id, item.text, item.state, item.standing,
        item.was, item.heading, item.condition, item.urgency, item.response_type, to_text(item.done_at), item.note,
        to_text(item.due), to_text(item.reminder), item.detail, item.start, item.end, int(item.important),
        None if item.every is None else round(item.every.total_seconds()), item.refers_to,
        dump(item.done_by), given_out(item),
    ]  # fmt: skip


# Checklist, advisory, heading, condition, response type, note, detail, what it refers to.
_OFTEN_ALIKE = (1, 4, 9, 10, 12, 14, 17, 22)
# An enumeration asked for a value takes five times as long, which ten thousand items make felt.
_STATES = {one.value: one for one in State}
_STANDINGS = {one.value: one for one in Standing}
_URGENCIES = {one.value: one for one in Urgency}


def items_in(found: Iterable[Row]) -> Iterator[Item]:
    """Items from rows of the columns that `ITEM` names; what many of them say alike is held once."""
    shared: dict[str, str] = {}
    for row in found:
        yield item_in(row, shared)


def item_in(row: Row, shared: dict[str, str] | None = None) -> Item:
    """An item from the columns that `ITEM` names. `shared`: the words that earlier ones brought."""
    held = cast(list[str | None], list(row))
    if shared is not None:
        for place in _OFTEN_ALIKE:
            if (words_there := held[place]) is not None:
                held[place] = shared.setdefault(words_there, words_there)
    return Item(
        id=cast(str, row[0]), checklist=cast(str, held[1]), position=cast(int, row[2]), action_id=held[3],
        advisory_id=held[4], text=cast(str, row[5]), state=_STATES[cast(str, row[6])],
        standing=_STANDINGS[cast(str, row[7])], was=held[8], heading=held[9], condition=held[10],
        urgency=_URGENCIES[cast(str, row[11])], response_type=held[12], done_at=from_text(held[13]),
        note=cast(str, held[14]), due=from_text(held[15]), reminder=from_text(held[16]), detail=cast(str, held[17]),
        start=cast(int | None, row[18]), end=cast(int | None, row[19]), important=bool(row[20]),
        every=None if row[21] is None else timedelta(seconds=cast(int, row[21])), refers_to=held[22],
        done_by=words(row[23]) if row[23] != "[]" else (),
        given=tuple(from_text(one) for one in json.loads(cast(str, row[24]))) if row[24] else (),
    )  # fmt: skip


def change_out(change: Change) -> str:
    """A change as JSON."""
    return _dump_whole(
        {
            "before": change.before,
            "after": change.after,
            "kinds": change.kinds,
            "level": None if change.level is None else [_level_out(level) for level in change.level],
            "status": change.status,
            "added": change.added,
            "reworded": change.reworded,
            "withdrawn": change.withdrawn,
            "notice": change.notice,
            "expires": None if change.expires is None else [to_text(moment) for moment in change.expires],
            "important": change.important,
            "overtaken": change.overtaken,
            "title": change.title,
            "is_text_other": change.is_text_other,
            "returned": change.returned,
        }
    )


def change_in(advisory_id: str, data: str) -> Change:
    """A change from its JSON."""
    held = json.loads(data)
    return Change(
        advisory_id=advisory_id,
        before=held["before"],
        after=held["after"],
        kinds=tuple(ChangeKind(kind) for kind in held["kinds"]),
        level=None if held["level"] is None else (_level_in(held["level"][0]), _level_in(held["level"][1])),
        status=None if held["status"] is None else (tuple(held["status"][0]), tuple(held["status"][1])),
        added=tuple(held["added"]),
        reworded=tuple(held["reworded"]),
        withdrawn=tuple(held["withdrawn"]),
        notice=held["notice"],
        expires=_moments_in(held.get("expires")),  # what an older version kept has none of these
        important=tuple(held.get("important", ())),
        overtaken=tuple(held.get("overtaken", ())),
        title=(held["title"][0], held["title"][1]) if held.get("title") else None,
        is_text_other=held.get("is_text_other", False),
        returned=tuple(held.get("returned", ())),
    )


def _moments_in(held: list[str | None] | None) -> tuple[datetime | None, datetime | None] | None:
    return None if held is None else (from_text(held[0]), from_text(held[1]))


def marks(values: Iterable[object]) -> str:
    """As many question marks as values."""
    return ",".join("?" for _ in values)
