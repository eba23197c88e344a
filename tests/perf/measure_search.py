"""How long a search takes as one types, and a page of advisories: `python -m tests.perf.measure_search [FOLDER]`.

Five thousand advisories in three revisions each, made in a temporary folder (half a minute), or in one that is given
and kept. Each search is what the window does for one key: ask the index, count, and read the rows that are seen first.
Asked is 50 ms at the 95th percentile. Beside the clock stands the processor time of this thread alone: a loaded machine
takes the rest.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from core.finding import sought
from core.model import Kind
from core.store import choosing, overview, search
from core.store.choosing import Order, Wanted
from core.store.open import Store
from core.store.search import EVERYWHERE, Only
from tests.perf import many
from ui.library import NEW_FOR
from ui.models.lines import PAGE

TIMES = 5
TYPED = (
    "airport", "the embassy", "security alert", "curfew convoy shelter", "cash five days", "shanko", "border of the",
    "безопасность", "مطار", "depart", "zzzz", "travel to the airport and leave", "kolimer", "security not the",
)  # fmt: skip
NARROWED = (Only(country="IQ"), Only(issuer=many.ISSUERS[0]), Only(kind=Kind.ALERT, newest=True), Only(country="ZZ"))


def _keys() -> Iterator[str]:
    """What stands in the field after each key."""
    for words in TYPED:
        for end in range(1, len(words) + 1):
            yield words[:end]


def _took(do: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this thread's processor time."""
    clock, own = time.perf_counter(), time.thread_time()
    do()
    return (time.perf_counter() - clock) * 1000, (time.thread_time() - own) * 1000


def _say(what: str, taken: list[tuple[float, float]]) -> None:
    said = []
    for name, times in zip(("", "own "), zip(*taken, strict=True), strict=True):
        sorted_times = sorted(times)
        middle, slow = statistics.median(sorted_times), sorted_times[int(len(times) * 0.95)]
        said.append(f"{name}median {middle:.1f}, p95 {slow:.1f}, worst {sorted_times[-1]:.1f} ms")
    print(f"{what}: {'; '.join(said)} ({len(taken)})")


def _search(store: Store, typed: str, only: Only) -> None:
    wanted = sought(typed, unfinished=True)
    search.excerpts(store, search.find(store, wanted, only).found[:PAGE], wanted)


def measure(folder: Path) -> None:
    """Print the figures."""
    path, key = many.profile(folder)
    with Store.open(path, key) as store:
        kept, fresh = overview.counts(store, many.NOW - NEW_FOR)
        print(f"{kept} advisories, {fresh} new, {path.stat().st_size / 1e6:.0f} MB")
        typed = [typed for _ in range(TIMES) for typed in _keys()]
        _say("a key", [_took(partial(_search, store, one, EVERYWHERE)) for one in typed])
        for only in NARROWED:
            taken = [_took(partial(_search, store, one, only)) for one in _keys()]
            _say(f"a key, {only.country or only.issuer or only.kind}", taken)
        for order in Order:
            _say(f"advisories, {order} first", [_took(partial(_page, store, order)) for _ in range(20)])
        _say("counts", [_took(partial(overview.counts, store, many.NOW - NEW_FOR)) for _ in range(20)])
        _say("worst level of a place", [_took(partial(overview.worst, store, ["IQ"])) for _ in range(20)])
        for choices in (choosing.issuers, choosing.countries):
            _say(choices.__name__, [_took(partial(choices, store)) for _ in range(20)])


def _page(store: Store, order: Order) -> None:
    wanted = Wanted(words="alert", unread=True)
    overview.summaries(store, choosing.fitting(store, wanted, order, ("IQ",))[:PAGE])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
        measure(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            measure(Path(temporary))
