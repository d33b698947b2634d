"""The replica's SQL."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desk.kit.database import Database

_WORD = re.compile(r"^[a-z_]{1,40}$")


@dataclass
class Copy:
    """One copy of a scope: its slot, how far it is, digest and number of its rows."""

    slot: int
    seq: int = 0
    digest: int = 0
    live: int = 0


@dataclass
class Cursor:
    """How a scope stands here: the copy that is shown, and the one that is being fetched anew, if any."""

    scope: str
    shown: Copy
    fresh: Copy | None = None
    fresh_floor: int = 0
    fresh_head: int = 0
    checked_at: str = ""


def cursor(db: Database, scope: str) -> Cursor | None:
    """Return how a scope stands, or None if it was never pulled."""
    row = db.conn.execute(
        """
        SELECT slot, seq, digest, live, fresh_slot, fresh_seq, fresh_digest, fresh_live, fresh_floor, fresh_head, checked_at
        FROM cursor WHERE scope = ?
        """,
        (scope,),
    ).fetchone()
    if row is None:
        return None
    fresh = None if row[4] is None else Copy(row[4], row[5], int(row[6], 16), row[7])
    return Cursor(scope, Copy(row[0], row[1], int(row[2], 16), row[3]), fresh, row[8] or 0, row[9] or 0, row[10])


def keep_cursor(db: Database, made: Cursor) -> None:
    """Write how a scope stands."""
    fresh = made.fresh
    said = (fresh.slot, fresh.seq, f"{fresh.digest:032x}", fresh.live, made.fresh_floor, made.fresh_head) if fresh else (None,) * 6
    shown = made.shown
    db.conn.execute(
        """
        INSERT INTO cursor (scope, slot, seq, digest, live, fresh_slot, fresh_seq, fresh_digest, fresh_live, fresh_floor, fresh_head, checked_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (scope) DO UPDATE SET slot = excluded.slot, seq = excluded.seq, digest = excluded.digest, live = excluded.live,
            fresh_slot = excluded.fresh_slot, fresh_seq = excluded.fresh_seq, fresh_digest = excluded.fresh_digest,
            fresh_live = excluded.fresh_live, fresh_floor = excluded.fresh_floor, fresh_head = excluded.fresh_head, checked_at = excluded.checked_at
        """,
        (made.scope, shown.slot, shown.seq, f"{shown.digest:032x}", shown.live, *said, made.checked_at),
    )


def scopes(db: Database) -> list[str]:
    """Return the scopes that stand here."""
    return [row[0] for row in db.conn.execute("SELECT scope FROM cursor ORDER BY scope")]


def doc(db: Database, scope: str, slot: int, kind: str, row_id: str) -> str | None:
    """Return one document of a copy, or None."""
    found = db.conn.execute(
        "SELECT doc FROM row WHERE scope = ? AND slot = ? AND kind = ? AND id = ?", (scope, slot, kind, row_id)
    ).fetchone()
    return found[0] if found else None


def write(db: Database, scope: str, slot: int, rows: Iterable[tuple[str, str, str]]) -> None:
    """Write rows (kind, id, document) into a copy."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO row (scope, slot, kind, id, doc) VALUES (?, ?, ?, ?, ?)", [(scope, slot, *row) for row in rows]
    )


def remove(db: Database, scope: str, slot: int, rows: Iterable[tuple[str, str]]) -> None:
    """Remove rows (kind, id) from a copy."""
    db.conn.executemany("DELETE FROM row WHERE scope = ? AND slot = ? AND kind = ? AND id = ?", [(scope, slot, *row) for row in rows])


def clear(db: Database, scope: str, slot: int) -> None:
    """Remove a whole copy."""
    db.conn.execute("DELETE FROM row WHERE scope = ? AND slot = ?", (scope, slot))


def purge(db: Database, scope: str) -> None:
    """Remove a scope with all its copies."""
    db.conn.execute("DELETE FROM row WHERE scope = ?", (scope,))
    db.conn.execute("DELETE FROM cursor WHERE scope = ?", (scope,))


def every(db: Database, scope: str, slot: int) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, id, document) of a copy."""
    yield from db.conn.execute("SELECT kind, id, doc FROM row WHERE scope = ? AND slot = ?", (scope, slot))


def life(db: Database) -> tuple[int, str]:
    """Return the desk's generation and incarnation that these copies come from; (0, '') before the first."""
    row = db.conn.execute("SELECT generation, incarnation FROM life").fetchone()
    return (row[0], row[1]) if row else (0, "")


def keep_life(db: Database, generation: int, incarnation: str) -> None:
    """Write the desk's generation and incarnation."""
    db.conn.execute(
        "INSERT INTO life (id, generation, incarnation) VALUES (1, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, incarnation = excluded.incarnation",
        (generation, incarnation),
    )


def make_views(db: Database, reads: Mapping[str, Iterable[str]]) -> None:
    """Make a view for each kind that this program reads ('notice@1' -> view notice_1), a column for each field: new fields need no migration."""
    for (name,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'view' AND name <> 'shown'").fetchall():
        db.conn.execute(f"DROP VIEW {name}")
    for kind, fields in reads.items():
        columns = "".join(f", doc ->> '$.{field}' AS {field}" for field in fields if _WORD.match(field))
        db.conn.execute(f"CREATE VIEW {kind.replace('@', '_')} AS SELECT scope, id, doc{columns} FROM shown WHERE kind = '{kind}'")


def read(db: Database, kind: str, row_id: str = "") -> list[dict[str, Any]]:
    """Return the rows of a kind through its view, all of them or the one with an id, with scope, id and a column for each field."""
    where = "WHERE id = :id" if row_id else ""
    return db.rows(f"SELECT * FROM {kind.replace('@', '_')} {where} ORDER BY id", {"id": row_id})
