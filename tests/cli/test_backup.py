"""Backups prove themselves, old ones go, and a restore brings back everything but the sessions."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from desk import backup, checks, restore
from desk import site as sites
from desk.kit.access import store
from desk.kit.access.rules import Session
from desk.kit.act import Act
from desk.kit.database import open_database
from desk.kit.files import append_line, keep_file
from desk.kit.journal import change
from desk.kit.journal import store as journal
from desk.kit.problems import Refused
from desk.kit.quiet import quietly

LATER = timedelta(hours=3)


def findings(site, heads=()):
    return [code for code, _details in checks.findings(site, heads)]


def test_a_backup_holds_the_database_the_photos_and_the_settings(lived, clock):
    photo = keep_file(lived.files, b"leak", ".jpg")

    made = backup.make(lived, clock.now())

    assert made.head_seq == 3
    assert {path.name for path in made.path.iterdir()} == {"desk.sqlite", "desk.toml", "desk.id", "manifest.json"}
    assert (lived.backups / "files" / photo).read_bytes() == b"leak"
    assert backup.check(made.path) == made


def test_a_backup_is_made_while_somebody_writes(lived, clock):
    act = Act("li", "D1", clock)
    with change(lived.db(), act) as note:
        note("thing.made", "thing-9")
        made = backup.make(lived, clock.now())

    assert made.head_seq == 3
    assert journal.head(lived.db())[0] == 4


@pytest.mark.parametrize("damage", ["bit", "cut", "settings", "photo", "manifest", "gone"])
def test_a_damaged_backup_is_never_taken_for_a_good_one(lived, clock, damage):
    photo = keep_file(lived.files, b"leak", ".jpg")
    path = backup.make(lived, clock.now()).path
    database = path / "desk.sqlite"
    content = bytearray(database.read_bytes())
    if damage == "bit":
        content[len(content) // 2] ^= 1
        database.write_bytes(content)
    elif damage == "cut":
        database.write_bytes(content[:-4096])
    elif damage == "settings":
        (path / "desk.toml").write_text("port = 1")
    elif damage == "photo":
        (lived.backups / "files" / photo).write_bytes(b"other")
    elif damage == "manifest":
        (path / "manifest.json").write_text("{")
    else:
        database.unlink()

    with pytest.raises(Refused) as told:
        backup.check(path)
    assert told.value.code in ("backup.bad", "backup.none")


def test_rows_edited_before_the_backup_make_it_no_backup(lived, clock):
    lived.db().conn.execute("DROP TRIGGER payload_keeps")
    lived.db().conn.execute("UPDATE journal_payload SET payload = '{}' WHERE seq = 2")

    with pytest.raises(Refused) as told:
        backup.make(lived, clock.now())
    assert told.value.code == "backup.bad"
    assert backup.taken(lived.backups) == []
    assert [path.name for path in lived.backups.iterdir()] == ["files"]


def test_the_last_day_is_kept_by_the_hour_two_weeks_by_the_day_and_a_year_by_the_month():
    end = datetime(2026, 11, 23, 8, tzinfo=UTC)
    times = [end - timedelta(hours=n) for n in range(24 * 500)]

    keep = backup.kept(times, hourly=24, daily=14, monthly=12)

    assert set(times[:24]) <= keep
    assert 24 + 12 + 10 <= len(keep) <= 24 + 13 + 11
    assert min(keep) < end - timedelta(days=300)
    assert backup.kept(sorted(keep), 24, 14, 12) == keep


def test_thinning_out_removes_backups_and_the_photos_only_they_had(lived, clock):
    (lived.folder / "desk.toml").write_text("backups_hourly = 1\nbackups_daily = 1\nbackups_monthly = 1\n")
    site = sites.open_site(lived.folder)
    old, new = keep_file(site.files, b"old", ".jpg"), ""
    first = backup.make(site, clock.now())
    (site.files / old).unlink()
    new = keep_file(site.files, b"new", ".jpg")
    second = backup.make(site, clock.now() + LATER)

    gone = backup.thin_out(site)

    assert gone == [first.path.name]
    assert [path.name for path in (site.backups / "files").iterdir()] == [new]
    assert backup.check(second.path) == second


def test_a_restore_brings_back_the_state_and_keeps_the_old_folder(lived, clock):
    photo = keep_file(lived.files, b"leak", ".jpg")
    made = backup.make(lived, clock.now())
    append_line(lived.heads, f"x {journal.head(lived.db())[0]} {journal.head(lived.db())[1]}")
    with change(lived.db(), Act("li", "D1", clock)) as note:
        note("thing.made", "thing-after")
    lived.db().conn.close()
    clock.forward(hours=1)

    found, aside, lost = restore.restore(made.path, lived.folder, Act("terminal", clock=clock))

    site = sites.open_site(lived.folder)
    entries = journal.of_object(site.db(), "site")
    assert (found.head_seq, lost) == (3, 1)
    assert [entry.act for entry in entries] == ["site.restored"]
    assert journal.of_object(site.db(), "thing-after") == []
    assert (site.files / photo).read_bytes() == b"leak"
    assert findings(site) == []
    assert journal.of_object(open_database(aside / "desk.sqlite"), "thing-after")
    assert [path for _at, path in backup.taken(site.backups)] == [site.backups / made.path.name]


def test_a_restore_revives_no_session_and_nobody_who_was_shut_out_since(lived, clock):
    with quietly(lived.db()):
        store.keep_session(lived.db(), Session("token-hash", "li", clock.now(), clock.now(), "x", "y"))
    made = backup.make(lived, clock.now())
    with change(lived.db(), Act("boss", "D1", clock)) as note:
        member = store.staff_member(lived.db(), "li")
        store.change_staff(lived.db(), member.__class__(**{**member.__dict__, "active": False}))
        note("staff.disabled", "li")
    lived.db().conn.close()

    restore.restore(made.path, lived.folder, Act("terminal", clock=clock))

    db = sites.open_site(lived.folder).db()
    assert store.open_sessions(db, "li") == []
    assert store.staff_member(db, "li").active is False


def test_a_restore_is_refused_over_a_running_server(lived, clock):
    made = backup.make(lived, clock.now())
    with sites.only_server(lived.folder), pytest.raises(Refused) as told:
        restore.restore(made.path, lived.folder, Act("terminal", clock=clock))

    assert told.value.code == "site.in_use"
    assert findings(lived) == []


def test_a_restore_of_a_damaged_backup_touches_nothing(lived, clock):
    made = backup.make(lived, clock.now())
    (made.path / "desk.id").write_text("other")

    with pytest.raises(Refused):
        restore.restore(made.path, lived.folder, Act("terminal", clock=clock))

    assert findings(lived) == []
    assert [path.name for path in lived.folder.parent.iterdir() if "home" in path.name] == ["home"]


def test_a_restore_to_another_machine_needs_no_old_folder(lived, clock, tmp_path):
    made = backup.make(lived, clock.now(), tmp_path / "usb")

    _found, aside, lost = restore.restore(made.path, tmp_path / "new machine", Act("terminal", clock=clock))

    assert (aside, lost) == (None, 0)
    assert findings(sites.open_site(tmp_path / "new machine")) == []


def test_a_lost_database_comes_back_from_the_newest_backup(lived, clock):
    made = backup.make(lived, clock.now())
    lived.db().conn.close()
    for name in ("desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm"):
        (lived.folder / name).unlink(missing_ok=True)

    restore.restore(made.path, lived.folder, Act("terminal", clock=clock))

    assert findings(sites.open_site(lived.folder)) == []


def test_the_manifest_names_every_photo(lived, clock):
    names = sorted(keep_file(lived.files, bytes([n]), ".png") for n in range(5))
    made = backup.make(lived, clock.now())

    assert json.loads((made.path / "manifest.json").read_text())["files"] == names
    assert backup.photos_of(made.path) == names
