"""A source of the traveller's own is kept in the profile and checked like any other, by the command line too."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import InputError
from core.store import sources
from core.store.own import add_own, own_sources, with_own
from tests.certificates import Tls, trusting
from tests.end2end.traveller import entry
from tests.profiles import EMBASSY, Made, answer, run
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, embassy_feed


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed(tls=Tls.VALID) as started:
        yield started


def test_it_is_fetched_by_a_check(made: Made, feed: LoopbackFeed, tmp_path: Path) -> None:
    feed.publish("/mine", embassy_feed([ALERT_1]))
    with made.store() as store, store.transaction():
        name = add_own(store, "Mine", feed.url("/mine"), "rss")
        sources.follow(store, [name], [])
    env = os.environ | {"PYTHONPATH": trusting(feed.roots, tmp_path / "roots")}
    report = answer(run(made.profile, "--json", "check", "--source", name, env=env))
    (health,) = [one for one in report["sources"] if one["id"] == name]
    assert (health["state"], health["name"], health["advisories"]) == ("verified", "Mine", 1)
    assert [seen.path for seen in feed.requests] == ["/mine"]


def test_an_address_is_one_source_whatever_it_is_called(made: Made) -> None:
    with made.store() as store, store.transaction():
        first = add_own(store, "One", "https://example.org/feed", "rss")
        assert add_own(store, " Two\n", "https://example.org/feed", "atom") == first
        (own,) = own_sources(store).values()
    assert (own.name, own.format, own.issuer) == ("Two", "atom", "example.org")
    with made.store() as store:
        assert with_own(store, {EMBASSY.id: EMBASSY}).keys() == {EMBASSY.id, first}


REFUSED = [
    *("http://example.org/", "ftp://example.org/", "https://a:b@example.org/", "https://"),
    *("http://127.0.0.1/", "http://127.0.0.1:8080/feed", "http://[::1]/"),
]


@pytest.mark.parametrize("url", REFUSED)
def test_what_may_not_be_asked_is_not_kept(made: Made, url: str) -> None:
    with made.store() as store, pytest.raises(InputError, match="address-refused"), store.transaction():
        add_own(store, "x", url, "rss")
    with made.store() as store:
        assert own_sources(store) == {}


@pytest.mark.parametrize("named", [False, True], ids=["bundled list", "list of her own"])
def test_plain_http_is_looked_at_on_this_machine_for_a_named_list_alone(
    made: Made, tmp_path: Path, *, named: bool
) -> None:
    """A list that the user names may have it; an address that is typed may not, whichever list is used."""
    with LoopbackFeed() as feed:
        feed.publish("/mine", embassy_feed([ALERT_1]))
        catalogue = tmp_path / "catalogue.json"
        catalogue.write_text(json.dumps({"sources": [entry("embassy", feed.url("/mine"))]}), encoding="utf-8")
        words = ["--catalogue", str(catalogue)] if named else []
        done = run(made.profile, *words, "read", feed.url("/mine"), "--from-network")
        assert done.returncode != 0
        assert "has to begin with https" in done.stderr
        assert feed.requests == ()
