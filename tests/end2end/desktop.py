"""A desktop session of a test's own: display, session bus, keyring, notification service, accessibility bus.

    with Desktop(tmp_path) as desktop:
        program = desktop.start([sys.executable, "main.py", "--profile", str(profile)])
        desktop.wait_window("Safe Conduct")
        desktop.click_on(desktop.tree(program).one(role="button", name="Open"))

Everything is real (Xvfb, dbus-daemon, gnome-keyring-daemon, at-spi2, dbus-fast) and private: nothing of the
developer's session is inherited, no service is activated from the system's folders. There is no window
manager: a window has no frame, and the one under the pointer gets the keys unless a program takes the
focus. Leaving ends every process that was started, and their descendants, by id.
"""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from PIL import Image, ImageGrab

from tests.end2end.accessible import Node
from tests.end2end.keyboard import add_letters
from tests.end2end.processes import MARK, end, end_marked, wait_until

__all__ = ["Desktop", "Node", "Notification", "Window", "wait_until"]

_HERE = Path(__file__).parent
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass(frozen=True, slots=True)
class Window:
    """A mapped top-level window with a title. Places are pixels of the screen."""

    id: int
    title: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Notification:
    """One call of Notify. `actions` maps keys to labels; hints are plain values."""

    id: int
    app_name: str
    replaces_id: int
    app_icon: str
    summary: str
    body: str
    actions: dict[str, str] = field(default_factory=dict)
    hints: dict[str, Any] = field(default_factory=dict)  # Any: whatever a program hints
    expire_timeout: int = -1


class Desktop:
    """See the module. A service that is left out is simply not on the bus: that, too, is a case to test."""

    def __init__(
        self,
        folder: Path,
        *,
        width: int = 1280,
        height: int = 800,
        keyring: bool = True,
        notifications: bool = True,
        accessibility: bool = True,
    ) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.display = ""
        self._size = (width, height)
        self._wants = {"keyring": keyring, "notifications": notifications, "accessibility": accessibility}
        self._mark = uuid.uuid4().hex
        self._started: list[subprocess.Popen[bytes]] = []
        self._service: subprocess.Popen[bytes] | None = None
        self._reader: subprocess.Popen[bytes] | None = None
        # Socket paths have 107 bytes, which pytest's folders may exceed.
        self._run = Path(tempfile.mkdtemp(prefix="sc-"))
        self.temporary = self._run / "tmp"
        self._address = f"unix:path={self._run}/bus"

    def __enter__(self) -> Self:
        try:
            self._set_up()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    @property
    def env(self) -> dict[str, str]:
        """The environment for programs in this session: made from nothing but PATH."""
        home = str(self.home)
        made = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": home,
            "LANG": "C.UTF-8",
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": self._address,
            "TMPDIR": str(self.temporary),
            "XDG_RUNTIME_DIR": str(self._run),
            "XDG_CACHE_HOME": f"{home}/.cache",
            "XDG_CONFIG_HOME": f"{home}/.config",
            "XDG_DATA_HOME": f"{home}/.local/share",
            "XDG_STATE_HOME": f"{home}/.local/state",
            "XDG_SESSION_TYPE": "x11",
            "QT_QPA_PLATFORM": "xcb",
            "GSETTINGS_BACKEND": "memory",
            "PYTHONDONTWRITEBYTECODE": "1",
            MARK: self._mark,
        }
        # So that what a test leaves behind is found even where this harness would miss it.
        made |= {name: value for name, value in os.environ.items() if name == "SAFE_CONDUCT_TEST"}
        return made

    def start(
        self, args: Sequence[str | Path], *, extra_env: Mapping[str, str] | None = None, pipes: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start a program in the session. Its output goes to a file, see `output`, or to `pipes`."""
        stream = subprocess.PIPE if pipes else None
        return self._spawn(args, extra_env=extra_env, stdin=stream, stdout=stream)

    def output(self, process: subprocess.Popen[bytes]) -> str:
        """What a program wrote so far to standard output (unless in `pipes`) and standard error."""
        return self._log_of(self._started.index(process)).read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End everything. May be called twice."""
        for process in reversed(self._started):
            end(process)
        end_marked(self._mark)
        shutil.rmtree(self._run, ignore_errors=True)

    def screenshot(self, path: Path | None = None) -> Image.Image:
        """Take a picture of the whole screen, and save it where a path is given."""
        image = ImageGrab.grab(xdisplay=self.display)
        if path is not None:
            image.save(path)
        return image

    def key(self, *keysyms: str) -> None:
        """Press keys one after the other, in xdotool's names: `Return`, `ctrl+l`, `Tab`."""
        self._xdotool("key", "--delay", "20", *keysyms)

    def type(self, text: str) -> None:
        """Type a text, whatever its letters."""
        add_letters(self.display, text)
        self._xdotool("type", "--delay", "15", "--", text)

    def click(self, x: int, y: int, *, button: int = 1) -> None:
        """Move the pointer there and click."""
        self._xdotool("mousemove", "--sync", str(x), str(y), "click", str(button))

    def click_on(self, node: Node, *, button: int = 1) -> None:
        """Click in the middle of what a screen reader sees."""
        if node.width <= 0 or node.height <= 0 or "showing" not in node.states:
            raise LookupError(f"not on the screen: {node}")
        self.click(*node.centre, button=button)

    def windows(self, title_re: str = ".") -> list[Window]:
        """Give the visible windows whose title matches (POSIX extended, case ignored)."""
        found = []
        for number in self._xdotool("search", "--onlyvisible", "--name", title_re, check=False).split():
            title = self._xdotool("getwindowname", number, check=False).rstrip("\n")
            shell = self._xdotool("getwindowgeometry", "--shell", number, check=False)
            place = {name: int(value) for name, _, value in (row.partition("=") for row in shell.split())}
            if "HEIGHT" in place:
                sides = [place[name] for name in ("X", "Y", "WIDTH", "HEIGHT")]
                found.append(Window(int(number), title, *sides))
        return found

    def wait_window(self, title_re: str, *, within_s: float = 15.0) -> Window:
        """Wait for a visible window and give it."""
        return wait_until(lambda: self.windows(title_re), f"window {title_re!r}", within_s=within_s)[0]

    def focus(self, window: Window) -> None:
        """Give a window the keys, as a window manager does with a new one."""
        self._xdotool("windowfocus", "--sync", str(window.id))

    def notifications(self) -> list[Notification]:
        """What was notified so far, the oldest first; a replacement is an entry of its own."""
        return [Notification(**event) for event in self._events("notify")]

    def wait_notification(self, count: int = 1, *, within_s: float = 15.0) -> Notification:
        """Wait until there were `count` notifications and give the last of those."""
        enough = wait_until(
            lambda: (all_of := self.notifications())[count - 1 :] and all_of,
            f"notification number {count}",
            within_s=within_s,
        )
        return enough[count - 1]

    def closed(self) -> list[tuple[int, int]]:
        """Which notifications are closed: id and reason (3: the program closed it)."""
        return [(event["id"], event["reason"]) for event in self._events("closed")]

    def invoke(self, number: int, action: str = "default") -> None:
        """Do as if the user pressed a button of a notification (`default`: clicked on it)."""
        self._order({"do": "act", "id": number, "action": action})

    def dismiss(self, number: int, reason: int = 2) -> None:
        """Close a notification: 1 it expired, 2 the user dismissed it."""
        self._order({"do": "close", "id": number, "reason": reason})

    def start_notifications(self) -> None:
        """Bring the notification service; one that was ended comes back knowing nothing of what it was told."""
        self._service = self._spawn([sys.executable, _HERE / "notification_service.py"], stdin=subprocess.PIPE)
        wait_until(lambda: self._events("ready"), "notification service")

    def end_notifications(self) -> None:
        """The notification service dies."""
        assert self._service is not None
        end(self._service)
        wait_until(lambda: not self.has_service("org.freedesktop.Notifications"), "end of the notification service")

    def tree(self, program: subprocess.Popen[bytes] | int, *, showing: bool = False, within_s: float = 15.0) -> Node:
        """Give what a screen reader sees of a program (or of a process id), once it is there at all.

        `showing` leaves out what is hidden, which is a good deal faster.
        """
        only = ["--showing"] if showing else []
        found = wait_until(lambda: self._atspi(program, *only), "program on the accessibility bus", within_s=within_s)
        return Node.from_json(found)

    def wait_node(
        self,
        program: subprocess.Popen[bytes] | int,
        *,
        role: str | None = None,
        name: str | None = None,
        state: str | None = None,
        within_s: float = 15.0,
    ) -> Node:
        """Wait until a screen reader sees such an object, and give the first."""
        return wait_until(
            lambda: self.tree(program, showing=state == "showing").all(role=role, name=name, state=state),
            f"object with {role=} {name=} {state=}",
            within_s=within_s,
        )[0]

    def act(self, program: subprocess.Popen[bytes] | int, node: Node, action: str) -> None:
        """Do an accessible action (`Press`, `Toggle`) as a screen reader would; LookupError if it refuses."""
        if self._atspi(program, "--act", node.path, action) is not True:
            raise LookupError(f"no action {action!r} in {node.actions} of {node}")

    def write_in(self, program: subprocess.Popen[bytes] | int, node: Node, words: str) -> None:
        """Fill a field as a screen reader would; LookupError if it takes no words."""
        if self._atspi(program, "--write", node.path, words) is not True:
            raise LookupError(f"no words can be written in {node}")

    def has_service(self, name: str) -> bool:
        """Whether somebody owns a name on the session bus."""
        asked = subprocess.run(
            [
                *("dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus"),
                *("/", "org.freedesktop.DBus.NameHasOwner", f"string:{name}"),
            ],
            env=self.env,
            capture_output=True,
            timeout=10,
            check=False,
        )
        return b"boolean true" in asked.stdout

    def _set_up(self) -> None:
        self.temporary.mkdir(mode=0o700)
        for name in (".cache", ".config", ".local/share", ".local/state"):
            (self.home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        self._start_display()
        config = self._run / "bus.conf"
        config.write_text(_BUS_CONFIG.format(path=self._run / "bus"), encoding="utf-8")
        self._spawn(["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"])
        wait_until(lambda: self.has_service("org.freedesktop.DBus"), "session bus")
        if self._wants["keyring"]:
            control = self._run / "keyring"
            control.mkdir(mode=0o700)
            daemon = self._spawn(
                [
                    "gnome-keyring-daemon",
                    "--foreground",
                    "--components=secrets",
                    "--unlock",
                    f"--control-directory={control}",
                ],
                stdin=subprocess.PIPE,
            )
            assert daemon.stdin is not None
            daemon.stdin.write(b"\n")  # the password, ended: an empty one (no line at all unlocks nothing)
            daemon.stdin.close()
            wait_until(lambda: self.has_service("org.freedesktop.secrets"), "keyring")
        if self._wants["notifications"]:
            self.start_notifications()
        if self._wants["accessibility"]:
            self._spawn(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately", "--a11y=1", "--screen-reader=1"])
            wait_until(lambda: self.has_service("org.a11y.Bus"), "accessibility bus")

    def _start_display(self) -> None:
        size = f"{self._size[0]}x{self._size[1]}x24"
        reader, writer = os.pipe()
        try:
            with os.fdopen(writer, "wb"):
                options = ("-screen", "0", size, "-dpi", "96", "-nolisten", "tcp", "-noreset")
                self._spawn(["Xvfb", "-displayfd", str(writer), *options], pass_fds=(writer,))
            number = b""
            deadline = time.monotonic() + 15
            while not number.endswith(b"\n"):
                if not select.select([reader], [], [], max(0.0, deadline - time.monotonic()))[0]:
                    raise TimeoutError("no display in 15 s")
                more = os.read(reader, 16)
                if not more:
                    raise RuntimeError(f"Xvfb ended: {self._log_of(0).read_text(encoding='utf-8')}")
                number += more
        finally:
            os.close(reader)
        self.display = f":{number.decode().strip()}"

    def _log_of(self, index: int) -> Path:
        return self.folder / f"process-{index}.log"

    def _spawn(
        self,
        args: Sequence[str | Path],
        *,
        extra_env: Mapping[str, str] | None = None,
        stdin: int | None = None,
        stdout: int | None = None,
        pass_fds: tuple[int, ...] = (),
    ) -> subprocess.Popen[bytes]:
        with self._log_of(len(self._started)).open("wb") as log:
            process = subprocess.Popen(
                [str(arg) for arg in args],
                env=self.env | dict(extra_env or {}),
                stdin=stdin or subprocess.DEVNULL,
                stdout=stdout or log,
                stderr=log,
                pass_fds=pass_fds,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def _events(self, kind: str) -> list[dict[str, Any]]:  # Any: JSON
        if self._service is None:
            return []
        lines = self.output(self._service).splitlines(keepends=True)
        told = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("\n")]
        return [event for event in told if event.pop("event") == kind]

    def _order(self, order: dict[str, object]) -> None:
        if self._service is None or self._service.stdin is None:
            raise RuntimeError("this desktop has no notification service")
        self._service.stdin.write(json.dumps(order).encode() + b"\n")
        self._service.stdin.flush()

    def _atspi(self, program: subprocess.Popen[bytes] | int, *more: str) -> Any:  # Any: JSON
        pid = program if isinstance(program, int) else program.pid
        if self._reader is None:
            command = ["/usr/bin/python3", "-W", "ignore", str(_HERE / "atspi_tree.py"), "--serve"]
            self._reader = self._spawn(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(json.dumps([str(pid), *more]).encode() + b"\n")
        self._reader.stdin.flush()
        return json.loads(self._reader.stdout.readline())

    def _xdotool(self, *args: str, check: bool = True) -> str:
        done = subprocess.run(["xdotool", *args], env=self.env, capture_output=True, timeout=60, check=check, text=True)
        return done.stdout
