"""The desk's tables for kiosks: the devices, their codes of enrolment, and everything they ever sent."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.inbox")


@migrations()
def create_inbox(db: Database) -> None:
    """Create the desk's keys, devices, submissions, photos, and what was set aside."""
    db.executescript(
        """
        CREATE TABLE sync_key (
            id       INTEGER PRIMARY KEY CHECK (id = 1),
            private  TEXT NOT NULL,        -- hexadecimal: opens what kiosks seal
            ca_cert  TEXT NOT NULL,        -- PEM: the site's own authority, to which kiosks are pinned; '' before the first kiosk
            ca_key   TEXT NOT NULL,
            backed_up_through INTEGER NOT NULL,   -- submissions up to here stand in a backup that proved itself
            backed_up_at TEXT NOT NULL
        ) STRICT;
        CREATE TABLE device (
            id           TEXT PRIMARY KEY,     -- K1
            name         TEXT NOT NULL,
            place        TEXT NOT NULL,
            added_at     TEXT NOT NULL,
            public_key   TEXT NOT NULL,        -- hexadecimal Ed25519, '' until it is enrolled
            enrolled_at  TEXT,
            revoked_at   TEXT,
            revoked_why  TEXT NOT NULL,
            flags        TEXT NOT NULL,        -- JSON list: 'cloned', 'rolled_back', 'gap', ...
            nonce        TEXT NOT NULL,        -- what its next push must carry
            prev_nonce   TEXT NOT NULL,
            counter      INTEGER NOT NULL,     -- of the newest signed request that was written down
            epoch        TEXT NOT NULL,        -- its outbox's present life
            seen_at      TEXT,
            beat         TEXT NOT NULL,        -- JSON: its newest sign of life
            reads        TEXT NOT NULL         -- JSON: the versions of each kind that it can read
        ) STRICT;
        CREATE TABLE device_scope (
            device TEXT NOT NULL REFERENCES device (id),
            scope  TEXT NOT NULL,
            seq    INTEGER NOT NULL,           -- it has everything up to here
            at     TEXT NOT NULL,
            PRIMARY KEY (device, scope)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE enrolment (
            code_hash  TEXT PRIMARY KEY,       -- SHA-256 of the one-time code
            device     TEXT NOT NULL REFERENCES device (id),
            expires_at TEXT NOT NULL,
            tries      INTEGER NOT NULL,
            used_at    TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX enrolment_device ON enrolment (device);
        CREATE TABLE inbox (
            n            INTEGER PRIMARY KEY AUTOINCREMENT,
            id           TEXT NOT NULL UNIQUE,
            device       TEXT NOT NULL REFERENCES device (id),
            epoch        TEXT NOT NULL,
            seq          INTEGER NOT NULL,     -- the kiosk's own count
            kind         TEXT NOT NULL,        -- 'repair.report'
            version      INTEGER NOT NULL,
            number       TEXT NOT NULL,        -- the receipt number on the slip
            frozen       TEXT NOT NULL,        -- as it was signed
            chain        TEXT NOT NULL UNIQUE,
            sig          TEXT NOT NULL,
            body         TEXT NOT NULL,        -- JSON, opened; '' if it could not be opened
            tag          TEXT NOT NULL,        -- of the receipt code, '' if there is none
            receipt_key  TEXT NOT NULL,        -- seals what is published under the tag
            identity     TEXT NOT NULL,
            occurred_at  TEXT NOT NULL,
            received_at  TEXT NOT NULL,
            effective_at TEXT NOT NULL,
            offset_ms    INTEGER NOT NULL,
            clock_suspect INTEGER NOT NULL,
            verdict      TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'needs_staff', 'deferred')),
            reason       TEXT NOT NULL,        -- problem code
            details      TEXT NOT NULL,        -- JSON
            case_kind    TEXT NOT NULL,
            object       TEXT NOT NULL,        -- the case that carries on
            case_number  TEXT NOT NULL,
            about        TEXT NOT NULL,
            settled_at   TEXT,
            settled_by   TEXT NOT NULL,
            settled_words TEXT NOT NULL
        ) STRICT;
        CREATE INDEX inbox_waiting ON inbox (received_at) WHERE verdict IN ('needs_staff', 'deferred') AND settled_at IS NULL;
        CREATE INDEX inbox_object ON inbox (object) WHERE object <> '';
        CREATE INDEX inbox_tag ON inbox (tag) WHERE tag <> '';
        CREATE INDEX inbox_device ON inbox (device, epoch, seq);
        CREATE TABLE inbox_blob (
            intent  TEXT NOT NULL REFERENCES inbox (id),
            sha256  TEXT NOT NULL,             -- of the sealed bytes
            n       INTEGER NOT NULL,
            size    INTEGER NOT NULL,
            file    TEXT NOT NULL,             -- name in files/ once it is there and was opened
            state   TEXT NOT NULL CHECK (state IN ('wanted', 'here', 'bad')),
            PRIMARY KEY (intent, n)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX inbox_blob_wanted ON inbox_blob (sha256) WHERE state = 'wanted';
        CREATE TABLE quarantine (
            n         INTEGER PRIMARY KEY AUTOINCREMENT,
            at        TEXT NOT NULL,
            device    TEXT NOT NULL,
            why       TEXT NOT NULL,           -- 'id_reuse', 'bad_signature', 'malformed'
            intent    TEXT NOT NULL,           -- its id, if it could be read
            frozen    TEXT NOT NULL,
            chain     TEXT NOT NULL,
            settled_at TEXT,
            settled_by TEXT NOT NULL,
            settled_words TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX quarantine_once ON quarantine (device, chain, why);
        CREATE INDEX quarantine_chain ON quarantine (chain);
        CREATE INDEX quarantine_waiting ON quarantine (at) WHERE settled_at IS NULL;
        CREATE TRIGGER inbox_stays BEFORE DELETE ON inbox BEGIN SELECT RAISE(ABORT, 'a submission is never deleted'); END;
        CREATE TRIGGER inbox_was_said BEFORE UPDATE ON inbox
        WHEN OLD.id <> NEW.id OR OLD.frozen <> NEW.frozen OR OLD.received_at <> NEW.received_at OR OLD.effective_at <> NEW.effective_at
            OR OLD.body <> NEW.body OR OLD.chain <> NEW.chain
        BEGIN SELECT RAISE(ABORT, 'what was submitted stays as it was'); END;
        CREATE TRIGGER device_stays BEFORE DELETE ON device BEGIN SELECT RAISE(ABORT, 'a device is revoked, not deleted'); END;
        CREATE TRIGGER quarantine_stays BEFORE DELETE ON quarantine BEGIN SELECT RAISE(ABORT, 'what was set aside is never deleted'); END;
        """
    )
