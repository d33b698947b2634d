"""Rule book of the household register (一户一档).

Source: seed 002, 南航客服流程范文第2篇, and the law that stands behind it.

    ORG1  日常住戶聯系、溝通協調工作              one file per household; everything that is said lands there
    ORG3  向業主、使用人通知收取及催繳             owner and occupant are both known for every unit
    ORG5  文檔的管理                            nothing of a file is deleted: a change ends one row and adds another
    MI1   業主身份證、入住通知單、房屋買賣契約      an owner shows three originals
    MI2   還需提供委托人身份證及委托書             an agent shows two more, and the power of attorney names scope and term (Civil Code 165)
    MI3   還需提供單位證明及個人身份證明            a company shows two more, and acts through a handler
    TR24  最佳的電話時間是:晚上8點                best time to call: 20:00 unless the household says otherwise
    TR31  核對新簽檔案中聯系電話是否留有5個以上      a complete file holds five phone numbers
    TR46  綠色通道                              who is marked for special care goes first
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from desk.kit.problems import Refused

PHONES_WANTED = 5  # TR31
BEST_CALL_TIME = "20:00"  # TR24


class Usage(StrEnum):
    """What a unit is built for (房屋用途)."""

    DWELLING = "dwelling"
    SHOP = "shop"
    OFFICE = "office"
    PARKING = "parking"
    STORAGE = "storage"


class UnitState(StrEnum):
    """Whether somebody lives or works in a unit."""

    OCCUPIED = "occupied"
    VACANT = "vacant"


class UnitFact(StrEnum):
    """What is known of a unit, besides where it is."""

    AREA = "area_cm2"
    USAGE = "usage"
    STATE = "state"
    DELIVERED = "delivered_on"
    RENOVATED = "renovated_on"
    RENOVATED_BY = "renovated_by"


class PersonKind(StrEnum):
    """A natural person or a company (单位)."""

    NATURAL = "natural"
    COMPANY = "company"


class HouseRole(StrEnum):
    """In which role a person belongs to a unit: 业主, 共有人, 租户, 同住人, 代理人, 经办人."""

    OWNER = "owner"
    CO_OWNER = "co_owner"
    TENANT = "tenant"
    OCCUPANT = "occupant"
    AGENT = "agent"
    HANDLER = "handler"


class IdKind(StrEnum):
    """Which document proves who a person is."""

    ID_CARD = "id_card"
    CREDIT_CODE = "credit_code"
    OTHER = "other"


class CareNeed(StrEnum):
    """Why a person is served first and at home (TR46)."""

    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    ILL = "ill"
    ALONE = "alone"
    OTHER = "other"


class ContactKind(StrEnum):
    """How a person is reached."""

    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    ADDRESS = "address"


class Purpose(StrEnum):
    """What a person may agree to beyond the service itself (PIPL 14, 23); each can be taken back (PIPL 15)."""

    GREETINGS = "greetings"
    EVENTS = "events"
    SURVEYS = "surveys"
    CONTRACTORS = "contractors"


class IdentityKind(StrEnum):
    """Who stands at the counter: decides which originals are asked for (MI1-MI3)."""

    OWNER = "owner"
    AGENT = "agent"
    COMPANY = "company"


OWNERS = frozenset({HouseRole.OWNER, HouseRole.CO_OWNER})
ACTS_FOR_ANOTHER = frozenset({HouseRole.AGENT, HouseRole.HANDLER})
LIVES_THERE = frozenset({HouseRole.TENANT, HouseRole.OCCUPANT})

_OWNERS_PAPERS = ("owner_id", "move_in_notice", "purchase_contract")
IDENTITY_PAPERS = {
    IdentityKind.OWNER: _OWNERS_PAPERS,  # MI1
    IdentityKind.AGENT: (*_OWNERS_PAPERS, "agent_id", "power_of_attorney"),  # MI2
    IdentityKind.COMPANY: (*_OWNERS_PAPERS[1:], "company_certificate", "handler_id"),  # MI3
}


@dataclass(frozen=True)
class Building:
    """A building (楼栋); `completed_on` is the day of its completion acceptance (竣工验收), from which warranties run."""

    id: str
    code: str  # '3'
    name: str  # '3栋'
    developer: str = ""
    completed_on: date | None = None
    version: int = 1


@dataclass(frozen=True)
class Entrance:
    """An entrance (单元) of a building; its code is '' where the building has only one."""

    id: str
    building: str
    code: str


@dataclass(frozen=True)
class Floor:
    """A floor of an entrance; below ground it counts -1, -2."""

    id: str
    entrance: str
    number: int


@dataclass(frozen=True)
class Unit:
    """A unit (房屋): `label` as it is written, `key` as it is compared; `building`, `entrance`, `floor` are ids; area in square centimetres."""

    id: str
    building: str
    entrance: str
    floor: str
    label: str  # '3-1-1803'
    room: str  # '1803'
    key: str  # '3|1|1803'
    area_cm2: int | None = None
    usage: Usage = Usage.DWELLING
    state: UnitState = UnitState.VACANT
    delivered_on: date | None = None
    renovated_on: date | None = None  # the day the renovation was accepted
    renovated_by: str = ""
    version: int = 1


@dataclass(frozen=True)
class Person:
    """A natural person or company; of an ID number only the last four and a keyed hash are kept."""

    id: str
    name: str
    kind: PersonKind = PersonKind.NATURAL
    initials: str = ""  # 'zsf zcf': every reading, for the search box
    id_kind: IdKind | None = None
    id_last4: str = ""
    id_hash: str = ""
    care: CareNeed | None = None
    care_note: str = ""
    version: int = 1


@dataclass(frozen=True)
class Contact:
    """One way to reach a person; an ended one stays in the file (TR33)."""

    id: str
    person: str
    kind: ContactKind
    value: str
    added_at: datetime
    preferred: bool = False
    best_time: str = ""  # '20:00'
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Consent:
    """That a person agreed to be contacted for a purpose, how they said so, and when they took it back."""

    id: str
    contact: str
    purpose: Purpose
    given_at: datetime
    how: str
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Occupancy:
    """That a person belongs to a unit in a role, from the first to the last day (both included; None = not known, or open).

    `principal` is the person for whom an agent or handler acts; `scope` and `term_on` are what the power of attorney says.
    """

    id: str
    unit: str
    person: str
    role: HouseRole
    from_on: date | None = None
    to_on: date | None = None
    principal: str = ""
    scope: str = ""
    term_on: date | None = None
    relation: str = ""  # '配偶'
    version: int = 1


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
