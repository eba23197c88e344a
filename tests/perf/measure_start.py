"""How fast and how heavy the window starts, beside a bare PySide6 window: `python -m tests.perf.measure_start [RUNS]`.

Both run in turn in one private desktop (Xvfb, D-Bus, gnome-keyring, no accessibility bus, as on most desktops):

* bare: an empty `QWidget` of the same size, the least that any program with PySide6 costs;
* ours: `main.py` on a prepared profile whose key is in the keyring, with the scene's alert and its checklist,
  four items ticked, and a hundred advisories beside it.

Measured from the start of the process, by looking at the screen, so that nothing of the program takes part:
first frame (a pixel of the window's own ground is on the screen), first item (the ring's accent, which is there once
the list is read, decrypted and painted), and the memory that is its own (PSS from /proc) two seconds later; then, for
ours, the same after F5 has had another process check the source, which holds a change each time. Printed are medians
and ratios. It judges nothing; on a busy machine only the ratios mean something.
"""

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from tests.end2end.desktop import Desktop
from tests.end2end.traveller import Traveller, entry
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, embassy_feed

GROUND, ACCENT = (0xF6, 0xF6, 0xF3), (0x17, 0x62, 0x6C)
PATIENCE_S = 30.0
SETTLED_S, CHECKED_S = 2.0, 5.0
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.setStyleSheet("background: #f6f6f3")
window.resize(1280, 800)
window.show()
sys.exit(app.exec())
"""

Picture = Callable[[Image.Image], bool]
Check = Callable[[Desktop], None]


def has_ground(picture: Image.Image) -> bool:
    """Whether the window's ground is on the screen."""
    return any(picture.getpixel(place) == GROUND for place in ((420, 700), (640, 760), (300, 790)))


def has_ring(picture: Image.Image) -> bool:
    """Whether something in the accent stands where the ring does: a list was read and painted."""
    found = picture.crop((700, 10, 840, 100)).getcolors(20_000) or []
    return any(colour == ACCENT and count > 40 for count, colour in found)


def seconds_until(desktop: Desktop, since: float, shows: Picture) -> float:
    """How long after `since` the screen first shows it."""
    while time.monotonic() - since < PATIENCE_S:
        if shows(desktop.screenshot().convert("RGB")):
            return time.monotonic() - since
    raise TimeoutError("it was never on the screen")


def pss_kib(pid: int) -> int:
    """The memory that a process has for itself, its share of what it has with others."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")))


def one_run(desktop: Desktop, command: list[str], last: Picture, check: Check) -> tuple[float, float, int, int]:
    """First frame, last sight, memory at rest, memory at rest after `check`."""
    since = time.monotonic()
    program = desktop.start(command)
    try:
        first = seconds_until(desktop, since, has_ground)
        seen = seconds_until(desktop, since, last)
        time.sleep(SETTLED_S)
        before = pss_kib(program.pid)
        check(desktop)
        return first, seen, before, pss_kib(program.pid)
    finally:
        program.kill()
        program.wait()
        while has_ground(desktop.screenshot().convert("RGB")):
            time.sleep(0.02)


def publish(feed: LoopbackFeed, *, said: int = 0) -> None:
    """The alert, which says one thing more each time, and a hundred others."""
    now = f"{datetime.now(UTC):%d %b %Y %T} GMT"
    more = [ALERT_1._replace(link=f"https://example.org/{n}", title=f"Another alert {n}") for n in range(100)]
    html = ALERT_1.html + "".join(f"<p>Bulletin number {n + 1} was read out.</p>" for n in range(said))
    feed.publish("/feed", embassy_feed([ALERT_1._replace(pub_date=now, html=html), *more]))


def check_of(feed: LoopbackFeed) -> Check:
    """Publish a change, press F5, wait for the request and for what it brings to be shown."""
    said = itertools.count(1)

    def check(desktop: Desktop) -> None:
        publish(feed, said=next(said))
        asked = len(feed.requests)
        desktop.focus(desktop.wait_window("^Safe Conduct$"))
        desktop.key("F5")
        feed.wait_for_requests(asked + 1)
        time.sleep(CHECKED_S)

    return check


def prepared(desktop: Desktop, feed: LoopbackFeed, folder: Path) -> Traveller:
    """A profile with the alert's checklist and a hundred other advisories; its key is in the keyring."""
    publish(feed)
    traveller = Traveller(desktop, folder, [entry("embassy", feed.url("/feed"))])
    traveller.command("follow", "embassy")
    traveller.command("check")
    found = traveller.command("advisories")["advisories"]
    traveller.command("start", next(one["id"] for one in found if one["title"] == ALERT_1.title))
    traveller.command("tick", *[item["id"] for item in traveller.items()[:4]])
    return traveller


def main(runs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, LoopbackFeed() as feed:
        folder = Path(name)
        with Desktop(folder / "desktop", accessibility=False) as desktop:
            traveller = prepared(desktop, feed, folder)
            bare = [sys.executable, "-c", BARE]
            kinds = (
                ("bare", bare, has_ground, lambda _: None),
                ("ours", traveller.launch, has_ring, check_of(feed)),
            )
            figures: dict[str, list[tuple[float, float, int, int]]] = {"bare": [], "ours": []}
            for number in range(runs + 1):
                for kind, command, last, check in kinds:
                    found = one_run(desktop, command, last, check)
                    if number:  # the first of each fills the disk's cache
                        figures[kind].append(found)
    for kind, held in figures.items():
        spread = ", ".join(f"{first * 1000:.0f}" for first, *_ in held)
        print(f"{kind}: first frames in ms: {spread}")
    medians = {
        kind: [statistics.median(column) for column in zip(*held, strict=True)] for kind, held in figures.items()
    }
    for place, (what, unit, scale) in enumerate(
        (
            ("first painted frame", "ms", 1000.0),
            ("first item's list", "ms", 1000.0),
            ("memory (PSS)", "MiB", 1 / 1024),
            ("memory after a check", "MiB", 1 / 1024),
        )
    ):
        ours, plain = medians["ours"][place] * scale, medians["bare"][place] * scale
        print(f"{what}: {ours:.0f} {unit}, bare {plain:.0f} {unit}, ratio {ours / plain:.2f}")
    print(f"{runs} runs each; Python {sys.version.split()[0]}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
