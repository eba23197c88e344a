"""When the first source is due: of those that are followed and can be asked alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.model import Message
from core.store import sources
from core.turns import first_due, is_any_due
from tests.profiles import EMBASSY, Made, scene

HOUR = timedelta(hours=1)
GONE = EMBASSY._replace(id="gone")
UNREADABLE = EMBASSY._replace(id="unreadable", format="a-page")
LATER = EMBASSY._replace(id="later")
LIST = {one.id: one for one in (EMBASSY, UNREADABLE, LATER)}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The scene's one source, asked just now, with the next look in an hour."""
    made = scene(tmp_path / "profile")
    asked(made, EMBASSY.id, HOUR)
    return made


def asked(made: Made, source: str, pause: timedelta) -> None:
    now = datetime.now(UTC)
    with made.store() as store:
        with store.transaction():
            sources.follow(store, [source], ())
        sources.begin_attempt(store, source, now)
        sources.fail(store, source, now, next_check=now + pause, problem=Message("timeout", {}))


def test_the_first_of_several_counts(made: Made) -> None:
    asked(made, LATER.id, 2 * HOUR)
    now = datetime.now(UTC)
    with made.store() as store:
        first = first_due(store, LIST, now)
        assert first is not None
        assert timedelta(minutes=59) < first - now <= HOUR
        assert not is_any_due(store, LIST, now)


def test_what_cannot_be_asked_is_never_due(made: Made) -> None:
    with made.store() as store:
        with store.transaction():
            sources.follow(store, [GONE.id, UNREADABLE.id], ())
        assert not is_any_due(store, LIST, datetime.now(UTC))
        with store.transaction():
            sources.follow(store, [LATER.id], ())
        assert is_any_due(store, LIST, datetime.now(UTC))


def test_where_nothing_is_followed_nothing_is_due(made: Made) -> None:
    with made.store() as store:
        with store.transaction():
            sources.unfollow(store, [EMBASSY.id])
        assert first_due(store, LIST, datetime.now(UTC)) is None
        assert not is_any_due(store, LIST, datetime.now(UTC))
