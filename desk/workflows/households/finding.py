"""What the search box knows of the register: units in any spelling, people by name, initials, phone tail and room."""

from desk.kit import search
from desk.kit.database import Database
from desk.workflows.households import store
from desk.workflows.households.places import NUMERALS
from desk.workflows.households.rules import Building, ContactKind, Person, Unit


def keys_of(unit: Unit) -> list[str]:
    """Return the keys that find a unit: '3|1|1803', without the entrance, without signs, the room alone, and in Chinese numerals."""
    parts = unit.label.split("-")
    spellings = ["-".join(parts), f"{parts[0]}-{parts[-1]}", unit.room]
    spellings += ["-".join(NUMERALS.get(part, part) for part in parts[:-1]) + f"-{parts[-1]}"]
    return [*(search.key_of(spelling) for spelling in spellings), search.key_of(unit.label).replace("|", "")]


def index_unit(db: Database, unit: Unit, building: Building) -> None:
    """Make a unit findable."""
    text = f"{unit.label} {building.name}{unit.room}"
    search.index(db, unit.id, "unit", unit.label, building.name, unit.id, unit.key, text, keys_of(unit))


def index_person(db: Database, person: Person) -> None:
    """Make a person findable by what is in the register now; somebody without an open role keeps their name."""
    places = [unit for role, unit in store.roles_of(db, person.id) if role.to_on is None]
    reached = [contact for contact in store.contacts(db, person.id) if contact.ended_at is None]
    index_known(db, person, [place.label for place in places], [contact.value for contact in reached if contact.kind is ContactKind.PHONE])


def index_known(db: Database, person: Person, labels: list[str], phones: list[str]) -> None:
    """Make a person findable whose unit labels and phones are at hand."""
    keys = [*person.initials.split(), *(search.phone_key(phone) for phone in phones), *(search.key_of(label) for label in labels)]
    text = " ".join([person.name, *labels])
    search.index(db, person.id, "person", person.name, " · ".join(dict.fromkeys(labels)), person.id, person.name, text, keys)
