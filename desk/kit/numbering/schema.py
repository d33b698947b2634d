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


@migrations()
def create_generation(db: Database) -> None:
    """Create the list of lives of this desk: the first, and one more after each restore, so that no number is given out twice."""
    db.executescript(
        """
        CREATE TABLE generation (
            n           INTEGER PRIMARY KEY,
            incarnation TEXT NOT NULL UNIQUE,   -- random: two restores of one backup are two lives
            since       TEXT NOT NULL,
            why         TEXT NOT NULL
        ) STRICT;
        INSERT INTO generation VALUES (1, lower(hex(randomblob(8))), strftime('%Y-%m-%dT%H:%M:%fZ'), 'made');
        CREATE TRIGGER generation_keeps BEFORE UPDATE ON generation BEGIN SELECT RAISE(ABORT, 'a generation is for ever'); END;
        CREATE TRIGGER generation_stays BEFORE DELETE ON generation BEGIN SELECT RAISE(ABORT, 'a generation is for ever'); END;
        """
    )
