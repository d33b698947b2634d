"""How a kiosk stands, what hangs on its board, who may hold a card, and what a resident is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kit.clock import to_text
from desk.kit.problems import Refused, Unclear
from desk.workflows.kiosks.rules import board, cards, notices, status
from desk.workflows.kiosks.rules.board import Beat, Standing, Worry
from desk.workflows.kiosks.rules.cards import Card, CardEnd
from desk.workflows.kiosks.rules.notices import Notice
from desk.workflows.kiosks.rules.status import Case, Clocked

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("enrolled", "seen", "revoked", "standing", "lamp"),
    [
        (None, None, None, Standing.INVITED, "paused"),
        (NOON, NOON - timedelta(seconds=90), None, Standing.ONLINE, "ok"),
        (NOON, NOON - timedelta(minutes=3), None, Standing.SILENT, "late"),
        (NOON, None, None, Standing.SILENT, "late"),
        (NOON, NOON, NOON, Standing.REVOKED, "paused"),
    ],
)
def test_how_a_kiosk_stands(enrolled, seen, revoked, standing, lamp):
    assert board.standing(enrolled, seen, revoked, NOON) is standing
    assert board.lamp(standing, worried=False) == lamp


def test_an_online_kiosk_that_somebody_should_look_at_is_yellow():
    assert board.lamp(Standing.ONLINE, worried=True) == "soon"


@pytest.mark.parametrize(
    ("beat", "flags", "gap", "expected"),
    [
        (Beat(), (), False, ()),
        (Beat(printer="no_paper"), (), False, (Worry.PAPER,)),
        (Beat(printer="off"), (), False, (Worry.PRINTER,)),
        (Beat(printer="error"), (), False, (Worry.PRINTER,)),
        (Beat(queue=20), (), False, (Worry.QUEUE,)),
        (Beat(queue=1, oldest_at=NOON - timedelta(hours=2)), (), False, (Worry.OLD,)),
        (Beat(offset_ms=-400_000), (), False, (Worry.CLOCK,)),
        (Beat(offset_ms=200_000), (), False, ()),
        (Beat(disk=80), (), False, (Worry.DISK,)),
        (Beat(), ("cloned",), False, (Worry.CLONED,)),
        (Beat(), ("outbox_anew",), False, (Worry.DAMAGED,)),
        (Beat(), (), True, (Worry.GAP,)),
        (Beat(lost=("K1-0004-7F2Q",)), (), False, (Worry.LOST,)),
        (Beat(full="photos"), (), False, (Worry.FULL,)),
    ],
)
def test_what_somebody_should_look_at(beat, flags, gap, expected):
    assert board.worries(beat, flags, NOON, gap) == expected


@given(
    st.dictionaries(
        st.sampled_from(["queue", "oldest_at", "printer", "offset_ms", "version", "disk", "full", "lost"]),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(), st.lists(st.integers())
        ),
    )
)
def test_whatever_a_kiosk_tells_of_itself_can_be_shown(told):
    beat = board.beat_of(told)

    assert isinstance(beat.queue, int)
    assert board.worries(beat, (), NOON) is not None


def test_receipts_that_a_kiosk_lost_are_told_one_by_one():
    assert board.beat_of({"lost": ["K1-0004-7F2Q", 7, "K1-0005-AAAA"]}).lost == ("K1-0004-7F2Q", "K1-0005-AAAA")
    assert board.beat_of({"lost": "K1-0004-7F2Q"}).lost == ()


def test_a_heartbeat_is_read():
    beat = board.beat_of({"queue": 2, "oldest_at": to_text(NOON), "printer": "ok", "offset_ms": 140, "version": "1", "disk": 7})

    assert beat == Beat(2, NOON, "ok", 140, "1", 7)


def a_notice(**said):
    whole = {
        "id": "n", "title_zh": "停电检修", "words_zh": "周四上午", "title_en": "", "words_en": "", "from_on": DAY, "until_on": None, "pinned": False,
        "written_at": NOON, "written_by": "s", **said,
    }  # fmt: skip
    return Notice(**whole)


def test_a_notice_counts_from_its_first_to_its_last_day():
    shown = a_notice(until_on=DAY + timedelta(days=2))

    assert [notices.counts(shown, DAY + timedelta(days=n)) for n in (-1, 0, 2, 3)] == [False, True, True, False]
    assert notices.counts(a_notice(), date(2099, 1, 1))


@pytest.mark.parametrize(
    ("said", "field"),
    [({"until_on": DAY - timedelta(days=1)}, "until_on"), ({"title_en": "Power"}, "words_en"), ({"words_en": "Power off"}, "title_en")],
)
def test_a_notice_that_ends_before_it_begins_or_is_half_translated_is_unclear(said, field):
    with pytest.raises(Unclear) as problem:
        notices.write(a_notice(**said))

    assert list(problem.value.details["fields"]) == [field]


def test_a_withdrawn_notice_hangs_nowhere_and_is_withdrawn_once():
    gone = notices.withdraw(a_notice(), NOON)

    assert not notices.counts(gone, DAY)
    with pytest.raises(Refused):
        notices.withdraw(gone, NOON)


def a_card(**said):
    whole = {
        "id": "c", "number": "ZK-2026-000001", "person": "p", "unit": "u", "place": "3-1-1803", "since_on": DAY, "issued_at": NOON, "issued_by": "s",
        "tag": "t", "key": "k", **said,
    }  # fmt: skip
    return Card(**whole)


def test_a_card_shows_only_its_own_unit_and_only_since_the_role_began():
    card = a_card()

    assert cards.shows(card, "u", NOON)
    assert not cards.shows(card, "u", NOON - timedelta(days=1))
    assert not cards.shows(card, "v", NOON)
    assert not cards.shows(card, "", NOON)


def test_where_nobody_knows_since_when_a_card_shows_what_came_after_it_was_issued():
    card = a_card(since_on=None)

    assert cards.shows(card, "u", NOON)
    assert not cards.shows(card, "u", NOON - timedelta(minutes=1))


def test_an_ended_card_shows_nothing_and_is_ended_once():
    ended = cards.end(a_card(), CardEnd.LOST, NOON)

    assert not cards.shows(ended, "u", NOON)
    with pytest.raises(Refused):
        cards.end(ended, CardEnd.LOST, NOON)


def test_a_card_is_for_people_of_the_unit_one_at_a_time():
    old = a_card()

    assert cards.issue(a_card(id="d"), holds_role=True, others=[replace(old, ended_at=NOON), a_card(person="q")])
    with pytest.raises(Refused, match=r"card\.no_role"):
        cards.issue(a_card(), holds_role=False, others=[])
    with pytest.raises(Refused, match=r"card\.has_one"):
        cards.issue(a_card(id="d"), holds_role=True, others=[old])


def test_taken_up_is_what_a_person_did_never_a_machine():
    entries = [(NOON, "kiosk:K1"), (NOON + timedelta(1), "ticker"), (NOON + timedelta(2), "staff-7"), (NOON + timedelta(3), "staff-8")]

    assert status.taken_up_at(entries) == NOON + timedelta(2)
    assert status.taken_up_at(entries[:2]) is None


def test_a_status_tells_exactly_what_was_agreed():
    told = status.told(
        Case("WX-2026-000001", "repair", "drain", "reported", NOON, NOON, clocks=(Clocked("repair.respond", "TR1", NOON, "running"),))
    )

    assert set(told) == {
        "number", "kind", "category", "stage", "place", "reported_at", "received_at", "taken_up_at", "appointed_from", "appointed_to", "clocks",
        "ended_at", "answer", "answered_at", "version",
    }  # fmt: skip
    assert told["clocks"] == [{"kind": "repair.respond", "rule": "TR1", "due_at": to_text(NOON), "state": "running"}]
    assert (told["taken_up_at"], told["place"]) == (None, "")


def test_uses_of_a_card_within_some_minutes_are_one():
    now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    assert cards.is_new_use(None, now)
    assert not cards.is_new_use(now - timedelta(seconds=30), now)
    assert cards.is_new_use(now - cards.NOTED_EVERY, now)


def test_a_notice_in_one_language_or_in_both_may_be_shown():
    day = date(2026, 3, 2)
    chinese = Notice("n", "停水", "明早九点", "", "", day, day, False, datetime(2026, 3, 1, tzinfo=UTC), "F01")
    both = replace(chinese, title_en="No water", words_en="From nine")

    assert (notices.write(chinese), notices.write(both)) == (chinese, both)
