"""The clocks' SQL: what is due next, for whom, in which case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.kit.clock import to_text
from desk.kit.database import Database, put
from desk.kit.rows import from_row


@dataclass(frozen=True)
class Clock:
    """One due time that was decided: `trace` and `policy` are JSON, `waits_for` the role that must act, `person` its staff id or ''."""

    id: str
    kind: str
    object: str
    about: str
    number: str
    title: str
    place: str
    waits_for: str
    person: str
    rule: str
    policy: str
    calendar: str
    manual: str | None
    started_at: datetime
    due_at: datetime
    trace: str
    provisional: bool
    state: str = "running"
    ended_at: datetime | None = None


def keep(db: Database, clock: Clock) -> None:
    """Write a clock, new or changed."""
    put(db, "clock", clock)


def get(db: Database, clock_id: str) -> Clock | None:
    """Return one clock, or None."""
    row = db.row("SELECT * FROM clock WHERE id = :id", {"id": clock_id})
    return from_row(Clock, row) if row else None


def of_object(db: Database, object_id: str) -> list[Clock]:
    """Return all clocks that a case ever had, newest first."""
    return [
        from_row(Clock, row) for row in db.rows("SELECT * FROM clock WHERE object = :o ORDER BY started_at DESC, id DESC", {"o": object_id})
    ]


def running_of(db: Database, object_id: str, kind: str = "") -> list[Clock]:
    """Return the running clocks of a case, of one kind or of all."""
    rows = db.rows(
        "SELECT * FROM clock WHERE object = :o AND (:kind = '' OR kind = :kind) AND state = 'running' ORDER BY due_at",
        {"o": object_id, "kind": kind},
    )
    return [from_row(Clock, row) for row in rows]


def of_file(db: Database, about: str) -> list[Clock]:
    """Return the running clocks of one household file, next due first."""
    rows = db.rows("SELECT * FROM clock WHERE about = :a AND about <> '' AND state = 'running' ORDER BY due_at", {"a": about})
    return [from_row(Clock, row) for row in rows]


def running(
    db: Database,
    role: str | None = None,
    person: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 50,
) -> list[Clock]:
    """Return running clocks by next due, those of one role or person, due from `since` until before `until`."""
    where, params = _wanted(role, person, since, until)
    rows = db.rows(f"SELECT * FROM clock WHERE {where} ORDER BY due_at LIMIT :limit", params | {"limit": limit})
    return [from_row(Clock, row) for row in rows]


def count(
    db: Database,
    role: str | None = None,
    person: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    cap: int = 100,
) -> int:
    """Return how many running clocks fit, counted no further than `cap`: a page shows 99+."""
    where, params = _wanted(role, person, since, until)
    found: int = db.value(f"SELECT count(*) FROM (SELECT 1 FROM clock WHERE {where} LIMIT :cap)", params | {"cap": cap})
    return found


def _wanted(role: str | None, person: str | None, since: datetime | None, until: datetime | None) -> tuple[str, dict[str, Any]]:
    where, params = ["state = 'running'"], dict[str, Any]()
    for column, value in (("waits_for", role), ("person", person)):
        if value is not None:
            where.append(f"{column} = :{column}")
            params[column] = value
    if person:
        where.append("person <> ''")
    for sign, name, at in ((">=", "since", since), ("<", "until", until)):
        if at is not None:
            where.append(f"due_at {sign} :{name}")
            params[name] = to_text(at)
    return " AND ".join(where), params


def roles(db: Database, until: datetime, cap: int = 1000) -> dict[str, int]:
    """Return how many running clocks wait for each role and are due before `until`, from the next `cap` of them."""
    rows = db.rows(
        """
        SELECT waits_for, count(*) AS n
        FROM (SELECT waits_for FROM clock WHERE state = 'running' AND due_at < :until ORDER BY due_at LIMIT :cap)
        GROUP BY waits_for
        """,
        {"until": to_text(until), "cap": cap},
    )
    return {row["waits_for"]: row["n"] for row in rows}


def provisional(db: Database) -> list[Clock]:
    """Return the running clocks that rest on an unpublished year."""
    return [from_row(Clock, row) for row in db.rows("SELECT * FROM clock WHERE provisional = 1 AND state = 'running' ORDER BY due_at")]


def log_change(db: Database, row: dict[str, Any]) -> None:
    """Enter that a due time was decided anew, with the old one."""
    db.conn.execute(
        """
        INSERT INTO clock_change (clock, n, at, actor, why, old_due, new_due, old_trace)
        VALUES (:clock, (SELECT count(*) + 1 FROM clock_change WHERE clock = :clock), :at, :actor, :why, :old_due, :new_due, :old_trace)
        """,
        row,
    )


def changes(db: Database, clock_id: str) -> list[dict[str, Any]]:
    """Return how a clock's due time was decided anew, oldest first."""
    return db.rows("SELECT * FROM clock_change WHERE clock = :c ORDER BY n", {"c": clock_id})


def years(db: Database) -> list[str]:
    """Return the imported calendar years' texts, oldest first."""
    return [row[0] for row in db.conn.execute("SELECT text FROM calendar_year ORDER BY year")]


def years_stamp(db: Database) -> str:
    """Return what changes when a year is imported."""
    return str(db.value("SELECT coalesce(group_concat(year || imported_at), '') FROM calendar_year"))


def keep_year(db: Database, year: int, text: str, at: datetime) -> None:
    """Keep an imported year's text, replacing an older one."""
    db.conn.execute(
        """
        INSERT INTO calendar_year (year, text, imported_at) VALUES (?, ?, ?)
        ON CONFLICT (year) DO UPDATE SET text = excluded.text, imported_at = excluded.imported_at
        """,
        (year, text, to_text(at)),
    )


def broken(db: Database) -> list[dict[str, Any]]:
    """Return clocks that ended without saying when, or run although they say they ended."""
    return db.rows("SELECT id, number, state FROM clock WHERE (state = 'running') <> (ended_at IS NULL)")
