"""The page of settings: each is in the store as soon as it is chosen, and what cannot be kept is said."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core import autostart
from core.store import inbox, network, sources
from core.store.inbox import Fate
from tests.profiles import Made
from tests.ui.conftest import Bench
from ui import theme
from ui.desk import Desk
from ui.pages.settings import SettingsPage
from ui.workbench import Workbench


def page_of(workbench: Workbench) -> SettingsPage:
    workbench.go("settings")
    page = workbench.middle.currentWidget()
    assert isinstance(page, SettingsPage)
    return page


def setting(made: Made, name: str) -> str:
    with made.store() as store:
        return sources.setting(store, name, "")


def write(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_what_is_set_from_the_start(qtbot: QtBot, bench: Bench) -> None:
    page = page_of(bench())
    on = {name: box.isChecked() for name, box in page.boxes.items()}
    assert on == {"notices": True, "discreet": True, "data-saver": False, "at-login": False}
    assert (page.quiet_from.text(), page.quiet_to.text(), page.proxy.text()) == ("", "", "")


def test_a_box_is_kept_as_it_is_pressed(qtbot: QtBot, made: Made, bench: Bench) -> None:
    page = page_of(bench())
    qtbot.mouseClick(page.boxes["discreet"], Qt.MouseButton.LeftButton)
    assert setting(made, "discreet") == "no"
    qtbot.mouseClick(page.boxes["data-saver"], Qt.MouseButton.LeftButton)
    with made.store() as store:
        assert network.saves_data(store)
    qtbot.mouseClick(page.boxes["notices"], Qt.MouseButton.LeftButton)
    assert setting(made, "notices") == "no"
    assert not page.boxes["discreet"].isEnabled()


def test_telling_nothing_keeps_what_waits_in_the_inbox(qtbot: QtBot, made: Made, desk: Desk, bench: Bench) -> None:
    workbench = bench()
    qtbot.waitUntil(lambda: [one.fate for one in desk.inbox()] == [Fate.WAITS])  # no bus is there
    page = page_of(workbench)
    qtbot.waitUntil(lambda: not workbench._telling._under_way)
    qtbot.mouseClick(page.boxes["notices"], Qt.MouseButton.LeftButton)
    with made.store() as store:
        assert [one.fate for one in inbox.entries(store)] == [Fate.KEPT]


def test_quiet_hours_are_kept_once_both_are_there(qtbot: QtBot, made: Made, bench: Bench) -> None:
    page = page_of(bench())
    write(qtbot, page.quiet_from, "22:30")
    assert setting(made, "quiet-from") == ""
    assert page.fault.text() == "Write both times, or leave both empty. The quiet hours are not changed yet."
    write(qtbot, page.quiet_to, "7:99")
    assert page.fault.isVisible()
    assert "were not changed" in page.fault.text()
    assert setting(made, "quiet-from") == ""
    write(qtbot, page.quiet_to, "07:00")
    assert (setting(made, "quiet-from"), setting(made, "quiet-to")) == ("22:30", "07:00")
    assert page.fault.text() == ""
    assert not page.fault.isVisible()


@pytest.mark.parametrize(("text", "kept"), [("tor", "tor"), ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080")])
def test_a_proxy_is_kept_where_it_is_one(qtbot: QtBot, made: Made, bench: Bench, text: str, kept: str) -> None:
    page = page_of(bench())
    write(qtbot, page.proxy, text)
    assert setting(made, "proxy") == kept
    write(qtbot, page.proxy, "gopher://x")
    assert page.fault.isVisible()
    assert setting(made, "proxy") == kept


def test_the_theme_is_worn_at_once(qtbot: QtBot, made: Made, bench: Bench) -> None:
    workbench = bench()
    page = page_of(workbench)
    qtbot.mouseClick(page.themes["dark"], Qt.MouseButton.LeftButton)
    assert theme.is_dark()
    assert setting(made, "theme") == "dark"
    assert workbench.middle.currentWidget() is page


def test_start_at_login_is_turned_on_and_off(
    qtbot: QtBot, made: Made, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    page = page_of(bench())
    qtbot.mouseClick(page.boxes["at-login"], Qt.MouseButton.LeftButton)
    assert autostart.is_on(made.profile.folder)
    (file,) = (tmp_path / "config" / "autostart").iterdir()
    assert str(made.profile.folder) in file.read_text()
    assert "--at-login" in file.read_text()
    qtbot.mouseClick(page.boxes["at-login"], Qt.MouseButton.LeftButton)
    assert not autostart.is_on(made.profile.folder)


def test_a_test_notice_says_that_no_service_is_there(qtbot: QtBot, bench: Bench) -> None:
    page = page_of(bench())
    qtbot.mouseClick(page.try_it, Qt.MouseButton.LeftButton)
    assert not page.try_it.isEnabled()
    qtbot.waitUntil(page.try_it.isEnabled, timeout=15_000)
    assert page.outcome.text().startswith("No service of this desktop shows notices.")
