"""From the first start to the first tick of a real advisory: counted acts in a real window, over a loopback source."""

from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.end2end.desktop import Desktop, wait_until
from tests.end2end.traveller import Traveller, entry
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, ALERT_1_ACTIONS, embassy_feed

pytestmark = pytest.mark.end2end

PASSPHRASE = "four quiet words here"
MOST = 5


class Counted:
    """A traveller whose presses and keys are counted; typing a country or a passphrase is none of them."""

    def __init__(self, traveller: Traveller) -> None:
        self._traveller, self._desktop = traveller, traveller.desktop
        self.acts: list[str] = []

    def key(self, name: str) -> None:
        self.acts.append(name)
        self._desktop.key(name)

    def press(self, name: str, role: str = "push button") -> None:
        self.acts.append(f"click on {name}")
        self._traveller.press(name, role=role)


@pytest.mark.parametrize("way", ["keyring", "passphrase"])
def test_five_acts_lead_from_the_first_start_to_the_first_tick(desktop: Desktop, tmp_path: Path, way: str) -> None:
    with LoopbackFeed() as feed:
        feed.publish("/feed", embassy_feed([ALERT_1._replace(pub_date=format_datetime(datetime.now(UTC)))]))
        traveller = Traveller(desktop, tmp_path, [entry("embassy", feed.url("/feed"))])
        traveller.open()
        counted = Counted(traveller)
        traveller.find("Country", role="text")
        desktop.type("Iraq")
        if way == "keyring":
            counted.press("This computer's keyring", role="radio button")
            for _ in range(5):  # turning the wheel
                desktop.click(640, 400, button=5)
            counted.press("Start")
        else:
            counted.press("Passphrase", role="password text")
            desktop.type(PASSPHRASE)
            counted.key("Tab")
            desktop.type(PASSPHRASE)
            counted.key("Return")
        traveller.find("Start its checklist of 7 actions", role="push button", within_s=30)
        counted.key("space")
        traveller.find("Items of the checklist")
        wait_until(lambda: len(traveller.rows()) == 7, "the seven actions")
        counted.key("space")
        wait_until(lambda: traveller.row(ALERT_1_ACTIONS[0]).is_ticked, "the first tick")
        assert len(counted.acts) <= MOST, counted.acts
        traveller.find("1 of 6", role="label")  # the tour is there, and was in nobody's way
        done = [one["text"] for one in traveller.items() if one["state"] == "done"] if way == "keyring" else None
        assert done in (None, [ALERT_1_ACTIONS[0]])
        traveller.close()
