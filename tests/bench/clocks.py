"""The next due times among a million clocks: what the board and the ticker ask, at every look."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desk.kit.clocks import store
from desk.kit.database import Database, open_database
from desk.schemas import migrate_all
from tests.bench._show import show

MILLION = 1_000_000
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def fill(db: Database, count: int) -> None:
    """Write clocks, one in ten of them running, due over four years."""
    db.conn.execute("BEGIN IMMEDIATE")
    db.conn.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
        INSERT INTO clock (id, kind, object, about, number, title, place, waits_for, person, rule, policy, calendar, manual,
                           started_at, due_at, trace, provisional, state, ended_at)
        SELECT printf('%032x', i), 'repair.revisit', printf('order-%d', i), printf('unit-%d', i % 20000), printf('WX-2026-%06d', i),
               '漏水', '3-1-1803', CASE i % 3 WHEN 0 THEN 'front_desk' WHEN 1 THEN 'maintenance' ELSE 'supervisor' END, '', 'RC13', '{}', 'CN',
               NULL, '2024-01-01T00:00:00.000Z',
               strftime('%Y-%m-%dT%H:%M:%S.000Z', 1704067200 + (i * 7919 % 126144000), 'unixepoch'), '{}', 0,
               CASE WHEN i % 10 = 0 THEN 'running' ELSE 'kept' END, CASE WHEN i % 10 = 0 THEN NULL ELSE '2025-01-01T00:00:00.000Z' END
        FROM n
        """,
        {"count": count},
    )
    db.conn.execute("COMMIT")


def cpu_ms(work: Any, times: int = 200) -> float:
    """Return the CPU milliseconds of one call, over many."""
    work()
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) * 1000 / times


def figures() -> list[dict[str, Any]]:
    """Return the figures: the next 50 due, a role's next 50, and the capped count of late ones."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "desk.sqlite", create=True)
        migrate_all(db)
        fill(db, MILLION)
        asked = {
            "next due among 1M clocks": lambda: store.running(db, limit=1),
            "next 50 due among 1M clocks": lambda: store.running(db, limit=50),
            "next 50 of a role among 1M clocks": lambda: store.running(db, role="maintenance", limit=50),
            "late ones counted to 99+ among 1M clocks": lambda: store.count(db, until=NOW),
        }
        budgets = {"next due among 1M clocks": 1.0}
        made = [
            {"name": name, "value": round(cpu_ms(work), 3), "unit": "ms CPU", "budget": budgets.get(name)} for name, work in asked.items()
        ]
        db.conn.close()
    return made


if __name__ == "__main__":
    show(figures)
