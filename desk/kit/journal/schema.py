"""The journal's tables: entries in a hash chain that nothing may change, and their erasable payloads beside them."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.journal")


@migrations()
def create_journal(db: Database) -> None:
    """Create the entries, their payloads, and the triggers that refuse to rewrite history."""
    db.executescript(
        """
        CREATE TABLE journal (
            seq     INTEGER PRIMARY KEY AUTOINCREMENT,
            at      TEXT NOT NULL,      -- UTC
            actor   TEXT NOT NULL,      -- staff id, 'ticker', 'kiosk:K1'
            device  TEXT NOT NULL,
            act     TEXT NOT NULL,      -- noun.happened
            object  TEXT NOT NULL,      -- id of what it happened to
            about   TEXT NOT NULL,      -- the file it belongs to (a unit's id), or ''
            digest  TEXT NOT NULL,      -- H(salt || payload)
            hash    TEXT NOT NULL       -- H(seq|at|actor|device|act|object|about|digest|previous hash)
        ) STRICT;
        CREATE INDEX journal_object ON journal (object, seq);            -- the timeline of a case
        CREATE INDEX journal_about ON journal (about, seq) WHERE about <> '';  -- the household file
        CREATE INDEX journal_act ON journal (act, at);                   -- the work journal of a day
        CREATE TABLE journal_payload (
            seq     INTEGER PRIMARY KEY REFERENCES journal (seq),
            salt    TEXT NOT NULL,
            payload TEXT NOT NULL       -- JSON
        ) STRICT;
        CREATE TABLE journal_erasure (
            seq     INTEGER PRIMARY KEY REFERENCES journal (seq),  -- whose payload was erased
            by_seq  INTEGER NOT NULL REFERENCES journal (seq)      -- the entry that says who and why
        ) STRICT;
        CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
        CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
        CREATE TRIGGER payload_keeps BEFORE UPDATE ON journal_payload
            BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
        CREATE TRIGGER payload_stays BEFORE DELETE ON journal_payload
            WHEN NOT EXISTS (SELECT 1 FROM journal_erasure WHERE seq = OLD.seq)
            BEGIN SELECT RAISE(ABORT, 'a payload goes only by a recorded erasure'); END;
        CREATE TRIGGER erasure_keeps BEFORE UPDATE ON journal_erasure BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
        CREATE TRIGGER erasure_stays BEFORE DELETE ON journal_erasure BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
        """
    )
