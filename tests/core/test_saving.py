"""Keeping what one document says: new advisories several together, and what stands when it is stopped half way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import saving
from core.errors import FormatError, StorageError
from core.model import Revision, Text
from core.store import advisories, search
from core.store.open import Store
from tests.core.revisions import revision_of
from tests.profiles import cheap_profile

NOW = datetime(2026, 3, 3, 6, tzinfo=UTC)
MANY = 2 * saving.MAX_TOGETHER + 3


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    profile, key = cheap_profile(tmp_path / "profile")
    with Store.open(profile.database, key) as opened:
        yield opened


def state(number: int, words: str = "Avoid crowds.") -> Revision:
    return revision_of([words])._replace(advisory_id=f"embassy:{number:04}", number=0)


def numbers(store: Store) -> list[tuple[str, int]]:
    return [(one.id, one.newest.number) for one in sorted(advisories.kept(store), key=lambda one: one.id)]


def test_new_and_held_ones_are_kept_in_their_order(store: Store) -> None:
    saving.save_document(store, [state(5)], (), NOW, first_look=False)
    given = [state(number, "Carry water." if number == 5 else "Avoid crowds.") for number in range(MANY)]
    saved = saving.save_document(store, given, (), NOW, first_look=False)
    assert [change.advisory_id for change in saved.changes] == [one.advisory_id for one in given]
    assert [change.advisory_id for _, change in advisories.untold(store)][1:] == [one.advisory_id for one in given]
    assert numbers(store) == [(one.advisory_id, 2 if number == 5 else 1) for number, one in enumerate(given)]
    assert len(search.search(store, "crowds")) == MANY
    assert saving.save_document(store, given, (), NOW, first_look=False).changes == ()


def test_what_was_read_before_it_was_stopped_is_kept(store: Store) -> None:
    left = [MANY - 5]

    def stop() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise FormatError("too-much-to-read")

    with pytest.raises(FormatError):
        saving.save_document(
            store, [state(number) for number in range(MANY)], (), NOW, first_look=False, before_each=stop
        )
    assert numbers(store) == [(state(number).advisory_id, 1) for number in range(MANY - 5)]
    saving.save_document(store, [state(number) for number in range(MANY)], (), NOW, first_look=False)
    assert len(numbers(store)) == MANY


def test_one_that_cannot_be_kept_keeps_no_other_out(store: Store) -> None:
    given = [state(number) for number in range(MANY)]
    given[7] = given[7]._replace(title="Half of a sign: \ud83d")
    with pytest.raises(UnicodeEncodeError):
        saving.save_document(store, given, (), NOW, first_look=False)
    good = [one.advisory_id for number, one in enumerate(given) if number != 7]
    assert numbers(store) == [(name, 1) for name in good]
    assert [change.advisory_id for _, change in advisories.untold(store)] == good
    assert len(search.search(store, "crowds")) == MANY - 1


def test_a_full_disk_keeps_what_it_took_and_the_next_look_the_rest(store: Store) -> None:
    given = [state(number)._replace(text=Text("Avoid crowds. " * 500)) for number in range(MANY)]
    ((pages,),) = store.rows("PRAGMA page_count")
    store.rows(f"PRAGMA max_page_count = {int(str(pages)) + 100}")
    with pytest.raises(StorageError):
        saving.save_document(store, given, (), NOW, first_look=False)
    kept = numbers(store)
    assert 0 < len(kept) < MANY
    assert len(search.search(store, "crowds")) == len(kept) == len(advisories.untold(store))
    store.rows("PRAGMA max_page_count = 1000000")
    saving.save_document(store, given, (), NOW, first_look=False)
    assert numbers(store) == [(one.advisory_id, 1) for one in given]
    assert len(search.search(store, "crowds")) == MANY == len(advisories.untold(store))
