"""The private desktop is real: windows, clicks, keys, pictures, notices, secrets, accessibility. It ends."""

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end2end.desktop import Desktop, wait_until
from tests.end2end.plain import never_plain
from tests.end2end.processes import marked

pytestmark = pytest.mark.end2end

Start = Callable[..., subprocess.Popen[bytes]]

_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

app = QApplication(sys.argv)
app.setStyleSheet("QWidget { background: #17626c; color: #ffffff; font-size: 15px }")
window = QWidget()
window.setWindowTitle("Ground of the tests")
layout = QVBoxLayout(window)
said = QLabel("nothing yet")
button = QPushButton("Say it")
button.setAccessibleDescription("says it once")
box = QCheckBox("Fill every bottle")
line = QLineEdit()
line.setAccessibleName("Note")
for widget in (said, button, box, line):
    layout.addWidget(widget)
button.clicked.connect(lambda: (said.setText("clicked"), print("clicked", flush=True)))
line.returnPressed.connect(lambda: print("typed " + line.text(), flush=True))
window.setGeometry(100, 80, 400, 300)
window.show()
sys.exit(app.exec())
"""

_NOTIFY = """
import asyncio, sys
from desktop_notifier import Button, DesktopNotifier, Urgency

async def main():
    notifier = DesktopNotifier(app_name="Ground", app_icon=None)
    done = asyncio.Event()
    def tell(what):
        print(what, flush=True)
        done.set()
    await notifier.send(
        title="Something <b>changed</b>", message="Look & see", urgency=Urgency.Critical,
        buttons=[Button(title="Open", on_pressed=lambda: tell("pressed Open"), identifier="open")],
        on_clicked=lambda: tell("clicked"), on_dismissed=lambda: tell("dismissed"),
    )
    await asyncio.wait_for(done.wait(), 20)

asyncio.run(main())
"""

_SECRET = """
import keyring, sys
from keyring.backends import SecretService
assert isinstance(keyring.get_keyring(), SecretService.Keyring), keyring.get_keyring()
if sys.argv[1] == "put":
    keyring.set_password("ground", "profile 1", "s3cret é")
print(keyring.get_password("ground", "profile 1"))
"""


@pytest.fixture
def run(desktop: Desktop, tmp_path: Path) -> Iterator[Start]:
    def start(code: str, *args: str) -> subprocess.Popen[bytes]:
        script = tmp_path / "script.py"
        script.write_text(textwrap.dedent(code), encoding="utf-8")
        return desktop.start([sys.executable, script, *args])

    yield start


def _wait_for_output(desktop: Desktop, program: subprocess.Popen[bytes], words: str) -> None:
    wait_until(lambda: words in desktop.output(program), f"{words!r} in the output")


def test_a_window_is_shown_clicked_and_typed_into(desktop: Desktop, run: Start) -> None:
    program = run(_WINDOW)
    window = desktop.wait_window("^ground of")
    assert (window.title, window.x, window.y) == ("Ground of the tests", 100, 80)
    assert (window.width, window.height) == (400, 300)

    tree = desktop.tree(program)
    button = tree.one(role="push button", name="Say it")
    assert button.description == "says it once"
    desktop.click_on(button)
    _wait_for_output(desktop, program, "clicked\n")
    assert desktop.wait_node(program, role="label", name="clicked")

    line = tree.one(role="text", name="Note")
    desktop.click_on(line)
    desktop.type("Ärger: 7 & مرحبا")
    assert desktop.wait_node(program, name="Note", state="focused").path == line.path
    desktop.key("Return")
    _wait_for_output(desktop, program, "typed Ärger: 7 & مرحبا\n")
    desktop.key("ctrl+a", "BackSpace", "x", "Return")
    _wait_for_output(desktop, program, "typed x\n")


def test_a_picture_shows_the_window(desktop: Desktop, run: Start, tmp_path: Path) -> None:
    assert desktop.screenshot().convert("RGB").getextrema() == ((0, 0),) * 3
    run(_WINDOW)
    desktop.wait_window("Ground")
    wanted = (0x17, 0x62, 0x6C)
    wait_until(lambda: desktop.screenshot().convert("RGB").getpixel((105, 85)) == wanted, "painted window")
    image = desktop.screenshot(tmp_path / "picture.png").convert("RGB")
    assert image.size == (1280, 800)
    assert len(image.crop((100, 80, 500, 380)).getcolors(100_000) or []) > 10
    assert (tmp_path / "picture.png").stat().st_size > 1000


def test_a_screen_reader_sees_and_acts(desktop: Desktop, run: Start) -> None:
    program = run(_WINDOW)
    box = desktop.wait_node(program, role="check box", name="Fill every bottle")
    assert "checked" not in box.states
    desktop.act(program, box, "Toggle")
    assert desktop.wait_node(program, role="check box", state="checked").name == "Fill every bottle"
    assert desktop.tree(program).lines()[1:] == [
        "  filler 'Ground of the tests'",
        "    label 'nothing yet'",
        "    push button 'Say it' (says it once)",
        "    check box 'Fill every bottle' [checked]",
        "    text 'Note'",
    ]
    with pytest.raises(LookupError):
        desktop.tree(program).one(role="check box", name="No such box")
    with pytest.raises(LookupError):
        desktop.act(program, box, "Fly")


@pytest.mark.parametrize("answer", ["pressed Open", "clicked", "dismissed"])
def test_a_notice_goes_there_and_back(desktop: Desktop, run: Start, answer: str) -> None:
    program = run(_NOTIFY)
    notice = desktop.wait_notification()
    assert (notice.app_name, notice.summary, notice.body) == (
        "Ground",
        "Something <b>changed</b>",
        "Look & see",
    )
    assert notice.actions["open"] == "Open"
    assert notice.hints["urgency"] == 2
    match answer:
        case "pressed Open":
            desktop.invoke(notice.id, "open")
        case "clicked":
            desktop.invoke(notice.id)
        case _:
            desktop.dismiss(notice.id)
            wait_until(lambda: desktop.closed() == [(notice.id, 2)], "closing")
    _wait_for_output(desktop, program, answer)
    assert program.wait(10) == 0
    assert len(desktop.notifications()) == 1


def test_a_secret_is_kept(desktop: Desktop, run: Start) -> None:
    for order in ("put", "get"):
        program = run(_SECRET, order)
        assert program.wait(20) == 0, desktop.output(program)
        assert "s3cret é" in desktop.output(program)


def test_nothing_of_the_developers_session_is_inherited(
    desktop: Desktop, run: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY_OF_THE_TESTS", "1")
    program = run("import os; print(sorted(os.environ))")
    assert program.wait(20) == 0
    assert "CANARY_OF_THE_TESTS" not in desktop.output(program)
    assert "DBUS_SESSION_BUS_ADDRESS" in desktop.output(program)


def test_services_can_be_absent(tmp_path: Path) -> None:
    with Desktop(tmp_path / "bare", keyring=False, notifications=False, accessibility=False) as bare:
        assert bare.has_service("org.freedesktop.DBus")
        for name in ("org.freedesktop.secrets", "org.freedesktop.Notifications", "org.a11y.Bus"):
            assert not bare.has_service(name)
        assert bare.notifications() == []
        with pytest.raises(RuntimeError):
            bare.invoke(1)


def test_everything_ends(tmp_path: Path) -> None:
    """Also what a program left behind on purpose, in a session of its own and with another parent."""
    with Desktop(tmp_path / "desktop") as desktop:
        shell = "setsid sh -c 'trap \"\" TERM; echo here; while :; do sleep 60; done' &"
        program = desktop.start(["sh", "-c", shell])
        _wait_for_output(desktop, program, "here")
        mark = desktop.env["SAFE_CONDUCT_DESKTOP"]
        assert len(marked(mark)) >= 7
        socket = desktop.env["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path=")
        display = Path("/tmp/.X11-unix/X" + desktop.display.removeprefix(":"))
        assert Path(socket).exists()
        assert display.exists()
        desktop.stop()
        assert marked(mark) == []
        assert not Path(socket).exists()
        assert not display.exists()


def test_a_sentence_that_stands_on_the_disk_for_a_moment_is_seen(tmp_path: Path) -> None:
    for written in (b"Leave by the bridge.", "Leave by the bridge.".encode("utf-16-le")):
        with pytest.raises(AssertionError, match=r"draft\.txt"), never_plain([tmp_path], ["by the bridge"]):
            draft = tmp_path / "deep" / "draft.txt"
            draft.parent.mkdir(exist_ok=True)
            draft.write_bytes(b"\0" * 5000 + written)
            time.sleep(0.5)
            draft.unlink()
    with never_plain([tmp_path, tmp_path / "gone"], ["by the bridge"]):
        (tmp_path / "other").write_text("by another bridge", encoding="utf-8")
