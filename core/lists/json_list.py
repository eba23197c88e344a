"""Our own JSON of checklists: everything the traveller wrote, and the attribution of what is quoted.

`items` are those of all lists, each with the place in `lists` of the one it is of, and in `quotes` the place of the
text that it was taken from among those that its list quotes. `done_by`: the names of who has done an item; "" is the
traveller. What `write_whole` writes is for somebody else: with the words of the texts that are quoted and the bytes of
attached files, and with a name in the place of "".
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec

from core.errors import InputError
from core.lines import File, NewLine
from core.lists.attribution import in_full
from core.lists.shape import (
    MAX_LINES,
    MAX_LISTS,
    MAX_NAME,
    ListFile,
    Quote,
    Written,
    cleaned_files,
    every,
    minutes,
    moment,
)
from core.markup import fold
from core.model import Item, Standing, State, Urgency
from core.times import to_text
from core.wording import tr

KIND = "safeconduct-checklist"
_MOST_COMMAS, _MOST_BRACES = 1_000_000, 200_000


class _File(msgspec.Struct):
    name: str
    size: int = 0
    data: bytes | None = None


class _Item(msgspec.Struct):
    text: str
    state: str = "open"
    standing: str = "current"
    note: str = ""
    due: str | None = None
    reminder: str | None = None
    every_minutes: int | None = None
    heading: str | None = None
    condition: str | None = None
    detail: str = ""
    urgency: str = "unknown"
    response_type: str | None = None
    done_at: str | None = None
    done_by: list[str] = []
    list: int = 0
    quotes: int | None = None
    files: tuple[_File, ...] = ()


class _Quote(msgspec.Struct):
    title: str
    issuer: str = ""
    about: str = ""
    licence: str = ""
    url: str | None = None
    language: str = ""
    countries: list[str] = []
    level: str = ""
    issued: str | None = None
    updated: str | None = None
    expires: str | None = None
    fetched: str | None = None
    second_hand: bool = False
    text: str = ""


class _List(msgspec.Struct):
    title: str
    attribution: str = ""
    quoted: list[_Quote] = []


class _Document(msgspec.Struct):
    kind: str
    title: str
    items: list[_Item]
    lists: list[_List] = []


def write(lists: Sequence[Written]) -> bytes:
    """Checklists as JSON; the words of what they quote and attached files are only named."""
    return _written(lists, whole=False)


def write_whole(lists: Sequence[Written], sender: str = "") -> bytes:
    """Checklists as JSON, with the words of what they quote, and the bytes of those files that are given.

    `sender`: who the traveller is for whoever reads it; nobody's name is "the sender".
    """
    name = fold(sender)[:MAX_NAME] or tr("the sender")
    return _written([one._replace(items=[_told(item, name) for item in one.items]) for one in lists], whole=True)


def _told(item: Item, sender: str) -> Item:
    """An item as somebody else reads it, for whom "" would be themselves."""
    return replace(item, done_by=tuple(dict.fromkeys(name or sender for name in item.doers)))


def _written(lists: Sequence[Written], *, whole: bool) -> bytes:
    shape = {
        "kind": KIND,
        "format": 1,
        "title": lists[0].checklist.title if len(lists) == 1 else tr("Safe Conduct checklists"),
        "attribution": " ".join(dict.fromkeys(one.attribution for one in lists if one.attribution)),
        "lists": [
            {
                "title": one.checklist.title,
                "attribution": in_full(one),
                "quoted": [_quote_out(quote, whole=whole) for quote in one.quoted],
            }
            for one in lists
        ],
        "items": [_item(item, number, one, whole=whole) for number, one in enumerate(lists) for item in one.items],
    }
    return json.dumps(shape, ensure_ascii=False, indent=1).encode() + b"\n"


def _quote_out(held: Quote, *, whole: bool) -> dict[str, object]:
    times = {name: to_text(getattr(held, name)) for name in ("issued", "updated", "expires", "fetched")}
    return {**held._asdict(), "countries": list(held.countries), **times, "text": held.text if whole else ""}


def _quote(held: _Quote) -> Quote:
    return Quote(
        held.title,
        held.issuer,
        held.about,
        held.licence,
        held.url,
        held.language,
        tuple(held.countries),
        held.level,
        moment(held.issued),
        moment(held.updated),
        moment(held.expires),
        moment(held.fetched),
        held.second_hand,
        held.text,
    )


def quotes_out(quoted: Sequence[Quote]) -> str:
    """Quotes as JSON without their words, as the store keeps them beside a list."""
    return json.dumps([_quote_out(one, whole=False) for one in quoted], ensure_ascii=False)


def quotes_in(text: str) -> tuple[Quote, ...]:
    """What `quotes_out` wrote."""
    return tuple(map(_quote, msgspec.json.decode(text, type=list[_Quote])))


def _item(item: Item, number: int, held: Written, *, whole: bool) -> dict[str, object]:
    return {
        "text": item.text,
        "state": item.state,
        "standing": item.standing,
        "heading": item.heading,
        "condition": item.condition,
        "urgency": item.urgency,
        "response_type": item.response_type,
        "detail": item.detail,
        "note": item.note,
        "due": to_text(item.due),
        "reminder": to_text(item.reminder),
        "every_minutes": minutes(item.every),
        "done_at": to_text(item.done_at),
        "done_by": list(item.done_by),
        "list": number,
        "quotes": held.quotes.get(item.id),
        "files": [_file(file, whole=whole) for file in held.files.get(item.id, ())],
    }


def _file(held: File, *, whole: bool) -> dict[str, object]:
    from base64 import b64encode

    data = {"data": b64encode(held.data).decode()} if whole and held.data is not None else {}
    return {"name": held.name, "size": held.size, **data}


def read(data: bytes) -> tuple[ListFile, ...]:
    """What `write` or `write_whole` wrote; none where it is something else. InputError: it is too much."""
    if data.count(b",") > _MOST_COMMAS or data.count(b"{") > _MOST_BRACES:
        # Before any of it is made: a million small things take far more memory than they have letters.
        if KIND.encode() in data:
            raise InputError("lists-too-long", lines=MAX_LINES, lists=MAX_LISTS)
        return ()
    try:
        held = msgspec.json.decode(data, type=_Document)
    except (ValueError, RecursionError):
        return ()
    if held.kind != KIND:
        return ()
    lines: dict[int, list[NewLine]] = {}
    for item in held.items:
        lines.setdefault(item.list, []).append(_line(item))
    return cleaned_files([_list(held, number, tuple(ones)) for number, ones in lines.items()])


def _list(held: _Document, number: int, lines: tuple[NewLine, ...]) -> ListFile:
    if not 0 <= number < len(held.lists):
        return ListFile(held.title, lines)
    one = held.lists[number]
    return ListFile(one.title, lines, one.attribution, tuple(map(_quote, one.quoted)))


def _line(item: _Item) -> NewLine:
    return NewLine(
        item.text,
        _one_of(State, item.state, State.OPEN),
        item.note,
        moment(item.due),
        item.heading,
        item.condition,
        item.detail,
        _one_of(Urgency, item.urgency, Urgency.UNKNOWN),
        item.response_type,
        reminder=moment(item.reminder),
        every=every(item.every_minutes),
        done_by=tuple(item.done_by),
        done_at=moment(item.done_at),
        standing=_one_of(Standing, item.standing, Standing.CURRENT),
        quotes=item.quotes,
        files=tuple(File(file.name, len(file.data or b"") or file.size, file.data) for file in item.files),
    )


T = TypeVar("T", State, Urgency, Standing)


def _one_of(kind: type[T], word: str, otherwise: T) -> T:
    return kind(word) if word in set(kind) else otherwise
