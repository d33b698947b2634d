"""The search box's tables: bigram full text, and plain keys (room, phone tail, pinyin initials, number)."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.search")


@migrations()
def create_search(db: Database) -> None:
    """Create one entry per findable thing, its text as bigrams, and its exact-prefix keys."""
    db.executescript(
        """
        CREATE TABLE search_entry (
            id      INTEGER PRIMARY KEY,
            object  TEXT NOT NULL UNIQUE,
            kind    TEXT NOT NULL,       -- 'work_order', 'unit', 'person', 'message'
            title   TEXT NOT NULL,
            detail  TEXT NOT NULL,
            link    TEXT NOT NULL,       -- what the page address is made of: a number or an id
            rank    TEXT NOT NULL        -- newest first inside a kind: an instant, or a room's order
        ) STRICT;
        CREATE VIRTUAL TABLE search_text USING fts5 (grams, content='', contentless_delete=1, tokenize="unicode61", detail=full);
        CREATE TABLE search_key (
            key     TEXT NOT NULL,       -- folded: room digits, reversed phone, initials, number
            entry   INTEGER NOT NULL REFERENCES search_entry (id) ON DELETE CASCADE,
            PRIMARY KEY (key, entry)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX search_key_entry ON search_key (entry);
        """
    )
