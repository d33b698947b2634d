"""Rule book: the leak test (试漏, 闭水试验).

Source: seed 002 第2篇 2(3)④:
    房屋渗漏水项目维修试漏后3天内回访     a leak is revisited within three days of its test (RC13)
The three days do not exist before the test is passed. A failed test sends the order back to be repaired again. A test that the
resident refuses needs their signed waiver, and the order falls to the two days of other repairs.
"""

from dataclasses import replace
from datetime import datetime

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules.choices import Kind, Stage, TestResult
from desk.workflows.repairs.rules.order import LeakTest, WorkOrder, need, need_words


def begin_test(order: WorkOrder, test: LeakTest) -> tuple[WorkOrder, LeakTest]:
    """Begin a leak test with its planned end; the slip for the bathroom door says both."""
    need(order, Stage.DONE)
    if order.kind is not Kind.LEAK:
        raise Refused("repair.no_leak", number=order.number)
    if order.revisit_from is not None:
        raise Refused("repair.tested_already", number=order.number)
    if test.planned_end_at <= test.started_at:
        raise Unclear("repair.test_end", fields={"planned_end_at": "repair.test_end"})
    return replace(order, stage=Stage.LEAK_TESTING), replace(test, spot=need_words("spot", test.spot))


def pass_test(order: WorkOrder, test: LeakTest, now: datetime, words: str) -> tuple[WorkOrder, LeakTest]:
    """Record that it stayed dry to the planned end: from now on three days run to the revisit."""
    need(order, Stage.LEAK_TESTING)
    if now < test.planned_end_at:
        raise Refused("repair.test_running", number=order.number, until=test.planned_end_at)
    tested = replace(order, stage=Stage.DONE, revisit_from=now, leak_tested=True)
    return tested, replace(test, result=TestResult.PASSED, ended_at=now, words=words)


def fail_test(order: WorkOrder, test: LeakTest, now: datetime, words: str) -> tuple[WorkOrder, LeakTest]:
    """Record that it leaked: the repair was not done, and another trip is needed."""
    need(order, Stage.LEAK_TESTING)
    back = replace(order, stage=Stage.PART_DONE, done_at=None, revisit_from=None, appointed_from=None, appointed_to=None)
    return back, replace(test, result=TestResult.FAILED, ended_at=now, words=need_words("words", words))


def waive_test(order: WorkOrder, test: LeakTest, now: datetime, who: str, words: str) -> tuple[WorkOrder, LeakTest]:
    """Record that the resident signed to do without the test; two days run from now, as for other repairs."""
    need(order, Stage.DONE, Stage.LEAK_TESTING)
    if order.kind is not Kind.LEAK:
        raise Refused("repair.no_leak", number=order.number)
    if order.revisit_from is not None:
        raise Refused("repair.tested_already", number=order.number)
    waiver, reason = need_words("who", who), need_words("words", words)
    untested = replace(order, stage=Stage.DONE, revisit_from=now, leak_tested=False)
    return untested, replace(test, result=TestResult.REFUSED, ended_at=now, waiver=waiver, words=reason)
