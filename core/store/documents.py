"""The documents that an index names: what it says of each, and how each was last read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from core.formats.index import Detail
from core.model import Message
from core.store import rows
from core.store.open import Store
from core.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an index.

    `listed`: the index's stamp of change as it stands; `changed`: that at which the document was last read, None
    before the first time. `whole_at`: when it last gave a whole answer, not only "not modified".
    """

    address: str
    countries: tuple[str, ...]
    listed: str
    changed: str | None = None
    advisory_id: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    whole_at: datetime | None = None
    problem: Message | None = None


def named(store: Store, source: str) -> list[Document]:
    """The documents that a source's index named when it was last read, by address."""
    found = store.rows(
        "SELECT address, countries, listed, changed, advisory_id, etag, last_modified, whole_at, problem "
        "FROM document WHERE source = ? ORDER BY address",
        source,
    )
    documents = []
    for row in found:
        held = cast(list[str | None], list(row))
        documents.append(
            Document(
                address=cast(str, row[0]),
                countries=rows.words(row[1]),
                listed=cast(str, row[2]),
                changed=held[3],
                advisory_id=held[4],
                etag=held[5],
                last_modified=held[6],
                whole_at=from_text(held[7]),
                problem=rows.message_in(rows.pair(held[8])) if held[8] else None,
            )
        )
    return documents


def list_anew(store: Store, source: str, details: Iterable[Detail]) -> list[str]:
    """Keep what the index names now. Gives the advisories of the documents that it no longer names."""
    held = {document.address: document for document in named(store, source)}
    with store.transaction():
        # The validators stand for the list that was: should this look fail, "not modified" must not mean an older list.
        store.write("UPDATE source SET etag = NULL, last_modified = NULL WHERE id = ?", source)
        for detail in details:
            known = held.pop(detail.url, None)
            if known is None or (known.countries, known.listed) != (detail.countries, detail.changed):
                store.write(
                    "INSERT INTO document (source, address, countries, listed) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT DO UPDATE SET countries = excluded.countries, listed = excluded.listed",
                    source, detail.url, rows.dump(list(detail.countries)), detail.changed,
                )  # fmt: skip
        for address in held:
            store.write("DELETE FROM document WHERE source = ? AND address = ?", source, address)
    return [document.advisory_id for document in held.values() if document.advisory_id is not None]


def read_well(
    store: Store, source: str, document: Document, *, etag: str | None, last_modified: str | None,
    advisory_id: str | None = None, whole_at: datetime | None = None,
) -> None:  # fmt: skip
    """A document gave a good answer; `advisory_id` and `whole_at` where it was a whole one."""
    with store.transaction():
        store.write(
            "UPDATE document SET changed = listed, problem = NULL, etag = ?, last_modified = ?, "
            "advisory_id = coalesce(?, advisory_id), whole_at = coalesce(?, whole_at) "
            "WHERE source = ? AND address = ?",
            etag, last_modified, advisory_id, to_text(whole_at) if whole_at else None, source, document.address,
        )  # fmt: skip


def failed(store: Store, source: str, document: Document, problem: Message) -> None:
    """A document could not be read; what was read of it before stays."""
    with store.transaction():
        store.write(
            "UPDATE document SET problem = ? WHERE source = ? AND address = ?",
            rows.dump(rows.message_out(problem)), source, document.address,
        )  # fmt: skip


def read_before(store: Store, source: str) -> Sequence[str]:
    """The advisories of a source that were read from documents of their own."""
    found = store.rows("SELECT advisory_id FROM document WHERE source = ? AND advisory_id IS NOT NULL", source)
    return [cast(str, row[0]) for row in found]
