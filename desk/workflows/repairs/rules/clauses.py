"""Rule book: the time limits of the repairs workflow, as policies for `desk.kit.deadlines`.

Source: seed 002 第2篇 2(3)④ and 5(1):
    属安全设施维修2天内回访                 safety equipment: revisit within 2 days of completion (RC12)
    房屋渗漏水项目维修试漏后3天内回访       leaks: within 3 days of the leak test (RC13)
    其他维修项目2天内回访                   everything else: within 2 days (RC14)
    回访中发现问题及时通知维修人员整改      a bad revisit goes back to maintenance at once (RC15)
    咨询相关专业人员后约定时间给予回复      a hard question: call back at the agreed time (RC2)
    及时通知维修部人员携单在约定时间上门    maintenance comes with the sheet at the agreed time (RC9)

"2天" are calendar days: the day of the event is not counted, the last one ends at 24:00, and a holiday does not move it;
leaks do not rest.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from desk.kit.deadlines import Policy, Unit
from desk.workflows.repairs.rules.choices import Kind

REVISIT: Mapping[Kind, Policy] = {
    Kind.SAFETY: Policy("RC12", 2, Unit.DAY, clause="属安全设施维修2天内回访"),
    Kind.LEAK: Policy("RC13", 3, Unit.DAY, clause="房屋渗漏水项目维修试漏后3天内回访"),
    Kind.OTHER: Policy("RC14", 2, Unit.DAY, clause="其他维修项目2天内回访"),
}
REVISIT_UNTESTED = REVISIT[Kind.OTHER]  # a leak whose test the resident refused in writing
REWORK = Policy("RC15", 2, Unit.DAY, clause="回访中发现问题及时通知维修人员整改")
PROMISE = Policy("RC2", 1, Unit.WORKDAY, clause="咨询相关专业人员后约定时间给予回复")
EXTERNAL = Policy("MI9", 7, Unit.DAY, clause="由维修部或管理处协助开发商进行工程质量问题的返修工作")
QUOTE_ANSWER = Policy("TR60", 3, Unit.DAY, clause="维修报价与确认")
LEAK_TEST_BEGINS = Policy("RC13", 1, Unit.DAY, clause="房屋渗漏水项目维修试漏")
LOOK_WITHIN = timedelta(hours=2)  # after the planned end of a leak test
MONTHLY_VISIT = Policy("TR3", 1, Unit.MONTH, clause="每月定期对客户进行回访工作")


def revisit_policy(kind: Kind, leak_tested: bool) -> Policy:
    """Return the revisit's time limit: a leak has its three days only from a passed test."""
    return REVISIT_UNTESTED if kind is Kind.LEAK and not leak_tested else REVISIT[kind]


def visit_policy(start: datetime, end: datetime) -> Policy:
    """Return the time limit of an appointment: to be there before the agreed span is over, counted from its beginning."""
    return Policy("RC9", _minutes(start, end), Unit.MINUTE, clause="携单在约定时间上门维修服务")


def leak_test_policy(start: datetime, end: datetime) -> Policy:
    """Return the time limit of a leak test: to look soon after its planned end."""
    return Policy("RC13", _minutes(start, end + LOOK_WITHIN), Unit.MINUTE, clause="房屋渗漏水项目维修试漏")


def _minutes(start: datetime, end: datetime) -> int:
    return max(1, -(-int((end - start).total_seconds()) // 60))
