"""A profile with the scene's alert and its checklist, and its store, for the tests of what is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.store.open import Store
from tests.profiles import Made, scene


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return scene(tmp_path / "profile")


@pytest.fixture
def store(made: Made) -> Iterator[Store]:
    with made.store() as opened:
        yield opened
