"""What people do with one person: name and document, special care, contacts and consents. Entered in every file the person belongs to."""

from dataclasses import replace

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import Note, change
from desk.kit.problems import Missing, Refused, Unclear
from desk.kit.words import _
from desk.workflows.households import finding, names, rules, store
from desk.workflows.households.commands import id_facts, named, the_person
from desk.workflows.households.inputs import CareInput, ConsentInput, ContactInput, PersonInput
from desk.workflows.households.rules import Consent, Contact, Person


def _tell_files(db: Database, note: Note, person: Person, happened: str, **details: object) -> None:
    """Enter what happened to a person in the file of each unit where they have an open role, or in none."""
    files = dict.fromkeys(role.unit for role, _unit in store.roles_of(db, person.id) if role.to_on is None)
    for unit_id in files or {"": None}:
        note(happened, person.id, unit_id, name=person.name, **details)


def describe_person(db: Database, act: Act, person_id: str, said: PersonInput) -> Person:
    """Change a person's name or document; the name before stays in the timeline."""
    with change(db, act) as note:
        old = the_person(db, person_id)
        rules.check_version(old.version, said.version)
        id_kind, last4, hashed = id_facts(db, said.id_number) if said.id_number else (old.id_kind, old.id_last4, old.id_hash)
        holder = store.person_of_id(db, hashed)
        if holder is not None and holder.id != old.id:
            raise Unclear(
                "form.unclear", fields={"id_number": _("This ID number belongs to %(name)s in the register.", name=holder.name)}, values={}
            )
        new = replace(
            old, name=said.name, kind=said.kind, initials=" ".join(names.initials_of(said.name)),
            id_kind=id_kind, id_last4=last4, id_hash=hashed, version=old.version + 1,
        )  # fmt: skip
        store.keep(db, new)
        finding.index_person(db, new)
        _tell_files(db, note, new, "person.described", was=old.name, document=hashed != old.id_hash)
    return new


def mark_care(db: Database, act: Act, person_id: str, said: CareInput) -> Person:
    """Mark a person for special care with its reason, or take the mark away (TR46)."""
    with change(db, act) as note:
        old = the_person(db, person_id)
        rules.check_version(old.version, said.version)
        new = replace(old, care=said.care, care_note=said.care_note if said.care else "", version=old.version + 1)
        store.keep(db, new)
        _tell_files(
            db, note, new, "person.care_marked" if said.care else "person.care_unmarked", care=named(said.care), remark=said.care_note
        )
    return new


def add_contact(db: Database, act: Act, person_id: str, said: ContactInput) -> Contact:
    """Add a way to reach a person; the first phone, or one that is said to be, becomes the preferred one."""
    with change(db, act) as note:
        person = the_person(db, person_id)
        held = [contact for contact in store.contacts(db, person.id) if contact.ended_at is None]
        if any(contact.kind is said.kind and contact.value == said.value for contact in held):
            raise Unclear("form.unclear", fields={"value": _("%(name)s has this contact already.", name=person.name)}, values={})
        first = not any(contact.kind is said.kind for contact in held)
        new = Contact(new_id(act.now), person.id, said.kind, said.value, act.now, said.preferred or first, said.best_time or "")
        store.keep(db, new)
        if new.preferred:
            _prefer_only(db, new, held)
        finding.index_person(db, person)
        _tell_files(db, note, person, "contact.added", kind=named(new.kind), contact=new.id)
    return new


def _prefer_only(db: Database, preferred: Contact, held: list[Contact]) -> None:
    for other in held:
        if other.preferred and other.kind is preferred.kind and other.id != preferred.id:
            store.keep(db, replace(other, preferred=False))


def prefer_contact(db: Database, act: Act, contact_id: str) -> Contact:
    """Make a contact the one to use first among its kind."""
    with change(db, act) as note:
        old = the_contact(db, contact_id)
        if old.ended_at is not None:
            raise Refused("contact.ended_already", value=old.value)
        new = replace(old, preferred=True)
        store.keep(db, new)
        _prefer_only(db, new, [contact for contact in store.contacts(db, old.person) if contact.ended_at is None])
        _tell_files(db, note, the_person(db, old.person), "contact.preferred", kind=named(new.kind), contact=new.id)
    return new


def the_contact(db: Database, contact_id: str) -> Contact:
    """Return the contact with this id; `Missing` if there is none."""
    found = store.contact(db, contact_id)
    if found is None:
        raise Missing("contact.unknown", id=contact_id)
    return found


def drop_contact(db: Database, act: Act, contact_id: str) -> Contact:
    """Say that a contact is no longer right, and take back the consents given for it; all of it stays in the file."""
    with change(db, act) as note:
        ended = rules.drop(the_contact(db, contact_id), act.now)
        person = the_person(db, ended.person)
        store.keep(db, ended)
        for given in store.consents(db, person.id):
            if given.contact == ended.id and given.withdrawn_at is None:
                store.keep(db, rules.withdraw(given, act.now))
        finding.index_person(db, person)
        _tell_files(db, note, person, "contact.dropped", kind=named(ended.kind), contact=ended.id)
    return ended


def give_consent(db: Database, act: Act, said: ConsentInput) -> Consent:
    """Keep that a person agreed to be contacted for a purpose, and how they said so."""
    with change(db, act) as note:
        contact = the_contact(db, said.contact)
        if contact.ended_at is not None:
            raise Refused("contact.ended_already", value=contact.value)
        given = [one for one in store.consents(db, contact.person) if one.contact == contact.id and one.withdrawn_at is None]
        if any(one.purpose is said.purpose for one in given):
            raise Refused("consent.given_already")
        new = Consent(new_id(act.now), contact.id, said.purpose, act.now, said.how)
        store.keep(db, new)
        _tell_files(db, note, the_person(db, contact.person), "consent.given", purpose=named(said.purpose), how=said.how)
    return new


def withdraw_consent(db: Database, act: Act, consent_id: str) -> Consent:
    """Take a consent back at once."""
    with change(db, act) as note:
        old = store.consent(db, consent_id)
        if old is None:
            raise Missing("consent.unknown", id=consent_id)
        new = rules.withdraw(old, act.now)
        store.keep(db, new)
        person = the_person(db, the_contact(db, new.contact).person)
        _tell_files(db, note, person, "consent.withdrawn", purpose=named(new.purpose))
    return new
