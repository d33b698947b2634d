"""Complete, valid things of the repairs workflow: `a_report()`, `a_worker(site, act)`, and an order brought to any stage by the real commands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from desk.kit.access import store as staff
from desk.kit.access.rules import Lang, Role, Size, Staff, Theme
from desk.kit.act import Act
from desk.kit.clock import SetClock, to_text
from desk.kit.clocks import store as clocks
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.workflows.households import store as register
from desk.workflows.repairs import commands, store
from desk.workflows.repairs.inputs import (
    Answer,
    Appointment,
    Decision,
    Draft,
    Finish,
    HandOver,
    Moved,
    Offer,
    Report,
    Revisiting,
    Sending,
    Signing,
    TestBegin,
    TestEnd,
    TripEnd,
)
from desk.workflows.repairs.rules.order import WorkOrder
from tests.make_households import a_unit, an_owner


def the_unit(site: Database, act: Act, label: str = "3-1-1803") -> str:
    """Return the label of a unit with an owner, entered if it is not there yet."""
    if register.unit_of_key(site, label.replace("-", "|")) is None:
        an_owner(site, act, a_unit(site, act, label))
    return label


def a_worker(site: Database, act: Act, name: str = "马师傅", staff_no: str = "W101") -> str:
    """Return the id of a maintenance worker, entered if not there yet."""
    found = staff.by_number(site, staff_no)
    if found is None:  # without a password: nobody signs in as him, and hashing one takes longer than the test
        now = act.clock.now()
        found = Staff(new_id(now), staff_no, name, Role.MAINTENANCE, True, False, False, Lang.ZH, Theme.AUTO, Size.NORMAL, now, 1)
        staff.keep_staff(site, found, password="")
    return found.id


def a_report(site: Database, act: Act, **said: Any) -> Report:
    """Return a complete report: a dripping tap in 3-1-1803."""
    typed = {
        "unit": "3-1-1803", "name": "周予安", "phone": "13800000001", "what": "厨房水龙头一直滴水", "wished": "周二上午",
        "category": "water_supply", "source": "visit", **said,
    }  # fmt: skip
    the_unit(site, act, typed["unit"])
    return Report.read(typed)


def a_draft(site: Database, act: Act, **said: Any) -> Draft:
    """Return a report saved first: the room and one line."""
    the_unit(site, act, said.get("unit", "3-1-1803"))
    return Draft.read({"unit": "3-1-1803", "what": "水管爆了", **said})


def reported(site: Database, act: Act, **said: Any) -> WorkOrder:
    """Return an order with its five fields."""
    return commands.report(site, act, a_report(site, act, **said))


def decided(site: Database, act: Act, part: str = "plumbing", **said: Any) -> WorkOrder:
    """Return an order with its verdict."""
    order = reported(site, act, **said)
    return commands.decide(site, act, order.id, Decision.read({"part": part}))


def paid(site: Database, act: Act, **said: Any) -> WorkOrder:
    """Return an order that the resident pays and has agreed to: 120 yuan."""
    order = quoted(site, act, **said)
    return commands.consent(site, act, order.id, Answer.read({"channel": "phone", "who": "周予安", "words": "可以，修吧"}))


def quoted(site: Database, act: Act, **said: Any) -> WorkOrder:
    """Return an order whose quote of 120 yuan waits for an answer."""
    order = decided(site, act, part="own", category="appliance", what="客厅吊灯不亮，业主自购", **said)
    commands.quote(site, act, order.id, Offer.read({"what": ["更换镇流器"], "quantity": ["1"], "price": ["120"]}))
    return commands.the_order(site, order.id)


def scheduled(site: Database, act: Act, order: WorkOrder | None = None, hours: int = 24, **said: Any) -> WorkOrder:
    """Return an order with an appointment in so many hours, two hours long."""
    order = order or decided(site, act, **said)
    start = act.clock.now() + timedelta(hours=hours)
    slot = Appointment.read({"from_at": to_text(start), "to_at": to_text(start + timedelta(hours=2))})
    return commands.schedule(site, act, order.id, slot)


def dispatched(site: Database, act: Act, order: WorkOrder | None = None, worker: str = "", **said: Any) -> WorkOrder:
    """Return an order whose worker is on the way."""
    order = scheduled(site, act, order, **said)
    return commands.dispatch(site, act, order.id, Sending.read({"worker": worker or a_worker(site, act)}))


def on_site(site: Database, act: Act, order: WorkOrder | None = None, worker: str = "", **said: Any) -> WorkOrder:
    """Return an order whose worker is there, a day later."""
    order = dispatched(site, act, order, worker, **said)
    forward(act, hours=24)
    return commands.arrive(site, act, order.id, Moved())


def done(site: Database, act: Act, order: WorkOrder | None = None, worker: str = "", **said: Any) -> WorkOrder:
    """Return an order that is repaired."""
    order = on_site(site, act, order, worker, **said)
    forward(act, minutes=40)
    form = {"words": "更换阀芯", "minutes": "40", "material": ["阀芯"], "quantity": ["1"], "price": ["0"]}
    return commands.finish(site, act, order.id, Finish.read(form))


def leak(site: Database, act: Act, **said: Any) -> WorkOrder:
    """Return a repaired leak whose test has not begun."""
    order = decided(site, act, part="wet_room", category="water_leak", what="卫生间顶漏水", **said)
    return done(site, act, order)


def in_test(site: Database, act: Act, hours: int = 24, **said: Any) -> WorkOrder:
    """Return a leak whose test of so many hours runs."""
    order = leak(site, act, **said)
    until = act.clock.now() + timedelta(hours=hours)
    commands.begin_test(site, act, order.id, TestBegin.read({"spot": "主卧卫生间", "planned_end_at": to_text(until)}))
    return commands.the_order(site, order.id)


def passed_test(site: Database, act: Act, **said: Any) -> WorkOrder:
    """Return a leak whose test was passed."""
    order = in_test(site, act, **said)
    forward(act, hours=24)
    return commands.end_test(site, act, order.id, TestEnd(passed=True))


def signed(site: Database, act: Act, order: WorkOrder | None = None, **said: Any) -> WorkOrder:
    """Return an order that the resident signed, its revisit owed."""
    order = order or done(site, act, **said)
    return commands.sign(site, act, order.id, Signing.read({"how": "paper", "who": "周予安"}))


def revisited(site: Database, act: Act, order: WorkOrder, result: str = "ok", **said: Any) -> WorkOrder:
    """Return an order after a revisit by phone."""
    form = {"channel": "phone", "result": result, "score": "5", "words": "已修好" if result == "ok" else "又滴水了", **said}
    return commands.revisit(site, act, order.id, Revisiting.read(form))


def handed_over(site: Database, act: Act, days: int = 5, **said: Any) -> WorkOrder:
    """Return an order that the developer repairs, promised in so many days."""
    order = decided(site, act, **said)
    until = to_text(act.clock.now() + timedelta(days=days))
    commands.hand_over(site, act, order.id, HandOver.read({"party_name": "青梧置业有限公司", "due_at": until, "words": "周末前修好"}))
    return commands.the_order(site, order.id)


def forward(act: Act, **span: float) -> None:
    """Move the act's clock on."""
    assert isinstance(act.clock, SetClock)
    act.clock.forward(**span)


def again(site: Database, act: Act, order: WorkOrder, move: Callable[..., WorkOrder], **said: Any) -> WorkOrder:
    """Make a trip that ends with work left to do, or before a closed door."""
    return move(site, act, order.id, TripEnd.read({"words": "缺配件", "minutes": "30", **said}))


def running(site: Database, order: WorkOrder) -> dict[str, str]:
    """Return kind -> due instant of an order's running clocks."""
    return {clock.kind.removeprefix("repair."): to_text(clock.due_at) for clock in clocks.running_of(site, order.id)}


def line(site: Database, order: WorkOrder) -> store.Line:
    """Return an order as the lists show it."""
    return next(one for one in store.of_unit(site, order.unit) if one.id == order.id)


testing, tested = in_test, passed_test  # shorter names
