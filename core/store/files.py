"""Copies of files that the traveller attached to items: in the encrypted store, at most 10 MB each and 100 MB in all.

What was removed can be brought back as long as the act can be taken back; then its bytes go.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import NamedTuple, cast

from core.bounds import CONTROLS
from core.errors import InputError
from core.lines import MAX_FILE_BYTES
from core.store import checklists, rows
from core.store.open import Store
from core.store.undo import Act, recorded
from core.times import to_text

MAX_BYTES, MAX_IN_ALL = MAX_FILE_BYTES, 100 * 1024 * 1024
MAX_NAME = 120
_NAMED = "SELECT json_extract(one.value, '$[1]') FROM act, json_each(act.data) AS one"
_UNUSED = (
    f"SELECT id FROM attachment WHERE id NOT IN ({_NAMED}) "  # noqa: S608  # words of our own
    f"AND (removed OR item NOT IN (SELECT id FROM item) AND item NOT IN ({_NAMED}))"
)


class Attached(NamedTuple):
    """One file: its id, its item, the name it came with, and its size in bytes."""

    id: str
    item: str
    name: str
    size: int


def attach(store: Store, item_id: str, name: str, data: bytes, now: datetime) -> Attached:
    """Keep a copy of a file's bytes with an item. InputError: it is too large, or there is no room or item for it."""
    checklists.items_by_id(store, [item_id])
    # The bytes first, out of sight: taking the act back then hides them again, and bytes need no undoing.
    with store.transaction():
        _forget_unused(store)
        held = put(store, item_id, name, data, now, out_of_sight=True)
    with recorded(store, Act.ATTACH, files=[held.id]):
        store.write("UPDATE attachment SET removed = 0 WHERE id = ?", held.id)
    return held


def put(store: Store, item_id: str, name: str, data: bytes, now: datetime, *, out_of_sight: bool = False) -> Attached:
    """Keep a file's bytes in the caller's transaction. InputError: it is too large, or there is no room for it."""
    held = Attached(os.urandom(8).hex(), item_id, plain_name(name), len(data))
    if len(data) > MAX_BYTES:
        raise InputError("file-too-large-to-attach", file=held.name)
    (used,) = cast(tuple[int], store.row("SELECT coalesce(sum(size), 0) FROM attachment"))
    if used + len(data) > MAX_IN_ALL:
        raise InputError("no-room-to-attach", file=held.name)
    store.write(
        "INSERT INTO attachment (id, item, name, size, added, removed) VALUES (?, ?, ?, ?, ?, ?)",
        *held, to_text(now), int(out_of_sight),
    )  # fmt: skip
    store.write("INSERT INTO attachment_data (id, data) VALUES (?, ?)", held.id, data)
    return held


def attached(store: Store, items: Sequence[str]) -> list[Attached]:
    """The files of these items, in the order in which they came."""
    found = store.rows(
        "SELECT id, item, name, size FROM attachment WHERE NOT removed "
        "AND item IN (SELECT value FROM json_each(?)) ORDER BY added, id",
        rows.dump(list(items)),
    )
    return [Attached(*cast(tuple[str, str, str, int], row)) for row in found]


def content(store: Store, file_id: str) -> bytes:
    """A file's bytes. InputError: there is no such file."""
    row = store.row("SELECT data FROM attachment_data JOIN attachment USING (id) WHERE id = ? AND NOT removed", file_id)
    if row is None:
        raise InputError("unknown-file")
    return cast(bytes, row[0])


def remove(store: Store, file_id: str) -> None:
    """Take a file away from its item."""
    with recorded(store, Act.DETACH, files=[file_id]):
        store.write("UPDATE attachment SET removed = 1 WHERE id = ?", file_id)


def plain_name(name: str) -> str:
    """The name of a file without folders, control characters and what hides its ending, bounded."""
    bare = CONTROLS.sub("", PurePath(name.replace("\\", "/")).name).strip().lstrip(".")
    stem, dot, ending = bare.rpartition(".")
    if len(bare) <= MAX_NAME:
        return bare or "file"
    return f"{stem[: MAX_NAME - 1 - len(ending)]}.{ending}" if dot and len(ending) <= 10 else bare[:MAX_NAME]


def _forget_unused(store: Store) -> None:
    """Drop the bytes of files that no act can bring back."""
    store.write(f"DELETE FROM attachment_data WHERE id IN ({_UNUSED})")  # noqa: S608  # words of our own
    store.write(f"DELETE FROM attachment WHERE id IN ({_UNUSED})")  # noqa: S608  # words of our own
