"""A feed that is made anew at every request: other identities, another order, other dates. That is no news."""

import os
import random
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import check
from core.model import Source, State
from core.store import advisories, checklists, sources
from core.store.open import Store
from tests.profiles import cheap_profile
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, Alert, embassy_feed

FULL = os.environ.get("SAFECONDUCT_FULL") == "1"
OTHERS = [
    Alert(
        f"Notice {number}",
        f"https://iq.usembassy.gov/notice-{number}/",
        f"<p>Actions to Take:</p><ul><li>Keep number {number} at hand.</li><li>Avoid square {number}.</li></ul>",
        ALERT_1.pub_date,
    )
    for number in range(9)
]


def churned(chance: random.Random) -> bytes:
    """The same posts: shuffled, with guids that were never seen, the channel's date moved, tags renumbered."""
    alerts = [ALERT_1, *OTHERS]
    chance.shuffle(alerts)
    data = embassy_feed(alerts).decode()
    data = re.sub(r"<guid[^>]*>.*?</guid>", lambda _: f'<guid isPermaLink="false">{chance.random()}</guid>', data)
    data = re.sub(r"<lastBuildDate>[^<]*", f"<lastBuildDate>{chance.randrange(10**9)}", data)
    return data.replace("<ul>", f'<ul class="wp-block-{chance.randrange(10**6)}">').encode()


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_no_second_notice_and_no_lost_tick_however_a_feed_is_shuffled(tmp_path: Path) -> None:
    """Five hundred times by hand, thirty in the ordinary run."""
    chance = random.Random(6)
    profile, key = cheap_profile(tmp_path / "profile")
    with LoopbackFeed() as feed, Store.open(profile.database, key) as store:
        known = {"e": Source("e", "E", "E", feed.url("/feed"), from_user=True)}
        feed.publish("/feed", churned(chance))
        with store.transaction():
            sources.follow(store, ["e"], [])

        def look() -> check.Report:
            return check.check(lambda: Store.open(profile.database, key), known, deadline_s=5.0)

        assert len(look().changes) == 10
        advisories.set_told(store, [number for number, _ in advisories.untold(store)], datetime.now(UTC))
        for held in advisories.kept(store):
            checklists.start_following(store, held.newest, datetime.now(UTC))
        items = checklists.items(store)
        ticked = [item.id for item in items if chance.random() < 0.5]
        checklists.set_state(store, ticked, State.DONE, datetime.now(UTC))
        before = checklists.items(store)
        for _ in range(500 if FULL else 30):
            feed.publish("/feed", churned(chance))
            report = look()
            assert report.all_verified
            assert report.changes == ()
        assert advisories.untold(store) == []
        assert checklists.items(store) == before
        assert {item.id for item in before if item.state is State.DONE} == set(ticked)
        assert [one.newest.number for one in advisories.kept(store)] == [1] * 10
        assert advisories.missing(store, "e") == set()
