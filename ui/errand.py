"""An errand for another process of this program: bytes in by its standard input, one JSON document back.

What it is given goes through a pipe alone, never through arguments or the disk: a key, a passphrase, a text.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any  # a child's JSON before it was looked at

from PySide6.QtCore import QObject, QProcess, QTimer

from core.paths import own_command

PATIENCE_MS = 40_000

Done = Callable[[Any], object]
Failed = Callable[[int, str], object]


class Errand(QObject):
    """Runs one command at a time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    @property
    def is_under_way(self) -> bool:
        """Whether a command runs."""
        return self._process is not None

    def run(self, arguments: Sequence[str], data: bytes, done: Done, failed: Failed) -> None:
        """Run a command with these bytes on its standard input, then `done` with its answer.

        `failed`: with its exit status and the sentence that says why, "" where there is none; -1: it did not start.
        """
        program = own_command()
        process = QProcess(self)
        self._process = process
        process.setProgram(program[0])
        process.setArguments([*program[1:], *arguments])
        process.started.connect(lambda: _feed(process, data))
        process.finished.connect(lambda status, *_: self._ended(process, status, done, failed))
        process.errorOccurred.connect(lambda error: self._did_not_start(error, failed))
        self._patience.start()
        process.start()

    def close(self) -> None:
        """Stop; nothing comes of what runs."""
        process, self._process = self._process, None
        self._patience.stop()
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(2000)

    def _give_up(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _did_not_start(self, error: QProcess.ProcessError, failed: Failed) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._process = None
            self._patience.stop()
            failed(-1, "")

    def _ended(self, process: QProcess, status: int, done: Done, failed: Failed) -> None:
        self._patience.stop()
        self._process = None
        said = bytes(process.readAllStandardOutput().data())
        fault = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").strip().splitlines()
        process.deleteLater()
        try:
            answer: Any = json.loads(said)
        except (ValueError, RecursionError):
            failed(status, fault[-1].removeprefix("safeconduct: ")[:500] if fault else "")
        else:
            done(answer)


def _feed(process: QProcess, data: bytes) -> None:
    process.write(data)
    process.closeWriteChannel()
