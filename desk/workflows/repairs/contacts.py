"""Every repair is one line of reception's contact log (RC7): taken with the report, or turned out of a line that was there."""

from datetime import datetime

from desk.kit.act import Act
from desk.kit.database import Database
from desk.workflows.reception import commands as reception
from desk.workflows.reception import store as log
from desk.workflows.reception.inputs import Contact, WhereFrom
from desk.workflows.reception.rules import DOUBLE_WITHIN, ENDED, ContactChannel, ContactRow, Matter
from desk.workflows.repairs.inputs import AskedAgain
from desk.workflows.repairs.rules.choices import Source
from desk.workflows.repairs.rules.order import WorkOrder

CHANNELS = {
    Source.VISIT: ContactChannel.VISIT,
    Source.CALL: ContactChannel.CALL,
    Source.LETTER: ContactChannel.LETTER,
    Source.KIOSK: ContactChannel.KIOSK,
    Source.MESSAGE: ContactChannel.MESSAGE,
    Source.STAFF: ContactChannel.VISIT,
}


def received_at(db: Database, contact_id: str) -> datetime:
    """Return when a contact was received: the repair made of it counts from there."""
    return the_line(db, contact_id).received_at


def the_line(db: Database, contact_id: str) -> ContactRow:
    """Return a line of the contact log; `Missing` if there is none."""
    return reception.the_contact(db, contact_id)


def waiting(db: Database, unit_id: str, now: datetime) -> list[ContactRow]:
    """Return what a unit has written or said about repairs in the last seven days that no case was made of yet (TR16)."""
    told = log.of_unit(db, unit_id)
    return [one for one in told if one.matter is Matter.REPAIR and one.state not in ENDED and abs(now - one.received_at) <= DOUBLE_WITHIN]


def taken(db: Database, act: Act, order: WorkOrder) -> str:
    """Tie an order to its line in the contact log, a new one unless it was made of one, and return that line's id."""
    contact_id = order.contact or _new_line(db, act, order)
    if not the_line(db, contact_id).unit:
        reception.place(db, act, contact_id, WhereFrom(unit=order.unit))
    reception.settle(db, act, contact_id, "repair", order.id, order.number)
    return contact_id


def _new_line(db: Database, act: Act, order: WorkOrder) -> str:
    """Enter a report into the contact log as it came in."""
    known = {"person": order.name, "phone": order.phone, "wished": order.wished}
    said = Contact(
        channel=CHANNELS[order.source],
        words=order.what,
        matter=Matter.REPAIR,
        unit=order.unit,
        received_at=order.reported_at,
        **{name: value for name, value in known.items() if value},
    )
    return reception.take_contact(db, act, said).id


def said_again(db: Database, act: Act, order: WorkOrder, form: AskedAgain) -> str:
    """Tie a further contact to an order that is taken already, and return the contact's id (TR16)."""
    contact_id = form.contact or _asked_line(db, act, order, form)
    reception.settle(db, act, contact_id, "repair", order.id, order.number)
    return contact_id


def _asked_line(db: Database, act: Act, order: WorkOrder, form: AskedAgain) -> str:
    known = {"person": form.name or order.name, "phone": form.phone}
    said = Contact(
        channel=CHANNELS[form.source],
        words=form.what or order.what,
        matter=Matter.REPAIR,
        unit=order.unit,
        **{name: value for name, value in known.items() if value},
    )
    return reception.take_contact(db, act, said).id
