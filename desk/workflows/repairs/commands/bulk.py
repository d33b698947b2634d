"""Many orders in one go: dispatch them to one worker, print them as one file, and one undo."""

from dataclasses import replace

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import change
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.repairs import store
from desk.workflows.repairs.commands import printing
from desk.workflows.repairs.commands.base import the_order, worker_of
from desk.workflows.repairs.commands.visiting import called_back, sent
from desk.workflows.repairs.rules.choices import TripOutcome
from desk.workflows.repairs.rules.order import Trip
from desk.workflows.repairs.store import Bulk

MOST = 200


def dispatch_many(db: Database, act: Act, order_ids: tuple[str, ...], worker: str) -> Bulk:
    """Send one worker to several orders: all or none, each with its sheet."""
    wanted = tuple(dict.fromkeys(order_ids))
    if not wanted or len(wanted) > MOST:
        raise Unclear("repair.bulk_choose", fields={"orders": "repair.bulk_choose"}, most=MOST)
    with change(db, act) as note:
        staff_id, name = worker_of(db, worker)
        items: list[tuple[str, int, str, str]] = []
        for order_id in wanted:
            order, trip = sent(db, act, note, the_order(db, order_id), staff_id)
            paper = printing.order_paper(db, order)
            items.append((order.id, order.version, trip.id, paper.id if paper else ""))
        bulk = Bulk(new_id(act.now), act.now, act.actor, staff_id, name, tuple(items))
        store.keep_bulk(db, bulk)
        note("repair.bulk_dispatched", bulk.id, count=len(items), worker=name)
    return bulk


def print_many(db: Database, act: Act, bulk_id: str, size: str = "A4") -> bytes:
    """Return the sheets of a bulk dispatch as one PDF, each printing logged."""
    return printing.print_papers(db, act, [paper for *_, paper in the_bulk(db, bulk_id).items if paper], size)


def undo_many(db: Database, act: Act, bulk_id: str) -> int:
    """Take a bulk dispatch back by an act of its own; refused as a whole if anything happened to one of the orders since."""
    with change(db, act) as note:
        bulk = the_bulk(db, bulk_id)
        if bulk.undone_at is not None:
            raise Refused("repair.undone_already")
        for order_id, version, trip_id, _paper in bulk.items:
            order, trip = the_order(db, order_id), store.part(db, Trip, trip_id)
            if order.version != version or trip is None or trip.outcome is not TripOutcome.OPEN:
                raise Refused("repair.undo_too_late", number=order.number)
            called_back(db, act, note, order, "undo")
        store.keep_bulk(db, replace(bulk, undone_at=act.now))
        note("repair.bulk_undone", bulk.id, count=len(bulk.items), worker=bulk.worker_name)
    return len(bulk.items)


def the_bulk(db: Database, bulk_id: str) -> Bulk:
    """Return what was done in one go; `Missing` if there is none."""
    found = store.bulk(db, bulk_id)
    if found is None:
        raise Missing("repair.bulk_unknown", id=bulk_id)
    return found
