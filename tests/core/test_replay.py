"""Checklists through real revisions, by the real check on a real store. They need the captures."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.check import check
from core.model import Change, ChangeKind, Item, Kind, Source, Standing, State
from core.notices import line_for
from core.store import advisories, checklists, sources
from core.store.open import Store
from core.wording import say
from tests.gold import pairs, series
from tests.gold.replay import replay, sampled
from tests.profiles import cheap_profile
from tests.servers import LoopbackFeed

pytestmark = pytest.mark.skipif(not series.REVISIONS.is_dir(), reason="the captures are not here")


def test_some_documents_through_all_their_revisions(tmp_path: Path) -> None:
    """`python -m tests.gold.replay` does all of them."""
    outcome = replay(sampled(every=9), tmp_path)
    assert outcome.faults == []
    assert outcome.counts["states"] > 20
    assert outcome.counts["identical wording"] > 0


def test_every_labelled_pair_is_where_it_was() -> None:
    """A text that is read otherwise has its labels for nothing: `words_of` says which."""
    for pair, _ in pairs.rows():
        assert all(pairs.words_of(pair)), pair.id


def test_departure_from_iraq_ordered_and_lifted(tmp_path: Path) -> None:
    """The order changes list and status; its lifting leaves the list alone and is told all the same."""
    document = next(one for one in series.documents() if one.name == "unitedstates/Iraq/Advisory")
    profile, key = cheap_profile(tmp_path / "profile")
    with LoopbackFeed() as server, Store.open(profile.database, key) as store:
        source = Source("series", "Series", "The issuer", server.url("/feed"), Kind.COUNTRY, from_user=True)
        with store.transaction():
            sources.follow(store, [source.id], [])

        def after(state: int) -> tuple[Change | None, list[Item]]:
            server.publish("/feed", series.feed(series.item(document, document.files[state])))
            report = check(lambda: Store.open(profile.database, key), {source.id: source})
            assert report.all_verified
            return next(iter(report.changes), None), checklists.items(store)

        after(0)
        (kept,) = advisories.kept(store)
        checklists.start_following(store, kept.newest, datetime.now(UTC))
        items = checklists.items(store)
        assert len(items) == 10
        checklists.set_state(store, [item.id for item in items], State.DONE, datetime.now(UTC))

        ordered, items = after(1)
        assert ordered is not None and ordered.notice
        assert ordered.kinds[:2] == (ChangeKind.STATUS, ChangeKind.ACTIONS)
        assert ordered.status == ((), ("ordered-departure",))
        listed = [item for item in items if item.standing is not Standing.WITHDRAWN]
        assert len(listed) == 12
        assert sum(item.state is State.DONE for item in items) == 10
        assert all((item.state is State.OPEN) == (item.standing is Standing.NEW) for item in listed)

        assert after(2) == (None, items)

        lifted, same = after(3)
        assert lifted is not None and lifted.notice
        assert lifted.kind is ChangeKind.STATUS and ChangeKind.ACTIONS not in lifted.kinds
        assert lifted.status == (("ordered-departure",), ("departure-lifted",))
        assert say(line_for(lifted)) == "Now: order to depart lifted. No longer: departure of staff ordered."
        assert [(i.id, i.text, i.state, i.standing, i.note) for i in same] == [
            (i.id, i.text, i.state, i.standing, i.note) for i in items
        ]
