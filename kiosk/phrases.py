"""Sentences to tap instead of typing, as residents say them: for each kind of repair, and for complaints and calls."""

from collections.abc import Mapping

from desk.kit.words import N_
from desk.workflows.repairs.rules.choices import Category

C = Category
REPAIRS: Mapping[Category, tuple[str, ...]] = {
    C.WATER_SUPPLY: (N_("The tap does not close, it drips."), N_("A water pipe leaks."), N_("No water, or hardly any.")),
    C.WATER_LEAK: (N_("Water drips from the ceiling."), N_("The wall is wet and the paint swells."), N_("The bathroom leaks downstairs.")),
    C.ROOF_LEAK: (N_("The roof leaks when it rains."), N_("There is a water stain on the ceiling.")),
    C.WALL_LEAK: (N_("The outer wall lets water in when it rains."), N_("Water comes in beside the window.")),
    C.DRAIN: (N_("The kitchen drain is blocked."), N_("The toilet is blocked."), N_("The floor drain brings water up.")),
    C.ELECTRIC: (N_("No power in the whole home."), N_("The breaker trips again and again."), N_("A socket has no power.")),
    C.SWITCH: (N_("A lamp does not light."), N_("A switch does not work.")),
    C.DOOR_WINDOW: (N_("The door does not close well."), N_("The lock does not turn."), N_("The window does not close or is loose.")),
    C.SANITARY: (N_("The toilet does not flush well."), N_("The toilet cistern keeps running."), N_("The washbasin is loose or cracked.")),
    C.WALL: (N_("Plaster falls off."), N_("The wall has a crack."), N_("The wall is mouldy.")),
    C.FLOOR: (N_("Tiles are loose or hollow."), N_("A tile is broken.")),
    C.STRUCTURE: (N_("There is a long crack in a beam or wall."), N_("The crack is getting wider.")),
    C.HEATING: (N_("The radiator stays cold."), N_("The radiator leaks.")),
    C.COOLING: (N_("The air conditioner does not cool."), N_("The air conditioner drips.")),
    C.INTERCOM: (N_("The intercom does not ring."), N_("The intercom has no sound."), N_("The intercom does not open the door.")),
    C.GAS: (N_("It smells of gas."), N_("No gas.")),
    C.METER: (N_("The meter shows nothing."), N_("The reading seems wrong.")),
    C.APPLIANCE: (N_("The appliance does not start."), N_("The appliance makes a strange noise.")),
    C.LIFT: (N_("The lift does not move."), N_("The lift shakes or makes a noise."), N_("The lift door does not close.")),
    C.PUBLIC_LIGHT: (N_("The corridor lamp is out."), N_("The street lamp is out."), N_("The lamp is on all day.")),
    C.GATE: (N_("The entrance door does not close."), N_("The card does not open the door."), N_("The gate barrier does not lift.")),
    C.FIRE: (N_("The fire hydrant is damaged."), N_("The fire door does not close."), N_("The way out is blocked.")),
    C.RAILING: (N_("The railing is loose."), N_("The railing is broken.")),
    C.CAMERA: (N_("The camera is damaged."), N_("The camera points the wrong way.")),
    C.ROAD: (N_("The ground is uneven, one can trip."), N_("A manhole cover is loose."), N_("A puddle stays here.")),
    C.OTHER: (N_("Something is damaged and should be looked at."),),
}
COMPLAINTS: Mapping[str, tuple[str, ...]] = {
    "noise": (N_("Loud noise at night."), N_("Renovation outside the allowed hours.")),
    "clean": (N_("The corridor has not been cleaned."), N_("The rubbish is not taken away in time.")),
    "safety": (N_("Strangers walk in and out."), N_("Electric bikes are charged in the corridor.")),
    "parking": (N_("My parking space was taken."), N_("A car blocks the way.")),
    "repair": (N_("Nobody came at the agreed time."), N_("It was repaired and is broken again.")),
    "staff": (N_("The staff were impolite."), N_("Nobody answers the phone.")),
    "fee": (N_("I do not understand a charge."), N_("I was charged what was not agreed.")),
    "other": (N_("I want to tell the manager about this."),),
}
WANTED = (
    N_("Please deal with it soon."),
    N_("Please tell me the result."),
    N_("Please explain it to me."),
    N_("Please see that it does not happen again."),
)
CALLS = (
    N_("I have a question about fees."),
    N_("I want to ask about renovation."),
    N_("I want to ask about parking."),
    N_("I want to know how far my request is."),
    N_("I will say it on the phone."),
)
