"""What the desk keeps for its kiosks beside what they sent: notices, urgent numbers, resident cards and their uses."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.kiosks")


@migrations()
def create_boards(db: Database) -> None:
    """Create notices, urgent numbers and resident cards."""
    db.executescript(
        """
        CREATE TABLE notice (
            id           TEXT PRIMARY KEY,
            title_zh     TEXT NOT NULL,
            words_zh     TEXT NOT NULL,
            title_en     TEXT NOT NULL,          -- '' where nobody translated it
            words_en     TEXT NOT NULL,
            from_on      TEXT NOT NULL,
            until_on     TEXT,                   -- its last day
            pinned       INTEGER NOT NULL CHECK (pinned IN (0, 1)),
            written_at   TEXT NOT NULL,
            written_by   TEXT NOT NULL,
            withdrawn_at TEXT,
            version      INTEGER NOT NULL,
            CHECK (until_on IS NULL OR until_on >= from_on)
        ) STRICT;
        CREATE INDEX notice_standing ON notice (pinned DESC, from_on DESC) WHERE withdrawn_at IS NULL;
        CREATE TABLE kiosk_urgent_number (
            id     TEXT PRIMARY KEY CHECK (id IN ('duty', 'water', 'lift', 'gas', 'fire', 'police', 'medical')),
            number TEXT NOT NULL,
            site   TEXT NOT NULL CHECK (site = 'site')   -- all of them stand in one published row
        ) STRICT;
        CREATE TABLE kiosk_site (
            id    TEXT PRIMARY KEY CHECK (id = 'site'),
            facts TEXT NOT NULL                  -- JSON of what the settings say of the site: names, telephones, opening hours
        ) STRICT;
        CREATE TABLE resident_card (
            id         TEXT PRIMARY KEY,
            number     TEXT NOT NULL UNIQUE,     -- ZK-2026-000003
            person     TEXT NOT NULL REFERENCES person (id),
            unit       TEXT NOT NULL REFERENCES unit (id),
            place      TEXT NOT NULL,
            since_on   TEXT,                     -- the person's role began; NULL where nobody knows
            issued_at  TEXT NOT NULL,
            issued_by  TEXT NOT NULL,
            tag        TEXT NOT NULL UNIQUE,     -- the desk publishes under it; the secret itself is not kept
            key        TEXT NOT NULL,            -- seals what is published
            ended_at   TEXT,
            end_reason TEXT CHECK (end_reason IN ('lost', 'returned', 'replaced', 'role_over')),
            version    INTEGER NOT NULL,
            CHECK ((ended_at IS NULL) = (end_reason IS NULL))
        ) STRICT;
        CREATE INDEX resident_card_unit ON resident_card (unit, issued_at);
        CREATE INDEX resident_card_person ON resident_card (person);
        CREATE TRIGGER card_stays BEFORE DELETE ON resident_card BEGIN SELECT RAISE(ABORT, 'a card ends, it is not deleted'); END;
        CREATE TABLE resident_card_use (
            card   TEXT NOT NULL REFERENCES resident_card (id),
            at     TEXT NOT NULL,
            device TEXT NOT NULL,
            PRIMARY KEY (card, at, device)
        ) STRICT, WITHOUT ROWID;
        """
    )


@migrations()
def create_cases(db: Database) -> None:
    """Follow each submission to the case that carries it now, and touch its row whenever anybody does something with that case.

    A contact that becomes a repair, or is joined to an earlier one, and an order that is merged take their submissions along.
    """
    db.executescript(
        """
        CREATE TABLE kiosk_case (
            entry   TEXT PRIMARY KEY,       -- id of the submission
            object  TEXT NOT NULL,          -- the case that carries on, '' while a person has to settle it
            touched INTEGER NOT NULL        -- so often something happened there
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX kiosk_case_object ON kiosk_case (object) WHERE object <> '';
        INSERT INTO kiosk_case SELECT id, object, 0 FROM inbox;
        CREATE TRIGGER kiosk_case_of_new AFTER INSERT ON inbox BEGIN
            INSERT INTO kiosk_case VALUES (NEW.id, NEW.object, 0) ON CONFLICT DO NOTHING; END;
        CREATE TRIGGER kiosk_case_of_settled AFTER UPDATE OF object ON inbox WHEN OLD.object <> NEW.object BEGIN
            UPDATE kiosk_case SET object = NEW.object, touched = touched + 1 WHERE entry = NEW.id; END;
        CREATE TRIGGER kiosk_case_turned AFTER UPDATE OF state ON intake WHEN NEW.state IN ('turned', 'joined') BEGIN
            UPDATE kiosk_case SET object = NEW.object, touched = touched + 1 WHERE object = NEW.id AND object <> ''; END;
        CREATE TRIGGER kiosk_case_contact AFTER UPDATE ON intake WHEN NEW.state NOT IN ('turned', 'joined') BEGIN
            UPDATE kiosk_case SET touched = touched + 1 WHERE object = NEW.id AND object <> ''; END;
        CREATE TRIGGER kiosk_case_merged AFTER UPDATE OF merged_into ON work_order WHEN NEW.merged_into <> '' BEGIN
            UPDATE kiosk_case SET object = NEW.merged_into, touched = touched + 1 WHERE object = NEW.id AND object <> ''; END;
        CREATE TRIGGER kiosk_case_order AFTER UPDATE ON work_order WHEN NEW.merged_into = '' BEGIN
            UPDATE kiosk_case SET touched = touched + 1 WHERE object = NEW.id AND object <> ''; END;
        CREATE TRIGGER kiosk_case_clock AFTER INSERT ON clock BEGIN
            UPDATE kiosk_case SET touched = touched + 1 WHERE object = NEW.object AND object <> ''; END;
        CREATE TRIGGER kiosk_case_clock_moved AFTER UPDATE ON clock BEGIN
            UPDATE kiosk_case SET touched = touched + 1 WHERE object = NEW.object AND object <> ''; END;
        CREATE TRIGGER kiosk_case_journal AFTER INSERT ON journal BEGIN
            UPDATE kiosk_case SET touched = touched + 1 WHERE object = NEW.object AND object <> ''; END;
        """
    )
