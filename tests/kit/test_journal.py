"""The journal: one act, one transaction, one entry; history that shows every hand laid on it."""

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3 as engine

from desk.kit.act import Act
from desk.kit.clock import SetClock, day_of
from desk.kit.database import Database, open_database
from desk.kit.journal import change, erase, store, verify
from desk.kit.numbering import next_number
from desk.kit.numbering import store as numbers
from desk.kit.problems import Refused


def write(site: Database, act: Act, count: int = 1) -> None:
    for n in range(count):
        with change(site, act) as note:
            note("thing.happened", f"thing-{n}", "unit-1", n=n, what="漏水")


def codes(site: Database, *known: tuple[int, str]) -> set[str]:
    return {code for code, _ in verify(site, known)}


def rewrite(site: Database, sql: str) -> None:
    """Do what somebody with the file and an editor does: drop the guards, then change history."""
    for trigger in ("journal_keeps", "journal_stays", "payload_keeps", "payload_stays"):
        site.conn.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    site.conn.execute("PRAGMA foreign_keys=OFF")
    site.conn.execute(sql)


def test_an_act_leaves_one_entry_with_who_when_and_what(site: Database, act: Act):
    write(site, act)

    (entry,) = store.of_object(site, "thing-0")

    assert (entry.actor, entry.at, entry.act, entry.about) == ("front_desk-1", act.now, "thing.happened", "unit-1")
    assert entry.payload == {"n": 0, "what": "漏水"}
    assert codes(site) == set()


def test_a_change_without_a_note_is_undone(site: Database, act: Act):
    with pytest.raises(RuntimeError), change(site, act):
        next_number(site, act, "WX", day_of(act.now), "thing")

    assert numbers.last(site, "WX-2026") == 0


def test_a_refused_change_uses_up_no_number(site: Database, act: Act):
    with pytest.raises(Refused), change(site, act) as note:
        note("thing.happened", next_number(site, act, "WX", day_of(act.now), "thing"))
        raise Refused("thing.not_now")
    with change(site, act) as note:
        number = next_number(site, act, "WX", day_of(act.now), "thing")
        note("thing.happened", number)

    assert number == "WX-2026-000001"


def test_an_inner_change_that_fails_leaves_the_outer_one_whole(site: Database, act: Act):
    with change(site, act) as note:
        note("outer.happened", "outer")
        with pytest.raises(Refused), change(site, act) as inner:
            inner("inner.happened", "inner")
            raise Refused("thing.not_now")

    assert [entry.act for entry in store.between(site, act.now, act.now + timedelta(days=1))] == ["outer.happened"]
    assert codes(site) == set()


def test_the_clock_is_read_inside_the_lock(site: Database, act: Act, clock: SetClock):
    clock.forward(hours=3)
    write(site, act)

    assert store.of_object(site, "thing-0")[0].at == clock.at


@pytest.mark.parametrize(
    "sql",
    ["UPDATE journal SET actor = 'x'", "DELETE FROM journal", "UPDATE journal_payload SET payload = '{}'", "DELETE FROM journal_payload"],
)
def test_history_refuses_to_be_changed(site: Database, act: Act, sql: str):
    write(site, act)

    with pytest.raises((engine.IntegrityError, sqlite3.IntegrityError)):
        site.conn.execute(sql)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE journal SET actor = 'somebody' WHERE seq = 3", "journal.edited"),
        ("UPDATE journal SET at = '2026-01-01T00:00:00.000Z' WHERE seq = 3", "journal.edited"),
        ("UPDATE journal_payload SET payload = '{\"n\":9}' WHERE seq = 3", "journal.payload_edited"),
        ("DELETE FROM journal_payload WHERE seq = 3", "journal.payload_gone"),
        ("DELETE FROM journal WHERE seq = 3", "journal.gap"),
        ("DELETE FROM journal WHERE seq > 3", "journal.tail_cut"),
        ("UPDATE journal SET seq = CASE seq WHEN 2 THEN -3 WHEN 3 THEN 2 END WHERE seq IN (2, 3)", "journal.gap"),
    ],
)
def test_every_hand_laid_on_history_is_found(site: Database, act: Act, sql: str, found: str):
    write(site, act, 5)
    rewrite(site, sql)

    assert found in codes(site)


def test_a_tail_cut_with_all_its_traces_is_found_by_a_head_kept_on_paper(site: Database, act: Act):
    write(site, act, 5)
    seq, head = store.head(site)
    rewrite(site, "DELETE FROM journal_payload WHERE seq > 3")
    site.conn.execute("DELETE FROM journal WHERE seq > 3")
    site.conn.execute("UPDATE sqlite_sequence SET seq = 3 WHERE name = 'journal'")

    assert codes(site) == set()
    assert codes(site, (seq, head[:10])) == {"journal.tail_cut"}


def test_a_rewritten_chain_is_found_by_a_head_kept_on_paper(site: Database, act: Act):
    write(site, act, 2)

    assert codes(site, (2, "0123456789")) == {"journal.not_the_known_head"}


def test_an_erasure_by_law_removes_the_words_and_leaves_the_chain_whole(site: Database, act: Act):
    write(site, act, 3)
    erase(site, act, [2], "PIPL 47: consent withdrawn")

    assert store.of_object(site, "thing-1")[0].payload == {}
    assert codes(site) == set()


def test_writers_in_many_threads_take_every_number_once(site: Database, clock: SetClock):
    path = Path(site.path)
    numbers_taken: list[str] = []

    def work(n: int) -> None:
        mine = open_database(path)
        me = Act(f"clerk-{n}", "D1", clock)
        for _ in range(25):
            with change(mine, me) as note:
                number = next_number(mine, me, "WX", day_of(me.now), f"thing-{n}")
                note("thing.happened", number)
            numbers_taken.append(number)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers_taken) == [f"WX-2026-{n:06d}" for n in range(1, 151)]
    assert list(numbers.gaps(site)) == []
    assert codes(site) == set()
