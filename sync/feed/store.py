"""The feed's SQL."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from desk.kit.database import Database


@dataclass
class Scope:
    """How a scope stands: newest sequence, digest, number of rows, and up to where withdrawn rows were forgotten."""

    head: int = 0
    digest: int = 0
    live: int = 0
    floor: int = 0


Row = tuple[int, str, str, str | None]
"""seq, kind, id, document as stored (None: withdrawn)"""


def dirty(db: Database) -> Iterator[tuple[tuple[str, str], dict[tuple[str, str, str], str]]]:
    """Yield the (source, key) pairs that changed since they were projected, each with what it has published and not withdrawn."""
    rows = db.conn.execute(
        """
        SELECT dirty.source, dirty.key, pub.scope, pub.kind, pub.id, pub.doc FROM dirty
        LEFT JOIN pub ON pub.source = dirty.source AND pub.key = dirty.key AND pub.doc IS NOT NULL ORDER BY dirty.source, dirty.key
        """
    )
    for pair, found in groupby(rows, itemgetter(0, 1)):
        yield pair, {(row[2], row[3], row[4]): row[5] for row in found if row[5] is not None}


def any_dirty(db: Database) -> bool:
    """Tell whether anything waits to be projected."""
    return db.conn.execute("SELECT 1 FROM dirty LIMIT 1").fetchone() is not None


def mark(db: Database, source: str, keys: Iterable[str]) -> None:
    """Mark keys of a source as changed."""
    db.conn.executemany("INSERT INTO dirty (source, key) VALUES (?, ?) ON CONFLICT DO NOTHING", [(source, key) for key in keys])


def clean(db: Database) -> None:
    """Take all marks away."""
    db.conn.execute("DELETE FROM dirty")


def seq(db: Database) -> int:
    """Return the last sequence number that was given out."""
    found: int = db.conn.execute("SELECT seq FROM feed_counter").fetchone()[0]
    return found


def keep_seq(db: Database, last: int) -> None:
    """Write the last sequence number that was given out."""
    db.conn.execute("UPDATE feed_counter SET seq = ?", (last,))


def watched(db: Database) -> str:
    """Return which triggers stand."""
    found: str = db.conn.execute("SELECT watched FROM feed_counter").fetchone()[0]
    return found


def keep_watched(db: Database, text: str) -> None:
    """Write which triggers stand."""
    db.conn.execute("UPDATE feed_counter SET watched = ?", (text,))


def keys_of(db: Database, source: str) -> list[str]:
    """Return the keys of a source that have published anything."""
    return [row[0] for row in db.conn.execute("SELECT DISTINCT key FROM pub WHERE source = ? AND doc IS NOT NULL", (source,))]


def sources(db: Database) -> list[str]:
    """Return the sources that have published anything."""
    return [row[0] for row in db.conn.execute("SELECT DISTINCT source FROM pub WHERE doc IS NOT NULL")]


def owner(db: Database, place: tuple[str, str, str]) -> tuple[str, str, str | None] | None:
    """Return (source, key, document) of a row, or None if it was never published."""
    found: tuple[str, str, str | None] | None = db.conn.execute(
        "SELECT source, key, doc FROM pub WHERE scope = ? AND kind = ? AND id = ?", place
    ).fetchone()
    return found


def publish(db: Database, rows: list[tuple[str, str, str, int, str | None, str, str]]) -> None:
    """Write rows: scope, kind, id, seq, document (None: withdrawn), source, key."""
    db.conn.executemany(
        """
        INSERT INTO pub (scope, kind, id, seq, doc, source, key) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (scope, kind, id) DO UPDATE SET seq = excluded.seq, doc = excluded.doc, source = excluded.source, key = excluded.key
        """,
        rows,
    )


def scope(db: Database, name: str) -> Scope:
    """Return how a scope stands; zeros for one that never had a row."""
    row = db.conn.execute("SELECT head, digest, live, floor FROM scope_state WHERE scope = ?", (name,)).fetchone()
    return Scope(row[0], int(row[1], 16), row[2], row[3]) if row else Scope()


def keep_scope(db: Database, name: str, state: Scope) -> None:
    """Write how a scope stands."""
    db.conn.execute(
        """
        INSERT INTO scope_state (scope, head, digest, live, floor) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (scope) DO UPDATE SET head = excluded.head, digest = excluded.digest, live = excluded.live, floor = excluded.floor
        """,
        (name, state.head, f"{state.digest:032x}", state.live, state.floor),
    )


def scopes(db: Database) -> list[str]:
    """Return the names of all scopes that ever had a row."""
    return [row[0] for row in db.conn.execute("SELECT scope FROM scope_state")]


def after(db: Database, scope: str, seq: int, limit: int) -> list[Row]:
    """Return the rows of a scope that changed after a sequence number, in order."""
    return db.conn.execute(
        "SELECT seq, kind, id, doc FROM pub WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?", (scope, seq, limit)
    ).fetchall()


def live(db: Database, scope: str) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, id, document) of a scope's rows."""
    yield from db.conn.execute("SELECT kind, id, doc FROM pub WHERE scope = ? AND doc IS NOT NULL", (scope,))


def forget(db: Database, scope: str, floor: int) -> int:
    """Forget withdrawn rows of a scope up to a sequence number, and return how many they were."""
    return int(db.conn.execute("DELETE FROM pub WHERE scope = ? AND seq <= ? AND doc IS NULL", (scope, floor)).rowcount)


def set_triggers(db: Database, wanted: dict[str, tuple[str, list[tuple[str, str]]]]) -> None:
    """Make the triggers that mark changed keys: table -> its (source, key column) pairs; those that stand and are not wanted go."""
    found = db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'feed_of_*'").fetchall()
    for (name,) in found:
        db.conn.execute(f"DROP TRIGGER {name}")
    for table, (_, marks) in wanted.items():
        for verb, sides in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            lines = "".join(_mark(source, column, side) for source, column in marks for side in sides)
            db.conn.execute(f"CREATE TRIGGER feed_of_{table}_{verb.lower()} AFTER {verb} ON {table} BEGIN {lines} END")


def _mark(source: str, column: str, side: str) -> str:
    """Return the line of a trigger that marks one key; OR IGNORE would take on the conflict rule of the statement outside."""
    return (
        f"INSERT INTO dirty (source, key) SELECT '{source}', CAST({side}.{column} AS TEXT) "
        f"WHERE {side}.{column} IS NOT NULL AND {side}.{column} <> '' ON CONFLICT DO NOTHING;"
    )
