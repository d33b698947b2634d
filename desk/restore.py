"""Bringing a backup back: beside the old folder, checked, then put in its place; nobody who was shut out gets in again."""

import os
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desk import backup
from desk.backup import STAMP, Backup
from desk.kit.access import store as access
from desk.kit.act import Act
from desk.kit.database import Database, open_database
from desk.kit.journal import change
from desk.kit.journal import store as journal
from desk.kit.numbering import begin_generation
from desk.kit.numbering import store as numbers
from desk.kit.problems import Problem
from desk.schemas import migrate_all
from desk.site import only_server


def restore(source: Path, folder: Path, act: Act) -> tuple[Backup, Path | None, int]:
    """Put a backup in the place of a data folder; return it, where the old folder now stands, and how many entries are newer there.

    `Refused` while a server runs on the folder, or if the backup is not sound: then nothing was touched.
    """
    found = backup.check(source)
    now = act.clock.now()
    fresh = folder.with_name(f"{folder.name}.restoring-{now.strftime(STAMP)}")
    if folder.exists():
        with only_server(folder):
            _lay_out(source, fresh)
    else:
        _lay_out(source, fresh)
    lost = _settle(fresh, folder, found, act)
    aside = _swap(folder, fresh, now)
    return found, aside, lost


def _lay_out(source: Path, fresh: Path) -> None:
    """Copy a backup's parts into a new data folder."""
    shutil.rmtree(fresh, ignore_errors=True)
    for place in (fresh, fresh / "files", fresh / "backups"):
        place.mkdir(parents=True, mode=0o700)
    for name in ("desk.sqlite", *backup.BESIDE):
        if (source / name).exists():
            shutil.copyfile(source / name, fresh / name)
    for name in backup.photos_of(source):
        shutil.copyfile(source.parent / "files" / name, fresh / "files" / name)


def _settle(fresh: Path, old: Path, found: Backup, act: Act) -> int:
    """End all sessions, keep shut out who was shut out since, and note the restoration; return how many entries are newer in the old folder."""
    db = open_database(fresh / "desk.sqlite")
    migrate_all(db)
    before = _open_old(old / "desk.sqlite")
    lost = max(0, journal.head(before)[0] - found.head_seq) if before else 0
    with change(db, act) as note:
        ended = access.revoke(db, act.now, "restored")
        shut_out = _keep_shut_out(db, before) if before else []
        life = begin_generation(db, act, _generation_of(before), f"restored {found.path.name}")
        note("site.restored", "site", name=found.path.name, newer=lost, sessions=ended, shut_out=len(shut_out), generation=life.n)
    if before:
        before.conn.close()
    db.conn.close()
    return lost


def _generation_of(before: Database | None) -> int:
    """Return the generation of the old database; 0 if it cannot tell one."""
    return numbers.generation(before).n if before and "generation" in before.table_names() else 0


def _open_old(path: Path) -> Database | None:
    """Return the old database, or None if it is gone or cannot be read."""
    try:
        db = open_database(path)
        journal.head(db)
    except (Problem, OSError, Exception):
        return None
    return db


def _keep_shut_out(db: Database, before: Database) -> list[str]:
    """Take away the access of those who lost it after the backup was made."""
    gone = {member.id for member in access.staff(before, active=False) if not member.active}
    members = [member for member in access.staff(db) if member.id in gone]
    for member in members:
        access.change_staff(db, replace(member, active=False, version=member.version + 1))
    return [member.id for member in members]


def _swap(folder: Path, fresh: Path, now: datetime) -> Path | None:
    """Put the new folder in the place of the old one, which stays beside it with its backups."""
    aside = None
    if folder.exists():
        aside = folder.with_name(f"{folder.name}.before-{now.strftime(STAMP)}")
        os.replace(folder, aside)
    os.replace(fresh, folder)
    if aside and (aside / "backups").exists():
        shutil.rmtree(folder / "backups")
        os.replace(aside / "backups", folder / "backups")
    return aside
