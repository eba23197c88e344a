"""The schema, as steps that only append: one transaction a step, and no live code imported.

Times are RFC 3339 in UTC as text, so that they sort and a person can read them. What only travels whole
(blocks, actions, contacts) is one JSON column.
"""

import apsw

from core.errors import StorageError

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE source (
        id TEXT PRIMARY KEY, followed INTEGER NOT NULL DEFAULT 0, countries TEXT NOT NULL DEFAULT '[]',
        last_verified TEXT, last_attempt TEXT, attempting INTEGER NOT NULL DEFAULT 0, problem TEXT,
        failures INTEGER NOT NULL DEFAULT 0, next_check TEXT, etag TEXT, last_modified TEXT
    ) WITHOUT ROWID;
    CREATE TABLE trip (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, countries TEXT NOT NULL, starts TEXT, ends TEXT
    ) WITHOUT ROWID;
    CREATE TABLE advisory (
        id TEXT PRIMARY KEY, source TEXT NOT NULL, newest INTEGER NOT NULL, missing_since TEXT,
        seen INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX advisory_source ON advisory (source);
    CREATE TABLE revision (
        rowid INTEGER PRIMARY KEY, advisory_id TEXT NOT NULL REFERENCES advisory (id), number INTEGER NOT NULL,
        title TEXT NOT NULL, issuer TEXT NOT NULL, kind TEXT NOT NULL, countries TEXT NOT NULL,
        level_value INTEGER, issued TEXT, fetched TEXT, text TEXT NOT NULL, rest TEXT NOT NULL,
        UNIQUE (advisory_id, number)
    );
    CREATE VIRTUAL TABLE words USING fts5 (
        title, text, content='revision', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2'
    );
    CREATE TABLE checklist (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, advisory_id TEXT, started TEXT, archived TEXT,
        revision INTEGER NOT NULL DEFAULT 0, looked INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX checklist_follows ON checklist (advisory_id) WHERE advisory_id IS NOT NULL;
    CREATE TABLE item (
        id TEXT PRIMARY KEY, checklist TEXT NOT NULL REFERENCES checklist (id), position INTEGER NOT NULL,
        action_id TEXT, advisory_id TEXT, text TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'open', standing TEXT NOT NULL DEFAULT 'current', was TEXT, heading TEXT,
        condition TEXT, urgency TEXT NOT NULL DEFAULT 'unknown', response_type TEXT, done_at TEXT,
        note TEXT NOT NULL DEFAULT '', due TEXT, reminder TEXT, start INTEGER, end INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX item_checklist ON item (checklist, position);
    CREATE TABLE change (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, advisory_id TEXT NOT NULL, notice INTEGER NOT NULL,
        told_at TEXT, data TEXT NOT NULL
    );
    CREATE INDEX change_advisory ON change (advisory_id, at);
    CREATE INDEX change_untold ON change (id) WHERE notice AND told_at IS NULL;
    """,
    # Whose the validators are: a source whose address was changed starts without any.
    """
    ALTER TABLE source ADD COLUMN address TEXT;
    """,
    # When it last gave a whole answer: "not modified" is not believed for ever.
    """
    ALTER TABLE source ADD COLUMN whole_at TEXT;
    """,
    # Which advisory an issuer's message leads to, where that is not its own; and what was cancelled before it came.
    """
    CREATE TABLE dispatch (
        id TEXT PRIMARY KEY, advisory_id TEXT, cancelled_by TEXT, cancelled_at TEXT
    ) WITHOUT ROWID;
    CREATE INDEX dispatch_advisory ON dispatch (advisory_id) WHERE advisory_id IS NOT NULL;
    """,
    # The documents that an index names: what it says of each, and how each was last read.
    """
    CREATE TABLE document (
        source TEXT NOT NULL, address TEXT NOT NULL, countries TEXT NOT NULL, listed TEXT NOT NULL,
        changed TEXT, advisory_id TEXT, etag TEXT, last_modified TEXT, whole_at TEXT, problem TEXT,
        PRIMARY KEY (source, address)
    ) WITHOUT ROWID;
    CREATE INDEX document_advisory ON document (advisory_id) WHERE advisory_id IS NOT NULL;
    """,
    # Whether a reworded item now asks for something else.
    """
    ALTER TABLE item ADD COLUMN important INTEGER NOT NULL DEFAULT 0;
    """,
    # The names under which a source gives an advisory again; its own is the first.
    """
    CREATE TABLE renamed (id TEXT PRIMARY KEY, advisory_id TEXT NOT NULL) WITHOUT ROWID;
    """,
    # What the traveller did last, to be taken back; what she said of an item that is no longer listed ('kept',
    # 'hidden'); and which revision of an advisory she had read before she opened the newest.
    """
    CREATE TABLE act (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, data TEXT NOT NULL
    );
    ALTER TABLE item ADD COLUMN withdrawal TEXT;
    UPDATE item SET withdrawal = 'kept' WHERE standing = 'withdrawn' AND checklist IN
        (SELECT id FROM checklist WHERE looked = revision);
    ALTER TABLE advisory ADD COLUMN seen_before INTEGER NOT NULL DEFAULT 0;
    """,
    # When it was looked at by the clock that nobody sets, and how long its answers hold by its own word.
    """
    ALTER TABLE source ADD COLUMN steady_at REAL;
    ALTER TABLE source ADD COLUMN boot TEXT;
    ALTER TABLE source ADD COLUMN allowed_s INTEGER NOT NULL DEFAULT 0;
    """,
    # What was asked of the network, what it has cost by day, and the sources that have moved.
    """
    CREATE TABLE request (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, source TEXT NOT NULL, outcome TEXT NOT NULL,
        received INTEGER NOT NULL, milliseconds INTEGER NOT NULL
    );
    CREATE TABLE traffic (
        day TEXT PRIMARY KEY, requests INTEGER NOT NULL, received INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE move (
        source TEXT PRIMARY KEY, origin TEXT NOT NULL, target TEXT NOT NULL, since TEXT NOT NULL,
        days INTEGER NOT NULL, last TEXT NOT NULL, adopted TEXT
    ) WITHOUT ROWID;
    """,
    # The inbox: everything that was told or waits to be, with what became of it.
    """
    CREATE TABLE told (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, subject TEXT NOT NULL, change INTEGER UNIQUE,
        item TEXT, advisory_id TEXT, title TEXT NOT NULL, line TEXT NOT NULL, urgent INTEGER NOT NULL,
        weight TEXT NOT NULL, state TEXT NOT NULL, again TEXT, read INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX told_subject ON told (subject, at);
    """,
    # The sources that the traveller has added beside those of the list.
    """
    CREATE TABLE own_source (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, format TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # How often the traveller does an item again, in seconds.
    """
    ALTER TABLE item ADD COLUMN every INTEGER;
    """,
    # The name that the traveller gave a list, and what an action asks to be read or done: an advisory or another list.
    """
    ALTER TABLE checklist ADD COLUMN named TEXT;
    ALTER TABLE item ADD COLUMN refers_to TEXT;
    """,
    # The order by hand, within a list and over all lists; files attached to items, their bytes apart.
    """
    ALTER TABLE item ADD COLUMN place INTEGER;
    ALTER TABLE item ADD COLUMN todo_place INTEGER;
    CREATE TABLE attachment (
        id TEXT PRIMARY KEY, item TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, added TEXT NOT NULL,
        removed INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE TABLE attachment_data (id TEXT PRIMARY KEY, data BLOB NOT NULL);
    """,
    # What lists show of a revision, small enough to go through thousands while one types; and beginnings of words.
    """
    CREATE TABLE glance (
        rowid INTEGER PRIMARY KEY, advisory_id TEXT NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL,
        issuer TEXT NOT NULL, kind TEXT NOT NULL, countries TEXT NOT NULL, level_value INTEGER, level_words TEXT,
        issued TEXT, issued_is_date INTEGER NOT NULL, fetched TEXT, status TEXT NOT NULL, actions INTEGER NOT NULL,
        UNIQUE (advisory_id, number)
    );
    INSERT INTO glance SELECT rowid, advisory_id, number, title, issuer, kind, countries, level_value,
        json_extract(rest, '$.level[1]'), issued, coalesce(json_extract(rest, '$.issued_is_date'), 0), fetched,
        json_extract(rest, '$.status'), json_array_length(rest, '$.actions') FROM revision;
    DROP TABLE words;
    CREATE VIRTUAL TABLE words USING fts5 (
        title, text, content='revision', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2',
        prefix='1 2 3'
    );
    INSERT INTO words (words) VALUES ('rebuild');
    """,
    # Who comes along on a trip, and when it was put away.
    """
    ALTER TABLE trip ADD COLUMN companions TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE trip ADD COLUMN archived TEXT;
    """,
    # Who of those who travel together has done an item, as names; "" is the traveller.
    """
    ALTER TABLE item ADD COLUMN done_by TEXT NOT NULL DEFAULT '[]';
    """,
    # What is counted each time the window says how things stand, without going through whole rows.
    """
    CREATE INDEX item_counted ON item (checklist, standing, state);
    CREATE INDEX told_unread ON told (read) WHERE NOT read;
    CREATE INDEX advisory_unseen ON advisory (id, newest) WHERE seen < newest;
    CREATE INDEX glance_fetched ON glance (advisory_id, number, fetched);
    """,
    # Of lists that came in a file: what it says of where its words are from, and the texts that it quotes, with the ids
    # of those that came along.
    """
    CREATE TABLE origin (
        checklist TEXT PRIMARY KEY REFERENCES checklist (id), attribution TEXT NOT NULL, quoted TEXT NOT NULL,
        advisories TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # The due times that an issuer gave for an item, the present one last. What was given before this was kept is not
    # known; an item without a due time is taken for one that came without.
    """
    ALTER TABLE item ADD COLUMN given TEXT;
    WITH said AS MATERIALIZED (
        SELECT c.id AS list, a.value ->> '$[0]' AS action, a.value ->> '$[5]' AS due
        FROM checklist c JOIN revision r ON r.advisory_id = c.advisory_id AND r.number = c.revision,
            json_each(r.rest, '$.actions') a
        WHERE a.value ->> '$[5]' IS NOT NULL
    )
    UPDATE item SET given = iif(item.due IS NULL, json_array(NULL, said.due), json_array(said.due))
    FROM said WHERE said.list = item.checklist AND said.action = item.action_id;
    """,
    # The order of items and what is counted of them, without going through their words.
    """
    DROP INDEX IF EXISTS item_counted;
    DROP INDEX IF EXISTS item_checklist;
    CREATE INDEX item_ordered ON item (checklist, standing, state, place, position, todo_place, withdrawal);
    """,
    # Which changes came after what was looked at, without reading what they say.
    """
    CREATE INDEX change_after ON change (advisory_id, json_extract(data, '$.after'));
    """,
)


def migrate(connection: apsw.Connection) -> None:
    """Bring a database to the newest schema. StorageError: it is newer than this program knows."""
    version = _version(connection)
    if version > len(STEPS):
        raise StorageError("store-newer", found=version, known=len(STEPS))
    for number, step in enumerate(STEPS[version:], version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have taken this step while we waited for the lock.
            if _version(connection) < number:
                connection.execute(step)
                connection.execute(f"PRAGMA user_version={number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _version(connection: apsw.Connection) -> int:
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0]) if row else 0
