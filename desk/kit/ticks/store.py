"""The ticker's SQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.kit.clock import from_text, to_text
from desk.kit.database import Database
from desk.kit.rows import from_row


@dataclass(frozen=True)
class Beat:
    """The ticker's last sign of life, and why it fired nothing ('' if it did its work)."""

    holder: str
    at: datetime
    halted: str


def beat(db: Database) -> Beat | None:
    """Return the last tick, or None before the first."""
    row = db.row("SELECT holder, at, halted FROM tick_beat")
    return from_row(Beat, row) if row else None


def keep_beat(db: Database, made: Beat) -> None:
    """Write the ticker's sign of life."""
    db.conn.execute(
        """
        INSERT INTO tick_beat (id, holder, at, halted) VALUES (1, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, at = excluded.at, halted = excluded.halted
        """,
        (made.holder, to_text(made.at), made.halted),
    )


def done(db: Database, duty: str) -> datetime | None:
    """Return when a duty was last done, or None."""
    found = db.value("SELECT at FROM tick_done WHERE duty = :duty", {"duty": duty})
    return from_text(found) if found else None


def keep_done(db: Database, duty: str, at: datetime, detail: str = "") -> None:
    """Write that a duty was done."""
    db.conn.execute(
        "INSERT INTO tick_done (duty, at, detail) VALUES (?, ?, ?) ON CONFLICT (duty) DO UPDATE SET at = excluded.at, detail = excluded.detail",
        (duty, to_text(at), detail),
    )


def keep_error(db: Database, at: datetime, duty: str, error: str) -> None:
    """Write that a duty failed, or that the machine's clock jumped; the log keeps its last 1,000 lines."""
    db.conn.execute("INSERT INTO tick_error (at, duty, error) VALUES (?, ?, ?)", (to_text(at), duty, error[:2000]))
    db.conn.execute("DELETE FROM tick_error WHERE id <= (SELECT max(id) FROM tick_error) - 1000")


def errors(db: Database, limit: int = 20) -> list[dict[str, Any]]:
    """Return the last failures, newest first."""
    return db.rows("SELECT at, duty, error FROM tick_error ORDER BY id DESC LIMIT :n", {"n": limit})


def newest_at(db: Database) -> datetime | None:
    """Return when the newest journal entry was written, or None."""
    found = db.value("SELECT at FROM journal ORDER BY seq DESC LIMIT 1")
    return from_text(found) if found else None


def detail(db: Database, duty: str) -> str:
    """Return what was noted when a duty was last done, '' before."""
    found: str | None = db.value("SELECT detail FROM tick_done WHERE duty = :duty", {"duty": duty})
    return found or ""
