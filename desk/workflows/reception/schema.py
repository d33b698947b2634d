"""The log of contacts: one row for each, never deleted."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.reception")


@migrations()
def create_intake(db: Database) -> None:
    """Create the contact log and the indexes of its lists."""
    db.executescript(
        """
        CREATE TABLE intake (
            id           TEXT PRIMARY KEY,
            channel      TEXT NOT NULL CHECK (channel IN ('visit', 'call', 'letter', 'kiosk', 'message')),
            received_at  TEXT NOT NULL,     -- when it was said or sent, not when it was entered
            taken_at     TEXT NOT NULL,
            taken_by     TEXT NOT NULL,     -- staff id
            taken_name   TEXT NOT NULL,
            matter       TEXT NOT NULL,
            subject      TEXT NOT NULL,
            words        TEXT NOT NULL,
            person       TEXT NOT NULL,
            phone        TEXT NOT NULL,
            unit         TEXT NOT NULL,     -- unit id, or ''
            place        TEXT NOT NULL,     -- 3-1-1803
            office       TEXT NOT NULL,
            counterpart  TEXT NOT NULL,
            wished       TEXT NOT NULL,
            promised_at  TEXT,              -- until when the answer is promised (RC2)
            callback     TEXT NOT NULL CHECK (callback IN ('none', 'made', 'kept', 'broken')),
            answer       TEXT NOT NULL,
            answered_at  TEXT,
            answered_by  TEXT NOT NULL,
            first        INTEGER NOT NULL CHECK (first IN (0, 1)),
            state        TEXT NOT NULL CHECK (state IN ('open', 'answered', 'handed_on', 'turned', 'joined')),
            turned_into  TEXT NOT NULL,
            object       TEXT NOT NULL,     -- the case it was turned into, or the contact it was joined to
            number       TEXT NOT NULL,
            source       TEXT NOT NULL,
            external_id  TEXT NOT NULL,
            sender       TEXT NOT NULL,
            version      INTEGER NOT NULL,
            CHECK ((callback = 'none') = (promised_at IS NULL)),
            CHECK (state <> 'turned' OR object <> ''),
            CHECK (state <> 'joined' OR object <> ''),
            CHECK (state <> 'answered' OR answered_at IS NOT NULL)
        ) STRICT;
        CREATE INDEX intake_waiting ON intake (first DESC, received_at, id) WHERE state = 'open';  -- the inbox, its count
        CREATE INDEX intake_time ON intake (received_at, id);                                      -- all, the day
        CREATE INDEX intake_state ON intake (state, received_at, id);                              -- answered, turned
        CREATE INDEX intake_promise ON intake (promised_at) WHERE state = 'open' AND callback = 'made';  -- promises not yet kept
        CREATE INDEX intake_unit ON intake (unit, received_at) WHERE unit <> '';                   -- household file, doubles
        CREATE INDEX intake_sender ON intake (sender, received_at) WHERE sender <> '';             -- doubles of a sender
        CREATE INDEX intake_object ON intake (object) WHERE object <> '';                          -- from a case to its contacts
        CREATE UNIQUE INDEX intake_external ON intake (source, external_id) WHERE external_id <> '';  -- imported once
        CREATE TRIGGER intake_stays BEFORE DELETE ON intake BEGIN SELECT RAISE(ABORT, 'a contact is never deleted'); END;
        CREATE TRIGGER intake_was_said BEFORE UPDATE ON intake
        WHEN OLD.channel <> NEW.channel OR OLD.received_at <> NEW.received_at OR OLD.words <> NEW.words OR OLD.subject <> NEW.subject
            OR OLD.taken_by <> NEW.taken_by OR OLD.taken_at <> NEW.taken_at
        BEGIN SELECT RAISE(ABORT, 'what was said stays as it was said'); END;
        """
    )
