"""The journal's SQL: append, read along an object or a file, and walk the chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.rows import from_row


@dataclass(frozen=True)
class Entry:
    """One entry of the journal with its payload ({} if it was erased)."""

    seq: int
    at: datetime
    actor: str
    device: str
    act: str
    object: str
    about: str
    payload: dict[str, Any]
    hash: str


def head(db: Database) -> tuple[int, str]:
    """Return sequence and hash of the newest entry; (0, '') for an empty journal."""
    row = db.conn.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def append(db: Database, row: dict[str, Any], salt: str, payload: str) -> None:
    """Add an entry and its payload."""
    db.conn.execute(
        """
        INSERT INTO journal (seq, at, actor, device, act, object, about, digest, hash)
        VALUES (:seq, :at, :actor, :device, :act, :object, :about, :digest, :hash)
        """,
        row,
    )
    db.conn.execute("INSERT INTO journal_payload (seq, salt, payload) VALUES (?, ?, ?)", (row["seq"], salt, payload))


def next_seq(db: Database) -> int:
    """Return the sequence number that the next entry takes; numbers of entries that were cut off are not used again."""
    used: int = db.value("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0)")
    return used + 1


def of_object(db: Database, object_id: str, limit: int = 500) -> list[Entry]:
    """Return what happened to one object, newest first."""
    return _entries(db, "journal.object = :key", {"key": object_id, "limit": limit})


def of_file(db: Database, about: str, limit: int = 200) -> list[Entry]:
    """Return what happened in one file (a unit), newest first."""
    return _entries(db, "journal.about = :key", {"key": about, "limit": limit})


def between(db: Database, since: datetime, until: datetime, limit: int = 2000) -> list[Entry]:
    """Return what happened from `since` until before `until`, newest first."""
    return _entries(db, "journal.at >= :since AND journal.at < :until", {"since": to_text(since), "until": to_text(until), "limit": limit})


def _entries(db: Database, where: str, params: dict[str, Any]) -> list[Entry]:
    rows = db.rows(
        f"""
        SELECT journal.*, coalesce(journal_payload.payload, '{{}}') AS payload
        FROM journal LEFT JOIN journal_payload USING (seq)
        WHERE {where} ORDER BY journal.seq DESC LIMIT :limit
        """,
        params,
    )
    return [from_row(Entry, row) for row in rows]


def chain(db: Database) -> Iterator[dict[str, Any]]:
    """Yield every entry in order, with salt and payload (None if erased or gone) and whether an erasure is recorded."""
    cursor = db.conn.execute(
        """
        SELECT journal.*, journal_payload.salt, journal_payload.payload, journal_erasure.by_seq AS erased_by
        FROM journal LEFT JOIN journal_payload USING (seq) LEFT JOIN journal_erasure USING (seq)
        ORDER BY journal.seq
        """
    )
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def last_used_seq(db: Database) -> int:
    """Return the highest sequence number that was ever given out."""
    return next_seq(db) - 1


def stray_payloads(db: Database) -> list[int]:
    """Return the sequence numbers of payloads whose entry is gone."""
    rows = db.conn.execute("SELECT seq FROM journal_payload WHERE seq NOT IN (SELECT seq FROM journal)")
    return [row[0] for row in rows]


def erase_payload(db: Database, seq: int, by_seq: int) -> None:
    """Erase one payload for good, and say which entry ordered it."""
    db.conn.execute("INSERT INTO journal_erasure (seq, by_seq) VALUES (?, ?)", (seq, by_seq))
    db.conn.execute("DELETE FROM journal_payload WHERE seq = ?", (seq,))
