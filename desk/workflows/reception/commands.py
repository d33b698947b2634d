"""What people do at reception. Each act is one change with an entry in the work journal (RC7)."""

from dataclasses import replace
from datetime import datetime

from desk.kit import clocks, search
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.kit.clock import day_of, to_text
from desk.kit.database import Database
from desk.kit.deadlines import Manual
from desk.kit.ids import new_id
from desk.kit.journal import Note, change
from desk.kit.problems import Missing, Unclear
from desk.kit.words import _
from desk.workflows.households import store as register
from desk.workflows.households.commands import unit_of
from desk.workflows.households.rules import Unit
from desk.workflows.reception import rules, store
from desk.workflows.reception.inputs import Contact, Joining, Promising, Reply, WhereFrom
from desk.workflows.reception.rules import ContactRow, ContactState

CALLBACK = "intake.promise"  # the clock of a promised answer
LINE = 80
"""So much of somebody's words stands in one line of a list or of the journal."""


def take_contact(db: Database, act: Act, said: Contact) -> ContactRow:
    """Enter a contact into the log, by whatever way it came; `Unclear` names what still has to be asked (RC1, RC3, RC5)."""
    with change(db, act) as note:
        unit = unit_of(db, said.unit) if said.unit else None
        taken = rules.admit(_row(act, said, unit, said.first or _needs_care(db, act, unit)))
        store.keep(db, taken)
        _index(db, taken)
        note(
            f"{taken.channel}.received", taken.id, taken.unit, who=who(taken), place=taken.place, phone=taken.phone, matter=taken.matter,
            what=line(taken), received_at=taken.received_at, answer=taken.answer, first=taken.first,
        )  # fmt: skip
        if taken.state is ContactState.HANDED_ON:
            note("intake.handed_on", taken.id, taken.unit, who=who(taken), office=taken.office, counterpart=taken.counterpart)
        if taken.promised_at:
            _run(db, act, note, taken)
    return taken


def _row(act: Act, said: Contact, unit: Unit | None, first: bool) -> ContactRow:
    """Return a contact's row as it is taken by this act."""
    return ContactRow(
        id=new_id(act.now), channel=said.channel, received_at=said.received_at or act.now, taken_at=act.now, taken_by=act.actor,
        taken_name=act.name, matter=said.matter, subject=said.subject, words=said.words, person=said.person, phone=said.phone,
        unit=unit.id if unit else "", place=unit.label if unit else "", office=said.office, counterpart=said.counterpart,
        wished=said.wished, promised_at=said.promised_at, answer=said.answer, answered_by=act.name if said.answer else "", first=first, source=said.source,
        external_id=said.external_id, sender=said.sender,
    )  # fmt: skip


def _needs_care(db: Database, act: Act, unit: Unit | None) -> bool:
    """Tell whether somebody who belongs to the unit today is marked for special care (TR46)."""
    card = register.unit_card(db, unit.id, day_of(act.now)) if unit else None
    return bool(card and card.care)


def the_contact(db: Database, contact_id: str) -> ContactRow:
    """Return the contact with this id; `Missing` if there is none."""
    found = store.contact(db, contact_id)
    if found is None:
        raise Missing("intake.unknown", id=contact_id)
    return found


def answer(db: Database, act: Act, contact_id: str, said: Reply) -> ContactRow:
    """Say what was answered to a contact."""
    with change(db, act) as note:
        old = the_contact(db, contact_id)
        rules.check_version(said.version, old)
        answered = rules.answer(old, said.answer, act.name, act.now)
        store.keep(db, answered)
        _index(db, answered)
        clocks.end(db, act, note, answered.id, CALLBACK)
        note("intake.answered", answered.id, answered.unit, who=who(answered), answer=answered.answer, was=old.answer)
    return answered


def promise(db: Database, act: Act, contact_id: str, said: Promising) -> ContactRow:
    """Promise an answer by an agreed time, when somebody else has to be asked first (RC2); it then stands on the board."""
    with change(db, act) as note:
        old = the_contact(db, contact_id)
        rules.check_version(said.version, old)
        promised = rules.promise(old, said.promised_at, act.now)
        store.keep(db, promised)
        note("intake.promised", promised.id, promised.unit, who=who(promised), promised_at=promised.promised_at, what=line(promised))
        _run(db, act, note, promised)
    return promised


def _run(db: Database, act: Act, note: Note, contact: ContactRow) -> None:
    """Let the clock of a promised answer run, for whoever promised it."""
    clocks.start(
        db, act, note, kind=CALLBACK, policy=rules.PROMISE, start=act.now, object_id=contact.id, number=who(contact), title=line(contact),
        waits_for=act.role or Role.FRONT_DESK.value, about=contact.unit, place=contact.place, person=act.actor,
        manual=Manual(contact.promised_at, line(contact), "agreed") if contact.promised_at else None,
    )  # fmt: skip


def break_promise(db: Database, act: Act, contact_id: str) -> ContactRow:
    """Mark a promise whose time passed without an answer, and bring it before the supervisor."""
    with change(db, act) as note:
        broken = rules.break_promise(the_contact(db, contact_id), act.now)
        store.keep(db, broken)
        clocks.hand(db, broken.id, CALLBACK, waits_for=Role.SUPERVISOR.value, person="")
        note("intake.promise_broken", broken.id, broken.unit, who=who(broken), promised_at=broken.promised_at, what=line(broken))
    return broken


def settle(db: Database, act: Act, contact_id: str, into: str, object_id: str, number: str) -> ContactRow:
    """Say that a contact became a case: `into` is its kind ('repair'), `number` as people say it. Called inside the case's own change."""
    with change(db, act) as note:
        turned = rules.turn(the_contact(db, contact_id), into, object_id, number)
        store.keep(db, turned)
        clocks.drop(db, act, note, turned.id, CALLBACK)
        note("intake.turned", turned.id, turned.unit, into=into, object=object_id, number=number, what=line(turned))
    return turned


def place(db: Database, act: Act, contact_id: str, said: WhereFrom) -> ContactRow:
    """Say which unit a contact comes from; who needs special care there goes first (TR46)."""
    with change(db, act) as note:
        old = the_contact(db, contact_id)
        rules.check_version(said.version, old)
        unit = unit_of(db, said.unit)
        placed = replace(old, unit=unit.id, place=unit.label, first=old.first or _needs_care(db, act, unit), version=old.version + 1)
        store.keep(db, placed)
        _index(db, placed)
        note("intake.placed", placed.id, placed.unit, place=placed.place, was=old.place, what=line(placed))
    return placed


def join(db: Database, act: Act, contact_id: str, said: Joining) -> ContactRow:
    """Join two contacts about the same thing, and return the one that carries on: the earlier receipt (TR16)."""
    with change(db, act) as note:
        mine = the_contact(db, contact_id)
        rules.check_version(said.version, mine)
        first, joined = rules.join(mine, the_contact(db, said.other))
        was = the_contact(db, first.id)
        store.keep(db, first)
        store.keep(db, joined)
        clocks.drop(db, act, note, joined.id, CALLBACK)
        if first.state is ContactState.TURNED:
            clocks.drop(db, act, note, first.id, CALLBACK)
        elif first.callback is not was.callback:
            _run(db, act, note, first)
        note("intake.joined", joined.id, joined.unit, received_at=first.received_at, to=first.id, what=line(joined))
    return first


def doubles(db: Database, contact: ContactRow) -> list[ContactRow]:
    """Return the contacts that look like the same thing, earliest first (TR16)."""
    return [other for other in store.near(db, contact) if rules.is_double(contact, other)]


def guess(db: Database, contact: ContactRow) -> Unit | None:
    """Return the unit that a contact without one spells out in its text, if exactly one can be meant."""
    meant: dict[str, Unit] = {}
    for room in rules.rooms_in((contact.subject, contact.words)) if not contact.unit else ():
        try:
            unit = unit_of(db, room)
        except Unclear:
            continue
        meant[unit.id] = unit
    return next(iter(meant.values())) if len(meant) == 1 else None


def who(contact: ContactRow) -> str:
    """Return who a contact is from, in words: name and unit, or the account, or 'not named'."""
    return " · ".join(part for part in (contact.person or contact.sender, contact.place) if part) or _("not named")


def line(contact: ContactRow) -> str:
    """Return what a contact is about in one line."""
    text = " ".join((contact.subject or contact.words).split())
    return text if len(text) <= LINE else f"{text[: LINE - 1]}…"


def _index(db: Database, contact: ContactRow) -> None:
    """Make a contact findable by every word of it, by phone and by account."""
    text = "\n".join((contact.subject, contact.words, contact.answer, contact.person, contact.place, contact.office, contact.sender))
    keys = [search.phone_key(contact.phone) if contact.phone else "", search.fold(contact.sender)]
    received = to_text(contact.received_at)
    search.index(
        db, contact.id, "intake", line(contact), f"{who(contact)} · {day_of(contact.received_at)}", contact.id, received, text, keys
    )


def keep_reply(db: Database, act: Act, contact: ContactRow, words: str, replied_at: datetime | None) -> ContactRow:
    """Keep an answer that was given elsewhere at a time of its own, as an import finds it."""
    with change(db, act) as note:
        answered = rules.answer(contact, words, "", replied_at or act.now)
        store.keep(db, answered)
        _index(db, answered)
        note("intake.answered", answered.id, answered.unit, who=who(answered), answer=answered.answer, answered_at=answered.answered_at)
    return answered
