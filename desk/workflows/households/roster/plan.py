"""What a roster would change: each row against the register, all of a row or nothing of it.

A roster never deletes and never overwrites people: an empty cell changes nothing, a new phone stands beside the old ones, a phone or
role that was ended stays ended, and a new owner beside an owner whom the file does not know is a question for a person.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desk.kit.clock import day_of
from desk.kit.ids import new_id
from desk.kit.search import key_of
from desk.kit.words import N_
from desk.workflows.households import places
from desk.workflows.households.commands import building_name
from desk.workflows.households.roster.outcomes import Outcome
from desk.workflows.households.roster.people import NotThis, Seen, bring_in, entries_of
from desk.workflows.households.roster.reading import Sheet
from desk.workflows.households.roster.register import Register
from desk.workflows.households.roster.rows import Fault, RosterRow, cells_of, read_row
from desk.workflows.households.rules import LIVES_THERE, OWNERS, Building, Entrance, Floor, HouseRole, Unit, UnitState

_ORDER = {role: n for n, role in enumerate(HouseRole)}  # owners first, those who act for somebody last


@dataclass
class Plan:
    """The outcome of comparing a roster with the register, row by row; `register` holds the state after it."""

    register: Register
    faults: list[Fault] = field(default_factory=list)
    outcome: dict[int, Outcome] = field(default_factory=dict)  # row number
    units: dict[int, str] = field(default_factory=dict)  # row number -> label of its unit
    people: dict[int, tuple[str, ...]] = field(default_factory=dict)  # row number -> who is in it
    entered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # key of each unit touched -> names that are new in it

    def count(self, what: Outcome) -> int:
        """Return how many rows came out like this."""
        return sum(1 for found in self.outcome.values() if found is what)

    def made(self, kind: type[Any]) -> int:
        """Return how many rows of a kind the register gains."""
        return sum(1 for thing in self.register.fresh() if isinstance(thing, kind))


def compare(sheet: Sheet, register: Register, key: str) -> Plan:
    """Return what a roster would change; ID numbers are hashed with `key`. The register then holds the state after it."""
    plan, seen = Plan(register), Seen(key)
    read: list[tuple[int, RosterRow]] = []
    for number, cells in sheet.rows:
        row = read_row(sheet.head, number, cells)
        if isinstance(row, RosterRow):
            read.append((number, row))
        else:
            plan.faults += row
            plan.outcome[number] = Outcome.FAILED
            typed = cells_of(sheet.head, cells)
            plan.units[number] = places.label_of(*(typed.get(name, "")[:20] for name in ("building", "entrance", "room")))
            plan.people[number] = tuple(text[:40] for text in (typed.get("name", ""),) if text)
    for number, row in read:
        plan.units[number], plan.people[number] = label_of(row), (*row.name, *((row.tenant_name,) if row.tenant_name else ()))
        if row.role in OWNERS and row.to_on is None:
            seen.owners[key_of(plan.units[number])].update(row.name)
    for number, row in sorted(read, key=lambda pair: (_ORDER[pair[1].role], pair[0])):
        _bring_row(plan, seen, number, row)
    plan.faults.sort(key=lambda fault: fault.row)
    return plan


def label_of(row: RosterRow) -> str:
    """Return the label of the unit that a row is about."""
    return places.label_of(row.building, row.entrance or "", row.room)


def _bring_row(plan: Plan, seen: Seen, number: int, row: RosterRow) -> None:
    """Bring one row in, or take all of it back and keep its fault."""
    register = plan.register
    register.begin()
    try:
        unit, is_new = _unit(register, seen, number, row)
        entered = [entry for entry in entries_of(row) if bring_in(register, seen, unit, entry)]
        _lived_in(register, unit, row, is_new, any(entry.role in LIVES_THERE for entry in entered))
    except NotThis as fault:
        register.take_back()
        plan.faults.append(Fault(number, fault.name, fault.found, fault.text, fault.places))
        plan.outcome[number] = Outcome.FAILED
        return
    plan.outcome[number] = Outcome.NEW if is_new or entered else Outcome.CHANGED if register.is_touched else Outcome.SAME
    if register.is_touched:
        plan.entered[unit.key] += [entry.name for entry in entered]


def _unit(register: Register, seen: Seen, number: int, row: RosterRow) -> tuple[Unit, bool]:
    """Return the unit of a row with what the row says about it, and whether it is new."""
    place = row.place()
    building = _building(register, seen, number, row)
    label = places.label_of(place.building, place.entrance, place.room)
    old = register.units.get(key_of(label))
    if old is None or row.floor is not None:
        entrance = register.entrances.get((building.id, place.entrance)) or Entrance(new_id(register.now), building.id, place.entrance)
        floor = register.floors.get((entrance.id, place.floor)) or Floor(new_id(register.now), entrance.id, place.floor)
        register.put(entrance)
        register.put(floor)
        unit = (
            replace(old, floor=floor.id)
            if old
            else Unit(new_id(register.now), building.id, entrance.id, floor.id, label, place.room, key_of(label))
        )
    else:
        unit = old
    unit = _described(register, seen, number, row, unit)
    if unit != old:
        register.put(unit if old is None else replace(unit, version=old.version + 1))
    return unit, old is None


def _building(register: Register, seen: Seen, number: int, row: RosterRow) -> Building:
    old = register.buildings.get(row.building) or Building(new_id(register.now), row.building, building_name(row.building))
    said = {"developer": row.developer, "completed_on": row.completed_on}
    facts = _agreeing(register, seen, number, f"building {row.building}", said)
    new = replace(old, **facts)
    if new != old and old.id in register.held:
        new = replace(new, version=old.version + 1)
    register.put(new)
    return new


def _described(register: Register, seen: Seen, number: int, row: RosterRow, unit: Unit) -> Unit:
    said = {
        "area_cm2": row.area, "usage": row.usage, "state": row.state, "delivered_on": row.delivered_on,
        "renovated_on": row.renovated_on, "renovated_by": row.renovated_by,
    }  # fmt: skip
    return replace(unit, **_agreeing(register, seen, number, unit.key, said))


def _agreeing(register: Register, seen: Seen, number: int, about: str, said: dict[str, Any]) -> dict[str, Any]:
    """Return the facts that a row states; `NotThis` if an earlier row of the file states another."""
    facts = {name: value for name, value in said.items() if value not in (None, "")}
    for name, value in facts.items():
        earlier, row = seen.facts.get((about, name), (value, 0))
        if earlier != value:
            field_name = "area" if name == "area_cm2" else name
            raise NotThis(
                field_name,
                _shown(value),
                N_("Row %(row)s says %(value)s for the same; the two must agree."),
                row=row,
                value=_shown(earlier),
            )
        register.remember(seen.facts, (about, name), (value, row or number))
    return facts


def _shown(value: Any) -> str:
    if isinstance(value, int):
        return f"{value / 10_000:.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _lived_in(register: Register, unit: Unit, row: RosterRow, is_new: bool, moved_in: bool) -> None:
    """A unit of which the roster does not say whether it is lived in: it is, where somebody was entered who lives there, or into a new unit."""
    today = day_of(register.now)
    lived_in = moved_in or (is_new and bool(row.name) and (row.to_on is None or row.to_on >= today))
    current = register.units[unit.key]
    if row.state is None and lived_in and current.state is UnitState.VACANT:
        register.put(replace(current, state=UnitState.OCCUPIED, version=current.version + (current.id in register.loaded)))
