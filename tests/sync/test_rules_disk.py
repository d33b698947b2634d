"""The kiosk's disk: what may go, what may not, and what comes back by itself."""

import shutil

import pytest
from sqlite_utils.utils import sqlite3

from desk.kit.database import open_database
from desk.kit.problems import Refused
from sync import feed, inbox, replica
from sync.outbox import Outbox, salvage, store
from tests.sync.world import overwrite


def everywhere(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def known(kiosk, name):
    return store.known(kiosk.box.db, name)


def acknowledged(toy, photos=()):
    """A submission that the desk has, and that a proven backup holds."""
    desk, kiosk = toy
    made = kiosk.wish("a lamp", photos=photos)
    kiosk.round()
    inbox.backed_up(desk.db, inbox.store.newest_n(desk.db), desk.clock.now())
    return made


def test_a_scope_that_a_kiosk_may_no_longer_hold_leaves_its_disk_with_every_byte(toy):
    desk, kiosk = toy
    for n in range(300):
        desk.put(f"i{n}", f"canary {n}", "kiosk:K1")
    kiosk.round()
    was_there = b"canary" in everywhere(kiosk.folder)

    replica.purge(kiosk.copy, "kiosk:K1")

    assert was_there
    assert b"canary" not in everywhere(kiosk.folder)


def test_a_kiosk_that_joined_under_another_number_gives_up_what_it_held_under_the_old_one(toy):
    desk, kiosk = toy
    desk.put("a", "canary", "kiosk:K1")
    kiosk.round()

    kiosk.enrol()
    kiosk.round()

    assert kiosk.device == "K2"
    assert b"canary" not in everywhere(kiosk.folder)


def test_a_replica_that_was_lost_or_damaged_or_is_no_database_is_fetched_again(toy):
    desk, kiosk = toy
    for n in range(50):
        desk.put(f"i{n}", "x" * 200, "pub")
    for damage in (lambda path: path.unlink(), lambda path: overwrite(path, 2), lambda path: path.write_bytes(b"no database" * 999)):
        kiosk.round()
        kiosk.close()
        damage(kiosk.folder / "replica.db")
        kiosk.open()
        kiosk.round()

        assert kiosk.items("pub") == desk.items("pub")


def test_a_row_that_is_not_what_it_was_is_found_by_counting_and_fetched_again(toy):
    desk, kiosk = toy
    desk.put("a", "true", "pub")
    kiosk.round()
    kiosk.copy.conn.execute("UPDATE row SET doc = replace(doc, 'true', 'fake') WHERE id = 'a'")

    assert replica.scrub(kiosk.copy) == ["pub"]
    kiosk.round()

    assert kiosk.items("pub") == {"a": "true"}
    assert replica.scrub(kiosk.copy) == []


def test_a_row_that_is_damaged_while_its_copy_is_being_fetched_is_found_too(toy):
    desk, kiosk = toy
    for n in range(4):
        desk.put(f"i{n}", "true", "pub")
    replica.apply(kiosk.copy, feed.pull(desk.db, "pub", 0, None, 2))
    kiosk.copy.conn.execute("UPDATE row SET doc = replace(doc, 'true', 'fake')")

    assert replica.scrub(kiosk.copy) == ["pub"]
    kiosk.round()

    assert kiosk.items("pub") == desk.items("pub")


@pytest.mark.parametrize("page", [1, 4, 6, 9])
def test_a_damaged_outbox_is_read_row_by_row_and_what_is_gone_is_told_by_its_number(toy, page):
    desk, kiosk = toy
    made = {one.id: one for one in (kiosk.wish(f"wish {n} " + "x" * 900) for n in range(30))}
    kiosk.close()
    whole = (kiosk.folder / "outbox.db").read_bytes()
    overwrite(kiosk.folder / "outbox.db", page)
    damaged = (kiosk.folder / "outbox.db").read_bytes()

    kiosk.open()
    kiosk.round()

    here = set(desk.wishes())
    lost = set(known(kiosk, "lost") or [])
    assert damaged != whole
    assert len(here) > 0 or page == 1
    assert {made[one].number for one in made.keys() - here} == lost
    assert [path.read_bytes() == damaged for path in kiosk.folder.glob("outbox.damaged-*.db")] == [True]


def test_a_submission_whose_bytes_were_flipped_is_never_taken_for_what_was_said_nor_dropped(toy):
    desk, kiosk = toy
    made = kiosk.wish("a lamp")
    good = kiosk.wish("another")
    kiosk.close()
    path = kiosk.folder / "outbox.db"
    data = path.read_bytes()
    at = data.index(made.frozen.encode()) + made.frozen.index('"body":"') + 60
    path.write_bytes(data[:at] + (b"A" if data[at : at + 1] != b"A" else b"B") + data[at + 1 :])

    kiosk.open()
    kiosk.round()

    assert list(desk.wishes()) == [good.id]
    assert [aside.intent for aside in inbox.store.quarantined(desk.db)] == [made.id]


def test_an_outbox_cut_short_keeps_what_can_be_read(toy):
    desk, kiosk = toy
    made = [kiosk.wish(f"wish {n} " + "x" * 900) for n in range(30)]
    kiosk.close()
    path = kiosk.folder / "outbox.db"
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 4096 // 2 * 4096)

    kiosk.open()
    kiosk.round()

    here, lost = set(desk.wishes()), set(known(kiosk, "lost"))
    assert {one.number for one in made if one.id not in here} == lost


def test_a_salvage_keeps_the_photos_that_the_frozen_texts_name(toy):
    _, kiosk = toy
    made = kiosk.wish("with a photo", photos=(b"sealed photo",))
    kiosk.close()
    db = sqlite3.connect(str(kiosk.folder / "outbox.db"))
    (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'blob'").fetchone()
    db.close()
    overwrite(kiosk.folder / "outbox.db", root - 1)

    kiosk.open()

    (photo,) = store.blobs(kiosk.box.db, made.id)
    assert kiosk.box.photo(photo.sha256) == b"sealed photo"


@pytest.mark.parametrize("step", ["nothing renamed yet", "the damaged one is aside"])
def test_a_salvage_that_a_power_cut_broke_off_is_done_again_or_ended(toy, step):
    desk, kiosk = toy
    made = [kiosk.wish(f"wish {n} " + "x" * 900) for n in range(12)]
    kiosk.close()
    path, new = kiosk.folder / "outbox.db", kiosk.folder / "outbox.salvaged.db"
    overwrite(path, 4)

    if step == "nothing renamed yet":
        new.write_bytes(b"half of it")
    else:
        salvage._salvage(kiosk.folder, path, new)
        path.rename(kiosk.folder / "outbox.damaged-1.db")
    kiosk.open()
    kiosk.round()

    lost = set(known(kiosk, "lost"))
    assert {one.number for one in made if one.id not in desk.wishes()} == lost
    assert len(desk.wishes()) > 0
    assert not new.exists()


def test_an_outbox_that_cannot_be_opened_just_now_is_not_taken_for_damaged(toy):
    _, kiosk = toy
    kiosk.wish("a lamp")
    kiosk.close()
    path = kiosk.folder / "outbox.db"
    aside = path.rename(kiosk.folder / "kept.db")
    path.mkdir()

    with pytest.raises(sqlite3.OperationalError):
        kiosk.open()

    path.rmdir()
    aside.rename(path)
    kiosk.open()
    assert len(kiosk.waiting()) == 1
    assert list(kiosk.folder.glob("outbox.damaged*")) == []


def test_a_new_life_of_the_outbox_is_told_at_the_desk(toy):
    desk, kiosk = toy
    for n in range(30):
        kiosk.wish(f"wish {n} " + "x" * 900)
    kiosk.round()
    before = kiosk.box.epoch
    kiosk.close()
    overwrite(kiosk.folder / "outbox.db", 6)

    kiosk.open()
    kiosk.wish("after")
    kiosk.round()

    assert kiosk.box.epoch != before
    assert "outbox_anew" in inbox.store.device(desk.db, "K1").flags
    assert "after" in desk.wishes().values()


def test_nothing_old_is_dropped_where_the_quota_is_reached_photos_stop_first(toy):
    _, kiosk = toy
    box = Outbox(kiosk.folder, most_intents=5, most_bytes=100)
    kiosk.box = box
    told = [box.fullness()]
    for n in range(5):
        kiosk.wish(f"{n}", photos=(b"p" * 100,) if n == 0 else ())
        told.append(box.fullness())

    with pytest.raises(Refused, match="outbox_full"):
        kiosk.wish("one too many")

    assert told == ["", "photos", "photos", "photos", "photos", "all"]
    assert len(kiosk.waiting()) == 5


def test_the_quota_warns_before_it_refuses(toy):
    _, kiosk = toy
    kiosk.box = Outbox(kiosk.folder, most_intents=5)
    for n in range(4):
        kiosk.wish(f"{n}")

    assert kiosk.box.fullness() == "warn"


def test_a_submission_goes_when_a_proven_backup_has_held_it_for_thirty_days(toy):
    desk, kiosk = toy
    acknowledged(toy)
    kiosk.round()
    kept = store.count(kiosk.box.db)

    desk.clock.forward(days=30, seconds=1)
    kiosk.round()

    assert (kept, store.count(kiosk.box.db)) == (1, 0)
    assert (kiosk.folder / "slips.log").read_text() == ""


def test_a_submission_that_no_proven_backup_holds_stays(toy):
    desk, kiosk = toy
    kiosk.wish("a lamp")
    kiosk.round()

    desk.clock.forward(days=400)
    kiosk.round()

    assert store.count(kiosk.box.db) == 1


def test_a_backup_of_another_life_of_the_desk_does_not_count(toy, tmp_path):
    desk, kiosk = toy
    acknowledged(toy)
    desk.restore(desk.backup(tmp_path / "now.sqlite"))

    desk.clock.forward(days=400)
    kiosk.round()

    assert store.count(kiosk.box.db) == 1


def test_the_thirty_days_are_counted_by_the_desks_clock(toy):
    _, kiosk = toy
    acknowledged(toy)

    kiosk.clock.forward(days=400)
    kiosk.round()

    assert store.count(kiosk.box.db) == 1


def test_the_chain_and_the_count_go_on_behind_what_was_retired(toy):
    desk, kiosk = toy
    acknowledged(toy)
    desk.clock.forward(days=31)
    kiosk.round()

    later = kiosk.wish("later")
    kiosk.round()

    (first, second) = desk.db.rows("SELECT seq, chain, frozen FROM inbox ORDER BY n")
    assert (first["seq"], second["seq"]) == (1, 2)
    assert f'"prev":"{first["chain"]}"' in later.frozen


def test_the_same_photo_twice_is_one_file_and_two_references(toy):
    desk, kiosk = toy
    twice = kiosk.wish("twice in one", photos=(b"sealed", b"sealed"))
    again = kiosk.wish("and in another", photos=(b"sealed",))

    kiosk.round()

    assert len(list((kiosk.folder / "blobs").iterdir())) == 1
    assert [len(inbox.store.photos(desk.db, one.id)) for one in (twice, again)] == [2, 1]


def test_a_photo_stays_as_long_as_one_submission_shows_it(toy):
    desk, kiosk = toy
    acknowledged(toy, photos=(b"sealed",))
    kiosk.wish("shows it too", photos=(b"sealed",))
    for photo in store.hashes(kiosk.box.db):
        kiosk.box.sent(photo)
    desk.clock.forward(days=31)
    gone = kiosk.box.retire(1, kiosk.desk.db.value("SELECT incarnation FROM generation"), desk.clock.now())

    assert gone == 1
    assert len(list((kiosk.folder / "blobs").iterdir())) == 1


def test_an_outbox_of_a_folder_can_be_copied_while_it_runs(toy, tmp_path):
    _, kiosk = toy
    made = kiosk.wish("a lamp")

    shutil.copytree(kiosk.folder, tmp_path / "copy")
    db = open_database(tmp_path / "copy" / "outbox.db")

    assert [intent.id for intent in store.every(db)] == [made.id]
    db.conn.close()
