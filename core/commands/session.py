"""What every command needs: the profile, its key, its store, the catalogue, and how to say things."""

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property

from core import catalogue, keys
from core.errors import InputError, LockedError
from core.model import Source
from core.paths import Profile, profile_at
from core.store.open import Store
from core.store.own import with_own
from core.wording import tr


class Session:
    """One run of one command."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.now = datetime.now(UTC)
        self._key: bytes | None = None

    @cached_property
    def profile(self) -> Profile:
        """The profile that was named, or the platform's own."""
        return profile_at(self.options.profile)

    @cached_property
    def catalogue(self) -> Mapping[str, Source]:
        """The sources that are known: those of the list, and those that the traveller has added."""
        known = catalogue.load(self.options.catalogue)
        if not self.profile.exists():
            return known
        with self.store() as store:
            return with_own(store, known)

    def store(self, *, create: bool = False) -> Store:
        """The profile's store. Without a profile: a fresh one (`create`), or an empty one that leaves nothing."""
        if self._key is None:
            if self.profile.exists():
                self._key = self._unlocked()
            elif create:
                self._key = self._made()
            else:
                return Store.in_memory()
        return Store.open(self.profile.database, self._key)

    def _made(self) -> bytes:
        """The key of a fresh profile, or of the one that another process made in the meantime."""
        passphrase = self._new_passphrase()
        try:
            return keys.create(self.profile, passphrase)
        except InputError:
            if not self.profile.exists():
                raise
            return keys.unlock(self.profile, passphrase)

    def learn_key(self) -> None:
        """Find the key now, before anything else is read from where it comes from."""
        self.store().close()

    def opener(self) -> Callable[[], Store]:
        """Opens the store again, for a thread of its own."""
        self.learn_key()
        return self.store

    def _given_passphrase(self) -> str | None:
        descriptor = self.options.passphrase_fd
        return None if descriptor is None else keys.read_passphrase(descriptor)

    def _unlocked(self) -> bytes:
        handed_down = getattr(self.options, "key_fd", None)
        if handed_down is not None:
            return keys.read_key(handed_down)
        passphrase = self._given_passphrase()
        if passphrase is None and keys.wants_passphrase(self.profile) and terminal():
            passphrase = getpass.getpass(tr("Passphrase: "))
        return keys.unlock(self.profile, passphrase)

    def _new_passphrase(self) -> str | None:
        passphrase = self._given_passphrase()
        if passphrase is not None or keys.keyring_is_there():
            return passphrase
        if not terminal():
            raise LockedError("no-keyring")
        chosen = getpass.getpass(tr("No keyring is there. Choose a passphrase: "))
        if getpass.getpass(tr("Once more: ")) != chosen:
            raise LockedError("wrong-passphrase")
        return chosen

    def give(self, shape: Mapping[str, object], lines: list[str]) -> None:
        """The answer: one JSON document, or lines for a person."""
        if self.options.json:
            sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")
        elif lines:
            sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()


def terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
