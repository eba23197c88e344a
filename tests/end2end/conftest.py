"""A private desktop for a test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.desktop import Desktop


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """Give a whole session: display, bus, keyring, notifications, accessibility."""
    with Desktop(tmp_path / "desktop") as started:
        yield started
