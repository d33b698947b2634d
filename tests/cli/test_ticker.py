"""The ticker misses nothing, doubles nothing, and fires nothing when the machine's clock is wrong."""

import threading
from datetime import timedelta

import pytest

from desk import backup, checks, ticker
from desk.kit.clock import SetClock
from desk.kit.journal import change
from desk.kit.ticks import store
from desk.kit.ticks.store import Beat
from desk.kit.workflow import Duty
from desk.ticker import Ticker


def breaks(db, act):
    raise RuntimeError("out of paper")


def note_once(db, act):
    """A duty that does its work once: it finds it by what is stored."""
    if store.done(db, "trial") is None:
        with change(db, act) as note:
            store.keep_done(db, "trial", act.now)
            note("trial.fired", "trial")


def fired(site):
    return site.db().value("SELECT count(*) FROM journal WHERE act = 'trial.fired'")


def test_a_duty_that_fails_is_written_down_and_the_next_one_runs(lived, clock):
    beat = ticker.tick(lived, clock, [Duty("bad", breaks), Duty("good", note_once)])

    assert fired(lived) == 1
    assert beat.halted == ""
    assert store.beat(lived.db()) == Beat(ticker.HOLDER, clock.now(), "")
    assert [(row["duty"], "out of paper" in row["error"]) for row in store.errors(lived.db())] == [("bad", True)]


def test_two_tickers_at_once_fire_each_thing_once(lived, clock):
    lived.db()
    start = threading.Barrier(4)

    def loop():
        start.wait()
        for _n in range(5):
            ticker.tick(lived, clock, [Duty("good", note_once)])

    workers = [threading.Thread(target=loop) for _n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert fired(lived) == 1
    assert store.errors(lived.db()) == []


@pytest.mark.parametrize("back", [timedelta(minutes=3), timedelta(days=400), timedelta(days=365 * 40)])
def test_with_the_clock_behind_the_journal_nothing_is_fired(lived, clock, back):
    wrong = SetClock(clock.now() - back)

    beats = [ticker.tick(lived, wrong, [Duty("good", note_once)]) for _n in range(3)]

    assert all(beat.halted for beat in beats)
    assert fired(lived) == 0
    assert [row["duty"] for row in store.errors(lived.db())] == ["clock"]
    assert ticker.tick(lived, clock, [Duty("good", note_once)]).halted == ""
    assert fired(lived) == 1


def test_two_minutes_behind_is_no_alarm_and_the_year_3000_is(lived, clock):
    assert ticker.why_halted(lived.db(), SetClock(clock.now() - timedelta(minutes=2))) == ""
    assert "3000" in ticker.why_halted(lived.db(), SetClock(clock.now().replace(year=3000)))


def test_heads_and_backups_come_hourly_and_only_after_something_happened(lived, clock):
    for _n in range(3 * 60):
        ticker.tick(lived, clock, ticker.house_duties(lived)[-2:])
        clock.forward(minutes=1)

    assert len(checks.written_heads(lived.heads)) == 3
    assert len(backup.taken(lived.backups)) == 1
    assert list(checks.findings(lived)) == []


def test_a_backup_in_a_process_of_its_own_holds_up_no_tick(lived, clock):
    duty = ticker.house_duties(lived, backup_apart=True)[-1]

    ticker.tick(lived, clock, [duty])
    assert store.detail(lived.db(), "backup") == "begun"
    process = ticker._APART[lived.folder][0]
    process.wait(120)
    ticker.tick(lived, clock, [duty])

    assert store.detail(lived.db(), "backup") == "3"
    assert store.errors(lived.db()) == []
    assert [backup.check(path).head_seq for _at, path in backup.taken(lived.backups)] == [3]


def test_a_backup_that_fails_is_told_and_tried_again_in_an_hour(lived, clock):
    lived.db().conn.execute("DROP TRIGGER payload_keeps")
    lived.db().conn.execute("UPDATE journal_payload SET payload = '{}' WHERE seq = 2")
    duty = ticker.house_duties(lived)[-1]
    for _n in range(70):
        ticker.tick(lived, clock, [duty])
        clock.forward(minutes=1)

    assert [row["duty"] for row in store.errors(lived.db())] == ["backup", "backup"]
    assert backup.taken(lived.backups) == []


class Monotonic:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_after_a_step_of_the_clock_it_arms_anew_and_ticks_at_once(lived, clock):
    mono = Monotonic()
    loop = Ticker(lived, clock, mono)
    loop.arm()
    job = loop.scheduler.jobs[0]
    mono.now += 1
    clock.forward(seconds=1)
    loop.look()
    assert loop.scheduler.jobs[0] is job
    assert store.beat(lived.db()) is None

    mono.now += 1
    clock.forward(hours=2)
    loop.look()

    assert loop.scheduler.jobs[0] is not job
    assert len(loop.scheduler.jobs) == 1
    assert store.beat(lived.db()).at == clock.now()
    assert "+7199 s" in store.errors(lived.db())[0]["error"]


def test_a_ticker_leaves_the_work_to_another_one_that_just_did_it(lived, clock):
    db = lived.db()
    other = Beat("elsewhere:1", clock.now(), "")
    store.keep_beat(db, other)

    Ticker(lived, clock).tick()
    assert store.beat(db) == other
    clock.forward(seconds=ticker.SECONDS)
    Ticker(lived, clock).tick()
    assert store.beat(db).holder == ticker.HOLDER


def test_the_thread_ticks_at_once_and_ends_when_told(lived, clock):
    loop = Ticker(lived, clock)
    loop.start()
    for _n in range(100):
        if store.beat(lived.db()):
            break
        loop.over.wait(0.1)
    loop.stop()
    loop.join(5)

    assert not loop.is_alive()
    assert store.beat(lived.db()).holder == ticker.HOLDER


def test_the_log_of_failures_does_not_grow_for_ever(lived, clock):
    for n in range(1010):
        store.keep_error(lived.db(), clock.now(), "x", str(n))

    assert lived.db().value("SELECT count(*) FROM tick_error") == 1000
