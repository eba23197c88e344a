"""Closing, quitting and starting twice, with a real window: what goes on, what ends, and what is said of it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core import calling, keys, tell
from core.loudness import Loudness
from core.model import Notice
from core.wording import say
from tests.profiles import ROOT, Made
from tests.ui.conftest import OpenWindow
from ui import tray
from ui import window as windows
from ui.opening import Way
from ui.tray import words_of
from ui.widgets.question import Question
from ui.window import Window


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A session's own folder; the path of a socket has 107 bytes, which pytest's folders may exceed."""
    folder = Path(tempfile.mkdtemp(prefix="sc-"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    folder.rmdir()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Notice]:
    """What the desktop was told: a service of our own at `core.tell`'s protocol."""
    shown: list[Notice] = []

    async def show(notifier: object, notice: Notice, acts: tell.Acts | None = None) -> bool:
        shown.append(notice)
        return True

    monkeypatch.setattr(tell, "service", lambda: object())
    monkeypatch.setattr(tell, "show", show)
    return shown


def opened(qtbot: QtBot, made: Made) -> Window:
    window = Window(Way(made.profile, None, made.key))
    window.begin()
    qtbot.waitUntil(lambda: window.workbench is not None, timeout=15_000)
    return window


def is_open(window: Window) -> bool:
    return window._desk is not None


def ended(window: Window) -> None:
    window._is_quitting = True
    window.close()
    window.deleteLater()


def test_without_a_tray_closing_ends_it(qtbot: QtBot, made: Made, told: list[Notice]) -> None:
    window = opened(qtbot, made)
    window.close()
    assert not is_open(window)
    window.deleteLater()


def test_with_a_tray_closing_goes_out_of_sight_and_says_so_once(
    qtbot: QtBot, made: Made, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray, "is_available", lambda: True)
    window = opened(qtbot, made)
    for _ in range(2):
        window.close()
        assert not window.isVisible()
        assert is_open(window)
        assert window._staying is not None
        window._staying.opened.emit()
        assert window.isVisible()
    qtbot.waitUntil(lambda: len(told) == 2)
    said = [say(one.line) for one in told]
    assert said.count("The window is closed, and the sources are still looked at. Quit from the icon in the tray.") == 1
    assert not QApplication.quitOnLastWindowClosed()
    ended(window)
    assert not is_open(window)
    assert QApplication.quitOnLastWindowClosed()


def test_what_goes_out_of_sight_at_once_does_not_come_blank(
    qtbot: QtBot, made: Made, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray, "is_available", lambda: True)
    monkeypatch.setattr(windows, "BLANK_AFTER_MS", 60_000)
    window = Window(Way(made.profile, None, made.key))
    window.come()
    qtbot.waitUntil(lambda: window.workbench is not None, timeout=15_000)
    assert window._blank.isActive()
    window.close()
    assert is_open(window)
    assert not window._blank.isActive()
    ended(window)


def test_quitting_says_what_it_stops(qtbot: QtBot, made: Made, told: list[Notice]) -> None:
    window = opened(qtbot, made)
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    (box,) = window.findChildren(Question)
    assert "no source is looked at, and no notice and no reminder comes" in box.below.text()
    (stay,) = [one for one in box.findChildren(QPushButton) if one.text() == "Keep looking"]
    qtbot.mouseClick(stay, Qt.MouseButton.LeftButton)
    assert is_open(window)
    qtbot.waitUntil(lambda: not window.findChildren(Question))
    assert window._staying is not None
    window._staying.ask_to_quit()
    window._staying.ask_to_quit()
    (box,) = window.findChildren(Question)
    (leave,) = [one for one in box.findChildren(QPushButton) if one.text() == "Quit"]
    qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    assert not is_open(window)
    window.deleteLater()


@pytest.mark.parametrize("how", ["wiped", "moved"])
def test_a_profile_that_is_gone_is_shown_no_more_and_the_program_ends_saying_so(
    qtbot: QtBot, made: Made, told: list[Notice], tmp_path: Path, how: str
) -> None:
    """Wiped from the command line, or its folder taken away: a tick would be kept nowhere, and no check can be made."""
    window = opened(qtbot, made)
    qtbot.waitUntil(lambda: len(told) == 1)
    if how == "wiped":
        keys.destroy(made.profile)
    else:
        made.profile.folder.rename(tmp_path / "elsewhere")
        assert window.check()
    qtbot.waitUntil(lambda: not is_open(window), timeout=15_000)
    assert not window.isVisible()
    assert [say(one.line) for one in told[1:]] == [
        "Its files are gone from this computer, so it has ended. No source is looked at any more."
    ]
    window.deleteLater()


def test_at_login_it_stays_out_of_sight_where_there_is_a_tray(
    qtbot: QtBot, made: Made, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray, "is_available", lambda: True)
    window = Window(Way(made.profile, None, made.key, at_login=True))
    window.come()
    qtbot.waitUntil(lambda: window.workbench is not None, timeout=15_000)
    qtbot.wait(windows.BLANK_AFTER_MS)
    assert not window.isVisible()
    ended(window)


def test_at_login_without_a_tray_the_window_comes(qtbot: QtBot, made: Made, told: list[Notice]) -> None:
    window = Window(Way(made.profile, None, made.key, at_login=True))
    window.come()
    qtbot.waitUntil(window.isVisible, timeout=15_000)
    ended(window)


def test_a_locked_profile_asks_at_login(qtbot: QtBot, made: Made, open_window: OpenWindow) -> None:
    window = Window(Way(made.profile, None, at_login=True))
    window.come()
    qtbot.waitUntil(window.isVisible, timeout=15_000)
    ended(window)


@pytest.mark.skipif(os.name != "posix", reason="asks over a socket with a path")
def test_a_second_start_raises_the_window_and_ends(qtbot: QtBot, made: Made, told: list[Notice], session: Path) -> None:
    window = opened(qtbot, made)
    socket = Path(calling.address(made.profile.folder))
    qtbot.waitUntil(socket.exists)
    assert socket.stat().st_mode & 0o077 == 0
    window.hide()
    again = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "--profile", str(made.profile.folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    qtbot.waitUntil(lambda: again.poll() is not None, timeout=15_000)
    assert (again.returncode, again.communicate()) == (0, (b"", b""))
    assert window.isVisible()
    ended(window)
    assert not socket.exists()


@pytest.mark.skipif(os.name != "posix", reason="asks over a socket with a path")
def test_a_socket_that_nobody_listens_at_stops_nobody(
    qtbot: QtBot, made: Made, told: list[Notice], session: Path
) -> None:
    import socket

    place = calling.address(made.profile.folder)
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(place)
    assert Path(place).exists()
    assert not calling.raise_other(made.profile.folder)
    window = opened(qtbot, made)
    qtbot.waitUntil(lambda: calling.is_there(place))
    ended(window)


def test_each_profile_has_a_socket_of_its_own_whatever_its_path_is_called(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    names = [calling.address(tmp_path / name) for name in ("real", "link", "other")]
    assert names[0] == names[1] != names[2]
    assert "real" not in Path(names[0]).name


def test_what_the_icon_says_names_nothing() -> None:
    assert words_of(Loudness.CALM, 0) == "Safe Conduct: looking"
    assert words_of(Loudness.LOUD, 2) == "Safe Conduct: something was not verified for very long. 2 unread"
