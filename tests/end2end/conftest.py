"""A private desktop and a source on loopback, for a test that asks for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.desktop import Desktop
from tests.servers import LoopbackFeed


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """Give a whole session: display, bus, keyring, notifications, accessibility."""
    with Desktop(tmp_path / "desktop") as started:
        yield started


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    """Give a server that the tests publish on."""
    with LoopbackFeed() as started:
        yield started
