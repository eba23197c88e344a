"""The steps of product.md's scene that are the same whoever's hands are at the window: a mouse, keys, a screen reader.

What they share is what the embassy does, what the traveller then has before her, and what is asked of her.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple

from tests.end2end.desktop import wait_until
from tests.end2end.traveller import Traveller
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, ALERT_1_ACTIONS, ALERT_2, Alert, embassy_feed

LEAVE, AWAY, PAPERS, MONEY, PLAN, CROWDS, NEWS = ALERT_1_ACTIONS
SEVEN = (LEAVE, AWAY, CROWDS, PAPERS, MONEY, PLAN, NEWS)


class Asked(NamedTuple):
    """One change of the review: what is said of it, and the button and the key of what the traveller decides."""

    words: str
    button: str
    key: str


ASKED = (
    Asked("It now asks for something else. You did this before it was reworded.", "Still done", "s"),
    Asked("This action is new.", "Understood", "u"),
    Asked("The source no longer lists this action.", "Keep it below", "k"),
    Asked("Its text has changed.", "Understood", "u"),
)


def post(feed: LoopbackFeed, alert: Alert) -> None:
    """The embassy posts the alert this minute: an old one is no news on the first look."""
    feed.publish("/feed", embassy_feed([alert._replace(pub_date=format_datetime(datetime.now(UTC)))]))


def post_first(feed: LoopbackFeed) -> None:
    """08:10: seven actions."""
    post(feed, ALERT_1)


def post_second(feed: LoopbackFeed) -> None:
    """Two hours later: one reworded, one new, one gone."""
    post(feed, ALERT_2)


def has_the_seven(traveller: Traveller) -> None:
    """The alert's list is open, and its text beside it."""
    traveller.wait_lines([f"☐ {words}" for words in SEVEN])
    assert LEAVE in traveller.text()


def loses_the_battery(traveller: Traveller, ticked: Sequence[str]) -> None:
    """The window dies: the ticks are on the disk, and in the window when it is there again."""
    traveller.kill()
    items = traveller.items()
    assert {item["text"] for item in items if item["state"] == "done"} == set(ticked)
    assert len(items) == len(SEVEN)
    traveller.open()
    wait_until(lambda: len(traveller.rows()) == len(SEVEN), "rows after the restart")
    assert {words for words in SEVEN if traveller.row(words).is_ticked} == set(ticked)


def sees_the_change(traveller: Traveller) -> None:
    """The banner says what the embassy did."""
    traveller.find("1 new, 1 reworded, 1 no longer listed. 1 now asks for something else.", role="label")


def goes_through(traveller: Traveller, decide: Callable[[Asked], object], asked: Sequence[Asked] = ASKED) -> None:
    """Every change is shown and decided, one after the other."""
    for one in asked:
        traveller.find(one.words, role="label")
        decide(one)
    traveller.find("All looked at", role="label")


def sees_no_false_calm(traveller: Traveller) -> None:
    """Without a network the window says so, and nothing that sounds as if all were well."""
    traveller.find("no connection", role="label")
    assert not any("o alerts" in words or "p to date" in words for words in traveller.words())


def searches(traveller: Traveller) -> None:
    """What was ever fetched is found offline."""
    traveller.desktop.key("slash")
    traveller.find("Words to find", role="text")
    traveller.desktop.type("airport road")
    traveller.find("Shots were heard near the airport road", role="list item")
