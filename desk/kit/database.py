"""The one place that opens a connection, and the one way to write a row.

WAL with synchronous=FULL: of the modes measured, the fast one that lost nothing when power cuts were replayed.
SQLite before 3.51.3 can corrupt a WAL database under two writers, so an older library is refused at start.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlite_utils
from sqlite_utils.migrations import Migrations
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where it is installed

from desk.kit.problems import Refused
from desk.kit.rows import to_row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SAFE_SQLITE = (3, 51, 3)
BUSY_SECONDS = 20


class Database(sqlite_utils.Database):
    """One connection to the site's file; `sqlite_utils.Database` with our own transactions and reads."""

    path: Path
    changing: int = 0
    before_commit: "Callable[[Database], object] | None" = None  # called with the write lock held, inside each transaction that ends well

    def rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return all rows of a SELECT as dicts."""
        cursor = self.conn.execute(sql, params or {})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, sql: str, params: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
        """Return the first row of a SELECT, or None."""
        cursor = self.conn.execute(sql, params or {})
        found = cursor.fetchone()
        return None if found is None else dict(zip((c[0] for c in cursor.description), found, strict=True))

    def value(self, sql: str, params: Mapping[str, Any] | None = None) -> Any:
        """Return the first column of the first row of a SELECT, or None."""
        found = self.conn.execute(sql, params or {}).fetchone()
        return None if found is None else found[0]


def open_database(path: Path, *, create: bool = False, durable: bool = True) -> Database:
    """Open a file with its settings checked; `Refused` if it is missing or the SQLite library is unsafe.

    `durable=False` is for a copy that can be fetched again: after a power cut its last moments may be gone, the file is whole.
    """
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        raise Refused("database.old_sqlite", found=sqlite3.sqlite_version, needed="3.51.3")
    if not create and not path.exists():
        raise Refused("database.missing", path=str(path))
    conn = sqlite3.connect(str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=512)
    db = Database(conn)
    db.path = path
    _settle(db, {"journal_mode": "wal", "synchronous": 2 if durable else 1})
    return db


def open_memory(name: str) -> Database:
    """Open a database that stands in memory only and is gone when it is closed; `name` tells it from others in this process."""
    db = Database(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))
    db.path = Path(f":memory:{name}")
    _settle(db, {"journal_mode": "memory"})
    return db


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """Let several reads see one state of the file; inside a transaction they do so anyway."""
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.execute("ROLLBACK")


def empty_wal(db: Database) -> None:
    """Write the log back into the file and cut it to nothing: what was deleted is then in neither of them."""
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _settle(db: Database, kind: Mapping[str, Any]) -> None:
    """Set what every connection needs, and read it back: a setting that did not take is an error, not a hope."""
    wanted = {**kind, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2, "recursive_triggers": 1}
    for name, value in wanted.items():
        db.conn.execute(f"PRAGMA {name}={value}")
        found = db.conn.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise Refused("database.setting", name=name, found=found, needed=value)


class Pool:
    """One connection per thread to one file; `before_commit` and `durable` are given to each."""

    def __init__(self, path: Path, before_commit: Callable[[Database], object] | None = None, durable: bool = True) -> None:
        self.path = path
        self.before_commit = before_commit
        self.durable = durable
        self._mine = threading.local()

    def get(self) -> Database:
        """Return this thread's connection, opened on first use."""
        found: Database | None = getattr(self._mine, "db", None)
        if found is None:
            found = self._mine.db = open_database(self.path, durable=self.durable)
            found.before_commit = self.before_commit
        return found


def put(db: Database, table: str, thing: "DataclassInstance", key: str = "id") -> None:
    """Write a dataclass as a row of `table`: a new one, or the new state of the one with the same key."""
    row = to_row(thing)
    db.conn.execute(_put_sql(table, tuple(row), key), row)


_PUT_SQL: dict[tuple[str, tuple[str, ...], str], str] = {}


def _put_sql(table: str, names: tuple[str, ...], key: str) -> str:
    made = _PUT_SQL.get((table, names, key))
    if made is None:
        keys = key.split(",")
        changed = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
        made = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + name for name in names)}) ON CONFLICT ({key}) DO " + (
            f"UPDATE SET {changed}" if changed else "NOTHING"
        )
        _PUT_SQL[table, names, key] = made
    return made


def migrate(db: Database, owners: Iterable[Migrations]) -> list[str]:
    """Bring the file up to date, each step in a transaction of its own, and return the names of the steps that ran."""
    ran = []
    for owner in owners:
        names = [step.name for step in owner.pending(db)]
        owner.apply(db)
        ran += [f"{owner.name}.{name}" for name in names]
    return ran


def quick_check(db: Database) -> list[str]:
    """Return what SQLite itself finds wrong with the file's pages; empty if nothing."""
    return [row[0] for row in db.conn.execute("PRAGMA quick_check(20)") if row[0] != "ok"]


def broken_references(db: Database) -> list[tuple[str, str]]:
    """Return (table, table it points to) of rows whose reference leads nowhere."""
    return [(row[0], row[2]) for row in db.conn.execute("PRAGMA foreign_key_check")]


def copy_to(db: Database, path: Path) -> None:
    """Copy the whole file as it stands in one step: a paged copy never ends while others write."""
    target = sqlite3.connect(str(path), isolation_level=None)
    try:
        db.conn.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()


def schema_tables(db: Database) -> list[str]:
    """Return the names of the tables that hold data, without those that SQLite and the full-text index keep for themselves."""
    names = db.table_names()
    virtual = [name for name in names if "VIRTUAL TABLE" in (db[name].schema or "").upper()]
    shadows = {f"{name}_{part}" for name in virtual for part in ("data", "idx", "content", "docsize", "config")}
    return sorted(name for name in names if name not in shadows and name not in virtual and not name.startswith(("sqlite_", "_sqlite_")))
