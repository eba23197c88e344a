"""The command line in this process: as quick as its work, with a passphrase profile that is cheap to unlock."""

import json
import os
from pathlib import Path
from typing import Any  # what a JSON document holds

import pytest

from core import commands, wrapping
from core.commands import arguments

PASSPHRASE = "a long enough phrase"


class Terminal:
    """Runs commands on one profile and gives what they answer."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        patch.setattr(wrapping, "COST", wrapping.Cost(1, 1, 64))
        self.profile = folder / "profile"
        self._capture = capture

    def run(self, *words: str, status: int = 0) -> tuple[str, str]:
        """What was said on standard output and on standard error; the exit status is asserted."""
        ends = os.pipe()
        os.write(ends[1], PASSPHRASE.encode() + b"\n")
        os.close(ends[1])
        try:
            given = [*words, "--profile", str(self.profile), "--passphrase-fd", str(ends[0])]
            ended = commands.run(arguments.parser().parse_args(given))
        finally:
            os.close(ends[0])
        said = self._capture.readouterr()
        assert ended == status, said
        return said.out, said.err

    def get(self, *words: str, status: int = 0) -> Any:
        """The one JSON document that a command answers with."""
        out, _ = self.run(*words, "--json", status=status)
        assert out.count("\n") == 1
        return json.loads(out)

    def refused(self, *words: str, status: int = 2) -> str:
        """The one line that says why a command was refused."""
        out, err = self.run(*words, status=status)
        assert out == ""
        assert err.count("\n") == 1
        return err


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal without a profile yet."""
    return Terminal(tmp_path, capsys, monkeypatch)
