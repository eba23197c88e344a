"""What opening a profile comes to. It runs on a thread: keyring, disk and the imports that the first paint must not
wait for are all met here, not on the window's thread.
"""

import importlib
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from core.model import Source
from core.paths import Profile

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.front import Kept
    from ui.pages.first_start import Answers


class Ready(NamedTuple):
    """The profile is open, and the list to begin with is read."""

    desk: "Desk"
    first: "Kept"


class Locked:
    """Its passphrase is wanted."""


class Fresh(NamedTuple):
    """There is no profile yet; these sources can be followed."""

    sources: Sequence[Source]


class Way(NamedTuple):
    """How to the profile: where it is, which list of sources, and what opens it where the caller knows.

    `at_login`: nobody has asked for the window; with a tray it stays out of sight. `stays`: closing it may leave the
    program looking on.
    """

    profile: Profile
    catalogue_file: str | None
    key: bytes | None = None
    passphrase_fd: int | None = None
    at_login: bool = False
    stays: bool = True


class EarlyKey:
    """The key, looked for from the very start by a process of its own: keyring, Argon2id and the imports they need
    take half as long as Qt itself, and on two cores they are had together.
    """

    def __init__(self, way: Way) -> None:
        self._found: bytes | None = None
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._find, args=(way,), name="early-key", daemon=True)
        self._thread.start()

    def _find(self, way: Way) -> None:
        try:
            self._found = _key(way, None)
        except Exception as error:  # handed over whole to whoever asks
            self._fault = error

    def get(self) -> bytes | None:
        """The key; None where the traveller has to be asked, or there is no profile yet. Raises what finding raised."""
        self._thread.join()
        if self._fault is not None:
            raise self._fault
        return self._found


def _key(way: Way, passphrase: str | None) -> bytes | None:
    from core import key_apart, keys

    if way.key is not None or not way.profile.exists():
        return way.key
    if passphrase is None and keys.wants_passphrase(way.profile):
        if way.passphrase_fd is None:
            return None
        passphrase = keys.read_passphrase(way.passphrase_fd)
    return key_apart.unlock(way.profile, passphrase)


def open_profile(way: Way, passphrase: str | None, early: EarlyKey | None = None) -> Ready | Locked | Fresh:
    """Find the key and open the profile. LockedError, StorageError: it stays closed."""
    from ui.desk import Desk
    from ui.front import read_first

    key = early.get() if early is not None else _key(way, passphrase)
    if key is not None:
        desk = Desk(way.profile, key, None, way.catalogue_file)
        return Ready(desk, read_first(desk))
    if way.profile.exists():
        importlib.import_module("ui.pages.unlock")
        return Locked()
    importlib.import_module("ui.pages.first_start")
    from core import catalogue

    sources = catalogue.load(way.catalogue_file)
    return Fresh([source for source in sources.values() if catalogue.is_readable(source)])


def make_profile(way: Way, answers: "Answers") -> Ready:
    """Make the profile that the first start described, and open it. A second try goes on where the first stopped."""
    from core import catalogue, key_apart, keys
    from ui.desk import Desk
    from ui.front import read_first

    sources = catalogue.load(way.catalogue_file)
    if way.profile.exists():
        key = key_apart.unlock(way.profile, answers.passphrase)
    else:
        key = keys.create(way.profile, answers.passphrase)
    desk = Desk(way.profile, key, sources, way.catalogue_file)
    desk.begin(answers.choices)
    return Ready(desk, read_first(desk))


def load_rest(desk: "Desk") -> None:
    """What the window needs besides the list that is painted first. InputError: the list of sources is unusable."""
    importlib.import_module("ui.workbench")
    desk.load_catalogue()
    other = desk.another()
    try:
        other.every_list()  # what changed beside items takes long to find for hundreds of lists
    finally:
        other.close()
