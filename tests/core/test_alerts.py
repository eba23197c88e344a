"""Indexes of alerts: each alert is read from its own document, on real servers and into a real store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import alerts, check, wording
from core.alerts import _may_be_asked
from core.fetch import Fetched
from core.model import ChangeKind, HealthState, Message, Source, Standing, State, Verified
from core.store import sources
from tests.core.alert_index import INDEX, Alert, Office, index, state
from tests.core.command_line import CommandLine
from tests.core.test_signatures import signer
from tests.profiles import cheap_profile
from tests.servers import LoopbackFeed

CAR, BRIDGE = "Move your car to higher ground.", "Keep off the old bridge."
LISTED, FULL = (CAR,), (CAR, BRIDGE)
WELL = (HealthState.VERIFIED, None, None)
ONE, TWO, THREE = Alert("one", "Minor"), Alert("two", "Extreme"), Alert("three", "Severe")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    profile, key = cheap_profile(tmp_path / "profile")
    with LoopbackFeed() as feed:
        source = Source("floods", "Floods", "River Office", feed.url(INDEX), format="cap", from_user=True)
        made = Office(profile, key, feed, source)
        made.follow()
        yield made


def in_part(count: int) -> tuple[HealthState, str, int]:
    return HealthState.FAILING, "alerts-in-part", count


def test_every_alert_of_an_index_is_read_in_full_once(office: Office) -> None:
    office.publish(ONE, TWO, THREE)
    report = office.look()
    assert state(report) == WELL
    assert {change.kind for change in report.changes} == {ChangeKind.NEW_ADVISORY}
    assert sorted(office.asked()) == [
        (INDEX, 200), ("/alerts/one.cap", 200), ("/alerts/three.cap", 200), ("/alerts/two.cap", 200),
    ]  # fmt: skip
    assert office.told() == {f"Flood, {name}": (1, FULL) for name in ("one", "two", "three")}
    assert {warning for one in office.kept() for warning in one.newest.warnings} == set()
    for _ in range(2):
        assert state(office.look()) == WELL
        assert office.asked() == [(INDEX, 304)]
    assert len(office.kept()) == 3


def test_what_cannot_be_read_stays_as_the_index_tells_it_and_is_said(office: Office) -> None:
    with LoopbackFeed() as other:
        other.publish("/alerts/one.cap", ONE.document())
        office.publish(replace(ONE, link=other.url("/alerts/one.cap")), TWO, THREE)
        office.feed.cut_short(TWO.path, TWO.document())
        report = office.look()
        assert state(report) == in_part(2)
        assert not report.all_verified
        assert list(other.requests) == []
        assert office.told() == {"Flood, one": (1, LISTED), "Flood, two": (1, LISTED), "Flood, three": (1, FULL)}
        warned = [one.newest.title for one in office.kept() if Message("only-listed") in one.newest.warnings]
        assert warned == ["Flood, one", "Flood, two"]
        # What was read is not asked for again; what failed is.
        office.asked()
        assert state(office.look()) == in_part(2)
        assert office.asked() == [(INDEX, 200), (TWO.path, 200)]
        office.feed.heal(TWO.path)
        assert state(office.look()) == in_part(1)
        office.source = office.source._replace(hosts=(f"127.0.0.1:{other.port}",))
        assert state(office.look()) == WELL
        assert len(other.requests) == 1
    assert office.told() == {"Flood, one": (2, FULL), "Flood, two": (2, FULL), "Flood, three": (1, FULL)}
    assert len(office.kept()) == 3


def test_the_sentence_of_what_could_not_be_read() -> None:
    many = wording.say(Message("alerts-in-part", {"count": 3}))
    assert many == "3 alerts could not be read in full; what is known of them stays"


@pytest.mark.parametrize("has_sender", [False, True])
def test_a_tick_goes_along_when_the_full_text_comes(office: Office, *, has_sender: bool) -> None:
    alert = replace(TWO, has_sender=has_sender)
    office.publish(alert)
    office.feed.status(alert.path, 500)
    office.look()
    office.tick("Flood, two", CAR)
    office.feed.heal(alert.path)
    (change,) = office.look().changes
    assert (change.kind, len(change.added)) == (ChangeKind.ACTIONS, 1)
    assert office.items() == [(CAR, State.DONE, Standing.CURRENT), (BRIDGE, State.OPEN, Standing.NEW)]
    assert office.told() == {"Flood, two": (2, FULL)}
    # What was read in full is not replaced by the little that the index says.
    office.publish(replace(alert, updated=1, seen="Water is falling."))
    office.feed.status(alert.path, 500)
    assert state(office.look()) == in_part(1)
    assert office.told() == {"Flood, two": (2, FULL)}


@pytest.mark.parametrize("has_sender", [False, True])
@pytest.mark.parametrize("first_was_read", [True, False])
def test_an_update_is_the_same_advisory(office: Office, *, first_was_read: bool, has_sender: bool) -> None:
    first = replace(ONE, has_sender=has_sender)
    office.publish(first)
    if not first_was_read:
        office.feed.status(first.path, 500)
    office.look()
    office.tick("Flood, one", CAR)
    office.asked()
    new = Alert("new", sent=2, kind="Update", replaces=["one"], has_sender=has_sender, instruction=f"{CAR} Stay in.")
    office.publish(new)
    assert len(office.look().changes) == 1
    assert office.asked() == [(INDEX, 200), (new.path, 200)]
    assert office.told() == {"Flood, new": (2, (CAR, "Stay in."))}
    assert office.items()[0] == (CAR, State.DONE, Standing.CURRENT)
    # The old one beside it changes nothing, whether it is read now or was before.
    office.feed.heal(first.path)
    office.publish(first, new)
    assert state(office.look()) == WELL
    assert office.told() == {"Flood, new": (2, (CAR, "Stay in."))}
    assert [one.missing_since for one in office.kept()] == [None]
    office.publish(new, TWO)
    assert state(office.look()) == WELL
    assert [one.missing_since for one in office.kept()] == [None, None]


def test_an_update_that_is_only_listed_at_first_is_joined_by_its_document(office: Office) -> None:
    office.publish(ONE)
    office.look()
    new = Alert("new", sent=2, kind="Update", replaces=["one"])
    office.publish(ONE, new)
    office.feed.status(new.path, 500)
    office.look()
    office.feed.heal(new.path)
    assert state(office.look()) == WELL
    newest = Alert("newest", sent=3, kind="Update", replaces=["one", "new"])
    office.publish(newest)
    assert state(office.look()) == WELL
    present = [one for one in office.kept() if one.missing_since is None]
    assert [one.newest.title for one in present if "superseded" not in one.newest.status] == ["Flood, newest"]


@pytest.mark.parametrize("first_was_read", [True, False])
def test_a_cancel_takes_back(office: Office, *, first_was_read: bool) -> None:
    office.publish(ONE)
    if not first_was_read:
        office.feed.status(ONE.path, 500)
    office.look()
    office.tick("Flood, one", CAR)
    end = Alert("end", sent=2, kind="Cancel", replaces=["one"], instruction="")
    office.publish(end)
    (change,) = office.look().changes
    assert change.kind is ChangeKind.WITHDRAWN
    assert state(office.look()) == WELL
    (advisory,) = office.kept()
    assert (advisory.newest.status, advisory.newest.actions, advisory.missing_since) == (("withdrawn",), (), None)
    assert office.items()[0] == (CAR, State.DONE, Standing.WITHDRAWN)


def test_what_leaves_the_index_is_missing_and_comes_back(office: Office) -> None:
    office.publish(ONE, TWO)
    office.look()
    office.publish(TWO)
    office.look()
    assert [one.newest.title for one in office.kept() if one.missing_since] == ["Flood, one"]
    office.publish(ONE, TWO)
    assert office.look().changes == ()
    assert [one.newest.title for one in office.kept() if one.missing_since] == []


def test_what_has_run_out_is_not_asked_for(office: Office) -> None:
    office.publish(replace(ONE, until=1), TWO)
    assert state(office.look()) == WELL
    assert office.asked() == [(INDEX, 200), (TWO.path, 200)]
    assert [one.newest.status for one in office.kept()] == [("expired",), ()]


def test_what_was_read_in_full_stays_so_when_it_has_run_out(office: Office) -> None:
    office.publish(ONE)
    office.look()
    office.feed.status(ONE.path, 500)
    office.publish(replace(ONE, until=1, seen="It is over."))
    assert office.look().changes == ()
    assert office.told() == {"Flood, one": (1, FULL)}
    # An end that its issuer has set earlier is read.
    office.feed.heal(ONE.path)
    office.publish(replace(ONE, until=1, updated=1))
    assert len(office.look().changes) == 1
    assert office.kept()[0].newest.status == ("expired",)
    assert office.told() == {"Flood, one": (2, FULL)}


def test_the_gravest_first_then_places_of_trips_and_so_many_a_look(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "MAX_A_LOOK", 2)
    monkeypatch.setattr("core.asking.AT_ONCE", 1)
    with office.store() as store, store.transaction():
        sources.add_trip(store, "River", ["ML"], None, None)
    office.publish(ONE, Alert("far", "Severe"), Alert("near", "Severe", country="ML"), TWO)
    rounds = [["two", "near"], ["far", "one"], []]
    for number, names in enumerate(rounds):
        report = office.look()
        asked = [path for path, _ in office.asked() if path != INDEX]
        assert asked == [f"/alerts/{name}.cap" for name in names]
        assert state(report) == (in_part(2) if number == 0 else WELL)
    assert set(office.told().values()) == {(1, FULL), (2, FULL)}


def test_what_failed_does_not_keep_the_others_from_being_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "MAX_A_LOOK", 1)
    office.publish(ONE, TWO)
    office.feed.status(TWO.path, 404)
    for _ in range(2):
        office.look()
    assert [path for path, _ in office.asked() if path != INDEX] == [TWO.path, ONE.path]


def test_an_entry_that_was_updated_is_asked_for_conditionally(office: Office) -> None:
    office.publish(ONE, TWO)
    office.look()
    office.asked()
    office.publish(replace(ONE, updated=1), TWO)
    assert state(office.look()) == WELL
    assert office.asked() == [(INDEX, 200), (ONE.path, 304)]
    office.publish(replace(ONE, updated=2, instruction=f"{CAR} Stay in."), TWO)
    assert len(office.look().changes) == 1
    assert office.told()["Flood, one"] == (2, (CAR, "Stay in."))


@pytest.mark.parametrize("to", ["http://127.0.0.2:{port}/alerts/one.cap", "http://10.0.0.1/x", "https://127.0.0.1/x"])
def test_a_redirect_to_another_machine_is_refused(office: Office, to: str) -> None:
    with LoopbackFeed() as other:
        other.publish(ONE.path, ONE.document())
        office.publish(ONE)
        office.feed.redirect(ONE.path, to.format(port=other.port))
        assert state(office.look()) == in_part(1)
        office.feed.redirect(ONE.path, other.url(ONE.path))
        assert state(office.look()) == in_part(1)
        assert other.requests == ()
    assert office.told() == {"Flood, one": (1, LISTED)}


def test_what_a_redirect_brings_from_a_strangers_host_is_not_taken(office: Office) -> None:
    address = "https://floods.example.org/alerts"
    source = office.source._replace(url=address, from_user=False)
    entries = index(office.feed, [replace(ONE, link=f"{address}/one"), replace(TWO, link=f"{address}/two")])
    listed = Fetched(entries, address, "", None, None)

    def ask(asked: Source, etag: str | None, last_modified: str | None) -> Fetched:
        at, body = ("https://evil.example/one", ONE) if asked.url.endswith("one") else (asked.url, TWO)
        return Fetched(body.document(), at, "", None, None)

    now = datetime.now(UTC)
    with office.store() as store:
        found = alerts.read(store, source, listed, alerts.named(listed, source, now) or [], [], ask, now)
    assert [one.revision.title for one in found.in_full] == ["Flood, two"]
    assert found.problem == Message("alerts-in-part", {"count": 1})


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://floods.example.org/x.cap", True),
        ("https://floods.example.org:443/x.cap", True),
        ("https://FLOODS.example.org/x.cap", True),
        ("https://files.example.org/x.cap", True),
        ("http://floods.example.org/x.cap", False),
        ("https://floods.example.org:8443/x.cap", False),
        ("https://floods.example.org.evil.example/x", False),
        ("https://evil.example/x", False),
        ("https://floods.example.org@evil.example/", False),
        ("https://127.0.0.1/x", False),
        ("file:///etc/passwd", False),
        ("//evil.example/x", False),
        ("https://floods.example.org/\n", False),
        ("https://floods.example.org/" + "a" * 2_000, False),
        ("https://[::1/", False),
    ],
)
@pytest.mark.parametrize("from_user", [False, True])
def test_whom_an_index_may_send_us_to(url: str, *, may: bool, from_user: bool) -> None:
    source = Source(
        "floods", "Floods", "", "https://floods.example.org/alerts", hosts=("files.example.org",), from_user=from_user
    )
    assert _may_be_asked(url, source, source.url) is may


@pytest.mark.parametrize(
    "wrong",
    [b"<!doctype html><title>Log in</title><body>Wi-Fi</body>", b"", b"{}", TWO.document(), b"<alert/>"],
    ids=["page", "nothing", "json", "another alert", "no alert"],
)
def test_what_is_not_the_alert_that_was_named_is_not_taken(office: Office, wrong: bytes) -> None:
    office.publish(ONE)
    office.feed.serve(ONE.path, wrong, "application/cap+xml")
    assert state(office.look()) == in_part(1)
    assert office.told() == {"Flood, one": (1, LISTED)}


def test_the_index_again_is_no_alert(office: Office) -> None:
    office.publish(ONE)
    office.feed.serve(ONE.path, index(office.feed, [ONE]), "application/atom+xml")
    assert state(office.look()) == in_part(1)
    assert office.told() == {"Flood, one": (1, LISTED)}


def test_one_document_at_every_address_swallows_no_alert(office: Office) -> None:
    nameless = [Alert(name, named=False) for name in ("one", "two", "three")]
    office.publish(*nameless)
    for alert in nameless[1:]:
        office.feed.serve(alert.path, nameless[0].document(), "application/cap+xml")
    assert state(office.look()) == in_part(2)
    assert state(office.look()) == in_part(2)
    assert office.told() == {"Flood, one": (1, FULL), "Flood, two": (1, LISTED), "Flood, three": (1, LISTED)}


def test_an_alert_that_the_index_calls_by_another_name_is_one(office: Office) -> None:
    first = Alert("one", named=False)
    office.publish(first)
    office.feed.status(first.path, 500)
    office.look()
    office.tick("Flood, one", CAR)
    office.feed.heal(first.path)
    office.look()
    new = Alert("new", sent=2, kind="Update", replaces=["one"], named=False)
    office.publish(new)
    assert state(office.look()) == WELL
    assert office.told() == {"Flood, new": (3, FULL)}
    assert office.items()[0] == (CAR, State.DONE, Standing.CURRENT)


def test_an_address_that_moves_keeps_what_was_read(office: Office) -> None:
    office.publish(ONE)
    office.look()
    office.publish(replace(ONE, link=office.feed.url("/alerts/one.cap?token=2")))
    office.feed.status(ONE.path, 500)
    for _ in range(2):
        assert state(office.look()) == in_part(1)
    assert office.told() == {"Flood, one": (1, FULL)}


def test_what_comes_back_without_its_document_is_as_it_was_read(office: Office) -> None:
    office.publish(ONE, TWO)
    office.look()
    office.publish(TWO)
    office.look()
    office.feed.status(ONE.path, 500)
    office.publish(ONE, TWO)
    assert state(office.look()) == in_part(1)
    assert office.told() == {"Flood, one": (1, FULL), "Flood, two": (1, FULL)}
    assert [one.missing_since for one in office.kept()] == [None, None]


def test_a_page_behind_a_link_that_promised_no_alert_is_no_failure(office: Office) -> None:
    office.publish(replace(ONE, type=""))
    office.feed.serve(ONE.path, b"<!doctype html><title>Flood</title><body>Read on</body>", "text/html")
    assert state(office.look()) == WELL
    assert state(office.look()) == WELL
    assert office.asked() == [(INDEX, 200), (ONE.path, 200), (INDEX, 304)]
    assert office.told() == {"Flood, one": (1, LISTED)}


def test_a_server_that_stalls_keeps_the_alerts_waiting_once(office: Office) -> None:
    many = [Alert(f"a{number}", "Extreme") for number in range(6)]
    office.publish(*many)
    for alert in many:
        office.feed.stall(alert.path)
    assert state(office.look(deadline_s=0.5)) == in_part(6)
    assert len(office.asked()) == 3
    assert set(office.told().values()) == {(1, LISTED)}


def test_no_more_than_two_are_asked_for_at_once(office: Office) -> None:
    many = [Alert(f"a{number}") for number in range(6)]
    office.publish(*many)
    for alert in many:
        office.feed.drip(alert.path, alert.document(), interval_s=0.1, bytes_each=len(alert.document()) // 3 + 1)
    assert state(office.look(deadline_s=10)) == WELL
    began = [seen.at for seen in office.feed.requests if seen.path != INDEX]
    assert len(began) == 6
    assert all(third - first > 0.15 for first, third in zip(began, began[2:], strict=False))


def test_no_more_than_two_are_asked_for_at_once_of_a_host_that_two_indexes_name(office: Office) -> None:
    many = [Alert(f"a{number}") for number in range(6)]
    with LoopbackFeed() as files:
        for alert in many:
            files.drip(alert.path, alert.document(), interval_s=0.1, bytes_each=len(alert.document()) // 3 + 1)
        office.feed.publish(INDEX, index(files, many[:3]))
        office.feed.publish("/more.atom", index(files, many[3:]))
        first = office.source._replace(hosts=(f"127.0.0.1:{files.port}",))
        second = first._replace(id="more", url=office.feed.url("/more.atom"))
        with office.store() as store, store.transaction():
            sources.follow(store, ["more"], [])
        report = check.check(office.store, {"floods": first, "more": second}, deadline_s=10)
        assert report.all_verified
        began = [seen.at for seen in files.requests]
    assert len(began) == 6
    assert all(third - one > 0.15 for one, third in zip(began, began[2:], strict=False))


@pytest.mark.parametrize("is_right", [True, False])
def test_an_index_of_signed_alerts(office: Office, tmp_path: Path, *, is_right: bool) -> None:
    mine, stranger = signer("River Office of the Tests"), signer("Stranger")
    office.source = office.source._replace(keys=mine.pem(tmp_path / "office.pem"))
    office.publish(ONE)
    signed = (mine if is_right else stranger).sign(ONE.document())
    office.feed.publish(ONE.path, signed, "application/cap+xml")
    report = office.look()
    (advisory,) = office.kept()
    if is_right:
        assert (state(report), advisory.newest.verified) == (WELL, Verified.SIGNED)
        assert state(office.look()) == WELL
    else:
        assert (state(report), advisory.newest.verified) == (in_part(1), Verified.UNSIGNED)
        assert office.told() == {"Flood, one": (1, LISTED)}


def test_a_server_that_asks_to_be_left_alone_is(office: Office) -> None:
    office.publish(ONE, TWO, THREE)
    for alert in (ONE, TWO, THREE):
        office.feed.status(alert.path, 429, Retry_After="7200")
    report = office.look()
    assert len(office.asked()) == 3
    (health,) = report.sources
    assert health.next_check is not None
    assert health.last_attempt is not None
    assert (health.next_check - health.last_attempt).total_seconds() > 7100


def test_an_index_that_is_followed_for_countries_is_well_when_nothing_is_new(office: Office) -> None:
    office.follow("IQ")
    office.publish(ONE)
    assert state(office.look()) == WELL
    assert state(office.look()) == WELL


def test_on_the_command_line(tmp_path: Path) -> None:
    with LoopbackFeed() as feed:
        app = CommandLine(tmp_path, floods=feed.url(INDEX))
        for alert in (ONE, TWO):
            feed.publish(alert.path, alert.document())
        feed.publish(INDEX, index(feed, [ONE, TWO]))
        feed.status(TWO.path, 500)
        app.get("follow", "floods")
        said = app.say("check", status=3).out
        assert "1 alert could not be read in full; what is known of it stays" in said
        held = {one["title"]: one for one in app.get("advisories")["advisories"]}
        assert [action["text"] for action in held["Flood, one"]["actions"]] == list(FULL)
        assert "the alert itself has not been read" in app.say("show", held["Flood, two"]["id"]).out
        feed.heal(TWO.path)
        assert "could not be read" not in app.say("check").out
        shown = app.say("show", held["Flood, two"]["id"]).out
        assert BRIDGE in shown
        assert "has not been read" not in shown
