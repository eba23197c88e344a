"""The scene of product.md without a mouse: by keys alone, then its first steps by what a screen reader does.

The nine steps as far as the program has them; the window is real, the embassy a server on loopback.
"""

import re
import subprocess
import sys
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any  # what the program's JSON holds

import pytest

from tests.end2end import scene
from tests.end2end.desktop import Desktop, wait_until
from tests.end2end.plain import never_plain
from tests.end2end.scene import AWAY, CROWDS, LEAVE, MONEY, PAPERS, PLAN
from tests.end2end.traveller import TITLE, Traveller, entry
from tests.servers import LoopbackFeed
from tests.texts import ADDED, ALERT_1, DROPPED, REWORDED, UsItem, us_feed

pytestmark = pytest.mark.end2end

AFTER = REWORDED[1]
NOTE = "not by the market road"
DUE = "tomorrow 9"
# What nobody may find on the disk: an instruction, and what she wrote herself.
PLAIN = (AFTER, AWAY, CROWDS, NOTE)
PHRASE = "told by telephone"
CLOSED = "The airspace over Iraq is closed."
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
def traveller(desktop: Desktop, feed: LoopbackFeed, tmp_path: Path) -> Traveller:
    """Two governments: the embassy's alerts, and another's page that has stood there for long."""
    scene.post_first(feed)
    page = UsItem("Iraq", "Level 4: Do Not Travel", f"<p>{CLOSED} Do not travel to Iraq.</p>", ("IZ",))
    feed.publish("/other", us_feed([page]))
    other = entry("other", feed.url("/other"), name="Another government", issuer="Another government", kind="country")
    return Traveller(desktop, tmp_path, [entry("embassy", feed.url("/feed")), other])


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

    def go_to(self, words: str) -> None:
        """Press J until the row with these words is the one that keys are about."""
        passed: list[str] = []
        for _ in range(len(self.traveller.rows()) + 1):
            held = self.focused()
            if any(words in name for name in held):
                return
            passed += held
            self.press("j")
        raise AssertionError(f"J never came to {words!r}, but to {passed}")

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


def test_the_scene_by_keys_alone(traveller: Traveller, feed: LoopbackFeed, tmp_path: Path) -> None:
    keys = Keys(traveller)
    traveller.open()
    keys.first_start()
    _the_inbox_leads_to_the_seven_actions(traveller, keys)
    _three_are_ticked_and_the_battery_dies(traveller, keys)
    scene.post_second(feed)
    _what_changed_is_gone_through(traveller, keys)
    feed.stop()
    _everything_is_found_offline(traveller, keys)
    _another_government_stands_beside(traveller, keys)
    _the_open_items_are_printed(traveller, keys, tmp_path / "open.pdf")
    copy = tmp_path / "handed on" / "copy.safeconduct"
    copy.parent.mkdir()
    with never_plain(_everywhere(traveller, copy.parent), PLAIN):
        sent = _a_copy_is_handed_on(traveller, keys, copy)
    _a_text_is_taken_in(traveller, keys)
    _she_quits(traveller, keys)
    colleague = Traveller(traveller.desktop, copy.parent, [entry("embassy", feed.url("/feed"))])
    with never_plain(_everywhere(traveller, copy.parent), PLAIN):
        _the_colleague_opens_it(colleague, Keys(colleague), copy, sent)


def _she_quits(traveller: Traveller, keys: Keys) -> None:
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
    scene.has_the_seven(traveller)


def _three_are_ticked_and_the_battery_dies(traveller: Traveller, keys: Keys) -> None:
    wait_until(lambda: any(name.startswith(f"Open. {LEAVE[:20]}") for name in keys.focused()), "focus on the first row")
    keys.press("space", "j", "space", "n", "n", "Return")
    wait_until(lambda: sum(row.is_ticked for row in traveller.rows()) == 3, "three ticks")
    keys.press("Home")
    keys.go_to(CROWDS)
    keys.press("e")
    traveller.desktop.type(NOTE)
    keys.press("ctrl+Return")
    traveller.find(f"note: {NOTE}", role="list item")
    keys.go_to(PLAN)
    keys.press("d")
    traveller.desktop.type(DUE)
    keys.press("Return")
    wait_until(lambda: "Due" in traveller.row(PLAN).sentence, "the due time")
    scene.loses_the_battery(traveller, [LEAVE, AWAY, PAPERS])
    _note_and_due_time_are_there(traveller)


def _note_and_due_time_are_there(traveller: Traveller) -> None:
    """In the window and in the store, each at its own item."""
    assert NOTE in traveller.row(CROWDS).sentence
    assert "Due" in traveller.row(PLAN).sentence
    items = {item["text"]: item for item in traveller.items()}
    assert {words for words, item in items.items() if item["note"]} == {CROWDS}
    assert items[CROWDS]["note"] == NOTE
    due = datetime.fromisoformat(items[PLAN]["due"]).astimezone()
    assert (due.hour, due.minute) == (9, 0)


def _what_changed_is_gone_through(traveller: Traveller, keys: Keys) -> None:
    keys.press("F5")
    scene.sees_the_change(traveller)
    keys.press("ctrl+r")
    again = scene.ASKED[0]._replace(key="d")
    hidden = scene.ASKED[2]._replace(key="h")
    decided = (again, scene.ASKED[1], hidden, scene.ASKED[3])
    scene.goes_through(traveller, lambda asked: keys.press(asked.key), decided)
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
    _note_and_due_time_are_there(traveller)
    assert DROPPED not in [row.sentence for row in traveller.rows()]


def _everything_is_found_offline(traveller: Traveller, keys: Keys) -> None:
    keys.press("F5")
    scene.sees_no_false_calm(traveller)
    scene.searches(traveller)
    keys.press("Return")
    wait_until(lambda: any("airport road" in name for name in keys.focused()), "focus on the find")
    assert "airport road" in traveller.text()
    keys.press("F1")
    traveller.find("Tick the item, or make it open again", role="label")
    keys.press("ctrl+1")


def _another_government_stands_beside(traveller: Traveller, keys: Keys) -> None:
    """What it says is shown beside the embassy's text, and nothing is ticked or deleted for her."""
    held = traveller.items()
    keys.press("ctrl+1")
    wait_until(lambda: traveller.rows(), "everything that is to do")
    keys.press("Home", "ctrl+g")
    wait_until(lambda: any("Another government" in name for name in keys.focused()), "focus on the other government")
    keys.press("ctrl+b")
    embassy = traveller.find("The text of Embassy of the Tests")
    other = traveller.find("The text of Another government")
    assert AFTER in (embassy.text or "")
    assert CLOSED in (other.text or "")
    assert embassy.x + embassy.width <= other.x
    traveller.find("common level 4 of 4", role="label")
    keys.press("Escape")
    wait_until(lambda: traveller.rows(), "the list again")
    assert traveller.items() == held


def _the_open_items_are_printed(traveller: Traveller, keys: Keys, file: Path) -> None:
    """The page is seen before it is written; it has the open items, the note and the issuer, and is one page."""
    desktop = traveller.desktop
    keys.press("ctrl+p")
    desktop.focus(desktop.wait_window("^Print or save as PDF$"))
    traveller.find("Page 1 of 1")
    keys.press("ctrl+s")
    desktop.focus(desktop.wait_window("^Save as PDF$"))
    _names_the_file(traveller, keys, file)
    traveller.find(f"“{file.name}” was written. It is not encrypted.", role="label")
    (window,) = desktop.windows(f"^{TITLE}$")
    desktop.focus(window)
    info = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    assert re.search(r"^Pages: +1$", info, re.MULTILINE)
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(file), "-"], check=True, capture_output=True, text=True)
    printed = " ".join(unicodedata.normalize("NFKC", done.stdout).split())
    for words in (AFTER, ADDED, CROWDS, NOTE, PLAN, "Embassy of the Tests"):
        assert words in printed
    for words in (AWAY, PAPERS, DROPPED):
        assert words not in printed


def _everywhere(traveller: Traveller, receiver: Path) -> list[Path]:
    """Where anything can have been written: both profiles, the home, the session's and the temporary folder."""
    desktop = traveller.desktop
    return [traveller.profile, receiver, desktop.home, desktop.temporary, desktop.temporary.parent, desktop.folder]


def _a_copy_is_handed_on(traveller: Traveller, keys: Keys, file: Path) -> list[dict[str, Any]]:
    """A passphrase for it alone, twice, and her name; what the list holds is given."""
    desktop = traveller.desktop
    keys.press("ctrl+3")
    traveller.find(ALERT_1.title, role="list item")
    keys.press("Home", "Return")
    wait_until(lambda: len(traveller.rows()) == 7, "the embassy's list")
    before = {window.id for window in desktop.windows(TITLE)}
    keys.press("ctrl+shift+e")
    asked = wait_until(lambda: [one for one in desktop.windows(TITLE) if one.id not in before], "the question")
    desktop.focus(asked[0])
    traveller.find("An encrypted copy of this list", role="label")
    keys.tab_to("Passphrase of the copy")
    desktop.type(PHRASE)
    keys.tab_to("Once more")
    desktop.type(PHRASE)
    keys.tab_to("Your name, for whoever opens it (optional)")
    desktop.type("Mara")
    keys.press("Return")
    desktop.focus(desktop.wait_window("^Write an encrypted copy$"))
    _names_the_file(traveller, keys, file)
    traveller.find(f"“{file.name}” was written, encrypted.", role="label")
    desktop.focus(desktop.windows(f"^{TITLE}$")[0])
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    return traveller.items()


def _names_the_file(traveller: Traveller, keys: Keys, file: Path) -> None:
    wait_until(lambda: any("File" in name for name in keys.focused()), "focus in the name of the file")
    keys.press("ctrl+a")
    traveller.desktop.type(str(file))
    keys.press("Return")


def _the_colleague_opens_it(colleague: Traveller, keys: Keys, file: Path, sent: list[dict[str, Any]]) -> None:
    """In a window and a profile of his own: ticks, note and due time stand as she sent them, and as hers."""
    colleague.open()
    keys.first_start()
    keys.press("ctrl+o")
    colleague.desktop.focus(colleague.desktop.wait_window("^Take in a file$"))
    _names_the_file(colleague, keys, file)
    if colleague.desktop.windows("^Take in a file$"):  # what was typed was completed by the first press
        keys.press("Return")
    wait_until(lambda: not colleague.desktop.windows("^Take in a file$"), "end of the file dialog")
    colleague.desktop.focus(colleague.desktop.wait_window(f"^{TITLE}$"))
    wait_until(lambda: "Passphrase of the copy" in keys.focused(), "focus in the field of the passphrase")
    colleague.desktop.type(PHRASE)
    keys.press("Return")
    colleague.find("7 items. Nothing is kept yet.", role="label")
    assert not colleague.items()
    keys.tab_to("Keep the checklist")
    keys.press("space")
    wait_until(lambda: len(colleague.rows()) == 7, "the list that came", within_s=20)
    assert {row.sentence for row in colleague.rows() if row.is_ticked and "Mara done" in row.sentence} == {
        row.sentence for row in colleague.rows() if row.is_ticked
    }
    assert not any("You" in row.sentence for row in colleague.rows())
    for words in (AWAY, PAPERS):
        assert colleague.row(words).is_ticked
    assert not colleague.row(AFTER).is_ticked
    assert NOTE in colleague.row(CROWDS).sentence
    assert "Due" in colleague.row(PLAN).sentence
    kinds = ("text", "state", "note", "due")
    assert [[one[kind] for kind in kinds] for one in colleague.items()] == [
        [one[kind] for kind in kinds] for one in sent
    ]
    assert AFTER in colleague.text()
    colleague.close()


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
    scene.has_the_seven(traveller)
    for words in (LEAVE, AWAY, MONEY):
        reader.tick(words)
    traveller.find("3 of 7 done", role="label")
    scene.loses_the_battery(traveller, [LEAVE, AWAY, MONEY])
    scene.post_second(feed)
    reader.press("Check now")
    scene.sees_the_change(traveller)
    reader.press("Review")
    scene.goes_through(traveller, lambda asked: reader.press(asked.button))
    reader.press("Back to the list")
    wait_until(lambda: traveller.rows() and not any("Reworded" in line for line in traveller.lines()), "the list")
    assert {item["text"] for item in traveller.items() if item["state"] == "done"} == {AFTER, AWAY, MONEY}
    reader.choose("To do")
    traveller.find("open items over all your lists", role="label")
