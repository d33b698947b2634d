"""Staff, their sessions, and the tries at passwords."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.access")


@migrations()
def create_access(db: Database) -> None:
    """Create staff, sessions (the token itself is never stored), and the tries that the throttle counts."""
    db.executescript(
        """
        CREATE TABLE staff (
            id          TEXT PRIMARY KEY,
            staff_no    TEXT NOT NULL UNIQUE COLLATE NOCASE,  -- 工号: what one signs in with, printed on papers
            name        TEXT NOT NULL,
            role        TEXT NOT NULL,
            password    TEXT NOT NULL,                        -- argon2id
            pin         TEXT NOT NULL,                        -- argon2id, or '' for none: unlocks with the password
            active      INTEGER NOT NULL,
            must_change INTEGER NOT NULL,                     -- 1: signed in with a one-time password
            lang        TEXT NOT NULL,
            theme       TEXT NOT NULL,
            size        TEXT NOT NULL,
            made_at     TEXT NOT NULL,
            version     INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX staff_name ON staff (name) WHERE active = 1;
        CREATE INDEX staff_role ON staff (role, staff_no);
        CREATE TABLE session (
            id          TEXT PRIMARY KEY,                     -- SHA-256 of the token in the cookie
            staff       TEXT NOT NULL REFERENCES staff (id),
            created_at  TEXT NOT NULL,
            seen_at     TEXT NOT NULL,                        -- to the minute
            device      TEXT NOT NULL,
            address     TEXT NOT NULL,
            locked_at   TEXT,
            pin_tries   INTEGER NOT NULL,
            revoked_at  TEXT,
            revoked_why TEXT NOT NULL
        ) STRICT;
        CREATE INDEX session_staff ON session (staff) WHERE revoked_at IS NULL;
        CREATE TABLE sign_in_try (
            id      INTEGER PRIMARY KEY,
            account TEXT NOT NULL,                            -- SHA-256 of the staff number as typed: a password typed there by mistake stays unknown
            address TEXT NOT NULL,
            at      TEXT NOT NULL
        ) STRICT;
        CREATE INDEX sign_in_try_pair ON sign_in_try (account, address, at);
        CREATE INDEX sign_in_try_address ON sign_in_try (address, at);
        """
    )
