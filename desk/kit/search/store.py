"""The search box's SQL."""

from dataclasses import dataclass

from desk.kit.database import Database
from desk.kit.rows import from_row


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is, what to show, and what its address is made of."""

    object: str
    kind: str
    title: str
    detail: str
    link: str


def keep(db: Database, entry: tuple[str, str, str, str, str, str], grams: str, keys: list[str]) -> None:
    """Write or replace an entry with its text and keys."""
    found = db.value("SELECT id FROM search_entry WHERE object = :object", {"object": entry[0]})
    if found is not None:
        db.conn.execute("DELETE FROM search_text WHERE rowid = ?", (found,))
        db.conn.execute("DELETE FROM search_key WHERE entry = ?", (found,))
    row_id = db.conn.execute(
        """
        INSERT INTO search_entry (object, kind, title, detail, link, rank) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (object) DO UPDATE SET kind = excluded.kind, title = excluded.title, detail = excluded.detail,
            link = excluded.link, rank = excluded.rank
        RETURNING id
        """,
        entry,
    ).fetchone()[0]
    db.conn.execute("INSERT INTO search_text (rowid, grams) VALUES (?, ?)", (row_id, grams))
    db.conn.executemany("INSERT OR IGNORE INTO search_key (key, entry) VALUES (?, ?)", [(key, row_id) for key in keys])


def by_keys(db: Database, keys: list[str], kinds: tuple[str, ...], limit: int) -> list[Hit]:
    """Return entries one of whose keys begins with one of these."""
    found: dict[str, Hit] = {}
    for key in keys:
        rows = db.rows(
            f"""
            SELECT DISTINCT search_entry.* FROM search_key JOIN search_entry ON search_entry.id = search_key.entry
            WHERE search_key.key >= :low AND search_key.key < :high {_of_kinds(kinds)}
            ORDER BY search_key.key LIMIT :limit
            """,
            {"low": key, "high": key + "\U0010ffff", "limit": limit},
        )
        found |= {row["object"]: from_row(Hit, row) for row in rows if row["object"] not in found}
    return list(found.values())[:limit]


def by_text(db: Database, match: str, kinds: tuple[str, ...], limit: int) -> list[Hit]:
    """Return entries whose text holds what is asked, newest entry first."""
    rows = db.rows(
        f"""
        SELECT search_entry.* FROM search_text JOIN search_entry ON search_entry.id = search_text.rowid
        WHERE search_text MATCH :match {_of_kinds(kinds)}
        ORDER BY search_text.rowid DESC LIMIT :limit
        """,
        {"match": match, "limit": limit},
    )
    return [from_row(Hit, row) for row in rows]


def count_text(db: Database, match: str) -> int:
    """Return how many entries hold what is asked."""
    found: int = db.value("SELECT count(*) FROM search_text WHERE search_text MATCH :match", {"match": match})
    return found


def _of_kinds(kinds: tuple[str, ...]) -> str:
    return f"AND search_entry.kind IN ({', '.join(repr(kind) for kind in kinds)})" if kinds else ""
