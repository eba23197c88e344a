"""The watcher and its child: the key's way, reports, progress, ends of every kind, and when the next check is.

The child here is a stand-in, a real process with real pipes. What a real checker does is in tests/end2end.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from core.paths import Profile, own_command
from tests.ui.drawing import checker
from ui import watcher as watcher_module
from ui.watcher import Watcher

KEY = bytes(range(32))
REPORT = "print(json.dumps({'checked_at': 'now', 'sources': [], 'changes': []}), flush=True)\n"
Watch = Callable[..., Watcher]


class Ear:
    """What a watcher said, in order."""

    def __init__(self, watcher: Watcher) -> None:
        self.said: list[str] = []
        watcher.started.connect(lambda: self.said.append("started"))
        watcher.progressed.connect(lambda done, total, name: self.said.append(f"{done}/{total} {name}"))
        watcher.checked.connect(lambda: self.said.append("checked"))
        watcher.failed.connect(self.said.append)


@pytest.fixture
def watch(qtbot: QtBot, tmp_path: Path) -> Iterator[Watch]:
    around = QObject()
    made: list[Watcher] = []

    def make(body: str, *, command: list[str] | None = None, catalogue: str | None = None) -> Watcher:
        profile = Profile(tmp_path / "profile")
        made.append(Watcher(profile, KEY, catalogue, around, command or checker(tmp_path, body)))
        return made[-1]

    yield make
    for one in made:
        one.close()
    around.deleteLater()


def _ended(qtbot: QtBot, watcher: Watcher) -> Ear:
    ear = Ear(watcher)
    watcher.check()
    qtbot.waitUntil(lambda: not watcher.is_checking(), timeout=10_000)
    return ear


ENDED = "The check ended before it could report. Everything kept is here; it is tried again."
STOPPED = "The check was stopped. What was saved before is kept."


def test_the_key_goes_through_the_pipe_alone(qtbot: QtBot, watch: Watch, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    body = f"json.dump([key, sys.argv[1:], dict(os.environ), sys.stdin.read()], open({str(seen)!r}, 'w'))\n" + REPORT
    assert _ended(qtbot, watch(body, catalogue="list.toml")).said == ["started", "checked"]
    key, arguments, environment, more = json.loads(seen.read_text(encoding="utf-8"))
    assert key == KEY.hex()
    assert more == ""
    assert KEY.hex() not in json.dumps([arguments, environment])
    assert arguments == [
        *("--profile", str(tmp_path / "profile"), "--catalogue", "list.toml"),
        *("--json", "--quiet", "check", "--key-fd", "0", "--progress"),
    ]


def test_its_progress_is_told(qtbot: QtBot, watch: Watch) -> None:
    told = "print(json.dumps({'done': n, 'total': 2, 'source': 'S' * 300 * n}), flush=True)"
    body = f"for n in (1, 2):\n {told}\n time.sleep(0.3)\n"
    said = _ended(qtbot, watch(body + REPORT)).said
    assert said == ["started", "1/2 " + "S" * 200, "2/2 " + "S" * 200, "checked"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "sys.exit(1)\n",
        "os.kill(os.getpid(), 9)\n",
        "print('no json', '[', '{}', 'null', '7', sep='\\n')\n",
        'print(\'{"done": "x"}\\n{"done": 1}\\n[1]\\n"checked"\')\n',
        "print('[' * 100000)\n",
        "sys.stdout.buffer.write(bytes(range(256)) * 100)\n",
        "print(json.dumps({'checked_at': 'now'})[:-1], end='')\n",
    ],
    ids=["silent", "failed", "killed", "words", "wrong", "deep", "bytes", "cut"],
)
def test_whatever_it_says_that_is_no_report_is_a_failed_check(qtbot: QtBot, watch: Watch, body: str) -> None:
    watcher = watch(body)
    assert _ended(qtbot, watcher).said[-1] == ENDED
    assert not watcher.is_checking()
    assert watcher.child_pid() == 0


def test_a_report_counts_although_a_source_could_not_be_verified(qtbot: QtBot, watch: Watch) -> None:
    assert _ended(qtbot, watch(REPORT + "sys.exit(3)\n")).said == ["started", "checked"]


def test_a_full_disk_is_named(qtbot: QtBot, watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "profile").mkdir()
    assert _ended(qtbot, watch("sys.exit(1)")).said[-1].startswith("The check ended before it could report.")
    monkeypatch.setattr(watcher_module, "FULL_BELOW_BYTES", 1 << 62)
    assert _ended(qtbot, watch("sys.exit(1)")).said[-1].startswith("The disk is full")


def test_an_endless_line_ends_it(qtbot: QtBot, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher_module, "MAX_LINE_BYTES", 100_000)
    assert _ended(qtbot, watch("while True: sys.stdout.write('x' * 65536)\n")).said == ["started", ENDED]


def test_a_silent_one_is_ended(qtbot: QtBot, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher_module, "SILENCE_MS", 300)
    assert _ended(qtbot, watch("time.sleep(60)\n")).said == ["started", ENDED]


def test_one_that_talks_for_ever_is_ended(qtbot: QtBot, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher_module, "LONGEST_MS", 500)
    line = "print(json.dumps({'done': 1, 'total': 2, 'source': 's'}), flush=True)"
    said = _ended(qtbot, watch(f"while True:\n {line}\n time.sleep(0.05)\n")).said
    assert said[-1] == ENDED
    assert said.count("1/2 s") > 1


def test_a_program_that_is_not_there_is_a_failed_check(qtbot: QtBot, watch: Watch, tmp_path: Path) -> None:
    watcher = watch("", command=[str(tmp_path / "no such program")])
    assert _ended(qtbot, watcher).said == ["started", ENDED]


def test_it_can_be_stopped_and_started_again(qtbot: QtBot, watch: Watch, tmp_path: Path) -> None:
    flag = tmp_path / "again"
    watcher = watch(f"if not os.path.exists({str(flag)!r}): time.sleep(60)\n" + REPORT)
    ear = Ear(watcher)
    watcher.check()
    qtbot.waitUntil(lambda: watcher.child_pid() > 0)
    watcher.check()  # one at a time
    watcher.cancel()
    qtbot.waitUntil(lambda: not watcher.is_checking(), timeout=5000)
    flag.touch()
    assert ear.said == ["started", STOPPED]
    assert _ended(qtbot, watcher).said == ["started", "checked"]
    watcher.cancel()  # nothing runs
    assert ear.said == ["started", STOPPED, "started", "checked"]


def test_the_end_of_the_window_ends_it_without_a_word(qtbot: QtBot, watch: Watch) -> None:
    watcher = watch("time.sleep(60)\n")
    ear = Ear(watcher)
    watcher.check()
    qtbot.waitUntil(lambda: watcher.child_pid() > 0)
    pid = watcher.child_pid()
    watcher.close()
    assert ear.said == ["started"]
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(
    ("ahead", "rings"), [(timedelta(seconds=-1), True), (timedelta(hours=1), False), (None, False)]
)
def test_it_says_when_what_was_planned_is_due(
    qtbot: QtBot, watch: Watch, monkeypatch: pytest.MonkeyPatch, ahead: timedelta | None, rings: bool
) -> None:
    monkeypatch.setattr(watcher_module, "SOONEST", timedelta(milliseconds=50))
    watcher = watch(REPORT)
    with qtbot.waitSignal(watcher.due, timeout=5000 if rings else 200, raising=False) as due:
        watcher.plan(None if ahead is None else datetime.now(UTC) + ahead)
    assert due.signal_triggered is rings
    assert not watcher.is_checking()


def test_a_check_of_what_is_due_says_so_to_its_child(qtbot: QtBot, watch: Watch, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    watcher = watch(f"open({str(seen)!r}, 'w').write(sys.argv[-1])\n" + REPORT)
    watcher.check(due_only=True)
    qtbot.waitUntil(lambda: not watcher.is_checking(), timeout=10_000)
    assert seen.read_text(encoding="utf-8") == "--due"


def test_the_real_child_is_this_very_program() -> None:
    program, *arguments = own_command()
    assert program == sys.executable
    assert Path(arguments[-1]).name == "main.py"
    assert Path(arguments[-1]).is_file()
