"""Taking a repair: at the counter, on the phone, from the inbox."""

from dataclasses import replace

from desk.kit import clocks
from desk.kit.act import Act
from desk.kit.clock import day_of
from desk.kit.database import Database
from desk.kit.journal import Note, change
from desk.kit.numbering import next_number
from desk.workflows.households import commands as households
from desk.workflows.households import store as register
from desk.workflows.households.rules import Unit
from desk.workflows.reception.rules import ContactRow
from desk.workflows.repairs import contacts, store
from desk.workflows.repairs.commands.base import COMPLETE, RESPOND, index, kept, made_id, named, opened, run_complete, run_respond
from desk.workflows.repairs.inputs import AskedAgain, Completion, Draft, Report
from desk.workflows.repairs.rules import ending, intake
from desk.workflows.repairs.rules.choices import Category, Fact, Source, Stage
from desk.workflows.repairs.rules.ending import DOUBLE_WITHIN
from desk.workflows.repairs.rules.order import WorkOrder
from desk.workflows.repairs.rules.tables import SORTS

SERIES = "WX"


def save_first(db: Database, act: Act, form: Draft) -> WorkOrder:
    """Save the room and one line, with all else that is typed, while still on the phone; the number is there at once."""
    with change(db, act) as note:
        blank = _blank(db, act, form.unit, form.what, form.category, form.source, form.contact)
        order = _entered(db, act, note, intake.save_first(blank, _said(form)))
        note("repair.saved", order.id, order.unit, number=order.number, what=order.what)
    return order


def report(db: Database, act: Act, form: Report) -> WorkOrder:
    """Take a complete report (RC6), under a number of its own, as one line in the work journal (RC7)."""
    with change(db, act) as note:
        blank = _blank(db, act, form.unit, form.what, form.category, form.source, form.contact, form.origin)
        order = _entered(db, act, note, intake.report(blank, _said(form)))
        said = named({"what": order.what, "category": order.category, "urgency": order.urgency})
        note("repair.reported", order.id, order.unit, number=order.number, **said)
    return order


def ask_again(db: Database, act: Act, order_id: str, form: AskedAgain) -> WorkOrder:
    """Enter that somebody asked again about an open order: a line in the work journal, and no second order (TR16)."""
    with opened(db, act, order_id, None) as (note, order):
        contact = contacts.said_again(db, act, order, form)
        note("repair.asked_again", order.id, order.unit, number=order.number, words=form.what, source=form.source, contact=contact)
    return order


def complete(db: Database, act: Act, order_id: str, form: Completion) -> WorkOrder:
    """Complete a report that was saved first."""
    with opened(db, act, order_id, form.version) as (note, draft):
        order = kept(db, note, draft, intake.complete(draft, _said(form)), "repair.completed", what=form.what, urgency=form.urgency)
        retarget(db, act, note, draft, order)
    return order


def amend(db: Database, act: Act, order_id: str, form: Completion) -> WorkOrder:
    """Correct what was reported; targets are decided anew from the original receipt, never from now."""
    with opened(db, act, order_id, form.version) as (note, old):
        order = intake.amend(old, _said(form))
        changed = [fact for fact in Fact if getattr(old, fact) != getattr(order, fact)]
        was = {f"{fact}_was": getattr(old, fact) for fact in changed}
        order = kept(db, note, old, order, "repair.amended", facts=changed, **was, **{fact: getattr(order, fact) for fact in changed})
        retarget(db, act, note, old, order)
    return order


def doubles_of(db: Database, order: WorkOrder) -> list[WorkOrder]:
    """Return the orders that may be the same repair: same unit and kind within seven days (TR16)."""
    near = store.near(db, order.unit, order.reported_at - DOUBLE_WITHIN, order.reported_at + DOUBLE_WITHIN)
    return ending.doubles(order, near)


def doubles_for(db: Database, act: Act, unit_typed: str, category: Category) -> list[WorkOrder]:
    """Return the orders that a report of this category for this room, made now, would double: asked while the form is filled in."""
    unit = households.unit_of(db, unit_typed)
    now, usual = act.clock.now(), SORTS[category]
    seen = [order for order in store.near(db, unit.id, now - DOUBLE_WITHIN, now) if order.kind is usual.kind]
    return sorted((order for order in seen if order.stage not in (Stage.CANCELLED, Stage.MERGED)), key=lambda one: one.reported_at)


def contacts_for(db: Database, act: Act, unit_typed: str) -> list[ContactRow]:
    """Return what this room has already told reception about repairs within seven days, and no order was made of: doubles across desks."""
    return contacts.waiting(db, households.unit_of(db, unit_typed).id, act.clock.now())


def retarget(db: Database, act: Act, note: Note, old: WorkOrder, new: WorkOrder) -> None:
    """Decide running targets anew, from the receipt, when urgency, zone or receipt changed."""
    if (old.urgency, old.zone, old.reported_at) == (new.urgency, new.zone, new.reported_at):
        return
    running = {clock.kind: clock for clock in clocks.store.running_of(db, new.id)}
    if RESPOND in running:
        run_respond(db, act, note, new)
    if COMPLETE in running:
        started = running[COMPLETE].started_at
        run_complete(db, act, note, new, new.reported_at if started == old.reported_at else started)


def _said(form: Draft | Report | Completion) -> intake.Reported:
    return intake.Reported(form.name, form.phone, form.what, form.wished, form.category, form.kind, form.urgency, form.zone)


def _blank(db: Database, act: Act, typed: str, what: str, category: Category, source: Source, contact: str, origin: str = "") -> WorkOrder:
    """Return an order that nobody has filled in yet, at the unit that was typed, received when the contact was."""
    unit = households.unit_of(db, typed)
    received = contacts.received_at(db, contact) if contact else act.now
    usual = SORTS[category]
    return WorkOrder(
        id=made_id(act),
        number="",
        stage=Stage.DRAFT,
        kind=usual.kind,
        category=category,
        urgency=usual.urgency,
        zone=usual.zone,
        unit=unit.id,
        building=_building(db, unit),
        place=unit.label,
        what=what,
        reported_at=received,
        cycle_at=received,
        taken_by=act.actor,
        source=source,
        contact=contact,
        origin=origin,
    )


def _building(db: Database, unit: Unit) -> str:
    found = register.building(db, unit.building)
    return found.name if found else ""


def _entered(db: Database, act: Act, note: Note, order: WorkOrder) -> WorkOrder:
    """Give an order its number, keep it, tie it to its line in the work journal, and let the response target run."""
    order = replace(order, number=next_number(db, act, SERIES, day_of(act.now), order.id))
    order = replace(order, contact=contacts.taken(db, act, order))
    store.keep(db, order)
    index(db, order)
    run_respond(db, act, note, order)
    return order
