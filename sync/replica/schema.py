"""The replica's tables: what the desk published for this kiosk. It can be thrown away and fetched again at any time."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.replica")


@migrations()
def create_replica(db: Database) -> None:
    """Create rows and cursors. Documents are kept as they came; what a kind's documents say is read through views."""
    db.executescript(
        """
        CREATE TABLE row (
            scope TEXT NOT NULL,
            slot  INTEGER NOT NULL,    -- rows of the scope's present copy, or of the one that is being fetched anew
            kind  TEXT NOT NULL,
            id    TEXT NOT NULL,
            doc   TEXT NOT NULL,
            PRIMARY KEY (scope, slot, kind, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cursor (
            scope       TEXT PRIMARY KEY,
            slot        INTEGER NOT NULL,  -- which copy is shown
            seq         INTEGER NOT NULL,  -- everything up to here is applied
            digest      TEXT NOT NULL,
            live        INTEGER NOT NULL,
            fresh_slot  INTEGER,           -- the copy that is being fetched anew, and how far it is
            fresh_seq   INTEGER,
            fresh_floor INTEGER,           -- the desk's floor when that began
            fresh_head  INTEGER,           -- the desk's head when that began
            fresh_digest TEXT,
            fresh_live  INTEGER,
            checked_at  TEXT NOT NULL      -- the desk's time when the copy was last known to be equal
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE life (
            id          INTEGER PRIMARY KEY CHECK (id = 1),
            generation  INTEGER NOT NULL,  -- of the desk
            incarnation TEXT NOT NULL
        ) STRICT;
        CREATE VIEW shown AS
            SELECT row.scope, row.kind, row.id, row.doc FROM row JOIN cursor ON cursor.scope = row.scope AND cursor.slot = row.slot;
        """
    )
