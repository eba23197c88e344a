"""What opening a profile comes to. It runs on a thread: keyring, disk and the imports that the first paint must not
wait for are all met here, not on the window's thread.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.model import Source
from core.paths import Profile

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.pages.first_start import Answers


@dataclass(frozen=True, slots=True)
class Ready:
    """The profile is open."""

    desk: "Desk"


@dataclass(frozen=True, slots=True)
class Locked:
    """Its passphrase is wanted."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """There is no profile yet; these sources can be followed."""

    sources: Sequence[Source]


@dataclass(frozen=True, slots=True)
class Way:
    """How to the profile: where it is, which list of sources, and what opens it where the caller knows."""

    profile: Profile
    catalogue_file: str | None
    key: bytes | None = None
    passphrase_fd: int | None = None


def open_profile(way: Way, passphrase: str | None) -> Ready | Locked | Fresh:
    """Find the key and open the profile. LockedError, StorageError: it stays closed."""
    from core import catalogue, keys

    sources = catalogue.load(way.catalogue_file)
    if way.key is None and not way.profile.exists():
        importlib.import_module("ui.pages.first_start")
        return Fresh([source for source in sources.values() if catalogue.is_readable(source)])
    if way.key is None and passphrase is None and keys.wants_passphrase(way.profile):
        if way.passphrase_fd is None:
            importlib.import_module("ui.pages.unlock")
            return Locked()
        passphrase = keys.read_passphrase(way.passphrase_fd)
    importlib.import_module("ui.workbench")
    from ui.desk import Desk

    key = way.key or keys.unlock(way.profile, passphrase)
    return Ready(Desk(way.profile, key, sources, way.catalogue_file))


def make_profile(way: Way, answers: "Answers") -> Ready:
    """Make the profile that the first start described, and open it. A second try goes on where the first stopped."""
    from core import catalogue, keys

    importlib.import_module("ui.workbench")
    from ui.desk import Desk

    sources = catalogue.load(way.catalogue_file)
    if way.profile.exists():
        key = keys.unlock(way.profile, answers.passphrase)
    else:
        key = keys.create(way.profile, answers.passphrase)
    desk = Desk(way.profile, key, sources, way.catalogue_file)
    desk.begin(answers.choices)
    return Ready(desk)
