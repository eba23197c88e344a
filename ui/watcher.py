"""The only way that news enters the window: `check` runs as a child process, its report is read here.

The child gets the data key through its standard input and prints JSON lines: its progress, then its report. It
keeps limits of its own on memory and time; here it is ended when it is silent too long. Whatever happens to it,
the window goes on and everything kept stays.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any  # a line of JSON before it was looked at

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from core.paths import Profile, own_command
from core.wording import tr
from ui.alarm import Alarm

SILENCE_MS = 150_000
LONGEST_MS = 15 * 60_000
MAX_LINE_BYTES = 4_000_000
MAX_SAID_BYTES = 64_000_000
MAX_PROGRESS_BYTES = 10_000
SOONEST = timedelta(seconds=20)
# With so little room left a check that could not report could not save.
FULL_BELOW_BYTES = 1_000_000


class Watcher(QObject):
    """Starts checks and says what came of them. `due`: the moment that was planned has come."""

    started = Signal()
    progressed = Signal(int, int, str)
    checked = Signal()
    failed = Signal(str)
    due = Signal()

    def __init__(
        self, profile: Profile, key: bytes, catalogue_file: str | None, parent: QObject, command: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self._command = list(command) or own_command()
        self._folder = profile.folder
        self._arguments = ["--profile", str(profile.folder)]
        if catalogue_file:
            self._arguments += ["--catalogue", catalogue_file]
        self._arguments += ["--json", "--quiet", "check", "--key-fd", "0", "--progress"]
        self._key = key
        self._process: QProcess | None = None
        self._held = b""
        self._said = 0
        self._reported = False
        self._cancelled = False
        self._silence = self._timer(SILENCE_MS)
        self._longest = self._timer(LONGEST_MS)
        self._alarm = Alarm(self)
        self._alarm.rang.connect(self.due)

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(self._end_child)
        return made

    def is_checking(self) -> bool:
        """Whether a check is under way."""
        return self._process is not None

    def child_pid(self) -> int:
        """The process of the running check, or 0."""
        return int(self._process.processId()) if self._process else 0

    def plan(self, moment: datetime | None) -> None:
        """When the next source is due; None: none ever is. What is due already is looked at soon, not at once."""
        self._alarm.set(None if moment is None else max(moment, datetime.now(UTC) + SOONEST))

    def check(self, *, due_only: bool = False, source: str = "") -> None:
        """Start a check (of one source, or of those that are due), unless one is under way."""
        if self._process is not None:
            return
        self._held, self._said, self._reported, self._cancelled = b"", 0, False, False
        more = ["--due"] if due_only else ["--source", source] if source else []
        process = QProcess(self)
        self._process = process
        process.setProgram(self._command[0])
        process.setArguments([*self._command[1:], *self._arguments, *more])
        process.readyReadStandardOutput.connect(self._read)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(lambda *_: self._ended())
        process.errorOccurred.connect(self._could_not_start)
        process.started.connect(self._hand_key_down)
        self._silence.start()
        self._longest.start()
        process.start()
        self.started.emit()

    def _hand_key_down(self) -> None:
        if self._process is not None:
            self._process.write(self._key.hex().encode() + b"\n")
            self._process.closeWriteChannel()

    def cancel(self) -> None:
        """Stop the check under way; what it has saved stays."""
        self._cancelled = True
        self._end_child()

    def close(self) -> None:
        """Stop everything; nothing is emitted any more."""
        self._alarm.close()
        self.blockSignals(True)
        process = self._process
        if process is not None:
            process.kill()
            process.waitForFinished(2000)

    def _end_child(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        self._silence.start()
        fresh = bytes(process.readAllStandardOutput().data())
        self._said += len(fresh)
        self._held += fresh
        *lines, self._held = self._held.split(b"\n")
        if len(self._held) > MAX_LINE_BYTES or self._said > MAX_SAID_BYTES:
            self._end_child()
            return
        told = [line for line in lines if line.startswith(b"{") and line.endswith(b"}")]
        # That there is a report is all the window takes from it; what was found is read from the store.
        self._reported = self._reported or any(b'"checked_at"' in line for line in told)
        if told and len(told[-1]) <= MAX_PROGRESS_BYTES:
            self._understand(told[-1])  # of what came at once only the last: each costs a look at the store

    def _understand(self, line: bytes) -> None:
        try:
            said: Any = json.loads(line)
            self.progressed.emit(int(said["done"]), int(said["total"]), str(said["source"])[:200])
        except (ValueError, TypeError, KeyError, RecursionError):
            return

    def _could_not_start(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        process = self._process
        if process is None:
            return
        self._read()
        self._process = None
        self._silence.stop()
        self._longest.stop()
        process.deleteLater()
        if self._reported:
            self.checked.emit()
        elif self._cancelled:
            self.failed.emit(tr("The check was stopped. What was saved before is kept."))
        else:
            self.failed.emit(self._why())

    def _why(self) -> str:
        """Why a check ended without a report, as far as it can be known from outside."""
        import shutil

        with suppress(OSError):
            if shutil.disk_usage(self._folder).free < FULL_BELOW_BYTES:
                return tr(
                    "The disk is full, and nothing new can be kept. What was kept is here; make room, and it goes on."
                )
        return tr("The check ended before it could report. Everything kept is here; it is tried again.")
