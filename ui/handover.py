"""What a traveller pastes or drops: read by a child process, shown before it is kept, kept by another.

The window itself never parses it. The child's answer is JSON of our own making; only words are taken from it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any  # a child's JSON before it was looked at

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from core.conditions import ahead
from core.model import State
from core.paths import Profile, own_command
from core.times import from_text
from core.wording import tr
from ui.moments import day_and_time

PATIENCE_MS = 40_000
MAX_BYTES = 40_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """One advisory as it would be kept: `second_hand` when it quotes its issuer. `states`: of the items of a
    checklist, which is not an advisory; with what stands under each in `notes`.
    """

    title: str
    second_hand: bool
    actions: tuple[str, ...]
    warnings: tuple[str, ...]
    states: tuple[State, ...] = ()
    notes: tuple[str, ...] = ()


def read_file(name: str) -> bytes:
    """A dropped file's bytes, bounded; OSError: it cannot be read. Not for the window's thread."""
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _feed(process: QProcess, data: bytes) -> None:
    process.write(data)
    process.closeWriteChannel()


class Handover(QObject):
    """Reads texts, one at a time, and keeps the last one read when it is told to. `format`: of the last one.

    `kept`: these advisories were kept; `listed`: this checklist was.
    """

    found = Signal(tuple)
    refused = Signal(str)
    kept = Signal(tuple)
    listed = Signal(str)

    def __init__(self, profile: Profile, key: bytes, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._key = str(profile.folder), key
        self._process: QProcess | None = None
        self._waiting: list[bytes] = []
        self._read = b""
        self.format = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    def look(self, versions: Sequence[bytes]) -> None:
        """See what would be taken; several versions of one text (marked up, plain) are tried in their order."""
        if self._process is not None or not versions:
            return
        self._waiting = list(versions[1:])
        self._read = versions[0][: MAX_BYTES + 1]
        self._run(["--json", "read", "-"], self._read, self._looked)

    def look_at(self, address: str) -> None:
        """See what would be taken from an address; the child asks it, by the way that is set."""
        if self._process is None:
            self._waiting, self._read = [], b""
            arguments = ["--profile", self._folder, "--json", "read", address, "--from-network", "--key-fd", "0"]
            self._run(arguments, self._key.hex().encode() + b"\n", self._looked)

    def keep(self) -> None:
        """Keep the text that was looked at."""
        if self._process is None and self._read:
            arguments = ["--profile", self._folder, "--json", "import", "-", "--key-fd", "0"]
            self._run(arguments, self._key.hex().encode() + b"\n" + self._read, self._imported)

    def close(self) -> None:
        """Stop; nothing is emitted any more."""
        self.blockSignals(True)
        if self._process is not None:
            self._process.kill()
            self._process.waitForFinished(2000)

    def _run(self, arguments: list[str], data: bytes, done: object) -> None:
        program = own_command()
        process = QProcess(self)
        self._process = process
        process.setProgram(program[0])
        process.setArguments([*program[1:], *arguments])
        process.started.connect(lambda: _feed(process, data))
        process.finished.connect(lambda *_: self._ended(process, done))
        process.errorOccurred.connect(lambda error: self._did_not_start(process, error))
        self._patience.start()
        process.start()

    def _did_not_start(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._process = None
            self._patience.stop()
            self.refused.emit(tr("The text could not be read. Nothing was kept."))

    def _give_up(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _ended(self, process: QProcess, done: object) -> None:
        self._patience.stop()
        self._process = None
        said = bytes(process.readAllStandardOutput().data())
        fault = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").strip().splitlines()
        process.deleteLater()
        try:
            answer: Any = json.loads(said)
        except (ValueError, RecursionError):
            answer = None
        if answer is not None and callable(done):
            done(answer)
        elif self._waiting:
            self.look(self._waiting)
        else:
            sentence = fault[-1].removeprefix("safeconduct: ") if fault else ""
            self.refused.emit(sentence[:500] or tr("The text could not be read. Nothing was kept."))

    def _looked(self, answer: Any) -> None:
        advisories = [
            Found(
                str(one["title"])[:500],
                one["kind"] == "report",
                tuple(map(_words, one["actions"])),
                tuple(str(warning)[:500] for warning in one["warnings"]),
            )
            for one in answer["advisories"][:500]
        ]
        found = [*advisories, *(_list_in(one) for one in answer.get("checklists", ())[:200])]
        if self._waiting and not any(one.actions for one in found):
            self.look(self._waiting)
            return
        self.format = str(answer["format"])[:40]
        self.found.emit(tuple(found))

    def _imported(self, answer: Any) -> None:
        self._read = b""
        if answer["checklists"]:
            self.listed.emit(str(answer["checklists"][0]["id"]))
        else:
            self.kept.emit(tuple(str(one["id"]) for one in answer["advisories"]))


def _list_in(one: Any) -> Found:
    """A checklist of the child's answer."""
    items = one["items"][:2000]
    now = datetime.now(UTC)
    return Found(
        str(one["title"])[:500],
        False,
        tuple(map(_words, items)),
        (),
        tuple(State(item["state"]) for item in items),
        tuple(_under(from_text(item["due"]), str(item["note"])[:10_000], now) for item in items),
    )


def _words(one: Any) -> str:
    """An action or an item of the child's answer, in full."""
    text = str(one["text"])[:2000]
    return ahead(text, str(one["condition"])[:2000] if one["condition"] else None) + text


def _under(due: datetime | None, note: str, now: datetime) -> str:
    parts = [tr("Due {time}").format(time=day_and_time(due, now))] if due else []
    return " · ".join([*parts, note] if note else parts)
