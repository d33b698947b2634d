"""The paper register: every word of a printed document as it was issued, and each time it was printed."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.papers")


@migrations()
def create_paper(db: Database) -> None:
    """Create the register, its print log, its voids, and the keys of the check codes."""
    db.executescript(
        """
        CREATE TABLE paper (
            id        TEXT PRIMARY KEY,
            kind      TEXT NOT NULL,      -- a form of forms/catalog
            number    TEXT NOT NULL,      -- the number printed on it
            object    TEXT NOT NULL,      -- the case it belongs to
            about     TEXT NOT NULL,      -- the household file, or ''
            lang      TEXT NOT NULL,
            words     TEXT NOT NULL,      -- JSON: all that is drawn
            digest    TEXT NOT NULL,      -- SHA-256 of kind and words
            code      TEXT NOT NULL,      -- check code printed on it
            head_seq  INTEGER NOT NULL,   -- newest journal entry when it was issued; its hash is printed
            head      TEXT NOT NULL,
            issued_at TEXT NOT NULL,
            issued_by TEXT NOT NULL
        ) STRICT;
        CREATE INDEX paper_object ON paper (object, issued_at);
        CREATE INDEX paper_about ON paper (about, issued_at) WHERE about <> '';
        CREATE INDEX paper_number ON paper (number);
        CREATE TABLE paper_print (
            paper   TEXT NOT NULL REFERENCES paper (id),
            n       INTEGER NOT NULL,     -- 1 = the original; above: 补打第 n-1 次
            size    TEXT NOT NULL,
            at      TEXT NOT NULL,
            actor   TEXT NOT NULL,
            device  TEXT NOT NULL,
            PRIMARY KEY (paper, n)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE paper_void (
            paper   TEXT PRIMARY KEY REFERENCES paper (id),
            at      TEXT NOT NULL,
            actor   TEXT NOT NULL,
            reason  TEXT NOT NULL
        ) STRICT;
        CREATE TABLE paper_key (
            id   INTEGER PRIMARY KEY,
            key  TEXT NOT NULL,           -- hexadecimal; signs check codes
            since TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER paper_keeps BEFORE UPDATE ON paper BEGIN SELECT RAISE(ABORT, 'an issued paper is never changed'); END;
        CREATE TRIGGER paper_stays BEFORE DELETE ON paper BEGIN SELECT RAISE(ABORT, 'an issued paper is never removed'); END;
        CREATE TRIGGER print_keeps BEFORE UPDATE ON paper_print BEGIN SELECT RAISE(ABORT, 'the print log is append-only'); END;
        CREATE TRIGGER print_stays BEFORE DELETE ON paper_print BEGIN SELECT RAISE(ABORT, 'the print log is append-only'); END;
        CREATE TRIGGER void_keeps BEFORE UPDATE ON paper_void BEGIN SELECT RAISE(ABORT, 'a void is for ever'); END;
        CREATE TRIGGER void_stays BEFORE DELETE ON paper_void BEGIN SELECT RAISE(ABORT, 'a void is for ever'); END;
        """
    )
