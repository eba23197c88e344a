"""What the map costs: `python -m tests.perf.measure_map`.

Printed in milliseconds of the window's thread: to make the page and fill it, to paint it first, and the worst of the
frames while it is moved, by how large it is drawn (asked is 50 for the first and 32 for a frame). Offscreen, 1030 x
800. It judges nothing.
"""

import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF

from core import places
from core.worldmap import world
from ui import app
from ui.models.lines import Line
from ui.pages.world import Country, WorldPage
from ui.widgets.world_map import Mark

FRAMES = 40


def _ms(do: Callable[[], object]) -> float:
    began = time.thread_time()
    do()
    return (time.thread_time() - began) * 1000


def main() -> None:
    """Print it."""
    app.make()
    countries = []
    for number, code in enumerate(sorted(places.alpha3_codes())):
        level = (None, 1, 2, 3, 4)[number % 5]
        mark = Mark(level, is_sure=number % 3 > 0, is_of_trip=code in ("IQ", "JO"))
        row = Line(code, places.name(code), "Office · 3 May 2026", (f"Level {level}", level) if level else None, False)
        countries.append(Country(row, mark, row.title, is_named=True))
    began = time.thread_time()
    held = world()
    made = (time.thread_time() - began) * 1000
    began = time.thread_time()
    page = WorldPage(held)
    page.resize(1030, 800)
    page.show_countries(countries, "")
    page.show()
    print(f"shapes read {made:.1f}, page made and filled {(time.thread_time() - began) * 1000:.1f}")
    print(f"map painted first {_ms(page.map.grab):.1f}")
    for zoom in (1.0, 2.0, 4.0, 8.0, 16.0):
        page.map.view.look_at(QPointF(2000, 600), zoom)
        taken = []
        for _ in range(FRAMES):
            page.map.view.move(QPointF(-5, 3))
            page.map.draw_anew()
            taken.append(_ms(page.map.grab))
        print(f"zoom {zoom:.0f}: worst frame {max(taken):.1f}, mean {sum(taken) / FRAMES:.1f}")


if __name__ == "__main__":
    main()
