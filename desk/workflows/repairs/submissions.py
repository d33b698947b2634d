"""What repairs make of kiosk submissions: an order whose receipt and clocks start at the resident's submit time (RC6, CP20, pitfall 17).

Whatever is unclear or forbidden here rises as a problem: the submission then waits for a person, and nothing of it is lost.
"""

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.plugs import Arrived, Outcome, Take, Verdict
from desk.kit.problems import Missing
from desk.workflows.reception import submissions as reception
from desk.workflows.reception.inputs import AtKiosk
from desk.workflows.reception.rules import ContactRow, Matter
from desk.workflows.repairs import commands
from desk.workflows.repairs.inputs import Completion, Draft, KioskRepair, KioskWish, Report
from desk.workflows.repairs.rules.choices import Source, Zone
from desk.workflows.repairs.rules.order import WorkOrder
from sync.inbox import store as inbox

COMMON = "common"


def report(db: Database, act: Act, arrived: Arrived) -> Outcome:
    """Take a repair that was reported at a kiosk; a fault of a common part from nobody's home waits in the inbox until a clerk says where."""
    said = KioskRepair.read(arrived.body)
    typed = AtKiosk(what=said.what, unit=said.unit, name=said.name, phone=said.phone)
    contact = reception.taken(db, act, arrived, typed, Matter.REPAIR, wished=said.wished)
    if not contact.unit:
        reception.tell_late(db, act, arrived, contact.id, "", contact.person or arrived.number)
        return Outcome(Verdict.ACCEPTED, kind="intake", object=contact.id)
    order = _order(db, act, said, contact)
    reception.tell_late(db, act, arrived, order.id, order.unit, order.number)
    doubles = [one.number for one in commands.doubles_of(db, order)]
    details = {"possible_duplicate_of": doubles} if doubles else {}
    return Outcome(Verdict.ACCEPTED, details=details, kind="repair", object=order.id, number=order.number, about=order.unit)


def _order(db: Database, act: Act, said: KioskRepair, contact: ContactRow) -> WorkOrder:
    """Make an order of the contact: reported if the five fields of RC6 are there, else saved first, to be completed by a call back."""
    typed = {
        "unit": contact.unit, "what": said.what, "category": said.category, "source": Source.KIOSK, "contact": contact.id, "wished": said.wished,
        "name": said.name, "urgency": said.urgency, "zone": Zone.COMMON if said.place == COMMON else None,
    }  # fmt: skip
    if said.name and said.phone and said.wished:
        return commands.report(db, act, Report.model_validate(typed | {"phone": said.phone}))
    return commands.save_first(db, act, Draft.model_validate(typed | {"phone": said.phone or ""}))


def wish(db: Database, act: Act, arrived: Arrived) -> Outcome:
    """Change the time that suits for an own request; if anybody touched the case since the resident saw it, a person settles it."""
    said = KioskWish.read(arrived.body)
    cases = [entry.object for entry in inbox.of_tag(db, said.tag) if entry.case_kind == "repair"]
    if not cases:
        raise Missing("repair.unknown", id=arrived.number)
    old = commands.the_order(db, cases[0])
    form = Completion(
        name=old.name, phone=old.phone, what=old.what, wished=said.wished, category=old.category, kind=old.kind, urgency=old.urgency,
        zone=old.zone, version=said.version,
    )  # fmt: skip
    order = commands.amend(db, act, old.id, form)
    return Outcome(Verdict.ACCEPTED, kind="repair", object=order.id, number=order.number, about=order.unit)


SUBMISSIONS: dict[str, Take] = {"repair.report@1": report, "repair.wished@1": wish}
