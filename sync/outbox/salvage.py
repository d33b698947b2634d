"""A damaged outbox: set aside with every byte, read row by row into a new one, and what cannot be read any more is told.

The new one is made whole beside the damaged one before either changes its name: a machine that goes off in between begins again, or ends it.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

from desk.kit.database import Database, empty_wal, migrate, open_database, quick_check
from desk.kit.files import sync_folder
from desk.kit.problems import Problem
from desk.kit.quiet import quietly
from sync.chain import thaw
from sync.outbox import store
from sync.outbox.schema import migrations
from sync.outbox.store import Blob, Intent

ENDINGS = ("", "-wal", "-shm")
NO_DAMAGE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_NOMEM", "SQLITE_PERM")


def opened(folder: Path) -> Database:
    """Open the outbox of a folder, after a salvage if it is damaged; what is no damage (a full disk, another program's lock) is raised."""
    path, made = folder / "outbox.db", folder / "outbox.salvaged.db"
    if not path.exists() and made.exists():
        _swap(folder, path, made)
    try:
        db = ready(path)
        if not quick_check(db):
            return db
        db.conn.close()
    except Exception as error:  # a file that is damaged fails in many ways
        if _is_no_damage(error, path):
            raise
    _salvage(folder, path, made)
    _swap(folder, path, made)
    return ready(path)


def ready(path: Path) -> Database:
    """Open an outbox with its tables; a new one begins a new life."""
    db = open_database(path, create=True)
    migrate(db, [migrations])
    if store.known(db, "epoch") is None:
        with quietly(db):
            store.remember(db, epoch=secrets.token_hex(4))
    return db


def _is_no_damage(error: Exception, path: Path) -> bool:
    """Tell whether an error only says that the file cannot be used just now, or not by this program."""
    if isinstance(error, Problem):
        return error.code == "database.old_sqlite"
    name = getattr(error, "sqlite_errorname", "")
    return isinstance(error, OSError) or name.startswith(NO_DAMAGE) or (name == "SQLITE_READONLY" and not os.access(path, os.W_OK))


def _swap(folder: Path, path: Path, made: Path) -> None:
    """Set the damaged files aside and put the new one in their place; the main file goes first, so that an interrupted swap is recognised."""
    aside = folder / f"outbox.damaged-{secrets.token_hex(4)}.db"
    for ending in ENDINGS:
        if path.with_name(path.name + ending).exists():
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    made.rename(path)
    sync_folder(folder)


def _salvage(folder: Path, path: Path, made: Path) -> None:
    """Write what can be read of a damaged outbox into a new one beside it."""
    for ending in ENDINGS:
        made.with_name(made.name + ending).unlink(missing_ok=True)
    intents, photos, known = _read(path)
    lost = _lost(folder, {intent.id for intent in intents})
    db = ready(made)
    with quietly(db):
        for intent in intents:
            store.keep(db, intent)
        for photo in photos:
            store.keep_blob(db, photo)
        store.remember(db, **known, acked=store.newest_acked(db), lost=lost, salvaged=len(intents))
    empty_wal(db)
    db.conn.close()
    sync_folder(folder)


def _read(path: Path) -> tuple[list[Intent], list[Blob], dict[str, Any]]:
    old = _readable(path)
    if old is None:
        return [], [], {}
    known: dict[str, Any] = {}
    for name in ("nonce", "anchor", "offset", "counter", "suspect"):
        try:
            value = store.known(old, name)
        except Exception:  # noqa: S112 - a broken page: the desk will tell
            continue
        known |= {} if value is None else {name: value}
    intents = _told_apart(store.readable(old))
    old.conn.close()
    return intents, list(_photos(intents)), known


def _readable(path: Path) -> Database | None:
    """Open a damaged file as well as it can be opened, None if not at all."""
    for opener in (open_database, _read_only):
        try:
            return opener(path)
        except Exception:  # noqa: S112 - the next way may still work
            continue
    return None


def _read_only(path: Path) -> Database:
    return Database(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None))


def _told_apart(intents: Sequence[Intent]) -> list[Intent]:
    """Return the submissions that can stand beside each other: a damaged row may carry another one's name."""
    found: dict[str, Intent] = {}
    names: set[str] = set()
    for intent in intents:
        own = {f"id {intent.id}", f"chain {intent.chain}", f"seq {intent.epoch} {intent.seq}"}
        if not own & names:
            found[intent.id] = intent
            names |= own
    return list(found.values())


def _photos(intents: Sequence[Intent]) -> Iterator[Blob]:
    """Yield the photos that the frozen texts name: all of them are sent again, the desk takes none of them twice."""
    for intent in intents:
        try:
            blobs = thaw(intent.frozen).blobs
        except Problem:
            continue
        for blob in {blob.sha256: blob for blob in blobs}.values():
            yield Blob(blob.sha256, intent.id, blob.size)


def _lost(folder: Path, found: set[str]) -> list[str]:
    """Return the receipt numbers that were given out and cannot be read any more."""
    path = folder / "slips.log"
    lines = [line.split() for line in path.read_text(errors="replace").splitlines()] if path.exists() else []
    return [parts[2] for parts in lines if len(parts) == 4 and parts[3] not in found]
