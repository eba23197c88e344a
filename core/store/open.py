"""The encrypted database: opening it, its transactions, and its errors turned into ours.

SQLite3 Multiple Ciphers with ChaCha20-Poly1305 pages: each page carries a MAC, so that a changed byte is
noticed and never read as truth. WAL with `synchronous=FULL`: when a transaction has returned, it is on the
disk. This room knows no tables; those are in its neighbours.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import apsw

from core.errors import BusyError, DamagedError, LockedError, StorageError
from core.store import migrations

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
        StorageError: a newer program made it, or the disk refuses.
        """
        if len(key) != 32:
            raise LockedError("wrong-key")
        fresh = not path.exists()
        if fresh:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with _ours():
            connection = apsw.Connection(str(path))
        try:
            with _ours():
                connection.execute("PRAGMA cipher='chacha20'")
                connection.execute(f'PRAGMA key="raw:{key.hex()}"')
                connection.set_busy_timeout(busy_ms)
                _first_read(connection)
                connection.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON")
                connection.execute("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF")
                migrations.migrate(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

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
        with _ours():
            return [tuple(row) for row in self._connection.execute(statement, values)]

    def row(self, statement: str, *values: Value) -> Row | None:
        """The first row, or None."""
        found = self.rows(statement, *values)
        return found[0] if found else None

    def write(self, statement: str, *values: Value) -> None:
        """One statement that changes something; inside `transaction` only."""
        if not self._depth:
            raise AssertionError("a write outside a transaction")
        with _ours():
            self._connection.execute(statement, values)

    def change_count(self) -> int:
        """Rows changed by the last statement."""
        return self._connection.changes()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on the disk when it ends. BusyError when another writer holds the store too long."""
        if self._depth:
            raise AssertionError("transactions do not nest")
        with _ours():
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            with _ours():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0


def _first_read(connection: apsw.Connection) -> None:
    """The first page tells whether the key fits; a file that is not whole pages was cut."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.NotADBError as error:
        raise LockedError("wrong-key") from error


@contextmanager
def _ours() -> Iterator[None]:
    """SQLite's errors as our own families."""
    try:
        yield
    except apsw.BusyError as error:
        raise BusyError("store-busy") from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise DamagedError("store-damaged") from error
    except apsw.FullError as error:
        raise StorageError("disk-full") from error
    except (apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError) as error:
        raise StorageError("disk-error", detail=type(error).__name__) from error
