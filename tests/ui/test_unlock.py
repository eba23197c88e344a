"""The page of a closed profile, and the real window that opens one: a right passphrase, a wrong one, no keyring."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core import key_apart
from core.errors import LockedError
from core.paths import Profile
from tests.profiles import PASSPHRASE, Made
from tests.ui.conftest import OpenWindow
from tests.ui.drawing import eventually
from ui import window as windows
from ui.opening import EarlyKey, Fresh, Locked, Ready, Way, open_profile
from ui.pages.unlock import UnlockPage
from ui.window import Window


@pytest.fixture
def page(qtbot: QtBot) -> UnlockPage:
    made = UnlockPage()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_passphrase_is_asked_and_given(qtbot: QtBot, page: UnlockPage) -> None:
    page.ask()
    qtbot.waitUntil(page.field.hasFocus)
    assert not page.fault.isVisible()
    with qtbot.waitSignal(page.unlocked) as given:
        qtbot.keyClicks(page.field, "four quiet words")
        assert page.field.displayText() == "●" * 16 or page.field.displayText() != "four quiet words"
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert given.args == ["four quiet words"]
    assert not page.act.isEnabled()


def test_one_try_at_a_time(qtbot: QtBot, page: UnlockPage) -> None:
    page.ask()
    spy = QSignalSpy(page.unlocked)
    for _ in range(3):
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert spy.count() == 1


def test_a_wrong_one_is_said_and_marked_for_typing_over(qtbot: QtBot, page: UnlockPage) -> None:
    page.ask()
    qtbot.keyClicks(page.field, "wrong words")
    page.ask("That is not the passphrase of this profile.")
    assert page.fault.isVisible()
    assert page.field.selectedText() == "wrong words"
    assert page.act.isEnabled()


def test_where_no_passphrase_helps_it_says_why_and_tries_again(qtbot: QtBot, page: UnlockPage) -> None:
    page.explain("The keyring did not answer within 5 seconds.")
    assert not page.field.isVisible()
    assert page.act.text() == page.act.accessibleName() == "Try again"
    assert page.heading.text() == "Safe Conduct could not be opened"  # no passphrase would help
    with qtbot.waitSignal(page.again):
        qtbot.mouseClick(page.act, Qt.MouseButton.LeftButton)
    assert not page.fault.isVisible()


def _page(qtbot: QtBot, window: Window) -> UnlockPage:
    eventually(qtbot, lambda: window.findChild(UnlockPage))
    found = window.findChild(UnlockPage)
    assert isinstance(found, UnlockPage)
    return found


def test_the_window_opens_with_the_right_passphrase_only(qtbot: QtBot, open_window: OpenWindow, made: Made) -> None:
    window = open_window(made.profile)
    page = _page(qtbot, window)
    eventually(qtbot, page.field.isVisible)
    for words in ("wrong passphrase", ""):
        page.field.clear()
        qtbot.keyClicks(page.field, words)
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
        eventually(qtbot, page.fault.isVisible)
        assert "That is not the passphrase of this profile." in page.fault.text()
        assert window.workbench is None
    page.field.clear()
    qtbot.keyClicks(page.field, PASSPHRASE)
    qtbot.mouseClick(page.act, Qt.MouseButton.LeftButton)
    eventually(qtbot, lambda: window.workbench is not None and window.workbench.isVisible())
    eventually(qtbot, lambda: not window.findChildren(UnlockPage))  # the passphrase does not stay in a hidden field


def test_a_keyring_that_does_not_answer_is_said(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Profile(tmp_path / "profile")
    profile.folder.mkdir()
    profile.identity.write_text('{"format": 1, "id": "00ff", "key": "keyring"}', encoding="utf-8")

    def silent(profile: Profile, passphrase: str | None) -> bytes:
        raise LockedError("keyring-silent")

    monkeypatch.setattr(key_apart, "unlock", silent)
    window = open_window(profile)
    page = _page(qtbot, window)
    eventually(qtbot, page.fault.isVisible)
    assert page.fault.text().startswith("The keyring did not answer within 5 seconds.")
    assert page.words.text() == "What is kept was not changed."


def test_a_damaged_profile_is_said_and_left_alone(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    profile.folder.mkdir()
    profile.identity.write_text("{}", encoding="utf-8")
    window = open_window(profile)
    page = _page(qtbot, window)
    eventually(qtbot, page.fault.isVisible)
    assert page.fault.text() == "The profile's identity file is damaged. Nothing was changed."
    assert [one.name for one in profile.folder.iterdir()] == ["profile.json"]


def test_a_window_that_is_closed_at_once_does_not_come_again(
    qtbot: QtBot, open_window: OpenWindow, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "BLANK_AFTER_MS", 20)
    window = open_window(made.profile)
    window.close()
    with qtbot.waitSignal(window._blank.timeout, timeout=200, raising=False) as blank:
        pass
    assert not blank.signal_triggered
    assert not window.isVisible()


def test_a_profile_that_opens_slowly_says_that_it_is_opening(
    qtbot: QtBot, open_window: OpenWindow, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, held = open_profile, threading.Event()

    def slowly(way: Way, passphrase: str | None, early: EarlyKey | None = None) -> Ready | Locked | Fresh:
        held.wait(20)
        return really(way, passphrase, early)

    monkeypatch.setattr(windows, "BLANK_AFTER_MS", 0)
    monkeypatch.setattr(windows, "open_profile", slowly)
    window = open_window(made.profile)
    eventually(qtbot, window.isVisible)
    assert [one.text() for one in window.findChildren(QLabel) if one.isVisible()] == ["Opening what is kept…"]
    held.set()
    assert _page(qtbot, window).isVisible()
