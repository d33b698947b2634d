"""Appointment, trips, work: RC9, TR1, TR2, TR4, TR54, TR60."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from desk.kit.clock import SITE_ZONE
from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules import visiting
from desk.workflows.repairs.rules.choices import Stage, TripOutcome, Urgency, Zone
from desk.workflows.repairs.rules.clauses import leak_test_policy, visit_policy
from desk.workflows.repairs.rules.tables import PRIORITY, Run, next_run
from tests.repairs import given
from tests.repairs.given import DAY, HOUR, MONDAY

IN_TIME = Run(date(2026, 3, 2), time(12), late=False)
TOMORROW = Run(date(2026, 3, 3), time(12), late=True)


def schedule(order, start=MONDAY + HOUR, end=MONDAY + 3 * HOUR, run=IN_TIME):
    return visiting.schedule(order, start, end, MONDAY, run)


def test_a_time_is_agreed_with_the_resident():
    order = schedule(given.order())

    assert (order.stage, order.appointed_from, order.appointed_to) == (Stage.SCHEDULED, MONDAY + HOUR, MONDAY + 3 * HOUR)


@pytest.mark.parametrize(("start", "end"), [(2 * HOUR, 2 * HOUR), (3 * HOUR, 2 * HOUR), (-3 * HOUR, -HOUR), (-3 * HOUR, 0 * HOUR)])
def test_an_appointment_ends_after_it_begins_and_is_still_to_come(start, end):
    with pytest.raises(Unclear):
        schedule(given.order(), MONDAY + start, MONDAY + end)


def test_after_the_last_cut_off_normal_work_begins_the_next_day():
    with pytest.raises(Refused) as problem:
        schedule(given.order(), run=TOMORROW)
    assert problem.value.details["day"] == date(2026, 3, 3)

    assert schedule(given.order(), MONDAY + DAY, MONDAY + DAY + HOUR, TOMORROW).stage is Stage.SCHEDULED
    assert schedule(given.order(urgency=Urgency.URGENT), run=TOMORROW).stage is Stage.SCHEDULED


@pytest.mark.parametrize(
    ("at", "day", "late"),
    [
        ("09:00", 2, False),
        ("12:00", 2, False),
        ("12:00:00.001", 2, False),
        ("17:00", 2, False),
        ("17:00:01", 3, True),
        ("23:59", 3, True),
    ],
)
def test_each_report_makes_the_next_run(at, day, late):
    run = next_run(datetime.combine(date(2026, 3, 2), time.fromisoformat(at), SITE_ZONE))

    assert (run.on, run.late) == (date(2026, 3, day), late)


@every(st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)))
def test_a_run_never_leaves_before_the_report(at):
    local = at.replace(tzinfo=SITE_ZONE)
    run = next_run(local)

    assert datetime.combine(run.on, run.cut_off, SITE_ZONE) >= local


def test_paid_work_is_neither_scheduled_nor_begun_before_the_yes():
    for move in (schedule, lambda order: visiting.dispatch(order, given.trip())):
        with pytest.raises(Refused) as problem:
            move(given.paid(Stage.DECIDED, agreed_fen=None))
        assert problem.value.code == "repair.consent_needed"
    with pytest.raises(Refused):
        visiting.finish(given.paid(Stage.ON_SITE, agreed_fen=None), given.trip(), MONDAY, 30, "修好")


def test_a_worker_goes_with_the_appointment():
    order, trip = visiting.dispatch(given.order(Stage.SCHEDULED, appointed_from=MONDAY, appointed_to=MONDAY + HOUR), given.trip())

    assert (order.stage, order.worker, order.worker_name) == (Stage.DISPATCHED, "w1", "马师傅 W101")
    assert (trip.appointed_from, trip.appointed_to) == (MONDAY, MONDAY + HOUR)


def test_only_urgent_work_goes_without_an_appointment():
    assert visiting.dispatch(given.order(urgency=Urgency.EMERGENCY), given.trip())[0].stage is Stage.DISPATCHED
    with pytest.raises(Refused) as problem:
        visiting.dispatch(given.order(), given.trip())
    assert problem.value.code == "repair.appointment_needed"


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REPORTED, Stage.QUOTED, Stage.DONE, Stage.CLOSED, Stage.EXTERNAL])
def test_nobody_is_sent_from_a_stage_that_waits_for_something_else(stage):
    with pytest.raises(Refused):
        visiting.dispatch(given.order(stage, urgency=Urgency.URGENT), given.trip())


@pytest.mark.parametrize(
    ("sent", "back"),
    [
        (given.order(Stage.DISPATCHED, appointed_to=MONDAY), Stage.SCHEDULED),
        (given.order(Stage.DISPATCHED), Stage.DECIDED),
        (given.paid(Stage.DISPATCHED), Stage.AGREED),
    ],
)
def test_a_dispatch_taken_back_returns_to_where_it_came_from(sent, back):
    order, trip = visiting.call_back(sent, given.trip(), MONDAY, "派错人")

    assert (order.stage, order.worker, trip.outcome, trip.ended_at) == (back, "", TripOutcome.CALLED_BACK, MONDAY)


def test_nobody_is_called_back_from_the_door():
    with pytest.raises(Refused):
        visiting.call_back(given.order(Stage.ON_SITE), given.trip(), MONDAY, "派错人")


def test_being_there_is_measured():
    order, trip = visiting.arrive(given.order(Stage.DISPATCHED), given.trip(), MONDAY)

    assert (order.stage, trip.arrived_at) == (Stage.ON_SITE, MONDAY)


def test_a_closed_door_is_a_trip_and_needs_a_new_time():
    order, trip = visiting.no_access(given.order(Stage.DISPATCHED, appointed_to=MONDAY), given.trip(), MONDAY, "敲门无人")

    assert (order.stage, order.appointed_to) == (Stage.NO_ACCESS, None)
    assert (trip.outcome, trip.arrived_at, trip.ended_at) == (TripOutcome.NO_ACCESS, MONDAY, MONDAY)
    with pytest.raises(Unclear):
        visiting.no_access(given.order(Stage.DISPATCHED), given.trip(), MONDAY, "")


def test_who_was_there_earlier_keeps_that_time_when_the_door_stays_closed():
    _, trip = visiting.no_access(given.order(Stage.ON_SITE), given.trip(arrived_at=MONDAY), MONDAY + HOUR, "等了一小时")

    assert trip.arrived_at == MONDAY


def test_a_repair_may_take_several_trips_and_is_done_with_the_last():
    order, first = visiting.another_trip(given.order(Stage.ON_SITE), given.trip(), MONDAY, 20, "缺配件")
    assert (order.stage, first.outcome, order.done_at) == (Stage.PART_DONE, TripOutcome.AGAIN, None)

    order, last = visiting.finish(given.order(Stage.ON_SITE), given.trip(n=2), MONDAY + DAY, 40, "更换阀芯")
    assert (order.stage, order.done_at, order.revisit_from) == (Stage.DONE, MONDAY + DAY, MONDAY + DAY)
    assert (last.outcome, last.minutes, last.words) == (TripOutcome.FINISHED, 40, "更换阀芯")


def test_a_repaired_leak_has_no_revisit_clock_yet():
    order, _ = visiting.finish(given.leak(Stage.ON_SITE, done_at=None), given.trip(), MONDAY, 40, "重做防水")

    assert (order.stage, order.done_at, order.revisit_from) == (Stage.DONE, MONDAY, None)


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_work_has_minutes_of_one_day(minutes):
    with pytest.raises(Unclear):
        visiting.finish(given.order(Stage.ON_SITE), given.trip(), MONDAY, minutes, "修好")


def test_nothing_is_charged_beyond_the_agreed_price():
    on_site = given.paid(Stage.ON_SITE)
    assert visiting.finish(on_site, given.trip(), MONDAY, 30, "修好", 12000)[0].charged_fen == 12000
    with pytest.raises(Refused) as problem:
        visiting.finish(on_site, given.trip(), MONDAY, 30, "修好", 12001)
    assert problem.value.code == "repair.above_quote"


def test_nothing_at_all_is_charged_under_warranty():
    assert visiting.finish(given.order(Stage.ON_SITE), given.trip(), MONDAY, 30, "修好")[0].charged_fen is None
    with pytest.raises(Refused) as problem:
        visiting.finish(given.order(Stage.ON_SITE), given.trip(), MONDAY, 30, "修好", 1)
    assert problem.value.code == "repair.not_paid"


@pytest.mark.parametrize("name", ["what", "why", "consent_by", "loan"])
def test_a_thing_is_taken_along_only_with_consent_and_a_word_on_the_loan(name):
    assert visiting.take_away(given.order(Stage.ON_SITE), given.item()).consent_by == "周予安"
    with pytest.raises(Unclear):
        visiting.take_away(given.order(Stage.ON_SITE), given.item(**{name: " "}))


def test_a_thing_comes_back_once_and_to_somebody():
    back = visiting.give_back(given.order(Stage.DONE), given.item(), MONDAY, "周予安")

    assert (back.back_at, back.back_to) == (MONDAY, "周予安")
    with pytest.raises(Refused):
        visiting.give_back(given.order(Stage.DONE), back, MONDAY, "周予安")
    with pytest.raises(Unclear):
        visiting.give_back(given.order(Stage.DONE), given.item(), MONDAY, "")


def test_arrival_and_completion_are_separate_targets_for_every_urgency_and_zone():
    assert set(PRIORITY) == {(urgency, zone) for urgency in Urgency for zone in Zone}
    assert all(targets.arrive != targets.complete for targets in PRIORITY.values())
    inside, outside = PRIORITY[Urgency.URGENT, Zone.UNIT], PRIORITY[Urgency.URGENT, Zone.OUTLYING]
    assert (inside.arrive.n, outside.arrive.n) == (2, 24)  # TR1, TR2


def test_an_appointment_is_kept_until_its_end():
    assert visit_policy(MONDAY, MONDAY + 2 * HOUR).n == 120
    assert visit_policy(MONDAY, MONDAY + timedelta(seconds=1)).n == 1
    assert leak_test_policy(MONDAY, MONDAY + DAY).n == 26 * 60
