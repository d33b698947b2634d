"""Writes that are no acts of anybody: a session's sign of life, the throttle's count, the ticker's heartbeat."""

from collections.abc import Iterator
from contextlib import contextmanager

from desk.kit.database import Database
from desk.kit.journal import _writer


@contextmanager
def quietly(db: Database) -> Iterator[None]:
    """Own one transaction that leaves no journal entry; it takes the same locks as `change`, and never stands inside one."""
    with _writer(db):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            if db.before_commit:
                db.before_commit(db)
        except BaseException:
            db.conn.execute("ROLLBACK")
            raise
        db.conn.execute("COMMIT")
