"""The encrypted database: opening it, its transactions, and its errors turned into ours.

SQLite3 Multiple Ciphers with ChaCha20-Poly1305 pages: each page carries a MAC, so that a changed byte is
noticed and never read as truth. WAL with `synchronous=FULL`: when a transaction has returned, it is on the
disk. This room knows no tables; those are in its neighbours.
"""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import apsw

from core.errors import BusyError, DamagedError, LockedError, StorageError
from core.paths import made_mark
from core.store import migrations

# Who waits no longer than this holds up a window.
_SHORT_MS = 100
SCHEMA = len(migrations.STEPS)
Value = str | bytes | int | float | None
Row = tuple[Value, ...]


class Store:
    """One connection to a profile's database. Use it on one thread; open another for another thread."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._depth = 0

    @classmethod
    def open(cls, path: Path, key: bytes, *, busy_ms: int = 10_000) -> "Store":
        """Open or make the database at `path` under a 32-byte data key; wait at most `busy_ms` for other writers.

        LockedError: the key is not this database's. DamagedError: its bytes are not what was written.
        StorageError: a newer program made it, or the disk refuses. DamagedError also: it was here and is gone.
        """
        if len(key) != 32:
            raise LockedError("wrong-key")
        made = made_mark(path)
        if not path.exists():
            if made.exists():
                raise DamagedError("store-gone")
            _make(path, key)
        try:
            store = cls(_ready(path, key, busy_ms, is_shared=True))
        except (BusyError, DamagedError):
            raise
        except StorageError as error:
            if error.message.id not in {"disk-full", "disk-error", "store-unopenable"}:
                raise
            # The log's index that processes share needs room on the disk; on a full one what was saved can still be
            # read by a process alone.
            try:
                return cls(_ready(path, key, busy_ms, is_shared=False))
            except StorageError:
                raise error from None
        if not made.exists():
            with suppress(OSError):  # the next opening tries again
                made.touch(0o600)
        return store

    @classmethod
    def in_memory(cls) -> "Store":
        """An empty store that leaves nothing behind: what commands read where there is no profile yet."""
        connection = apsw.Connection(":memory:")
        connection.execute("PRAGMA foreign_keys=ON")
        migrations.migrate(connection)
        return cls(connection)

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def rows(self, statement: str, *values: Value) -> list[Row]:
        """All rows of a statement."""
        with _OURS:
            return self._connection.execute(statement, values).fetchall()

    def each(self, statement: str, *values: Value) -> Iterator[Row]:
        """The rows of a statement one by one, so that many are never held at once."""
        with _OURS:
            yield from self._connection.execute(statement, values)

    def row(self, statement: str, *values: Value) -> Row | None:
        """The first row, or None."""
        found = self.rows(statement, *values)
        return found[0] if found else None

    def write(self, statement: str, *values: Value) -> None:
        """One statement that changes something; inside `transaction` only."""
        if not self._depth:
            raise AssertionError("a write outside a transaction")
        with _OURS:
            self._connection.execute(statement, values)

    def keep_read(self, kib: int) -> None:
        """Keep up to so much of what is read from now on decrypted; 2,000 where nothing is said."""
        with _OURS:
            self._connection.execute(f"PRAGMA cache_size=-{kib}")

    def foreign_version(self) -> int:
        """A number that another connection's commit changes, and none of this one's."""
        row = self.row("PRAGMA data_version")
        return int(str(row[0])) if row else 0

    def own_version(self) -> int:
        """A number that this connection's writes change, and no other's."""
        return self._connection.total_changes()

    def change_count(self) -> int:
        """Rows changed by the last statement."""
        return self._connection.changes()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on the disk when it ends. BusyError when another writer holds the store too long."""
        if self._depth:
            raise AssertionError("transactions do not nest")
        with _OURS:
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            with _OURS:
                self._connection.execute("COMMIT")
        except BaseException:
            # A disk that refuses may have rolled it back already, or refuse this as well: then closing does it.
            with suppress(apsw.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0


def _connected(path: Path, key: bytes, busy_ms: int) -> apsw.Connection:
    with _OURS:
        connection = apsw.Connection(str(path))
    try:
        with _OURS:
            connection.execute("PRAGMA cipher='chacha20'")
            connection.execute(f'PRAGMA key="raw:{key.hex()}"')
            if busy_ms < _SHORT_MS:
                connection.set_busy_handler(_every_millisecond(busy_ms))
            else:
                connection.set_busy_timeout(busy_ms)
    except BaseException:
        connection.close()
        raise
    return connection


def _every_millisecond(busy_ms: int) -> Callable[[int], bool]:
    """Tries for the lock each millisecond: SQLite's own waiting tries ever more seldom, and misses short gaps."""
    began = 0.0

    def wait(tries: int) -> bool:
        nonlocal began
        if not tries:
            began = time.monotonic()
        if (time.monotonic() - began) * 1000 >= busy_ms:
            return False
        time.sleep(0.001)
        return True

    return wait


def _ready(path: Path, key: bytes, busy_ms: int, *, is_shared: bool) -> apsw.Connection:
    """A connection to a database that is there, looked at, set up and brought to the newest schema."""
    connection = _connected(path, key, busy_ms)
    try:
        with _OURS:
            if not is_shared:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            _first_read(connection)
            connection.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF")
            migrations.migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path, key: bytes) -> None:
    """Make the database under another name and give it its own when it is whole.

    So a file of that name always holds a schema, and one that is empty was cut. Who comes second keeps the first.
    """
    fresh = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
    try:
        try:
            os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            connection = _connected(fresh, key, 0)
            try:
                with _OURS:
                    migrations.migrate(connection)
            finally:
                connection.close()
            _publish(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise disk_refused(error) from error


def _publish(fresh: Path, path: Path) -> None:
    """Give the file its name, unless another process was quicker."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            fresh.rename(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _first_read(connection: apsw.Connection) -> None:
    """The first page tells whether the key fits; SQLite compares its count of pages with the file's length.

    DamagedError: there is no schema, so the file was cut to nothing; it was made with one.
    """
    try:
        found = connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.NotADBError as error:
        raise LockedError("wrong-key") from error
    if found[0][0] == 0:
        raise DamagedError("store-damaged")


def disk_refused(error: OSError) -> StorageError:
    """What the operating system said of a disk, as one of ours."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageError("disk-full")
    return StorageError("disk-error", detail=type(error).__name__)


class _Ours:
    """SQLite's errors as our own families. Every statement of every text that is kept goes through it."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, apsw.Error) and (ours := _as_ours(error)) is not None:
            raise ours from error


def _as_ours(error: apsw.Error) -> Exception | None:
    if isinstance(error, apsw.NoMemError):
        return MemoryError()
    if isinstance(error, apsw.BusyError):
        return BusyError("store-busy")
    if isinstance(error, (apsw.CorruptError, apsw.NotADBError)):
        return DamagedError("store-damaged")
    if isinstance(error, apsw.FullError):
        return StorageError("disk-full")
    if isinstance(error, apsw.CantOpenError):
        return StorageError("store-unopenable", detail=type(error).__name__)
    if isinstance(error, (apsw.IOError, apsw.ReadOnlyError, apsw.PermissionsError)):
        return StorageError("disk-error", detail=type(error).__name__)
    return None


_OURS = _Ours()
