"""The papers of an order: issued inside the act that they belong to, or asked for at the counter."""

import json

import forms
from desk.kit import clocks
from desk.kit import papers as register
from desk.kit.act import Act
from desk.kit.clocks import Clock
from desk.kit.database import Database
from desk.kit.journal import Note, change
from desk.kit.papers import Paper
from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs import papers
from desk.workflows.repairs.commands.base import REVISIT, opened, the_order
from desk.workflows.repairs.inputs import Moved
from desk.workflows.repairs.rules.order import LeakTest, WorkOrder
from forms.issue import issue
from forms.press import Press

ORDER_KINDS = ("work_order", "paid_service")


def issue_order(db: Database, act: Act, note: Note, order: WorkOrder) -> Paper:
    """Issue the sheet that the worker takes along: 维修工作单, or 有偿服务登记表 for paid work (RC8)."""
    kind = "paid_service" if order.is_paid else "work_order"
    words = papers.paid_service(db, act, order) if order.is_paid else papers.work_order(db, act, order)
    return register.issue(db, act, note, kind, order.number, order.id, order.unit, words)


def order_paper(db: Database, order: WorkOrder) -> Paper | None:
    """Return the newest sheet of an order that still stands, or None."""
    return next((paper for paper in standing(db, order) if paper.kind in ORDER_KINDS), None)


def standing(db: Database, order: WorkOrder) -> list[Paper]:
    """Return the papers of an order that are not void, newest first."""
    return [paper for paper in register.store.of_object(db, order.id) if not paper.void_reason]


def void_order(db: Database, act: Act, order: WorkOrder, reason: str) -> None:
    """Take back the sheet of an order, if one stands: its number stays used."""
    paper = order_paper(db, order)
    if paper:
        register.void(db, act, paper.id, reason)


def reissue_order(db: Database, act: Act, order_id: str, form: Moved) -> Paper:
    """Return the order's sheet as things stand: the one that was issued if it still says so, else a new one, and the old is void."""
    with opened(db, act, order_id, form.version) as (note, order):
        if order.verdict is None:
            raise Refused("repair.decide_first", number=order.number)
        words = papers.paid_service(db, act, order) if order.is_paid else papers.work_order(db, act, order)
        old = order_paper(db, order)
        if old and old.kind == ("paid_service" if order.is_paid else "work_order") and papers.same_words(json.loads(old.words), words):
            note("repair.sheet_asked", order.id, order.unit, number=order.number)
            return old
        if old:
            register.void(db, act, old.id, f"{order.number} v{order.version}")
        return issue_order(db, act, note, order)


def issue_promise(db: Database, act: Act, note: Note, order: WorkOrder, clock: Clock) -> Paper:
    """Issue the slip that says what is promised until when."""
    return register.issue(db, act, note, "promise_slip", order.number, order.id, order.unit, papers.promise_slip(db, act, order, clock))


def issue_slip(db: Database, act: Act, order_id: str) -> Paper:
    """Issue the promise slip for what the resident may expect next: visit, answer, completion or revisit."""
    with change(db, act) as note:
        order = the_order(db, order_id)
        clock = papers.running(db, order, "repair.visit", "repair.respond", "repair.quote", "repair.complete", "repair.external", REVISIT)
        if clock is None:
            raise Refused("repair.nothing_promised", number=order.number, stage=order.stage)
        return issue_promise(db, act, note, order, clock)


def issue_leak_slip(db: Database, act: Act, note: Note, order: WorkOrder, test: LeakTest) -> Paper:
    """Issue the slip for the bathroom door."""
    return register.issue(db, act, note, "leak_slip", order.number, order.id, order.unit, papers.leak_slip(db, act, order, test))


def issue_revisit_sheet(db: Database, act: Act, order_id: str) -> Paper:
    """Issue the revisit sheet of an order whose revisit is owed."""
    with change(db, act) as note:
        order = the_order(db, order_id)
        running = clocks.store.running_of(db, order.id, REVISIT)
        if not running:
            raise Refused("repair.no_revisit_owed", number=order.number, stage=order.stage)
        return register.issue(
            db, act, note, "revisit_sheet", order.number, order.id, order.unit, papers.revisit_sheet(db, act, order, running[0])
        )


def print_papers(db: Database, act: Act, paper_ids: list[str], size: str = "A4") -> bytes:
    """Return several papers as one PDF in their order; each printing is logged on its own."""
    if not paper_ids:
        raise Unclear("repair.bulk_choose", fields={"orders": "repair.bulk_choose"})
    wanted: list[tuple[Paper, int]] = []
    with change(db, act) as note:
        for paper_id in paper_ids:
            paper = register.of(db, paper_id)
            n = register.store.log_print(db, act, paper.id, size)
            note("paper.printed", paper.object, paper.about, paper=paper.id, kind=paper.kind, number=paper.number, copy=n)
            wanted.append((paper, n))
    return _one_file(wanted, size)


def _one_file(wanted: list[tuple[Paper, int]], size: str) -> bytes:
    """Draw papers of any kinds into one file, each with its own marks."""
    press = Press("LobbyDesk", wanted[0][0].lang)
    for paper, n in wanted:
        form = forms.KINDS[paper.kind]
        mark = forms.Mark(reprint=n - 1, void=bool(paper.void_reason))
        words = forms.words_from_json(paper.kind, paper.words)
        issue(press, form, words, copies=None, mark=mark, paper=size if size in form.sizes else None)
    return press.bytes()
