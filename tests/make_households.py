"""Complete, valid things of the household register, for any test: `a_unit(site, act)`, `an_owner(site, act, unit)`."""

from typing import Any

from desk.kit.act import Act
from desk.kit.database import Database
from desk.workflows.households import commands, store
from desk.workflows.households.inputs import BuildingInput, MemberInput, UnitInput
from desk.workflows.households.places import code_of
from desk.workflows.households.rules import Building, Occupancy, Unit


def a_building(site: Database, act: Act, code: str = "3", **said: Any) -> Building:
    """Return building 3, completed on 2024-05-20 by a developer, entered if it is not there yet."""
    found = store.building_of_code(site, code_of(code))
    return found or commands.add_building(
        site, act, BuildingInput.read({"code": code, "developer": "青梧置业有限公司", "completed_on": "2024-05-20", **said})
    )


def a_unit(site: Database, act: Act, label: str = "3-1-1803", **said: Any) -> Unit:
    """Return unit 3-1-1803 of 89.37 m2, delivered on 2024-06-30, with its building."""
    building, *entrance, room = label.split("-")
    a_building(site, act, building)
    typed = {"building": building, "entrance": "".join(entrance), "room": room, "area": "89.37", "delivered_on": "2024-06-30", **said}
    return commands.add_unit(site, act, UnitInput.read(typed))


def an_owner(site: Database, act: Act, unit: Unit, name: str = "周予安", phone: str = "13800000001", **said: Any) -> Occupancy:
    """Enter an owner with a phone into a unit, and return the role."""
    return commands.enter(site, act, unit.id, MemberInput.read({"role": "owner", "name": name, "phone": phone, **said}))


def a_member(site: Database, act: Act, unit: Unit, role: str, name: str = "林小满", **said: Any) -> Occupancy:
    """Enter somebody into a unit in another role, and return the role."""
    return commands.enter(site, act, unit.id, MemberInput.read({"role": role, "name": name, **said}))
