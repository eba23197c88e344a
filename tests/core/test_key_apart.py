"""A key found by a process of its own: the same key, the same refusals, and into a pipe alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core import key_apart, keys
from core.errors import LockedError, SafeConductError, StorageError
from core.paths import Profile, own_command
from tests.profiles import PASSPHRASE


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


def refused(profile: Profile, passphrase: str | None) -> SafeConductError:
    with pytest.raises(SafeConductError) as caught:
        key_apart.unlock(profile, passphrase)
    return caught.value


def test_the_key_is_the_profiles(profile: Profile) -> None:
    key = keys.create(profile, PASSPHRASE)
    assert key_apart.unlock(profile, PASSPHRASE) == key


def test_a_passphrase_of_any_letters_comes_through(profile: Profile) -> None:
    words = 'quatre mots "tranquilles"\n\\ \N{SNOWMAN} أربع كلمات'
    key = keys.create(profile, words)
    assert key_apart.unlock(profile, words) == key


def test_what_refuses_there_is_raised_here(profile: Profile) -> None:
    keys.create(profile, PASSPHRASE)
    wrong = refused(profile, "other words by far")
    assert isinstance(wrong, LockedError) and wrong.message.id == "wrong-passphrase"
    assert profile.tries.exists(), "a wrong try is counted, whoever makes it"
    profile.identity.write_text('{"format": 2}')
    newer = refused(profile, PASSPHRASE)
    assert isinstance(newer, StorageError) and newer.message.id == "profile-newer"


def test_a_message_keeps_its_values(profile: Profile) -> None:
    keys.create(profile, PASSPHRASE)
    profile.identity.unlink()
    gone = refused(profile, PASSPHRASE)
    assert gone.message.id == "profile-unreadable"
    assert gone.message.values["reason"]


@pytest.mark.parametrize(
    "program", [["/nowhere/at/all"], [sys.executable, "-c", "print('hello')"]], ids=["none", "other"]
)
def test_without_an_answer_the_profile_stays_locked(
    profile: Profile, program: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.create(profile, PASSPHRASE)
    monkeypatch.setattr(key_apart, "own_command", lambda: program)
    assert refused(profile, PASSPHRASE).message.id == "key-finder-failed"


def test_the_key_goes_into_no_file(profile: Profile, tmp_path: Path) -> None:
    keys.create(profile, PASSPHRASE)
    asked = json.dumps({"folder": str(profile.folder), "passphrase": PASSPHRASE}).encode()
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [*own_command(), key_apart.FIND], input=asked, stdout=out, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert (done.returncode, done.stderr, (tmp_path / "out").read_bytes()) == (2, b"", b"")
