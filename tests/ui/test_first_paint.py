"""What is loaded until the list stands on the screen: every import before it is waited for."""

import subprocess
import sys

from tests.profiles import PASSPHRASE, ROOT, Made

# A start like `main.py`'s, which says what is loaded once the list has been painted.
START = """
import linecache, os, sys
import main
from pathlib import Path
from core.calling import raise_other
from core.paths import Profile
from ui.opening import EarlyKey, Way

folder = Path(sys.argv[1])
assert not raise_other(folder)
way = Way(Profile(folder), None, passphrase_fd=0)
early = EarlyKey(way)
from ui import toolkit
toolkit.load()
from ui import app
from ui.widgets.item_list import ItemList

painted = ItemList.paintEvent

def paint(view, event):
    painted(view, event)
    print(len(linecache.cache), *sorted(sys.modules), flush=True)
    os._exit(0)

ItemList.paintEvent = paint
app.run(way, early)
"""
# The key is found by another process, so what finding it takes is never loaded here.
BEHIND = {
    "cryptography", "keyring", "secretstorage",
    "_hashlib", "tomllib", "babel", "PySide6.QtNetwork", "PySide6.QtSvg", "ui.workbench", "ui.rooms", "ui.staying",
    "ui.single", "ui.tray", "ui.watcher", "ui.notifier", "core.catalogue", "core.formats", "core.health",
    "core.notices", "core.telling", "core.store.inbox", "core.store.own", "core.store.network", "core.turns",
    "core.worldmap",
}  # fmt: skip


def test_until_the_list_is_painted_nothing_else_is_loaded(made: Made) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, str(made.profile.folder)],
        input=PASSPHRASE,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
        cwd=ROOT,
    )
    read, *loaded = done.stdout.split()
    assert int(read) < 10, "the sources of modules are read while they are imported"
    assert "ui.pages.checklist" in loaded
    assert not BEHIND & set(loaded)
    assert {name for name in loaded if name.startswith("ui.pages.")} == {"ui.pages.checklist"}
