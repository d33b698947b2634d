"""Submissions that need a person: entered as a contact that was received at the resident's submit time, or closed with words to the resident."""

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.journal import change
from desk.kit.plugs import Outcome, Verdict
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.kiosks.inputs import Closing, EnterAsContact, Reason
from desk.workflows.reception import commands as reception
from desk.workflows.reception.inputs import Contact
from desk.workflows.reception.rules import ContactChannel, ContactRow, Matter
from sync import inbox
from sync.inbox import store
from sync.inbox.store import Entry

MATTERS = {"repair.report": Matter.REPAIR, "repair.wished": Matter.REPAIR, "complaint.file": Matter.COMPLAINT}
SOURCE = "kiosk"


def the_entry(db: Database, entry_id: str) -> Entry:
    """Return the submission with this id; `Missing` if there is none."""
    found = store.entry(db, entry_id)
    if found is None:
        raise Missing("submission.unknown", id=entry_id)
    return found


def waits(entry: Entry) -> bool:
    """Tell whether a submission still needs a person."""
    return entry.settled_at is None and entry.verdict in (Verdict.NEEDS_STAFF, Verdict.DEFERRED)


def _waiting(db: Database, entry_id: str) -> Entry:
    entry = the_entry(db, entry_id)
    if not waits(entry):
        raise Refused("submission.settled_already", number=entry.number)
    return entry


def said_in(entry: Entry, name: str, most: int = 4000) -> str:
    """Return one thing that the resident typed, as text; '' if it was not said."""
    value = entry.body.get(name)
    return str(value).strip()[:most] if isinstance(value, str | int) else ""


def enter_as_contact(db: Database, act: Act, entry_id: str, said: EnterAsContact) -> ContactRow:
    """Enter a submission into the contact log, received when the resident submitted it: whatever becomes of it counts from there."""
    with change(db, act) as note:
        entry = _waiting(db, entry_id)
        words = "\n".join(filter(None, (said_in(entry, "what") or said_in(entry, "wished"), said.words)))
        contact = Contact.read(
            {
                "channel": ContactChannel.KIOSK, "words": words or entry.number, "matter": MATTERS.get(entry.kind, Matter.QUESTION),
                "subject": said_in(entry, "about", 200), "unit": said.unit, "person": said_in(entry, "name", 100),
                "wished": said_in(entry, "wished", 100), "phone": _phone(entry), "received_at": entry.effective_at, "source": SOURCE,
                "external_id": entry.id,
            }
        )  # fmt: skip
        taken = reception.take_contact(db, act, contact)
        outcome = Outcome(Verdict.ACCEPTED, kind="intake", object=taken.id, about=taken.unit)
        inbox.settle(db, act, note, entry.id, outcome, "")
    return taken


def _phone(entry: Entry) -> str:
    """Return the telephone number if it is one; a clerk sees what was typed in any case."""
    typed = said_in(entry, "phone", 30)
    try:
        return Contact.read({"channel": "kiosk", "words": "-", "phone": typed}).phone
    except Unclear:
        return ""


def close(db: Database, act: Act, entry_id: str, said: Closing) -> Entry:
    """Close a submission with words that its resident can read at any kiosk."""
    with change(db, act) as note:
        entry = _waiting(db, entry_id)
        inbox.settle(db, act, note, entry.id, Outcome(Verdict.REJECTED, reason="submission.closed"), said.words)
    return the_entry(db, entry_id)


def look_at(db: Database, act: Act, n: int, said: Reason) -> None:
    """Write that a person looked at something that was set aside, and what they found."""
    with change(db, act) as note:
        found = next((one for one in store.quarantined(db) if one.n == n), None)
        if found is None:
            raise Missing("submission.unknown", id=str(n))
        store.settle_aside(db, n, act.now, act.actor, said.reason)
        note("submission.looked_at", f"quarantine:{n}", kiosk=found.device, why=found.why, words=said.reason)
