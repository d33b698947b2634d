"""Running due times: decided once by a rule, stored with trace and inputs, only compared afterwards."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.clocks")


@migrations()
def create_clock(db: Database) -> None:
    """Create clocks, their changes, their fired tiers, and the calendar years that were imported."""
    db.executescript(
        """
        CREATE TABLE clock (
            id          TEXT PRIMARY KEY,
            kind        TEXT NOT NULL,       -- 'repair.revisit'
            object      TEXT NOT NULL,       -- the case
            about       TEXT NOT NULL,       -- the unit, or ''
            number      TEXT NOT NULL,       -- as people say it
            title       TEXT NOT NULL,       -- what it is about, one line
            place       TEXT NOT NULL,       -- the room, in words
            waits_for   TEXT NOT NULL,       -- the role that must act
            person      TEXT NOT NULL,       -- staff id, or ''
            rule        TEXT NOT NULL,       -- rule id, RC13
            policy      TEXT NOT NULL,       -- JSON of the policy it was decided with
            calendar    TEXT NOT NULL,       -- version of the calendar
            manual      TEXT,                -- due time that a person or resident set, UTC
            started_at  TEXT NOT NULL,
            due_at      TEXT NOT NULL,
            trace       TEXT NOT NULL,       -- JSON: why this date
            provisional INTEGER NOT NULL,    -- 1: rests on a calendar year that is not yet published
            state       TEXT NOT NULL CHECK (state IN ('running', 'kept', 'missed', 'dropped')),
            ended_at    TEXT
        ) STRICT;
        CREATE INDEX clock_due ON clock (due_at) WHERE state = 'running';                  -- the board, the ticker
        CREATE INDEX clock_role ON clock (waits_for, due_at) WHERE state = 'running';      -- the queue of a role
        CREATE INDEX clock_person ON clock (person, due_at) WHERE state = 'running' AND person <> '';
        CREATE INDEX clock_object ON clock (object, kind);
        CREATE INDEX clock_about ON clock (about) WHERE state = 'running' AND about <> '';
        CREATE INDEX clock_provisional ON clock (due_at) WHERE provisional = 1 AND state = 'running';
        CREATE TABLE clock_change (
            clock    TEXT NOT NULL REFERENCES clock (id),
            n        INTEGER NOT NULL,
            at       TEXT NOT NULL,
            actor    TEXT NOT NULL,
            why      TEXT NOT NULL,
            old_due  TEXT NOT NULL,
            new_due  TEXT NOT NULL,
            old_trace TEXT NOT NULL,
            PRIMARY KEY (clock, n)
        ) STRICT;
        CREATE TABLE clock_firing (
            clock    TEXT NOT NULL REFERENCES clock (id),
            tier     INTEGER NOT NULL,
            due_at   TEXT NOT NULL,
            fired_at TEXT NOT NULL,
            PRIMARY KEY (clock, tier)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE calendar_year (
            year        INTEGER PRIMARY KEY,
            text        TEXT NOT NULL,       -- JSON as imported
            imported_at TEXT NOT NULL
        ) STRICT;
        """
    )
