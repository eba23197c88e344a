"""One look at several sources, on real servers and a real store: each source fails alone, and what was kept stays."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import check, fetch, intake, limits, lock, saving
from core.asking import Ask
from core.commands import arguments, checking
from core.commands.session import Session
from core.errors import BusyError, InputError
from core.model import Change, ChangeKind, HealthState, Kind, Message, Revision, Source, State
from core.paths import Profile
from core.revise import compare
from core.store import advisories, checklists, sources
from core.store.open import Store
from core.times import to_text
from tests.profiles import cheap_profile, passphrase_fd
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, ALERT_2, Alert, cap_alert, embassy_feed

OTHER = Alert("Other alert", "https://lb.usembassy.gov/other/", "<p>Roads are closed.</p>", ALERT_1.pub_date)
ANSWER_S = 2.0


@dataclass
class Ground:
    """A profile that follows these sources of one server."""

    profile: Profile
    key: bytes
    feed: LoopbackFeed
    known: dict[str, Source]

    def store(self) -> Store:
        return Store.open(self.profile.database, self.key)

    def look(self, catalogue: Mapping[str, Source] | None = None, **how: bool) -> check.Report:
        """One check with a short deadline."""
        known = self.known if catalogue is None else catalogue
        return check.check(self.store, known, deadline_s=ANSWER_S, due_only=how.get("due_only", False))

    def records(self) -> dict[str, sources.Record]:
        with self.store() as store:
            return sources.records(store)

    def titles(self) -> list[str]:
        with self.store() as store:
            return sorted(one.newest.title for one in advisories.kept(store))

    def follow(self, *names: str) -> None:
        with self.store() as store, store.transaction():
            sources.follow(store, names, [])

    def states(self, report: check.Report) -> dict[str, HealthState]:
        return {health.source: health.state for health in report.sources}


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """Three sources, one, two and three; the first has the alert, the second another one, the third both."""
    profile, key = cheap_profile(tmp_path / "profile")
    with LoopbackFeed() as feed:
        feed.publish("/one", embassy_feed([ALERT_1]))
        feed.publish("/two", embassy_feed([OTHER]))
        feed.publish("/three", embassy_feed([ALERT_1, OTHER]))
        known = {
            name: Source(name, name, name, feed.url(f"/{name}"), from_user=True) for name in ("one", "two", "three")
        }
        made = Ground(profile, key, feed, known)
        yield made


def test_one_that_fails_hides_no_other(ground: Ground) -> None:
    ground.follow("one", "two", "three")
    ground.feed.status("/two", 500)
    report = ground.look()
    assert ground.states(report) == {
        "one": HealthState.VERIFIED, "two": HealthState.FAILING, "three": HealthState.VERIFIED,
    }  # fmt: skip
    assert not report.all_verified
    assert len(report.changes) == 3
    assert ground.titles() == sorted([ALERT_1.title, ALERT_1.title, OTHER.title])
    ground.feed.heal("/two")
    assert ground.look().all_verified


@pytest.mark.parametrize("trouble", ["404", "204", "page", "cut", "empty", "doctype", "nothing listens"])
def test_what_was_kept_stays_through_every_failure(ground: Ground, trouble: str) -> None:
    ground.follow("one")
    first = ground.look()
    verified = ground.records()["one"].last_verified
    match trouble:
        case "404" | "204":
            ground.feed.status("/one", int(trouble))
        case "page":
            ground.feed.serve("/one", b"<!doctype html><html><body>Log in to this hotel</body></html>", "text/html")
        case "cut":
            ground.feed.cut_short("/one", embassy_feed([ALERT_2]), declared=False)
        case "empty":
            ground.feed.publish("/one", embassy_feed([]))
        case "doctype":
            ground.feed.publish("/one", b"<!DOCTYPE rss><rss version='2.0'><channel/></rss>")
        case _:
            ground.feed.stop()
    report = ground.look()
    assert [change.kind for change in first.changes] == [ChangeKind.NEW_ADVISORY]
    assert report.changes == ()
    (health,) = report.sources
    assert health.state is HealthState.FAILING
    assert health.problem is not None
    assert (health.last_verified, health.advisories) == (verified, 1)
    assert ground.titles() == [ALERT_1.title]
    with ground.store() as store:
        assert advisories.missing(store, "one") == set()


def test_validators_are_those_of_an_answer_that_parsed(ground: Ground) -> None:
    ground.follow("one")
    ground.feed.publish("/one", b"<!doctype html><html>not a feed</html>")
    ground.look()
    assert ground.records()["one"].etag is None
    ground.feed.publish("/one", embassy_feed([ALERT_1]))
    ground.look()
    record = ground.records()["one"]
    assert record.etag and record.last_modified
    assert "if-none-match" not in ground.feed.requests[1].headers
    # A broken answer takes nothing away from the validators of the good one.
    ground.feed.serve("/one", b"<html>", "text/html")
    ground.look()
    assert ground.records()["one"].etag == record.etag
    ground.feed.heal("/one")
    report = ground.look()
    last = ground.feed.requests[-1]
    assert (last.status, last.headers["if-none-match"]) == (304, record.etag)
    assert last.headers["if-modified-since"] == record.last_modified
    assert report.all_verified


def test_a_source_that_moved_is_asked_without_the_old_validators(ground: Ground) -> None:
    """The same id at another address: a "not modified" of the new one would say nothing about what is kept."""
    ground.follow("one")
    ground.look()
    ground.feed.publish("/moved", embassy_feed([ALERT_2, OTHER]), etag=False)
    moved = {"one": ground.known["one"]._replace(url=ground.feed.url("/moved"))}
    report = ground.look(moved)
    last = ground.feed.requests[-1]
    assert (last.path, last.status) == ("/moved", 200)
    assert "if-none-match" not in last.headers and "if-modified-since" not in last.headers
    assert len(report.changes) == 2


def test_not_modified_is_not_believed_for_ever(ground: Ground) -> None:
    """A server, or a network before it, that says so whatever happened: once a day it is asked for everything."""
    ground.follow("one")
    ground.look()
    ground.feed.status("/one", 304)
    assert ground.look().all_verified
    for wrong in (datetime.now(UTC) - timedelta(hours=25), datetime.now(UTC) + timedelta(days=400)):
        with ground.store() as store, store.transaction():
            store.write("UPDATE source SET whole_at = ?, problem = NULL", to_text(wrong))
        report = ground.look()
        assert "if-none-match" not in ground.feed.requests[-1].headers
        assert report.sources[0].problem == Message("unasked-not-modified", {})
    ground.feed.heal("/one")
    assert ground.look().all_verified
    whole_at = ground.records()["one"].whole_at
    assert whole_at is not None and whole_at > datetime.now(UTC) - timedelta(minutes=5)
    ground.look()
    assert ground.feed.requests[-1].status == 304
    assert ground.records()["one"].whole_at == whole_at


@pytest.mark.parametrize("etag", ['"\x0b"', '"' + "x" * 600 + '"', " ", '"ä"'])
def test_a_validator_that_cannot_be_sent_back_is_not_kept(ground: Ground, etag: str) -> None:
    """Else one answer with such a header would spoil every request after it."""
    ground.follow("one")
    ground.feed.status("/one", 200, embassy_feed([ALERT_1]), ETag=etag, Last_Modified=etag)
    assert ground.look().all_verified
    assert ground.look().all_verified
    assert ground.records()["one"].etag is None


def test_a_source_that_the_catalogue_lost_is_stale_and_not_verified(ground: Ground) -> None:
    ground.follow("one", "two")
    ground.look()
    report = ground.look({"one": ground.known["one"]})
    assert ground.states(report) == {"one": HealthState.VERIFIED, "two": HealthState.STALE}
    assert report.sources[1].problem == Message("not-in-catalogue", {})
    assert not report.all_verified
    assert report.sources[1].advisories == 1


def test_nothing_followed_and_names_that_are_not(ground: Ground) -> None:
    with pytest.raises(InputError, match="nothing-followed"):
        ground.look()
    ground.follow("one")
    for name, why in (("two", "not-followed"), ("none", "unknown-source")):
        with pytest.raises(InputError, match=why):
            check.check(ground.store, ground.known, only=[name])


def test_missing_is_marked_and_taken_back(ground: Ground) -> None:
    ground.follow("three")
    ground.look()
    ground.feed.publish("/three", embassy_feed([OTHER]))
    before = datetime.now(UTC).replace(microsecond=0)
    ground.look()
    with ground.store() as store:
        marks = {one.newest.title: one.missing_since for one in advisories.kept(store)}
    since = marks[ALERT_1.title]
    assert since is not None and since >= before
    assert marks[OTHER.title] is None
    ground.look()
    with ground.store() as store:
        assert {one.newest.title: one.missing_since for one in advisories.kept(store)} == marks
    ground.feed.publish("/three", embassy_feed([ALERT_1, OTHER]))
    assert ground.look().changes == ()
    with ground.store() as store:
        assert advisories.missing(store, "three") == set()


def _json_feed(*items: dict[str, str]) -> bytes:
    held = [{"title": "Freedonia", "date_published": "2026-03-03T05:10:00Z"} | item for item in items]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Desk", "items": held}).encode()


def test_a_new_identifier_for_the_same_entry_is_no_new_advisory(ground: Ground) -> None:
    """Some publishers make one each time: list and ticks must go on under the advisory's first name."""
    ground.follow("one")
    ground.known["one"] = ground.known["one"]._replace(kind=Kind.ALERT)
    words = "<p>Actions to take:</p><ul><li>Carry water for {}.</li></ul>"
    ground.feed.publish("/one", _json_feed({"id": "a", "content_html": words.format("three days")}))
    ground.look()
    with ground.store() as store:
        (kept,) = advisories.kept(store)
        checklists.start_following(store, kept.newest, datetime.now(UTC))
        (item,) = checklists.items(store)
        checklists.set_state(store, [item.id], State.DONE, datetime.now(UTC))
    for name in ("b", "c"):
        ground.feed.publish("/one", _json_feed({"id": name, "content_html": words.format("three days")}))
        assert ground.look().changes == ()
        with ground.store() as store:
            assert [(one.id, one.missing_since) for one in advisories.kept(store)] == [(kept.id, None)]
    ground.feed.publish("/one", _json_feed({"id": "c", "content_html": words.format("five days")}))
    (change,) = ground.look().changes
    assert (change.advisory_id, change.overtaken) == (kept.id, ("Carry water for five days.",))
    with ground.store() as store:
        assert [(one.id, one.state) for one in checklists.items(store)] == [(item.id, State.DONE)]


def test_the_next_alert_in_the_same_words_is_another(ground: Ground) -> None:
    ground.follow("one")
    ground.known["one"] = ground.known["one"]._replace(kind=Kind.ALERT)
    first = {"id": "a", "content_text": "Take shelter now."}
    ground.feed.publish("/one", _json_feed(first))
    ground.look()
    ground.feed.publish("/one", _json_feed(first | {"id": "b", "date_published": "2026-03-04T05:10:00Z"}))
    (change,) = ground.look().changes
    assert change.kind is ChangeKind.NEW_ADVISORY


def test_what_is_not_plain_stays_apart(ground: Ground) -> None:
    ground.follow("one")
    ground.known["one"] = ground.known["one"]._replace(kind=Kind.ALERT)
    twin = {"content_text": "Take shelter now."}
    ground.feed.publish("/one", _json_feed(twin | {"id": "a"}, twin | {"id": "b"}))
    ground.look()
    ground.feed.publish("/one", _json_feed(twin | {"id": "c"}))
    assert [change.kind for change in ground.look().changes] == [ChangeKind.NEW_ADVISORY]


def test_a_countrys_page_is_known_by_its_address_whatever_it_says(ground: Ground) -> None:
    ground.follow("one")
    ground.known["one"] = ground.known["one"]._replace(kind=Kind.COUNTRY)
    page = {"url": "https://desk.example/freedonia", "content_text": "Avoid the border."}
    ground.feed.publish("/one", _json_feed(page | {"id": "a"}))
    ground.look()
    ground.feed.publish("/one", _json_feed(page | {"id": "b", "content_text": "Avoid the border and the coast."}))
    (change,) = ground.look().changes
    assert (change.before, change.after) == (1, 2)


def test_an_entry_that_was_set_aside_is_not_called_missing(ground: Ground) -> None:
    """It is there and could not be read: to say that the source no longer has it would be wrong."""
    ground.follow("three")
    ground.look()
    broken = embassy_feed([ALERT_1, OTHER]).replace(f"<link>{ALERT_1.link}</link>".encode(), b"", 1)
    broken = broken[: broken.index(b"<guid")] + broken[broken.index(b"</guid>") + len(b"</guid>") :]
    ground.feed.publish("/three", broken)
    assert len(intake.take(broken, ground.known["three"], datetime.now(UTC)).rejected) == 1
    report = ground.look()
    assert report.all_verified
    with ground.store() as store:
        assert advisories.missing(store, "three") == set()


def test_an_empty_feed_is_good_only_where_nothing_was(ground: Ground) -> None:
    ground.follow("one")
    ground.feed.publish("/one", embassy_feed([]))
    assert ground.look().all_verified
    assert ground.records()["one"].etag is None


@pytest.mark.parametrize("answer", [b"{}", b"[]", b"<rss version='2.0'/>", b" [ ] "])
def test_what_says_nothing_at_all_is_no_empty_feed(ground: Ground, answer: bytes) -> None:
    """It is what a server sends that has lost its data; calm at the first look would be false calm."""
    ground.follow("one")
    ground.feed.publish("/one", answer)
    assert not ground.look().all_verified


def test_where_a_checker_died_counts_and_comes_last(ground: Ground) -> None:
    ground.follow("one", "two", "three")
    with ground.store() as store:
        sources.begin_attempt(store, "one", datetime.now(UTC))
        sources.begin_attempt(store, "two", datetime.now(UTC))
    seen: list[tuple[str, bool]] = []
    real = check._look

    def watched(store: Store, task: check._Task, ask: Ask) -> tuple[list[Change], str]:
        seen.append((task.source.id, sources.records(store)["two"].attempting))
        return real(store, task, ask)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "_look", watched)
        report = ground.look()
    # Should the checker die again, only the one that it read then is held guilty.
    assert seen == [("three", False), ("one", False), ("two", False)]
    assert report.all_verified
    assert [ground.records()[name].failures for name in ("one", "two", "three")] == [0, 0, 0]


def test_where_a_checker_died_is_not_looked_at_again_at_once(ground: Ground) -> None:
    """`check --due` after a death: a failure, and a pause, so that no scheduler runs into it without end."""
    ground.follow("one", "two")
    with ground.store() as store:
        sources.begin_attempt(store, "one", datetime.now(UTC))
    report = ground.look(due_only=True)
    assert [request.path for request in ground.feed.requests] == ["/two"]
    record = ground.records()["one"]
    assert (record.failures, record.problem, record.attempting) == (1, Message("checker-stopped", {}), False)
    assert record.next_check is not None and record.next_check > datetime.now(UTC) + timedelta(seconds=60)
    assert not report.all_verified


@pytest.mark.expected_log("reading a source failed: KeyError at test_check.py:")
def test_a_fault_of_ours_in_one_source_hides_no_other(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log gets neither the words of the source nor those of the exception."""
    real = intake.take

    def faulty(data: bytes, source: Source, now: datetime) -> intake.Taken:
        if source.id == "one":
            raise KeyError("the words of a source")
        return real(data, source, now)

    monkeypatch.setattr(intake, "take", faulty)
    ground.follow("one", "two")
    report = ground.look()
    assert ground.states(report) == {"one": HealthState.FAILING, "two": HealthState.VERIFIED}
    assert report.sources[0].problem == Message("source-fault", {})


def test_reading_that_never_ends_is_ended(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that each cost what is allowed cost too much together: the source fails, the others do not."""
    ground.follow("one", "three")
    ground.look()
    monkeypatch.setattr(intake, "MAX_READING_S", -1.0)
    ground.feed.publish("/three", embassy_feed([ALERT_2]))
    report = ground.look()
    assert ground.states(report) == {"one": HealthState.VERIFIED, "three": HealthState.FAILING}
    assert report.sources[1].problem == Message("too-much-to-read", {})
    assert len(ground.titles()) == 3


def test_retry_after_is_kept_to_when_due(ground: Ground) -> None:
    ground.follow("one")
    ground.feed.status("/one", 503, Retry_After="7200")
    ground.look()
    record = ground.records()["one"]
    assert record.next_check is not None
    assert record.next_check > datetime.now(UTC) + timedelta(minutes=119)
    ground.look(due_only=True)
    assert len(ground.feed.requests) == 1
    ground.look()
    assert len(ground.feed.requests) == 2


def test_the_checklist_follows_and_a_tick_made_meanwhile_stays(ground: Ground) -> None:
    ground.follow("one")
    ground.look()
    with ground.store() as store:
        (held,) = advisories.kept(store)
        checklists.start_following(store, held.newest, datetime.now(UTC))
        items = checklists.items(store)
        ground.feed.publish("/one", embassy_feed([ALERT_2]))
        real = compare
        ticked = threading.Event()

        def compared(held: Revision | None, incoming: Revision) -> Change | None:
            with ground.store() as window:
                checklists.set_state(window, [items[1].id], State.DONE, datetime.now(UTC))
            ticked.set()
            return real(held, incoming)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(saving, "compare", compared)
            ground.look()
        assert ticked.is_set()
        found = {item.id: item for item in checklists.items(store)}
    assert found[items[1].id].state is State.DONE
    assert {item.id for item in items} <= set(found)


def test_one_checker_a_profile(ground: Ground) -> None:
    """A second one waits as long as it may and then gives up; it takes its turn when the first one ends."""
    path = ground.profile.check_lock
    with lock.held(path, 0.0):
        began = time.monotonic()
        with pytest.raises(BusyError, match="checker-running"), lock.held(path, 0.4):
            pass
        assert 0.4 <= time.monotonic() - began < 2
    with lock.held(path, 0.0):
        pass


def test_the_command_exits_3_when_another_checker_had_the_time(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As long as a request may take is the patience; then one line, and nothing was asked."""
    ground.follow("one")
    monkeypatch.setattr(fetch, "DEADLINE_S", 0.3)
    monkeypatch.setattr(limits, "bound_this_process", lambda: None)
    with passphrase_fd() as descriptor, lock.held(ground.profile.check_lock, 0.0):
        words = ["check", "--json", "--profile", str(ground.profile.folder), "--passphrase-fd", str(descriptor)]
        began = time.monotonic()
        assert checking.check(Session(arguments.parser().parse_args(words))) == 3
        assert 0.3 <= time.monotonic() - began < 5
    said = capsys.readouterr()
    assert len(said.err.splitlines()) == 1 and said.err.startswith("safeconduct: ")
    report = json.loads(said.out)
    assert (report["changes"], [one["id"] for one in report["sources"]]) == ([], ["one"])
    assert ground.feed.requests == ()


def test_an_alert_that_runs_out_between_two_looks_is_told_even_while_its_source_fails(ground: Ground) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=1.5)).isoformat()
    alert = cap_alert("Stay indoors.").replace(b"2026-03-04T08:10:00+03:00", soon.encode())
    ground.feed.publish("/one", alert)
    ground.follow("one")
    ground.look()
    ground.feed.status("/one", 500)
    deadline = time.monotonic() + 20
    while not (changes := ground.look().changes):
        assert time.monotonic() < deadline
    (change,) = changes
    assert (change.kind, change.status, change.notice) == (ChangeKind.STATUS, ((), ("expired",)), True)
    assert ground.look().changes == ()
