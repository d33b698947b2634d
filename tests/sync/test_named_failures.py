"""Failures that other systems had to live through, each by its name: ours must not have them."""

import pytest

from sync import feed, inbox, replica
from sync.client import NoLine, State
from sync.outbox import store
from tests.sync.world import Killed


def test_pouchdb_1240_the_checkpoint_is_never_written_before_the_data(toy):
    """PouchDB wrote how far it was before the documents were there; after a crash they were never asked for again."""
    desk, kiosk = toy
    for n in range(30):
        desk.put(f"i{n}", "x", "pub")

    reached = []
    for dies_in in range(1, 8):
        kiosk.dies_in = dies_in
        try:
            kiosk.round()
        except Killed:
            kiosk.kill()
        cursor = replica.store.cursor(kiosk.copy, "pub")
        rows = len(kiosk.items("pub"))
        reached.append((bool(cursor and cursor.shown.seq), rows))
        kiosk.dies_in = 0
    kiosk.round()

    assert all((rows == 30) == was_there for was_there, rows in reached)
    assert (False, 0) in reached
    assert kiosk.items("pub") == desk.items("pub")


@pytest.mark.parametrize("is_known_as_a_restore", [True, False])
def test_cht_8093_what_was_acknowledged_comes_back_to_a_desk_from_a_backup(toy, tmp_path, is_known_as_a_restore):
    """CHT's clients believed for six years that what a server had acknowledged was on it, also after a restore."""
    desk, kiosk = toy
    old = desk.backup(tmp_path / "old.sqlite")
    made = [kiosk.wish(f"wish {n}") for n in range(3)]
    kiosk.round()
    gone = []

    desk.restore(old, new_generation=is_known_as_a_restore)
    gone.append(desk.wishes())
    done = kiosk.round()

    assert gone == [{}]
    assert done.rewound
    assert set(desk.wishes()) == {one.id for one in made}
    assert kiosk.outcomes() == {one.id: "accepted" for one in made}


def test_collect_5317_an_addition_to_a_half_sent_submission_is_its_own_submission(toy):
    """Collect let people edit a form whose first version was half sent; it got stuck, the server refusing the same id with other bytes."""
    desk, kiosk = toy
    photo = b"sealed" * 100
    first = kiosk.wish("a lamp", photos=(photo,))

    def stops_at_the_photo(envelope):
        if "/blob/" in envelope.path:
            raise NoLine
        return desk.engine.answer(envelope)

    half = kiosk.round(stops_at_the_photo)
    second = kiosk.wish("the lamp, and the switch", photos=(photo,))
    kiosk.round()

    assert half.state is State.OFFLINE
    assert first.id != second.id
    assert sorted(desk.wishes().values()) == ["a lamp", "the lamp, and the switch"]
    assert inbox.store.quarantined(desk.db) == []
    with pytest.raises(Exception, match="frozen"):
        kiosk.box.db.conn.execute("UPDATE intent SET frozen = 'edited' WHERE id = ?", (first.id,))


def test_kolibri_7270_rounds_that_break_off_leave_nothing_behind_that_piles_up(toy):
    """Kolibri kept a buffer for each unfinished session; somebody's grew to eight gigabytes."""
    desk, kiosk = toy
    for n in range(200):
        desk.put(f"i{n}", "x" * 500, "pub")

    def breaks_off(envelope):
        answer = desk.engine.answer(envelope)
        raise NoLine if answer else AssertionError

    def sizes():
        desk.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        kiosk.copy.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return [(desk.folder / "desk.sqlite").stat().st_size, (kiosk.folder / "replica.db").stat().st_size]

    kiosk.round(breaks_off)
    before = sizes()
    for _ in range(200):
        kiosk.round(breaks_off)

    assert sizes() == before
    assert desk.engine.rebuilding.acquire(blocking=False)


def test_kolibri_7270_a_rebuilding_that_begins_again_and_again_keeps_one_copy_beside_the_shown_one(toy):
    desk, kiosk = toy
    for n in range(200):
        desk.put(f"i{n}", "x" * 500, "pub")
    kiosk.round()

    for n in range(20):
        replica.meet(kiosk.copy, 2 + n, f"life {n}")  # each new life begins everything anew
        replica.apply(kiosk.copy, _first_page(desk))

    slots = kiosk.copy.rows("SELECT slot, count(*) AS n FROM row WHERE scope = 'pub' GROUP BY slot ORDER BY n")
    assert [row["n"] for row in slots] == [50, 200]


def _first_page(desk):
    return feed.pull(desk.db, "pub", 0, None, 50)


def test_square_offline_payments_a_kiosk_that_is_set_up_anew_keeps_what_waits(toy):
    """Square's offline payments expire, and are gone with a log-out or a reset."""
    desk, kiosk = toy
    kiosk.wish("waits")
    desk.clock.forward(days=3650)
    kiosk.clock.forward(days=3650)

    kiosk.enrol("K1", new_key=True)
    kiosk.kill()
    kiosk.round()

    assert list(desk.wishes().values()) == ["waits"]
    assert store.count_waiting(kiosk.box.db)[0] == 0
