"""Pure things for the rule book's tests: an order at any stage, a trip, a quote, a test, a revisit; no database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from desk.workflows.repairs.rules.choices import Category, Channel, Kind, RevisitResult, SignHow, Stage, Urgency, Verdict, Zone
from desk.workflows.repairs.rules.order import External, LeakTest, Promise, Quote, Revisit, Signature, TakenItem, Trip, WorkOrder

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)


def order(stage: Stage = Stage.DECIDED, **said: Any) -> WorkOrder:
    """Return an order at a stage, with all five fields."""
    facts: dict[str, Any] = {
        "id": "o1", "number": "WX-2026-000001", "stage": stage, "kind": Kind.OTHER, "category": Category.WATER_SUPPLY,
        "urgency": Urgency.NORMAL, "zone": Zone.UNIT, "unit": "u1", "building": "3栋", "place": "3-1-1803", "what": "水龙头滴水",
        "reported_at": MONDAY, "cycle_at": MONDAY, "taken_by": "s1", "name": "周予安", "phone": "13800000001", "wished": "周二上午",
        "verdict": Verdict.DEVELOPER, **said,
    }  # fmt: skip
    return WorkOrder(**facts)


def paid(stage: Stage = Stage.AGREED, **said: Any) -> WorkOrder:
    """Return an order that the resident pays, and agreed to 120 yuan."""
    return order(stage, **{"verdict": Verdict.PAID, "agreed_fen": 12000, **said})


def leak(stage: Stage = Stage.DONE, **said: Any) -> WorkOrder:
    """Return a leak whose repair is done and whose test is not."""
    return order(stage, **{"kind": Kind.LEAK, "category": Category.WATER_LEAK, "done_at": MONDAY, **said})


def trip(**said: Any) -> Trip:
    """Return a trip under way."""
    facts: dict[str, Any] = {
        "id": "t1", "work_order": "o1", "cycle": 1, "n": 1, "worker": "w1", "worker_name": "马师傅 W101", "sent_at": MONDAY, **said,
    }  # fmt: skip
    return Trip(**facts)


def offer(**said: Any) -> Quote:
    """Return a quote of 120 yuan, good until the 9th."""
    facts: dict[str, Any] = {
        "id": "q1", "work_order": "o1", "n": 1, "lines": (("镇流器", "1", 12000),), "fen": 12000, "valid_until_on": date(2026, 3, 9),
        "quoted_at": MONDAY, "quoted_by": "林前台 S001", **said,
    }  # fmt: skip
    return Quote(**facts)


def leak_test(**said: Any) -> LeakTest:
    """Return a leak test of 24 hours, begun on Monday morning."""
    facts: dict[str, Any] = {
        "id": "l1", "work_order": "o1", "cycle": 1, "n": 1, "started_at": MONDAY, "planned_end_at": MONDAY + DAY, "spot": "主卧卫生间",
        "by": "马师傅 W101", **said,
    }  # fmt: skip
    return LeakTest(**facts)


def signature(how: SignHow = SignHow.PAPER, **said: Any) -> Signature:
    """Return a signature in ink."""
    return Signature(**{"id": "s1", "work_order": "o1", "cycle": 1, "how": how, "who": "周予安", "at": MONDAY, **said})


def revisit(result: RevisitResult = RevisitResult.OK, day: int = 0, **said: Any) -> Revisit:
    """Return a revisit by phone, so many days after Monday."""
    facts: dict[str, Any] = {
        "id": f"r{day}", "work_order": "o1", "cycle": 1, "n": day + 1, "at": MONDAY + day * DAY, "on_day": TODAY + day * DAY, "by": "s2",
        "by_name": "陈前台 S002", "channel": Channel.PHONE, "result": result, "due_at": MONDAY + 2 * DAY, "in_time": True, **said,
    }  # fmt: skip
    return Revisit(**facts)


def item(**said: Any) -> TakenItem:
    """Return a thing to be taken along with consent."""
    facts: dict[str, Any] = {
        "id": "i1", "work_order": "o1", "trip": "t1", "what": "对讲主机", "why": "须回站检测", "consent_by": "周予安", "loan": "备用对讲机",
        "taken_at": MONDAY, "taken_by": "马师傅 W101", **said,
    }  # fmt: skip
    return TakenItem(**facts)


def external(**said: Any) -> External:
    """Return a repair in the developer's hands for five days."""
    facts: dict[str, Any] = {
        "id": "e1", "work_order": "o1", "n": 1, "party": Verdict.DEVELOPER, "party_name": "青梧置业有限公司", "words": "", "handed_at": MONDAY,
        "due_at": MONDAY + 5 * DAY, **said,
    }  # fmt: skip
    return External(**facts)


def promise(**said: Any) -> Promise:
    """Return a promise to answer by tomorrow."""
    facts: dict[str, Any] = {
        "id": "p1", "work_order": "o1", "unit": "u1", "what": "咨询工程部墙体裂缝", "due_at": MONDAY + DAY, "person": "s1",
        "person_name": "林前台 S001", "made_at": MONDAY, **said,
    }  # fmt: skip
    return Promise(**facts)
