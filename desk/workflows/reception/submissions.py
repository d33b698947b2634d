"""What reception makes of kiosk submissions: a line of the contact log that was received when the resident pressed the button (CP20)."""

from typing import Any

from desk.kit import clocks
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.kit.clock import to_text
from desk.kit.clocks import store as running
from desk.kit.database import Database
from desk.kit.journal import change
from desk.kit.plugs import Arrived, Outcome, Take, Verdict
from desk.workflows.reception import commands
from desk.workflows.reception.arrival import Lateness, arrival
from desk.workflows.reception.inputs import AtKiosk, Contact
from desk.workflows.reception.rules import ContactChannel, ContactRow, Matter

SOURCE = "kiosk"


def file_complaint(db: Database, act: Act, arrived: Arrived) -> Outcome:
    """Take a complaint into the inbox; its tier is given by a person, never by the kiosk (CP14, CP20)."""
    said = AtKiosk.read(arrived.body)
    return _taken(db, act, arrived, taken(db, act, arrived, said, Matter.COMPLAINT, subject=said.about))


def want_callback(db: Database, act: Act, arrived: Arrived) -> Outcome:
    """Take the wish to be called back into the inbox."""
    return _taken(db, act, arrived, taken(db, act, arrived, AtKiosk.read(arrived.body), Matter.QUESTION))


def taken(db: Database, act: Act, arrived: Arrived, said: AtKiosk, matter: Matter, *, subject: str = "", wished: str = "") -> ContactRow:
    """Enter what was typed at a kiosk into the contact log, received at the resident's submit time."""
    contact = Contact(
        channel=ContactChannel.KIOSK, words=said.what, matter=matter, subject=subject, unit=said.unit, person=said.name, wished=wished,
        received_at=arrived.effective_at, source=SOURCE, external_id=arrived.id, **({"phone": said.phone} if said.phone else {}),
    )  # fmt: skip
    return commands.take_contact(db, act, contact)


def _taken(db: Database, act: Act, arrived: Arrived, contact: ContactRow) -> Outcome:
    tell_late(db, act, arrived, contact.id, contact.unit, commands.who(contact))
    return Outcome(Verdict.ACCEPTED, kind="intake", object=contact.id, about=contact.unit)


def tell_late(db: Database, act: Act, arrived: Arrived, object_id: str, about: str, number: str) -> Lateness | None:
    """Note how much of a case's time passed before the desk knew of it; what is overdue already goes to the supervisor at once."""
    waiting = running.running_of(db, object_id)
    late = arrival(arrived.effective_at, arrived.received_at, waiting[0].due_at if waiting else None, arrived.clock_suspect)
    if late is None:
        return None
    with change(db, act) as note:
        facts: dict[str, Any] = {
            "number": number,
            "kiosk": arrived.device,
            "minutes": late.minutes,
            "of": late.of,
            "cause": f"Cause.{late.cause.value}",
        }
        facts |= {"submitted_at": to_text(arrived.effective_at), "received_at": to_text(arrived.received_at)}
        note("submission.late_of" if late.of else "submission.late", object_id, about, **facts)
        for clock in waiting if late.overdue else ():
            if clock.due_at < arrived.received_at:
                clocks.hand(db, object_id, clock.kind, waits_for=Role.SUPERVISOR.value, person="")
                note("submission.overdue", object_id, about, number=number, kiosk=arrived.device, due=clock.due_at, cause=facts["cause"])
    return late


SUBMISSIONS: dict[str, Take] = {"complaint.file@1": file_complaint, "callback.wanted@1": want_callback}
