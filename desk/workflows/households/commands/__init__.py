"""What people do with the register: places and people's roles in them. One person's own page is served by `persons`."""

from desk.workflows.households.commands.naming import named
from desk.workflows.households.commands.people import enter, facts_with, hand_over, id_facts, leave, site_key, the_person
from desk.workflows.households.commands.places import (
    add_building,
    add_unit,
    building_name,
    describe_building,
    describe_unit,
    lay_out,
    the_building,
    the_unit,
    unit_of,
)

__all__ = [
    "add_building",
    "add_unit",
    "building_name",
    "describe_building",
    "describe_unit",
    "enter",
    "facts_with",
    "hand_over",
    "id_facts",
    "lay_out",
    "leave",
    "named",
    "site_key",
    "the_building",
    "the_person",
    "the_unit",
    "unit_of",
]
