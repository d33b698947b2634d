"""What people do with the register: places and people's roles. Each act is one change with an entry in the unit's file."""

import hashlib
import hmac
import secrets
from dataclasses import replace
from enum import StrEnum

from desk.kit.act import Act
from desk.kit.clock import day_of
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import Note, change
from desk.kit.problems import Missing, Unclear
from desk.kit.search import key_of
from desk.kit.words import _
from desk.workflows.households import finding, names, places, rules, store
from desk.workflows.households.inputs import (
    BuildingInput,
    EndInput,
    HandOverInput,
    MemberInput,
    RegularInput,
    UnitFacts,
    UnitInput,
)
from desk.workflows.households.rules import Building, Contact, ContactKind, Entrance, Floor, HouseRole, IdKind, Occupancy, Person, Unit


def unit_of(db: Database, typed: str) -> Unit:
    """Return the unit that somebody means by an id or any spelling of the room; `Unclear` names the field 'unit' and says what to do."""
    found = store.unit(db, typed.strip())
    if found:
        return found
    split = places.parts_of(typed)
    key = key_of(places.label_of(*split) if split else typed)
    meant = store.spelled(db, key) if key else []
    if len(meant) == 1:
        return meant[0]
    if meant:
        said = _("Which one: %(units)s?", units=", ".join(one.label for one in meant))
    else:
        said = _("No unit is written like this. Type building, entrance and room, such as 3-1-1803.")
    raise Unclear("form.unclear", fields={"unit": said}, values={"unit": typed})


def the_unit(db: Database, unit_id: str) -> Unit:
    """Return the unit with this id; `Missing` if there is none."""
    found = store.unit(db, unit_id)
    if found is None:
        raise Missing("unit.unknown", id=unit_id)
    return found


def the_building(db: Database, building_id: str) -> Building:
    """Return the building with this id; `Missing` if there is none."""
    found = store.building(db, building_id)
    if found is None:
        raise Missing("building.unknown", id=building_id)
    return found


# Places


def add_building(db: Database, act: Act, said: BuildingInput) -> Building:
    """Enter a building."""
    with change(db, act) as note:
        if store.building_of_code(db, said.code):
            raise Unclear("form.unclear", fields={"code": _("There is a building %(code)s already.", code=said.code)}, values={})
        made = Building(new_id(act.now), said.code, said.name or building_name(said.code), said.developer, said.completed_on)
        store.keep(db, made)
        note("building.added", made.id, name=made.name, completed_on=made.completed_on)
    return made


def building_name(code: str) -> str:
    """Return the usual name of a building from its code: '3' is '3栋'; other codes are names already."""
    return f"{code}栋" if code[:1].isascii() else code


def describe_building(db: Database, act: Act, building_id: str, said: BuildingInput) -> Building:
    """Change what is known of a building; its code stays, since it is part of every label."""
    with change(db, act) as note:
        old = the_building(db, building_id)
        rules.check_version(old.version, said.version)
        new = replace(old, name=said.name or old.name, developer=said.developer, completed_on=said.completed_on, version=old.version + 1)
        store.keep(db, new)
        note("building.described", old.id, name=new.name, developer=new.developer, completed_on=new.completed_on, was=old.completed_on)
        for unit, _storey, _entrance in store.units_of(db, old.id) if new.name != old.name else []:
            finding.index_unit(db, unit, new)
    return new


def add_unit(db: Database, act: Act, said: UnitInput) -> Unit:
    """Enter a unit, with the entrance and floor it needs; its building must be there."""
    with change(db, act) as note:
        building = store.building_of_code(db, said.building)
        if building is None:
            raise Unclear(
                "form.unclear", fields={"building": _("There is no building %(code)s yet; enter it first.", code=said.building)}, values={}
            )
        place = places.Place(
            building.code, said.entrance or "", said.floor if said.floor is not None else places.floor_of(said.room), said.room
        )
        label = places.label_of(place.building, place.entrance, place.room)
        if store.unit_of_key(db, key_of(label)):
            raise Unclear("form.unclear", fields={"room": _("There is a unit %(label)s already.", label=label)}, values={})
        made = _unit(db, act, building, place, {})
        made = replace(
            made, area_cm2=said.area, usage=said.usage, state=said.state, delivered_on=said.delivered_on,
            renovated_on=said.renovated_on, renovated_by=said.renovated_by,
        )  # fmt: skip
        store.keep(db, made)
        finding.index_unit(db, made, building)
        note("unit.added", made.id, made.id, label=made.label)
    return made


def _unit(db: Database, act: Act, building: Building, place: places.Place, known: dict[tuple[str, str | int], str]) -> Unit:
    """Return a new unit at a place, with its entrance and floor kept; `known` remembers their ids along a whole estate."""
    entrance = known.get((building.id, place.entrance)) or _entrance(db, act, building.id, place.entrance)
    known[building.id, place.entrance] = entrance
    floor = known.get((entrance, place.floor)) or _floor(db, act, entrance, place.floor)
    known[entrance, place.floor] = floor
    label = places.label_of(place.building, place.entrance, place.room)
    return Unit(new_id(act.now), building.id, entrance, floor, label, place.room, key_of(label))


def _entrance(db: Database, act: Act, building_id: str, code: str) -> str:
    found = store.entrance_of(db, building_id, code)
    if found is None:
        found = Entrance(new_id(act.now), building_id, code)
        store.keep(db, found)
    return found.id


def _floor(db: Database, act: Act, entrance_id: str, number: int) -> str:
    found = store.floor_of(db, entrance_id, number)
    if found is None:
        found = Floor(new_id(act.now), entrance_id, number)
        store.keep(db, found)
    return found.id


def describe_unit(db: Database, act: Act, unit_id: str, said: UnitFacts) -> Unit:
    """Change what is known of a unit; what was known before stays in its timeline."""
    with change(db, act) as note:
        old = the_unit(db, unit_id)
        rules.check_version(old.version, said.version)
        new = replace(
            old, area_cm2=said.area, usage=said.usage, state=said.state, delivered_on=said.delivered_on,
            renovated_on=said.renovated_on, renovated_by=said.renovated_by, version=old.version + 1,
        )  # fmt: skip
        store.keep(db, new)
        note("unit.described", new.id, new.id, **_changed(old, new))
    return new


def _changed(old: Unit, new: Unit) -> dict[str, object]:
    """Return the facts that differ, as 'name' and 'name_was'."""
    differing = [fact for fact in rules.UnitFact if getattr(old, fact) != getattr(new, fact)]
    both = {fact.value: getattr(new, fact) for fact in differing} | {f"{fact.value}_was": getattr(old, fact) for fact in differing}
    return {"label": new.label, "facts": [named(fact) for fact in differing], **both}


def named(member: StrEnum | None) -> str:
    """Return a choice as journal entries keep it, 'HouseRole.owner', so that it is told by its word; '' for none."""
    return f"{type(member).__name__}.{member.value}" if member is not None else ""


def lay_out(db: Database, act: Act, said: RegularInput) -> tuple[int, int]:
    """Enter a regular estate; units that are there already stay as they are. Return how many units were made and how many were there."""
    with change(db, act) as note:
        there = {unit.key for unit in store.every(db, Unit)}
        houses: dict[str, Building] = {}
        known: dict[tuple[str, str | int], str] = {}
        made = old = 0
        for place in places.rooms_of(said.plan()):
            house = houses.get(place.building) or _house(db, act, said, place.building)
            houses[house.code] = house
            if key_of(places.label_of(place.building, place.entrance, place.room)) in there:
                old += 1
                continue
            unit = replace(_unit(db, act, house, place, known), area_cm2=said.area)
            store.keep(db, unit)
            finding.index_unit(db, unit, house)
            made += 1
        for house in houses.values():
            note("building.laid_out", house.id, name=house.name, units=made // len(houses))
    return made, old


def _house(db: Database, act: Act, said: RegularInput, code: str) -> Building:
    found = store.building_of_code(db, code)
    if found is None:
        found = Building(new_id(act.now), code, building_name(code), said.developer, said.completed_on)
        store.keep(db, found)
    return found


# People in units


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
    known = store.person_of_id(db, hashed)
    if known is not None:
        if known.name != said.name:
            text = _("This ID number belongs to %(name)s in the register.", name=known.name)
            raise Unclear("form.unclear", fields={"id_number": text}, values=said.model_dump(mode="json"))
        return known
    name = said.name or ""
    care, care_note = (said.care, said.care_note) if isinstance(said, MemberInput) else (None, "")
    person = Person(new_id(act.now), name, said.kind, " ".join(names.initials_of(name)), id_kind, last4, hashed, care, care_note)
    store.keep(db, person)
    if said.phone:
        store.keep(db, Contact(new_id(act.now), person.id, ContactKind.PHONE, said.phone, act.now, preferred=True))
    return person


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
