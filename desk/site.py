"""The data folder of one site: everything the desk keeps stands here, and nothing outside.

desk.sqlite   the database (with -wal and -shm while open)
desk.id       made with the database: a missing database beside it is an alarm, never a fresh start
desk.toml     settings
files/        photos and signatures, named by their hash
backups/      verified backups
heads.txt     journal heads, one line an hour: a cut tail of the journal shows
desk.lock     held by the one server of this folder
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from desk import settings
from desk.kit import site_facts
from desk.kit.database import Database, Pool, open_database
from desk.kit.files import durable_write
from desk.kit.problems import Refused
from desk.kit.site_facts import SiteFacts
from desk.registry import PUBLISHED
from desk.schemas import migrate_all, owners
from desk.settings import Settings
from sync import feed

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt


@dataclass(frozen=True)
class Site:
    """An opened data folder: its settings, and a connection for each thread."""

    folder: Path
    settings: Settings
    pool: Pool

    @property
    def database(self) -> Path:
        """Where the database stands."""
        return self.folder / "desk.sqlite"

    @property
    def backups(self) -> Path:
        """Where the backups stand."""
        return self.folder / "backups"

    @property
    def files(self) -> Path:
        """Where photos and signatures stand."""
        return self.folder / "files"

    @property
    def heads(self) -> Path:
        """Where the journal heads are written down."""
        return self.folder / "heads.txt"

    def db(self) -> Database:
        """Return this thread's connection."""
        return self.pool.get()


def make(folder: Path, wanted: Settings | None = None, site_id: str = "") -> Site:
    """Make a new data folder; `Refused` if there is one already."""
    if (folder / "desk.sqlite").exists() or (folder / "desk.id").exists():
        raise Refused("site.exists", folder=str(folder))
    for place in (folder, folder / "files", folder / "backups"):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    durable_write(folder / "desk.toml", settings.to_toml(wanted or Settings()).encode())
    db = open_database(folder / "desk.sqlite", create=True)
    migrate_all(db)
    db.conn.close()
    durable_write(folder / "desk.id", f"{site_id or os.urandom(8).hex()}\n".encode())
    return open_site(folder)


def open_site(folder: Path, check_version: bool = True) -> Site:
    """Open a data folder; `Refused` says what is missing, wrong in the settings, or newer than this program."""
    if not (folder / "desk.sqlite").exists():
        code = "site.database_gone" if (folder / "desk.id").exists() else "site.none"
        raise Refused(code, folder=str(folder))
    site = Site(folder, settings.read_file(folder / "desk.toml"), Pool(folder / "desk.sqlite", lambda db: feed.project(db, PUBLISHED)))
    site_facts.use(site.database, facts(site.settings))
    if check_version:
        _check_version(site.db(), folder)
    return site


def facts(settings: Settings) -> SiteFacts:
    """Return what papers and rules may know of the settings."""
    return SiteFacts(
        name_zh=settings.name_zh,
        name_en=settings.name_en,
        company_zh=settings.company_zh,
        company_en=settings.company_en,
        phone=settings.hotline or settings.phone,
        cut_offs=settings.dispatch_cut_offs,
        desk_phone=settings.phone,
        hotline=settings.hotline,
        opens=settings.opening.start,
        closes=settings.opening.end,
    )


def _check_version(db: Database, folder: Path) -> None:
    """Refuse a file that a newer program has changed: this one would not know its columns."""
    blank = sqlite_utils.Database(memory=True)
    for owner in owners():
        known = {step.name for step in owner.pending(blank)}
        unknown = [step.name for step in owner.applied(db) if step.name not in known]
        if unknown:
            raise Refused("site.newer", folder=str(folder), steps=unknown)


@contextmanager
def only_server(folder: Path) -> Iterator[None]:
    """Hold the folder's lock while serving; `Refused` if another server or a restore holds it. A crash frees it."""
    with alone(folder, "desk.lock") as free:
        if not free:
            raise Refused("site.in_use", folder=str(folder))
        yield


@contextmanager
def alone(folder: Path, name: str) -> Iterator[bool]:
    """Hold a named lock of the folder, and tell whether it was free: another process or thread may be at the same work."""
    with (folder / name).open("a+") as file:
        yield _take(file.fileno())


def _take(number: int) -> bool:
    try:
        if fcntl:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
