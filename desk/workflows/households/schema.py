"""The household register's tables. History stays: a role that is over keeps its row, with its last day in it."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.households")


@migrations()
def create_places(db: Database) -> None:
    """Create buildings, entrances, floors and units."""
    db.executescript(
        """
        CREATE TABLE building (
            id           TEXT PRIMARY KEY,
            code         TEXT NOT NULL UNIQUE,    -- '3'
            name         TEXT NOT NULL,           -- '3栋'
            developer    TEXT NOT NULL,
            completed_on TEXT,                    -- completion acceptance (竣工验收): warranties run from here
            version      INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE entrance (
            id       TEXT PRIMARY KEY,
            building TEXT NOT NULL REFERENCES building (id),
            code     TEXT NOT NULL,               -- '1', or '' where there is only one
            UNIQUE (building, code)
        ) STRICT;
        CREATE TABLE floor (
            id       TEXT PRIMARY KEY,
            entrance TEXT NOT NULL REFERENCES entrance (id),
            number   INTEGER NOT NULL,
            UNIQUE (entrance, number)
        ) STRICT;
        CREATE TABLE unit (
            id           TEXT PRIMARY KEY,
            building     TEXT NOT NULL REFERENCES building (id),
            entrance     TEXT NOT NULL REFERENCES entrance (id),
            floor        TEXT NOT NULL REFERENCES floor (id),
            label        TEXT NOT NULL,           -- as written: '3-1-1803'
            room         TEXT NOT NULL,
            key          TEXT NOT NULL UNIQUE,    -- as compared: '3|1|1803'
            area_cm2     INTEGER CHECK (area_cm2 > 0),
            usage        TEXT NOT NULL CHECK (usage IN ('dwelling', 'shop', 'office', 'parking', 'storage')),
            state        TEXT NOT NULL CHECK (state IN ('occupied', 'vacant')),
            delivered_on TEXT,
            renovated_on TEXT,
            renovated_by TEXT NOT NULL,
            version      INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX unit_building ON unit (building);                    -- the grid of a building
        CREATE INDEX unit_flat ON unit (replace(key, '|', ''));           -- '311803' typed without signs
        CREATE INDEX unit_room ON unit (room);                            -- '1803' typed alone
        CREATE INDEX unit_floor ON unit (floor);
        CREATE INDEX unit_entrance ON unit (entrance);
        """
    )


@migrations()
def create_people(db: Database) -> None:
    """Create people, how they are reached, what they agreed to, their roles in units, and the key that ID numbers are hashed with."""
    db.executescript(
        """
        CREATE TABLE person (
            id        TEXT PRIMARY KEY,
            name      TEXT NOT NULL,
            kind      TEXT NOT NULL CHECK (kind IN ('natural', 'company')),
            initials  TEXT NOT NULL,              -- every reading, a space between
            id_kind   TEXT CHECK (id_kind IN ('id_card', 'credit_code', 'other')),
            id_last4  TEXT NOT NULL,
            id_hash   TEXT NOT NULL,              -- HMAC-SHA256 of the number; the number itself is not kept
            care      TEXT CHECK (care IN ('elderly', 'disabled', 'pregnant', 'ill', 'alone', 'other')),
            care_note TEXT NOT NULL,
            version   INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX person_name ON person (name);
        CREATE UNIQUE INDEX person_id_hash ON person (id_hash) WHERE id_hash <> '';   -- one document, one person
        CREATE INDEX person_care ON person (care) WHERE care IS NOT NULL;            -- who is served first
        CREATE TABLE contact (
            id        TEXT PRIMARY KEY,
            person    TEXT NOT NULL REFERENCES person (id),
            kind      TEXT NOT NULL CHECK (kind IN ('phone', 'email', 'wechat', 'address')),
            value     TEXT NOT NULL,
            added_at  TEXT NOT NULL,
            preferred INTEGER NOT NULL,
            best_time TEXT NOT NULL,              -- '20:00', or '' for the usual one
            ended_at  TEXT
        ) STRICT;
        CREATE INDEX contact_person ON contact (person);
        CREATE INDEX contact_value ON contact (value) WHERE ended_at IS NULL;         -- who calls from this number
        CREATE TABLE consent (
            id           TEXT PRIMARY KEY,
            contact      TEXT NOT NULL REFERENCES contact (id),
            purpose      TEXT NOT NULL CHECK (purpose IN ('greetings', 'events', 'surveys', 'contractors')),
            given_at     TEXT NOT NULL,
            how          TEXT NOT NULL,
            withdrawn_at TEXT
        ) STRICT;
        CREATE UNIQUE INDEX consent_once ON consent (contact, purpose) WHERE withdrawn_at IS NULL;
        CREATE TABLE occupancy (
            id        TEXT PRIMARY KEY,
            unit      TEXT NOT NULL REFERENCES unit (id),
            person    TEXT NOT NULL REFERENCES person (id),
            role      TEXT NOT NULL CHECK (role IN ('owner', 'co_owner', 'tenant', 'occupant', 'agent', 'handler')),
            from_on   TEXT,                       -- first day; unknown if empty
            to_on     TEXT,                       -- last day; open if empty
            principal TEXT NOT NULL,              -- person for whom an agent or handler acts, or ''
            scope     TEXT NOT NULL,
            term_on   TEXT,                       -- last day of the power of attorney
            relation  TEXT NOT NULL,
            version   INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX occupancy_unit ON occupancy (unit);
        CREATE INDEX occupancy_person ON occupancy (person);
        CREATE TABLE household_key (
            id   INTEGER PRIMARY KEY CHECK (id = 1),
            key  TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER occupancy_stays BEFORE DELETE ON occupancy BEGIN SELECT RAISE(ABORT, 'a role ends, it is not deleted'); END;
        CREATE TRIGGER contact_stays BEFORE DELETE ON contact BEGIN SELECT RAISE(ABORT, 'a contact ends, it is not deleted'); END;
        """
    )
