"""Who keeps a profile's data key: the desktop's keyring, or a passphrase. There is never a default key.

A profile has one random 32-byte key. It lies in the keyring under the profile's random id, or in `key.json`,
wrapped under a passphrase (Argon2id, then ChaCha20-Poly1305). Only keyrings that really keep a secret are used,
each secret is read back after it was written, and one that asks, errs or is silent for five seconds counts as
absent. Wrong passphrases are slowed; the count is kept in a file beside `key.json` and survives restarts.
`key.json` itself is written once: no copy of it is left in blocks that a wipe cannot reach, and no crash or full
disk in the middle of an unlocking can cost the key.

What this room will not do: hold a key anywhere else, or take one from an argument or the environment.
"""

import importlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar  # Any: what a JSON file holds before it was looked at

from core import wrapping
from core.errors import InputError, LockedError, StorageError
from core.paths import APPLICATION_ID, Profile, make_folder, write_over, write_whole
from core.wrapping import KEY_BYTES

KEYRING_SILENCE_S = 5.0
# What a key file may ask of whoever opens it: no attack on memory or time.
_MOST = wrapping.Cost(64, 64, 1 << 20)
# By platform, and by name: `keyring` itself would load every one that is installed, and look at every package for more.
_TRUSTED_KEYRINGS = {
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "linux": (("keyring.backends.SecretService", "Keyring"), ("keyring.backends.kwallet", "DBusKeyring")),
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
}
_FREE_TRIES = 3
_LONGEST_WAIT_S = 8.0
_UNCOUNTED_WAIT_S = 2.0
_OTHER_MAKER_S = 10.0

T = TypeVar("T")


def create(profile: Profile, passphrase: str | None) -> bytes:
    """Make a profile with a fresh key, kept under the passphrase or, without one, in the keyring.

    LockedError: no passphrase, and no keyring that keeps a secret. InputError("profile-exists"): it is there, or
    another process was quicker.
    """
    from core.lock import held

    if profile.exists():
        raise InputError("profile-exists")
    key = os.urandom(KEY_BYTES)
    name = os.urandom(16).hex()
    # What can refuse comes before anything is made.
    wrapped = None if passphrase is None else _wrap(key, passphrase, name)
    if wrapped is None:
        _keep_in_keyring(name, key)
    try:
        make_folder(profile.folder)
        with held(profile.check_lock, _OTHER_MAKER_S):
            if profile.exists():
                if wrapped is None:
                    _forget(name)
                raise InputError("profile-exists")
            if wrapped is not None:
                profile.tries.unlink(missing_ok=True)
                write_whole(profile.wrapped_key, wrapped)
            # Written last: a profile without it was never made.
            kept_by = "keyring" if wrapped is None else "passphrase"
            write_whole(profile.identity, json.dumps({"format": 1, "id": name, "key": kept_by}).encode())
    except OSError as error:
        raise StorageError("profile-unwritable", reason=error.strerror or "") from error
    return key


def wants_passphrase(profile: Profile) -> bool:
    """Whether this profile's key is under a passphrase."""
    return _identity(profile)["key"] == "passphrase"


def unlock(profile: Profile, passphrase: str | None) -> bytes:
    """The data key of a profile. LockedError: no passphrase or a wrong one, or a keyring that does not give it."""
    identity = _identity(profile)
    if identity["key"] == "passphrase":
        if passphrase is None:
            raise LockedError("passphrase-needed")
        return _unwrap(profile, passphrase, identity["id"])
    found = _patiently(lambda: _keyring().get_password(APPLICATION_ID, identity["id"]))
    if not found:
        raise LockedError("keyring-without-key")
    try:
        key = bytes.fromhex(found)
    except ValueError as error:
        raise LockedError("keyring-without-key") from error
    if len(key) != KEY_BYTES:
        raise LockedError("keyring-without-key")
    return key


def keyring_is_there() -> bool:
    """Whether this machine has a keyring that can be trusted with a key; may take up to five seconds."""
    try:
        _patiently(_keyring)
    except LockedError:
        return False
    return True


def _identity(profile: Profile) -> dict[str, str]:
    try:
        held: Any = json.loads(profile.identity.read_bytes())
        if held["format"] != 1:
            raise StorageError("profile-newer")
        return {"id": str(held["id"]), "key": str(held["key"])}
    except OSError as error:
        raise StorageError("profile-unreadable", reason=error.strerror or "") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StorageError("profile-damaged") from error


def _keyring() -> Any:
    """The first keyring of this machine that really keeps secrets. `keyring` has no usable types for backends."""
    found = []
    for module, name in _TRUSTED_KEYRINGS.get(sys.platform, ()):
        # What is not there says so by an exception of its own, on import or when its rank is asked.
        with suppress(Exception):
            ring = getattr(importlib.import_module(module), name)()
            found.append((float(ring.priority), ring))
    if not found:
        raise LockedError("no-keyring")
    return max(found, key=lambda one: one[0])[1]


def _keep_in_keyring(name: str, key: bytes) -> None:
    def keep() -> str | None:
        ring = _keyring()
        ring.set_password(APPLICATION_ID, name, key.hex())
        held: str | None = ring.get_password(APPLICATION_ID, name)
        return held

    if _patiently(keep) != key.hex():
        raise LockedError("keyring-forgets")


def _patiently(ask: Callable[[], T]) -> T:
    """Ask a keyring on a thread of its own and wait no longer than it may be silent."""
    answer: list[T] = []
    fault: list[Exception] = []

    def run() -> None:
        try:
            answer.append(ask())
        except Exception as error:
            fault.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(KEYRING_SILENCE_S)
    if answer:
        return answer[0]
    if fault and isinstance(fault[0], LockedError):
        raise fault[0]
    if fault:
        raise LockedError("keyring-failed", detail=type(fault[0]).__name__) from fault[0]
    raise LockedError("keyring-silent")


def _wrap(key: bytes, passphrase: str, name: str) -> bytes:
    made = wrapping.wrap(key, passphrase, name.encode())
    held = {
        "format": 1,
        "kdf": "argon2id",
        **made.cost._asdict(),
        "salt": made.salt.hex(),
        "nonce": made.nonce.hex(),
        "key": made.key.hex(),
    }
    return json.dumps(held).encode()


def _unwrap(profile: Profile, passphrase: str, name: str) -> bytes:
    try:
        held: Any = json.loads(profile.wrapped_key.read_bytes())
        cost = wrapping.Cost(*(int(held[part]) for part in wrapping.Cost._fields))
        found = wrapping.Wrapped(cost, *(bytes.fromhex(held[part]) for part in ("salt", "nonce", "key")))
    except OSError as error:
        raise LockedError("key-file-unreadable") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LockedError("key-file-damaged") from error
    if not found.is_possible(_MOST):
        raise LockedError("key-file-damaged")
    # The try is counted before it is made, so that ending the program in the middle does not hide it.
    _count_try(profile)
    key = wrapping.unwrap(found, passphrase, name.encode())
    if key is None:
        raise LockedError("wrong-passphrase")
    # On a disk that refuses, the count stays: that costs a moment, never the key.
    with suppress(OSError):
        profile.tries.unlink(missing_ok=True)
    return key


def _count_try(profile: Profile) -> None:
    """Count a try at the passphrase, and make it wait for the wrong ones before it.

    Counted in tries and not by the clock: setting the clock changes nothing. Where the disk is too full to count,
    every try waits.
    """
    try:
        wrong = int(profile.tries.read_text("ascii"))
    except FileNotFoundError:
        wrong = 0
    except (OSError, ValueError):
        wrong = _FREE_TRIES
    if wrong >= _FREE_TRIES:
        time.sleep(min(_LONGEST_WAIT_S, 0.25 * 2.0 ** min(wrong - _FREE_TRIES, 8)))
    try:
        write_whole(profile.tries, str(wrong + 1).encode())
    except OSError:
        time.sleep(_UNCOUNTED_WAIT_S)


def read_passphrase(descriptor: int) -> str:
    """The first line from an inherited descriptor, without its newline. InputError: it cannot be read."""
    try:
        return _first_line(descriptor, "passphrase-unreadable").decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise InputError("passphrase-unreadable") from error


def read_key(descriptor: int) -> bytes:
    """A data key, handed down in hexadecimal by the window to its own checker."""
    try:
        return bytes.fromhex(_first_line(descriptor, "key-unreadable").decode("ascii"))
    except ValueError as error:
        raise InputError("key-unreadable") from error


def _first_line(descriptor: int, fault: str) -> bytes:
    line = b""
    try:
        while not line.endswith(b"\n") and len(line) < 4096:
            byte = os.read(descriptor, 1)
            if not byte:
                break
            line += byte
    except OSError as error:
        raise InputError(fault) from error
    if not line.rstrip(b"\r\n"):
        raise InputError(fault)
    return line.rstrip(b"\r\n")


def _forget(name: str) -> None:
    """Take a key out of the keyring; one that is away cannot be emptied."""
    with suppress(LockedError):
        _patiently(lambda: _keyring().delete_password(APPLICATION_ID, name))


def destroy(profile: Profile) -> None:
    """Destroy a profile's key, then its files; no key is needed, and what is left at any moment is unreadable.

    StorageError: the key could not be destroyed, or it is gone and some file could not be taken away.
    """
    try:
        identity = _identity(profile)
    except StorageError:
        identity = {"id": "", "key": ""}
    if identity["key"] == "keyring":
        _forget(identity["id"])
    try:
        # Overwritten before it is unlinked: on a disk that overwrites in place, the wrapped key is gone for good.
        for file in (profile.wrapped_key, *profile.folder.glob(f"{profile.wrapped_key.name}.*.new")):
            if file.is_file() and not file.is_symlink():
                write_over(file)
                file.unlink()
    except OSError as error:
        raise StorageError("wipe-refused", reason=error.strerror or "") from error
    try:
        for name in profile.files():
            name.unlink(missing_ok=True)
        with suppress(OSError):
            profile.folder.rmdir()  # only where nothing of somebody else's is in it
    except OSError as error:
        raise StorageError("wipe-incomplete", reason=error.strerror or "") from error
