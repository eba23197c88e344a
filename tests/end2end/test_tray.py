"""The window and a real tray: it closes out of sight and looks on, a second start brings it back, a press does too."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end2end.desktop import Desktop, wait_until
from tests.end2end.traveller import TITLE, Traveller, entry
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, embassy_feed

pytestmark = pytest.mark.end2end


def _item(desktop: Desktop, name: str, *words: str) -> str:
    """Speak to the icon as a panel does."""
    asked = subprocess.run(
        ["dbus-send", "--session", "--print-reply=literal", f"--dest={name}", "/StatusNotifierItem", *words],
        env=desktop.env, capture_output=True, encoding="utf-8", timeout=10, check=True,
    )  # fmt: skip
    return asked.stdout


def test_closing_goes_to_the_tray_and_a_second_start_or_a_press_brings_it_back(
    desktop: Desktop, tmp_path: Path
) -> None:
    service = desktop.start([sys.executable, Path(__file__).parent / "tray_service.py"])
    wait_until(lambda: "ready" in desktop.output(service), "tray")
    with LoopbackFeed() as feed:
        feed.publish("/feed", embassy_feed([ALERT_1]))
        traveller = Traveller(desktop, tmp_path, [entry("embassy", feed.url("/feed"))])
        traveller.open()
        traveller.begin("Iraq")
        name = wait_until(lambda: desktop.output(service).split()[1:], "icon in the tray")[0]
        (window,) = desktop.windows(f"^{TITLE}$")
        _close(desktop, window.id)
        wait_until(lambda: not desktop.windows(f"^{TITLE}$"), "window out of sight")
        assert traveller.running.poll() is None
        wait_until(lambda: any("window is closed" in one.body for one in desktop.notifications()), "said once")
        again = desktop.start(traveller.launch)
        assert again.wait(15) == 0
        window = desktop.wait_window(f"^{TITLE}$")
        assert traveller.running.poll() is None
        _close(desktop, window.id)
        wait_until(lambda: not desktop.windows(f"^{TITLE}$"), "window out of sight again")
        assert "safeconduct" in _item(
            desktop, name, "org.freedesktop.DBus.Properties.Get", "string:org.kde.StatusNotifierItem", "string:Title"
        )
        _item(desktop, name, "org.kde.StatusNotifierItem.Activate", "int32:0", "int32:0")
        desktop.wait_window(f"^{TITLE}$")
        assert sum("window is closed" in one.body for one in desktop.notifications()) == 1


def _close(desktop: Desktop, window: int) -> None:
    """As the cross in a window's corner does: the protocol asks the program (there is no window manager here)."""
    script = (
        "import ctypes, sys\n"
        "x = ctypes.CDLL('libX11.so.6')\n"
        "x.XOpenDisplay.restype = ctypes.c_void_p\n"
        "x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]\n"
        "x.XInternAtom.restype = ctypes.c_ulong\n"
        "x.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]\n"
        "x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]\n"
        "d = x.XOpenDisplay(None)\n"
        "w = int(sys.argv[1])\n"
        "event = (ctypes.c_long * 24)()\n"
        "event[0], event[4] = 33, w\n"
        "event[5] = x.XInternAtom(d, b'WM_PROTOCOLS', 0)\n"
        "event[6] = 32\n"
        "event[7] = x.XInternAtom(d, b'WM_DELETE_WINDOW', 0)\n"
        "x.XSendEvent(d, w, 0, 0, ctypes.byref(event))\n"
        "x.XSync(d, 0)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(window)], env=desktop.env, timeout=10, check=True)
