"""The papers of a repair: what stands on them, when they stand, and what takes them back."""

import io

import pypdf
import pytest

from desk.kit import papers
from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs import commands
from desk.workflows.repairs.inputs import Moved, Revisiting
from tests import make_repairs as make


def missed(site, act, order, **said):
    return commands.revisit(site, act, order.id, Revisiting.read({"channel": "door", "result": "not_reached", **said}))


def test_an_asked_sheet_is_the_same_while_nothing_changed_and_a_new_one_after(site, act):
    order = make.dispatched(site, act)
    first = commands.order_paper(site, order)
    assert commands.reissue_order(site, act, order.id, Moved()).id == first.id

    make.forward(act, hours=24)
    commands.arrive(site, act, order.id, Moved())
    second = commands.reissue_order(site, act, order.id, Moved())

    assert second.id != first.id
    assert papers.of(site, first.id).void_reason
    with pytest.raises(Refused):
        commands.reissue_order(site, act, make.reported(site, act).id, Moved())


def test_the_slip_says_rule_person_and_exact_time(site, act):
    order = make.reported(site, act)

    slip = commands.issue_slip(site, act, order.id)

    assert slip.kind == "promise_slip"
    assert '"rule":"TR1"' in slip.words
    assert "S001" in slip.words
    assert "09:30" in slip.words
    assert slip.code


def test_a_slip_needs_a_promise_and_a_revisit_sheet_a_revisit(site, act):
    ended = make.revisited(site, act, make.signed(site, act))
    for issue in (commands.issue_slip, commands.issue_revisit_sheet):
        with pytest.raises(Refused):
            issue(site, act, ended.id)


def test_the_revisit_sheet_names_rule_repairer_and_questions(site, act):
    order = make.signed(site, act)
    missed(site, act, order, slip_left="1")

    sheet = commands.issue_revisit_sheet(site, act, order.id)

    assert '"rule":"RC14"' in sheet.words
    assert "马师傅 W101" in sheet.words
    assert "已留条" in sheet.words
    assert papers.print_out(site, act, sheet.id).startswith(b"%PDF")


def test_nothing_chosen_is_nothing_printed(site, act):
    with pytest.raises(Unclear):
        commands.print_papers(site, act, [])


def test_a_report_as_long_as_it_may_be_still_prints(site, act):
    order = make.dispatched(site, act, what="水" * 2000)

    assert papers.print_out(site, act, commands.order_paper(site, order).id).startswith(b"%PDF")


def test_the_conduct_line_is_on_every_sheet(site, act):
    for order in (make.dispatched(site, act), make.dispatched(site, act, make.paid(site, act))):
        pdf = papers.print_out(site, act, commands.order_paper(site, order).id)
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
        assert "不得吃、拿客户任何物品" in text.replace("\n", "")


def test_the_slip_says_when_the_last_run_had_left(site, act):
    make.forward(act, hours=8, minutes=30)  # 17:30

    late = commands.issue_slip(site, act, make.reported(site, act).id)
    make.forward(act, hours=15)  # 08:30 the next morning
    early = commands.issue_slip(site, act, make.reported(site, act).id)

    assert "2026-03-03 开始安排维修" in late.words
    assert "开始安排维修" not in early.words
