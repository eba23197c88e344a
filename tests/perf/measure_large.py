"""How the window bears a large profile: `python -m tests.perf.measure_large FOLDER`, made by `tests.perf.large`.

Printed for each thing that a traveller does: the longest time that the window's thread computed without a pause (what
is asked is at most 50 ms), and the longest pause by the clock, which counts what other programs took of the machine;
for ticks and for scrolling the 95th percentile and the worst (16 ms until it is on the disk and painted; 32 ms a
frame). Offscreen. It judges nothing.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core import keys
from core.model import Item, State
from core.paths import Profile
from tests.profiles import PASSPHRASE
from tests.ui.drawing import Heartbeat
from tests.ui.pictures import pause, until
from ui import app
from ui.widgets.tall_list import TallList
from ui.workbench import Workbench

SETTLES_MS, TICKS, FRAMES, TURNS = 600, 100, 300, 12
# Writes as a checker does: an advisory's next revision a transaction, one after the other.
WRITER = """
import sys, time
from datetime import UTC, datetime
from core import intake, saving
from core.paths import Profile
from core.store.open import Store
from tests.perf.large import feeds
from tests.profiles import EMBASSY
folder, key = sys.argv[1:]
with Store.open(Profile(__import__("pathlib").Path(folder)).database, bytes.fromhex(key)) as store:
    for revision in range(4, 1000):
        for feed in feeds(60, revision % 9 + 1):
            now = datetime.now(UTC)
            saving.save_document(store, intake.take(feed, EMBASSY, now).revisions, (), now, first_look=False)
            print("saved", flush=True)
"""

Say = Callable[[str], None]


def _spread(taken: list[float]) -> str:
    held = sorted(taken) or [0.0]
    return f"p95 {held[int(len(held) * 0.95)]:.1f} ms, worst {held[-1]:.1f} ms"


class Large:
    """A window over a large profile, and what is done with it."""

    def __init__(self, profile: Profile, key: bytes, say: Say) -> None:
        self._profile, self._key, self._say = profile, key, say
        self.worst_ms = 0.0
        self._ticked: list[str] = []
        with self.watched("starting"):
            self.window = app.open_window(profile, None, key)
            self.window.resize(1280, 800)
            until(lambda: self.window.workbench)
            pause(SETTLES_MS)
        assert self.window.workbench is not None
        self.bench: Workbench = self.window.workbench

    @contextmanager
    def watched(self, what: str) -> Iterator[None]:
        """Note the longest time in which the window could do nothing else."""
        with Heartbeat() as beat:
            yield
            pause(SETTLES_MS)
        self.worst_ms = max(self.worst_ms, beat.own_ms)
        self._say(f"{what}: at most {beat.own_ms:.0f} ms at a stretch, by the clock {beat.worst_ms:.0f} ms")

    def lists(self) -> None:
        """One after the other, a moment each."""
        with self.watched("switching lists"):
            for one in [one for one in self.bench._desk.lists() if one.done < one.total][:TURNS]:
                self.bench.open_list(one.id)
                pause(30)

    def todo(self) -> None:
        """Everything that is to do."""
        wanted = sum(one.total - one.done for one in self.bench._desk.lists())
        with self.watched(f"to do of {wanted}"):
            self.bench.go("todo")
            until(lambda: len(self.shown()) == wanted)

    def advisories(self) -> None:
        """The page of all, and the texts of some."""
        with self.watched("advisories"):
            self.bench.go("advisories")
            rows = self.bench.looking.advisories.list
            until(rows.model().rowCount)  # more come as one scrolls
        with self.watched("opening advisories"):
            for row in range(TURNS):
                rows.setCurrentIndex(rows.model().index(row, 0))
                pause(30)

    def map(self) -> None:
        """The map, the first time and once more."""
        for what in ("map", "map again"):
            with self.watched(what):
                self.bench.go("map")
                pause(SETTLES_MS)
            self.bench.go("search")
            pause(SETTLES_MS)

    def searching(self) -> None:
        """As one types."""
        with self.watched("searching"):
            self.bench.go("search")
            for letter in "airport road":
                QTest.keyClicks(self.bench.looking.search.field, letter)
                pause(60)
            until(lambda: self.bench.looking.search.list.model().rowCount())

    def news(self) -> None:
        """A check has ended, and has brought something."""
        with self.watched("news arriving"):
            self.bench._checking.ended.emit()
        with self.watched("news arriving in to do"):
            self.bench.go("todo")
            pause(SETTLES_MS)
            self.bench._checking.ended.emit()

    def scrolling(self, rows: TallList, what: str) -> None:
        """By the wheel, a good part of a page a frame; each frame until it is painted."""
        taken = []
        middle = rows.viewport().rect().center()
        for number in range(FRAMES):
            turn = QPoint(0, -240 if number % 100 < 70 else 240)
            since = time.thread_time()
            QApplication.sendEvent(
                rows.viewport(),
                QWheelEvent(
                    middle, rows.viewport().mapToGlobal(middle), turn, turn, Qt.MouseButton.NoButton,
                    Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
                ),
            )  # fmt: skip
            rows.viewport().repaint()
            taken.append((time.thread_time() - since) * 1000)
            pause(1)
        self._say(f"scrolling {what}, computed a frame: {_spread(taken)}")
        bar = rows.verticalScrollBar()
        leaps = []
        for number in range(40):
            since = time.thread_time()
            bar.setValue(bar.maximum() * ((number * 17) % 40) // 40)
            rows.viewport().repaint()
            leaps.append((time.thread_time() - since) * 1000)
            pause(1)
        self._say(f"leaping in {what}, computed a frame: {_spread(leaps)}")

    def ticking(self, what: str) -> list[float]:
        """Space and N, as one goes through a list: until it is on the disk and painted, by the clock."""
        rows = self.bench.checklist.list
        taken = []
        until(lambda: not self.bench._reads.is_reading() and any(one.state is State.OPEN for one in self.shown()))
        rows.setCurrentIndex(rows.model().index(0, 0))
        for _ in range(TICKS):
            pause(12)
            until(rows.current_item)  # while news are shown there is none for a moment
            rows.next_open()
            item = rows.current_item()
            if item is None or item.state is not State.OPEN:
                break  # all is done
            self._ticked.append(item.id)
            since = time.perf_counter()
            QTest.keyClick(rows, Qt.Key.Key_Space)
            while (held := rows.current_item()) is not None and held.state is State.OPEN:
                pause(1)  # another writes just then: the window tries again by itself
            rows.viewport().repaint(rows.visualRect(rows.currentIndex()))
            taken.append((time.perf_counter() - since) * 1000)
        self._say(f"a tick until it is durable and painted, {what}: {_spread(taken)}")
        return taken

    def shown(self) -> Sequence[Item]:
        """The items of the list that is open."""
        return self.bench.checklist.model.items()

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Another process saves one advisory after the other."""
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(self._profile.folder), self._key.hex()], stdout=subprocess.PIPE
        )
        try:
            assert child.stdout is not None
            child.stdout.readline()
            yield
            assert child.poll() is None
        finally:
            child.kill()
            child.communicate()

    def all(self) -> None:
        """Everything in turn."""
        self.todo()
        self.scrolling(self.bench.checklist.list, "to do")
        with self.watched("ticking"):
            self.ticking("to do")
        self.lists()
        self.ticking("one list")
        self.advisories()
        self.scrolling(self.bench.looking.advisories.list, "advisories")
        self.map()
        self.searching()
        self.news()
        with self.writer(), self.watched("ticking while a check writes"):
            self.bench.go("todo")
            until(lambda: self.bench.checklist.title.text() == "To do" and not self.bench._reads.is_reading())
            self.ticking("while a check writes")

    def close(self) -> None:
        """Take the ticks back, so that the next measurement finds what this one found, and end the window."""
        for name in self._ticked:
            self.bench._desk.set_state(name, State.OPEN)
        self.window.close()
        self.window.deleteLater()


def main(folder: Path) -> None:
    """Measure and print."""
    app.make()
    profile = Profile(folder)
    large = Large(profile, keys.unlock(profile, PASSPHRASE), print)
    large.all()
    print(f"the longest stretch of all: {large.worst_ms:.0f} ms")
    large.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit("usage: python -m tests.perf.measure_large FOLDER")
    main(Path(sys.argv[1]))
