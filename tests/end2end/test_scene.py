"""The scene of product.md in a real window: real processes, keys, clicks, a real bus, keyring and notices.

What is asserted is what the traveller has: the rows as a screen reader says them, the notices that the desktop
received, and what the command line says of the same profile. Nothing of the program is imported.
"""

from pathlib import Path

import pytest

from tests.end2end import scene
from tests.end2end.desktop import Desktop, Notification, wait_until
from tests.end2end.scene import AWAY, CROWDS, LEAVE, MONEY, NEWS, PAPERS, PLAN
from tests.end2end.traveller import Traveller, entry
from tests.servers import LoopbackFeed
from tests.texts import ADDED, ALERT_1, DROPPED, REWORDED

pytestmark = pytest.mark.end2end

BEFORE, AFTER = REWORDED
TELLING = ("iraq", "baghdad", "embassy", "departure", "security", "alert", "leave", "tests")


def _is_discreet(notice: Notification) -> bool:
    """Neither place nor issuer nor a word of the alert, in any part of the notice."""
    said = repr((notice.summary, notice.body, notice.app_name, notice.actions, notice.hints)).casefold()
    return not any(word in said for word in TELLING)


def _says_nothing_odd(traveller: Traveller) -> None:
    """What the window wrote to its terminal: nothing but Qt's talk about accessibility."""
    said = traveller.desktop.output(traveller.running).splitlines()
    assert [line for line in said if not line.startswith("qt.accessibility.atspi: ")] == []


def _checked_once_more(traveller: Traveller, feed: LoopbackFeed) -> None:
    """Press F5 and wait for the end of that check."""
    asked = len(feed.requests)
    traveller.desktop.key("F5")
    feed.wait_for_requests(asked + 1)
    traveller.find("Check now", role="push button")


def test_the_scene(desktop: Desktop, feed: LoopbackFeed, tmp_path: Path) -> None:
    scene.post_first(feed)
    catalogue = [entry("embassy", feed.url("/feed")), entry("world", feed.url("/w"), name="World", countries=[])]
    traveller = Traveller(desktop, tmp_path, catalogue)
    traveller.open()
    traveller.begin("Iraq", untick=["World"])
    _a_notice_opens_the_seven_actions(traveller)
    _three_are_ticked_and_the_battery_dies(traveller)
    scene.post_second(feed)
    _the_embassy_changes_its_mind(traveller, feed)
    _the_network_goes_away(traveller, feed)
    _says_nothing_odd(traveller)
    assert {seen.path for seen in feed.requests} == {"/feed"}  # what was unticked was never asked


def _a_notice_opens_the_seven_actions(traveller: Traveller) -> None:
    notice = traveller.desktop.wait_notification()
    assert (notice.summary, notice.body) == ("Safe Conduct", "Something you follow has changed.")
    assert _is_discreet(notice)
    assert sorted(notice.actions.values()) == ["", "Later", "Open"]
    traveller.open_notice(notice)
    scene.has_the_seven(traveller)

    def groups() -> list[str]:
        found = [node.name for node in traveller.tree().one(name="Items of the checklist").children]
        return [name for name in found if not name.startswith("Open. ")]

    wait_until(lambda: groups() == ["Now", "Before you leave", "Keep doing"], "the groups")
    assert ALERT_1.title in traveller.words()


def _three_are_ticked_and_the_battery_dies(traveller: Traveller) -> None:
    desktop = traveller.desktop
    desktop.click_on(traveller.row(AWAY).node)
    wait_until(lambda: traveller.row(AWAY).is_ticked, "tick by mouse")
    desktop.key("k", "space")
    wait_until(lambda: traveller.row(LEAVE).is_ticked, "tick by Space")
    desktop.click_on(traveller.row(MONEY).node)
    wait_until(lambda: traveller.row(MONEY).is_ticked, "second tick by mouse")
    scene.loses_the_battery(traveller, [LEAVE, AWAY, MONEY])
    traveller.wait_lines(
        [
            *(f"☑ {LEAVE} Done today", f"☑ {AWAY} Done today", f"☐ {CROWDS}"),
            *(f"☐ {PAPERS}", f"☑ {MONEY} Done today", f"☐ {PLAN}", f"☐ {NEWS}"),
        ]
    )
    assert "3 of 7 done" in [node.name for node in traveller.tree().all(name="done")]


def _the_embassy_changes_its_mind(traveller: Traveller, feed: LoopbackFeed) -> None:
    _checked_once_more(traveller, feed)
    scene.sees_the_change(traveller)
    traveller.wait_lines(
        [
            f"☑ {AFTER} Reworded: important. Before: {BEFORE} Done today",
            f"☐ {ADDED} New.",
            f"☑ {AWAY} Done today",
            f"☐ {CROWDS}",
            f"☐ {PAPERS}",
            f"☐ {PLAN}",
            f"☐ {NEWS}",
            f"☑ {DROPPED} No longer listed. Done today",
        ]
    )
    groups = [node.name for node in traveller.tree().one(name="Items of the checklist").children]
    assert "No longer listed (1)" in groups
    assert AFTER in traveller.text()
    second = traveller.desktop.wait_notification(2)
    assert _is_discreet(second)
    _checked_once_more(traveller, feed)
    assert len(traveller.desktop.notifications()) == 2
    standings = {item["text"]: (item["state"], item["standing"], item["was"]) for item in traveller.items()}
    assert standings[AFTER] == ("done", "reworded", BEFORE)
    assert standings[ADDED] == ("open", "new", None)
    assert standings[DROPPED] == ("done", "withdrawn", None)
    traveller.press("Review")
    scene.goes_through(traveller, lambda asked: traveller.press(asked.button))
    traveller.press("Back to the list")
    wait_until(lambda: not any("Reworded" in line or " New." in line for line in traveller.lines()), "looked")


def _the_network_goes_away(traveller: Traveller, feed: LoopbackFeed) -> None:
    held = traveller.lines()
    feed.stop()
    traveller.press("Check now")
    scene.sees_no_false_calm(traveller)
    assert any("1 advisory kept offline" in words for words in traveller.words())
    assert traveller.lines() == held
    assert AFTER in traveller.text()
    scene.searches(traveller)
    assert len(traveller.desktop.notifications()) == 2
    (health,) = [one for one in traveller.command("sources")["sources"] if one["followed"]]
    assert (health["state"], health["problem"], health["advisories"]) == ("failing", "No connection.", 1)
