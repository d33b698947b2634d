"""One repair from the counter to its signed revisit, through the real commands on real SQLite."""

from desk.kit import papers
from desk.kit.clocks import store as clocks
from desk.workflows.repairs import store
from desk.workflows.repairs.rules.choices import Stage
from desk.workflows.repairs.rules.order import Revisit
from tests import make_repairs as make


def test_a_plain_repair_goes_from_the_counter_to_its_revisit(site, act):
    order = make.reported(site, act)
    assert (order.number, order.stage) == ("WX-2026-000001", Stage.REPORTED)

    signed = make.signed(site, act, make.done(site, act, worker=""))
    closed = make.revisited(site, act, signed)

    assert closed.stage is Stage.CLOSED
    assert clocks.running_of(site, closed.id) == []
    assert store.last(site, Revisit, closed.id).in_time
    assert list(store.faults(site)) == []


def test_the_sheet_is_drawn_from_what_was_frozen(site, act):
    order = make.dispatched(site, act)

    sheet = papers.store.of_object(site, order.id)[0]

    assert sheet.kind == "work_order"
    assert papers.print_out(site, act, sheet.id).startswith(b"%PDF")


def test_a_leak_goes_through_its_test(site, act):
    order = make.passed_test(site, act)
    assert order.leak_tested
    closed = make.revisited(site, act, make.signed(site, act, order))
    assert closed.stage is Stage.CLOSED
    assert list(store.faults(site)) == []


def test_a_paid_repair_has_its_consent(site, act):
    order = make.paid(site, act)
    assert order.agreed_fen == 12000
    assert make.done(site, act, order).stage is Stage.DONE
