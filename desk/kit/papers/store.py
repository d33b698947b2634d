"""The paper register's SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.rows import from_row


@dataclass(frozen=True)
class Paper:
    """One issued paper; `words` is the JSON that its form draws, `prints` how often it was printed, `void_reason` '' if it stands."""

    id: str
    kind: str
    number: str
    object: str
    about: str
    lang: str
    words: str
    digest: str
    code: str
    head_seq: int
    head: str
    issued_at: datetime
    issued_by: str
    prints: int = 0
    void_reason: str = ""


_SELECT = """
    SELECT paper.*, (SELECT count(*) FROM paper_print WHERE paper_print.paper = paper.id) AS prints,
           coalesce((SELECT reason FROM paper_void WHERE paper_void.paper = paper.id), '') AS void_reason
    FROM paper
"""


def keep(db: Database, row: dict[str, Any]) -> None:
    """Enter a paper."""
    db.conn.execute(
        """
        INSERT INTO paper (id, kind, number, object, about, lang, words, digest, code, head_seq, head, issued_at, issued_by)
        VALUES (:id, :kind, :number, :object, :about, :lang, :words, :digest, :code, :head_seq, :head, :issued_at, :issued_by)
        """,
        row,
    )


def get(db: Database, paper_id: str) -> Paper | None:
    """Return one paper, or None."""
    row = db.row(f"{_SELECT} WHERE paper.id = :id", {"id": paper_id})
    return from_row(Paper, row) if row else None


def of_object(db: Database, object_id: str) -> list[Paper]:
    """Return the papers of one case, newest first."""
    return [from_row(Paper, row) for row in db.rows(f"{_SELECT} WHERE paper.object = :o ORDER BY paper.issued_at DESC", {"o": object_id})]


def of_file(db: Database, about: str, limit: int = 100) -> list[Paper]:
    """Return the papers of one household file, newest first."""
    rows = db.rows(f"{_SELECT} WHERE paper.about = :a ORDER BY paper.issued_at DESC LIMIT :n", {"a": about, "n": limit})
    return [from_row(Paper, row) for row in rows]


def by_number(db: Database, number: str) -> list[Paper]:
    """Return the papers that carry a number, newest first."""
    return [from_row(Paper, row) for row in db.rows(f"{_SELECT} WHERE paper.number = :n ORDER BY paper.issued_at DESC", {"n": number})]


def every(db: Database) -> Iterator[Paper]:
    """Yield all papers, oldest first."""
    for (paper_id,) in db.conn.execute("SELECT id FROM paper ORDER BY rowid").fetchall():
        paper = get(db, paper_id)
        if paper:
            yield paper


def log_print(db: Database, act: Act, paper_id: str, size: str) -> int:
    """Enter one printing, and return its ordinal (1 = the original)."""
    n: int = db.value("SELECT count(*) + 1 FROM paper_print WHERE paper = :p", {"p": paper_id})
    db.conn.execute(
        "INSERT INTO paper_print (paper, n, size, at, actor, device) VALUES (?, ?, ?, ?, ?, ?)",
        (paper_id, n, size, to_text(act.now), act.actor, act.device),
    )
    return n


def keep_void(db: Database, act: Act, paper_id: str, reason: str) -> None:
    """Enter that a paper no longer counts."""
    db.conn.execute(
        "INSERT INTO paper_void (paper, at, actor, reason) VALUES (?, ?, ?, ?)", (paper_id, to_text(act.now), act.actor, reason)
    )


def newest_key(db: Database) -> tuple[int, bytes] | None:
    """Return the key that signs new check codes, with its id."""
    row = db.conn.execute("SELECT id, key FROM paper_key ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], bytes.fromhex(row[1])) if row else None


def all_keys(db: Database) -> list[bytes]:
    """Return every key that ever signed, newest first."""
    return [bytes.fromhex(row[0]) for row in db.conn.execute("SELECT key FROM paper_key ORDER BY id DESC")]


def keep_key(db: Database, key: bytes, since: datetime) -> None:
    """Add a key; the newest one signs."""
    db.conn.execute("INSERT INTO paper_key (key, since) VALUES (?, ?)", (key.hex(), to_text(since)))


def heads(db: Database) -> list[tuple[int, str]]:
    """Return the journal heads that papers carry, as (sequence, hash)."""
    return db.conn.execute("SELECT DISTINCT head_seq, head FROM paper WHERE head_seq > 0").fetchall()
