"""The feed's tables: which keys changed, what is published where, and how each scope stands."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.feed")


@migrations()
def create_feed(db: Database) -> None:
    """Create the marks of changed keys, the published rows, and the state of each scope."""
    db.executescript(
        """
        CREATE TABLE dirty (
            source TEXT NOT NULL,      -- which projection
            key    TEXT NOT NULL,      -- of which thing
            PRIMARY KEY (source, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pub (
            scope  TEXT NOT NULL,      -- 'pub', 'kiosk:K1', 'res:<tag>'
            kind   TEXT NOT NULL,      -- 'notice@1'
            id     TEXT NOT NULL,
            seq    INTEGER NOT NULL,   -- one sequence for the whole desk; a row has the one of its last change
            doc    TEXT,               -- JSON as it was hashed; NULL: withdrawn
            source TEXT NOT NULL,
            key    TEXT NOT NULL,
            PRIMARY KEY (scope, kind, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pub_after ON pub (scope, seq);                        -- what a kiosk has not seen
        CREATE INDEX pub_source ON pub (source, key) WHERE doc IS NOT NULL;  -- what a key had published before
        CREATE INDEX pub_withdrawn ON pub (scope, seq) WHERE doc IS NULL;  -- what can be forgotten
        CREATE TABLE scope_state (
            scope  TEXT PRIMARY KEY,
            head   INTEGER NOT NULL,   -- sequence of the newest change
            digest TEXT NOT NULL,      -- sum of the hashes of its rows, 32 hexadecimal digits
            live   INTEGER NOT NULL,   -- how many rows are not withdrawn
            floor  INTEGER NOT NULL    -- withdrawn rows up to here were forgotten
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE feed_counter (
            id      INTEGER PRIMARY KEY CHECK (id = 1),
            seq     INTEGER NOT NULL,
            watched TEXT NOT NULL      -- which triggers stand: other ones mean that the feed is built anew
        ) STRICT;
        INSERT INTO feed_counter VALUES (1, 0, '');
        """
    )
