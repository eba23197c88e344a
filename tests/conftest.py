"""The ground that every test stands on: a safe environment, and silence (style.md, points 9 and 10).

The fixtures are in `tests.fixtures_environment`, `tests.fixtures_silence` and `tests.fixtures_leaks`; all
that is automatic is said there. Here is only what a test asks for by name.
"""

from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = [
    "pytester",
    "tests.fixtures_leaks",
    "tests.fixtures_silence",
    "tests.fixtures_environment",
]

# A busy machine fails no test: what takes too long is found by the tests that measure.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A folder for `--profile` that is not there yet: the first command that writes makes it."""
    return tmp_path / "profile"
