"""Cancelled, merged, handed over, promised: TR16, MI9, RC2, and pitfalls 7 and 17."""

from datetime import timedelta

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules import ending, outside
from desk.workflows.repairs.rules.choices import ExternalOutcome, Kind, PromiseState, Stage, Verdict
from tests.repairs import given
from tests.repairs.given import DAY, MONDAY


@pytest.mark.parametrize("stage", sorted(ending.TO_CANCEL))
def test_what_nobody_has_worked_on_is_cancelled_and_keeps_its_number(stage):
    order = ending.cancel(given.order(stage), MONDAY, "住户自行修好")

    assert (order.stage, order.number, order.end_reason, order.closed_at) == (Stage.CANCELLED, "WX-2026-000001", "住户自行修好", MONDAY)


@pytest.mark.parametrize("stage", sorted(set(Stage) - ending.TO_CANCEL))
def test_what_was_worked_on_is_not_cancelled(stage):
    with pytest.raises(Refused):
        ending.cancel(given.order(stage), MONDAY, "不修了")


def test_a_cancellation_has_a_reason_and_rework_is_never_cancelled():
    with pytest.raises(Unclear):
        ending.cancel(given.order(), MONDAY, " ")
    with pytest.raises(Refused):
        ending.cancel(given.order(Stage.DECIDED, cycle=2), MONDAY, "不修了")


def double(**said):
    return given.order(**{"stage": Stage.REPORTED, "id": "o2", "number": "WX-2026-000002", **said})


def test_a_merge_keeps_the_earliest_receipt_and_both_numbers():
    kept, closed = ending.merge(given.order(), double(reported_at=MONDAY - DAY), MONDAY)

    assert (kept.reported_at, kept.cycle_at, kept.stage) == (MONDAY - DAY, MONDAY - DAY, Stage.DECIDED)
    assert (closed.stage, closed.number, closed.merged_into, closed.closed_at) == (Stage.MERGED, "WX-2026-000002", "o1", MONDAY)


def test_a_later_double_changes_nothing_on_the_order():
    kept, _ = ending.merge(given.order(), double(reported_at=MONDAY + DAY), MONDAY)

    assert kept == given.order()


def test_a_merge_into_rework_does_not_move_the_cycle():
    kept, _ = ending.merge(given.order(Stage.REWORK, cycle=2, cycle_at=MONDAY), double(reported_at=MONDAY - DAY), MONDAY)

    assert (kept.reported_at, kept.cycle_at) == (MONDAY - DAY, MONDAY)


def test_only_doubles_of_one_unit_are_merged_and_only_into_what_is_open():
    with pytest.raises(Refused):
        ending.merge(given.order(), given.order(), MONDAY)
    with pytest.raises(Refused):
        ending.merge(given.order(), double(unit="u2"), MONDAY)
    with pytest.raises(Refused):
        ending.merge(given.order(Stage.CLOSED), double(), MONDAY)
    with pytest.raises(Refused):
        ending.merge(given.order(), double(stage=Stage.DONE), MONDAY)


@pytest.mark.parametrize(
    ("said", "alike"),
    [
        ({}, True),
        ({"reported_at": MONDAY + 7 * DAY}, True),
        ({"reported_at": MONDAY - 7 * DAY}, True),
        ({"reported_at": MONDAY + 7 * DAY + timedelta(milliseconds=1)}, False),
        ({"unit": "u2"}, False),
        ({"kind": Kind.LEAK}, False),
        ({"stage": Stage.MERGED}, False),
        ({"stage": Stage.CANCELLED}, False),
        ({"stage": Stage.CLOSED}, True),
    ],
)
def test_the_same_unit_and_kind_within_seven_days_may_be_one_repair(said, alike):
    other = given.order(**{"stage": Stage.REPORTED, "id": "o2", **said})

    assert ending.is_double(given.order(), other) is alike


def test_an_order_is_not_its_own_double():
    assert not ending.is_double(given.order(), given.order())


def test_doubles_come_earliest_first():
    late, early = double(id="o2"), double(id="o3", reported_at=MONDAY - DAY)

    assert ending.doubles(given.order(), [late, early, given.order()]) == [early, late]


@every(st.integers(-20, 20))
def test_being_a_double_is_mutual(days):
    one, other = given.order(), double(reported_at=MONDAY + days * DAY)

    assert ending.is_double(one, other) == ending.is_double(other, one)


@pytest.mark.parametrize("verdict", [Verdict.DEVELOPER, Verdict.CONTRACTOR, Verdict.UTILITY])
def test_who_answers_for_it_may_do_it_until_a_named_day(verdict):
    order, external = outside.hand_over(given.order(verdict=verdict), given.external())

    assert (order.stage, external.party) == (Stage.EXTERNAL, verdict)


@pytest.mark.parametrize("verdict", [Verdict.PAID, Verdict.COMMON_PART, None])
def test_what_is_ours_is_not_handed_over(verdict):
    with pytest.raises(Refused):
        outside.hand_over(given.order(verdict=verdict), given.external())


def test_a_hand_over_has_a_name_and_a_day_to_come():
    with pytest.raises(Unclear):
        outside.hand_over(given.order(), given.external(due_at=MONDAY))
    with pytest.raises(Unclear):
        outside.hand_over(given.order(), given.external(party_name=""))
    with pytest.raises(Refused):
        outside.hand_over(given.order(Stage.DONE), given.external())


def test_what_the_developer_finished_goes_on_like_our_own_work():
    order, external = outside.external_done(given.order(Stage.EXTERNAL), given.external(), MONDAY, "已更换阀门")
    assert (order.stage, order.revisit_from, external.outcome) == (Stage.DONE, MONDAY, ExternalOutcome.DONE)

    order, _ = outside.external_done(given.leak(Stage.EXTERNAL), given.external(), MONDAY, "已重做防水")
    assert (order.stage, order.revisit_from) == (Stage.DONE, None)


@pytest.mark.parametrize(("cycle", "stage"), [(1, Stage.DECIDED), (2, Stage.REWORK)])
def test_what_is_taken_back_is_ours_again(cycle, stage):
    order, external = outside.take_back(given.order(Stage.EXTERNAL, cycle=cycle), given.external(), MONDAY, "对方拖延")

    assert (order.stage, external.outcome, external.end_words) == (stage, ExternalOutcome.TAKEN_BACK, "对方拖延")


def test_a_promise_names_a_time_to_come():
    assert outside.promise(given.promise()).state is PromiseState.MADE
    with pytest.raises(Unclear):
        outside.promise(given.promise(due_at=MONDAY))
    with pytest.raises(Unclear):
        outside.promise(given.promise(what=" "))


def test_an_answer_in_time_keeps_the_promise_and_a_late_one_does_not():
    assert outside.keep(given.promise(), MONDAY + DAY, "可以维修").state is PromiseState.KEPT
    late = outside.keep(given.promise(), MONDAY + DAY + timedelta(milliseconds=1), "可以维修")
    assert (late.state, late.answer) == (PromiseState.BROKEN, "可以维修")
    with pytest.raises(Refused):
        outside.keep(late, MONDAY, "再答")
    with pytest.raises(Unclear):
        outside.keep(given.promise(), MONDAY, "")


def test_a_promise_is_broken_only_after_its_time_and_only_once():
    broken = outside.break_(given.promise(), MONDAY + DAY + timedelta(milliseconds=1))
    assert broken.state is PromiseState.BROKEN
    for made, now in ((given.promise(), MONDAY + DAY), (broken, MONDAY + 9 * DAY)):
        with pytest.raises(Refused):
            outside.break_(made, now)
