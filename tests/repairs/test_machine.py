"""Whatever people do, in whatever order: what must never happen does not happen. Real commands, real SQLite."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from desk.kit.act import Act
from desk.kit.clock import SetClock, to_text
from desk.kit.clocks import store as clocks
from desk.kit.database import open_database
from desk.kit.journal import verify
from desk.kit.problems import Problem
from desk.schemas import migrate_all
from desk.workflows.repairs import commands, duties, store
from desk.workflows.repairs.inputs import (
    Answer,
    Appointment,
    Decision,
    Finish,
    HandOver,
    Merging,
    Moved,
    Offer,
    Overruling,
    Reason,
    Revisiting,
    Said,
    Sending,
    Signing,
    TestBegin,
    TestEnd,
    TripEnd,
    Waiver,
)
from desk.workflows.repairs.rules.choices import ENDED, Kind, RevisitResult, Stage, TestResult, TripOutcome
from desk.workflows.repairs.rules.order import LeakTest, Quote, Revisit, Trip
from tests import make_repairs as make
from tests.conftest import MONDAY_MORNING

CATEGORIES = ("water_leak", "water_supply", "electric", "appliance", "gas", "door_window")
PARTS = {
    "water_leak": "wet_room",
    "water_supply": "plumbing",
    "electric": "electrical",
    "appliance": "own",
    "gas": "utility",
    "door_window": "door_window",
}


class Repairs(RuleBasedStateMachine):
    """Clerks, two workers and a supervisor who do anything at any time; what the rules refuse is simply not done."""

    orders = Bundle("orders")

    @initialize()
    def open_the_desk(self):
        self.folder = tempfile.TemporaryDirectory()
        self.db = open_database(Path(self.folder.name) / "desk.sqlite", create=True)
        migrate_all(self.db)
        self.clock = SetClock(MONDAY_MORNING)
        self.desk = Act("clerk", "D1", self.clock, name="林前台", staff_no="S001", role="front_desk")
        self.lead = Act("lead", "D1", self.clock, name="王主管", staff_no="Z001", role="supervisor")
        self.crew = [make.a_worker(self.db, self.desk, name, number) for name, number in (("马师傅", "W101"), ("牛师傅", "W102"))]
        self.people = [self.desk, self.lead, *(Act(one, "D1", self.clock, name="师傅", role="maintenance") for one in self.crew)]
        self.numbers: list[str] = []
        self.ended: dict[str, Stage] = {}

    def teardown(self):
        if hasattr(self, "db"):
            assert list(store.faults(self.db)) == []
            assert list(verify(self.db)) == []
            self.db.conn.close()
            self.folder.cleanup()

    def attempt(self, move, *args):
        try:
            return move(self.db, *args)
        except Problem:
            return None

    @rule(target=orders, category=st.sampled_from(CATEGORIES), room=st.sampled_from(("3-1-101", "3-1-102")))
    def report(self, category, room):
        order = make.reported(self.db, self.desk, category=category, unit=room)
        assert order.number not in self.numbers
        self.numbers.append(order.number)
        return order.id

    @rule(minutes=st.sampled_from((5, 60, 60 * 9, 60 * 24, 60 * 24 * 4)))
    def time_passes(self, minutes):
        self.clock.forward(minutes=minutes)

    @rule()
    def the_ticker_ticks(self):
        duties.break_promises(self.db, self.desk)

    @rule(order=orders)
    def decide(self, order):
        category = commands.the_order(self.db, order).category
        self.attempt(commands.decide, self.desk, order, Decision.read({"part": PARTS[category]}))

    @rule(order=orders, verdict=st.sampled_from(("developer", "paid", "common_part")))
    def overrule(self, order, verdict):
        self.attempt(commands.overrule, self.lead, order, Overruling.read({"verdict": verdict, "reason": "现场查看"}))

    @rule(order=orders)
    def quote(self, order):
        self.attempt(commands.quote, self.desk, order, Offer.read({"what": ["配件"], "price": ["100"]}))

    @rule(order=orders, yes=st.booleans())
    def answer(self, order, yes):
        form = Answer.read({"channel": "phone", "who": "周予安", "words": "好" if yes else "不修了"})
        self.attempt(commands.consent if yes else commands.decline, self.desk, order, form)

    @rule(order=orders, hours=st.integers(1, 30))
    def schedule(self, order, hours):
        start = self.clock.now() + timedelta(hours=hours)
        form = Appointment.read({"from_at": to_text(start), "to_at": to_text(start + timedelta(hours=2))})
        self.attempt(commands.schedule, self.desk, order, form)

    @rule(order=orders, worker=st.integers(0, 1))
    def dispatch(self, order, worker):
        self.attempt(commands.dispatch, self.lead, order, Sending(worker=self.crew[worker]))

    @rule(order=orders, who=st.integers(0, 3))
    def arrive(self, order, who):
        self.attempt(commands.arrive, self.people[who], order, Moved())

    @rule(order=orders, how=st.sampled_from((commands.no_access, commands.another_trip, commands.call_back)))
    def stop(self, order, how):
        form = Said(words="改天") if how is commands.call_back else TripEnd.read({"words": "改天", "minutes": "10"})
        self.attempt(how, self.lead, order, form)

    @rule(order=orders, charge=st.sampled_from(("0", "100", "101")))
    def finish(self, order, charge):
        self.attempt(commands.finish, self.lead, order, Finish.read({"words": "修好", "minutes": "30", "charge": charge}))

    @rule(order=orders, hours=st.integers(1, 48))
    def begin_test(self, order, hours):
        form = TestBegin.read({"spot": "主卫", "planned_end_at": to_text(self.clock.now() + timedelta(hours=hours))})
        self.attempt(commands.begin_test, self.lead, order, form)

    @rule(order=orders, passed=st.booleans())
    def end_test(self, order, passed):
        self.attempt(commands.end_test, self.lead, order, TestEnd(passed=passed, words="仍渗"))

    @rule(order=orders)
    def waive(self, order):
        self.attempt(commands.waive_test, self.lead, order, Waiver(who="周予安", words="急用"))

    @rule(order=orders)
    def sign(self, order):
        self.attempt(commands.sign, self.desk, order, Signing.read({"how": "paper", "who": "周予安"}))

    @rule(order=orders, who=st.integers(0, 3), result=st.sampled_from(sorted(RevisitResult)), slip=st.booleans())
    def revisit(self, order, who, result, slip):
        form = Revisiting.read({"channel": "phone", "result": result, "words": "说明", "slip_left": slip})
        self.attempt(commands.revisit, self.people[who], order, form)

    @rule(order=orders, steps=st.integers(1, 8))
    def go_on_as_usual(self, order, steps):
        """Take the usual next steps: without it, chance alone would hardly ever reach a revisit."""
        for _ in range(steps):
            self.next_step(order)

    def next_step(self, order):
        match commands.the_order(self.db, order).stage:
            case Stage.REPORTED:
                self.decide(order=order)
            case Stage.DECIDED:
                self.quote(order=order)
                self.schedule(order=order, hours=28)
            case Stage.QUOTED:
                self.answer(order=order, yes=True)
            case Stage.AGREED | Stage.REWORK | Stage.NO_ACCESS | Stage.PART_DONE:
                self.schedule(order=order, hours=28)
            case Stage.SCHEDULED:
                self.dispatch(order=order, worker=0)
            case Stage.DISPATCHED:
                self.arrive(order=order, who=1)
            case Stage.ON_SITE:
                self.finish(order=order, charge="0")
            case Stage.DONE:
                self.sign(order=order)
                self.begin_test(order=order, hours=24)
            case Stage.LEAK_TESTING:
                self.clock.forward(hours=25)
                self.end_test(order=order, passed=True)
            case Stage.SIGNED:
                self.clock.forward(days=1)
                self.revisit(order=order, who=0, result=RevisitResult.NOT_REACHED, slip=True)

    @rule(order=orders)
    def hand_over(self, order):
        self.attempt(commands.hand_over, self.lead, order, HandOver(party_name="青梧置业"))

    @rule(order=orders, how=st.sampled_from((commands.external_done, commands.take_back)))
    def hear_from_outside(self, order, how):
        self.attempt(how, self.lead, order, Said(words="对方回复"))

    @rule(order=orders)
    def cancel(self, order):
        self.attempt(commands.cancel, self.lead, order, Reason(reason="不修了"))

    @rule(order=orders, double=orders)
    def merge(self, order, double):
        self.attempt(commands.merge, self.lead, order, Merging(double=double))

    @invariant()
    def nothing_closes_without_its_revisit_and_nobody_revisits_their_own_work(self):
        for number in getattr(self, "numbers", ()):
            order = commands.the_order(self.db, number)
            visits, trips = store.parts(self.db, Revisit, order.id), store.parts(self.db, Trip, order.id)
            if order.stage is Stage.CLOSED:
                assert visits[-1].result is RevisitResult.OK
                assert visits[-1].cycle == order.cycle
            if order.stage is Stage.UNREACHABLE:
                assert len({one.on_day for one in visits if one.cycle == order.cycle}) >= 3
            if order.stage is Stage.CANCELLED:
                assert order.cycle == 1
            for visit in visits:
                assert visit.by not in {
                    one.worker for one in trips if one.cycle == visit.cycle and one.outcome is not TripOutcome.CALLED_BACK
                }

    @invariant()
    def a_leak_s_revisit_clock_runs_only_after_its_test(self):
        for number in getattr(self, "numbers", ()):
            order = commands.the_order(self.db, number)
            for clock in clocks.running_of(self.db, order.id, "repair.revisit"):
                if order.kind is Kind.LEAK:
                    test = store.parts(self.db, LeakTest, order.id)[-1]
                    assert test.result in (TestResult.PASSED, TestResult.REFUSED)
                    assert clock.started_at == test.ended_at
                    assert clock.rule == ("RC13" if test.result is TestResult.PASSED else "RC14")

    @invariant()
    def every_number_has_its_order_and_what_ended_stays_ended(self):
        taken = [f"WX-2026-{n:06d}" for n in range(1, len(getattr(self, "numbers", ())) + 1)]
        assert getattr(self, "numbers", []) == taken
        for number in taken:
            order = commands.the_order(self.db, number)
            if order.id in self.ended:
                assert self.ended[order.id] is order.stage
            if order.stage in ENDED:
                self.ended[order.id] = order.stage
                assert {clock.kind for clock in clocks.running_of(self.db, order.id)} <= {"repair.monthly_visit"}

    @invariant()
    def nothing_is_charged_that_was_not_agreed(self):
        for number in getattr(self, "numbers", ()):
            order = commands.the_order(self.db, number)
            if order.charged_fen:
                accepted = [one for one in store.parts(self.db, Quote, order.id) if one.answered_at]
                assert order.charged_fen <= accepted[-1].fen


Repairs.TestCase.settings = settings(max_examples=12, stateful_step_count=40, deadline=None)
TestRepairs = Repairs.TestCase
