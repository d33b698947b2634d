"""Other parties, promises, many at once, the month, exports."""

import io
import json
from datetime import timedelta

import openpyxl
import pypdf
import pytest

from desk.kit import papers
from desk.kit.clock import to_text
from desk.kit.clocks import store as clocks
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.repairs import commands, duties, store
from desk.workflows.repairs.commands import month
from desk.workflows.repairs.inputs import HandOver, Moved, Promising, Reason, Said
from desk.workflows.repairs.months import store as months
from desk.workflows.repairs.rules.choices import ExternalOutcome, PromiseState, Stage
from desk.workflows.repairs.rules.order import External, Promise
from tests import make_repairs as make
from tests.conftest import MONDAY_MORNING


def test_the_developer_s_delay_runs_on_a_clock_of_its_own(site, act):
    order = make.handed_over(site, act, days=5)
    assert make.running(site, order) == {"external": "2026-03-07T01:00:00.000Z"}

    make.forward(act, days=6)
    done = commands.external_done(site, act, order.id, Said(words="已更换阀门"))

    assert (done.stage, set(make.running(site, done))) == (Stage.DONE, {"revisit"})
    assert next(clock for clock in clocks.of_object(site, order.id) if clock.kind == "repair.external").state == "missed"
    assert store.last(site, External, order.id).outcome is ExternalOutcome.DONE


@pytest.mark.parametrize(("days", "state"), [(1, "dropped"), (9, "missed")])
def test_what_is_taken_back_leaves_the_other_party_s_record_as_it_was(site, act, days, state):
    order = make.handed_over(site, act, days=5)
    make.forward(act, days=days)

    back = commands.take_back(site, act, order.id, Said(words="对方无人可派"))

    assert set(make.running(site, back)) == {"complete"}
    assert next(clock for clock in clocks.of_object(site, order.id) if clock.kind == "repair.external").state == state


def test_without_a_named_day_the_other_party_has_seven(site, act):
    order = make.decided(site, act)

    external = commands.hand_over(site, act, order.id, HandOver(party_name="青梧置业有限公司"))

    assert to_text(external.due_at) == make.running(site, order)["external"] == "2026-03-09T16:00:00.000Z"


def test_cancelling_what_the_developer_has_ends_their_part_too(site, act):
    order = make.handed_over(site, act)

    commands.cancel(site, act, order.id, Reason(reason="住户撤回"))

    assert store.last(site, External, order.id).outcome is ExternalOutcome.TAKEN_BACK


def promised(site, act, order, hours=4):
    due = to_text(act.clock.now() + timedelta(hours=hours))
    return commands.promise(site, act, order.id, Promising.read({"what": "咨询工程部能否改管", "due_at": due}))


def test_a_promise_runs_for_whoever_made_it_and_has_its_slip(site, act):
    order = make.reported(site, act)

    made = promised(site, act, order)

    clock = clocks.running_of(site, made.id)[0]
    assert (clock.kind, clock.person, clock.due_at, clock.rule) == ("repair.promise", act.actor, made.due_at, "RC2")
    assert "promise_slip" in [paper.kind for paper in papers.store.of_object(site, order.id)]
    kept = commands.keep_promise(site, act, made.id, Said(words="可以改管，需报装修"))
    assert (kept.state, clocks.running_of(site, made.id)) == (PromiseState.KEPT, [])


def test_a_promise_past_its_time_is_broken_once_and_goes_to_the_supervisor(site, act):
    made = promised(site, act, make.reported(site, act))
    duties.break_promises(site, act)
    assert store.part(site, Promise, made.id).state is PromiseState.MADE

    make.forward(act, hours=5)
    duties.break_promises(site, act)
    head = site.value("SELECT max(seq) FROM journal")
    duties.break_promises(site, act)  # twice does nothing more

    assert site.value("SELECT max(seq) FROM journal") == head
    assert store.part(site, Promise, made.id).state is PromiseState.BROKEN
    assert clocks.running_of(site, made.id)[0].waits_for == "supervisor"
    late = commands.keep_promise(site, act, made.id, Said(words="可以改"))
    assert (late.state, late.answer) == (PromiseState.BROKEN, "可以改")


def test_a_promise_that_is_not_there_is_missing(site, act):
    for move in (lambda: commands.keep_promise(site, act, "x", Said(words="?")), lambda: commands.break_promise(site, act, "x")):
        with pytest.raises(Missing):
            move()


def three(site, act):
    return [make.scheduled(site, act, unit=f"3-1-{room}") for room in (1801, 1802, 1803)]


def test_many_orders_go_to_one_worker_with_their_sheets_in_one_file(site, act):
    orders = three(site, act)

    bulk = commands.dispatch_many(site, act, tuple(order.id for order in orders), make.a_worker(site, act))

    assert {commands.the_order(site, order.id).stage for order in orders} == {Stage.DISPATCHED}
    pdf = pypdf.PdfReader(io.BytesIO(commands.print_many(site, act, bulk.id)))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert all(order.number in text for order in orders)
    assert [papers.of(site, paper).prints for *_, paper in bulk.items] == [1, 1, 1]


def test_many_at_once_are_all_or_none(site, act):
    orders = [*three(site, act), make.reported(site, act, unit="3-1-1805")]
    with pytest.raises(Refused):
        commands.dispatch_many(site, act, tuple(order.id for order in orders), make.a_worker(site, act))

    assert {commands.the_order(site, order.id).stage for order in orders} == {Stage.SCHEDULED, Stage.REPORTED}
    with pytest.raises(Unclear):
        commands.dispatch_many(site, act, (), make.a_worker(site, act))


def test_one_undo_takes_all_of_them_back_once(site, act):
    orders = three(site, act)
    bulk = commands.dispatch_many(site, act, tuple(order.id for order in orders), make.a_worker(site, act))

    assert commands.undo_many(site, act, bulk.id) == 3

    assert {commands.the_order(site, order.id).stage for order in orders} == {Stage.SCHEDULED}
    assert all(papers.of(site, paper).void_reason for *_, paper in bulk.items)
    with pytest.raises(Refused):
        commands.undo_many(site, act, bulk.id)
    assert list(store.faults(site)) == []


def test_nothing_is_undone_once_anything_has_happened_since(site, act):
    orders = three(site, act)
    bulk = commands.dispatch_many(site, act, tuple(order.id for order in orders), make.a_worker(site, act))
    commands.arrive(site, act, orders[1].id, Moved())

    with pytest.raises(Refused):
        commands.undo_many(site, act, bulk.id)

    assert commands.the_order(site, orders[0].id).stage is Stage.DISPATCHED
    with pytest.raises(Missing):
        commands.undo_many(site, act, "x")


def a_month(site, act):
    """Fill March with a closed repair, one that is late, and a merged double; stand on 1 April, 09:00."""
    closed = make.revisited(site, act, make.signed(site, act))
    make.reported(site, act, unit="3-1-1804", category="drain")
    make.forward(act, days=30 - 1)
    return closed


def test_the_past_month_is_reported_on_the_first_and_only_once(site, act):
    a_month(site, act)
    duties.report_months(site, act)
    made = months.months(site)
    duties.report_months(site, act)

    assert [row.month for row in made] == ["2026-03"]
    assert months.months(site) == made
    figures = json.loads(made[0].figures)
    assert (figures["reported"], figures["finished"], figures["revisited"]) == (2, 1, {"part": 1, "whole": 1})
    assert [one["clock"] for one in figures["late"]] == ["repair.respond"]


def test_no_month_is_reported_before_it_is_over_or_before_the_desk_began(site, act):
    duties.report_months(site, act)
    make.reported(site, act)
    duties.report_months(site, act)

    assert months.months(site) == []
    with pytest.raises(Refused):
        month.make(site, act, "2026-03")
    with pytest.raises(Unclear):
        month.figures(site, "2026-13")


def test_months_that_the_desk_slept_through_are_made_up(site, act):
    a_month(site, act)
    make.forward(act, days=62)

    duties.report_months(site, act)

    assert [row.month for row in months.months(site)] == ["2026-05", "2026-04", "2026-03"]


def test_a_month_is_found_by_index_and_so_is_the_first_report(site):
    asked = {"month": months.month_clocks, "orders": months.month_orders}
    plans = []
    site.conn.set_trace_callback(plans.append)
    for ask in asked.values():
        ask(site, MONDAY_MORNING, MONDAY_MORNING)
    months.first_report(site)
    site.conn.set_trace_callback(None)

    for sql in plans:
        steps = [row["detail"] for row in site.rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert [step for step in steps if step.startswith("SCAN") and "INDEX" not in step and "subquery" not in step.lower()] == [], (
            sql,
            steps,
        )
    assert len(plans) == 3


def test_a_frozen_month_stays_as_it_was_whatever_happens_after(site, act):
    order = a_month(site, act)
    duties.report_months(site, act)
    before = (months.month(site, "2026-03"), month.workbook(site, "2026-03"))
    site.conn.execute("UPDATE work_order SET kind = 'safety' WHERE id = ?", (order.id,))

    assert (months.month(site, "2026-03"), month.workbook(site, "2026-03")) == before
    with pytest.raises(Refused):
        month.make(site, act, "2026-03")
    with pytest.raises(Missing):
        month.frozen(site, "2026-02")


def test_the_report_reads_the_same_on_paper_and_in_the_workbook(site, act):
    a_month(site, act)
    row = month.make(site, act, "2026-03")

    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(papers.print_out(site, act, row.paper))).pages)
    book = openpyxl.load_workbook(io.BytesIO(month.workbook(site, "2026-03")))

    assert "2026年03月" in text
    assert "100.0%" in text
    assert [cell.value for cell in book["汇总"][3]][:2] == ["受理数", 2]
    assert len(book["按维修类型"]._charts) == len(book["按楼栋"]._charts) == 1


def test_an_export_holds_the_filter_and_a_text_is_never_a_formula(site, act):
    make.reported(site, act, what='=HYPERLINK("http://x","y")')
    make.decided(site, act, unit="3-1-1804", what="+1")

    rows = list(openpyxl.load_workbook(io.BytesIO(commands.export(site, act, store.Wanted()))).active.iter_rows())
    one = list(openpyxl.load_workbook(io.BytesIO(commands.export(site, act, store.Wanted(stage=Stage.DECIDED)))).active.iter_rows())

    said = {cell.value: cell.data_type for row in rows for cell in row}
    assert "f" not in said.values()
    assert (said["+1"], said["3-1-1804"]) == ("s", "s")
    assert (len(rows), len(one)) == (4, 3)
    assert store.count_open(site) == 2


def test_a_long_export_walks_all_pages(site, act, monkeypatch):
    for room in range(1801, 1806):
        make.reported(site, act, unit=f"3-1-{room}")
    monkeypatch.setattr("desk.workflows.repairs.commands.exporting.STEP", 2)

    book = openpyxl.load_workbook(io.BytesIO(commands.export(site, act, store.Wanted())))

    assert book.active.max_row == 7


@pytest.mark.parametrize("code", sorted(store.FAULTS))
def test_verify_finds_what_contradicts_itself(site, act, code):
    order = make.revisited(site, act, make.signed(site, act))
    other = make.reported(site, act, unit="3-1-1804")
    assert list(store.faults(site)) == []
    site.conn.execute("PRAGMA foreign_keys = OFF")
    site.conn.execute("PRAGMA ignore_check_constraints = ON")
    broken = {
        "repair.number_without_order": ("DELETE FROM work_order WHERE id = ?", other.id),
        "repair.order_without_number": ("UPDATE work_order SET number = 'WX-2026-000777' WHERE id = ?", other.id),
        "repair.closed_without_revisit": ("UPDATE repair_revisit SET result = 'bad' WHERE work_order = ?", order.id),
        "repair.revisit_by_its_repairer": (
            "UPDATE repair_revisit SET by = (SELECT worker FROM repair_trip) WHERE work_order = ?",
            order.id,
        ),
        "repair.clock_on_ended": ("UPDATE clock SET state = 'running', ended_at = NULL WHERE object = ?", order.id),
        "repair.open_without_clock": ("DELETE FROM clock WHERE object = ?", other.id),
        "repair.due_differs": ("UPDATE work_order SET next_due_at = '2020' WHERE id = ?", other.id),
    }
    sql, key = broken[code]
    site.conn.execute(sql, (key,))

    assert code in {found for found, _ in store.faults(site)}
