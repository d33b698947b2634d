"""The number register's SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desk.kit.database import Database


@dataclass(frozen=True)
class Generation:
    """One life of the desk: its number, and the random word that tells it from another one with the same number."""

    n: int
    incarnation: str


def generation(db: Database) -> Generation:
    """Return the present life of the desk."""
    row = db.conn.execute("SELECT n, incarnation FROM generation ORDER BY n DESC LIMIT 1").fetchone()
    return Generation(*row)


def keep_generation(db: Database, n: int, incarnation: str, since: str, why: str) -> None:
    """Enter that a new life of the desk began."""
    db.conn.execute("INSERT INTO generation (n, incarnation, since, why) VALUES (?, ?, ?, ?)", (n, incarnation, since, why))


def last(db: Database, series: str) -> int:
    """Return the last number taken of a series, 0 before the first."""
    found: int = db.value("SELECT coalesce(max(n), 0) FROM number WHERE series = :series", {"series": series})
    return found


def keep(db: Database, series: str, n: int, number: str, object_id: str, at: str) -> None:
    """Enter a number as taken."""
    db.conn.execute("INSERT INTO number (series, n, number, object, at) VALUES (?, ?, ?, ?, ?)", (series, n, number, object_id, at))


def of_object(db: Database, object_id: str) -> list[str]:
    """Return the numbers that an object carries."""
    return [row[0] for row in db.conn.execute("SELECT number FROM number WHERE object = ? ORDER BY number", (object_id,))]


def gaps(db: Database) -> Iterator[dict[str, Any]]:
    """Yield the series whose count differs from their last number."""
    yield from db.rows("SELECT series, count(*) AS taken, max(n) AS last FROM number GROUP BY series HAVING count(*) <> max(n)")


def objects(db: Database, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield (number, object) for all series of a kind, for the workflow that owns them to check."""
    yield from db.conn.execute("SELECT number, object FROM number WHERE series >= ? AND series < ?", (f"{prefix}-", f"{prefix}."))
