"""An embassy says "within 12 hours" where it said "within 24": what the traveller is told, by a real feed and bus."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any  # what a JSON document holds

import pytest

from core.store import inbox
from core.store.open import Store
from core.wording import say
from tests.end2end.desktop import Desktop
from tests.end2end.traveller import entry
from tests.profiles import answer, cheap_profile, run
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, ALERT_1_ACTIONS, ALERT_2, Alert, embassy_feed

pytestmark = pytest.mark.end2end

ISSUER_SAYS = "By the time that its issuer now gives, this is due soon."


def test_the_nearer_time_is_said_and_told_once_and_the_traveller_takes_it_over(
    feed: LoopbackFeed, tmp_path: Path
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    issued = now - timedelta(hours=11, minutes=30)
    profile, key = cheap_profile(tmp_path / "profile")
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(json.dumps({"sources": [entry("embassy", feed.url("/feed"))]}))
    (tmp_path / "desktop").mkdir()

    def post(alert: Alert) -> None:
        feed.publish("/feed", embassy_feed([alert._replace(pub_date=format_datetime(issued))]))

    def told() -> list[str]:
        with Store.open(profile.database, key) as store:
            return [say(one.waiting.line) for one in inbox.entries(store)]

    with Desktop(tmp_path / "desktop", keyring=False, accessibility=False) as desktop:

        def do(*words: str) -> Any:
            done = run(profile, *words, "--json", "--catalogue", str(catalogue), env=desktop.env)
            assert done.returncode == 0, done.stderr
            return answer(done)

        def leave() -> tuple[str | None, str | None, str]:
            (found,) = (one for one in do("todo")["items"] if one["text"].startswith("Leave Iraq"))
            return found["due"], found["issuer_due"], found["id"]

        post(ALERT_1)
        do("follow", "embassy")
        do("check", "--notify")
        do("start", do("advisories")["advisories"][0]["id"])
        in_24, in_12 = (f"{issued + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in (24, 12))
        assert leave()[:2] == (in_24, None)
        do("check", "--notify")
        assert ISSUER_SAYS not in told()

        post(ALERT_2)
        do("check", "--notify")
        due, issuer_due, item = leave()
        assert (due, issuer_due) == (in_24, in_12)
        assert told().count(ISSUER_SAYS) == 1
        assert desktop.notifications()
        do("check", "--notify")
        listed = run(profile, "todo", "--catalogue", str(catalogue), env=desktop.env).stdout
        assert f"due {in_24} (the issuer says {in_12})" in listed

        do("due", item, in_12)
        assert leave()[:2] == (in_12, None)
        do("check", "--notify")
        assert told().count(ISSUER_SAYS) == 1
        assert "This is due soon." not in told()
        assert ALERT_1_ACTIONS[0] not in {one["text"] for one in do("todo")["items"]}
