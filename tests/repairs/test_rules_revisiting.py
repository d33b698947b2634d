"""Signature and revisit: RC11, RC15, VS1, and pitfall 8."""

from dataclasses import replace

import pytest

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules import revisiting
from desk.workflows.repairs.rules.choices import RevisitResult, SignHow, Stage, TripOutcome
from tests.repairs import given
from tests.repairs.given import MONDAY

MISSED = RevisitResult.NOT_REACHED
DONE = given.order(Stage.DONE, done_at=MONDAY, revisit_from=MONDAY)
SIGNED = given.order(Stage.SIGNED, done_at=MONDAY, revisit_from=MONDAY)


def test_the_resident_signs_in_ink_or_on_the_screen():
    order, _ = revisiting.sign(DONE, given.signature())
    assert order.stage is Stage.SIGNED

    _, drawn = revisiting.sign(DONE, given.signature(SignHow.SCREEN, image="ab12"))
    assert drawn.image == "ab12"
    with pytest.raises(Unclear):
        revisiting.sign(DONE, given.signature(SignHow.SCREEN))
    with pytest.raises(Unclear):
        revisiting.sign(DONE, given.signature(who=""))


def test_without_a_signature_there_is_a_reason():
    assert revisiting.sign(DONE, given.signature(SignHow.NONE, who="", words="委托邻居开门，本人不在"))[0].stage is Stage.SIGNED
    with pytest.raises(Unclear):
        revisiting.sign(DONE, given.signature(SignHow.NONE, who=""))


def test_a_leak_is_not_signed_before_its_test():
    with pytest.raises(Refused) as problem:
        revisiting.sign(given.leak(), given.signature())
    assert problem.value.code == "repair.leak_test_needed"


def test_a_good_revisit_closes():
    order = revisiting.revisit(SIGNED, given.revisit(), [], [given.trip()])

    assert (order.stage, order.revisit_result, order.closed_at) == (Stage.CLOSED, RevisitResult.OK, MONDAY)


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.SIGNED}))
def test_nothing_is_revisited_before_it_is_signed_or_after_it_ended(stage):
    with pytest.raises(Refused):
        revisiting.revisit(given.order(stage), given.revisit(), [], [])


def test_whoever_repaired_does_not_revisit():
    with pytest.raises(Refused) as problem:
        revisiting.revisit(SIGNED, given.revisit(by="w2"), [], [given.trip(), given.trip(worker="w2", n=2)])
    assert problem.value.code == "repair.revisit_by_repairer"


def test_who_repaired_in_an_earlier_cycle_or_was_called_back_may_revisit():
    earlier = [given.trip(cycle=1), given.trip(cycle=2, worker="w9")]
    assert revisiting.revisit(replace(SIGNED, cycle=2), given.revisit(by="w1", cycle=2), [], earlier).stage is Stage.CLOSED

    called_back = given.trip(outcome=TripOutcome.CALLED_BACK)
    assert revisiting.revisit(SIGNED, given.revisit(by="w1"), [], [called_back]).stage is Stage.CLOSED


def test_a_bad_revisit_begins_the_next_cycle_from_nothing():
    order = revisiting.revisit(SIGNED, given.revisit(RevisitResult.BAD, words="又滴水"), [], [given.trip()])

    assert (order.stage, order.cycle, order.cycle_at) == (Stage.REWORK, 2, MONDAY)
    assert (order.done_at, order.revisit_from, order.worker, order.is_open) == (None, None, "", True)
    with pytest.raises(Unclear):
        revisiting.revisit(SIGNED, given.revisit(RevisitResult.BAD), [], [])


def attempts(*days, slip=True):
    tried = [given.revisit(MISSED, day) for day in days]
    return replace(tried[-1], slip_left=slip), tried[:-1]


def test_three_attempts_on_different_days_and_a_slip_end_as_not_reached():
    last, earlier = attempts(0, 1, 2)

    order = revisiting.revisit(SIGNED, last, earlier, [])

    assert (order.stage, order.revisit_result) == (Stage.UNREACHABLE, MISSED)
    assert order.closed_at is not None


@pytest.mark.parametrize(("days", "slip"), [((0,), True), ((0, 1), True), ((0, 0, 0), True), ((0, 1, 1), True), ((0, 1, 2), False)])
def test_fewer_days_or_no_slip_keep_the_revisit_owed(days, slip):
    last, earlier = attempts(*days, slip=slip)

    assert revisiting.revisit(SIGNED, last, earlier, []) == SIGNED


def test_attempts_of_an_earlier_cycle_do_not_count():
    last, earlier = attempts(0, 1, 2)

    order = revisiting.revisit(replace(SIGNED, cycle=2), replace(last, cycle=2), earlier, [])

    assert order.stage is Stage.SIGNED


def test_a_slip_left_at_an_earlier_attempt_counts():
    last, earlier = attempts(0, 1, 2, slip=False)

    order = revisiting.revisit(SIGNED, last, [replace(earlier[0], slip_left=True), earlier[1]], [])

    assert order.stage is Stage.UNREACHABLE
