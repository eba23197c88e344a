"""A key in the desktop's keyring: only one that really keeps it, read back, asked for five seconds and no longer."""

import json
import os
import subprocess
import sys
import threading
import time
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import keys
from core.errors import LockedError, SafeConductError
from core.paths import APPLICATION_ID, Profile
from tests import profiles
from tests.end2end.desktop import Desktop
from tests.profiles import ROOT


def message_of(profile: Profile) -> str:
    """With what an unlocking is refused."""
    with pytest.raises(SafeConductError) as caught:
        keys.unlock(profile, None)
    return caught.value.message.id


class Ring:
    """A keyring of one's own making; `keeps` and `answers` say how it fails."""

    priority = 5.0
    keeps = True
    answers: threading.Event | None = None
    fault: Exception | None = None
    held: dict[tuple[str, str], str]

    def __init__(self) -> None:
        self.held = {}

    def set_password(self, service: str, name: str, secret: str) -> None:
        if self.fault is not None:
            raise self.fault
        if self.keeps:
            self.held[service, name] = secret

    def get_password(self, service: str, name: str) -> str | None:
        if self.answers is not None:
            self.answers.wait(30)
        return self.held.get((service, name))


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """A trusted one, in the place of the desktop's."""
    made = Ring()
    _install(monkeypatch, made)
    yield made
    if made.answers is not None:
        made.answers.set()


def _install(monkeypatch: pytest.MonkeyPatch, ring: Ring | None) -> None:
    """Put a keyring in the place of the one that this platform has; None: there is none."""
    places = [place for held in keys._TRUSTED_KEYRINGS.values() for place in held]
    for module, name in places:
        stead = types.ModuleType(module)
        if ring is not None:
            setattr(stead, name, lambda: ring)
        monkeypatch.setitem(sys.modules, module, stead)


def test_a_keyring_keeps_the_key_under_the_profiles_random_id(tmp_path: Path, ring: Ring) -> None:
    profile = Profile(tmp_path / "profile")
    key = keys.create(profile, None)
    identity = json.loads(profile.identity.read_bytes())
    assert ring.held == {(APPLICATION_ID, identity["id"]): key.hex()}
    assert keys.unlock(profile, None) == key
    assert not profile.wrapped_key.exists()
    assert key.hex().encode() not in profile.identity.read_bytes()
    ring.held.clear()
    assert message_of(profile) == "keyring-without-key"
    for broken in ("", "zz", "00", "00" * 31):
        ring.held[APPLICATION_ID, identity["id"]] = broken
        assert message_of(profile) == "keyring-without-key"


def test_a_keyring_that_forgets_makes_no_profile(tmp_path: Path, ring: Ring) -> None:
    ring.keeps = False
    with pytest.raises(LockedError) as caught:
        keys.create(Profile(tmp_path / "profile"), None)
    assert caught.value.message.id == "keyring-forgets"
    assert not (tmp_path / "profile").exists()


def test_a_keyring_that_errs_makes_no_profile(tmp_path: Path, ring: Ring) -> None:
    ring.fault = RuntimeError("the secret in its message")
    with pytest.raises(LockedError) as caught:
        keys.create(Profile(tmp_path / "profile"), None)
    assert caught.value.message.id == "keyring-failed"
    assert caught.value.message.values == {"detail": "RuntimeError"}
    assert not (tmp_path / "profile").exists()


def test_a_silent_keyring_counts_as_absent(tmp_path: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = Profile(tmp_path / "profile")
    keys.create(profile, None)
    monkeypatch.setattr(keys, "KEYRING_SILENCE_S", 0.2)
    ring.answers = threading.Event()
    began = time.monotonic()
    assert message_of(profile) == "keyring-silent"
    with pytest.raises(LockedError):
        keys.create(Profile(tmp_path / "other"), None)
    assert time.monotonic() - began < 2
    assert not (tmp_path / "other").exists()


def test_the_real_patience_is_five_seconds() -> None:
    assert keys.KEYRING_SILENCE_S == 5.0


def test_only_keyrings_that_are_known_to_keep_are_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backend import KeyringBackend

    asked: list[str] = []

    class Stranger(KeyringBackend):
        priority = 99.0

        def set_password(self, service: str, username: str, password: str) -> None:
            asked.append("set")

        def get_password(self, service: str, username: str) -> str | None:
            asked.append("get")
            return None

    _install(monkeypatch, None)
    assert not keys.keyring_is_there()
    with pytest.raises(LockedError) as caught:
        keys.create(Profile(tmp_path / "profile"), None)
    assert caught.value.message.id == "no-keyring"
    assert asked == []
    assert not (tmp_path / "profile").exists()


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_the_environment_chooses_no_keyring(tmp_path: Path, backend: str) -> None:
    """The command line, with no keyring, no terminal and a backend that would lose the key: exit 4 and no hang."""
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text('{"sources": [{"id": "one", "url": "https://example.org/"}]}', encoding="utf-8")
    profile = Profile(tmp_path / "profile")
    done = subprocess.run(
        profiles.command(profile, None, "follow", "one", "--catalogue", str(catalogue)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHON_KEYRING_BACKEND": backend},
    )
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.count(b"\n") == 1 and b"keyring" in done.stderr
    assert not profile.folder.exists()


@pytest.mark.end2end
@pytest.mark.skipif(sys.platform != "linux", reason="a session bus and gnome-keyring")
def test_a_real_keyring_keeps_the_key(tmp_path: Path) -> None:
    """SecretService: `follow` makes the profile, the next program opens it; without the keyring it is locked."""
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text('{"sources": [{"id": "one", "url": "https://example.org/"}]}', encoding="utf-8")
    profile = Profile(tmp_path / "profile")
    follow = profiles.command(profile, None, "follow", "one", "--catalogue", str(catalogue))
    listed = profiles.command(profile, None, "sources", "--catalogue", str(catalogue), "--json")

    def run(command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )

    with Desktop(tmp_path / "desktop", notifications=False, accessibility=False) as desktop:
        made = run(follow, desktop.env)
        assert (made.returncode, made.stderr) == (0, b"")
        assert not profile.wrapped_key.exists()
        read = run(listed, desktop.env)
        assert (read.returncode, read.stderr) == (0, b"")
        assert json.loads(read.stdout)["sources"][0]["followed"] is True
    with Desktop(tmp_path / "bare", keyring=False, notifications=False, accessibility=False) as desktop:
        began = time.monotonic()
        away = run(listed, desktop.env)
        assert (away.returncode, away.stdout) == (4, b"")
        assert away.stderr.count(b"\n") == 1
        assert time.monotonic() - began < 15
