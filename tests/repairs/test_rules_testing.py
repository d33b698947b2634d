"""The leak test: RC13, and pitfall 6: the three days do not exist before the test."""

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from desk.kit.calendar import calendar_from, shipped_years
from desk.kit.deadlines import due
from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules import testing
from desk.workflows.repairs.rules.choices import Kind, Stage, TestResult
from desk.workflows.repairs.rules.clauses import revisit_policy
from tests.repairs import given
from tests.repairs.given import DAY, HOUR, MONDAY


def test_a_leak_test_has_a_planned_end_and_a_place():
    order, test = testing.begin_test(given.leak(), given.leak_test())

    assert (order.stage, order.revisit_from, test.result) == (Stage.LEAK_TESTING, None, TestResult.RUNNING)
    with pytest.raises(Unclear):
        testing.begin_test(given.leak(), given.leak_test(planned_end_at=MONDAY))
    with pytest.raises(Unclear):
        testing.begin_test(given.leak(), given.leak_test(spot=""))


def test_only_leaks_are_tested_and_only_once():
    with pytest.raises(Refused):
        testing.begin_test(given.order(Stage.DONE, revisit_from=MONDAY), given.leak_test())
    with pytest.raises(Refused):
        testing.begin_test(given.leak(revisit_from=MONDAY), given.leak_test())
    with pytest.raises(Refused):
        testing.begin_test(given.leak(Stage.ON_SITE), given.leak_test())


def test_a_leak_s_three_days_run_from_the_passed_test():
    passed_at = MONDAY + DAY + HOUR
    order, test = testing.pass_test(given.leak(Stage.LEAK_TESTING), given.leak_test(), passed_at, "无渗漏")

    assert (order.stage, order.revisit_from, order.leak_tested) == (Stage.DONE, passed_at, True)
    assert (test.result, test.ended_at) == (TestResult.PASSED, passed_at)


def test_a_test_cannot_be_passed_before_its_planned_end():
    testing.pass_test(given.leak(Stage.LEAK_TESTING), given.leak_test(), MONDAY + DAY, "")
    with pytest.raises(Refused) as problem:
        testing.pass_test(given.leak(Stage.LEAK_TESTING), given.leak_test(), MONDAY + DAY - HOUR, "")
    assert problem.value.code == "repair.test_running"


def test_a_failed_test_goes_back_to_work_and_may_fail_at_any_hour():
    order, test = testing.fail_test(given.leak(Stage.LEAK_TESTING), given.leak_test(), MONDAY + HOUR, "楼下仍滴水")

    assert (order.stage, order.done_at, order.revisit_from) == (Stage.PART_DONE, None, None)
    assert test.result is TestResult.FAILED
    with pytest.raises(Unclear):
        testing.fail_test(given.leak(Stage.LEAK_TESTING), given.leak_test(), MONDAY, "")


@pytest.mark.parametrize("stage", [Stage.DONE, Stage.LEAK_TESTING])
def test_a_refused_test_needs_a_signed_waiver_and_falls_to_two_days(stage):
    order, test = testing.waive_test(given.leak(stage), given.leak_test(), MONDAY, "周予安", "急着用卫生间")

    assert (order.revisit_from, order.leak_tested, test.waiver) == (MONDAY, False, "周予安")
    assert revisit_policy(order.kind, order.leak_tested).n == 2


@pytest.mark.parametrize(("who", "words"), [("", "急用"), ("周予安", "")])
def test_nobody_waives_a_test_without_name_and_words(who, words):
    with pytest.raises(Unclear):
        testing.waive_test(given.leak(), given.leak_test(), MONDAY, who, words)


def test_what_needs_no_test_cannot_be_waived():
    with pytest.raises(Refused):
        testing.waive_test(given.order(Stage.DONE), given.leak_test(), MONDAY, "周予安", "不用")
    with pytest.raises(Refused):
        testing.waive_test(given.leak(revisit_from=MONDAY), given.leak_test(), MONDAY, "周予安", "不用")


CALENDAR = calendar_from(shipped_years())


@pytest.mark.parametrize(("kind", "rule", "days"), [(Kind.SAFETY, "RC12", 2), (Kind.LEAK, "RC13", 3), (Kind.OTHER, "RC14", 2)])
def test_a_revisit_is_owed_within_two_days_and_for_a_leak_three(kind, rule, days):
    policy = revisit_policy(kind, leak_tested=True)

    found = due(policy, CALENDAR, MONDAY)

    assert policy.rule == rule
    assert found.at == MONDAY.replace(hour=16) + days * DAY  # 24:00 in Shanghai is 16:00 UTC


def test_a_holiday_does_not_move_a_revisit():
    eve = MONDAY.replace(month=9, day=30)

    found = due(revisit_policy(Kind.OTHER, leak_tested=False), CALENDAR, eve)

    assert found.at == eve.replace(month=10, day=2, hour=16)


@every(st.integers(0, 60 * 24 * 300))
def test_the_day_of_the_event_is_never_counted(minutes):
    start = MONDAY + minutes * (HOUR / 60)

    found = due(revisit_policy(Kind.SAFETY, leak_tested=False), CALENDAR, start)

    assert 2 * DAY <= found.at - start <= 3 * DAY
