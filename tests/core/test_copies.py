"""An encrypted copy of a list, from one traveller's command line to another's."""

import os
import pty
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core import keys, lists, sealed, wrapping
from core.errors import InputError
from core.lines import NewLine
from core.lists import json_list
from core.lists.shape import ListFile, Written
from core.model import Checklist, ListKind, Standing, State
from core.paths import Profile
from core.store import checklists, files, incoming, outgoing, own_lists, reviewing
from core.store.open import Store
from tests.core import in_process
from tests.core.command_line import MAIN
from tests.core.in_process import Terminal
from tests.core.test_lists_travel import item
from tests.profiles import CHEAP, PASSPHRASE, Made, scene

PHRASE = "told by telephone"
NOW = datetime(2026, 5, 16, 18, 0, tzinfo=UTC)


@pytest.fixture
def sender(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Who has followed the embassy, ticked, noted and attached."""
    monkeypatch.setattr(in_process, "PASSPHRASE", PASSPHRASE)
    terminal = Terminal(tmp_path / "sender", capsys, monkeypatch)
    (tmp_path / "sender").mkdir()
    made: Made = scene(terminal.profile)
    with made.store() as store:
        files.attach(store, made.items[1], "ticket.pdf", b"%PDF seat 14C", NOW)
    terminal.run("tick", made.items[0])
    terminal.run("note", made.items[1], "bus at 17:40")
    return terminal


@pytest.fixture
def colleague(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Who has the program, and nothing in it."""
    (tmp_path / "colleague").mkdir()
    return Terminal(tmp_path / "colleague", capsys, monkeypatch)


@pytest.fixture
def phrase() -> Callable[..., str]:
    """Gives a descriptor from which a passphrase can be read once."""

    def given(words: str = PHRASE) -> str:
        ends = os.pipe()
        os.write(ends[1], words.encode() + b"\n")
        os.close(ends[1])
        return str(ends[0])

    return given


Phrase = Callable[..., str]


def store_of(terminal: Terminal) -> Store:
    profile = Profile(terminal.profile)
    return Store.open(profile.database, keys.unlock(profile, PASSPHRASE))


def test_a_colleague_gets_the_list_whole(sender: Terminal, colleague: Terminal, phrase: Phrase, tmp_path: Path) -> None:
    copy = tmp_path / "copy.safeconduct"
    said = sender.get("export", "--to", str(copy), "--copy-passphrase-fd", phrase())
    assert (said["exported"], said["files_left_out"]) == (len(sender.get("todo", "--all")["items"]), [])
    assert copy.stat().st_mode & 0o777 == 0o600

    seen = colleague.get("read", str(copy), "--copy-passphrase-fd", phrase())
    assert seen["format"] == "checklist"
    assert not colleague.profile.exists()
    assert seen["checklists"][0]["items"][1]["files"] == ["ticket.pdf"]

    (kept,) = colleague.get("import", str(copy), "--copy-passphrase-fd", phrase())["checklists"]
    (sent,) = sender.get("lists")["checklists"][:1]
    assert (kept["title"], kept["done"], kept["total"]) == (sent["title"], sent["done"], sent["total"])
    assert (kept["kind"], kept["advisory_id"]) == ("own", None)
    revision = sender.get("show", sent["advisory_id"])
    assert revision["url"] in kept["origin"]
    assert "issued 20" in kept["origin"]

    mine, theirs = sender.get("todo", "--all")["items"], colleague.get("todo", "--all")["items"]
    kinds = ("text", "state", "note", "due", "heading", "condition", "urgency", "done_at", "group")
    assert [[one[kind] for kind in kinds] for one in theirs] == [[one[kind] for kind in kinds] for one in mine]

    # The text came along, second-hand, with the place of each action in it.
    (report,) = colleague.get("advisories", "--full")["advisories"]
    assert (report["kind"], report["level"], report["issuer"]) == ("report", None, revision["issuer"])
    assert report["text"].split() == revision["text"].split()
    assert {one["advisory_id"] for one in theirs} == {report["id"]}
    assert [report["text"][a["start"] : a["end"]] for a in report["actions"]] == [one["text"] for one in theirs]
    assert colleague.get("search", *mine[0]["text"].split()[:2])["hits"]
    with store_of(colleague) as store:
        (held,) = files.attached(store, [one.id for one in checklists.items(store)])
        assert (held.name, files.content(store, held.id)) == ("ticket.pdf", b"%PDF seat 14C")
        with pytest.raises(InputError, match="not-your-words"):
            own_lists.reword(store, held.item, "Stay")
        with pytest.raises(InputError, match="not-your-words"):
            own_lists.remove(store, held.item)


def test_a_list_that_came_goes_on_with_its_licence(
    sender: Terminal, colleague: Terminal, phrase: Phrase, tmp_path: Path
) -> None:
    copy, again = tmp_path / "a.safeconduct", tmp_path / "b.json"
    sender.run("export", "--to", str(copy), "--copy-passphrase-fd", phrase())
    (first,) = colleague.get("import", str(copy), "--copy-passphrase-fd", phrase())["checklists"]
    colleague.run("export", "--to", str(again))
    (second,) = colleague.get("import", str(again))["checklists"]
    assert second["origin"] == first["origin"]
    colleague.run("import", str(copy), "--copy-passphrase-fd", phrase())
    assert len([one for one in colleague.get("lists")["checklists"] if one["origin"]]) == 3
    assert len(colleague.get("advisories")["advisories"]) == 1  # the same text is one


def test_neither_name_nor_bytes_of_a_copy_tell_anything(sender: Terminal, phrase: Phrase, tmp_path: Path) -> None:
    copy = tmp_path / "x.safeconduct"
    sender.run("export", "--to", str(copy), "--copy-passphrase-fd", phrase())
    data = copy.read_bytes()
    for one in sender.get("todo", "--all")["items"]:
        assert one["text"].encode() not in data
    assert b"mbassy" not in data
    assert len(data) == 114 + (1 << 16) + 16
    assert list(tmp_path.rglob("*.new")) == []


def test_a_passphrase_is_needed_and_has_to_be_the_right_one(
    sender: Terminal, colleague: Terminal, phrase: Phrase, tmp_path: Path
) -> None:
    copy = tmp_path / "x.safeconduct"
    assert "--copy-passphrase-fd" in sender.refused("export", "--to", str(copy), status=4)
    assert "always encrypted" in sender.refused("export", "--to", str(copy), "--format", "json")
    assert "8 characters" in sender.refused("export", "--to", str(copy), "--copy-passphrase-fd", phrase("short"))
    assert not copy.exists()
    sender.run("export", "--to", str(copy), "--copy-passphrase-fd", phrase())
    for command in ("import", "read"):
        assert "--copy-passphrase-fd" in colleague.refused(command, str(copy), status=4)
        wrong = colleague.refused(command, str(copy), "--copy-passphrase-fd", phrase("told by pigeon"), status=4)
        assert "does not open" in wrong
    assert not colleague.profile.exists()


def test_what_is_none_or_holds_no_list_is_refused(colleague: Terminal, phrase: Phrase, tmp_path: Path) -> None:
    other, empty = tmp_path / "other.safeconduct", tmp_path / "empty.safeconduct"
    other.write_bytes(b"# Car\n- [ ] Fuel\n")
    assert "no encrypted copy" in colleague.refused("import", str(other), "--copy-passphrase-fd", phrase())
    empty.write_bytes(sealed.seal(b"# Car\n- [ ] Fuel\n", PHRASE))
    assert "no checklist" in colleague.refused("import", str(empty), "--copy-passphrase-fd", phrase())
    assert not colleague.profile.exists()


def test_attached_files_have_a_bound_and_what_does_not_fit_is_named(
    sender: Terminal, phrase: Phrase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "MAX_FILES", 12)
    copy = tmp_path / "x.safeconduct"
    said = sender.get("export", "--to", str(copy), "--copy-passphrase-fd", phrase())
    assert said["files_left_out"] == ["ticket.pdf"]
    (held,) = lists.read_own(sealed.opened(copy.read_bytes(), PHRASE))
    assert [file.data for line in held.lines for file in line.files] == [None]


def test_a_file_without_room_keeps_the_whole_copy_out(
    sender: Terminal, colleague: Terminal, phrase: Phrase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "x.safeconduct"
    sender.run("export", "--to", str(copy), "--copy-passphrase-fd", phrase())
    monkeypatch.setattr(files, "MAX_IN_ALL", 5)
    assert "100 MB" in colleague.refused("import", str(copy), "--copy-passphrase-fd", phrase())
    assert not any(one["started"] for one in colleague.get("lists")["checklists"])
    assert colleague.get("advisories")["advisories"] == []


def test_a_terminal_asks_for_the_passphrase(sender: Terminal, tmp_path: Path) -> None:
    """A real terminal: it is asked for twice when a copy is made, and once when one is read."""
    copy = tmp_path / "x.safeconduct"
    profile = ["--profile", str(sender.profile)]
    said = _typed([*profile, "export", "--to", str(copy)], [PASSPHRASE, PHRASE, PHRASE])
    assert b"Choose a passphrase for this copy" in said
    assert copy.exists()
    said = _typed([*profile, "read", str(copy)], [PHRASE])
    assert b"1 checklist read" in said


def _typed(arguments: list[str], answers: list[str]) -> bytes:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(MAIN), *arguments], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    said = b""
    try:
        while True:
            try:
                said += os.read(ours, 4096)
            except OSError:
                break
            if answers and said.endswith(b": "):
                os.write(ours, answers.pop(0).encode() + b"\n")
                said += b"\n"
        assert process.wait(30) == 0, said
    finally:
        process.kill()
        os.close(ours)
    return said


def _copy(data: bytes = b"") -> bytes:
    """A copy that is cheap to open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "COST", CHEAP)
        checklist = Checklist("c1", "Leaving", ListKind.OWN, None, NOW, None, 0, 1)
        return sealed.seal(data or json_list.write_whole([Written(checklist, [item()], "")]), PHRASE)


def _import(folder: Path, data: bytes) -> tuple[int, bytes]:
    """Exit status and what was said of an import into a new profile, by a process of its own that has 400 MB."""
    file = folder / "in.safeconduct"
    file.write_bytes(data)
    ends = [os.pipe(), os.pipe()]
    for (_, end), words in zip(ends, (PASSPHRASE, PHRASE), strict=True):
        os.write(end, f"{words}\n".encode())
        os.close(end)
    given = [str(end) for end, _ in ends]
    try:
        done = subprocess.run(
            [sys.executable, str(MAIN), "--profile", str(folder / "profile"), "--quiet", "import", str(file),
             "--passphrase-fd", given[0], "--copy-passphrase-fd", given[1]],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, timeout=60,
            pass_fds=[end for end, _ in ends],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (400_000_000, 400_000_000)),
        )  # fmt: skip
    finally:
        for end, _ in ends:
            os.close(end)
    return done.returncode, done.stderr


# As large as a copy can be, of every kind that costs.
_WHOLE = b'{"kind": "safeconduct-checklist", "title": "t", "items": [%s], "lists": [%s]}'
_WORST: dict[str, tuple[Callable[[], bytes], int]] = {
    "a million items": (lambda: _WHOLE % (b",".join([b'{"text":"x"}'] * 2_000_000), b""), 2),
    "ten million names": (lambda: _WHOLE % (b'{"text":"x","done_by":[%s]}' % b",".join([b'""'] * 10_000_000), b""), 2),
    "fifty long texts": (
        lambda: _WHOLE
        % (
            b'{"text":"x","quotes":0}',
            b'{"title":"t","quoted":[%s]}'
            % b",".join([b'{"title":"t","text":"%s"}' % (b"\\n- Go away now" * 26_000)] * 50),
        ),
        0,
    ),
    "a text of one word": (
        lambda: _WHOLE
        % (
            b",".join([b'{"text":"%s","quotes":0}' % (b"ab" * 900 + b"c")] * 2000),
            b'{"title":"t","quoted":[{"title":"t","text":"%s"}]}' % (b"ab" * 499_000),
        ),
        0,
    ),
    "a large file": (
        lambda: _WHOLE % (b'{"text": "x", "files": [{"name": "a", "data": "%s"}]}' % (b"QUJD" * 3_000_000), b""), 0,
    ),
    "a file that is too large": (
        lambda: _WHOLE % (b'{"text": "x", "files": [{"name": "a", "data": "%s"}]}' % (b"QUJD" * 7_000_000), b""), 2,
    ),
    "a nest": (lambda: b"[" * 30_000_000, 2),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(_WORST))
def test_the_largest_copies_and_the_worst_are_taken_within_400_mb(name: str, tmp_path: Path) -> None:
    made, status = _WORST[name]
    ended, said = _import(tmp_path, _copy(made()))
    assert ended == status, said
    assert said.count(b"\n") == (status != 0), said
    assert (tmp_path / "profile").exists() == (status == 0)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_copy_is_one_sentence_and_nothing_is_kept(
    seed: int, colleague: Terminal, phrase: Phrase, tmp_path: Path
) -> None:
    whole, chance = bytearray(_copy()), random.Random(seed)
    match seed % 4:
        case 0:
            whole[chance.randrange(16, len(whole))] ^= 1 << chance.randrange(8)
        case 1:
            del whole[chance.randrange(16, len(whole)) :]
        case 2:
            at = chance.randrange(16, 114)
            whole[at : at + 8] = chance.randbytes(8)
        case 3:
            whole[16:] = chance.randbytes(len(whole) - 16)
    file = tmp_path / "x.safeconduct"
    file.write_bytes(whole)
    out, err = colleague.run("import", str(file), "--copy-passphrase-fd", phrase(), status=2)
    assert (out, err.count("\n")) == ("", 1)
    assert not colleague.profile.exists()


def test_random_bytes_are_one_sentence(colleague: Terminal, phrase: Phrase, tmp_path: Path) -> None:
    file, chance = tmp_path / "x.safeconduct", random.Random(7)
    for length in (0, 1, 15, 16, 17, 114, 70_000):
        for head in (b"", sealed.MAGIC):
            file.write_bytes((head + chance.randbytes(length))[: max(length, len(head))])
            out, err = colleague.run("import", str(file), "--copy-passphrase-fd", phrase(), status=2)
            assert (out, err.count("\n")) == ("", 1)
    assert not colleague.profile.exists()


def test_what_was_no_longer_listed_comes_as_that_and_waits_for_no_look(tmp_path: Path) -> None:
    gone, done = NewLine("Go by road", standing=Standing.WITHDRAWN), NewLine("Go by air", State.DONE, done_at=NOW)
    later = NOW.replace(hour=23)
    ahead = NewLine("Take cash", State.DONE, done_at=later)
    with Store.in_memory() as store:
        (name,) = incoming.keep(store, [ListFile("Leaving", (gone, done, ahead))], NOW)
        held = {one.text: one for one in checklists.items(store, name)}
        assert held["Go by road"].standing is Standing.WITHDRAWN
        assert not reviewing.news(store, name)
        assert held["Go by air"].done_at == held["Take cash"].done_at == NOW  # nobody has done anything in the future
        (listed,) = checklists.all_lists(store)
        assert (listed.done, listed.total, listed.origin) == (2, 2, "")
