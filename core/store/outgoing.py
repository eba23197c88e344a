"""Lists as they go into a file or on paper: their items in the traveller's order, and what travels with them."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from core.lines import File
from core.lists.attribution import attribution, quotes
from core.lists.json_list import quotes_in
from core.lists.shape import Quote, Written
from core.model import Checklist, Source
from core.store import advisories, checklists, files
from core.store.open import Store

# Of all attached files together, as bytes in one copy.
MAX_FILES = 20 * 1024 * 1024


def written(store: Store, chosen: Sequence[Checklist], known: Mapping[str, Source]) -> list[Written]:
    """These lists, with their attached files by name and size. `known`: the sources whose licences are known."""
    return [_written(store, one, known) for one in chosen]


def with_files(store: Store, lists: Sequence[Written]) -> tuple[list[Written], list[str]]:
    """The same with the bytes of attached files, as many as one copy takes; and the names of those it does not."""
    room, left_out, made = MAX_FILES, [], []
    for one in lists:
        carried: dict[str, list[File]] = {}
        for held in files.attached(store, [item.id for item in one.items]):
            fits = held.size <= room
            room -= held.size if fits else 0
            left_out += [] if fits else [held.name]
            data = files.content(store, held.id) if fits else None
            carried.setdefault(held.item, []).append(File(held.name, held.size, data))
        made.append(one._replace(files=carried))
    return made, left_out


def _written(store: Store, checklist: Checklist, known: Mapping[str, Source]) -> Written:
    items = checklists.items(store, checklist.id)
    named = [name for name in dict.fromkeys(item.advisory_id for item in items) if name]
    found = [(name, revision) for name in named if (revision := advisories.newest(store, name))]
    places = {name: number for number, (name, _) in enumerate(found)}
    quoted: Sequence[Quote] = quotes([revision for _, revision in found], known)
    said = attribution(quoted)
    came = store.row("SELECT attribution, quoted, advisories FROM origin WHERE checklist = ?", checklist.id)
    if came is not None:
        # What the file said of itself goes on: the licence is known from nowhere else.
        said, held, ids = cast(tuple[str, str, str], came)
        quoted, places = _as_they_came(quotes_in(held), json.loads(ids), quoted, places)
    carried: dict[str, list[File]] = {}
    for file in files.attached(store, [item.id for item in items]):
        carried.setdefault(file.item, []).append(File(file.name, file.size))
    of_each = {item.id: places[item.advisory_id] for item in items if item.advisory_id in places}
    return Written(checklist, items, said, quoted, of_each, carried)


def _as_they_came(
    held: Sequence[Quote], ids: Sequence[str | None], found: Sequence[Quote], places: Mapping[str, int]
) -> tuple[list[Quote], dict[str, int]]:
    """The quotes that came with a list, each with its words where they are kept, and their places by advisory."""
    made = [
        quote._replace(text=found[places[name]].text) if name and name in places else quote
        for quote, name in zip(held, ids, strict=True)
    ]
    return made, {name: number for number, name in enumerate(ids) if name}
