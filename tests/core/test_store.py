"""The encrypted database: its schema, its transactions, and its silence on the disk. Damage is next door."""

import os
import random
import shutil
import stat
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import apsw
import pytest

from core import intake, saving
from core.errors import BusyError, DamagedError, LockedError, StorageError
from core.model import Source, State
from core.paths import Profile
from core.store import checklists, migrations, reviewing, search, sources
from core.store.open import Store
from tests import profiles
from tests.profiles import Made
from tests.texts import ALERT_1, ALERT_2, Alert, embassy_feed

NOW = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
CANARIES = ("Zanzicanary", "Baghdadcanary", "notecanary", "tripcanary", "settingcanary", "etagcanary")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The scene's profile."""
    return profiles.scene(tmp_path / "profile")


def bare(path: Path, key: bytes) -> apsw.Connection:
    """A connection past our own room."""
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA cipher='chacha20'")
    connection.execute(f'PRAGMA key="raw:{key.hex()}"')
    return connection


def schema(connection: apsw.Connection) -> list[tuple[object, ...]]:
    """Every table with its columns, and every index with its statement."""
    found: list[tuple[object, ...]] = []
    for kind, name, statement in connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name"):
        columns = list(connection.execute("SELECT * FROM pragma_table_xinfo(?)", (name,)))
        found.append((kind, name, None if kind == "table" else statement, *columns))
    return found


def migrated_in_steps(path: Path, key: bytes) -> apsw.Connection:
    """What a profile looks like that began with the first version and lived through all of them."""
    connection = bare(path, key)
    for number, step in enumerate(migrations.STEPS, 1):
        connection.execute(f"BEGIN; {step}; PRAGMA user_version={number}; COMMIT")
    return connection


def test_a_fresh_schema_is_the_migrated_one(tmp_path: Path) -> None:
    key = bytes(range(32))
    Store.open(tmp_path / "fresh.db", key).close()
    fresh, old = bare(tmp_path / "fresh.db", key), migrated_in_steps(tmp_path / "old.db", key)
    assert schema(fresh) == schema(old)
    assert fresh.pragma("user_version") == old.pragma("user_version") == len(migrations.STEPS)
    fresh.close()
    old.close()


def test_what_was_gone_and_looked_at_before_reviews_were_is_not_asked_about(tmp_path: Path) -> None:
    key = bytes(range(32))
    connection = bare(tmp_path / "old.db", key)
    for step in migrations.STEPS[:7]:
        connection.execute(step)
    connection.execute("PRAGMA user_version=7")
    for name, looked in (("read", 2), ("unread", 1)):
        connection.execute(
            "INSERT INTO checklist (id, title, kind, revision, looked) VALUES (?, 'List', 'follows', 2, ?)",
            (name, looked),
        )
        connection.execute(
            "INSERT INTO item (id, checklist, position, text, standing) VALUES (?, ?, 0, 'Go.', 'withdrawn')",
            (f"item-{name}", name),
        )
    connection.close()
    with Store.open(tmp_path / "old.db", key) as store:
        assert reviewing.waiting(store, "read") == []
        assert [one.id for one in reviewing.waiting(store, "unread")] == ["item-unread"]
        assert [one.id for one in checklists.items(store, "read")] == ["item-read"]


def test_an_older_profile_is_brought_up_with_all_it_holds(tmp_path: Path) -> None:
    key = bytes(range(32))
    path = tmp_path / "old.db"
    connection = bare(path, key)
    connection.execute(f"BEGIN; {migrations.STEPS[0]}; PRAGMA user_version=1; COMMIT")
    connection.execute("INSERT INTO source (id, followed, etag) VALUES ('embassy', 1, 'held')")
    connection.close()
    with Store.open(path, key) as store:
        record = sources.records(store)["embassy"]
        assert (record.followed, record.etag, record.address) == (True, "held", None)
        assert store.row("PRAGMA user_version") == (len(migrations.STEPS),)


def test_a_newer_profile_is_refused_and_not_touched(made: Made) -> None:
    connection = bare(made.profile.database, made.key)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    before = made.profile.database.read_bytes()
    with pytest.raises(StorageError) as caught:
        made.store()
    assert caught.value.message.id == "store-newer"
    assert made.profile.database.read_bytes() == before
    done = profiles.run(made.profile, "todo")
    assert done.returncode == 1
    assert "newer version" in done.stderr and len(done.stderr.splitlines()) == 1


def test_an_interrupted_migration_is_done_again(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that fails in its middle leaves the version before, whole; the next start does it."""
    broken = (
        *migrations.STEPS,
        "CREATE TABLE half (id INTEGER); INSERT INTO item (id) VALUES ('no'); SELECT no_such()",
    )
    monkeypatch.setattr(migrations, "STEPS", broken)
    with pytest.raises((apsw.Error, StorageError)):
        made.store()
    connection = bare(made.profile.database, made.key)
    assert connection.pragma("user_version") == len(broken) - 1
    assert list(connection.execute("SELECT name FROM sqlite_schema WHERE name = 'half'")) == []
    connection.close()
    monkeypatch.setattr(migrations, "STEPS", (*broken[:-1], "CREATE TABLE half (id INTEGER)"))
    with made.store() as store:
        assert store.row("PRAGMA user_version") == (len(broken),)
        assert len(checklists.items(store)) == len(made.items)


def test_two_that_migrate_at_once_do_it_once(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, "CREATE TABLE once (id INTEGER)"))
    faults: list[Exception] = []

    def opened() -> None:
        try:
            made.store().close()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_two_that_make_a_database_at_once_make_one(tmp_path: Path) -> None:
    path, key = tmp_path / "safeconduct.db", bytes(range(32))
    for _ in range(5):
        faults: list[Exception] = []
        start = threading.Barrier(4)

        def opened(number: int, start: threading.Barrier = start, faults: list[Exception] = faults) -> None:
            try:
                start.wait()
                with Store.open(path, key) as store:
                    sources.set_setting(store, f"n{number}", "yes")
            except Exception as error:
                faults.append(error)

        threads = [threading.Thread(target=opened, args=[number]) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        with Store.open(path, key) as store:
            assert [sources.setting(store, f"n{number}", "no") for number in range(4)] == ["yes"] * 4
        made = path.with_name(f"{path.name}.made")
        assert sorted(tmp_path.iterdir()) == [path, made]
        path.unlink()
        made.unlink()


def test_a_database_that_is_gone_is_not_made_anew(made: Made) -> None:
    """Its loss would look like a profile that was never used: nothing followed, nothing to do."""
    aside = made.profile.database.with_name("aside")
    Store.open(made.profile.database, made.key).close()
    made.profile.database.rename(aside)
    for _ in range(2):
        with pytest.raises(DamagedError) as caught:
            Store.open(made.profile.database, made.key)
        assert caught.value.message.id == "store-gone"
        assert not made.profile.database.exists()
    aside.rename(made.profile.database)
    with Store.open(made.profile.database, made.key) as store:
        assert checklists.items(store, None)


@pytest.mark.parametrize("key", [bytes(32), b"short", b""])
def test_another_key_opens_nothing_and_changes_nothing(made: Made, key: bytes) -> None:
    before = made.profile.database.read_bytes()
    with pytest.raises(LockedError) as caught:
        Store.open(made.profile.database, key)
    assert caught.value.message.id == "wrong-key"
    assert made.profile.database.read_bytes() == before


def test_a_file_that_is_no_database_is_locked_or_damaged(tmp_path: Path) -> None:
    for content in (b"", b"x", bytes(4096), b"SQLite format 3\x00" + bytes(8176), random.randbytes(8192)):
        path = tmp_path / "some.db"
        path.write_bytes(content)
        with pytest.raises((LockedError, DamagedError)):
            Store.open(path, bytes(range(32)))
        assert path.read_bytes() == content
        path.unlink()


def test_a_transaction_is_all_or_nothing(made: Made) -> None:
    with made.store() as store:
        with pytest.raises(RuntimeError), store.transaction():
            store.write("UPDATE item SET state = 'done'")
            raise RuntimeError
        assert {item.state for item in checklists.items(store)} == {State.OPEN}
        with pytest.raises(apsw.ConstraintError), store.transaction():
            store.write("UPDATE item SET state = 'done'")
            store.write("INSERT INTO item (id) VALUES ('half')")
        assert {item.state for item in checklists.items(store)} == {State.OPEN}
        with pytest.raises(AssertionError, match="outside"):
            store.write("UPDATE item SET state = 'done'")
        with pytest.raises(AssertionError, match="nest"), store.transaction(), store.transaction():
            pass
        with store.transaction():
            store.write("UPDATE item SET state = 'done'")
        assert {item.state for item in checklists.items(store)} == {State.DONE}


def test_several_ticks_are_all_or_none(made: Made) -> None:
    with made.store() as store:
        with pytest.raises(Exception, match="unknown-item"):
            checklists.set_state(store, [made.items[0], "nobody"], State.DONE, NOW)
        assert {item.state for item in checklists.items(store)} == {State.OPEN}


def test_who_cannot_wait_is_told_so_at_once(made: Made) -> None:
    """The window waits for 30 ms and tries again by a timer; readers never wait."""
    with made.store() as writer, Store.open(made.profile.database, made.key, busy_ms=30) as window:
        with writer.transaction():
            writer.write("UPDATE item SET note = 'by the checker'")
            began = time.monotonic()
            with pytest.raises(BusyError):
                checklists.set_state(window, [made.items[0]], State.DONE, NOW)
            assert 0.02 < time.monotonic() - began < 1
            assert {item.note for item in checklists.items(window)} == {""}
        checklists.set_state(window, [made.items[0]], State.DONE, NOW)
        items = {item.id: item for item in checklists.items(window)}
    assert (items[made.items[0]].state, items[made.items[0]].note) == (State.DONE, "by the checker")


def full_of_canaries(folder: Path) -> Made:
    """Every kind of word that a profile can hold, written, changed and deleted."""
    first, last, note, trip, setting, etag = CANARIES
    alert = Alert(first, f"https://{first}.example.org/", ALERT_1.html.replace("Baghdad", last), ALERT_1.pub_date)
    source = Source("embassy", first, first, "http://127.0.0.1:1/", from_user=True)
    made = profiles.scene(folder, embassy_feed([alert]), source)
    with made.store() as store:
        checklists.set_note(store, made.items[0], note)
        with store.transaction():
            sources.add_trip(store, trip, ["IQ"], date(2026, 3, 1), None)
        sources.set_setting(store, "place", setting)
        sources.succeed(
            store, "embassy", NOW, next_check=NOW, address=f"https://{first}/", etag=etag, last_modified=None
        )
        second = intake.take(embassy_feed([ALERT_2._replace(title=first, link=alert.link)]), source, NOW).revisions[0]
        saving.save_revision(store, second, sources.trips(store), NOW, first_look=False)
        checklists.set_note(store, made.items[0], "")
    return made


def test_no_word_of_a_profile_stands_on_the_disk(tmp_path: Path) -> None:
    """While it is open (write-ahead log and its index) and when it is closed; as text of any width, and the key."""
    made = full_of_canaries(tmp_path / "profile")
    with made.store() as store:
        checklists.set_note(store, made.items[1], CANARIES[2])
        assert search.search(store, CANARIES[0])
        open_files = {file.name: file.read_bytes() for file in made.profile.folder.iterdir()}
        if os.name == "posix":
            modes = {stat.S_IMODE(file.stat().st_mode) for file in made.profile.folder.iterdir()}
            assert modes == {0o600}
            assert stat.S_IMODE(made.profile.folder.stat().st_mode) == 0o700
    assert {"safeconduct.db", "safeconduct.db-wal", "safeconduct.db-shm"} <= set(open_files)
    closed_files = {file.name: file.read_bytes() for file in made.profile.folder.iterdir()}
    looked_for = [
        *CANARIES,
        "embassy",
        "CREATE TABLE",
        "SQLite format",
        "advisory",
        profiles.PASSPHRASE,
        made.key.hex(),
    ]
    needles = [word.encode(code) for word in looked_for for code in ("utf-8", "utf-16-le", "utf-16-be")]
    needles += [made.key, *(word.lower().encode() for word in looked_for)]
    for name, content in (*open_files.items(), *closed_files.items()):
        assert [needle for needle in needles if needle in content] == [], name


@pytest.mark.skipif(os.name != "posix", reason="modes as Unix has them")
def test_files_are_the_owners_alone_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = profiles.scene(tmp_path / "deep" / "profile")
        with made.store() as store, store.transaction():
            store.write("UPDATE item SET note = 'x'")
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in made.profile.folder.iterdir()}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(made.profile.folder.stat().st_mode) == 0o700


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no program to limit what another may write")
def test_on_a_full_disk_everything_can_be_read_and_nothing_is_said_to_be_saved(made: Made) -> None:
    """No file may grow by a byte: advice, list and search are there, a tick is refused with its reason."""
    full = ("prlimit", "--fsize=0")
    before = profiles.answer(profiles.run(made.profile, "todo", "--all", "--json"))
    for words in (("todo", "--all", "--json"), ("advisories", "--json"), ("search", "embassy", "--json")):
        done = profiles.run(made.profile, *words, under=full)
        assert (done.returncode, done.stderr) == (0, ""), words
        assert done.stdout == profiles.run(made.profile, *words).stdout
    done = profiles.run(made.profile, "tick", made.items[0], under=full)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1 and "not saved" in done.stderr
    assert profiles.answer(profiles.run(made.profile, "todo", "--all", "--json")) == before
    assert profiles.run(made.profile, "tick", made.items[0]).returncode == 0


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no program to limit what another may write")
def test_on_a_full_disk_the_log_of_a_killed_program_counts(made: Made) -> None:
    """What a killed program had acknowledged stands in its log alone: it must be read there, room or no room."""
    with made.store() as store, made.store() as other:
        checklists.set_state(store, [made.items[2]], State.DONE, NOW)
        copy = made.profile.folder.with_name("copy")
        shutil.copytree(made.profile.folder, copy, ignore=shutil.ignore_patterns("*-shm"))
        assert checklists.items(other)
    assert (copy / "safeconduct.db-wal").stat().st_size > 0
    done = profiles.run(Profile(copy), "todo", "--all", "--json", under=("prlimit", "--fsize=0"))
    assert done.returncode == 0, done.stderr
    states = {item["id"]: item["state"] for item in profiles.answer(done)["items"]}
    assert [name for name, state in states.items() if state == "done"] == [made.items[2]]
