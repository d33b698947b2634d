"""What the household register holds: places, people, and people's roles in places over time."""

from dataclasses import dataclass
from datetime import date, datetime

from desk.workflows.households.rules.choices import CareNeed, ContactKind, HouseRole, IdKind, PersonKind, Purpose, UnitState, Usage


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
