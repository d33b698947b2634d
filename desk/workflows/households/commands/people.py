"""What people do with people in units: they come, they leave, a unit gets a new owner. Entered in the unit's file."""

import hashlib
import hmac
import secrets
from dataclasses import replace

from desk.kit.act import Act
from desk.kit.clock import day_of
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import Note, change
from desk.kit.problems import Missing, Unclear
from desk.kit.words import _
from desk.workflows.households import finding, names, rules, store
from desk.workflows.households.commands.naming import named
from desk.workflows.households.commands.places import the_unit
from desk.workflows.households.inputs import (
    EndInput,
    HandOverInput,
    MemberInput,
)
from desk.workflows.households.rules import Contact, ContactKind, HouseRole, IdKind, Occupancy, Person


def id_facts(db: Database, number: str | None) -> tuple[IdKind | None, str, str]:
    """Return kind, last four and keyed hash of an ID number: all that is kept of it (PIPL 6, 28)."""
    return facts_with(site_key(db), number) if number else (None, "", "")


def site_key(db: Database) -> str:
    """Return the key that this site hashes ID numbers with, made at first use; called inside a change."""
    key = store.id_key(db)
    if key is None:
        key = secrets.token_hex(32)
        store.keep_id_key(db, key)
    return key


def facts_with(key: str, number: str) -> tuple[IdKind, str, str]:
    """Return kind, last four and hash of an ID number with a given key."""
    kind = IdKind.ID_CARD if names.is_id_card(number) else IdKind.CREDIT_CODE if names.is_credit_code(number) else IdKind.OTHER
    return kind, number[-4:], hmac.new(bytes.fromhex(key), number.encode(), hashlib.sha256).hexdigest()


def enter(db: Database, act: Act, unit_id: str, said: MemberInput) -> Occupancy:
    """Enter a person into a unit in a role: somebody already known, or somebody new with a first phone."""
    with change(db, act) as note:
        unit = the_unit(db, unit_id)
        person = the_person(db, said.person) if said.person else _new_person(db, act, said)
        others = [(member.occupancy, member.person) for member in store.history(db, unit.id)]
        role = Occupancy(
            new_id(act.now),
            unit.id,
            person.id,
            said.role,
            said.from_on,
            said.to_on,
            said.principal,
            said.scope,
            said.term_on,
            said.relation,
        )
        store.keep(db, rules.admit(role, person, others))
        if unit.state is rules.UnitState.VACANT and said.role in rules.LIVES_THERE and rules.holds(role, day_of(act.now)):
            store.keep(db, replace(unit, state=rules.UnitState.OCCUPIED, version=unit.version + 1))
        finding.index_person(db, person)
        note(
            "person.entered",
            person.id,
            unit.id,
            name=person.name,
            role=named(said.role),
            from_on=said.from_on,
            to_on=said.to_on,
            unit=unit.label,
        )
    return role


def the_person(db: Database, person_id: str) -> Person:
    """Return the person with this id; `Missing` if there is none."""
    found = store.person(db, person_id)
    if found is None:
        raise Missing("person.unknown", id=person_id)
    return found


def _new_person(db: Database, act: Act, said: MemberInput | HandOverInput) -> Person:
    """Keep a new person with a first phone; somebody with the same document is that person, not a second one."""
    id_kind, last4, hashed = id_facts(db, said.id_number)
    known = store.person_of_id(db, hashed) or _namesake(db, said, hashed)
    if known is not None:
        if known.name != said.name:
            text = _("This ID number belongs to %(name)s in the register.", name=known.name)
            raise Unclear("form.unclear", fields={"id_number": text}, values=said.model_dump(mode="json"))
        if hashed and not known.id_hash:
            known = replace(known, id_kind=id_kind, id_last4=last4, id_hash=hashed, version=known.version + 1)
            store.keep(db, known)
        if said.phone and all(one.value != said.phone or one.ended_at for one in store.contacts(db, known.id)):
            store.keep(db, Contact(new_id(act.now), known.id, ContactKind.PHONE, said.phone, act.now))
        return known
    name = said.name or ""
    care, care_note = (said.care, said.care_note) if isinstance(said, MemberInput) else (None, "")
    person = Person(new_id(act.now), name, said.kind, " ".join(names.initials_of(name)), id_kind, last4, hashed, care, care_note)
    store.keep(db, person)
    if said.phone:
        store.keep(db, Contact(new_id(act.now), person.id, ContactKind.PHONE, said.phone, act.now, preferred=True))
    return person


def _namesake(db: Database, said: MemberInput | HandOverInput, hashed: str) -> Person | None:
    """Return the person of this name who is reached at this phone, unless the documents differ."""
    reached = store.persons_reached_at(db, said.phone) if said.phone else []
    return next((one for one in reached if one.name == said.name and (not hashed or not one.id_hash)), None)


def leave(db: Database, act: Act, occupancy_id: str, said: EndInput) -> Occupancy:
    """Say on which day a role held for the last time; whoever acts for that person in this unit leaves with them."""
    with change(db, act) as note:
        old = store.occupancy(db, occupancy_id)
        if old is None:
            raise Missing("occupancy.unknown", id=occupancy_id)
        rules.check_version(old.version, said.version)
        ended = _end(db, note, rules.end(old, said.last_day), said.why)
        for member in store.history(db, old.unit):
            if member.occupancy.principal == old.person and member.occupancy.to_on is None:
                _end(db, note, rules.end(member.occupancy, said.last_day), said.why)
    return ended


def _end(db: Database, note: Note, ended: Occupancy, why: str) -> Occupancy:
    person = the_person(db, ended.person)
    store.keep(db, ended)
    finding.index_person(db, person)
    note("person.left", person.id, ended.unit, name=person.name, role=named(ended.role), to_on=ended.to_on, why=why)
    return ended


def hand_over(db: Database, act: Act, unit_id: str, said: HandOverInput) -> Occupancy:
    """Give a unit a new owner from a day on (过户): the owners before end with the day before, and so do those who act for them."""
    with change(db, act) as note:
        unit = the_unit(db, unit_id)
        roles = [member.occupancy for member in store.history(db, unit.id)]
        for ended in rules.give_way(roles, said.handed_over_on):
            _end(db, note, ended, "")
        person = _new_person(db, act, said)
        others = [(member.occupancy, member.person) for member in store.history(db, unit.id)]
        new = Occupancy(new_id(act.now), unit.id, person.id, HouseRole.OWNER, said.handed_over_on)
        store.keep(db, rules.admit(new, person, others))
        finding.index_person(db, person)
        note("unit.handed_over", unit.id, unit.id, name=person.name, from_on=said.handed_over_on, label=unit.label)
    return new
