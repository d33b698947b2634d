"""The outbox's tables: what residents submitted at this kiosk. Nothing in it expires, and nothing in it can be read here."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.outbox")


@migrations()
def create_outbox(db: Database) -> None:
    """Create intents, their photos, and what the kiosk remembers of the desk."""
    db.executescript(
        """
        CREATE TABLE intent (
            n        INTEGER PRIMARY KEY AUTOINCREMENT,
            id       TEXT NOT NULL UNIQUE,
            epoch    TEXT NOT NULL,
            seq      INTEGER NOT NULL,
            number   TEXT NOT NULL,        -- printed: K1-0017-7F2Q
            kind     TEXT NOT NULL,
            tag      TEXT NOT NULL,        -- of the receipt code
            saved_at TEXT NOT NULL,        -- corrected by the offset known then
            frozen   TEXT NOT NULL,
            chain    TEXT NOT NULL UNIQUE,
            sig      TEXT NOT NULL,
            ack_n    INTEGER,              -- the desk's number for it, and in which of the desk's lives
            ack_life TEXT NOT NULL,
            acked_at TEXT,                 -- the desk's time
            verdict  TEXT NOT NULL,
            reason   TEXT NOT NULL,
            case_number TEXT NOT NULL,
            UNIQUE (epoch, seq)
        ) STRICT;
        CREATE INDEX intent_waiting ON intent (n) WHERE acked_at IS NULL;
        CREATE INDEX intent_tag ON intent (tag) WHERE tag <> '';
        CREATE TABLE blob (
            sha256  TEXT NOT NULL,         -- of the sealed bytes, which lie in blobs/ once, however many submissions show them
            intent  TEXT NOT NULL REFERENCES intent (id) ON DELETE CASCADE,
            size    INTEGER NOT NULL,
            sent    INTEGER NOT NULL,      -- 1: the desk has it whole
            PRIMARY KEY (sha256, intent)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX blob_intent ON blob (intent);
        CREATE TABLE known (
            name  TEXT PRIMARY KEY,        -- 'nonce', 'acked', 'anchor', 'offset', 'counter', 'epoch'
            value TEXT NOT NULL            -- JSON
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER intent_keeps BEFORE UPDATE ON intent
        WHEN OLD.frozen <> NEW.frozen OR OLD.chain <> NEW.chain OR OLD.id <> NEW.id OR OLD.number <> NEW.number
        BEGIN SELECT RAISE(ABORT, 'what was submitted is frozen'); END;
        CREATE TRIGGER intent_stays BEFORE DELETE ON intent WHEN OLD.acked_at IS NULL
        BEGIN SELECT RAISE(ABORT, 'what the desk did not acknowledge is never removed'); END;
        """
    )
