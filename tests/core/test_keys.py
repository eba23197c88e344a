"""A key under a passphrase: slowed for those who guess, never rewritten, never taken from a file that was touched."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from core import keys, wrapping
from core.errors import InputError, LockedError, SafeConductError, StorageError
from core.paths import Profile, write_whole
from tests import profiles
from tests.profiles import CHEAP, PASSPHRASE, cheap_profile


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Every pause that a try had to make, instead of making it."""
    made: list[float] = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made


def message_of(profile: Profile, passphrase: str | None) -> str:
    """With what an unlocking is refused."""
    with pytest.raises(SafeConductError) as caught:
        keys.unlock(profile, passphrase)
    return caught.value.message.id


def test_a_passphrase_gives_back_the_key(tmp_path: Path) -> None:
    profile, key = cheap_profile(tmp_path / "profile")
    assert len(key) == wrapping.KEY_BYTES
    assert keys.unlock(profile, PASSPHRASE) == key
    assert keys.wants_passphrase(profile)
    other, other_key = cheap_profile(tmp_path / "other")
    assert other_key != key
    assert json.loads(other.identity.read_bytes())["id"] != json.loads(profile.identity.read_bytes())["id"]


def test_the_real_cost_is_that_of_the_standard(tmp_path: Path) -> None:
    """RFC 9106, section 4, for machines short of memory: 64 MiB, three passes, four lanes."""
    profile = Profile(tmp_path / "profile")
    key = keys.create(profile, PASSPHRASE)
    held = json.loads(profile.wrapped_key.read_bytes())
    assert (held["kdf"], held["iterations"], held["lanes"], held["memory_cost"]) == ("argon2id", 3, 4, 65536)
    assert (len(held["salt"]), len(held["nonce"]), len(held["key"])) == (32, 24, 96)
    assert keys.unlock(profile, PASSPHRASE) == key


def test_the_same_words_typed_otherwise_are_the_same(tmp_path: Path) -> None:
    profile, key = cheap_profile(tmp_path / "profile", "Zürich im März")
    assert keys.unlock(profile, "Zu\u0308rich im Ma\u0308rz") == key


@pytest.mark.parametrize("passphrase", ["", "short", "1234567"])
def test_a_short_passphrase_makes_nothing(tmp_path: Path, passphrase: str) -> None:
    profile = Profile(tmp_path / "profile")
    with pytest.raises(InputError) as caught:
        keys.create(profile, passphrase)
    assert caught.value.message.id == "passphrase-short"
    assert not profile.folder.exists()


def test_a_profile_is_made_once(tmp_path: Path) -> None:
    profile, key = cheap_profile(tmp_path / "profile")
    with pytest.raises(InputError) as caught:
        keys.create(profile, "another passphrase")
    assert caught.value.message.id == "profile-exists"
    assert keys.unlock(profile, PASSPHRASE) == key


def test_of_several_that_make_a_profile_at_once_one_does(tmp_path: Path) -> None:
    """Its key is the one that opens it afterwards, and the others are told so."""
    for number in range(5):
        profile = Profile(tmp_path / f"profile-{number}")
        start = threading.Barrier(6)
        made: list[bytes] = []
        faults: list[object] = []

        def make(
            profile: Profile = profile,
            start: threading.Barrier = start,
            made: list[bytes] = made,
            faults: list[object] = faults,
        ) -> None:
            start.wait()
            try:
                made.append(keys.create(profile, PASSPHRASE))
            except InputError as error:
                faults.append(error.message.id)

        with mock.patch.object(wrapping, "COST", CHEAP):
            threads = [threading.Thread(target=make) for _ in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert (len(made), faults) == (1, ["profile-exists"] * 5)
        assert keys.unlock(profile, PASSPHRASE) == made[0]


def test_wrong_ones_are_slowed_and_the_count_survives(tmp_path: Path, waits: list[float]) -> None:
    """Fifty tries; nothing of them is kept in this process, so a restart changes nothing, nor does a clock."""
    profile, key = cheap_profile(tmp_path / "profile")
    for _ in range(50):
        assert message_of(profile, "not the passphrase") == "wrong-passphrase"
    assert len(waits) == 47
    assert waits[:6] == [0.25, 0.5, 1.0, 2.0, 4.0, 8.0]
    assert set(waits[6:]) == {8.0}
    os.utime(profile.tries, (0, 0))
    waits.clear()
    assert keys.unlock(profile, PASSPHRASE) == key
    assert waits == [8.0]
    waits.clear()
    assert message_of(profile, "not the passphrase") == "wrong-passphrase"
    assert waits == []


def test_the_count_survives_a_restart_of_the_program(tmp_path: Path) -> None:
    profile, _ = cheap_profile(tmp_path / "profile")
    spans = []
    for _ in range(5):
        began = time.monotonic()
        done = profiles.run(profile, "todo", passphrase="not the passphrase")
        spans.append(time.monotonic() - began)
        assert done.returncode == 4
        assert "not the passphrase" in done.stderr and len(done.stderr.splitlines()) == 1
    assert int(profile.tries.read_text("ascii")) == 5
    assert spans[4] > 0.5


def test_a_try_that_is_ended_in_its_middle_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile, _ = cheap_profile(tmp_path / "profile")

    def ended(*given: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(wrapping, "_derive", ended)
        keys.unlock(profile, "a guess")
    assert profile.tries.read_text("ascii") == "1"


def test_unlocking_never_writes_the_key_file(tmp_path: Path, waits: list[float]) -> None:
    """A copy in freed blocks would outlive a wipe, and a crash in its middle could cost the key."""
    profile, _ = cheap_profile(tmp_path / "profile")
    before = profile.wrapped_key.stat()
    for passphrase in ("wrong words", PASSPHRASE, "wrong words", PASSPHRASE):
        try:
            keys.unlock(profile, passphrase)
        except LockedError:
            continue
    after = profile.wrapped_key.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_disk_that_takes_no_count_opens_all_the_same_but_slowly(
    tmp_path: Path, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: what was saved must be readable."""
    profile, key = cheap_profile(tmp_path / "profile")

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys, "write_whole", full)
    assert keys.unlock(profile, PASSPHRASE) == key
    assert message_of(profile, "not the passphrase") == "wrong-passphrase"
    assert waits == [2.0, 2.0]


@pytest.mark.parametrize("content", [b"", b"many", b"-1", b"\xff", b"9" * 30])
def test_a_count_that_cannot_be_read_is_no_way_round_it(tmp_path: Path, waits: list[float], content: bytes) -> None:
    profile, key = cheap_profile(tmp_path / "profile")
    profile.tries.write_bytes(content)
    assert keys.unlock(profile, PASSPHRASE) == key
    assert all(0 <= wait <= 8 for wait in waits)
    assert waits or content == b"-1"


def test_many_that_unlock_at_once_all_do(tmp_path: Path, waits: list[float]) -> None:
    """They share the count's file: nobody renames another's half-written one, and nobody fails for it."""
    profile, key = cheap_profile(tmp_path / "profile")
    found: list[object] = []

    def unlocked() -> None:
        for _ in range(20):
            try:
                found.append(keys.unlock(profile, PASSPHRASE))
            except Exception as error:
                found.append(error)

    threads = [threading.Thread(target=unlocked) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [key] * 120
    assert [file.name for file in profile.folder.iterdir() if file.name.endswith(".new")] == []


def changed(profile: Profile, **parts: Any) -> None:
    """Tamper with the key file: other values, or (None) a part taken away."""
    held = json.loads(profile.wrapped_key.read_bytes()) | parts
    write_whole(profile.wrapped_key, json.dumps({k: v for k, v in held.items() if v is not None}).encode())


TAMPERED: dict[str, dict[str, Any]] = {
    "another salt": {"salt": "00" * 16},
    "another nonce": {"nonce": "00" * 12},
    "another key": {"key": "00" * 48},
    "fewer passes": {"iterations": 2},
    "more lanes": {"lanes": 2, "memory_cost": 16},
    "a short salt": {"salt": "00"},
    "no salt": {"salt": None},
    "a salt that is none": {"salt": "salt"},
    "memory without end": {"memory_cost": 1 << 40},
    "too little memory": {"memory_cost": 1},
    "time without end": {"iterations": 10**9},
    "no lanes": {"lanes": 0},
    "words": {"lanes": "many"},
    "a list": {"key": []},
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_key_file_is_never_a_key(tmp_path: Path, waits: list[float], name: str) -> None:
    profile, _ = cheap_profile(tmp_path / "profile")
    changed(profile, **TAMPERED[name])
    began = time.monotonic()
    assert message_of(profile, PASSPHRASE) in {"wrong-passphrase", "key-file-damaged"}
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"[" * 100_000, b"\xff\xfe", b"null"])
def test_files_that_are_none_are_said_so(tmp_path: Path, content: bytes) -> None:
    profile, _ = cheap_profile(tmp_path / "profile")
    identity = profile.identity.read_bytes()
    profile.wrapped_key.write_bytes(content)
    assert message_of(profile, PASSPHRASE) == "key-file-damaged"
    profile.wrapped_key.unlink()
    assert message_of(profile, PASSPHRASE) == "key-file-unreadable"
    profile.identity.write_bytes(content)
    with pytest.raises(StorageError) as caught:
        keys.unlock(profile, PASSPHRASE)
    assert caught.value.message.id == "profile-damaged"
    profile.identity.write_bytes(identity.replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(StorageError) as caught:
        keys.unlock(profile, PASSPHRASE)
    assert caught.value.message.id == "profile-newer"


def test_a_wrapped_key_holds_for_its_own_profile(tmp_path: Path, waits: list[float]) -> None:
    one, _ = cheap_profile(tmp_path / "one")
    other, _ = cheap_profile(tmp_path / "other")
    other.wrapped_key.write_bytes(one.wrapped_key.read_bytes())
    assert message_of(other, PASSPHRASE) == "wrong-passphrase"


def test_no_passphrase_is_asked_for_where_nobody_can_answer(tmp_path: Path) -> None:
    profile, _ = cheap_profile(tmp_path / "profile")
    assert message_of(profile, None) == "passphrase-needed"
    began = time.monotonic()
    done = subprocess.run(
        profiles.command(profile, None, "todo"), stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.count(b"\n") == 1
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("line", [b"", b"\n", b"\r\n", b"\xff\xfe\n"])
def test_a_passphrase_that_cannot_be_read_is_refused(line: bytes) -> None:
    reader, writer = os.pipe()
    os.write(writer, line)
    os.close(writer)
    try:
        with pytest.raises(InputError):
            keys.read_passphrase(reader)
    finally:
        os.close(reader)
    with pytest.raises(InputError):
        keys.read_passphrase(9999)


def test_the_first_line_is_the_passphrase_and_no_more_is_read() -> None:
    reader, writer = os.pipe()
    os.write(writer, "Zürich im März\r\nmore".encode())
    os.close(writer)
    assert keys.read_passphrase(reader) == "Zürich im März"
    assert os.read(reader, 99) == b"more"
    os.close(reader)
