"""The journal (工作日志, RC7) and the one way to change anything: `with change(db, act) as note`.

Every act is one transaction with at least one entry. Entries form a hash chain over
`seq|at|actor|device|act|object|about|H(salt||payload)|previous hash`; the payload stands beside the chain, so that a legal
erasure (PIPL 47) leaves the chain whole.
"""

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.journal import store
from desk.kit.problems import Refused
from desk.kit.rows import to_json

_WRITERS: dict[str, threading.RLock] = {}
_WRITERS_LOCK = threading.Lock()


class Note:
    """Writes entries into the journal of the running change; the sequence and hash of the last one stay readable."""

    def __init__(self, db: Database, act: Act) -> None:
        self.db = db
        self.act = act
        self.seq = 0
        self.hash = ""

    def __call__(self, happened: str, object_id: str, about: str = "", /, **details: Any) -> int:
        """Enter that something happened to an object, in the file `about` (a unit's id); return the entry's sequence."""
        seq, (_, previous) = store.next_seq(self.db), store.head(self.db)
        salt, payload = os.urandom(16).hex(), to_json(details)
        row = {
            "seq": seq,
            "at": to_text(self.act.now),
            "actor": self.act.actor,
            "device": self.act.device,
            "act": happened,
            "object": object_id,
            "about": about,
            "digest": digest(salt, payload),
        }
        row["hash"] = link(row, previous)
        store.append(self.db, row, salt, payload)
        self.seq, self.hash = seq, str(row["hash"])
        return seq


def digest(salt: str, payload: str) -> str:
    """Return the SHA-256 of salt and payload: all of the payload that the chain knows."""
    return hashlib.sha256(f"{salt}{payload}".encode()).hexdigest()


def link(row: dict[str, Any], previous: str) -> str:
    """Return the hash that ties an entry to the one before it."""
    parts = [str(row[name]) for name in ("seq", "at", "actor", "device", "act", "object", "about", "digest")]
    return hashlib.sha256("|".join([*parts, previous]).encode()).hexdigest()


@contextmanager
def change(db: Database, act: Act) -> Iterator[Note]:
    """Own one transaction: take the write lock at once, read the clock inside it, keep all or nothing.

    Undone if anything raises, or if nothing was noted. Inside another change it joins that one as a savepoint.
    """
    note = Note(db, act)
    with _writer(db):
        if db.changing == 0:
            db.conn.execute("BEGIN IMMEDIATE")
            act.begin()
        else:
            db.conn.execute(f"SAVEPOINT change_{db.changing}")
        db.changing += 1
        try:
            yield note
            if note.seq == 0:
                raise RuntimeError("a change that notes nothing would leave no trace")
            if db.changing == 1 and db.before_commit:
                db.before_commit(db)
        except BaseException:
            _undo(db)
            raise
        _keep(db)


def _undo(db: Database) -> None:
    db.changing -= 1
    if db.changing:
        db.conn.execute(f"ROLLBACK TO change_{db.changing}")
        db.conn.execute(f"RELEASE change_{db.changing}")
    elif db.conn.in_transaction:
        db.conn.execute("ROLLBACK")


def _keep(db: Database) -> None:
    db.changing -= 1
    db.conn.execute(f"RELEASE change_{db.changing}" if db.changing else "COMMIT")


def _writer(db: Database) -> threading.RLock:
    """Return this process's writer lock for the file: waiting here is fairer and cheaper than in SQLite's busy loop."""
    with _WRITERS_LOCK:
        return _WRITERS.setdefault(str(db.path), threading.RLock())


def erase(db: Database, act: Act, seqs: list[int], reason: str) -> None:
    """Erase the payloads of entries by law (PIPL 47); the entries, their hashes and this act stay."""
    if not reason.strip():
        raise Refused("journal.reason_needed")
    with change(db, act) as note:
        by_seq = note("payload.erased", f"journal:{seqs[0]}", count=len(seqs), reason=reason)
        for seq in seqs:
            store.erase_payload(db, seq, by_seq)


def verify(db: Database, known: tuple[tuple[int, str], ...] = ()) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is wrong with the chain as (code, details); `known` are (sequence, hash) pairs kept outside the journal.

    A hash may be shortened, as it is on paper. Edited, removed and reordered entries and a cut tail are all found.
    """
    previous, expected = "", 1
    anchors = dict(known)
    for row in store.chain(db):
        if row["seq"] != expected:
            yield "journal.gap", {"expected": expected, "found": row["seq"]}
        if link(row, previous) != row["hash"]:
            yield "journal.edited", {"seq": row["seq"]}
        if row["payload"] is None and row["erased_by"] is None:
            yield "journal.payload_gone", {"seq": row["seq"]}
        if row["payload"] is not None and digest(row["salt"], row["payload"]) != row["digest"]:
            yield "journal.payload_edited", {"seq": row["seq"]}
        short = anchors.pop(row["seq"], "")
        if not row["hash"].startswith(short):
            yield "journal.not_the_known_head", {"seq": row["seq"], "known": short}
        previous, expected = row["hash"], row["seq"] + 1
    if store.last_used_seq(db) >= expected:
        yield "journal.tail_cut", {"last": expected - 1, "used": store.last_used_seq(db)}
    for seq in sorted(anchors):
        yield "journal.tail_cut", {"last": expected - 1, "used": seq}
    for seq in store.stray_payloads(db):
        yield "journal.stray_payload", {"seq": seq}
