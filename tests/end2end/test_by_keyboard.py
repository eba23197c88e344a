"""The scene of product.md without a mouse: by keys alone, then its first steps by what a screen reader does.

The nine steps as far as the program has them; the window is real, the embassy a server on loopback.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.end2end.desktop import Desktop, wait_until
from tests.end2end.traveller import TITLE, Traveller, entry
from tests.servers import LoopbackFeed
from tests.texts import ADDED, ALERT_1, ALERT_1_ACTIONS, ALERT_2, DROPPED, REWORDED, Alert, embassy_feed

pytestmark = pytest.mark.end2end

LEAVE, AWAY, PAPERS, MONEY, PLAN, CROWDS, NEWS = ALERT_1_ACTIONS
BEFORE, AFTER = REWORDED
SEVEN = (LEAVE, AWAY, CROWDS, PAPERS, MONEY, PLAN, NEWS)
SENT = (
    "The embassy in Glasgow Bay has told its citizens what to do:\n\n"
    "• Leave Iraq by commercial transport within 24 hours.\n• Take cash for a week.\n• Follow local news.\n"
)
# What a friend's program does: it has the text, and gives it to whoever pastes.
GIVES = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.clipboard().setText(sys.argv[1])
print("given", flush=True)
app.exec()
"""


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed() as started:
        yield started


@pytest.fixture
def traveller(desktop: Desktop, feed: LoopbackFeed, tmp_path: Path) -> Traveller:
    feed.publish("/feed", _issued_now(ALERT_1))
    return Traveller(desktop, tmp_path, [entry("embassy", feed.url("/feed"))])


def _issued_now(alert: Alert) -> bytes:
    return embassy_feed([alert._replace(pub_date=format_datetime(datetime.now(UTC)))])


class Keys:
    """Hands that have a keyboard alone; they see where they are by what has the focus."""

    def __init__(self, traveller: Traveller) -> None:
        self.traveller, self.press = traveller, traveller.desktop.key

    def focused(self) -> list[str]:
        return [node.name for node in self.traveller.tree().all(state="focused")]

    def tab_to(self, name: str) -> None:
        """Press Tab until something of this name has the focus: a place that Tab never reaches is a fault."""
        passed: list[str] = []
        for _ in range(40):
            held = self.focused()
            if any(one == name or (len(name) > 8 and name in one) for one in held):
                return
            passed += held
            self.press("Tab")
        raise AssertionError(f"Tab never came to {name!r}, but to {list(dict.fromkeys(passed))}")

    def first_start(self) -> None:
        """Where, a key in the keyring, Start."""
        wait_until(lambda: "Country" in self.focused(), "focus in the first field")
        self.traveller.desktop.type("Iraq")
        self.press("Return")
        self.traveller.find("Remove Iraq")
        self.tab_to("A passphrase (recommended)")
        self.press("Down")
        wait_until(lambda: "This computer's keyring" in self.focused(), "the other choice")
        self.tab_to("Start")
        self.press("space")
        self.traveller.find("Check now", role="push button", within_s=20)


def test_the_scene_by_keys_alone(traveller: Traveller, feed: LoopbackFeed) -> None:
    keys = Keys(traveller)
    traveller.open()
    keys.first_start()
    _the_inbox_leads_to_the_seven_actions(traveller, keys)
    _three_are_ticked_and_the_battery_dies(traveller, keys)
    feed.publish("/feed", _issued_now(ALERT_2))
    _what_changed_is_gone_through(traveller, keys)
    feed.stop()
    _everything_is_found_offline(traveller, keys)
    _a_text_is_taken_in(traveller, keys)
    before = {window.id for window in traveller.desktop.windows(TITLE)}
    keys.press("ctrl+q")
    asked = wait_until(
        lambda: [one for one in traveller.desktop.windows(TITLE) if one.id not in before], "the question of quitting"
    )
    traveller.desktop.focus(asked[0])
    keys.tab_to("Quit")  # what Enter gives is to stay
    keys.press("space")
    traveller.running.wait(20)
    assert traveller.running.returncode == 0


def _the_inbox_leads_to_the_seven_actions(traveller: Traveller, keys: Keys) -> None:
    traveller.desktop.wait_notification()
    keys.press("ctrl+3")
    traveller.find(ALERT_1.title, role="list item")
    keys.press("Home", "Return")
    traveller.wait_lines([f"☐ {words}" for words in SEVEN])
    assert LEAVE in traveller.text()


def _three_are_ticked_and_the_battery_dies(traveller: Traveller, keys: Keys) -> None:
    wait_until(lambda: any(name.startswith(f"Open. {LEAVE[:20]}") for name in keys.focused()), "focus on the first row")
    keys.press("space", "j", "space", "n", "n", "Return")
    ticked = [LEAVE, AWAY, PAPERS]
    wait_until(lambda: [row.sentence for row in traveller.rows() if row.is_ticked].__len__() == 3, "three ticks")
    traveller.kill()
    assert {item["text"] for item in traveller.items() if item["state"] == "done"} == set(ticked)
    traveller.open()
    wait_until(lambda: len(traveller.rows()) == 7, "rows after the restart")
    assert [row.is_ticked for row in traveller.rows()] == [words in ticked for words in SEVEN]


def _what_changed_is_gone_through(traveller: Traveller, keys: Keys) -> None:
    traveller.find("Check now", role="push button")  # the list is there before what is around it
    keys.press("F5")
    traveller.find("1 new, 1 reworded, 1 no longer listed. 1 now asks for something else.", role="label")
    keys.press("ctrl+r")
    for asked, key in (
        ("It now asks for something else. You did this before it was reworded.", "d"),
        ("This action is new.", "u"),
        ("The source no longer lists this action.", "h"),
        ("Its text has changed.", "u"),
    ):
        traveller.find(asked, role="label")
        keys.press(key)
    traveller.find("All looked at", role="label")
    keys.press("ctrl+z")
    traveller.find("Its text has changed.", role="label")
    keys.press("u")
    traveller.find("All looked at", role="label")
    keys.press("Escape")
    wait_until(lambda: len(traveller.rows()) == 7, "rows after the review")
    states = {item["text"]: item["state"] for item in traveller.items()}
    assert states[AFTER] == "open"
    assert states[ADDED] == "open"
    assert states[PAPERS] == "done"
    assert DROPPED not in [row.sentence for row in traveller.rows()]


def _everything_is_found_offline(traveller: Traveller, keys: Keys) -> None:
    keys.press("F5")
    traveller.find("no connection", role="label")
    assert not any("o alerts" in words or "p to date" in words for words in traveller.words())
    keys.press("slash")
    traveller.find("Words to find", role="text")
    traveller.desktop.type("airport road")
    traveller.find("Shots were heard near the airport road", role="list item")
    keys.press("Return")
    wait_until(lambda: any("airport road" in name for name in keys.focused()), "focus on the find")
    assert "airport road" in traveller.text()
    keys.press("F1")
    traveller.find("Tick the item, or make it open again", role="label")
    keys.press("ctrl+1")


def _a_text_is_taken_in(traveller: Traveller, keys: Keys) -> None:
    desktop = traveller.desktop
    friend = desktop.start([sys.executable, "-c", GIVES, SENT])
    wait_until(lambda: "given" in desktop.output(friend), "the friend's text")
    traveller.find("Items of the checklist", role="list")
    keys.press("ctrl+v")
    traveller.find("Nothing is kept yet.", role="label")
    keys.tab_to("Keep it and start the checklist")
    keys.press("space")
    traveller.wait_lines(
        ["☐ Leave Iraq by commercial transport within 24 hours.", "☐ Take cash for a week.", "☐ Follow local news."]
    )


class Reader:
    """What a screen reader does: it reads, writes in fields, presses, toggles and selects; Enter and Space are keys."""

    def __init__(self, traveller: Traveller) -> None:
        self.traveller, self.desktop = traveller, traveller.desktop

    def act(self, name: str, role: str, action: str) -> None:
        node = self.traveller.find(name, role=role)
        self.desktop.act(self.traveller.running, node, action)

    def press(self, name: str) -> None:
        self.act(name, "push button", "Press")

    def choose(self, name: str) -> None:
        self.act(name, "radio button", "Toggle")

    def tick(self, words: str) -> None:
        """Select a row and press Space: a list's row has no action of its own on the bus but to be selected."""
        node = self.traveller.row(words).node
        if "selected" not in node.states:
            self.desktop.act(self.traveller.running, node, "Toggle")
        self.desktop.key("space")
        wait_until(lambda: self.traveller.row(words).is_ticked, f"tick of {words!r}")


def test_the_first_steps_by_what_a_screen_reader_does(traveller: Traveller, feed: LoopbackFeed) -> None:
    reader = Reader(traveller)
    traveller.open()
    reader.desktop.write_in(traveller.running, traveller.find("Country", role="text"), "Iraq")
    reader.desktop.key("Return")
    traveller.find("Remove Iraq")
    reader.choose("This computer's keyring")
    reader.press("Start")
    traveller.find("Check now", role="push button", within_s=20)
    traveller.desktop.wait_notification()
    reader.choose("Advisories")
    reader.act(ALERT_1.title, "list item", "Toggle")
    reader.press("Start a checklist of 7 actions")
    traveller.wait_lines([f"☐ {words}" for words in SEVEN])
    assert LEAVE in traveller.text()
    for words in (LEAVE, AWAY, MONEY):
        reader.tick(words)
    traveller.find("3 of 7 done", role="label")
    traveller.kill()
    assert {item["text"] for item in traveller.items() if item["state"] == "done"} == {LEAVE, AWAY, MONEY}
    traveller.open()
    wait_until(lambda: len(traveller.rows()) == 7, "rows after the restart")
    feed.publish("/feed", _issued_now(ALERT_2))
    reader.press("Check now")
    traveller.find("1 new, 1 reworded, 1 no longer listed. 1 now asks for something else.", role="label")
    reader.press("Review")
    for asked, act in (
        ("It now asks for something else. You did this before it was reworded.", "Still done"),
        ("This action is new.", "Understood"),
        ("The source no longer lists this action.", "Keep it below"),
        ("Its text has changed.", "Understood"),
    ):
        traveller.find(asked, role="label")
        reader.press(act)
    reader.press("Back to the list")
    wait_until(lambda: traveller.rows() and not any("Reworded" in line for line in traveller.lines()), "the list")
    assert {item["text"] for item in traveller.items() if item["state"] == "done"} == {AFTER, AWAY, MONEY}
    reader.choose("To do")
    traveller.find("open items over all your lists", role="label")
