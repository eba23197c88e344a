"""A traveller at the real window: starts it, fills its first page, reads its rows and presses what is there.

It knows the program as its user does: by its command line, its window, what a screen reader is told and what
the desktop is notified of. Nothing of the program is imported here.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any  # what the program's JSON holds

from tests.end2end.desktop import Desktop, Node, Notification, wait_until

MAIN = Path(__file__).resolve().parents[2] / "main.py"
TITLE = "Safe Conduct"
MARKS = {"Open": "☐", "Done": "☑", "Not applicable": "–"}


def entry(identity: str, url: str, **others: object) -> dict[str, object]:
    """One entry of a catalogue: an embassy's alerts in Iraq, but for what is given."""
    return {
        "id": identity,
        "name": "Embassy of the Tests, alerts",
        "issuer": "Embassy of the Tests",
        "format": "rss",
        "url": url,
        "kind": "alert",
        "countries": ["IQ"],
    } | others


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a checklist as a screen reader has it."""

    node: Node
    mark: str
    sentence: str

    @property
    def is_ticked(self) -> bool:
        """What the row's state says, whatever its sentence says."""
        return "checked" in self.node.states


class Traveller:
    """One person, one profile, one desktop; the window may be started many times."""

    def __init__(self, desktop: Desktop, folder: Path, catalogue: Sequence[dict[str, object]]) -> None:
        self.desktop = desktop
        self.profile = folder / "profile"
        self.catalogue = folder / "catalogue.json"
        self.catalogue.write_text(json.dumps({"sources": list(catalogue)}), encoding="utf-8")
        self.window: subprocess.Popen[bytes] | None = None

    @property
    def launch(self) -> list[str]:
        """What starts the window."""
        return [
            *(sys.executable, "-X", "utf8", str(MAIN)),
            *("--profile", str(self.profile), "--catalogue", str(self.catalogue)),
        ]

    def command(self, *words: str, allowed: Sequence[int] = (0,)) -> Any:
        """Run a command of the command line in this session and give its JSON."""
        done = subprocess.run(
            [*self.launch, "--json", *words],
            env=self.desktop.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode in allowed, done.stderr.decode()
        return json.loads(done.stdout) if done.stdout.strip() else None

    def open(self) -> subprocess.Popen[bytes]:
        """Start the window and wait until it is on the screen."""
        self.window = self.desktop.start(self.launch)
        try:
            self.desktop.focus(self.desktop.wait_window(f"^{TITLE}$"))
        except TimeoutError:
            raise AssertionError(self.desktop.output(self.window)[-3000:]) from None
        return self.window

    @property
    def running(self) -> subprocess.Popen[bytes]:
        """The window's process."""
        assert self.window is not None
        return self.window

    def kill(self) -> None:
        """SIGKILL the window: the battery dies."""
        self.running.kill()
        self.running.wait(10)
        wait_until(lambda: not self.desktop.windows(TITLE), "end of the window")

    def close(self) -> None:
        """End the window as the desktop does at logout, and see that it says nothing to its terminal."""
        self.running.terminate()
        self.running.wait(10)

    def tree(self) -> Node:
        """What a screen reader is shown now. AssertionError, with its last words: the window has ended."""
        assert self.running.poll() is None, self.desktop.output(self.running)[-3000:]
        return self.desktop.tree(self.running, showing=True)

    def find(self, name: str, *, role: str | None = None, within_s: float = 15) -> Node:
        """Wait for something with this in its name that is on the screen."""
        try:
            return self.desktop.wait_node(self.running, role=role, name=name, state="showing", within_s=within_s)
        except TimeoutError:
            raise AssertionError(f"no {role or 'thing'} {name!r} on the screen, but:\n{self.tree()}") from None

    def press(self, name: str, *, role: str = "push button") -> None:
        """Click on a button with the mouse."""
        self.desktop.click_on(self._scrolled_to(name, role))

    def _scrolled_to(self, name: str, role: str) -> Node:
        """Turn the wheel until it is on the screen: what was scrolled out of sight has its place, too."""
        (window,) = self.desktop.windows(f"^{TITLE}$")

        def look() -> Node | None:
            node = self.find(name, role=role)
            if window.y <= node.y and node.y + node.height <= window.y + window.height:
                return node
            self.desktop.click(window.x + window.width // 2, window.y + window.height // 2, button=5)
            return None

        return wait_until(look, f"{name!r} on the screen")

    def begin(self, country: str, *, untick: Sequence[str] = ()) -> None:
        """Fill the first page: where, whose advice, a key in the keyring; then Start."""
        self.desktop.click_on(self.find("Country", role="text"))
        self.desktop.type(country)
        self.desktop.key("Return")
        self.find(f"Remove {country}")
        for name in untick:
            self.press(name, role="check box")
            wait_until(partial(self._lacks, name, "checked"), f"{name} unticked")
        self.press("This computer's keyring", role="radio button")
        wait_until(lambda: self._has("This computer's keyring", "checked"), "keyring chosen")
        self.press("Start")
        self.find("Check now", role="push button", within_s=20)

    def _has(self, name: str, state: str) -> bool:
        return bool(self.tree().all(name=name, state=state))

    def _lacks(self, name: str, state: str) -> bool:
        return not self._has(name, state)

    def rows(self) -> list[Row]:
        """The rows of the checklist that is open, groups' names left out, in their order."""
        found = []
        for listed in self.tree().all(name="Items of the checklist"):
            for node in listed.children:
                says = re.match(r"(Open|Done|Not applicable)\. ", node.name)
                if says and "showing" in listed.states:
                    found.append(Row(node, MARKS[says[1]], node.name[says.end() :]))
        return found

    def lines(self) -> list[str]:
        """The rows as lines of `☐`, `☑`, `–` and the words."""
        return [f"{row.mark} {row.sentence}" for row in self.rows()]

    def wait_lines(self, wanted: Sequence[str], *, within_s: float = 15) -> None:
        """Wait until the rows begin with these lines, in this order and no others."""
        seen: list[str] = []

        def fits() -> bool:
            seen[:] = self.lines()
            return len(seen) == len(wanted) and all(a.startswith(b) for a, b in zip(seen, wanted, strict=True))

        try:
            wait_until(fits, "rows", within_s=within_s)
        except TimeoutError:
            raise AssertionError("wanted\n  " + "\n  ".join(wanted) + "\nseen\n  " + "\n  ".join(seen)) from None

    def row(self, words: str) -> Row:
        """The row whose sentence has these words."""
        (found,) = [row for row in self.rows() if words in row.sentence]
        return found

    def open_notice(self, notice: Notification) -> None:
        """Press the notice's Open button."""
        (key,) = [key for key, label in notice.actions.items() if label == "Open"]
        self.desktop.invoke(notice.id, key)

    def items(self) -> list[dict[str, Any]]:
        """Every item, as the command line has it."""
        found: list[dict[str, Any]] = self.command("todo", "--all")["items"]
        return found

    def words(self) -> list[str]:
        """Everything that is written on the screen, a label an entry."""
        return [node.name for node in self.tree().all(role="label", state="showing") if node.name]

    def text(self) -> str:
        """The issuer's text as a screen reader reads it."""
        return self.tree().one(name="The issuer's text", state="showing").text or ""
