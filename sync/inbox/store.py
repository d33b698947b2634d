"""The SQL of devices and of what they sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desk.kit.clock import from_text, to_text
from desk.kit.database import Database, put
from desk.kit.plugs import Verdict
from desk.kit.rows import from_row, to_json

_DEVICE = (
    "id, name, place, added_at, public_key, enrolled_at, revoked_at, revoked_why, flags, nonce, prev_nonce, counter, epoch, "
    "seen_at, beat, reads"
)


@dataclass(frozen=True)
class Device:
    """One kiosk as the desk knows it; `flags` are what a person must look at, `beat` is its newest sign of life."""

    id: str
    name: str
    place: str
    added_at: datetime
    public_key: str = ""
    enrolled_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_why: str = ""
    flags: tuple[str, ...] = ()
    nonce: str = ""
    prev_nonce: str = ""
    counter: int = 0
    epoch: str = ""
    seen_at: datetime | None = None
    beat: Mapping[str, Any] = field(default_factory=dict)
    reads: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_active(self) -> bool:
        """Say whether it may speak to the desk."""
        return bool(self.public_key) and self.revoked_at is None


@dataclass(frozen=True)
class Entry:
    """One submission with what became of it; `body` is opened ({} if it could not be), `number` the receipt number on the slip."""

    n: int
    id: str
    device: str
    epoch: str
    seq: int
    kind: str
    version: int
    number: str
    frozen: str
    chain: str
    sig: str
    body: Mapping[str, Any]
    tag: str
    receipt_key: str
    identity: str
    occurred_at: datetime
    received_at: datetime
    effective_at: datetime
    offset_ms: int
    clock_suspect: bool
    verdict: Verdict
    reason: str
    details: Mapping[str, Any]
    case_kind: str
    object: str
    case_number: str
    about: str
    settled_at: datetime | None = None
    settled_by: str = ""
    settled_words: str = ""


@dataclass(frozen=True)
class Photo:
    """One photo of a submission: `file` is its name in files/ once it is here."""

    intent: str
    sha256: str
    n: int
    size: int
    file: str
    state: str


@dataclass(frozen=True)
class SetAside:
    """Something that came and could not be taken: the same id with other bytes, a wrong signature, no intent at all."""

    n: int
    at: datetime
    device: str
    why: str
    intent: str
    frozen: str
    chain: str
    settled_at: datetime | None = None
    settled_by: str = ""
    settled_words: str = ""


@dataclass(frozen=True)
class Keys:
    """The desk's own keys for kiosks, and up to which submission a proven backup reaches."""

    private: str
    ca_cert: str
    ca_key: str
    backed_up_through: int
    backed_up_at: str


def keys(db: Database) -> Keys | None:
    """Return the desk's keys, or None before the first kiosk was added."""
    row = db.row("SELECT private, ca_cert, ca_key, backed_up_through, backed_up_at FROM sync_key")
    return from_row(Keys, row) if row else None


def keep_keys(db: Database, made: Keys) -> None:
    """Write the desk's keys, once."""
    db.conn.execute(
        "INSERT INTO sync_key (id, private, ca_cert, ca_key, backed_up_through, backed_up_at) VALUES (1, ?, ?, ?, ?, ?)",
        (made.private, made.ca_cert, made.ca_key, made.backed_up_through, made.backed_up_at),
    )


def keep_authority(db: Database, cert: str, key: str) -> None:
    """Write the site's own authority, once: kiosks are pinned to it."""
    db.conn.execute("UPDATE sync_key SET ca_cert = ?, ca_key = ? WHERE ca_cert = ''", (cert, key))


def keep_backed_up(db: Database, through: int, at: datetime) -> None:
    """Write up to which submission a proven backup reaches."""
    db.conn.execute("UPDATE sync_key SET backed_up_through = max(backed_up_through, ?), backed_up_at = ?", (through, to_text(at)))


def newest_n(db: Database) -> int:
    """Return the number of the newest submission, 0 before the first."""
    found: int = db.conn.execute("SELECT coalesce(max(n), 0) FROM inbox").fetchone()[0]
    return found


def device(db: Database, device_id: str) -> Device | None:
    """Return a device, or None."""
    row = db.row(f"SELECT {_DEVICE} FROM device WHERE id = :id", {"id": device_id})
    return from_row(Device, row) if row else None


def devices(db: Database) -> list[Device]:
    """Return all devices, K2 before K10."""
    rows = db.rows(f"SELECT {_DEVICE} FROM device ORDER BY length(id), id")
    return [from_row(Device, row) for row in rows]


def keep_device(db: Database, made: Device) -> None:
    """Write a device's state."""
    put(db, "device", made)


def seen(db: Database, device_id: str, at: datetime, counter: int, beat: Mapping[str, Any] | None) -> None:
    """Write a device's sign of life."""
    db.conn.execute(
        "UPDATE device SET seen_at = ?, counter = max(counter, ?), beat = coalesce(?, beat) WHERE id = ?",
        (to_text(at), counter, None if beat is None else to_json(beat), device_id),
    )


def keep_reads(db: Database, device_id: str, reads: Mapping[str, Any]) -> None:
    """Write which versions of which kinds a device can read."""
    db.conn.execute("UPDATE device SET reads = ? WHERE id = ?", (to_json(reads), device_id))


def keep_seq(db: Database, device_id: str, scope: str, seq: int, at: datetime) -> None:
    """Write up to where a device has a scope."""
    db.conn.execute(
        """
        INSERT INTO device_scope (device, scope, seq, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (device, scope) DO UPDATE SET seq = excluded.seq, at = excluded.at
        """,
        (device_id, scope, seq, to_text(at)),
    )


def seqs(db: Database, device_id: str) -> dict[str, int]:
    """Return scope -> up to where a device has it."""
    return dict(db.conn.execute("SELECT scope, seq FROM device_scope WHERE device = ?", (device_id,)).fetchall())


def seen_by_all(db: Database, since: datetime) -> dict[str, int]:
    """Return scope -> up to where every device has it that was seen since and was not revoked."""
    rows = db.conn.execute(
        """
        SELECT device_scope.scope, min(device_scope.seq) FROM device_scope JOIN device ON device.id = device_scope.device
        WHERE device.revoked_at IS NULL AND device.seen_at >= ? GROUP BY device_scope.scope
        """,
        (to_text(since),),
    )
    return dict(rows.fetchall())


def keep_enrolment(db: Database, code_hash: str, device_id: str, expires_at: datetime) -> None:
    """Enter a one-time code; older ones of the device no longer count."""
    db.conn.execute("UPDATE enrolment SET tries = 99 WHERE device = ? AND used_at IS NULL", (device_id,))
    db.conn.execute(
        "INSERT INTO enrolment (code_hash, device, expires_at, tries) VALUES (?, ?, ?, 0)", (code_hash, device_id, to_text(expires_at))
    )


def enrolments(db: Database) -> list[dict[str, Any]]:
    """Return the codes that were not used yet."""
    return db.rows("SELECT code_hash, device, expires_at, tries FROM enrolment WHERE used_at IS NULL")


def count_try(db: Database, now: datetime) -> None:
    """Count a wrong code against every code that could have been meant."""
    db.conn.execute("UPDATE enrolment SET tries = tries + 1 WHERE used_at IS NULL AND expires_at > ?", (to_text(now),))


def use_code(db: Database, code_hash: str, at: datetime) -> None:
    """Mark a code as used."""
    db.conn.execute("UPDATE enrolment SET used_at = ? WHERE code_hash = ?", (to_text(at), code_hash))


def keep_entry(db: Database, row: Mapping[str, Any]) -> int:
    """Enter a submission, and return its number."""
    names = [name for name in row if name != "n"]
    marks = ", ".join(f":{name}" for name in names)
    return int(db.conn.execute(f"INSERT INTO inbox ({', '.join(names)}) VALUES ({marks})", dict(row)).lastrowid or 0)


def keep_outcome(db: Database, row: Mapping[str, Any]) -> None:
    """Write what became of a submission."""
    db.conn.execute(
        """
        UPDATE inbox SET verdict = :verdict, reason = :reason, details = :details, case_kind = :case_kind, object = :object,
            case_number = :case_number, about = :about, settled_at = :settled_at, settled_by = :settled_by, settled_words = :settled_words
        WHERE id = :id
        """,
        dict(row),
    )


def entry(db: Database, intent_id: str) -> Entry | None:
    """Return a submission, or None."""
    row = db.row("SELECT * FROM inbox WHERE id = :id", {"id": intent_id})
    return _entry(row) if row else None


def _entry(row: Mapping[str, Any]) -> Entry:
    return from_row(Entry, {**row, "body": row["body"] or "{}"})


def entries_of(db: Database, ids: Sequence[str]) -> dict[str, Entry]:
    """Return submissions by id."""
    marks = ", ".join("?" * len(ids))
    cursor = db.conn.execute(f"SELECT * FROM inbox WHERE id IN ({marks})", list(ids))
    names = [column[0] for column in cursor.description]
    return {made.id: made for made in (_entry(dict(zip(names, row, strict=True))) for row in cursor)}


def of_object(db: Database, object_id: str) -> list[Entry]:
    """Return the submissions that a case was made of, earliest first."""
    rows = db.rows("SELECT * FROM inbox WHERE object = :o AND object <> '' ORDER BY effective_at, n", {"o": object_id})
    return [_entry(row) for row in rows]


def of_tag(db: Database, tag: str) -> list[Entry]:
    """Return the submissions under a receipt tag (one, unless somebody played tricks)."""
    return [_entry(row) for row in db.rows("SELECT * FROM inbox WHERE tag = :t AND tag <> '' ORDER BY n", {"t": tag})]


def of_device(db: Database, device_id: str, limit: int = 50) -> list[Entry]:
    """Return the newest submissions of a device."""
    return [_entry(row) for row in db.rows("SELECT * FROM inbox WHERE device = :d ORDER BY n DESC LIMIT :n", {"d": device_id, "n": limit})]


def knows_chain(db: Database, chain: str) -> bool:
    """Tell whether the desk has this link, taken or set aside."""
    found = db.conn.execute("SELECT 1 FROM inbox WHERE chain = :c UNION ALL SELECT 1 FROM quarantine WHERE chain = :c", {"c": chain})
    return found.fetchone() is not None


def of_chain(db: Database, chain: str) -> Entry | None:
    """Return the submission with this link, or None."""
    row = db.row("SELECT * FROM inbox WHERE chain = :c", {"c": chain})
    return _entry(row) if row else None


def aside_of_chain(db: Database, chain: str) -> SetAside:
    """Return what was set aside under this link; it is there."""
    return from_row(SetAside, db.row("SELECT * FROM quarantine WHERE chain = :c ORDER BY n", {"c": chain}) or {})


def entries_waiting(db: Database, limit: int = 200) -> list[Entry]:
    """Return the submissions that wait for a person, oldest first."""
    rows = db.rows(
        "SELECT * FROM inbox WHERE verdict IN ('needs_staff', 'deferred') AND settled_at IS NULL ORDER BY received_at, n LIMIT :n",
        {"n": limit},
    )
    return [_entry(row) for row in rows]


def texts(db: Database) -> Iterator[tuple[str, str, str, str]]:
    """Yield (frozen text, chain, receipt number, device) of every submission."""
    yield from db.conn.execute("SELECT frozen, chain, number, device FROM inbox ORDER BY n")


def deferred(db: Database, kind: str, version: int, limit: int = 200) -> list[Entry]:
    """Return the submissions of a kind that a newer desk can now take, in their order."""
    rows = db.rows(
        "SELECT * FROM inbox WHERE verdict = 'deferred' AND settled_at IS NULL AND kind = :kind AND version = :version ORDER BY n LIMIT :n",
        {"kind": kind, "version": version, "n": limit},
    )
    return [_entry(row) for row in rows]


def count_waiting(db: Database) -> int:
    """Return how many things of kiosks wait for a person."""
    found: int = db.value(
        """
        SELECT (SELECT count(*) FROM inbox WHERE verdict IN ('needs_staff', 'deferred') AND settled_at IS NULL)
             + (SELECT count(*) FROM quarantine WHERE settled_at IS NULL)
        """
    )
    return found


def gaps(db: Database) -> list[dict[str, Any]]:
    """Return device, epoch, and how many of its submissions never came: those missing before the newest one that is here."""
    return db.rows(
        """
        SELECT device, epoch, min(seq) AS first, max(seq) AS last, max(seq) - count(DISTINCT seq) AS missing
        FROM inbox GROUP BY device, epoch HAVING missing > 0
        """
    )


def set_aside(db: Database, row: Mapping[str, Any]) -> bool:
    """Set something aside for a person, once; tell whether it is new."""
    return (
        db.conn.execute(
            """
            INSERT INTO quarantine (at, device, why, intent, frozen, chain, settled_by, settled_words)
            VALUES (:at, :device, :why, :intent, :frozen, :chain, '', '') ON CONFLICT DO NOTHING
            """,
            dict(row),
        ).rowcount
        > 0
    )


def quarantined(db: Database, waiting: bool = True, limit: int = 200) -> list[SetAside]:
    """Return what was set aside, those that wait for a person or all."""
    rows = db.rows("SELECT * FROM quarantine WHERE settled_at IS NULL OR :all ORDER BY n LIMIT :n", {"all": int(not waiting), "n": limit})
    return [from_row(SetAside, row) for row in rows]


def settle_aside(db: Database, n: int, at: datetime, by: str, words: str) -> None:
    """Write that a person looked at something that was set aside."""
    db.conn.execute("UPDATE quarantine SET settled_at = ?, settled_by = ?, settled_words = ? WHERE n = ?", (to_text(at), by, words, n))


def keep_photo(db: Database, photo: Photo) -> None:
    """Write how a photo stands."""
    put(db, "inbox_blob", photo, key="intent,n")


def photos(db: Database, intent_id: str) -> list[Photo]:
    """Return the photos of a submission in their order."""
    return [from_row(Photo, row) for row in db.rows("SELECT * FROM inbox_blob WHERE intent = :i ORDER BY n", {"i": intent_id})]


def photos_wanted(db: Database, device_id: str, limit: int = 20) -> list[Photo]:
    """Return the photos that a device announced and did not send yet, oldest first."""
    rows = db.rows(
        """
        SELECT inbox_blob.* FROM inbox_blob JOIN inbox ON inbox.id = inbox_blob.intent
        WHERE inbox_blob.state = 'wanted' AND inbox.device = :d ORDER BY inbox.n, inbox_blob.n LIMIT :n
        """,
        {"d": device_id, "n": limit},
    )
    return [from_row(Photo, row) for row in rows]


def photos_of_hash(db: Database, sha256: str) -> list[Photo]:
    """Return the photos that are waited for under a hash."""
    return [from_row(Photo, row) for row in db.rows("SELECT * FROM inbox_blob WHERE sha256 = :h AND state = 'wanted'", {"h": sha256})]


def instant(text: str | None) -> datetime | None:
    """Return a stored instant, or None."""
    return from_text(text) if text else None
