"""Appointment, trips and work."""

from datetime import datetime, time, timedelta

from desk.kit import clocks, site_facts
from desk.kit.act import Act
from desk.kit.clock import SITE_ZONE, day_of
from desk.kit.database import Database
from desk.kit.deadlines import Manual
from desk.kit.journal import Note
from desk.kit.problems import Missing, Unclear
from desk.workflows.repairs import store
from desk.workflows.repairs.commands import printing
from desk.workflows.repairs.commands.base import (
    COMPLETE,
    CREW,
    DESK,
    LEAK_BEGIN,
    RESPOND,
    REVISIT,
    VISIT,
    kept,
    made_id,
    open_trip,
    opened,
    part,
    run,
    run_complete,
    signed_name,
    worker_of,
)
from desk.workflows.repairs.inputs import Appointment, Finish, GiveBack, Moved, Said, Sending, TakeAway, TripEnd
from desk.workflows.repairs.rules import visiting
from desk.workflows.repairs.rules.clauses import LEAK_TEST_BEGINS, revisit_policy, visit_policy
from desk.workflows.repairs.rules.order import Material, TakenItem, Trip, WorkOrder
from desk.workflows.repairs.rules.tables import PRIORITY, next_run


def schedule(db: Database, act: Act, order_id: str, form: Appointment) -> WorkOrder:
    """Agree a time with the resident (RC9); one that the resident wants later than our target moves the target, in their words."""
    with opened(db, act, order_id, form.version) as (note, old):
        order = visiting.schedule(old, form.from_at, form.to_at, act.now, next_run(act.now, site_facts.of(db).cut_offs))
        order = kept(db, note, old, order, "repair.scheduled", start=form.from_at, end=form.to_at, words=form.words)
        clocks.end(db, act, note, order.id, RESPOND)
        run(db, act, note, order, VISIT, visit_policy(form.from_at, form.to_at), form.from_at, CREW)
        _as_wished(db, act, note, order, form)
    return order


def _as_wished(db: Database, act: Act, note: Note, order: WorkOrder, form: Appointment) -> None:
    """Move the completion target to the end of the day that the resident asked for, if they asked for a later one."""
    running = clocks.store.running_of(db, order.id, COMPLETE)
    if not form.words or not running or form.to_at <= running[0].due_at:
        return
    evening = datetime.combine(day_of(form.to_at) + timedelta(days=1), time(), SITE_ZONE)
    run_complete(db, act, note, order, running[0].started_at, Manual(evening, form.words))


def dispatch(db: Database, act: Act, order_id: str, form: Sending) -> WorkOrder:
    """Send a worker, with the work order issued as a paper to take along."""
    with opened(db, act, order_id, form.version) as (note, old):
        order, _ = sent(db, act, note, old, form.worker)
    return order


def sent(db: Database, act: Act, note: Note, old: WorkOrder, staff_id: str) -> tuple[WorkOrder, Trip]:
    """Send a worker inside a running change; return the order and the trip."""
    worker, name = worker_of(db, staff_id)
    earlier = [trip for trip in store.parts(db, Trip, old.id) if trip.cycle == old.cycle]
    trip = part(db, Trip, old, id=made_id(act), worker=worker, worker_name=name, sent_at=act.now)
    order, trip = visiting.dispatch(old, trip)
    order = kept(db, note, old, order, "repair.dispatched", worker=name)
    store.add(db, trip)
    clocks.end(db, act, note, order.id, RESPOND)
    if order.appointed_to is None:
        arrive_by = PRIORITY[order.urgency, order.zone].arrive
        run(db, act, note, order, VISIT, arrive_by, act.now if earlier else order.cycle_at, CREW)
    for kind in (VISIT, COMPLETE):
        clocks.hand(db, order.id, kind, person=worker)
    printing.issue_order(db, act, note, order)
    return order, trip


def call_back(db: Database, act: Act, order_id: str, form: Said) -> WorkOrder:
    """Take a dispatch back before the worker has arrived; the sheet is void."""
    with opened(db, act, order_id, form.version) as (note, old):
        order = called_back(db, act, note, old, form.words)
    return order


def called_back(db: Database, act: Act, note: Note, old: WorkOrder, words: str) -> WorkOrder:
    """Take a dispatch back inside a running change."""
    trip = open_trip(db, act, old)
    order, trip = visiting.call_back(old, trip, act.now, words)
    order = kept(db, note, old, order, "repair.called_back", worker=trip.worker_name, reason=words)
    store.add(db, trip)
    if order.appointed_to is None:
        clocks.drop(db, act, note, order.id, VISIT)
    for kind in (VISIT, COMPLETE):
        clocks.hand(db, order.id, kind, person="")
    printing.void_order(db, act, order, words)
    return order


def arrive(db: Database, act: Act, order_id: str, form: Moved) -> WorkOrder:
    """Record that the worker is there."""
    with opened(db, act, order_id, form.version) as (note, old):
        order, trip = visiting.arrive(old, open_trip(db, act, old), act.now)
        order = kept(db, note, old, order, "repair.arrived", worker=trip.worker_name)
        store.add(db, trip)
        clocks.end(db, act, note, order.id, VISIT)
    return order


def no_access(db: Database, act: Act, order_id: str, form: TripEnd) -> WorkOrder:
    """Record that nobody opened; a new time is needed."""
    with opened(db, act, order_id, form.version) as (note, old):
        order, trip = visiting.no_access(old, open_trip(db, act, old), act.now, form.words)
        order = kept(db, note, old, order, "repair.no_access", worker=trip.worker_name, words=form.words)
        store.add(db, trip)
        clocks.end(db, act, note, order.id, VISIT)
        clocks.hand(db, order.id, COMPLETE, waits_for=DESK, person="")
    return order


def another_trip(db: Database, act: Act, order_id: str, form: TripEnd) -> WorkOrder:
    """End a trip with work left to do."""
    with opened(db, act, order_id, form.version) as (note, old):
        order, trip = visiting.another_trip(old, open_trip(db, act, old), act.now, form.minutes, form.words)
        order = kept(db, note, old, order, "repair.part_done", worker=trip.worker_name, words=form.words, minutes=form.minutes)
        store.add(db, trip)
    return order


def finish(db: Database, act: Act, order_id: str, form: Finish) -> WorkOrder:
    """Say that the repair is done, with minutes and materials; the revisit's clock starts, for a leak only with its test."""
    with opened(db, act, order_id, form.version) as (note, old):
        order, trip = visiting.finish(old, open_trip(db, act, old), act.now, form.minutes, form.words, form.charge)
        order = kept(
            db, note, old, order, "repair.done", worker=trip.worker_name, words=form.words, minutes=form.minutes, charge=form.charge
        )
        store.add(db, trip)
        for used in _materials(db, act, order, trip, form):
            store.add(db, used)
        clocks.end(db, act, note, order.id, COMPLETE)
        after_done(db, act, note, order)
    return order


def after_done(db: Database, act: Act, note: Note, order: WorkOrder) -> None:
    """Let the next clock run: the revisit's, or for a leak that of beginning its test."""
    if order.revisit_from is None:
        run(db, act, note, order, LEAK_BEGIN, LEAK_TEST_BEGINS, act.now, CREW, person=order.worker)
    else:
        run(db, act, note, order, REVISIT, revisit_policy(order.kind, order.leak_tested), order.revisit_from, DESK)


def _materials(db: Database, act: Act, order: WorkOrder, trip: Trip, form: Finish) -> list[Material]:
    if len(form.quantity) not in (0, len(form.material)) or len(form.price) not in (0, len(form.material)):
        raise Unclear("repair.materials", fields={"material": "repair.materials"})
    return [
        part(
            db,
            Material,
            order,
            id=made_id(act),
            trip=trip.id,
            what=what,
            quantity=form.quantity[i] if form.quantity else "1",
            fen=form.price[i] if form.price else 0,
        )
        for i, what in enumerate(form.material)
    ]


def take_away(db: Database, act: Act, order_id: str, form: TakeAway) -> TakenItem:
    """Take a thing along with consent and a loan item (TR4)."""
    with opened(db, act, order_id, form.version) as (note, old):
        trip = open_trip(db, act, old)
        item = part(
            db, TakenItem, old, id=made_id(act), trip=trip.id, what=form.what, why=form.why, consent_by=form.consent_by,
            loan=form.loan, taken_at=act.now, taken_by=signed_name(act),
        )  # fmt: skip
        item = visiting.take_away(old, item)
        store.add(db, item)
        kept(db, note, old, old, "repair.item_taken", what=item.what, consent=item.consent_by, loan=item.loan)
    return item


def give_back(db: Database, act: Act, order_id: str, form: GiveBack) -> TakenItem:
    """Bring a thing back."""
    with opened(db, act, order_id, form.version) as (note, old):
        item = store.part(db, TakenItem, form.item)
        if item is None or item.work_order != old.id:
            raise Missing("repair.item_unknown", id=form.item)
        item = visiting.give_back(old, item, act.now, form.back_to)
        store.add(db, item)
        kept(db, note, old, old, "repair.item_back", what=item.what, to=item.back_to)
    return item
