"""Rule book: who answers for it, what it costs, and the resident's yes.

Sources: seed 002 第2篇 2(3)②:
    根据报修内容及保修期限，将客户报修内容记录在《业主报修有偿服务登记表》或《业主报修登记表》(《维修工作单》)上   (RC8)
seed 004:
    维修报价与确认                         quote and confirmation before the work: no confirmation, no charge (TR60)
物业管理条例 第四十三条                    extra services are priced by agreement
电子签名法 第四条                          a yes on the phone is recorded in words: who, by which channel, when (L19)
"""

from dataclasses import replace
from datetime import date, datetime

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules.choices import Channel, QuoteState, Stage, Verdict
from desk.workflows.repairs.rules.order import Quote, QuoteLine, WorkOrder, need, need_words
from desk.workflows.repairs.rules.warranty import Facts, WarrantyVerdict

TO_DECIDE = (Stage.REPORTED, Stage.DECIDED)
TO_QUOTE = (Stage.DECIDED, Stage.QUOTED, Stage.AGREED, Stage.SCHEDULED, Stage.NO_ACCESS, Stage.PART_DONE, Stage.REWORK)
TO_OVERRULE = (*TO_QUOTE, Stage.DISPATCHED, Stage.ON_SITE)


def decide(order: WorkOrder, facts: Facts, found: WarrantyVerdict, by: str, verdict: Verdict | None = None, reason: str = "") -> WorkOrder:
    """Write the verdict on the order: the rule's, or where the rule cannot tell a person's with a reason."""
    need(order, *TO_DECIDE)
    if found.verdict is None and verdict is None:
        raise Unclear("repair.verdict_needed", fields={"verdict": "repair.verdict_needed"})
    if verdict is not None and verdict is not found.verdict:
        reason = need_words("reason", reason)
    else:
        verdict, reason = found.verdict, ""
    return replace(
        order,
        stage=Stage.DECIDED,
        part=facts.part,
        verdict=verdict,
        clause="" if reason else found.clause,
        warranty_ends_on=found.ends_on,
        why=found.why,
        overruled=reason,
        decided_by=by,
    )


def overrule(order: WorkOrder, verdict: Verdict, reason: str, by: str) -> WorkOrder:
    """Let a supervisor decide otherwise, with a reason; what then is paid needs a quote first."""
    need(order, *TO_OVERRULE)
    if verdict is order.verdict:
        raise Refused("repair.same_verdict", number=order.number, verdict=verdict)
    stage = order.stage
    if verdict is Verdict.PAID or order.is_paid:
        need(order, *TO_QUOTE)
        stage = Stage.DECIDED
    kept = replace(order, appointed_from=None, appointed_to=None) if stage is Stage.DECIDED else order
    return replace(kept, stage=stage, verdict=verdict, clause="", overruled=need_words("reason", reason), decided_by=by, agreed_fen=None)


def quote(order: WorkOrder, lines: tuple[QuoteLine, ...], valid_until: date, today: date) -> tuple[WorkOrder, int]:
    """Quote a price for paid work; return the order, waiting for the answer, and the total in fen."""
    need(order, *TO_QUOTE)
    if not order.is_paid:
        raise Refused("repair.not_paid", number=order.number)
    if not lines or any(line.fen < 0 for line in lines):
        raise Unclear("repair.quote_empty", fields={"what": "repair.quote_empty"})
    if valid_until < today:
        raise Unclear("repair.quote_past", fields={"valid_until": "repair.quote_past"})
    waiting = replace(order, stage=Stage.QUOTED, agreed_fen=None, appointed_from=None, appointed_to=None)
    return waiting, sum(line.fen for line in lines)


def consent(
    order: WorkOrder, offer: Quote, channel: Channel, who: str, words: str, now: datetime, today: date, to: str
) -> tuple[WorkOrder, Quote]:
    """Record the resident's yes: who said it, by which channel, in which words; only then may the work start."""
    need(order, Stage.QUOTED)
    if today > offer.valid_until_on:
        raise Refused("repair.quote_expired", number=order.number, day=offer.valid_until_on)
    answer = _answered(offer, QuoteState.ACCEPTED, channel, who, words, now, to)
    return replace(order, stage=Stage.AGREED, agreed_fen=offer.fen), answer


def decline(order: WorkOrder, offer: Quote, channel: Channel, who: str, words: str, now: datetime, to: str) -> tuple[WorkOrder, Quote]:
    """Record the resident's no: the order is cancelled, keeps its number, and nothing is charged; rework stays owed."""
    need(order, Stage.QUOTED)
    answer = _answered(offer, QuoteState.REFUSED, channel, who, words, now, to)
    if order.cycle > 1:
        return replace(order, stage=Stage.DECIDED), answer
    return replace(order, stage=Stage.CANCELLED, end_reason=words.strip(), closed_at=now), answer


def _answered(offer: Quote, state: QuoteState, channel: Channel, who: str, words: str, now: datetime, to: str) -> Quote:
    return replace(
        offer,
        state=state,
        channel=channel,
        who=need_words("who", who),
        words=need_words("words", words),
        answered_at=now,
        answered_to=to,
    )
