"""The household register's SQL: rows in, dataclasses out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.kit.database import Database, put
from desk.kit.rows import from_row
from desk.workflows.households.estate.store import (
    beginning,
    building,
    building_of_code,
    buildings,
    counts,
    entrance,
    entrance_of,
    floor,
    floor_of,
    spelled,
    unit,
    unit_of_key,
    units,
    units_of,
)
from desk.workflows.households.rules import (
    Building,
    CareNeed,
    Consent,
    Contact,
    ContactKind,
    Entrance,
    Floor,
    HouseRole,
    Occupancy,
    Person,
    Unit,
    holds,
)

__all__ = [
    "TABLES",
    "Card",
    "Member",
    "Row",
    "beginning",
    "building",
    "building_of_code",
    "buildings",
    "care_by_unit",
    "consent",
    "consents",
    "contact",
    "contacts",
    "counts",
    "entrance",
    "entrance_of",
    "every",
    "faults",
    "floor",
    "floor_of",
    "history",
    "id_key",
    "keep",
    "keep_id_key",
    "occupancy",
    "people",
    "person",
    "person_of_id",
    "persons_named",
    "persons_reached_at",
    "roles_of",
    "special_care",
    "spelled",
    "unit",
    "unit_card",
    "unit_of_key",
    "units",
    "units_of",
]

TABLES = {
    Building: "building",
    Entrance: "entrance",
    Floor: "floor",
    Unit: "unit",
    Person: "person",
    Contact: "contact",
    Consent: "consent",
    Occupancy: "occupancy",
}
Row = Building | Entrance | Floor | Unit | Person | Contact | Consent | Occupancy


@dataclass(frozen=True)
class Member:
    """A person in a role in a unit, with the contacts that still hold, the preferred one first."""

    occupancy: Occupancy
    person: Person
    contacts: tuple[Contact, ...] = ()

    @property
    def role(self) -> HouseRole:
        """Return the role."""
        return self.occupancy.role

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.person.name

    @property
    def phone(self) -> str:
        """Return the phone to call, '' if none is known."""
        return next((contact.value for contact in self.contacts if contact.kind is ContactKind.PHONE), "")

    @property
    def best_time(self) -> str:
        """Return when that phone is best called, '' for the usual time."""
        return next((contact.best_time for contact in self.contacts if contact.kind is ContactKind.PHONE), "")


@dataclass(frozen=True)
class Card:
    """What stands beside a form about a unit: the unit, its building, who belongs to it today, and who needs special care."""

    unit: Unit
    building: Building
    people: tuple[Member, ...]
    care: tuple[Person, ...]


def keep(db: Database, thing: Row) -> None:
    """Write a row of the register."""
    put(db, TABLES[type(thing)], thing)


def every(db: Database, kind: type[Any]) -> list[Any]:
    """Return all rows of one kind, oldest first."""
    return [from_row(kind, row) for row in db.rows(f"SELECT * FROM {TABLES[kind]} ORDER BY id")]


def person(db: Database, person_id: str) -> Person | None:
    """Return a person, or None."""
    row = db.row("SELECT * FROM person WHERE id = :id", {"id": person_id})
    return from_row(Person, row) if row else None


def person_of_id(db: Database, id_hash: str) -> Person | None:
    """Return the person whose document has this keyed hash, or None."""
    row = db.row("SELECT * FROM person WHERE id_hash = :h AND id_hash <> ''", {"h": id_hash})
    return from_row(Person, row) if row else None


def persons_reached_at(db: Database, value: str) -> list[Person]:
    """Return who is reached at a phone number or address that still holds."""
    rows = db.rows(
        "SELECT DISTINCT person.* FROM contact JOIN person ON person.id = contact.person WHERE contact.value = :v AND contact.ended_at IS NULL",
        {"v": value},
    )
    return [from_row(Person, row) for row in rows]


def contact(db: Database, contact_id: str) -> Contact | None:
    """Return a contact, or None."""
    row = db.row("SELECT * FROM contact WHERE id = :id", {"id": contact_id})
    return from_row(Contact, row) if row else None


def contacts(db: Database, person_id: str) -> list[Contact]:
    """Return every contact of a person, the preferred one first and the ended ones last."""
    rows = db.rows(
        "SELECT * FROM contact WHERE person = :p ORDER BY ended_at IS NOT NULL, preferred DESC, kind = 'phone' DESC, id", {"p": person_id}
    )
    return [from_row(Contact, row) for row in rows]


def consent(db: Database, consent_id: str) -> Consent | None:
    """Return a consent, or None."""
    row = db.row("SELECT * FROM consent WHERE id = :id", {"id": consent_id})
    return from_row(Consent, row) if row else None


def consents(db: Database, person_id: str) -> list[Consent]:
    """Return what a person agreed to, newest first, withdrawn ones included."""
    rows = db.rows(
        "SELECT consent.* FROM consent JOIN contact ON contact.id = consent.contact WHERE contact.person = :p ORDER BY consent.given_at DESC",
        {"p": person_id},
    )
    return [from_row(Consent, row) for row in rows]


def occupancy(db: Database, occupancy_id: str) -> Occupancy | None:
    """Return a role of a person in a unit, or None."""
    row = db.row("SELECT * FROM occupancy WHERE id = :id", {"id": occupancy_id})
    return from_row(Occupancy, row) if row else None


def roles_of(db: Database, person_id: str) -> list[tuple[Occupancy, Unit]]:
    """Return every role of a person with its unit, the open ones first."""
    rows = db.rows("SELECT * FROM occupancy WHERE person = :p ORDER BY to_on IS NOT NULL, to_on DESC, id", {"p": person_id})
    found = [from_row(Occupancy, row) for row in rows]
    places = units(db, (one.unit for one in found))
    return [(one, places[one.unit]) for one in found]


def history(db: Database, unit_id: str) -> list[Member]:
    """Return everybody who ever had a role in a unit: the open roles before the ended ones, owners first."""
    rows = db.rows(
        """
        SELECT * FROM occupancy WHERE unit = :unit
        ORDER BY to_on IS NOT NULL, to_on DESC,
            CASE role WHEN 'owner' THEN 0 WHEN 'co_owner' THEN 1 WHEN 'tenant' THEN 2 WHEN 'occupant' THEN 3 WHEN 'agent' THEN 4 ELSE 5 END, id
        """,
        {"unit": unit_id},
    )
    persons = {row["id"]: from_row(Person, row) for row in db.rows(_OF_UNIT.format(table="person", column="id"), {"unit": unit_id})}
    reached: dict[str, list[Contact]] = defaultdict(list)
    for row in db.rows(
        _OF_UNIT.format(table="contact", column="person") + " AND ended_at IS NULL ORDER BY preferred DESC, kind = 'phone' DESC, id",
        {"unit": unit_id},
    ):
        reached[row["person"]].append(from_row(Contact, row))
    return [_member(from_row(Occupancy, row), persons, reached) for row in rows]


_OF_UNIT = "SELECT * FROM {table} WHERE {column} IN (SELECT person FROM occupancy WHERE unit = :unit)"


def _member(role: Occupancy, persons: dict[str, Person], reached: dict[str, list[Contact]]) -> Member:
    return Member(role, persons[role.person], tuple(reached[role.person]))


def people(db: Database, unit_id: str, on: date) -> list[Member]:
    """Return who belongs to a unit on a day, owners first."""
    found = [member for member in history(db, unit_id) if holds(member.occupancy, on)]
    return sorted(found, key=lambda member: _ROLES.index(member.role))


_ROLES = list(HouseRole)


def unit_card(db: Database, unit_id: str, on: date) -> Card | None:
    """Return what stands beside a form about a unit, or None for an unknown unit."""
    place = unit(db, unit_id)
    house = building(db, place.building) if place else None
    if place is None or house is None:
        return None
    members = tuple(people(db, unit_id, on))
    care = {member.person.id: member.person for member in members if member.person.care is not None}
    return Card(place, house, members, tuple(care.values()))


def persons_named(db: Database, name: str, limit: int = 20) -> list[Person]:
    """Return people of exactly this name."""
    return [from_row(Person, row) for row in db.rows("SELECT * FROM person WHERE name = :n LIMIT :limit", {"n": name, "limit": limit})]


def special_care(db: Database) -> list[tuple[Person, str]]:
    """Return who needs special care, with the label of a unit where they have an open role (TR46)."""
    rows = db.rows(
        """
        SELECT person.*, min(unit.label) AS label FROM person
        CROSS JOIN occupancy ON occupancy.person = person.id AND occupancy.to_on IS NULL JOIN unit ON unit.id = occupancy.unit
        WHERE person.care IS NOT NULL GROUP BY person.id ORDER BY label
        """
    )
    return [(from_row(Person, row), row["label"]) for row in rows]


def care_by_unit(db: Database, building_id: str) -> dict[str, CareNeed]:
    """Return unit id -> a care need of somebody with an open role there, for the grid of a building."""
    rows = db.rows(
        """
        SELECT unit.id, min(person.care) AS care FROM unit
        JOIN occupancy ON occupancy.unit = unit.id AND occupancy.to_on IS NULL JOIN person ON person.id = occupancy.person
        WHERE unit.building = :b AND person.care IS NOT NULL GROUP BY unit.id
        """,
        {"b": building_id},
    )
    return {row["id"]: CareNeed(row["care"]) for row in rows}


# The key that ID numbers are hashed with


def id_key(db: Database) -> str | None:
    """Return the site's own key for hashing ID numbers, or None before the first."""
    found: str | None = db.value("SELECT key FROM household_key")
    return found


def keep_id_key(db: Database, key: str) -> None:
    """Keep the key; a site has one for ever."""
    db.conn.execute("INSERT INTO household_key (id, key) VALUES (1, ?)", (key,))


# What verify asks


def faults(db: Database) -> list[tuple[str, dict[str, Any]]]:
    """Return what contradicts itself in the register."""
    found: list[tuple[str, dict[str, Any]]] = []
    for code, sql in _FAULTS.items():
        found += [(code, row) for row in db.rows(sql)]
    return found


_FAULTS = {
    "household.unknown_principal": """
        SELECT occupancy.id AS role, unit.label AS unit FROM occupancy JOIN unit ON unit.id = occupancy.unit
        WHERE principal <> '' AND principal NOT IN (SELECT id FROM person)""",
    "household.two_owners": """
        SELECT unit.label AS unit, count(*) AS owners FROM occupancy JOIN unit ON unit.id = occupancy.unit
        WHERE role = 'owner' AND to_on IS NULL GROUP BY occupancy.unit HAVING count(*) > 1""",
    "household.unit_not_found_by_search": """
        SELECT label AS unit FROM unit WHERE id NOT IN (SELECT object FROM search_entry WHERE kind = 'unit')""",
    "household.misplaced": """
        SELECT unit.label AS unit FROM unit JOIN floor ON floor.id = unit.floor JOIN entrance ON entrance.id = unit.entrance
        WHERE floor.entrance <> unit.entrance OR entrance.building <> unit.building""",
}
