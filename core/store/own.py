"""The sources that the traveller has added beside those of the list: an address of her own, kept in the profile."""

from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit

from core.catalogue import may_fetch
from core.errors import InputError
from core.model import Source
from core.store.open import Store


def own_sources(store: Store) -> dict[str, Source]:
    """Those that were added, by id."""
    found = store.rows("SELECT id, name, url, format FROM own_source ORDER BY name, id")
    made = {}
    for row in found:
        name, words, url, form = cast(tuple[str, str, str, str], row)
        host = urlsplit(url).hostname or ""
        made[name] = Source(name, words, host, url, format=form, tried="", from_user=True)
    return made


def with_own(store: Store, known: Mapping[str, Source]) -> dict[str, Source]:
    """A list of sources with those that were added; what the list has under the same id counts."""
    return own_sources(store) | dict(known)


def add_own(store: Store, name: str, url: str, form: str) -> str:
    """Keep an address as a source and give its id; the same address is the same source. In the caller's transaction.

    InputError: it is no address that may be asked.
    """
    if not may_fetch(url, from_user=False):
        raise InputError("address-refused")
    import hashlib

    made = f"own-{hashlib.sha256(url.encode()).hexdigest()[:12]}"
    words = " ".join(name.split())[:200] or urlsplit(url).hostname or url
    store.write(
        "INSERT INTO own_source (id, name, url, format) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, format = excluded.format",
        made, words, url, form,
    )  # fmt: skip
    return made
