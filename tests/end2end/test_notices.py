"""Notices on a real bus, to a real service: what they say, what they must not say, their buttons, and a service that
is not there, dies and returns.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.store import inbox, sources
from core.store.inbox import Fate
from tests.end2end.desktop import Desktop, Notification, wait_until
from tests.profiles import ROOT, Made, publish, run, scene
from tests.texts import ALERT_1, ALERT_2, embassy_feed

pytestmark = pytest.mark.end2end

CANARY = "canary"
HOSTILE = f'<b>{CANARY}</b> <img src="file:///etc/passwd"> & <a href="https://example.org">here</a>'
# What a program that stays does with a notice: it waits until a button is pressed, and says which.
ASKS = """
import asyncio, sys
from core import tell
from core.model import Message, Notice
async def ask():
    pressed = asyncio.get_running_loop().create_future()
    def act(name):
        return lambda: pressed.done() or pressed.set_result(name)
    notice = Notice(Message("notice-item", {"words": "Pack a bag."}), Message("reminder-due"), (), False, (1,), "i")
    taken = await tell.show(tell.service(), notice, tell.Acts(act("open"), act("later"), act("done")))
    print("taken" if taken else "refused", flush=True)
    print(await asyncio.wait_for(pressed, 20), flush=True)
asyncio.run(ask())
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Desktop]:
    folder = tmp_path / "desktop"
    folder.mkdir()
    with Desktop(folder, keyring=False, accessibility=False) as started:
        yield started


def _scene(tmp_path: Path, title: str = ALERT_1.title) -> Made:
    alert = ALERT_1._replace(title=title, pub_date=f"{datetime.now(UTC):%d %b %Y %T} GMT")
    return scene(tmp_path / "profile", embassy_feed([alert]))


def _look(desktop: Desktop, made: Made) -> None:
    """One look as a scheduler has it made; the embassy itself cannot be reached."""
    assert run(made.profile, "check", "--notify", "--quiet", env=desktop.env).returncode == 3


def _said(notice: Notification) -> str:
    return repr((notice.summary, notice.body, notice.app_name, notice.actions, notice.hints, notice.app_icon))


def test_no_markup_of_a_title_reaches_the_bus(bus: Desktop, tmp_path: Path) -> None:
    made = _scene(tmp_path, HOSTILE)
    with made.store() as store:
        sources.set_setting(store, "discreet", "no")
    _look(bus, made)
    notice = bus.wait_notification()
    assert CANARY in notice.summary
    assert "<" not in _said(notice)
    assert "&" not in notice.body.replace("&amp;", "")


def test_a_discreet_notice_has_nothing_of_what_it_is_about(bus: Desktop, tmp_path: Path) -> None:
    _look(bus, _scene(tmp_path, HOSTILE))
    said = _said(bus.wait_notification()).casefold()
    words = {word for text in (HOSTILE, ALERT_1.title, "Embassy of the Tests") for word in text.casefold().split()}
    assert [word for word in words if len(word) > 3 and word in said] == []


@pytest.mark.parametrize(("label", "act"), [("Open", "open"), ("Later", "later"), ("Done", "done"), ("", "open")])
def test_each_button_does_what_it_says(bus: Desktop, label: str, act: str) -> None:
    program = bus.start([sys.executable, "-c", ASKS], extra_env={"PYTHONPATH": str(ROOT)})
    notice = bus.wait_notification()
    assert sorted(notice.actions.values()) == ["", "Done", "Later", "Open"]
    (key,) = [key for key, held in notice.actions.items() if held == label]
    wait_until(lambda: "taken" in bus.output(program), "taken")
    bus.invoke(notice.id, key)
    assert program.wait(20) == 0
    assert bus.output(program).split() == ["taken", act]


def test_a_service_that_dies_and_returns_is_told_then_and_once(bus: Desktop, tmp_path: Path) -> None:
    made = _scene(tmp_path)
    bus.end_notifications()
    _look(bus, made)
    with made.store() as store:
        assert [one.fate for one in inbox.entries(store)] == [Fate.WAITS]
    bus.start_notifications()
    for _ in range(2):
        _look(bus, made)
    assert [one.body for one in bus.notifications()] == ["Something you follow has changed."]
    with made.store() as store:
        assert [one.fate for one in inbox.entries(store)] == [Fate.SHOWN]
    publish(made, ALERT_2)
    for _ in range(2):
        _look(bus, made)
    assert len(bus.notifications()) == 2


def test_without_any_service_the_inbox_has_it(tmp_path: Path) -> None:
    (tmp_path / "desktop").mkdir()
    made = _scene(tmp_path)
    with Desktop(tmp_path / "desktop", keyring=False, notifications=False, accessibility=False) as bare:
        _look(bare, made)
    with made.store() as store:
        assert [(one.fate, one.is_read) for one in inbox.entries(store)] == [(Fate.WAITS, False)]
