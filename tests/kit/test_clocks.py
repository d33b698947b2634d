"""Clocks: decided once, with a reason; kept or missed; never started again by an edit."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.kit import clocks
from desk.kit.act import Act
from desk.kit.clock import SetClock
from desk.kit.clocks import store
from desk.kit.database import Database
from desk.kit.deadlines import Policy, Trace, Unit, trace_words
from desk.kit.journal import change
from desk.kit.journal import store as journal
from desk.kit.problems import Unclear

TWO_DAYS = Policy("RC12", 2, Unit.DAY)
TEN_WORKDAYS = Policy("X1", 10, Unit.WORKDAY)
NEW_YEAR_2027 = """{"year": 2027, "papers": [{"name": "2027 notice"}], "days": [
    {"name": "元旦", "date": "2027-01-01", "off": true}, {"name": "元旦", "date": "2027-01-04", "off": true}]}"""


def begin(site: Database, act: Act, policy: Policy = TWO_DAYS, object_id: str = "order-1", role: str = "front_desk") -> clocks.Clock:
    with change(site, act) as note:
        return clocks.start(
            site, act, note, kind="repair.revisit", policy=policy, start=act.now, object_id=object_id, about="unit-1",
            number="WX-2026-000001", title="漏水", place="3-1-1803", waits_for=role,
        )  # fmt: skip


def test_a_clock_keeps_its_due_time_and_why(site: Database, act: Act):
    clock = begin(site, act)

    assert store.get(site, clock.id) == clock
    assert clock.due_at == datetime(2026, 3, 4, 16, tzinfo=UTC)  # 4 March, 24:00 in Shanghai
    assert any("RC12" in line for line in trace_words(Trace.from_json(clock.trace), "zh"))


def test_a_second_clock_of_the_same_kind_is_an_error_and_no_restart(site: Database, act: Act):
    begin(site, act)

    with pytest.raises(RuntimeError):
        begin(site, act)


@pytest.mark.parametrize(("hours", "state"), [(0, "kept"), (63, "kept"), (64, "missed")])
def test_a_clock_is_kept_up_to_its_last_instant_and_missed_after(site: Database, act: Act, clock: SetClock, hours: int, state: str):
    begun = begin(site, act)
    clock.at = begun.due_at + timedelta(hours=hours - 63)
    with change(site, act) as note:
        ended = clocks.end(site, act, note, "order-1", "repair.revisit")

    assert ended is not None
    assert ended.state == state
    assert store.running(site) == []


def test_what_is_due_next_comes_first_and_each_role_sees_its_own(site: Database, act: Act, clock: SetClock):
    begin(site, act, object_id="order-1")
    begin(site, act, Policy("X", 1, Unit.HOUR), "order-2", "maintenance")
    clock.forward(hours=2)

    assert [one.object for one in store.running(site)] == ["order-2", "order-1"]
    assert [one.object for one in store.running(site, role="front_desk")] == ["order-1"]
    assert store.count(site, until=clock.at) == 1
    assert store.roles(site, clock.at + timedelta(days=9)) == {"front_desk": 1, "maintenance": 1}
    assert [one.object for one in store.of_file(site, "unit-1")] == ["order-2", "order-1"]


def test_a_published_year_turns_provisional_due_times_firm_and_logs_each(site: Database, act: Act, clock: SetClock):
    clock.at = datetime(2026, 12, 28, 1, tzinfo=UTC)
    old = begin(site, act, TEN_WORKDAYS)
    firm = begin(site, act, TWO_DAYS, "order-2")

    year, moved = clocks.import_calendar(site, act, NEW_YEAR_2027)

    new = store.get(site, old.id)
    assert (year, old.provisional, new.provisional, firm.provisional) == (2027, True, False, False)
    assert new.due_at - old.due_at == timedelta(days=2)  # 1 and 4 January are off, which nobody knew
    assert [(one.id, other.due_at) for one, other in moved] == [(old.id, new.due_at)]
    (logged,) = store.changes(site, old.id)
    assert logged["why"] == "calendar 2027"
    assert logged["old_trace"] == old.trace
    assert "clock.decided_anew" in {entry.act for entry in journal.of_object(site, "order-1")}
    assert clocks.import_calendar(site, act, NEW_YEAR_2027) == (2027, [])


def test_an_unreadable_calendar_changes_nothing(site: Database, act: Act):
    with pytest.raises(Unclear):
        clocks.import_calendar(site, act, '{"year": 2027, "papers": [], "days": [{"name": "x"}]}')

    assert store.years(site) == []


def test_dropped_clocks_say_so(site: Database, act: Act):
    begin(site, act)
    with change(site, act) as note:
        dropped = clocks.drop(site, act, note, "order-1")
        clocks.hand(site, "order-1", "repair.revisit", person="nobody")
        note("order.cancelled", "order-1")

    assert [one.state for one in dropped] == ["dropped"]
    assert store.of_object(site, "order-1")[0].person == ""
    assert list(clocks.verify(site)) == []


def test_a_clock_can_be_handed_to_a_person(site: Database, act: Act):
    begin(site, act)
    with change(site, act) as note:
        clocks.hand(site, "order-1", "repair.revisit", waits_for="supervisor", person="staff-9")
        note("order.handed", "order-1")

    (one,) = store.running(site, person="staff-9")
    assert (one.waits_for, one.person) == ("supervisor", "staff-9")
