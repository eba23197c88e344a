"""A database whose bytes are not those that were written is never shown as truth: 300 bit flips, 40 truncations.

Each is opened afresh and read whole: either it says that it is damaged (or not to be opened with this key), or what
it gives is exactly what was written.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import intake, saving
from core.errors import DamagedError, LockedError
from core.model import State
from core.store import advisories, checklists, choosing, overview, search, sources
from core.store.open import Store
from tests import profiles
from tests.profiles import EMBASSY
from tests.texts import ALERT_1, Alert, embassy_feed

FLIPS, TRUNCATIONS = 300, 40
PAGE = 4096


def whole(store: Store) -> object:
    """Everything that the program ever reads, through the functions that it reads it with."""
    lists = checklists.all_lists(store)
    kept = advisories.kept(store)
    return (
        lists,
        [checklists.items(store, one.id) for one in lists],
        kept,
        [advisories.history(store, one.id) for one in kept],
        overview.summaries(store, choosing.fitting(store)),
        sources.records(store),
        sources.trips(store),
        search.search(store, "alert"),
        advisories.untold(store),
        store.rows("SELECT name, value FROM setting"),
    )


@dataclass(frozen=True)
class Written:
    """A closed database, and what it holds."""

    data: bytes
    key: bytes
    truth: object


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    alerts = [ALERT_1] + [
        Alert(f"Alert {n}", f"https://example.org/{n}", f"<p>Road {n} is closed.</p>" * 40, ALERT_1.pub_date)
        for n in range(30)
    ]
    made = profiles.scene(tmp_path_factory.mktemp("damage") / "profile", embassy_feed(alerts))
    with made.store() as store:
        checklists.set_state(store, made.items[:3], State.DONE, datetime.now(UTC))
        checklists.set_note(store, made.items[1], "a note")
        for revision in intake.take(embassy_feed(alerts[:9]), EMBASSY, datetime.now(UTC)).revisions:
            saving.save_revision(store, revision, (), datetime.now(UTC), first_look=False)
        truth = whole(store)
    data = made.profile.database.read_bytes()
    assert not made.profile.database.with_name("safeconduct.db-wal").exists()
    assert len(data) % PAGE == 0 and len(data) > 40 * PAGE
    return Written(data, made.key, truth)


def verdict(path: Path, damaged: bytes, written: Written) -> str:
    """What opening and reading the whole of it gives: `said`, `right`, or what was wrong."""
    path.write_bytes(damaged)
    try:
        with Store.open(path, written.key) as store:
            found = whole(store)
    except (DamagedError, LockedError):
        return "said"
    finally:
        for file in path.parent.glob(path.name + "*"):
            file.unlink()
    return "right" if found == written.truth else "silently wrong"


def test_the_undamaged_file_is_right(tmp_path: Path, written: Written) -> None:
    assert verdict(tmp_path / "copy.db", written.data, written) == "right"


def test_no_flipped_bit_is_read_as_truth(tmp_path: Path, written: Written) -> None:
    """Some in the first hundred bytes, where a salt and the page size stand in clear; the others anywhere."""
    chance = random.Random(random.randrange(2**32))
    places = [chance.randrange(100 * 8) for _ in range(FLIPS // 6)]
    places += [chance.randrange(len(written.data) * 8) for _ in range(FLIPS - len(places))]
    found: dict[str, int] = {}
    for place in places:
        damaged = bytearray(written.data)
        damaged[place // 8] ^= 1 << place % 8
        said = verdict(tmp_path / "flipped.db", bytes(damaged), written)
        found[said] = found.get(said, 0) + 1
        assert said != "silently wrong", f"bit {place}"
    print(found)
    assert found["said"] > FLIPS * 0.5


def test_no_cut_file_is_read_as_truth(tmp_path: Path, written: Written) -> None:
    """Half of the cuts at the end of a page, where nothing looks torn; nothing at all, and one page, among them."""
    chance = random.Random(random.randrange(2**32))
    pages = len(written.data) // PAGE
    cuts = [0, PAGE, len(written.data) - PAGE, len(written.data) - 1, 1, 16, 100]
    cuts += [PAGE * chance.randrange(1, pages) for _ in range(TRUNCATIONS // 2 - 3)]
    cuts += [chance.randrange(len(written.data)) for _ in range(TRUNCATIONS - len(cuts))]
    for cut in cuts:
        assert verdict(tmp_path / "cut.db", written.data[:cut], written) == "said", f"cut at {cut}"


def test_no_swapped_or_copied_page_is_read_as_truth(tmp_path: Path, written: Written) -> None:
    """Each page is good where it was written and nowhere else."""
    chance = random.Random(random.randrange(2**32))
    pages = [written.data[at : at + PAGE] for at in range(0, len(written.data), PAGE)]
    for _ in range(20):
        one, other = chance.sample(range(len(pages)), 2)
        swapped, copied = list(pages), list(pages)
        swapped[one], swapped[other] = pages[other], pages[one]
        copied[one] = pages[other]
        for damaged in (swapped, copied):
            assert verdict(tmp_path / "swapped.db", b"".join(damaged), written) != "silently wrong"


def test_a_tail_of_noise_changes_nothing(tmp_path: Path, written: Written) -> None:
    for tail in (b"x", bytes(PAGE), random.randbytes(3 * PAGE)):
        assert verdict(tmp_path / "longer.db", written.data + tail, written) != "silently wrong"
