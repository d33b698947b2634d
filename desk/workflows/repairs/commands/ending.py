"""Orders that end without a repair: cancelled, or merged as doubles."""

from dataclasses import replace

from desk.kit import clocks
from desk.kit.act import Act
from desk.kit.database import Database
from desk.workflows.repairs import store
from desk.workflows.repairs.commands.base import index, kept, opened, the_order
from desk.workflows.repairs.commands.intake import retarget
from desk.workflows.repairs.inputs import Merging, Reason
from desk.workflows.repairs.rules import ending
from desk.workflows.repairs.rules.choices import ExternalOutcome
from desk.workflows.repairs.rules.order import External, WorkOrder


def cancel(db: Database, act: Act, order_id: str, form: Reason) -> WorkOrder:
    """Cancel an order on which nobody has worked; its number stays used."""
    with opened(db, act, order_id, form.version) as (note, old):
        order = kept(db, note, old, ending.cancel(old, act.now, form.reason), "repair.cancelled", reason=form.reason)
        external = store.last(db, External, order.id)
        if external and external.outcome is ExternalOutcome.WAITING:
            store.add(db, replace(external, outcome=ExternalOutcome.TAKEN_BACK, ended_at=act.now, end_words=form.reason))
        clocks.drop(db, act, note, order.id)
    return order


def merge(db: Database, act: Act, order_id: str, form: Merging) -> WorkOrder:
    """Merge a double into an order: the earliest receipt and all numbers stay (TR16)."""
    with opened(db, act, order_id, form.version) as (note, old):
        double = the_order(db, form.double)
        order, closed = ending.merge(old, double, act.now)
        closed = kept(db, note, double, closed, "repair.merged", into=order.number)
        clocks.drop(db, act, note, closed.id)
        order = kept(db, note, old, order, "repair.merged_in", double=closed.number, receipt=order.reported_at)
        index(db, order)
        retarget(db, act, note, old, order)
    return order
