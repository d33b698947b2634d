"""The people of one roster row: who they are in the register, in which role they come in, how they are reached."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desk.kit.ids import new_id
from desk.kit.problems import Refused
from desk.kit.words import N_
from desk.workflows.households import names, rules
from desk.workflows.households.commands import facts_with
from desk.workflows.households.roster.register import Register
from desk.workflows.households.roster.rows import RosterRow
from desk.workflows.households.rules import (
    ACTS_FOR_ANOTHER,
    OWNERS,
    Contact,
    ContactKind,
    HouseRole,
    IdKind,
    Occupancy,
    Person,
    PersonKind,
    Unit,
)


class NotThis(Exception):
    """A row contradicts the register or an earlier row: the field, what was found, and the sentence for it."""

    def __init__(self, name: str, found: str, text: str, /, **places: Any) -> None:
        super().__init__(name, text)
        self.name, self.found, self.text, self.places = name, found, text, places


@dataclass
class Seen:
    """What the rest of the file says: needed to understand one row of it."""

    key: str  # with which ID numbers are hashed
    owners: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # unit key -> owners' names in the file
    facts: dict[tuple[str, str], tuple[Any, int]] = field(default_factory=dict)  # (unit or building, fact) -> value, row
    refs: dict[str, str] = field(default_factory=dict)  # person number in the file -> person


@dataclass(frozen=True)
class Entry:
    """One person of a row; `is_main` says that the row's document, care and other contacts are theirs."""

    row: RosterRow
    name: str
    role: HouseRole
    phones: tuple[str, ...]
    is_main: bool = True


def entries_of(row: RosterRow) -> Iterator[Entry]:
    """Yield the people of a row: the one it is about, further owners in the same cell, and a tenant in columns of their own."""
    paired = len(row.name) > 1 and len(row.name) == len(row.phone)
    for n, name in enumerate(row.name):
        phones = (row.phone[n],) if paired else row.phone if n == 0 else ()
        role = HouseRole.CO_OWNER if n and row.role is HouseRole.OWNER else row.role
        yield Entry(row, name, role, (*phones, *row.phones) if n == 0 else phones, n == 0)
    if row.tenant_name:
        yield Entry(row, row.tenant_name, HouseRole.TENANT, row.tenant_phone, is_main=False)


def bring_in(register: Register, seen: Seen, unit: Unit, entry: Entry) -> bool:
    """Bring a person into a unit; return whether their role there is new. Raises `NotThis`."""
    document = facts_with(seen.key, entry.row.id_number) if entry.is_main and entry.row.id_number else (None, "", "")
    person = _find(register, seen, unit, entry, document) or _new(register, entry, document)
    person = _known_better(person, entry, document)
    register.put(person)
    if entry.is_main and entry.row.person_ref:
        register.remember(seen.refs, entry.row.person_ref, person.id)
    _reach(register, person, entry)
    return _role(register, seen, unit, person, entry)


_Document = tuple[IdKind | None, str, str]


def _find(register: Register, seen: Seen, unit: Unit, entry: Entry, document: _Document) -> Person | None:
    """Return who this is: by the person's number, the document, the same name in this unit, or the same name and phone."""
    ref = entry.row.person_ref if entry.is_main else ""
    by_ref = register.persons.get(seen.refs.get(ref, ref)) if ref else None
    if by_ref is not None and by_ref.name != entry.name:
        raise NotThis("person_ref", ref, N_("This number belongs to %(name)s in the register."), name=by_ref.name)
    by_document = register.persons.get(register.by_document.get(document[2], ""))
    if by_document is not None and by_document.name != entry.name:
        raise NotThis(
            "id_number", entry.row.id_number or "", N_("This ID number belongs to %(name)s in the register."), name=by_document.name
        )
    return by_ref or by_document or _namesake(register, unit, entry, document)


def _namesake(register: Register, unit: Unit, entry: Entry, document: _Document) -> Person | None:
    last4 = document[1] or (entry.row.id_last4 if entry.is_main else "")
    for role in register.roles[unit.id]:
        person = register.persons[role.person]
        if person.name != entry.name:
            continue
        if _differs(person, document[2], last4):
            name = "id_number" if document[2] else "id_last4"
            found = entry.row.id_number or entry.row.id_last4
            raise NotThis(
                name,
                found,
                N_("The register has another document for %(name)s, ending in %(last4)s."),
                name=person.name,
                last4=person.id_last4,
            )
        return person
    if entry.is_main and entry.row.person_ref:
        return None  # the file keeps two people apart
    reached = [register.by_phone.get((entry.name, phone)) for phone in entry.phones]
    found_there = next((register.persons[person_id] for person_id in reached if person_id), None)
    return None if found_there is None or _differs(found_there, document[2], last4) else found_there


def _differs(person: Person, hashed: str, last4: str) -> bool:
    return bool(hashed and person.id_hash and hashed != person.id_hash) or bool(last4 and person.id_last4 and last4 != person.id_last4)


def _new(register: Register, entry: Entry, document: _Document) -> Person:
    company = document[0] is IdKind.CREDIT_CODE or names.looks_like_company(entry.name)
    kind = PersonKind.COMPANY if company else PersonKind.NATURAL
    return Person(new_id(register.now), entry.name, kind, " ".join(names.initials_of(entry.name)))


def _known_better(person: Person, entry: Entry, document: _Document) -> Person:
    """Return a person with what the row adds: a document where none was kept, kind and care where the row says them."""
    if not entry.is_main:
        return person
    row, new = entry.row, person
    if document[2] and not person.id_hash:
        new = replace(new, id_kind=document[0], id_last4=document[1], id_hash=document[2])
    elif row.id_last4 and not person.id_last4:
        new = replace(new, id_last4=row.id_last4)
    new = replace(new, kind=row.kind or new.kind, care=row.care or new.care, care_note=row.care_note or new.care_note)
    return new


def _reach(register: Register, person: Person, entry: Entry) -> None:
    """Add the contacts of a row; one that was ended in the register stays ended."""
    row = entry.row
    said = [(ContactKind.PHONE, phone) for phone in entry.phones]
    if entry.is_main:
        said += [
            (kind, value)
            for kind, value in ((ContactKind.EMAIL, row.email), (ContactKind.WECHAT, row.wechat), (ContactKind.ADDRESS, row.address))
            if value
        ]
    for kind, value in said:
        held = [contact for contact in register.contacts[person.id] if contact.kind is kind]
        if all(contact.value != value for contact in held):
            preferred = not any(contact.preferred for contact in held)
            register.put(Contact(new_id(register.now), person.id, kind, value, register.now, preferred))
    if entry.is_main and row.best_time:
        for contact in register.contacts[person.id]:
            if contact.kind is ContactKind.PHONE and contact.preferred:
                register.put(replace(contact, best_time=row.best_time))


def _role(register: Register, seen: Seen, unit: Unit, person: Person, entry: Entry) -> bool:
    """Keep in which role a person belongs to the unit; return whether that is new."""
    from_on, to_on = (entry.row.from_on, entry.row.to_on) if entry.is_main else (None, None)
    old = _same_role(register, unit, person, entry.role, from_on, to_on)
    if old is not None:
        _fill(register, unit, old, entry, from_on, to_on)
        return False
    role = _free_role(register, seen, unit, person, entry, from_on, to_on)
    principal = _principal(register, unit, entry) if role in ACTS_FOR_ANOTHER else ""
    row = entry.row
    new = Occupancy(new_id(register.now), unit.id, person.id, role, from_on, to_on, principal)
    if entry.is_main:
        new = replace(new, scope=row.scope, term_on=row.term_on, relation=row.relation)
    try:
        rules.admit(new, person, [(one, register.persons[one.person]) for one in register.roles[unit.id]])
    except Refused as problem:
        raise NotThis("role", entry.name, problem.code, **dict(problem.details)) from None
    register.put(new)
    return True


def _same_role(
    register: Register, unit: Unit, person: Person, role: HouseRole, from_on: date | None, to_on: date | None
) -> Occupancy | None:
    """Return the role in the register that a row means: the same days, or days that one of the two does not say."""
    alike = [one for one in register.roles[unit.id] if one.person == person.id and (one.role is role or {one.role, role} <= OWNERS)]
    for one in alike:
        if (one.from_on, one.to_on) == (from_on, to_on):
            return one
    for one in sorted(alike, key=lambda one: one.to_on or date.max, reverse=True):
        if (from_on is None or one.from_on in (None, from_on)) and (to_on is None or one.to_on in (None, to_on)):
            return one
    return None


def _fill(register: Register, unit: Unit, old: Occupancy, entry: Entry, from_on: date | None, to_on: date | None) -> None:
    row = entry.row
    new = replace(old, from_on=old.from_on or from_on, to_on=old.to_on or to_on)
    if entry.is_main:
        new = replace(new, scope=row.scope or old.scope, term_on=row.term_on or old.term_on, relation=row.relation or old.relation)
    if new != old:
        register.put(replace(new, version=old.version + 1))


def _free_role(
    register: Register, seen: Seen, unit: Unit, person: Person, entry: Entry, from_on: date | None, to_on: date | None
) -> HouseRole:
    """Return the role that is free: a second owner in the file is a co-owner; beside an owner the file does not know, a person decides."""
    if entry.role is not HouseRole.OWNER:
        return entry.role
    wanted = Occupancy("", unit.id, person.id, HouseRole.OWNER, from_on, to_on)
    for old in register.roles[unit.id]:
        if old.role is HouseRole.OWNER and rules.overlaps(old, wanted):
            owner = register.persons[old.person].name
            if owner not in seen.owners[unit.key]:
                raise NotThis("name", entry.name, OTHER_OWNER, owner=owner, unit=unit.label)
            return HouseRole.CO_OWNER
    return HouseRole.OWNER


OTHER_OWNER = N_(
    "%(unit)s belongs to %(owner)s in the register. Write co-owner in the role column, or hand the unit over on its page first."
)


def _principal(register: Register, unit: Unit, entry: Entry) -> str:
    """Return for whom an agent or handler acts: who is named, else the owner."""
    people = [(one, register.persons[one.person]) for one in register.roles[unit.id]]
    for role, person in people:
        if (entry.row.principal and person.name == entry.row.principal) or (not entry.row.principal and role.role is HouseRole.OWNER):
            return person.id
    if entry.row.principal:
        raise NotThis(
            "principal", entry.row.principal, N_("Nobody of this name belongs to the unit. Enter that person in a row of their own.")
        )
    return ""
