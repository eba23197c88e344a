"""Where things lie: the program's own resources, and a profile's folder and files.

A profile is one folder, readable by its owner alone (0700, files 0600). This room makes folders; it opens
no file in them.
"""

import os
import sys
from pathlib import Path
from typing import NamedTuple

from core.errors import StorageError

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
APPLICATION_ID = "org.safeconduct.SafeConduct"


class Profile(NamedTuple):
    """One traveller's folder: everything the app keeps lives in it."""

    folder: Path

    @property
    def identity(self) -> Path:
        """Its random id and how its key is kept; holds nothing secret."""
        return self.folder / "profile.json"

    @property
    def wrapped_key(self) -> Path:
        """The data key under a passphrase, where there is one."""
        return self.folder / "key.json"

    @property
    def tries(self) -> Path:
        """How many wrong passphrases were tried since the last right one; not there when none was."""
        return self.folder / "key.tries"

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / "safeconduct.db"

    @property
    def check_lock(self) -> Path:
        """Held by the one checker."""
        return self.folder / "check.lock"

    @property
    def watch_lock(self) -> Path:
        """Held by the one `watch`."""
        return self.folder / "watch.lock"

    @property
    def tell_lock(self) -> Path:
        """Held by the one who tells the desktop."""
        return self.folder / "tell.lock"

    def files(self) -> list[Path]:
        """Every file that a profile may have, the key's first; nothing else in the folder is ours."""
        ends = ("", "-wal", "-shm", "-journal")
        database = [self.database.with_name(self.database.name + end) for end in ends] + [made_mark(self.database)]
        # What a writer that was killed left behind: see `write_whole`, and the making of the database.
        fresh = [
            file
            for whole in (self.wrapped_key, self.identity, self.tries, self.database)
            for file in sorted(self.folder.glob(f"{whole.name}.*.new*"))
        ]
        return [
            self.wrapped_key,
            *fresh,
            self.tries,
            *database,
            self.check_lock,
            self.watch_lock,
            self.tell_lock,
            self.identity,
        ]

    def is_ours(self) -> bool:
        """Whether anything of a profile is here, however damaged."""
        return any(file.exists() for file in self.files())

    def exists(self) -> bool:
        """Whether a profile was made here.

        StorageError: it was, and its identity file is gone; a profile made over it would cost the key of what is left.
        """
        if self.identity.is_file():
            return True
        if self.database.exists() or made_mark(self.database).exists():
            raise StorageError("profile-in-parts")
        return False


def made_mark(database: Path) -> Path:
    """The file that says that there was a database: one that is lost is not taken for one that was never made."""
    return database.with_name(f"{database.name}.made")


def profile_at(folder: str | None) -> Profile:
    """The profile in `folder`, or in the platform's own place for a user's data. Nothing is made."""
    if folder is not None:
        return Profile(Path(os.path.abspath(folder)))  # noqa: PTH100  # Path.resolve would follow a link to elsewhere
    import platformdirs  # only where no folder is named: 15 ms

    return Profile(Path(platformdirs.user_data_dir("safeconduct", appauthor=False, roaming=False)))


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone; a folder that is there is closed to others."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o700)


def write_over(path: Path) -> None:
    """Overwrite a small file with noise, on the disk when this returns."""
    with path.open("r+b") as file:
        file.write(os.urandom(max(1, path.stat().st_size)))
        file.flush()
        os.fsync(file.fileno())


def write_whole(path: Path, data: bytes) -> None:
    """Replace a small file by `data` (0600), all or nothing, on the disk when this returns."""
    # A name of its own for each writer: two that shared one would rename each other's half-written file.
    fresh = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        if os.name == "posix":
            held = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(held)
            finally:
                os.close(held)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def own_command() -> list[str]:
    """The program and arguments that run this very program again, for a command or to find a key."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-X", "utf8", str(Path(__file__).resolve().parent.parent / "main.py")]
