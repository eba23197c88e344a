"""Trips, bundled lists, import, export, wipe: the rest of the public command line."""

import errno
import json
import os
from pathlib import Path

import pytest

from core import bundled, check, fetch, keys, lock
from core.commands import keeping
from core.conditions import in_full
from core.paths import profile_at
from tests.core.in_process import Terminal, terminal
from tests.core.test_documents import NEWS, SEVEN
from tests.servers import LoopbackFeed
from tests.texts import ALERT_1, embassy_feed

__all__ = ["terminal"]  # the fixture


def news(folder: Path) -> str:
    file = folder / "news.txt"
    file.write_text(NEWS.format(list="\n".join(f"• {text}" for text in SEVEN)), encoding="utf-8")
    return str(file)


def test_trips_are_added_listed_and_removed(terminal: Terminal) -> None:
    made = terminal.get(
        "trip", "add", "Baghdad & Erbil", "--country", "iq", "--from", "2026-05-02", "--to", "2026-06-30"
    )
    (trip,) = made["trips"]
    assert {**trip, "id": None} == {
        "id": None, "name": "Baghdad & Erbil", "countries": ["IQ"], "from": "2026-05-02", "to": "2026-06-30",
    }  # fmt: skip
    assert "us-embassy-iq" in made["offered"]  # the post's feed, for who wants to follow it
    assert terminal.get("trips") == {"trips": [trip]}
    assert "not an ISO" in terminal.refused("trip", "add", "X", "--country", "ZZ")
    assert "not a date" in terminal.refused("trip", "add", "X", "--country", "IQ", "--from", "May")
    assert "before it begins" in terminal.refused(
        "trip", "add", "X", "--country", "IQ", "--from", "2026-05-02", "--to", "2026-05-01"
    )
    assert "No trip" in terminal.refused("trip", "remove", "nothing")
    assert terminal.get("trip", "remove", trip["id"])["trips"] == [trip]
    assert terminal.get("trips")["trips"] == []


def test_bundled_lists_wait_and_are_started_once(terminal: Terminal) -> None:
    waiting = terminal.get("lists")["checklists"]
    assert {one["id"] for one in waiting} == set(bundled.lists())
    assert all(one["kind"] == "bundled" and one["started"] is None for one in waiting)
    assert not terminal.profile.exists()
    name = waiting[0]["id"]
    first = terminal.get("start", name)["checklists"]
    (open_item, *_) = terminal.get("todo", "--list", name)["items"]
    terminal.get("tick", open_item["id"])
    again = terminal.get("start", name)["checklists"]
    assert (first[0]["done"], again[0]["done"]) == (0, 1)
    assert again[0]["total"] == len(bundled.lists()[name].actions)
    assert sum(one["id"] == name for one in terminal.get("lists")["checklists"]) == 1


def test_starting_is_all_or_none(terminal: Terminal) -> None:
    name = next(iter(bundled.lists()))
    assert "could be started" in terminal.refused("start", name, "nothing:here")
    assert all(one["started"] is None for one in terminal.get("lists")["checklists"])


def test_a_pasted_report_is_kept_as_second_hand(terminal: Terminal, tmp_path: Path) -> None:
    kept = terminal.get("import", news(tmp_path))
    (advisory,) = kept["advisories"]
    assert (advisory["kind"], [action["text"] for action in advisory["actions"]]) == ("report", list(SEVEN))
    terminal.get("start", advisory["id"])
    assert [item["text"] for item in terminal.get("todo")["items"]] == list(SEVEN)
    again = terminal.get("import", news(tmp_path))
    assert [one["id"] for one in again["advisories"]] == [advisory["id"]]
    assert len(terminal.get("advisories")["advisories"]) == 1
    assert len(terminal.get("todo", "--all")["items"]) == 7


@pytest.mark.parametrize("ending", ["md", "csv", "json", "ics"])
def test_lists_go_out_and_come_in(terminal: Terminal, tmp_path: Path, ending: str) -> None:
    (advisory,) = terminal.get("import", news(tmp_path))["advisories"]
    (held,) = terminal.get("start", advisory["id"])["checklists"]
    first, second, *_ = terminal.get("todo")["items"]
    terminal.get("tick", first["id"])
    terminal.get("note", second["id"], "ask Ada")
    target = tmp_path / f"out.{ending}"
    said = terminal.get("export", "--list", held["id"], "--to", str(target))
    assert said == {"exported": 7, "file": str(target), "files_left_out": []}
    assert "not from the issuer" in target.read_text(encoding="utf-8").replace("\n ", "")
    (copy,) = terminal.get("import", str(target))["checklists"]
    assert (copy["kind"], copy["done"], copy["total"]) == ("own", 1, 7)
    items = terminal.get("todo", "--list", copy["id"], "--all")["items"]
    assert [item["text"] for item in items] == list(SEVEN)
    assert items[1]["note"] == "ask Ada"


@pytest.mark.parametrize("ending", ["md", "csv", "json", "ics"])
def test_reading_an_exported_file_says_what_importing_it_would_keep(
    terminal: Terminal, tmp_path: Path, ending: str
) -> None:
    one, two = list(bundled.lists())[:2]
    terminal.get("start", one, two)
    first, *_ = terminal.get("todo")["items"]
    terminal.get("tick", first["id"])
    terminal.get("note", first["id"], "ask Ada")
    target = tmp_path / f"out.{ending}"
    terminal.get("export", "--to", str(target))
    read = terminal.get("read", str(target))
    assert (read["format"], read["advisories"]) == ("checklist", [])
    kept = terminal.get("import", str(target))["checklists"]
    assert [one["title"] for one in read["checklists"]] == [one["title"] for one in kept]
    assert sorted(one["title"] for one in kept) == sorted(bundled.one(name).title for name in (one, two))
    said = [item for held in read["checklists"] for item in held["items"]]
    items = [item for held in kept for item in terminal.get("todo", "--list", held["id"], "--all")["items"]]
    assert [(item["text"], item["state"], item["note"], item["due"]) for item in said] == [
        (item["text"], item["state"], item["note"], item["due"]) for item in items
    ]
    assert ("done", "ask Ada") in [(item["state"], item["note"]) for item in said]


def test_exporting_nothing_leaves_the_file_that_was_there(terminal: Terminal, tmp_path: Path) -> None:
    terminal.get("trip", "add", "Iraq", "--country", "IQ")
    target = tmp_path / "kept.md"
    target.write_text("what was there")
    assert "nothing to write" in terminal.refused("export", "--to", str(target))
    assert target.read_text() == "what was there"


def test_exporting_refuses_in_one_line_and_keeps_what_was_there(terminal: Terminal, tmp_path: Path) -> None:
    terminal.get("start", next(iter(bundled.lists())))
    target = tmp_path / "kept.md"
    target.write_text("what was there")
    assert "format" in terminal.refused("export", "--to", str(tmp_path / "list.docx"))
    assert "No checklist" in terminal.refused("export", "--list", "nothing", "--to", str(target))
    assert "could not be written" in terminal.refused("export", "--to", str(tmp_path / "no" / "such" / "folder.md"))
    assert target.read_text() == "what was there"


def test_wiping_needs_a_yes_and_no_key_and_leaves_nothing_of_ours(terminal: Terminal, tmp_path: Path) -> None:
    terminal.get("start", next(iter(bundled.lists())))
    (terminal.profile / "somebody-elses.txt").write_text("mine")
    assert "--yes" in terminal.refused("wipe")
    assert (terminal.profile / "key.json").exists()
    assert terminal.get("wipe", "--yes") == {"wiped": True}
    assert [file.name for file in terminal.profile.iterdir()] == ["somebody-elses.txt"]
    assert "nothing was destroyed" in terminal.refused("wipe", "--yes")


def test_a_damaged_profile_can_be_wiped(terminal: Terminal) -> None:
    terminal.get("start", next(iter(bundled.lists())))
    (terminal.profile / "profile.json").write_text("{")
    assert terminal.get("wipe", "--yes") == {"wiped": True}
    assert not terminal.profile.exists()


@pytest.mark.parametrize("gone", [["profile.json"], ["profile.json", "key.json"], ["profile.json", "safeconduct.db"]])
def test_what_is_left_of_a_profile_is_not_made_over(terminal: Terminal, gone: list[str]) -> None:
    """A fresh key in its place would leave the database unreadable, and an empty answer would be false calm."""
    terminal.get("start", next(iter(bundled.lists())))
    for name in gone:
        (terminal.profile / name).rename(terminal.profile.with_name(name))
    left = {file.name: file.read_bytes() for file in terminal.profile.iterdir()}
    for words in (["todo"], ["lists"], ["start", next(iter(bundled.lists()))], ["trip", "add", "x", "--country", "IQ"]):
        assert "profile.json" in terminal.refused(*words, status=1)
    assert {file.name: file.read_bytes() for file in terminal.profile.iterdir()} == left
    for name in gone:
        terminal.profile.with_name(name).rename(terminal.profile / name)
    assert terminal.get("todo")["items"]


def test_a_wipe_that_the_disk_refuses_does_not_say_that_the_key_is_gone(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    terminal.get("start", next(iter(bundled.lists())))
    monkeypatch.setattr(keys, "write_over", refuse)
    assert "NOT be destroyed" in terminal.refused("wipe", "--yes", status=1)
    assert terminal.get("todo")["items"]


def test_watching_checks_what_is_due_a_document_a_line_and_alone(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(opener: check.OpenStore, catalogue: object, until: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "_rest", stop)
    monkeypatch.setattr(fetch, "DEADLINE_S", 2.0)
    with LoopbackFeed() as feed:
        feed.publish("/feed", embassy_feed([ALERT_1]))
        catalogue = tmp_path / "catalogue.json"
        entry = {"id": "e", "name": "Embassy", "issuer": "Embassy", "url": feed.url("/feed"), "countries": ["IQ"]}
        catalogue.write_text(json.dumps({"sources": [entry]}))
        assert "Nothing is followed" in terminal.refused("watch", "--catalogue", str(catalogue))
        terminal.get("follow", "e", "--catalogue", str(catalogue))
        report = terminal.get("watch", "--catalogue", str(catalogue), status=130)
        assert [change["kind"] for change in report["changes"]] == ["new-advisory"]
        with lock.held(profile_at(str(terminal.profile)).watch_lock, 0):
            assert "running on this profile" in terminal.refused("watch", "--catalogue", str(catalogue))


def test_what_is_to_do_stands_under_its_list_and_says_how(terminal: Terminal) -> None:
    names = list(bundled.lists())[:2]
    terminal.get("start", *names)
    out, _ = terminal.run("todo")
    rows = out.split("\n")
    for name in names:
        held = bundled.one(name)
        assert rows.count(held.title) == 1
        for how in filter(None, held.details):
            assert f"      {how}" in rows
        for action in held.actions:
            assert any(row.endswith(f": {in_full(action)}") for row in rows)


def test_second_hand_is_said_in_the_terminal(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS)
    terminal.run("import", str(tmp_path / "news.txt"))
    name = terminal.get("advisories")["advisories"][0]["id"]
    for words in (["read", str(tmp_path / "news.txt")], ["advisories"], ["show", name]):
        assert "uoted, not from the issuer" in terminal.run(*words)[0]


def test_a_trip_without_a_name_has_that_of_its_places(terminal: Terminal) -> None:
    terminal.run("trip", "add", " ", "--country", "IQ", "jo")
    assert [trip["name"] for trip in terminal.get("trips")["trips"]] == ["Iraq, Jordan"]
