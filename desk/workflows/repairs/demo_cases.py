"""The cases of the demo's repairs: who reported what, and how it went on."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from desk.kit.access import commands as access
from desk.kit.access.inputs import NewStaff
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.kit.clock import SITE_ZONE, day_of, to_text
from desk.kit.database import Database
from desk.kit.demo import Demo
from desk.workflows.households import commands as households
from desk.workflows.households import store as register
from desk.workflows.repairs import commands
from desk.workflows.repairs.inputs import (
    Answer,
    Appointment,
    Decision,
    Draft,
    Finish,
    HandOver,
    Merging,
    Moved,
    Offer,
    Overruling,
    Promising,
    Reason,
    Report,
    Revisiting,
    Said,
    Sending,
    Signing,
    TakeAway,
    TestBegin,
    TestEnd,
    TripEnd,
)
from desk.workflows.repairs.rules.order import WorkOrder

Steps = Iterator[timedelta]
Case = Callable[["Teller"], Steps]
CREW = (("M02", "李海涛"), ("M03", "郑国强"))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Teller:
    """Does one step of a case at a time, as the clerk, worker or supervisor would."""

    def __init__(self, db: Database, demo: Demo) -> None:
        self.db, self.demo, self.turn = db, demo, 0
        self.crew = [demo.staff["maintenance"][0]]
        for staff_no, name in CREW:
            new = NewStaff(staff_no=staff_no, name=name, role=Role.MAINTENANCE)
            self.crew.append(access.add_staff(db, demo.act("admin"), new)[0].id)

    def act(self, role: str = "front_desk") -> Act:
        """Return an act of the demo's person of this role."""
        return self.demo.act(role)

    def report(self, room: str, category: str, what: str, **said: Any) -> WorkOrder:
        """Take a report of whoever lives there."""
        unit = households.unit_of(self.db, room)
        member = next((one for one in register.people(self.db, unit.id, day_of(self.demo.clock.at)) if one.phone), None)
        person = {"name": member.name, "phone": member.phone} if member else {"name": "前台代报", "phone": "0571-85550100"}
        typed = {"unit": room, "category": category, "what": what, "wished": "白天都可以", "source": "call", **person, **said}
        return commands.report(self.db, self.act(), Report.read(typed))

    def decide(self, order: WorkOrder, part: str, **said: Any) -> None:
        """Decide who answers for it."""
        commands.decide(self.db, self.act(), order.id, Decision.read({"part": part, **said}))

    def agree_price(self, order: WorkOrder, *lines: tuple[str, str, str]) -> None:
        """Quote a price."""
        what, quantity, price = zip(*lines, strict=True)
        commands.quote(self.db, self.act(), order.id, Offer.read({"what": what, "quantity": quantity, "price": price}))

    def answer(self, order: WorkOrder, words: str, *, yes: bool = True) -> None:
        """Record the resident's answer to a quote."""
        move = commands.consent if yes else commands.decline
        form = Answer.read({"channel": "phone", "who": commands.the_order(self.db, order.id).name, "words": words})
        move(self.db, self.act(), order.id, form)

    def schedule(self, order: WorkOrder, days: int = 1, hour: int = 9) -> None:
        """Agree a time, two hours long, on a day to come."""
        start = datetime.combine(day_of(self.demo.clock.at) + days * DAY, time(hour), SITE_ZONE)
        slot = {"from_at": to_text(start), "to_at": to_text(start + 2 * HOUR)}
        commands.schedule(self.db, self.act(), order.id, Appointment.read(slot))

    def send(self, order: WorkOrder) -> None:
        """Send the next of the crew."""
        self.turn += 1
        commands.dispatch(self.db, self.act("supervisor"), order.id, Sending(worker=self.crew[self.turn % len(self.crew)]))

    def finish(self, order: WorkOrder, words: str, minutes: int = 40, material: str = "", charge: str = "0") -> None:
        """Say that it is done."""
        used = {"material": [material], "quantity": ["1"], "price": ["0"]} if material else {}
        form = Finish.read({"words": words, "minutes": str(minutes), "charge": charge, **used})
        commands.finish(self.db, self.act("supervisor"), order.id, form)

    def move(self, name: str, order: WorkOrder, form: Any, role: str = "supervisor") -> None:
        """Do any other act on an order."""
        getattr(commands, name)(self.db, self.act(role), order.id, form)

    def sign(self, order: WorkOrder) -> None:
        """Take the signature in ink."""
        who = commands.the_order(self.db, order.id).name
        self.move("sign", order, Signing.read({"how": "paper", "who": who}), "front_desk")

    def revisit(self, order: WorkOrder, result: str = "ok", words: str = "修好了，师傅态度很好", **said: Any) -> None:
        """Revisit by phone."""
        form = Revisiting.read({"channel": "phone", "result": result, "words": words, "score": "5" if result == "ok" else "0", **said})
        self.move("revisit", order, form, "front_desk")


def until(tell: Teller, days: int, hour: int, minute: int = 0) -> timedelta:
    """Return how long it is until an hour of a day to come; at least a minute."""
    then = datetime.combine(day_of(tell.demo.clock.at) + days * DAY, time(hour, minute), SITE_ZONE)
    return max(then - tell.demo.clock.at, MINUTE)


def worked(tell: Teller, order: WorkOrder, words: str, *, hour: int = 9, material: str = "", charge: str = "0") -> Steps:
    """Schedule for tomorrow, go there, and finish."""
    tell.schedule(order, hour=hour)
    yield until(tell, 1, hour - 1, 10)
    tell.send(order)
    yield until(tell, 0, hour, 20)
    tell.move("arrive", order, Moved())
    yield 45 * MINUTE
    tell.finish(order, words, 45, material, charge)


def closed(tell: Teller, order: WorkOrder, days: int = 1, result: str = "ok", words: str = "修好了，没有问题") -> Steps:
    """Sign, and revisit some days later."""
    yield 10 * MINUTE
    tell.sign(order)
    yield until(tell, days, 10, 30)
    tell.revisit(order, result, words)


def plain(room: str, category: str, what: str, part: str, did: str, *, days: int = 1, stop: str = "", **said: Any) -> Case:
    """Return a case from report to revisit that may stop on the way: 'reported', 'decided', 'scheduled', 'done' or 'signed'."""

    def case(tell: Teller) -> Steps:
        order = tell.report(room, category, what, **said)
        yield 8 * MINUTE
        if stop == "reported":
            return
        tell.decide(order, part)
        yield 6 * MINUTE
        if stop == "decided":
            return
        if stop == "scheduled":
            tell.schedule(order, hour=9)
            return
        yield from worked(tell, order, did)
        if stop == "done":
            return
        if stop == "signed":
            yield 10 * MINUTE
            tell.sign(order)
            return
        yield from closed(tell, order, days)

    return case


def paid(room: str, what: str, item: str, price: str, *, answer: str = "好的，修吧", stop: str = "", yes: bool = True) -> Case:
    """Return a case that the resident pays, which may stop at 'quoted' or 'agreed'."""

    def case(tell: Teller) -> Steps:
        order = tell.report(room, "appliance", what, source="visit")
        yield 10 * MINUTE
        tell.decide(order, "own")
        yield 15 * MINUTE
        tell.agree_price(order, (item, "1", price), ("人工", "1", "60"))
        yield 3 * HOUR
        if stop == "quoted":
            return
        tell.answer(order, answer, yes=yes)
        if stop == "agreed" or not yes:
            return
        yield 10 * MINUTE
        yield from worked(tell, order, f"更换{item}", hour=14, material=item, charge=str(int(price) + 60))
        yield from closed(tell, order, 2)

    return case


def leak(room: str, what: str, spot: str, *, hours: int = 24, fails: bool = False, stop: str = "", category: str = "water_leak") -> Case:
    """Return a leak through its test, which may fail once, or stop while it runs ('testing')."""

    def case(tell: Teller) -> Steps:
        order = tell.report(room, category, what, wished="尽快")
        yield 5 * MINUTE
        tell.decide(order, "wet_room")
        yield from worked(tell, order, "重做墙角防水，更换地漏密封圈", material="防水涂料")
        for failed in (True, False) if fails else (False,):
            yield 2 * HOUR
            until_then = to_text(tell.demo.clock.at + timedelta(hours=hours))
            tell.move("begin_test", order, TestBegin.read({"spot": spot, "planned_end_at": until_then}))
            yield timedelta(hours=hours, minutes=25)
            if stop == "testing":
                return
            tell.move("end_test", order, TestEnd(passed=not failed, words="楼下顶棚仍有水渍" if failed else "闭水无渗漏"))
            if failed:
                yield HOUR
                yield from worked(tell, order, "凿开重做管根防水")
        yield from closed(tell, order, 2)

    return case


def unreachable(tell: Teller) -> Steps:
    """Tell of a resident whom nobody reaches."""
    order = tell.report("2-1-302", "switch", "客厅开关面板松动", wished="钥匙在前台，可以直接开门")
    yield 10 * MINUTE
    tell.decide(order, "electrical")
    yield 5 * MINUTE
    if commands.the_order(tell.db, order.id).is_paid:
        tell.agree_price(order, ("开关面板", "1", "35"))
        yield HOUR
        tell.answer(order, "可以")
    yield from worked(tell, order, "更换开关面板", material="开关面板")
    tell.move("sign", order, Signing.read({"how": "none", "words": "住户出差，委托前台开门"}), "front_desk")
    for attempt in range(3):
        yield until(tell, 1, 10 + attempt)
        tell.revisit(
            order, "not_reached", "电话无人接听", channel="door" if attempt == 2 else "phone", slip_left="1" if attempt == 2 else ""
        )


def rework(room: str, stop: bool) -> Case:
    """Return a repair that the revisit finds bad; with `stop` the rework is still owed."""

    def case(tell: Teller) -> Steps:
        order = tell.report(room, "sanitary", "马桶水箱一直流水")
        yield 9 * MINUTE
        tell.decide(order, "sanitary")
        yield from worked(tell, order, "调整浮球")
        yield from closed(tell, order, 1, "bad", "昨晚又开始流水")
        if stop:
            return
        yield 20 * MINUTE
        yield from worked(tell, order, "更换进水阀总成", material="进水阀")
        yield from closed(tell, order, 2)

    return case


def external(room: str, what: str, due_days: int, *, finishes: bool) -> Case:
    """Return a repair in the developer's hands."""

    def case(tell: Teller) -> Steps:
        order = tell.report(room, "wall", what, source="visit")
        yield 12 * MINUTE
        tell.decide(order, "plaster")
        yield HOUR
        due = to_text(tell.demo.clock.at + due_days * DAY)
        form = HandOver.read({"party_name": "青梧置业有限公司", "due_at": due, "words": f"工程部答应{due_days}天内修好"})
        tell.move("hand_over", order, form)
        yield timedelta(days=due_days - 1, hours=3)
        if finishes:
            tell.move("external_done", order, Said(words="已铲除空鼓并重新抹灰"))
            yield from closed(tell, order, 1)

    return case


def double(tell: Teller) -> Steps:
    """Tell of a lamp that two ways of reporting made two orders of."""
    first = tell.report("3-2-501", "public_light", "五楼楼道灯不亮", source="kiosk")
    yield 50 * MINUTE
    second = tell.report("3-2-501", "public_light", "楼道灯坏了，晚上看不见", source="call")
    yield 20 * MINUTE
    tell.move("merge", first, Merging(double=second.number))
    tell.decide(first, "electrical")
    yield 5 * MINUTE
    yield from worked(tell, first, "更换声控灯头", material="声控灯头")
    yield from closed(tell, first)


def emergency(room: str, category: str, what: str, part: str, did: str) -> Case:
    """Return a case in which somebody goes at once."""

    def case(tell: Teller) -> Steps:
        order = tell.report(room, category, what, urgency="emergency", wished="马上")
        yield 3 * MINUTE
        tell.decide(order, part)
        tell.send(order)
        yield 14 * MINUTE
        tell.move("arrive", order, Moved())
        yield 50 * MINUTE
        tell.finish(order, did, 50)
        yield from closed(tell, order)

    return case


def stopped_at(room: str, what: str, stage: str) -> Case:
    """Return a case of today that stands at 'draft', 'dispatched', 'on_site', 'no_access' or 'part_done' now."""

    def case(tell: Teller) -> Steps:
        if stage == "draft":
            commands.save_first(tell.db, tell.act(), Draft.read({"unit": room, "what": what}))
            return
        order = tell.report(room, "water_supply", what, wished="今天")
        yield 6 * MINUTE
        tell.decide(order, "plumbing")
        yield 4 * MINUTE
        if commands.the_order(tell.db, order.id).is_paid:
            form = Overruling.read({"verdict": "developer", "reason": "安装缺陷，建设单位同意承担"})
            tell.move("overrule", order, form)
        tell.send(order)
        yield 20 * MINUTE
        if stage == "no_access":
            tell.move("no_access", order, TripEnd.read({"words": "敲门无人应答，电话未接"}))
        elif stage != "dispatched":
            tell.move("arrive", order, Moved())
        if stage == "part_done":
            yield 15 * MINUTE
            item = {"what": "恒温阀芯", "why": "需回站比对型号", "consent_by": order.name, "loan": "临时堵头一个"}
            tell.move("take_away", order, TakeAway.read(item))
            tell.move("another_trip", order, TripEnd.read({"words": "型号不符，需订货", "minutes": "25"}))

    return case


def promised(room: str, what: str, hours: int, answer: str = "") -> Case:
    """Return a question with a callback promised, answered or not."""

    def case(tell: Teller) -> Steps:
        order = tell.report(room, "structure", what, source="visit")
        yield 10 * MINUTE
        due = to_text(tell.demo.clock.at + timedelta(hours=hours))
        made = commands.promise(tell.db, tell.act(), order.id, Promising.read({"what": "咨询工程部后回复处理办法", "due_at": due}))
        yield timedelta(hours=hours - 1)
        if answer:
            commands.keep_promise(tell.db, tell.act(), made.id, Said(words=answer))
            tell.decide(order, "structure")

    return case


def cancelled(tell: Teller) -> Steps:
    """Tell of a repair that solved itself."""
    order = tell.report("2-2-703", "intercom", "对讲没有声音")
    yield 2 * HOUR
    tell.move("cancel", order, Reason(reason="住户来电：音量被调到最低，已恢复"))
