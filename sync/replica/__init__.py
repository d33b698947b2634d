"""Down, the kiosk's side: apply a page whole or not at all, know when a copy is equal to the desk's, and fetch it anew when it is not.

Rows, cursor and digest of a page move in one transaction. A copy that is fetched anew fills a second slot while the old one is still shown;
it is swapped in when it is complete and its digest is the desk's.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from desk.kit.database import Database, empty_wal, migrate, open_database, open_memory, quick_check
from desk.kit.problems import Problem
from desk.kit.quiet import quietly
from sync import digests
from sync.feed import Page
from sync.replica import store
from sync.replica.schema import migrations
from sync.replica.store import Copy, Cursor

Reads = Mapping[str, Sequence[str]]


class Applied(StrEnum):
    """What became of a page."""

    EQUAL = "equal"  # everything is here and the digests are the same
    MORE = "more"  # there is more to pull
    IGNORED = "ignored"  # it does not begin where this copy ends: an answer that came twice or late
    DOUBT = "doubt"  # everything is here and the digests differ: the scope is fetched anew
    GONE = "gone"  # this device may no longer hold the scope


def open_replica(path: Path, reads: Reads) -> Database:
    """Open the replica; a damaged one is set aside by deleting it: the desk has it all."""
    try:
        db = _opened(path, reads)
        if not quick_check(db):
            return db
        db.conn.close()
    except (Problem, Exception):  # noqa: S110 - whatever is wrong with a copy, the answer is the same
        pass
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return _opened(path, reads)


def _opened(path: Path, reads: Reads) -> Database:
    db = open_database(path, create=True, durable=False)
    return _ready(db, reads)


def open_in_memory(name: str, reads: Reads) -> Database:
    """Open a replica for one resident's scope, which never touches a disk."""
    return _ready(open_memory(name), reads)


def _ready(db: Database, reads: Reads) -> Database:
    migrate(db, [migrations])
    with quietly(db):
        store.make_views(db, reads)
    return db


def have(db: Database, scope: str) -> tuple[int, int | None]:
    """Return from where a scope is pulled next, and the desk's floor under which a rebuilding began (None if none is under way)."""
    found = store.cursor(db, scope)
    if found is None:
        return 0, None
    return (found.fresh.seq, found.fresh_floor) if found.fresh else (found.shown.seq, None)


def begins_anew(db: Database, page: Page) -> bool:
    """Tell whether a page is no continuation of what is shown: the desk, or this copy, may not be the one of before."""
    found = store.cursor(db, page.scope)
    return page.reset or found is None or found.fresh is not None


def apply(db: Database, page: Page, desk_at: str = "") -> Applied:
    """Apply one page of a scope in one transaction."""
    if page.gone:
        purge(db, page.scope)
        return Applied.GONE
    if _is_known(store.cursor(db, page.scope), page):
        return Applied.EQUAL
    with quietly(db):
        cursor = store.cursor(db, page.scope) or Cursor(page.scope, Copy(0))
        mine = cursor.fresh or cursor.shown
        if page.since != mine.seq and not (page.since == 0 and (page.reset or mine.seq == 0)):
            return Applied.IGNORED
        if page.since == 0:
            _begin(db, cursor, page)
        done = _take(db, cursor, page)
        if done is Applied.EQUAL:
            cursor.checked_at = desk_at
        store.keep_cursor(db, cursor)
    return done


def _is_known(cursor: Cursor | None, page: Page) -> bool:
    """Tell whether a page only says that nothing has changed: then nothing is written."""
    if cursor is None or cursor.fresh or page.reset or page.rows:
        return False
    shown = cursor.shown
    return page.since == page.upto == page.head == shown.seq and (page.digest, page.live) == (digests.text(shown.digest), shown.live)


def _begin(db: Database, cursor: Cursor, page: Page) -> None:
    """Begin a copy anew beside the one that is shown."""
    slot = 1 - cursor.shown.slot
    store.clear(db, cursor.scope, slot)
    cursor.fresh, cursor.fresh_floor, cursor.fresh_head = Copy(slot), page.floor, page.head


def _take(db: Database, cursor: Cursor, page: Page) -> Applied:
    """Take a page's rows into the copy they belong to, and say how it stands now."""
    copy = cursor.fresh or cursor.shown
    _write(db, cursor, copy, page)
    copy.seq = page.upto
    if page.upto < page.head:
        return Applied.MORE
    if (digests.text(copy.digest), copy.live) != (page.digest, page.live):
        _begin(db, cursor, page)  # from nothing, at the next pull
        return Applied.DOUBT
    if cursor.fresh:
        store.clear(db, cursor.scope, cursor.shown.slot)
        cursor.shown, cursor.fresh = cursor.fresh, None
    return Applied.EQUAL


def _write(db: Database, cursor: Cursor, copy: Copy, page: Page) -> None:
    """Write rows into a copy and carry its digest along. In a copy begun at a head, rows up to that head come once and are new."""
    begun_at = cursor.fresh_head if cursor.fresh else -1
    if page.rows and page.rows[-1][0] <= begun_at:
        new = [(kind, row_id, doc) for _, kind, row_id, doc in page.rows if doc is not None]
        copy.digest, copy.live = digests.add(copy.digest, digests.total(new)), copy.live + len(new)
        store.write(db, cursor.scope, copy.slot, new)
        return
    kept: dict[tuple[str, str], str | None] = {}
    for seq, kind, row_id, doc in page.rows:
        if seq > begun_at:
            old = kept[kind, row_id] if (kind, row_id) in kept else store.doc(db, cursor.scope, copy.slot, kind, row_id)
            if old is not None:
                copy.digest, copy.live = digests.take(copy.digest, digests.row(kind, row_id, old)), copy.live - 1
        if doc is not None:
            copy.digest, copy.live = digests.add(copy.digest, digests.row(kind, row_id, doc)), copy.live + 1
        kept[kind, row_id] = doc
    store.write(db, cursor.scope, copy.slot, [(kind, row_id, doc) for (kind, row_id), doc in kept.items() if doc is not None])
    store.remove(db, cursor.scope, copy.slot, [key for key, doc in kept.items() if doc is None])


def purge(db: Database, scope: str) -> None:
    """Remove a scope for good: from the tables, and from the log beside the file."""
    with quietly(db):
        store.purge(db, scope)
    if not str(db.path).startswith(":memory:"):
        empty_wal(db)


def scrub(db: Database) -> list[str]:
    """Count anew what is shown and what is being fetched, and let scopes that are not what they say be fetched again; return their names."""
    wrong = []
    for scope in store.scopes(db):
        cursor = store.cursor(db, scope)
        if cursor and not all(_counts_up(db, scope, copy) for copy in (cursor.shown, cursor.fresh) if copy):
            wrong.append(scope)
            with quietly(db):
                store.keep_cursor(db, _anew(db, cursor))
    return wrong


def _counts_up(db: Database, scope: str, copy: Copy) -> bool:
    """Tell whether a copy's rows are those that its digest and number say."""
    rows = list(store.every(db, scope, copy.slot))
    return (digests.total(rows), len(rows)) == (copy.digest, copy.live)


def _anew(db: Database, cursor: Cursor) -> Cursor:
    slot = 1 - cursor.shown.slot
    store.clear(db, cursor.scope, slot)
    cursor.fresh, cursor.fresh_floor, cursor.fresh_head = Copy(slot), 0, 0
    return cursor


def meet(db: Database, generation: int, incarnation: str) -> bool:
    """Learn which life of the desk answers; False for one that is older than the one known: it is not listened to.

    A new life begins every scope anew: its numbers need not continue the old ones.
    """
    known, word = store.life(db)
    if (generation, incarnation) == (known, word):
        return True
    if generation < known:
        return False
    with quietly(db):
        store.keep_life(db, generation, incarnation)
        for scope in store.scopes(db) if known else ():
            cursor = store.cursor(db, scope)
            if cursor:
                store.keep_cursor(db, _anew(db, cursor))
    return True


def docs(db: Database, kind: str, row_id: str = "") -> list[dict[str, Any]]:
    """Return the documents of a kind that are shown, each as a row of its view."""
    return store.read(db, kind, row_id)
