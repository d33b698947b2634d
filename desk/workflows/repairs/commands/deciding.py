"""Deciding who answers, quoting, and the resident's yes or no."""

from dataclasses import replace
from datetime import date, timedelta

from desk.kit import clocks, money
from desk.kit.act import Act
from desk.kit.clock import day_of
from desk.kit.database import Database
from desk.kit.journal import Note
from desk.kit.problems import Unclear
from desk.workflows.households import store as register
from desk.workflows.repairs import store
from desk.workflows.repairs.commands.base import (
    COMPLETE,
    DESK,
    QUOTE,
    RESPOND,
    VISIT,
    kept,
    last,
    made_id,
    opened,
    part,
    run,
    run_complete,
    signed_name,
    the_order,
)
from desk.workflows.repairs.inputs import Answer, Decision, Offer, Overruling
from desk.workflows.repairs.rules import deciding
from desk.workflows.repairs.rules.choices import Part, QuoteState, Stage
from desk.workflows.repairs.rules.clauses import QUOTE_ANSWER
from desk.workflows.repairs.rules.order import Quote, QuoteLine, WorkOrder
from desk.workflows.repairs.rules.tables import SORTS
from desk.workflows.repairs.rules.warranty import Facts, Renovation, WarrantyVerdict, judge

QUOTE_DAYS = 7  # how long a quote stands unless said otherwise


def facts_of(db: Database, order: WorkOrder, form: Decision | None = None) -> Facts:
    """Return what the verdict rests on: the household file's dates, and those typed where the file has none."""
    said = form or Decision(part=SORTS[order.category].part)
    unit = register.unit(db, order.unit)
    building = register.building(db, unit.building) if unit else None
    renovated_on = said.renovated_on
    return Facts(
        part=said.part,
        zone=order.zone,
        reported_on=day_of(order.reported_at),
        completed_on=(building.completed_on if building else None) or said.completed_on,
        delivered_on=(unit.delivered_on if unit else None) or said.delivered_on,
        renovation=Renovation(renovated_on, said.renovation_months) if renovated_on else None,
    )


def advise(db: Database, order_id: str, part_asked: Part | None = None, form: Decision | None = None) -> WarrantyVerdict:
    """Return what the rule says about a part (the category's usual one if None), without deciding anything."""
    order = the_order(db, order_id)
    asked = form or Decision(part=part_asked or order.part or SORTS[order.category].part)
    return judge(facts_of(db, order, asked))


def decide(db: Database, act: Act, order_id: str, form: Decision) -> WorkOrder:
    """Decide who answers for it: by the rule, or by a person with a reason where the rule cannot tell (RC8)."""
    with opened(db, act, order_id, form.version) as (note, old):
        facts = facts_of(db, old, form)
        order = deciding.decide(old, facts, judge(facts), signed_name(act), form.verdict, form.reason)
        order = kept(db, note, old, order, "repair.decided", verdict=order.verdict, part=order.part, reason=order.overruled)
        _settle_clocks(db, act, note, order)
    return order


def overrule(db: Database, act: Act, order_id: str, form: Overruling) -> WorkOrder:
    """Let a supervisor decide otherwise, with the reason on the order."""
    with opened(db, act, order_id, form.version) as (note, old):
        order = deciding.overrule(old, form.verdict, form.reason, signed_name(act))
        order = kept(db, note, old, order, "repair.overruled", verdict=order.verdict, was=old.verdict, reason=order.overruled)
        _withdraw_quote(db, order)
        _settle_clocks(db, act, note, order)
    return order


def _settle_clocks(db: Database, act: Act, note: Note, order: WorkOrder) -> None:
    """Let the completion target run once it is clear that no yes is needed; what waits for a yes has none yet."""
    clocks.drop(db, act, note, order.id, QUOTE)
    if order.stage is Stage.DECIDED:
        clocks.drop(db, act, note, order.id, VISIT)
    if order.is_paid and order.agreed_fen is None:
        clocks.drop(db, act, note, order.id, COMPLETE)
    elif not clocks.store.running_of(db, order.id, COMPLETE):
        run_complete(db, act, note, order, order.cycle_at)


def _withdraw_quote(db: Database, order: WorkOrder) -> None:
    standing = store.last(db, Quote, order.id)
    if standing and standing.state is QuoteState.OPEN:
        store.add(db, replace(standing, state=QuoteState.REPLACED))


def quote(db: Database, act: Act, order_id: str, form: Offer) -> Quote:
    """Quote a price for paid work; the resident's answer is awaited (TR60)."""
    with opened(db, act, order_id, form.version) as (note, old):
        lines = _lines(form)
        today = day_of(act.now)
        until: date = form.valid_until or today + timedelta(days=QUOTE_DAYS)
        order, total = deciding.quote(old, lines, until, today)
        _withdraw_quote(db, order)
        offer = part(
            db, Quote, order, id=made_id(act), lines=tuple((line.what, line.quantity, line.fen) for line in lines), fen=total,
            valid_until_on=until, quoted_at=act.now, quoted_by=signed_name(act),
        )  # fmt: skip
        store.add(db, offer)
        order = kept(db, note, old, order, "repair.quoted", price=money.show(total), fen=total, until=until)
        clocks.end(db, act, note, order.id, RESPOND)
        for kind in (VISIT, COMPLETE):
            clocks.drop(db, act, note, order.id, kind)
        run(db, act, note, order, QUOTE, QUOTE_ANSWER, act.now, DESK)
    return offer


def _lines(form: Offer) -> tuple[QuoteLine, ...]:
    if not form.what or len(form.what) != len(form.price):
        raise Unclear("repair.quote_empty", fields={"what": "repair.quote_empty"})
    amounts = [*form.quantity, *("1" for _ in form.what)]
    return tuple(QuoteLine(what, amounts[i], form.price[i]) for i, what in enumerate(form.what))


def consent(db: Database, act: Act, order_id: str, form: Answer) -> WorkOrder:
    """Record the resident's yes: who, by which channel, in which words; now the work may start."""
    with opened(db, act, order_id, form.version) as (note, old):
        offer = last(db, Quote, old)
        order, answer = deciding.consent(old, offer, form.channel, form.who, form.words, act.now, day_of(act.now), signed_name(act))
        store.add(db, answer)
        order = kept(
            db, note, old, order, "repair.agreed", price=money.show(offer.fen), who=form.who, channel=form.channel, words=form.words
        )
        clocks.end(db, act, note, order.id, QUOTE)
        run_complete(db, act, note, order, act.now)
    return order


def decline(db: Database, act: Act, order_id: str, form: Answer) -> WorkOrder:
    """Record the resident's no: the order ends and keeps its number; rework stays owed."""
    with opened(db, act, order_id, form.version) as (note, old):
        offer = last(db, Quote, old)
        order, answer = deciding.decline(old, offer, form.channel, form.who, form.words, act.now, signed_name(act))
        store.add(db, answer)
        order = kept(
            db, note, old, order, "repair.declined", price=money.show(offer.fen), who=form.who, channel=form.channel, words=form.words
        )
        clocks.end(db, act, note, order.id, QUOTE)
        if order.is_open:
            run_complete(db, act, note, order, order.cycle_at)
        else:
            clocks.drop(db, act, note, order.id)
    return order
