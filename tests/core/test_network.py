"""What asking costs and tells: the log, bytes by day, the data saver, sources that move, what the network learns."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core import check, limits
from core.errors import InputError
from core.exposure import learns
from core.model import HealthState, Message, Source
from core.paths import Profile
from core.proxy import proxy_in
from core.store import network, sources
from core.store.open import Store
from core.times import to_text
from core.wording import say
from tests.core.in_process import Terminal, terminal
from tests.profiles import cheap_profile
from tests.relay import Relay
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, ALERT_2, embassy_feed

__all__ = ["terminal"]

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


class Ground:
    """A profile that follows a source of a country, of a server."""

    def __init__(self, profile: Profile, key: bytes, feed: LoopbackFeed) -> None:
        self.profile, self.key, self.feed = profile, key, feed
        feed.publish("/old", embassy_feed([ALERT_1]))
        self.known = {"iq": Source("iq", "Iq", "Iq", feed.url("/old"), countries=("IQ",), from_user=True)}
        with self.store() as store, store.transaction():
            sources.follow(store, ["iq"], [])

    def store(self) -> Store:
        return Store.open(self.profile.database, self.key)

    def look(self, *, due_only: bool = False) -> check.Report:
        return check.check(self.store, self.known, deadline_s=2.0, due_only=due_only)

    def asked(self) -> int:
        """How many requests the server has seen."""
        return len(self.feed.requests)

    def move(self) -> network.Move | None:
        with self.store() as store:
            return network.moves(store).get("iq")

    def days_pass(self, count: int, *, seen: bool = True) -> None:
        """Let the move be older by days; `seen`: it was looked at on each."""
        held = self.move()
        assert held is not None
        last = (datetime.now(UTC) - timedelta(days=1)).date()
        with self.store() as store, store.transaction():
            store.write(
                "UPDATE move SET since = ?, days = days + ?, last = ?",
                to_text(held.since - timedelta(days=count)),
                count - 1 if seen else 0,
                last.isoformat(),
            )


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    profile, key = cheap_profile(tmp_path / "profile")
    with LoopbackFeed() as feed:
        yield Ground(profile, key, feed)


def test_every_request_is_noted_with_what_came_and_what_it_cost(ground: Ground) -> None:
    ground.look()
    ground.look()
    ground.feed.endless("/old")
    ground.look()
    ground.feed.status("/old", 503)
    ground.look()
    with ground.store() as store:
        refused, endless, unchanged, whole = network.requests(store)
        (day,) = network.days(store)
        assert network.requests(store, "another") == []
    assert [one.outcome.id for one in (whole, unchanged, refused)] == ["log-answer", "log-not-modified", "refused"]
    assert {one.source for one in (whole, unchanged, endless, refused)} == {"iq"}
    size = len(embassy_feed([ALERT_1]))
    assert size < whole.received < size + 1000
    assert 0 < unchanged.received < 500
    assert endless.received > 100_000  # what was refused was paid for as well
    assert all(0 <= one.milliseconds < 5000 for one in (whole, unchanged, endless, refused))
    assert (day.requests, day.received) == (4, sum(one.received for one in (whole, unchanged, endless, refused)))


def test_what_is_noted_is_bounded() -> None:
    store = Store.in_memory()
    for number in range(200):
        at = NOW + timedelta(days=number)
        network.log(store, [network.Request(at, f"s{number}", Message("log-answer"), 10, 1)] * 5)
    kept, days = network.requests(store), network.days(store)
    assert (len(kept), len(days)) == (network.MAX_REQUESTS, network.MAX_DAYS)
    assert kept[0].source == "s199"
    assert (days[0].day, days[0].requests, days[0].received) == ((NOW + timedelta(days=199)).date(), 5, 50)
    store.close()


def test_an_address_is_adopted_after_seven_days_of_good_answers(ground: Ground) -> None:
    ground.feed.publish("/new", embassy_feed([ALERT_1]))
    ground.feed.redirect("/old", "/new", 301)
    ground.look()
    held = ground.move()
    assert held is not None and held.adopted is None
    assert (held.origin, held.target) == (ground.feed.url("/old"), ground.feed.url("/new"))
    ground.days_pass(6)
    ground.look()
    assert [request.path for request in ground.feed.requests][-2:] == ["/old", "/new"]
    ground.days_pass(1)
    ground.look()
    held = ground.move()
    assert held is not None and held.adopted is not None
    ground.feed.publish("/new", embassy_feed([ALERT_2]))
    assert ground.look().all_verified
    assert [request.path for request in ground.feed.requests][-2:] == ["/new", "/new"]
    with ground.store() as store:
        assert sources.records(store)["iq"].address == ground.feed.url("/new")


def test_what_is_not_for_good_or_not_seen_on_seven_days_is_not_adopted(ground: Ground) -> None:
    """A clock that leaps a month ahead makes no week of good answers."""
    ground.feed.publish("/new", embassy_feed([ALERT_1]))
    ground.feed.redirect("/old", "/new", 302)
    ground.look()
    assert ground.move() is None
    ground.feed.redirect("/old", "/new", 308)
    ground.look()
    ground.days_pass(30, seen=False)
    ground.look()
    held = ground.move()
    assert held is not None and held.adopted is None


@pytest.mark.parametrize("trouble", ["page", "404", "elsewhere", "back"])
def test_a_week_begins_anew_where_the_answer_was_no_good(ground: Ground, trouble: str) -> None:
    ground.feed.publish("/new", embassy_feed([ALERT_1]))
    ground.feed.publish("/other", embassy_feed([ALERT_1]))
    ground.feed.redirect("/old", "/new", 301)
    ground.look()
    ground.days_pass(8)
    match trouble:
        case "page":
            ground.feed.serve("/new", b"<html>Log in</html>", "text/html")
        case "404":
            ground.feed.status("/new", 404)
        case "elsewhere":
            ground.feed.redirect("/old", "/other", 301)
        case _:
            ground.feed.heal("/old")
    ground.look()
    held = ground.move()
    assert held is None or (held.adopted is None and held.target == ground.feed.url("/other"))


def test_the_old_address_counts_again_where_the_new_one_is_no_good(ground: Ground) -> None:
    ground.feed.publish("/new", embassy_feed([ALERT_1]))
    ground.feed.redirect("/old", "/new", 301)
    ground.look()
    ground.days_pass(8)
    ground.look()
    ground.feed.heal("/old")
    ground.feed.serve("/new", b"<html>This name is for sale</html>", "text/html")
    assert not ground.look().all_verified
    assert ground.look().all_verified
    assert ground.feed.requests[-1].path == "/old"


def test_the_data_saver_asks_by_itself_only_what_trips_need(ground: Ground) -> None:
    with ground.store() as store:
        network.set_saves_data(store, saves=True)
    report = ground.look(due_only=True)
    assert ground.asked() == 0
    assert (report.sources[0].state, report.sources[0].problem) == (HealthState.NEVER, Message("data-saver"))
    assert not report.all_verified
    ground.look()  # who asks for it gets it
    assert ground.asked() == 1
    with ground.store() as store, store.transaction():
        sources.add_trip(store, "Erbil", ["IQ"], None, None)
    assert ground.look(due_only=True).all_verified
    assert ground.asked() == 2


def test_without_the_data_saver_what_was_left_out_is_due(ground: Ground) -> None:
    with ground.store() as store:
        network.set_saves_data(store, saves=True)
    ground.look(due_only=True)
    with ground.store() as store:
        network.set_saves_data(store, saves=False)
    assert ground.look(due_only=True).all_verified


def test_a_past_trip_needs_nothing(ground: Ground) -> None:
    with ground.store() as store:
        network.set_saves_data(store, saves=True)
        with store.transaction():
            sources.add_trip(store, "Erbil", ["IQ"], None, date(2020, 1, 1))
            sources.add_trip(store, "Paris", ["FR"], None, None)
    ground.look(due_only=True)
    assert ground.asked() == 0


def test_a_check_goes_through_the_proxy_that_was_set_and_not_past_it(ground: Ground) -> None:
    with Relay("socks5") as relay:
        with ground.store() as store:
            network.set_proxy(store, relay.address())
        assert ground.look().all_verified
        assert [asked[1] for asked in relay.asked] == [ground.feed.port]
    asked = ground.asked()
    (health,) = ground.look().sources
    assert (health.state, health.problem, health.failures) == (HealthState.STALE, Message("proxy-unreachable"), 0)
    assert ground.asked() == asked


EMBASSY = Source("e", "E", "E", "https://iq.example.org/feed", countries=("IQ",))
WORLD = EMBASSY._replace(url="https://travel.example.org/all.xml", countries=())
INDEX = WORLD._replace(format="govuk")


@pytest.mark.parametrize(
    ("source", "countries", "proxy", "expected"),
    [
        (EMBASSY, (), "none", ["iq.example.org", "Iraq", "proxy"]),
        (WORLD, ("IQ",), "none", ["travel.example.org", "not tell where you are"]),
        (
            WORLD._replace(hosts=("files.example.org",)),
            (),
            "none",
            ["travel.example.org, files.example.org", "not tell"],
        ),
        (INDEX, ("IQ",), "none", ["travel.example.org", "Iraq are asked for inside"]),
        (INDEX, (), "none", ["travel.example.org", "not tell where you are"]),
        (EMBASSY, (), "http://10.0.0.1:3128", ["only the proxy http://10.0.0.1:3128"]),
        (EMBASSY, (), "tor", ["you use Tor"]),
    ],
)
def test_what_the_network_learns_is_said(
    source: Source, countries: tuple[str, ...], proxy: str, expected: list[str]
) -> None:
    said = [say(message) for message in learns(source, countries, proxy_in(proxy))]
    assert len(said) == len(expected)
    assert all(words in sentence for words, sentence in zip(expected, said, strict=True))


def test_the_command_sets_and_shows_it(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "bound_this_process", lambda: None)
    assert "not a proxy" in terminal.refused("network", "--proxy", "nonsense")
    assert not terminal.profile.exists()
    assert terminal.get("network")["proxy"] is None
    assert not terminal.profile.exists()
    set_to = terminal.get("network", "--proxy", "socks5://me:canary@127.0.0.1:9", "--data-saver", "on")
    assert (set_to["proxy"], set_to["data_saver"]) == ("socks5://127.0.0.1:9", True)
    assert terminal.get("network") == set_to
    assert "canary" not in str(set_to)
    terminal.run("network", "--proxy", "none", "--data-saver", "off")
    with LoopbackFeed() as feed:
        feed.publish("/feed", embassy_feed([ALERT_1]))
        catalogue = tmp_path / "catalogue.json"
        catalogue.write_text(json.dumps({"sources": [{"id": "e", "name": "E", "url": feed.url("/feed")}]}))
        terminal.run("follow", "e", "--catalogue", str(catalogue))
        terminal.run("check", "--catalogue", str(catalogue))
    shown = terminal.get("network", "--catalogue", str(catalogue))
    assert [(one["source"], one["outcome"]) for one in shown["requests"]] == [("e", "An answer.")]
    assert shown["days"][0]["requests"] == 1 and shown["days"][0]["received"] > 1000
    assert [one["id"] for one in shown["learns"]] == ["e"]
    out, _ = terminal.run("network", "--catalogue", str(catalogue))
    assert "1 request" in out and "e: an answer (" in out


def test_a_damaged_setting_never_leads_past_the_proxy(ground: Ground) -> None:
    with ground.store() as store:
        network.set_proxy(store, "no proxy at all")
    with pytest.raises(InputError, match="proxy-unreadable"):
        ground.look()
    assert ground.asked() == 0
