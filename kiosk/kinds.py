"""The pictures by which a resident says what is broken: about twelve big ones at a place, each one or a few of the desk's categories."""

from dataclasses import dataclass

from desk.kit.words import N_
from desk.workflows.repairs.rules.choices import Category, Kind, Urgency
from desk.workflows.repairs.rules.clauses import REVISIT
from desk.workflows.repairs.rules.tables import SORTS

C = Category


@dataclass(frozen=True)
class Picture:
    """One big picture: its drawing, its words, and the categories behind it (a second screen asks which, if there are several)."""

    name: str
    words: str
    categories: tuple[Category, ...]

    @property
    def icon(self) -> str:
        """Return the name of its drawing in the sprite."""
        return f"k-{self.name}"


HOME = (
    Picture("water", N_("Water, leak"), (C.WATER_SUPPLY, C.WATER_LEAK, C.ROOF_LEAK, C.WALL_LEAK)),
    Picture("drain", N_("Drain blocked"), (C.DRAIN,)),
    Picture("power", N_("Power, lamps"), (C.ELECTRIC, C.SWITCH)),
    Picture("window", N_("Door, window"), (C.DOOR_WINDOW,)),
    Picture("bath", N_("Toilet, bathroom"), (C.SANITARY,)),
    Picture("wall", N_("Wall, floor"), (C.WALL, C.FLOOR, C.STRUCTURE)),
    Picture("heat", N_("Heating, cooling"), (C.HEATING, C.COOLING)),
    Picture("bell", N_("Intercom"), (C.INTERCOM,)),
    Picture("gas", N_("Gas"), (C.GAS,)),
    Picture("meter", N_("Water or power meter"), (C.METER,)),
    Picture("fridge", N_("Household appliance"), (C.APPLIANCE,)),
    Picture("other", N_("Something else"), (C.OTHER,)),
)
COMMON = (
    Picture("lift", N_("Lift"), (C.LIFT,)),
    Picture("lamp", N_("Public lighting"), (C.PUBLIC_LIGHT,)),
    Picture("gate", N_("Gate, entrance door"), (C.GATE, C.INTERCOM)),
    Picture("water", N_("Water, leak"), (C.ROOF_LEAK, C.WALL_LEAK, C.WATER_LEAK, C.WATER_SUPPLY)),
    Picture("drain", N_("Drain blocked"), (C.DRAIN,)),
    Picture("fire", N_("Fire protection"), (C.FIRE,)),
    Picture("rail", N_("Railing"), (C.RAILING,)),
    Picture("road", N_("Road, paving"), (C.ROAD,)),
    Picture("camera", N_("Camera"), (C.CAMERA,)),
    Picture("wall", N_("Wall, floor, window"), (C.WALL, C.FLOOR, C.STRUCTURE, C.DOOR_WINDOW)),
    Picture("gas", N_("Gas, power"), (C.GAS, C.ELECTRIC)),
    Picture("other", N_("Something else"), (C.OTHER,)),
)
ICONS = {
    C.WATER_SUPPLY: "tap", C.WATER_LEAK: "water", C.ROOF_LEAK: "roof", C.WALL_LEAK: "wet", C.ELECTRIC: "power", C.SWITCH: "bulb",
    C.WALL: "wall", C.FLOOR: "floor", C.STRUCTURE: "crack", C.HEATING: "heat", C.COOLING: "snow", C.GATE: "gate", C.INTERCOM: "bell",
    C.DOOR_WINDOW: "window", C.GAS: "gas",
}  # fmt: skip
"""Drawings of the second screen."""
PHONE_FIRST = frozenset({C.GAS, C.LIFT, C.FIRE})


def pictures(place: str) -> tuple[Picture, ...]:
    """Return the pictures of a place: 'home' or 'common'."""
    return HOME if place == "home" else COMMON


def picture(place: str, name: str) -> Picture | None:
    """Return a picture by its name."""
    return next((found for found in pictures(place) if found.name == name), None)


def urgency_of(category: str) -> Urgency:
    """Return how urgent the desk takes a category to be until a person says otherwise."""
    return SORTS[Category(category)].urgency


def revisit_of(category: str) -> tuple[int, bool]:
    """Return within how many days a repair is revisited, and whether they count from the leak test instead of the repair."""
    kind = SORTS[Category(category)].kind
    return REVISIT[kind].n, kind is Kind.LEAK


def phone_first(category: str) -> bool:
    """Whether the telephone must come before this machine: gas, lift, fire, and whatever the desk takes for an emergency."""
    return category in {known.value for known in PHONE_FIRST} or urgency_of(category) is Urgency.EMERGENCY
