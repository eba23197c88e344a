"""What a window out of sight costs while nothing is due: `python -m tests.perf.measure_idle [SECONDS]`.

Prints the processor time in percent of a core and how often a second the process was woken (voluntary switches).
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer

from core.store import sources
from tests.profiles import EMBASSY, scene
from ui import app
from ui.opening import Way
from ui.window import Window

SETTLES_S = 8.0


def _switches() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    mine = sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
    for thread in Path("/proc/self/task").iterdir():
        if int(thread.name) != os.getpid():
            rows = (thread / "status").read_text(encoding="ascii").splitlines()
            mine += sum(int(row.split()[1]) for row in rows if row.startswith("voluntary_ctxt_switches"))
    return mine


def main(seconds: float) -> None:
    """Open the window, hide it, let it settle, and measure."""
    qt = app.make()
    with tempfile.TemporaryDirectory() as folder:
        made = scene(Path(folder) / "profile")
        now = datetime.now(UTC)
        with made.store() as store:
            later = now + timedelta(hours=1)
            sources.succeed(
                store, EMBASSY.id, now, next_check=later, address=EMBASSY.url, etag=None, last_modified=None
            )
        catalogue = Path(folder) / "sources.json"
        catalogue.write_text(f'{{"sources": [{{"id": "{EMBASSY.id}", "url": "{EMBASSY.url}"}}]}}', encoding="utf-8")
        window = Window(Way(made.profile, str(catalogue), made.key))
        window.begin()
        held: list[float] = []

        def begin() -> None:
            window.hide()
            QTimer.singleShot(int(SETTLES_S * 1000), measure)

        def measure() -> None:
            held.extend((time.process_time(), _switches(), time.monotonic()))
            QTimer.singleShot(int(seconds * 1000), end)

        def end() -> None:
            passed = time.monotonic() - held[2]
            busy = (time.process_time() - held[0]) / passed * 100
            print(
                f"{busy:.3f} % of a core, woken {(_switches() - held[1]) / passed:.3f} times a second, {passed:.0f} s"
            )
            window.close()
            qt.quit()

        QTimer.singleShot(4000, begin)
        qt.exec()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 120.0)
