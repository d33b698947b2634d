"""Who may be entered in a unit, for how long, for whom, and with which papers (ORG3, ORG5, MI1-MI3, TR33)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from desk.kit.problems import Refused
from desk.workflows.households.rules.choices import HouseRole, IdentityKind, PersonKind
from desk.workflows.households.rules.register import Consent, Contact, Occupancy, Person

OWNERS = frozenset({HouseRole.OWNER, HouseRole.CO_OWNER})
ACTS_FOR_ANOTHER = frozenset({HouseRole.AGENT, HouseRole.HANDLER})
LIVES_THERE = frozenset({HouseRole.TENANT, HouseRole.OCCUPANT})

_OWNERS_PAPERS = ("owner_id", "move_in_notice", "purchase_contract")
IDENTITY_PAPERS = {
    IdentityKind.OWNER: _OWNERS_PAPERS,  # MI1
    IdentityKind.AGENT: (*_OWNERS_PAPERS, "agent_id", "power_of_attorney"),  # MI2
    IdentityKind.COMPANY: (*_OWNERS_PAPERS[1:], "company_certificate", "handler_id"),  # MI3
}


def holds(occupancy: Occupancy, on: date) -> bool:
    """Tell whether a role holds on a day; a power of attorney past its term does not (Civil Code 173)."""
    begun = occupancy.from_on is None or occupancy.from_on <= on
    ended = occupancy.to_on is not None and occupancy.to_on < on
    expired = occupancy.role is HouseRole.AGENT and occupancy.term_on is not None and occupancy.term_on < on
    return begun and not ended and not expired


def overlaps(one: Occupancy, other: Occupancy) -> bool:
    """Tell whether two spans of days share a day."""
    return (one.from_on or date.min) <= (other.to_on or date.max) and (other.from_on or date.min) <= (one.to_on or date.max)


def admit(new: Occupancy, person: Person, others: list[tuple[Occupancy, Person]]) -> Occupancy:
    """Return a new role of a person in a unit if the file allows it; `others` are the unit's roles with their people."""
    if new.from_on and new.to_on and new.to_on < new.from_on:
        raise Refused("occupancy.ends_before_it_begins", from_on=new.from_on, to_on=new.to_on)
    for old, _ in others:
        if old.id != new.id and old.person == new.person and old.role is new.role and overlaps(old, new):
            raise Refused("occupancy.twice", name=person.name, role=new.role)
        if old.id != new.id and HouseRole.OWNER is new.role is old.role and overlaps(old, new):
            raise Refused("occupancy.has_owner", name=_name(others, old.person))
    if new.role in ACTS_FOR_ANOTHER:
        _acts_for(new, person, others)
    return new


def _acts_for(new: Occupancy, person: Person, others: list[tuple[Occupancy, Person]]) -> None:
    """Refuse an agent without scope and term (MI2, Civil Code 165), and a handler of somebody who is no company (MI3)."""
    principals = {who.id: who for old, who in others if old.role not in ACTS_FOR_ANOTHER and overlaps(old, new)}
    principal = principals.get(new.principal)
    if principal is None or principal.id == person.id:
        raise Refused("occupancy.principal_needed", name=person.name)
    if new.role is HouseRole.AGENT and not (new.scope and new.term_on):
        raise Refused("occupancy.scope_and_term_needed", name=person.name)
    if new.role is HouseRole.HANDLER and principal.kind is not PersonKind.COMPANY:
        raise Refused("occupancy.handler_needs_company", name=person.name, principal=principal.name)


def _name(others: list[tuple[Occupancy, Person]], person_id: str) -> str:
    return next((who.name for _, who in others if who.id == person_id), "")


def end(old: Occupancy, last_day: date) -> Occupancy:
    """Say on which day a role held for the last time."""
    if old.to_on is not None:
        raise Refused("occupancy.ended_already", to_on=old.to_on)
    if old.from_on is not None and last_day < old.from_on:
        raise Refused("occupancy.ends_before_it_begins", from_on=old.from_on, to_on=last_day)
    return replace(old, to_on=last_day, version=old.version + 1)


def give_way(others: list[Occupancy], handed_over_on: date) -> list[Occupancy]:
    """Return the roles that end on the day before a unit gets new owners: its owners and whoever acts for them."""
    open_owners = [old for old in others if old.role in OWNERS and old.to_on is None]
    people = {old.person for old in open_owners}
    actors = [old for old in others if old.role in ACTS_FOR_ANOTHER and old.principal in people and old.to_on is None]
    return [end(old, handed_over_on - timedelta(days=1)) for old in (*open_owners, *actors)]


def withdraw(consent: Consent, now: datetime) -> Consent:
    """Take a consent back: as easily as it was given, and without a reason (PIPL 15)."""
    if consent.withdrawn_at is not None:
        raise Refused("consent.withdrawn_already")
    return replace(consent, withdrawn_at=now)


def drop(contact: Contact, now: datetime) -> Contact:
    """Say that a contact is no longer right; the old value stays in the file (TR33)."""
    if contact.ended_at is not None:
        raise Refused("contact.ended_already", value=contact.value)
    return replace(contact, ended_at=now, preferred=False)


def identity_papers(role: HouseRole, kind: PersonKind) -> tuple[str, ...]:
    """Return the originals to ask for when somebody is entered in this role (MI1-MI3); none for those who merely live there."""
    if kind is PersonKind.COMPANY or role is HouseRole.HANDLER:
        return IDENTITY_PAPERS[IdentityKind.COMPANY]
    if role is HouseRole.AGENT:
        return IDENTITY_PAPERS[IdentityKind.AGENT]
    return IDENTITY_PAPERS[IdentityKind.OWNER] if role in OWNERS else ()


def check_version(found: int, read: int | None) -> None:
    """Refuse to write over what somebody else changed since the page was read."""
    if read is not None and read != found:
        raise Refused("record.changed", found=found, read=read)
