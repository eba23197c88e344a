"""A whole feed, from its bytes to revisions that are kept and can be searched, beside feedparser on the same bytes.

Printed, never failed on. Asked is at most 0.6 of the time that `feedparser.parse` alone takes. What one feed would
remember for the next is forgotten before each time; tables that are compiled once a program stay.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from core import intake, saving
from core.model import Kind, Source
from core.store import search
from core.store.open import Store

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "data" / "us-rss"
NOW = datetime(2025, 10, 9, tzinfo=UTC)
SOURCE = Source("us", "Advisories", "The issuer", "https://travel.state.gov/feed.xml", Kind.COUNTRY, "rss")
ADVISORIES, ASKED, TIMES = 211, 0.6, 5
# The tables of the languages are a few; what is remembered of texts is more.
_TABLES = 64

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="no capture of the feed beside the project")


def _forget() -> None:
    """Empty what the core remembers of the texts it has read."""
    for name, room in list(sys.modules.items()):
        if name.startswith("core"):
            for held in vars(room).values():
                if hasattr(held, "cache_clear") and (held.cache_parameters()["maxsize"] or 0) > _TABLES:
                    held.cache_clear()
    gc.collect()


def _took(do: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of processor time."""
    clock, processor = time.perf_counter(), time.process_time()
    do()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def test_a_whole_feed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = next(path for path in sorted(CAPTURES.glob("TAsTWs_*.xml"))).read_bytes()
    intake.take(data, SOURCE, NOW)  # compiles the tables
    ours, theirs = [], []
    for number in range(TIMES):
        _forget()
        with Store.open(tmp_path / f"{number}.db", bytes(32)) as store:

            def keep(store: Store = store) -> None:
                revisions = intake.take(data, SOURCE, NOW).revisions
                saving.save_document(store, revisions, (), NOW, first_look=True)

            ours.append(_took(keep))
            assert store.rows("SELECT count(*) FROM revision") == [(ADVISORIES,)]
            assert search.search(store, "Reconsider travel to Nigeria")
        gc.collect()
        theirs.append(_took(lambda: feedparser.parse(data)))
    with capsys.disabled():
        print()
        for what, place in (("by the clock", 0), ("processor time", 1)):
            own, other = (statistics.median(one[place] for one in taken) for taken in (ours, theirs))
            print(f"  a feed of {ADVISORIES}, {what}: {own:.0f} ms, feedparser alone {other:.0f} ms: ", end="")
            print(f"{own / other:.2f} of it, asked {ASKED}")
