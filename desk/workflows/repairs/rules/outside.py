"""Rule book: work that somebody else does, on a clock of its own, and promises to call back.

Sources: seed 002 第2篇 (1)⑤ and 2(1):
    由维修部或管理处协助开发商进行工程质量问题的返修工作     the developer repairs, maintenance helps (MI9)
    对于专业性较强的问题，应先详细记录，咨询相关专业人员后约定时间给予回复   a hard question gets an agreed time for the answer (RC2)
The developer's delay must not hide in our figures, nor ours in theirs: so the other party has a clock of its own.
"""

from dataclasses import replace
from datetime import datetime

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules.choices import EXTERNAL_PARTIES, TO_PLAN, ExternalOutcome, Kind, PromiseState, Stage
from desk.workflows.repairs.rules.order import External, Promise, WorkOrder, need, need_any, need_words

TO_HAND_OVER = TO_PLAN | {Stage.SCHEDULED}


def hand_over(order: WorkOrder, external: External) -> tuple[WorkOrder, External]:
    """Hand the repair to the party that answers for it, which names the day until which it is done."""
    need_any(order, TO_HAND_OVER)
    if order.verdict not in EXTERNAL_PARTIES:
        raise Refused("repair.not_external", number=order.number, verdict=order.verdict)
    if external.due_at <= external.handed_at:
        raise Unclear("repair.external_due", fields={"due_at": "repair.external_due"})
    named = replace(external, party=order.verdict, party_name=need_words("party_name", external.party_name))
    return replace(order, stage=Stage.EXTERNAL, appointed_from=None, appointed_to=None, worker="", worker_name=""), named


def external_done(order: WorkOrder, external: External, now: datetime, words: str) -> tuple[WorkOrder, External]:
    """Record that the other party has finished: from here the order goes on like one of ours, with test and revisit."""
    need(order, Stage.EXTERNAL)
    done = replace(order, stage=Stage.DONE, done_at=now, revisit_from=None if order.kind is Kind.LEAK else now, leak_tested=False)
    return done, replace(external, outcome=ExternalOutcome.DONE, ended_at=now, end_words=need_words("words", words))


def take_back(order: WorkOrder, external: External, now: datetime, words: str) -> tuple[WorkOrder, External]:
    """Take the repair back into our own hands, with the reason."""
    need(order, Stage.EXTERNAL)
    back = replace(order, stage=Stage.REWORK if order.cycle > 1 else Stage.DECIDED)
    return back, replace(external, outcome=ExternalOutcome.TAKEN_BACK, ended_at=now, end_words=need_words("words", words))


def promise(made: Promise) -> Promise:
    """Promise an answer for a named time that is still to come."""
    if made.due_at <= made.made_at:
        raise Unclear("repair.promise_past", fields={"due_at": "repair.promise_past"})
    return replace(made, what=need_words("what", made.what))


def keep(made: Promise, now: datetime, answer: str) -> Promise:
    """Record the answer that was promised; one that comes too late stays a broken promise with an answer."""
    if made.kept_at is not None:
        raise Refused("repair.promise_kept", what=made.what)
    state = PromiseState.KEPT if now <= made.due_at else PromiseState.BROKEN
    return replace(made, state=state, kept_at=now, answer=need_words("answer", answer))


def break_(made: Promise, now: datetime) -> Promise:
    """Say that a promise passed its time without an answer."""
    if made.state is not PromiseState.MADE or now <= made.due_at:
        raise Refused("repair.promise_not_late", what=made.what)
    return replace(made, state=PromiseState.BROKEN)
