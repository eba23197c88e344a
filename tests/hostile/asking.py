"""One question to a server, with a deadline of one second: whatever it does, the fetch ends within two."""

import time

import pytest

from core import fetch
from core.errors import FetchError
from core.model import Source

DEADLINE_S = 1.0


def source(url: str, *, roots: str | None = None, from_user: bool = True) -> Source:
    """A source at an address; of the user's own list unless said otherwise."""
    return Source("tests", "Tests", "Tests", url, roots=roots, from_user=from_user)


def asked(
    url: str, *, etag: str | None = None, roots: str | None = None, from_user: bool = True
) -> fetch.Fetched | fetch.NotModified:
    """Fetch, in time whatever happens."""
    began = time.monotonic()
    try:
        return fetch.fetch(source(url, roots=roots, from_user=from_user), etag=etag, deadline_s=DEADLINE_S)
    finally:
        assert time.monotonic() - began < DEADLINE_S + 1


def refusal(url: str, *, etag: str | None = None, roots: str | None = None, from_user: bool = True) -> FetchError:
    """The error that a fetch must end with."""
    with pytest.raises(FetchError) as caught:
        asked(url, etag=etag, roots=roots, from_user=from_user)
    return caught.value
