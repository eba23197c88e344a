"""One window a profile: who calls is heard, whatever others do at the same door."""

import os
import socket
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from core import calling
from tests.ui.drawing import eventually
from ui.single import MOST_CALLERS, Single

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a named pipe there")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sc") as session:  # a socket's name has room for a hundred letters
        monkeypatch.setenv("XDG_RUNTIME_DIR", session)
        monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
        yield tmp_path / "profile"


@pytest.fixture
def single(qtbot: QtBot, folder: Path) -> Iterator[Single]:
    owner = QObject()
    made = Single(folder, owner)
    made.listen()
    yield made
    made.close()


def door(folder: Path) -> Path:
    return calling.socket_file(calling.address(folder))


def call(qtbot: QtBot, folder: Path) -> bool:
    """A second start, on a thread, because this one answers it."""
    heard: list[bool] = []
    thread = threading.Thread(target=lambda: heard.append(calling.raise_other(folder)))
    thread.start()
    eventually(qtbot, lambda: bool(heard))
    thread.join()
    return heard[0]


def test_a_second_start_is_heard(qtbot: QtBot, folder: Path, single: Single, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-7")
    raised = QSignalSpy(single.raised)
    assert call(qtbot, folder)
    eventually(qtbot, lambda: raised.count() == 1)
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "token-7"


def test_only_its_user_may_knock(folder: Path, single: Single) -> None:
    assert stat.S_IMODE(door(folder).stat().st_mode) == 0o600


def test_the_door_that_a_dead_window_left_is_taken_over(qtbot: QtBot, folder: Path) -> None:
    owner = QObject()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(door(folder)))
    single = Single(folder, owner)
    single.listen()
    assert call(qtbot, folder)
    single.close()
    assert not door(folder).exists()


def test_the_first_window_stays_the_first(qtbot: QtBot, folder: Path, single: Single) -> None:
    first = QSignalSpy(single.raised)
    owner = QObject()
    second = Single(folder, owner)
    second.listen()
    second.close()
    assert call(qtbot, folder)
    eventually(qtbot, lambda: first.count() == 1)


def test_callers_that_say_nothing_keep_nobody_out(qtbot: QtBot, folder: Path, single: Single) -> None:
    silent = [socket.socket(socket.AF_UNIX) for _ in range(MOST_CALLERS * 3)]
    for one in silent:
        one.connect(str(door(folder)))
        qtbot.wait(5)
    assert call(qtbot, folder)
    for one in silent:
        one.close()


def test_one_that_hangs_up_is_no_call(qtbot: QtBot, folder: Path, single: Single) -> None:
    raised = QSignalSpy(single.raised)
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(str(door(folder)))
    assert call(qtbot, folder)
    eventually(qtbot, lambda: raised.count() == 1)
