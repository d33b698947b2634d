"""Rule book: the appointment, the trips, and the work.

Sources: seed 002 第2篇 2(3)③:
    及时通知维修部人员携单在约定时间上门维修服务      maintenance comes with the sheet at the agreed time (RC9)
    設備需帶回公司時應與客戶協商, 得到客戶許可時方可帶回   a thing is taken along only with consent (TR4)
seed 004:
    维修报价与确认                                    paid: no confirmation, no work and no charge (TR60)
The repair is done with the end of its last trip; a leak is then still to be tested.
"""

from dataclasses import replace
from datetime import datetime

from desk.kit.clock import day_of
from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules.choices import TO_PLAN, Kind, Stage, TripOutcome, Urgency
from desk.workflows.repairs.rules.order import TakenItem, Trip, WorkOrder, need, need_any, need_words
from desk.workflows.repairs.rules.tables import Run

TO_SCHEDULE = TO_PLAN | {Stage.SCHEDULED}
TO_DISPATCH = TO_SCHEDULE


def schedule(order: WorkOrder, start: datetime, end: datetime, now: datetime, run: Run) -> WorkOrder:
    """Agree a time with the resident; after the last cut-off normal work begins the next day."""
    need_any(order, TO_SCHEDULE)
    _agreed(order)
    if end <= start or end <= now:
        raise Unclear("repair.slot", fields={"to_at": "repair.slot"})
    if order.urgency is Urgency.NORMAL and run.late and day_of(start) < run.on:
        raise Refused("repair.after_cut_off", number=order.number, day=run.on)
    return replace(order, stage=Stage.SCHEDULED, appointed_from=start, appointed_to=end)


def dispatch(order: WorkOrder, trip: Trip) -> tuple[WorkOrder, Trip]:
    """Send a worker with the sheet; without an appointment only where it is urgent."""
    need_any(order, TO_DISPATCH)
    _agreed(order)
    if order.stage is not Stage.SCHEDULED and order.urgency is Urgency.NORMAL:
        raise Refused("repair.appointment_needed", number=order.number)
    sent = replace(order, stage=Stage.DISPATCHED, worker=trip.worker, worker_name=trip.worker_name)
    return sent, replace(trip, appointed_from=order.appointed_from, appointed_to=order.appointed_to)


def call_back(order: WorkOrder, trip: Trip, now: datetime, words: str) -> tuple[WorkOrder, Trip]:
    """Take a dispatch back before the worker has arrived."""
    need(order, Stage.DISPATCHED)
    stage = Stage.SCHEDULED if order.appointed_to else Stage.AGREED if order.is_paid else Stage.DECIDED
    back = replace(order, stage=stage, worker="", worker_name="")
    return back, _ended(trip, TripOutcome.CALLED_BACK, now, words)


def arrive(order: WorkOrder, trip: Trip, now: datetime) -> tuple[WorkOrder, Trip]:
    """Record that the worker is there: on time is measured here."""
    need(order, Stage.DISPATCHED)
    return replace(order, stage=Stage.ON_SITE), replace(trip, arrived_at=now)


def no_access(order: WorkOrder, trip: Trip, now: datetime, words: str) -> tuple[WorkOrder, Trip]:
    """Record that nobody opened: the trip counts, and a new time is needed."""
    need(order, Stage.DISPATCHED, Stage.ON_SITE)
    there = replace(trip, arrived_at=trip.arrived_at or now)
    waiting = replace(order, stage=Stage.NO_ACCESS, appointed_from=None, appointed_to=None)
    return waiting, _ended(there, TripOutcome.NO_ACCESS, now, need_words("words", words))


def another_trip(order: WorkOrder, trip: Trip, now: datetime, minutes: int, words: str) -> tuple[WorkOrder, Trip]:
    """End a trip with work left to do, and say what is missing."""
    need(order, Stage.ON_SITE)
    waiting = replace(order, stage=Stage.PART_DONE, appointed_from=None, appointed_to=None)
    return waiting, _ended(trip, TripOutcome.AGAIN, now, need_words("words", words), _minutes(minutes))


def finish(order: WorkOrder, trip: Trip, now: datetime, minutes: int, words: str, charge_fen: int = 0) -> tuple[WorkOrder, Trip]:
    """Say that the repair is done; the revisit counts from here, but for a leak only from its test."""
    need(order, Stage.ON_SITE)
    _agreed(order)
    if charge_fen and not order.is_paid:
        raise Refused("repair.not_paid", number=order.number)
    if charge_fen > (order.agreed_fen or 0):
        raise Refused("repair.above_quote", number=order.number, agreed=order.agreed_fen or 0, charged=charge_fen)
    done = replace(
        order,
        stage=Stage.DONE,
        done_at=now,
        revisit_from=None if order.kind is Kind.LEAK else now,
        leak_tested=False,
        charged_fen=charge_fen if order.is_paid else None,
    )
    return done, _ended(trip, TripOutcome.FINISHED, now, need_words("words", words), _minutes(minutes))


def take_away(order: WorkOrder, item: TakenItem) -> TakenItem:
    """Take a thing of the resident's along: only with somebody's consent, and saying what is lent for it or that nothing is."""
    need(order, Stage.ON_SITE)
    return replace(
        item,
        what=need_words("what", item.what),
        why=need_words("why", item.why),
        consent_by=need_words("consent_by", item.consent_by),
        loan=need_words("loan", item.loan),
    )


def give_back(order: WorkOrder, item: TakenItem, now: datetime, to: str) -> TakenItem:
    """Bring the thing back, against the name of who took it."""
    if item.back_at is not None:
        raise Refused("repair.item_is_back", number=order.number, what=item.what)
    return replace(item, back_at=now, back_to=need_words("back_to", to))


def _agreed(order: WorkOrder) -> None:
    """Refuse paid work without the resident's recorded yes."""
    if order.is_paid and order.agreed_fen is None:
        raise Refused("repair.consent_needed", number=order.number)


def _ended(trip: Trip, outcome: TripOutcome, now: datetime, words: str, minutes: int = 0) -> Trip:
    return replace(trip, outcome=outcome, ended_at=now, words=words, minutes=minutes)


def _minutes(minutes: int) -> int:
    if not 0 < minutes <= 24 * 60:
        raise Unclear("repair.minutes", fields={"minutes": "repair.minutes"})
    return minutes
