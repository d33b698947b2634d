"""Numbers that people say aloud: each one taken is a row, for ever."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.numbering")


@migrations()
def create_number(db: Database) -> None:
    """Create the register of numbers; a number is never changed, freed or used twice."""
    db.executescript(
        """
        CREATE TABLE number (
            series  TEXT NOT NULL,          -- WX-2026
            n       INTEGER NOT NULL,
            number  TEXT NOT NULL UNIQUE,   -- printed: WX-2026-000017
            object  TEXT NOT NULL,
            at      TEXT NOT NULL,
            PRIMARY KEY (series, n)
        ) STRICT;
        CREATE TRIGGER number_keeps BEFORE UPDATE ON number BEGIN SELECT RAISE(ABORT, 'a number is for ever'); END;
        CREATE TRIGGER number_stays BEFORE DELETE ON number BEGIN SELECT RAISE(ABORT, 'a number is for ever'); END;
        """
    )
