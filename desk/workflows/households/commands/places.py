"""What people do with places: find, enter, describe and lay out. Each act is one change with an entry."""

from dataclasses import replace

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import change
from desk.kit.problems import Missing, Unclear
from desk.kit.search import key_of
from desk.kit.words import _
from desk.workflows.households import finding, places, rules, store
from desk.workflows.households.commands.naming import named
from desk.workflows.households.inputs import (
    BuildingInput,
    RegularInput,
    UnitFacts,
    UnitInput,
)
from desk.workflows.households.rules import Building, Entrance, Floor, Unit


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
