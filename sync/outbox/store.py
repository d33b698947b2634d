"""The outbox's SQL."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.rows import from_row, to_json, to_row
from sync.chain import Link

MOST_ROWS = 5_000_000  # more than a kiosk takes in a hundred years: a larger number is damage


@dataclass(frozen=True)
class Intent:
    """One submission of this kiosk: frozen, signed, and what the desk said to it (`acked_at` None: nothing yet)."""

    n: int
    id: str
    epoch: str
    seq: int
    number: str
    kind: str
    tag: str
    saved_at: datetime
    frozen: str
    chain: str
    sig: str
    ack_n: int | None = None
    ack_life: str = ""
    acked_at: datetime | None = None
    verdict: str = ""
    reason: str = ""
    case_number: str = ""

    @property
    def link(self) -> Link:
        """Return it as it goes on the wire."""
        return Link(self.frozen, self.chain, self.sig)


@dataclass(frozen=True)
class Blob:
    """One sealed photo of a submission."""

    sha256: str
    intent: str
    size: int
    sent: bool = False


def known(db: Database, name: str, default: Any = None) -> Any:
    """Return what the kiosk remembers under a name."""
    row = db.conn.execute("SELECT value FROM known WHERE name = ?", (name,)).fetchone()
    return json.loads(row[0]) if row else default


def remember(db: Database, **values: Any) -> None:
    """Remember values under their names."""
    db.conn.executemany(
        "INSERT INTO known (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(name, to_json(value)) for name, value in values.items()],
    )


def keep(db: Database, made: Intent) -> None:
    """Enter a submission behind all others; its `n` is given here."""
    row = to_row(made)
    row.pop("n")
    db.conn.execute(f"INSERT INTO intent ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)})", row)


def keep_blob(db: Database, made: Blob) -> None:
    """Enter a sealed photo."""
    db.conn.execute(
        "INSERT INTO blob (sha256, intent, size, sent) VALUES (?, ?, ?, ?)", (made.sha256, made.intent, made.size, int(made.sent))
    )


def last(db: Database) -> Intent | None:
    """Return the newest submission, or None."""
    row = db.row("SELECT * FROM intent ORDER BY n DESC LIMIT 1")
    return from_row(Intent, row) if row else None


def waiting(db: Database, limit: int = 50) -> list[Intent]:
    """Return the submissions without an acknowledgement, oldest first."""
    return [from_row(Intent, row) for row in db.rows("SELECT * FROM intent WHERE acked_at IS NULL ORDER BY n LIMIT :n", {"n": limit})]


def count_waiting(db: Database) -> tuple[int, datetime | None]:
    """Return how many submissions have no acknowledgement, and since when the oldest waits."""
    row = db.conn.execute("SELECT count(*), min(saved_at) FROM intent WHERE acked_at IS NULL").fetchone()
    return row[0], datetime.fromisoformat(row[1]) if row[1] else None


def count(db: Database) -> int:
    """Return how many submissions stand here."""
    found: int = db.conn.execute("SELECT count(*) FROM intent").fetchone()[0]
    return found


def blob_bytes(db: Database) -> int:
    """Return how many bytes of sealed photos stand here."""
    found: int = db.conn.execute("SELECT coalesce(sum(size), 0) FROM blob").fetchone()[0]
    return found


def every(db: Database) -> list[Intent]:
    """Return all submissions that stand here, oldest first."""
    return [from_row(Intent, row) for row in db.rows("SELECT * FROM intent ORDER BY n")]


def of_tag(db: Database, tag: str) -> Intent | None:
    """Return the submission with this receipt tag, or None."""
    row = db.row("SELECT * FROM intent WHERE tag = :t AND tag <> '' ORDER BY n LIMIT 1", {"t": tag})
    return from_row(Intent, row) if row else None


def acknowledge(db: Database, chain: str, row: Mapping[str, Any]) -> int:
    """Write what the desk said to a link; return its `n`, 0 if it is not here."""
    found = db.conn.execute(
        """
        UPDATE intent SET ack_n = :ack_n, ack_life = :ack_life, acked_at = :acked_at, verdict = :verdict, reason = :reason, case_number = :case_number
        WHERE chain = :chain RETURNING n
        """,
        {**row, "chain": chain},
    ).fetchone()
    return found[0] if found else 0


def chain_of(db: Database, n: int) -> str:
    """Return the chain hash of a submission."""
    found: str = db.conn.execute("SELECT chain FROM intent WHERE n = ?", (n,)).fetchone()[0]
    return found


def newest_acked(db: Database) -> str:
    """Return the chain hash of the newest acknowledged submission that stands here, '' if none."""
    row = db.conn.execute("SELECT chain FROM intent WHERE acked_at IS NOT NULL ORDER BY n DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def forget_acks(db: Database) -> None:
    """Let every submission wait again: the desk no longer has what it acknowledged."""
    db.conn.execute("UPDATE intent SET ack_n = NULL, ack_life = '', acked_at = NULL, verdict = '', reason = '', case_number = ''")
    db.conn.execute("UPDATE blob SET sent = 0")


def keep_sig(db: Database, intent_id: str, sig: str) -> None:
    """Write another signature of the same link."""
    db.conn.execute("UPDATE intent SET sig = ? WHERE id = ?", (sig, intent_id))


def blobs(db: Database, intent_id: str) -> list[Blob]:
    """Return the sealed photos of a submission."""
    return [from_row(Blob, row) for row in db.rows("SELECT * FROM blob WHERE intent = :i", {"i": intent_id})]


def blob(db: Database, sha256: str) -> Blob | None:
    """Return a sealed photo, or None."""
    row = db.row("SELECT * FROM blob WHERE sha256 = :h", {"h": sha256})
    return from_row(Blob, row) if row else None


def hashes(db: Database) -> set[str]:
    """Return the hashes of all sealed photos that belong to a submission."""
    return {row[0] for row in db.conn.execute("SELECT sha256 FROM blob")}


def mark_sent(db: Database, sha256: str) -> None:
    """Write that the desk has a photo whole."""
    db.conn.execute("UPDATE blob SET sent = 1 WHERE sha256 = ?", (sha256,))


def can_go(db: Database, through: int, life: str, before: datetime) -> list[Intent]:
    """Return the submissions that stand in a proven backup of the desk's present life, and were acknowledged before an instant, photos and all."""
    rows = db.rows(
        """
        SELECT * FROM intent WHERE acked_at < :before AND ack_life = :life AND ack_n BETWEEN 1 AND :through
            AND NOT EXISTS (SELECT 1 FROM blob WHERE blob.intent = intent.id AND blob.sent = 0)
        ORDER BY n
        """,
        {"before": to_text(before), "life": life, "through": through},
    )
    return [from_row(Intent, row) for row in rows]


def remove(db: Database, ids: Sequence[str]) -> None:
    """Remove submissions that the desk has for good."""
    db.conn.executemany("DELETE FROM intent WHERE id = ?", [(intent_id,) for intent_id in ids])


def readable(db: Database) -> list[Intent]:
    """Return the submissions of a damaged outbox that can still be read, one by one; a row on a broken page is left out."""
    found = []
    for n in _numbers(db):
        try:
            row = db.row("SELECT * FROM intent WHERE n = :n", {"n": n})
            found += [from_row(Intent, row)] if row else []
        except Exception:  # noqa: S112 - a broken page is why we are here; what is behind it is still wanted
            continue
    return found


def _numbers(db: Database) -> range:
    """Return the row numbers that may exist; where nobody can tell any more, more of them than a kiosk has rows."""
    is_sure = True
    for question in ("SELECT seq FROM sqlite_sequence WHERE name = 'intent'", "SELECT max(n) FROM intent"):
        try:
            row = db.conn.execute(question).fetchone()
        except Exception:
            is_sure = False  # the next question may still be answered
            continue
        if row and row[0]:
            return range(1, min(int(row[0]), MOST_ROWS) + 1)
    return range(0) if is_sure else range(1, 100_000)
