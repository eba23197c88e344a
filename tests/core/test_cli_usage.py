"""The command line before there is anything: reading files, options wherever they stand, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.commands.arguments import parser
from tests.core.command_line import ACTION, ADVISORY, CHECKLIST, HEALTH, MAIN, CommandLine, keys
from tests.texts import ALERT_1, ALERT_1_ACTIONS, UsItem, action_list, embassy_feed, us_feed

LEVEL = "Level 2: Exercise Increased Caution"


@pytest.fixture
def app(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path, embassy="http://127.0.0.1:9/feed")


@pytest.fixture
def alert(tmp_path: Path) -> str:
    file = tmp_path / "alert.xml"
    file.write_bytes(embassy_feed([ALERT_1]))
    return str(file)


def test_reading_says_what_would_be_taken_and_makes_nothing(app: CommandLine, alert: str) -> None:
    ended = app.run("read", alert, "--json", "--profile", str(app.profile))
    assert (ended.status, ended.err) == (0, "")
    assert set(ended.json) == {"format", "advisories", "warnings"}  # and what was set aside
    assert (ended.json["format"], ended.json["warnings"]) == ("rss", [])
    (held,) = ended.json["advisories"]
    assert frozenset(held) == ADVISORY | {"text", "status_evidence"}
    assert keys(held["actions"]) == {ACTION}
    assert [action["text"] for action in held["actions"]] == list(ALERT_1_ACTIONS)
    assert [held["text"][a["start"] : a["end"]] for a in held["actions"]] == list(ALERT_1_ACTIONS)
    assert (held["fetched"], held["revision"], held["issuer"]) == (None, 1, "Alert – Embassy of the Tests")
    assert not app.profile.exists()


def test_standard_input_is_read_and_options_stand_before_or_after(app: CommandLine) -> None:
    data = us_feed([UsItem("Iraq", LEVEL, "<p>Beware.</p>", ("IZ",))])
    after = app.run("read", "-", "--format", "rss", "--full", "--json", stdin=data)
    before = app.run("--json", "read", "--full", "--format", "rss", "-", stdin=data)
    assert before == after
    (held,) = after.json["advisories"]
    assert frozenset(held) == ADVISORY | {"text", "status_evidence", "html"}
    assert (held["html"], held["countries"]) == ("<p>Beware.</p>", ["IQ"])


def test_every_option_for_all_is_taken_before_and_after_and_the_last_word_counts() -> None:
    given = ["--profile", "P", "--catalogue", "C", "--passphrase-fd", "7", "--json", "--quiet", "--debug"]
    for command in (["sources"], ["todo", "--all"], ["tick", "a", "b"], ["check", "--due"], ["search", "words"]):
        before, after = parser().parse_args([*given, *command]), parser().parse_args([*command, *given])
        assert before == after
        assert (before.profile, before.catalogue, before.passphrase_fd) == ("P", "C", 7)
        assert (before.json, before.quiet, before.debug) == (True, True, True)
        neither = parser().parse_args(command)
        assert (neither.profile, neither.json, neither.debug) == (None, False, False)
    assert parser().parse_args(["--profile", "one", "sources", "--profile", "two"]).profile == "two"


def test_what_only_looks_makes_no_profile(app: CommandLine) -> None:
    here = ("--profile", str(app.profile), "--catalogue", str(app.catalogue), "--json")
    for command, key in (
        (["sources"], "sources"),
        (["advisories"], "advisories"),
        (["lists"], "checklists"),
        (["todo"], "items"),
        (["search", "leave"], "hits"),
    ):
        ended = app.run(*command, *here)
        assert (ended.status, ended.err) == (0, "")
        assert list(ended.json) == [key]
        assert ended.json[key] == [] or keys(ended.json[key]) in ({HEALTH}, {CHECKLIST})
    for command in (["check"], ["tick", "1"], ["start", "1"], ["show", "1"], ["follow", "nobody"], ["unfollow", "no"]):
        assert app.refused(*command)
    assert not app.profile.exists()


def test_without_a_keyring_and_a_passphrase_following_is_locked(app: CommandLine) -> None:
    ended = app.run("follow", "embassy", "--profile", str(app.profile), "--catalogue", str(app.catalogue))
    assert ended.status == 4
    assert "passphrase" in ended.complaint
    assert not app.profile.exists()
    short = app.say("follow", "embassy", status=2, passphrase="1234567")
    assert "8" in short.complaint
    assert not (app.profile / "profile.json").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read", "nothing.xml"], "“nothing.xml” could not be read"),
        (["read", "."], "could not be read"),
        (["read", "page"], "a page instead of a feed"),
        (["read", "empty"], "it sent nothing"),
        (["read", "words"], "no instruction was found"),
        (["read", "list", "--format", "rss"], "not rss but actions"),
        (["read", "list", "--format", "morse"], "no format is called morse"),
        (["read", "bomb"], "document type"),
        (["follow", "embassy", "nobody"], "No source is called nobody"),
        (["follow", "embassy", "--country", "UK"], "“UK” is not an ISO 3166 country code"),
        (["follow"], "required"),
        (["fly"], "invalid choice"),
        (["tick"], "required"),
        (["todo", "--fast"], "unrecognized"),
        (["todo", "--list", "x"], "No checklist"),
        (["show", "x", "--revision", "two"], "invalid int"),
        (["check", "--source"], "expected at least one"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_usage_and_bad_input_are_one_clear_line(
    app: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data in (
        ("page", b"<!DOCTYPE html><html><p>Sign in</p></html>"),
        ("empty", b""),
        ("words", b"We are fine."),
        ("list", action_list([])),
        ("bomb", b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>'),
    ):
        Path(name).write_bytes(data)
    assert words in app.refused(*arguments)
    assert not app.profile.exists()


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "a", "url": "http://example.org/"},
        {"id": "a", "url": "file:///etc/passwd"},
        {"id": "a", "url": "https://user:word@example.org/"},
        {"id": "a b", "url": "https://example.org/"},
        {"id": "a", "url": "https://example.org/", "kind": "rumour"},
        "a",
    ],
    ids=str,
)
def test_a_catalogue_that_cannot_be_used_is_refused_whole(app: CommandLine, entry: object) -> None:
    app.catalogue.write_text(json.dumps({"sources": [{"id": "good", "url": "https://example.org/"}, entry]}))
    assert "catalogue.json" in app.refused("sources")


def test_the_version_and_the_help_are_no_errors(app: CommandLine) -> None:
    for arguments in (["--version"], ["tick", "--help"]):
        ended = app.run(*arguments)
        assert (ended.status, ended.err) == (0, "")
        assert ended.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_an_answer_that_cannot_be_written_is_said_in_one_line(app: CommandLine) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, str(MAIN), "sources", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert ended.returncode == 1
    assert ended.stderr.decode() == "safeconduct: The answer could not be written out. What the command did is kept.\n"


def test_a_python_without_the_packages_is_told_what_brings_them() -> None:
    """`-S` keeps the packages of this Python away."""
    done = subprocess.run(
        [sys.executable, "-S", str(MAIN), "lists"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "packaging/bootstrap.py" in done.stderr
