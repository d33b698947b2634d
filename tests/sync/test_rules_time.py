"""When did it happen? The kiosk's clock is heard, and bounded by what the desk knows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync import times as rules
from sync.chain import Anchor, Frozen
from tests.sync.world import START

instants = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC))
millis = st.integers(-(10**13), 10**13)
counts = st.integers(0, 10**13)


def said(at=START, offset=0, anchor=START - timedelta(hours=1), boot="b1", mono=3_600_000):
    known = Anchor(anchor, 0, "b1") if anchor else None
    return Frozen("a" * 32, "wish", 1, "K1", "e", 1, "0" * 64, "K1-0001-AAAA", at, mono, boot, offset, known, (), b"")


@given(instants, instants, st.none() | millis, st.none() | st.tuples(instants, counts), counts, st.none() | millis)
def test_a_submission_happened_between_what_its_kiosk_had_seen_and_its_receipt(at, received, offset, anchor, mono, offset_now):
    known = Anchor(anchor[0], anchor[1], "b1") if anchor else None
    when = rules.times(replace(said(at, offset), anchor=known, mono=mono), received, offset_now)

    assert when.effective_at <= received
    assert known is None or when.effective_at >= min(known.desk_at, received)
    assert when.occurred_at == at


def test_a_good_clock_is_believed_to_the_second():
    when = rules.times(said(), START + timedelta(hours=9))

    assert (when.effective_at, when.clock_suspect) == (START, False)


def test_a_clock_that_is_wrong_by_a_known_offset_is_corrected():
    when = rules.times(said(at=START + timedelta(days=365), offset=365 * 86_400_000), START + timedelta(hours=9))

    assert (when.effective_at, when.clock_suspect) == (START, False)


def test_a_clock_set_back_a_year_counts_from_the_newest_time_of_the_desk_and_is_doubted():
    when = rules.times(said(at=START - timedelta(days=365)), START + timedelta(hours=9))

    assert (when.effective_at, when.clock_suspect) == (START - timedelta(hours=1), True)


def test_a_clock_a_year_ahead_counts_from_the_receipt_and_is_doubted():
    when = rules.times(said(at=START + timedelta(days=365)), START + timedelta(hours=9))

    assert (when.effective_at, when.clock_suspect) == (START + timedelta(hours=9), True)


def test_a_machine_that_was_started_again_and_has_not_heard_the_desk_is_doubted():
    assert rules.times(said(boot="b2"), START + timedelta(hours=9)).clock_suspect


def test_a_clock_that_was_set_without_the_steady_one_moving_is_doubted():
    assert rules.times(said(mono=3_600_000 + 600_000), START + timedelta(hours=9)).clock_suspect


def test_the_first_offset_is_measured_by_the_very_request_that_brings_the_submission(toy):
    desk, kiosk = toy
    kiosk.clock.forward(hours=5)
    made = kiosk.wish("before any round")

    kiosk.round()

    (row,) = desk.db.rows("SELECT effective_at, clock_suspect FROM inbox WHERE id = :id", {"id": made.id})
    assert row == {"effective_at": "2026-03-02T01:00:00.000Z", "clock_suspect": 1}


def test_no_order_and_no_expiry_follows_the_kiosks_clock(toy):
    desk, kiosk = toy
    first = kiosk.wish("first")
    kiosk.clock.forward(days=-365)
    second = kiosk.wish("second")

    kiosk.round()

    assert [row["id"] for row in desk.db.rows("SELECT id FROM inbox ORDER BY n")] == [first.id, second.id]
