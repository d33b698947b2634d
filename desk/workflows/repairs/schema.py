"""The tables of repairs."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("lobbydesk.repairs")


@migrations()
def create_work_order(db: Database) -> None:
    """Create work orders, with the guards that no program may pass by, and an index for each question that a board asks."""
    db.executescript(
        """
        CREATE TABLE work_order (
            id              TEXT PRIMARY KEY,
            number          TEXT NOT NULL UNIQUE,   -- printed: WX-2026-000017
            stage           TEXT NOT NULL,
            kind            TEXT NOT NULL CHECK (kind IN ('safety', 'leak', 'other')),
            category        TEXT NOT NULL,
            urgency         TEXT NOT NULL,
            zone            TEXT NOT NULL,
            unit            TEXT NOT NULL,
            building        TEXT NOT NULL,
            place           TEXT NOT NULL,          -- 3-1-1803, as it was called when it was reported
            what            TEXT NOT NULL,
            reported_at     TEXT NOT NULL,          -- when it was said, not when it was typed; the earliest after a merge
            cycle_at        TEXT NOT NULL,          -- when this cycle began
            taken_by        TEXT NOT NULL,
            source          TEXT NOT NULL,
            name            TEXT NOT NULL,
            phone           TEXT NOT NULL,
            wished          TEXT NOT NULL,
            contact         TEXT NOT NULL,
            origin          TEXT NOT NULL,          -- 'acceptance:<item>' (MI9), or ''
            cycle           INTEGER NOT NULL,
            version         INTEGER NOT NULL,
            part            TEXT,
            verdict         TEXT,
            clause          TEXT NOT NULL,
            warranty_ends_on TEXT,
            why             TEXT NOT NULL,          -- JSON: the reasons of the verdict
            overruled       TEXT NOT NULL,
            decided_by      TEXT NOT NULL,
            agreed_fen      INTEGER,
            charged_fen     INTEGER,
            appointed_from  TEXT,
            appointed_to    TEXT,
            worker          TEXT NOT NULL,
            worker_name     TEXT NOT NULL,
            done_at         TEXT,
            revisit_from    TEXT,
            leak_tested     INTEGER NOT NULL,
            revisit_result  TEXT,
            merged_into     TEXT NOT NULL,
            end_reason      TEXT NOT NULL,
            closed_at       TEXT,
            next_due_at     TEXT,                   -- the earliest running clock; kept by the triggers below, written by nobody else
            CHECK ((closed_at IS NULL) = (stage NOT IN ('closed', 'unreachable', 'cancelled', 'merged'))),
            CHECK (stage <> 'closed' OR revisit_result = 'ok'),                  -- RC11
            CHECK (stage <> 'unreachable' OR revisit_result = 'not_reached'),
            CHECK (kind <> 'leak' OR leak_tested = 1 OR revisit_from IS NULL OR done_at IS NOT NULL),
            CHECK (charged_fen IS NULL OR charged_fen <= coalesce(agreed_fen, 0)),   -- TR60
            CHECK (stage <> 'merged' OR merged_into <> '')
        ) STRICT;
        CREATE INDEX work_order_due ON work_order (next_due_at, id) WHERE closed_at IS NULL;                    -- open list
        CREATE INDEX work_order_stage ON work_order (stage, next_due_at, id) WHERE closed_at IS NULL;           -- open, of one stage
        CREATE INDEX work_order_worker ON work_order (worker, next_due_at, id) WHERE closed_at IS NULL AND worker <> '';  -- mine
        CREATE INDEX work_order_building ON work_order (building, next_due_at, id) WHERE closed_at IS NULL;     -- open, of one building
        CREATE INDEX work_order_kind ON work_order (kind, next_due_at, id) WHERE closed_at IS NULL;
        CREATE INDEX work_order_category ON work_order (category, next_due_at, id) WHERE closed_at IS NULL;
        CREATE INDEX work_order_urgency ON work_order (urgency, next_due_at, id) WHERE closed_at IS NULL;
        CREATE INDEX work_order_verdict ON work_order (verdict, next_due_at, id) WHERE closed_at IS NULL;       -- what the cashier sees
        CREATE INDEX work_order_unit ON work_order (unit, reported_at);                                         -- household file, doubles
        CREATE INDEX work_order_reported ON work_order (reported_at, id);                                       -- all, newest first; the month
        CREATE INDEX work_order_done ON work_order (done_at) WHERE done_at IS NOT NULL;                         -- the month's finished work
        CREATE INDEX work_order_contact ON work_order (contact) WHERE contact <> '';
        """
    )


@migrations()
def create_parts_of_order(db: Database) -> None:
    """Create what hangs on an order: trips, materials, quotes, tests, signatures, revisits, things taken along, other parties."""
    db.executescript(
        """
        CREATE TABLE repair_trip (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), cycle INTEGER NOT NULL, n INTEGER NOT NULL,
            worker TEXT NOT NULL, worker_name TEXT NOT NULL, sent_at TEXT NOT NULL, appointed_from TEXT, appointed_to TEXT,
            arrived_at TEXT, ended_at TEXT, outcome TEXT NOT NULL, minutes INTEGER NOT NULL, words TEXT NOT NULL,
            UNIQUE (work_order, n)
        ) STRICT;
        CREATE INDEX repair_trip_arrived ON repair_trip (arrived_at) WHERE arrived_at IS NOT NULL;  -- on time in a month
        CREATE TABLE repair_material (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), trip TEXT NOT NULL,
            what TEXT NOT NULL, quantity TEXT NOT NULL, fen INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX repair_material_order ON repair_material (work_order);
        CREATE TABLE repair_quote (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), n INTEGER NOT NULL,
            lines TEXT NOT NULL,              -- JSON: [[what, quantity, fen], ...]
            fen INTEGER NOT NULL, valid_until_on TEXT NOT NULL, quoted_at TEXT NOT NULL, quoted_by TEXT NOT NULL, state TEXT NOT NULL,
            channel TEXT, who TEXT NOT NULL, words TEXT NOT NULL, answered_at TEXT, answered_to TEXT NOT NULL,
            UNIQUE (work_order, n)
        ) STRICT;
        CREATE TABLE repair_leak_test (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), cycle INTEGER NOT NULL, n INTEGER NOT NULL,
            started_at TEXT NOT NULL, planned_end_at TEXT NOT NULL, spot TEXT NOT NULL, by TEXT NOT NULL, result TEXT NOT NULL,
            ended_at TEXT, words TEXT NOT NULL, waiver TEXT NOT NULL,
            UNIQUE (work_order, n),
            CHECK (result <> 'passed' OR ended_at >= planned_end_at),
            CHECK (result <> 'refused' OR waiver <> '')
        ) STRICT;
        CREATE TABLE repair_signature (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), cycle INTEGER NOT NULL, how TEXT NOT NULL,
            who TEXT NOT NULL, at TEXT NOT NULL, image TEXT NOT NULL, words TEXT NOT NULL
        ) STRICT;
        CREATE INDEX repair_signature_order ON repair_signature (work_order);
        CREATE TABLE repair_drawing (
            hash TEXT PRIMARY KEY,            -- SHA-256 of the PNG
            png  BLOB NOT NULL
        ) STRICT;
        CREATE TABLE repair_revisit (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), cycle INTEGER NOT NULL, n INTEGER NOT NULL,
            at TEXT NOT NULL, on_day TEXT NOT NULL, by TEXT NOT NULL, by_name TEXT NOT NULL, channel TEXT NOT NULL, result TEXT NOT NULL,
            due_at TEXT NOT NULL, in_time INTEGER NOT NULL, slip_left INTEGER NOT NULL, score INTEGER NOT NULL, words TEXT NOT NULL,
            UNIQUE (work_order, n)
        ) STRICT;
        CREATE TABLE repair_taken (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), trip TEXT NOT NULL, what TEXT NOT NULL,
            why TEXT NOT NULL, consent_by TEXT NOT NULL CHECK (consent_by <> ''), loan TEXT NOT NULL, taken_at TEXT NOT NULL,
            taken_by TEXT NOT NULL, back_at TEXT, back_to TEXT NOT NULL
        ) STRICT;
        CREATE INDEX repair_taken_order ON repair_taken (work_order);
        CREATE TABLE repair_external (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), n INTEGER NOT NULL, party TEXT NOT NULL,
            party_name TEXT NOT NULL, words TEXT NOT NULL, handed_at TEXT NOT NULL, due_at TEXT NOT NULL, outcome TEXT NOT NULL,
            ended_at TEXT, end_words TEXT NOT NULL,
            UNIQUE (work_order, n)
        ) STRICT;
        CREATE INDEX repair_external_ended ON repair_external (ended_at);
        CREATE TABLE repair_promise (
            id TEXT PRIMARY KEY, work_order TEXT NOT NULL REFERENCES work_order (id), unit TEXT NOT NULL, what TEXT NOT NULL,
            due_at TEXT NOT NULL, person TEXT NOT NULL, person_name TEXT NOT NULL, made_at TEXT NOT NULL, state TEXT NOT NULL,
            kept_at TEXT, answer TEXT NOT NULL
        ) STRICT;
        CREATE INDEX repair_promise_order ON repair_promise (work_order);
        CREATE INDEX repair_promise_made ON repair_promise (due_at) WHERE state = 'made';   -- the duty that marks broken ones
        """
    )


@migrations()
def create_bulk_and_month(db: Database) -> None:
    """Create what was done to many orders at once, for the one undo, and the frozen months (RC10)."""
    db.executescript(
        """
        CREATE TABLE repair_bulk (
            id TEXT PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, worker TEXT NOT NULL, worker_name TEXT NOT NULL,
            items TEXT NOT NULL,              -- JSON: [[order, version after, trip, paper], ...]
            undone_at TEXT
        ) STRICT;
        CREATE TABLE repair_month (
            month TEXT PRIMARY KEY,           -- 2026-10
            figures TEXT NOT NULL,            -- JSON: what the report says, frozen
            paper TEXT NOT NULL,              -- the issued report
            made_at TEXT NOT NULL,
            made_by TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER repair_month_keeps BEFORE UPDATE ON repair_month BEGIN SELECT RAISE(ABORT, 'a month is frozen'); END;
        CREATE TRIGGER repair_month_stays BEFORE DELETE ON repair_month BEGIN SELECT RAISE(ABORT, 'a month is frozen'); END;
        """
    )


@migrations()
def follow_clocks(db: Database) -> None:
    """Let an order know its next due time: whoever starts, ends or recomputes a clock need not think of it.

    The plus keeps SQLite from looking for the earliest of all running clocks; only this order's few are read.
    """
    for event in ("INSERT", "UPDATE OF due_at, state"):
        name = event.split()[0].lower()
        db.execute(
            f"""
            CREATE TRIGGER work_order_next_due_{name} AFTER {event} ON clock WHEN NEW.kind GLOB 'repair.*' BEGIN
                UPDATE work_order
                SET next_due_at = (SELECT min(+due_at) FROM clock WHERE object = NEW.object AND state = 'running')
                WHERE id = NEW.object;
            END
            """
        )


@migrations()
def find_clocks_of_a_month(db: Database) -> None:
    """Let the monthly report find what fell due in its month, whatever became of it, without reading years of clocks."""
    db.execute("CREATE INDEX clock_repairs_due ON clock (due_at) WHERE kind GLOB 'repair.*'")
