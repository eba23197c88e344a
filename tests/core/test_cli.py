"""The command line as its users have it: the scene of the product, its shapes, and what counts as a failure."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.core.command_line import (
    ACTION,
    ADVISORY,
    CHANGE,
    CHECKLIST,
    CONTACT,
    HEALTH,
    HIT,
    ITEM,
    CommandLine,
    keys,
)
from tests.servers import LoopbackFeed
from tests.texts import (
    ADDED,
    ALERT_1,
    ALERT_1_ACTIONS,
    ALERT_2,
    ALERT_2_ACTIONS,
    DROPPED,
    REWORDED,
    UsItem,
    embassy_feed,
    us_feed,
)

FEED = "/category/alert/feed/"
FIRST, SECOND = embassy_feed([ALERT_1]), embassy_feed([ALERT_2])


@pytest.fixture
def feed() -> Iterator[LoopbackFeed]:
    with LoopbackFeed() as server:
        server.publish(FEED, FIRST)
        yield server


@pytest.fixture
def app(tmp_path: Path, feed: LoopbackFeed) -> CommandLine:
    return CommandLine(tmp_path, embassy=feed.url(FEED), other=feed.url("/other"))


@pytest.fixture
def followed(app: CommandLine) -> CommandLine:
    app.get("follow", "embassy")
    return app


def texts(found: list[dict[str, str]]) -> list[str]:
    return [one["text"] for one in found]


def test_the_scene_ticks_a_note_and_a_due_time_survive_a_revision(app: CommandLine, feed: LoopbackFeed) -> None:
    told = app.get("follow", "embassy")
    assert keys(told["sources"]) == {HEALTH}
    assert [(one["id"], one["followed"], one["state"]) for one in told["sources"]] == [("embassy", True, "never")]

    first = app.get("check")
    assert set(first) == {"checked_at", "sources", "changes"}
    assert keys(first["sources"]) == {HEALTH}
    assert keys(first["changes"]) == {CHANGE}
    (health,), (change,) = first["sources"], first["changes"]
    assert (health["state"], health["problem"], health["advisories"]) == ("verified", None, 1)
    assert health["last_verified"] == health["last_attempt"]
    assert health["next_check"] > health["last_verified"]
    assert (change["from"], change["to"], change["kind"]) == (None, 1, "new-advisory")
    assert change["added"] == list(ALERT_1_ACTIONS)

    kept = app.get("advisories")
    assert keys(kept["advisories"]) == {ADVISORY}
    (held,) = kept["advisories"]
    assert (held["kind"], held["countries"], held["issued"]) == ("alert", ["IQ"], "2026-03-03T05:10:00Z")
    assert (held["revision"], held["verified"], held["missing_since"]) == (1, "unsigned", None)

    shown = app.get("show", held["id"])
    assert frozenset(shown) == ADVISORY | {"text", "status_evidence"}
    assert keys(shown["actions"]) == {ACTION}
    assert keys(shown["contacts"]) == {CONTACT}
    assert [shown["text"][a["start"] : a["end"]] for a in shown["actions"]] == list(ALERT_1_ACTIONS)
    assert shown["actions"][0]["due"] == "2026-03-04T05:10:00Z"

    started = app.get("start", held["id"])
    assert keys(started["checklists"]) == {CHECKLIST}
    (checklist,) = started["checklists"]
    assert (checklist["kind"], checklist["done"], checklist["total"]) == ("follows", 0, 7)
    assert checklist["advisory_id"] == held["id"]

    items = app.get("todo")["items"]
    assert keys(items) == {ITEM}
    assert texts(items) == list(ALERT_1_ACTIONS)
    assert {item["group"] for item in items} <= {"now", "before", "keep", "later"}
    by_text = {item["text"]: item["id"] for item in items}
    leave, away, papers, money = (by_text[words] for words in ALERT_1_ACTIONS[:4])
    ticked = app.get("tick", leave, away, money)["items"]
    assert [(item["id"], item["state"]) for item in ticked] == [(name, "done") for name in (leave, away, money)]
    assert all(item["done_at"] for item in ticked)
    app.get("note", leave, "flight", "IA 215")
    app.get("due", papers, "2026-03-03T18:00:00+03:00")

    feed.publish(FEED, SECOND)
    (change,) = app.get("check")["changes"]
    assert (change["from"], change["to"], change["kind"], change["notice"]) == (1, 2, "actions", True)
    assert (change["added"], change["reworded"], change["withdrawn"]) == ([ADDED], [REWORDED[1]], [DROPPED])
    assert change["important"] == change["overtaken"] == [REWORDED[1]]  # it is 12 hours now, and she ticked 24
    assert "[reworded, asks for something else]" in app.say("todo", "--all").out

    every = {item["id"]: item for item in app.get("todo", "--all")["items"]}
    assert set(by_text.values()) < set(every)
    assert len(every) == 8
    for name, state, standing, was, note, due in (
        (leave, "done", "reworded", REWORDED[0], "flight IA 215", "2026-03-04T05:10:00Z"),
        (away, "done", "current", None, "", None),
        (papers, "open", "current", None, "", "2026-03-03T15:00:00Z"),
        (money, "done", "withdrawn", None, "", None),
    ):
        item = every[name]
        assert (item["state"], item["standing"], item["was"]) == (state, standing, was)
        assert (item["note"], item["due"]) == (note, due)
    (new,) = (item for item in every.values() if item["text"] == ADDED)
    assert (new["state"], new["standing"], new["was"]) == ("open", "new", None)
    (checklist,) = (one for one in app.get("lists")["checklists"] if one["kind"] == "follows")
    assert (checklist["done"], checklist["total"]) == (2, 7)
    assert texts(app.get("show", held["id"])["actions"]) == list(ALERT_2_ACTIONS)
    history = app.get("show", held["id"], "--history")["revisions"]
    assert keys(history) == {ADVISORY}
    assert [one["revision"] for one in history] == [1, 2]

    assert app.get("check")["changes"] == []
    looked = app.get("tick", leave, new["id"])["items"]
    assert [(item["standing"], item["was"]) for item in looked] == [("current", None)] * 2
    app.get("skip", papers)
    app.get("untick", away)
    (checklist,) = (one for one in app.get("lists")["checklists"] if one["kind"] == "follows")
    assert (checklist["done"], checklist["total"]) == (2, 6)
    (hit,) = app.get("search", "card machines")["hits"]
    assert frozenset(hit) == HIT
    assert (hit["advisory_id"], hit["revision"]) == (held["id"], 1)
    assert "card machines" in hit["snippet"]
    assert app.get("search", "card giraffes")["hits"] == []


def test_changes_are_all_or_none_and_a_due_time_may_be_local_or_none(followed: CommandLine) -> None:
    followed.get("check")
    (held,) = followed.get("advisories")["advisories"]
    followed.get("start", held["id"])
    first, second, *_ = (item["id"] for item in followed.get("todo")["items"])
    assert "feedface" in followed.refused("tick", first, "feedface", second)
    assert "feedface" in followed.refused("note", "feedface", "words")
    assert "sunday" in followed.refused("due", first, "sunday")
    everything = followed.get("todo", "--all")["items"]
    assert {(item["state"], item["note"]) for item in everything} == {("open", "")}
    (item,) = followed.get("due", second, "2026-03-05", "10:00")["items"]
    assert datetime.fromisoformat(item["due"]) == datetime(2026, 3, 5, 10).astimezone()
    (item,) = followed.get("due", second, "none")["items"]
    assert item["due"] is None


# --- failures


def trouble_at(feed: LoopbackFeed, what: str) -> None:
    troubles = {
        "page": lambda: feed.serve(FEED, b"<!doctype html><html><body>Log in</body></html>", "text/html"),
        "empty feed": lambda: feed.publish(FEED, embassy_feed([])),
        "204": lambda: feed.status(FEED, 204),
        "404": lambda: feed.status(FEED, 404),
        "410": lambda: feed.status(FEED, 410),
        "503": lambda: feed.status(FEED, 503, Retry_After="315360000"),
        "cut": lambda: feed.cut_short(FEED, FIRST),
        "cut and not said so": lambda: feed.cut_short(FEED, FIRST, declared=False),
    }
    troubles[what]()


def test_a_failure_is_never_nothing_new(followed: CommandLine, feed: LoopbackFeed) -> None:
    before = followed.get("check")["sources"][0]["last_verified"]
    troubles = ("page", "empty feed", "204", "404", "410", "503", "cut", "cut and not said so")
    problems = []
    for what in troubles:
        trouble_at(feed, what)
        report = followed.get("check", status=3)
        assert report["changes"] == [], what
        (health,) = report["sources"]
        assert (what, health["state"], health["last_verified"]) == (what, "failing", before)
        assert health["last_attempt"] >= before
        assert health["advisories"] == 1
        assert health["next_check"] > health["last_attempt"]
        assert health["problem"].endswith(".")
        problems.append(health["problem"])
        feed.publish(FEED, FIRST)
        feed.heal(FEED)
    assert len(set(problems)) >= 6
    kept = followed.get("advisories")["advisories"]
    assert [one["missing_since"] for one in kept] == [None]
    (health,) = followed.get("check")["sources"]
    assert (health["state"], health["problem"]) == ("verified", None)


def test_what_a_person_reads_of_a_failure_is_not_nothing_new(followed: CommandLine, feed: LoopbackFeed) -> None:
    feed.status(FEED, 304)  # to a question without a validator
    said = followed.say("check", status=3).out
    assert "Never verified" in said
    assert "Nothing new" not in said
    feed.heal(FEED)
    assert "Ordered Departure" in followed.say("check").out
    assert "Nothing new" in followed.say("check").out
    followed.get("follow", "other")  # answers 404
    said = followed.say("check", status=3).out
    assert "Never verified: it answered with error 404" in said
    assert "Nothing new at the sources that could be checked" in said
    assert followed.get("check", "--source", "embassy", status=3)["changes"] == []


def test_a_source_that_has_nothing_yet_is_no_failure_and_what_goes_missing_is_kept(
    followed: CommandLine, feed: LoopbackFeed
) -> None:
    feed.publish(FEED, embassy_feed([]))
    assert [one["state"] for one in followed.get("check")["sources"]] == ["verified"]
    other = ALERT_1._replace(title="Road closed", link="https://iq.usembassy.gov/road/", html="<p>Avoid it.</p>")
    feed.publish(FEED, embassy_feed([ALERT_1, other]))
    assert len(followed.get("check")["changes"]) == 2
    feed.publish(FEED, embassy_feed([other]))
    assert followed.get("check")["changes"] == []
    missing = {one["title"]: one["missing_since"] for one in followed.get("advisories")["advisories"]}
    assert missing.pop("Road closed") is None
    assert all(missing.values())
    gone = next(one for one in followed.get("advisories")["advisories"] if one["missing_since"])
    assert followed.get("show", gone["id"])["missing_since"] == gone["missing_since"]
    assert f"(not in the source since {gone['missing_since']})" in followed.say("show", gone["id"]).out
    feed.publish(FEED, embassy_feed([ALERT_1, other]))
    followed.get("check")
    assert [one["missing_since"] for one in followed.get("advisories")["advisories"]] == [None, None]
    assert "not in the source" not in followed.say("show", gone["id"]).out


def test_a_source_that_the_catalogue_lost_is_stale(followed: CommandLine) -> None:
    followed.get("check")
    followed.catalogue.write_text('{"sources": []}')
    (health,) = followed.get("check", status=3)["sources"]
    assert (health["id"], health["state"], health["advisories"]) == ("embassy", "stale", 1)
    assert health["problem"]
    assert followed.get("unfollow", "embassy")["sources"] == []


def test_countries_and_levels_of_the_american_feed(app: CommandLine, feed: LoopbackFeed) -> None:
    level = "Level 4: Do Not Travel"
    body = "<p>If you decide to travel to Iraq:</p><ul><li>Write a will.</li></ul>"
    feed.publish("/other", us_feed([UsItem("Iraq", level, body, ("IZ",)), UsItem("Niger", level, body, ("NG",))]))
    app.get("follow", "other", "--country", "iq")
    app.get("check", "--due")
    (held,) = app.get("advisories", "--country", "IQ", "--source", "other", "--full")["advisories"]
    assert frozenset(held) == ADVISORY | {"text", "status_evidence", "html"}
    assert held["level"] == {"value": 4, "words": level, "scale": "United States 1-4"}
    assert (held["kind"], held["actions"][0]["due"]) == ("country", None)
    assert app.get("advisories", "--source", "embassy")["advisories"] == []
    asked = len(feed.requests)
    assert app.get("check", "--due")["changes"] == []  # not yet time
    assert len(feed.requests) == asked


def test_wrong_passphrases_open_nothing_and_end_soon(followed: CommandLine, tmp_path: Path) -> None:
    for command in (["todo"], ["check"], ["tick", "x"]):
        ended = followed.say(*command, status=4, passphrase="not the phrase")
        assert "passphrase" in ended.complaint
    profile = ("--profile", str(followed.profile), "--catalogue", str(followed.catalogue))
    for arguments in (["todo", *profile], ["sources", *profile], ["check", "--json", *profile]):
        ended = followed.run(*arguments)
        assert (ended.status, "passphrase" in ended.complaint) == (4, True)
    assert followed.run("todo", *profile, "--passphrase-fd", "0").status == 2  # a descriptor without a line
    assert [one["followed"] for one in followed.get("sources")["sources"]] == [True, False]
    shutil.copytree(followed.profile, tmp_path / "copy")
    (tmp_path / "copy" / "key.json").write_text("{}")
    ended = followed.run("todo", "--profile", str(tmp_path / "copy"), "--passphrase-fd", "0", stdin=b"any words here\n")
    assert (ended.status, "damaged" in ended.complaint) == (4, True)
