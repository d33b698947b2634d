"""When the ticker last ran, which duty failed, and that the machine's clock jumped."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.ticks")


@migrations()
def create_ticks(db: Database) -> None:
    """Create the one row of the heartbeat, and the log of failed duties and clock steps."""
    db.executescript(
        """
        CREATE TABLE tick_beat (
            id       INTEGER PRIMARY KEY CHECK (id = 1),
            holder   TEXT NOT NULL,      -- process that ticks: only to save work, nothing rests on it
            at       TEXT NOT NULL,      -- last finished tick
            halted   TEXT NOT NULL       -- why nothing was fired, or ''
        ) STRICT;
        CREATE TABLE tick_done (
            duty     TEXT PRIMARY KEY,   -- 'backup', 'heads', a workflow's duty
            at       TEXT NOT NULL,
            detail   TEXT NOT NULL
        ) STRICT;
        CREATE TABLE tick_error (
            id       INTEGER PRIMARY KEY,
            at       TEXT NOT NULL,
            duty     TEXT NOT NULL,      -- 'clock' for a step of the machine's clock
            error    TEXT NOT NULL
        ) STRICT;
        CREATE INDEX tick_error_at ON tick_error (at);
        """
    )
