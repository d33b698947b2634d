"""The leak test (试漏): begun, passed, failed, or refused by the resident in writing (RC13)."""

from desk.kit import clocks
from desk.kit.act import Act
from desk.kit.database import Database
from desk.workflows.repairs import store
from desk.workflows.repairs.commands import printing
from desk.workflows.repairs.commands.base import (
    CREW,
    DESK,
    LEAK_BEGIN,
    LEAK_TEST,
    REVISIT,
    kept,
    last,
    made_id,
    opened,
    part,
    run,
    run_complete,
    signed_name,
)
from desk.workflows.repairs.inputs import TestBegin, TestEnd, Waiver
from desk.workflows.repairs.rules import testing
from desk.workflows.repairs.rules.choices import Stage
from desk.workflows.repairs.rules.clauses import leak_test_policy, revisit_policy
from desk.workflows.repairs.rules.order import LeakTest, WorkOrder


def begin_test(db: Database, act: Act, order_id: str, form: TestBegin) -> LeakTest:
    """Begin a leak test, with the slip for the door."""
    with opened(db, act, order_id, form.version) as (note, old):
        test = part(
            db, LeakTest, old, id=made_id(act), started_at=act.now, planned_end_at=form.planned_end_at, spot=form.spot, by=signed_name(act)
        )
        order, test = testing.begin_test(old, test)
        order = kept(db, note, old, order, "repair.test_begun", spot=test.spot, until=test.planned_end_at)
        store.add(db, test)
        clocks.end(db, act, note, order.id, LEAK_BEGIN)
        run(db, act, note, order, LEAK_TEST, leak_test_policy(act.now, form.planned_end_at), act.now, CREW, person=order.worker)
        printing.issue_leak_slip(db, act, note, order, test)
    return test


def end_test(db: Database, act: Act, order_id: str, form: TestEnd) -> WorkOrder:
    """Record how the leak test ended: passed starts the three days to the revisit, failed sends the order back to work."""
    with opened(db, act, order_id, form.version) as (note, old):
        test = last(db, LeakTest, old)
        if form.passed:
            order, test = testing.pass_test(old, test, act.now, form.words)
        else:
            order, test = testing.fail_test(old, test, act.now, form.words)
        happened = "repair.test_passed" if form.passed else "repair.test_failed"
        order = kept(db, note, old, order, happened, spot=test.spot, words=form.words)
        store.add(db, test)
        clocks.end(db, act, note, order.id, LEAK_TEST)
        if order.revisit_from:
            run(db, act, note, order, REVISIT, revisit_policy(order.kind, order.leak_tested), order.revisit_from, DESK)
        else:
            run_complete(db, act, note, order, act.now)
    return order


def waive_test(db: Database, act: Act, order_id: str, form: Waiver) -> WorkOrder:
    """Record that the resident signed to do without the test: two days run from now, as for other repairs."""
    with opened(db, act, order_id, form.version) as (note, old):
        if old.stage is Stage.LEAK_TESTING:
            test = last(db, LeakTest, old)
        else:
            test = part(db, LeakTest, old, id=made_id(act), started_at=act.now, planned_end_at=act.now, spot="-", by=signed_name(act))
        order, test = testing.waive_test(old, test, act.now, form.who, form.words)
        order = kept(db, note, old, order, "repair.test_waived", who=form.who, words=form.words)
        store.add(db, test)
        for kind in (LEAK_BEGIN, LEAK_TEST):
            clocks.drop(db, act, note, order.id, kind)
        run(db, act, note, order, REVISIT, revisit_policy(order.kind, order.leak_tested), act.now, DESK)
    return order
