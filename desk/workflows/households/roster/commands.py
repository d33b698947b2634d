"""Bringing a roster in: a dry run that writes nothing, and the import itself in one change."""

import secrets
from collections import defaultdict
from dataclasses import dataclass

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.journal import change
from desk.kit.journal import store as journal
from desk.workflows.households import finding, store
from desk.workflows.households.commands import site_key
from desk.workflows.households.roster.outcomes import Outcome
from desk.workflows.households.roster.plan import Plan, compare
from desk.workflows.households.roster.reading import Sheet
from desk.workflows.households.roster.register import Register, load
from desk.workflows.households.rules import Building, Contact, ContactKind, Entrance, Floor, Occupancy, Person, Unit

_ORDER = (Building, Entrance, Floor, Unit, Person, Contact, Occupancy)  # what refers to something comes after it


@dataclass(frozen=True)
class Imported:
    """What an import did: units and people gained, and the plan it followed."""

    units: int
    people: int
    plan: Plan


def dry_run(db: Database, act: Act, sheet: Sheet) -> Plan:
    """Return what a roster would change now; nothing is written."""
    return compare(sheet, load(db, act.now), store.id_key(db) or secrets.token_hex(32))


def bring(db: Database, act: Act, sheet: Sheet) -> Imported:
    """Import the good rows of a roster in one change; rows with a fault are left out. The same file again changes nothing.

    The comparing is done before the write lock is taken, so that others wait less; if somebody wrote meanwhile, it is done again inside.
    """
    key = store.id_key(db)
    seen = journal.head(db)
    early = compare(sheet, load(db, act.begin()), key) if key else None
    with change(db, act) as note:
        plan = early if early and journal.head(db) == seen else compare(sheet, load(db, act.now), site_key(db))
        for thing in sorted(plan.register.written.values(), key=lambda one: _ORDER.index(type(one))):
            store.keep(db, thing)
        _make_findable(db, plan.register)
        for key, people in plan.entered.items():
            unit = plan.register.units[key]
            note("unit.imported", unit.id, unit.id, label=unit.label, file=sheet.name, people=people)
        done = Imported(plan.made(Unit), plan.made(Person), plan)
        note(
            "roster.imported",
            f"roster:{sheet.digest}",
            file=sheet.name,
            units=done.units,
            people=done.people,
            failed=plan.count(Outcome.FAILED),
        )
    return done


def _make_findable(db: Database, register: Register) -> None:
    """Index what is new or changed: units, and people with their rooms and phones."""
    houses = {building.id: building for building in register.buildings.values()}
    labels: dict[str, list[str]] = defaultdict(list)
    places = {unit.id: unit for unit in register.units.values()}
    for unit_id, roles in register.roles.items():
        for role in roles:
            if role.to_on is None:
                labels[role.person].append(places[unit_id].label)
    for thing in register.fresh():
        if isinstance(thing, Unit):
            finding.index_unit(db, thing, houses[thing.building])
    touched = [
        thing.id if isinstance(thing, Person) else thing.person
        for thing in register.written.values()
        if isinstance(thing, Person | Contact | Occupancy)
    ]
    for person_id in dict.fromkeys(touched):
        reached = [one.value for one in register.contacts[person_id] if one.kind is ContactKind.PHONE and one.ended_at is None]
        finding.index_known(db, register.persons[person_id], labels[person_id], reached)
