"""The SQL of the monthly report."""

from dataclasses import dataclass
from datetime import datetime

from desk.kit.clock import from_text, to_text
from desk.kit.database import Database
from desk.kit.rows import from_row, to_row
from desk.workflows.repairs.rules.month import Timed, Told


def month_orders(db: Database, since: datetime, until: datetime) -> list[Told]:
    """Return the orders reported or finished between two instants."""
    names = "number, stage, kind, category, building, place, reported_at, done_at"
    rows = db.rows(
        f"""
        SELECT {names} FROM work_order WHERE reported_at >= :since AND reported_at < :until
        UNION
        SELECT {names} FROM work_order WHERE done_at >= :since AND done_at < :until
        ORDER BY reported_at, number
        """,
        {"since": to_text(since), "until": to_text(until)},
    )
    return [from_row(Told, row) for row in rows]


def month_clocks(db: Database, since: datetime, until: datetime) -> list[Timed]:
    """Return the clocks of repairs that were due after one instant and until another, with what the revisit found."""
    rows = db.rows(
        """
        SELECT work_order.number, work_order.kind, clock.kind AS clock, building, work_order.place, category, clock.due_at, state, ended_at,
            (SELECT result FROM repair_revisit WHERE work_order = clock.object AND at = clock.ended_at) AS result
        FROM clock JOIN work_order ON work_order.id = clock.object
        WHERE clock.kind GLOB 'repair.*' AND clock.due_at > :since AND clock.due_at <= :until
        ORDER BY clock.due_at, clock.id
        """,
        {"since": to_text(since), "until": to_text(until)},
    )
    return [from_row(Timed, row) for row in rows]


@dataclass(frozen=True)
class MonthRow:
    """A month's report as it was frozen: `figures` is JSON, `paper` the issued report."""

    month: str
    figures: str
    paper: str
    made_at: datetime
    made_by: str


def keep_month(db: Database, row: MonthRow) -> None:
    """Freeze a month; a second report of the same month is an error."""
    db.conn.execute(
        "INSERT INTO repair_month (month, figures, paper, made_at, made_by) VALUES (:month, :figures, :paper, :made_at, :made_by)",
        to_row(row),
    )


def month(db: Database, name: str) -> MonthRow | None:
    """Return a frozen month such as '2026-10', or None."""
    row = db.row("SELECT * FROM repair_month WHERE month = :m", {"m": name})
    return from_row(MonthRow, row) if row else None


def months(db: Database) -> list[MonthRow]:
    """Return the frozen months, newest first."""
    return [from_row(MonthRow, row) for row in db.rows("SELECT * FROM repair_month ORDER BY month DESC")]


def first_report(db: Database) -> datetime | None:
    """Return when the first repair was entered, None if there is none: months before have no report."""
    found = db.value("SELECT at FROM number WHERE series >= 'WX-' AND series < 'WX.' ORDER BY series, n LIMIT 1")
    return from_text(found) if found else None
