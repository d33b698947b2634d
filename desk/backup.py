"""Backups: one consistent copy, verified before it counts; old ones thinned out; restore with the old folder kept aside.

backups/20261123T080000Z/  desk.sqlite  desk.toml  desk.id  heads.txt  manifest.json (hash of each, names of the photos)
backups/files/             photos and signatures of all backups, each once, named by hash
"""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desk import checks
from desk.kit.clock import day_of, to_text
from desk.kit.database import copy_to, open_database
from desk.kit.files import durable_write, sync_folder
from desk.kit.journal import store as journal
from desk.kit.problems import Refused
from desk.kit.words import sentence
from desk.site import Site
from sync import inbox

STAMP = "%Y%m%dT%H%M%SZ"
BESIDE = ("desk.toml", "desk.id", "heads.txt")


@dataclass(frozen=True)
class Backup:
    """One sound backup: where it stands, which journal head it holds, and up to which submission of kiosks."""

    path: Path
    at: datetime
    head_seq: int
    head: str
    submissions: int = 0


def make(site: Site, now: datetime, into: Path | None = None) -> Backup:
    """Make a backup under `into` (the site's own folder if None); it gets its name only after it proved sound."""
    home = into or site.backups
    pool = home / "files"
    pool.mkdir(parents=True, exist_ok=True, mode=0o700)
    part, done = home / f".part-{now.strftime(STAMP)}", home / now.strftime(STAMP)
    if done.exists():
        raise Refused("site.exists", folder=str(done))
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        _fill(site, part, pool, now)
        backup = check(part, pool)
        os.replace(part, done)
        sync_folder(home)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    inbox.backed_up(site.db(), backup.submissions, now)
    return replace(backup, path=done)


def _fill(site: Site, part: Path, pool: Path, now: datetime) -> None:
    source = open_database(site.database)
    try:
        copy_to(source, part / "desk.sqlite")
    finally:
        source.conn.close()
    for name in BESIDE:
        if (site.folder / name).exists():
            durable_write(part / name, (site.folder / name).read_bytes())
    photos = sorted(path.name for path in site.files.glob("*") if path.is_file() and not path.name.startswith("."))
    for name in photos:
        if not (pool / name).exists():
            durable_write(pool / name, (site.files / name).read_bytes())
    hashes = {path.name: _hash(path) for path in sorted(part.iterdir())}
    durable_write(part / "manifest.json", json.dumps({"at": to_text(now), "hashes": hashes, "files": photos}, indent=1).encode())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(path: Path, pool: Path | None = None) -> Backup:
    """Return what a backup holds; `Refused` unless every hash fits and the database inside is whole to the last entry."""
    try:
        manifest: dict[str, Any] = json.loads((path / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        raise Refused("backup.none", path=str(path)) from None
    wrong = [name for name, digest in manifest["hashes"].items() if not (path / name).exists() or _hash(path / name) != digest]
    photos = pool or path.parent / "files"
    wrong += [name for name in manifest["files"] if not (photos / name).exists() or _hash(photos / name) != name.split(".")[0]]
    if wrong or "desk.sqlite" not in manifest["hashes"]:
        raise Refused("backup.bad", name=path.name, found=", ".join(wrong[:5]) or "desk.sqlite")
    return _look_inside(path, datetime.fromisoformat(manifest["at"]))


def _look_inside(path: Path, at: datetime) -> Backup:
    """Open a copy of the backup's database, so that the backup itself stays untouched, and check its ledger."""
    copy = path / ".checking.sqlite"
    shutil.copyfile(path / "desk.sqlite", copy)
    try:
        db = open_database(copy)
        heads = [head for head in checks.written_heads(path / "heads.txt") if head[0] <= journal.head(db)[0]]
        wrong = [sentence(code, details) for code, details in checks.ledger(db, heads)]
        head, submissions = journal.head(db), inbox.store.newest_n(db) if "inbox" in db.table_names() else 0
        db.conn.close()
    finally:
        for name in (copy.name, f"{copy.name}-wal", f"{copy.name}-shm"):
            (path / name).unlink(missing_ok=True)
    if wrong:
        raise Refused("backup.bad", name=path.name, found=wrong[0])
    return Backup(path, at, *head, submissions)


def taken(home: Path) -> list[tuple[datetime, Path]]:
    """Return the finished backups of a folder, newest first."""
    found = []
    for path in home.glob("*Z") if home.exists() else ():
        try:
            found.append((datetime.strptime(path.name, STAMP).replace(tzinfo=UTC), path))
        except ValueError:
            continue
    return sorted(found, reverse=True)


def kept(times: list[datetime], hourly: int, daily: int, monthly: int) -> set[datetime]:
    """Return which of these backups stay: the newest ones, then the last one of each recent day and of each recent month."""
    newest = sorted(times, reverse=True)
    keep = set(newest[:hourly])
    for length, most in ((len("2026-11-23"), daily), (len("2026-11"), monthly)):
        last_of: dict[str, datetime] = {}
        for at in newest:
            last_of.setdefault(day_of(at).isoformat()[:length], at)
        keep |= set(list(last_of.values())[:most])
    return keep


def thin_out(site: Site) -> list[str]:
    """Remove backups that are no longer kept, and photos that no kept backup names; return the removed names."""
    made = site.settings
    found = taken(site.backups)
    keep = kept([at for at, _ in found], made.backups_hourly, made.backups_daily, made.backups_monthly)
    gone = [path for at, path in found if at not in keep]
    for path in gone:
        shutil.rmtree(path)
    if gone:
        named = {name for at, path in found if at in keep for name in photos_of(path)}
        for photo in (site.backups / "files").iterdir():
            if photo.name not in named and not photo.name.startswith("."):
                photo.unlink()
    return [path.name for path in gone]


def photos_of(path: Path) -> list[str]:
    """Return the names of the photos that a backup needs."""
    return [str(name) for name in json.loads((path / "manifest.json").read_text("utf-8"))["files"]]
