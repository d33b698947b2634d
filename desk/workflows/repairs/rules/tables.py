"""Rule book: the tables of the desk: what a category means, how fast somebody comes, when a day's last run has left.

Sources: seed 002:
    二環路以內2小時響應                                     respond within 2 hours inside (TR1)
    需上門服務的二環路以內2小時響應，省內市外24-48小時響應    a visit: 2 hours inside, 24-48 hours outside (TR2)
    12點之前，15點，17點，17點以后下單第二天發貨              runs leave at 12, 15 and 17; later is the next day (TR54)
A company changes numbers here, not functions. Arrival and completion are separate targets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.kit.clock import SITE_ZONE
from desk.kit.deadlines import Policy, Unit
from desk.workflows.repairs.rules.choices import Category, Kind, Part, Urgency, Zone


@dataclass(frozen=True)
class Sort:
    """What a category means for the rules, before a person looks closer."""

    kind: Kind
    part: Part
    urgency: Urgency = Urgency.NORMAL
    zone: Zone = Zone.UNIT


SORTS: Mapping[Category, Sort] = {
    Category.WATER_LEAK: Sort(Kind.LEAK, Part.WET_ROOM, Urgency.URGENT),
    Category.ROOF_LEAK: Sort(Kind.LEAK, Part.ROOF, Urgency.URGENT),
    Category.WALL_LEAK: Sort(Kind.LEAK, Part.OUTER_WALL, Urgency.URGENT),
    Category.WATER_SUPPLY: Sort(Kind.OTHER, Part.PLUMBING, Urgency.URGENT),
    Category.DRAIN: Sort(Kind.OTHER, Part.BLOCKED_PIPE, Urgency.URGENT),
    Category.ELECTRIC: Sort(Kind.SAFETY, Part.ELECTRICAL, Urgency.URGENT),
    Category.SWITCH: Sort(Kind.OTHER, Part.SWITCH),
    Category.DOOR_WINDOW: Sort(Kind.OTHER, Part.DOOR_WINDOW),
    Category.WALL: Sort(Kind.OTHER, Part.PLASTER),
    Category.FLOOR: Sort(Kind.OTHER, Part.FLOOR),
    Category.SANITARY: Sort(Kind.OTHER, Part.SANITARY),
    Category.HEATING: Sort(Kind.OTHER, Part.HEATING, Urgency.URGENT),
    Category.COOLING: Sort(Kind.OTHER, Part.COOLING),
    Category.APPLIANCE: Sort(Kind.OTHER, Part.OWN),
    Category.STRUCTURE: Sort(Kind.SAFETY, Part.STRUCTURE, Urgency.URGENT),
    Category.INTERCOM: Sort(Kind.SAFETY, Part.EQUIPMENT),
    Category.GAS: Sort(Kind.SAFETY, Part.UTILITY, Urgency.EMERGENCY),
    Category.METER: Sort(Kind.OTHER, Part.UTILITY),
    Category.PUBLIC_LIGHT: Sort(Kind.SAFETY, Part.ELECTRICAL, zone=Zone.COMMON),
    Category.LIFT: Sort(Kind.SAFETY, Part.EQUIPMENT, Urgency.EMERGENCY, Zone.COMMON),
    Category.GATE: Sort(Kind.SAFETY, Part.EQUIPMENT, Urgency.URGENT, Zone.COMMON),
    Category.FIRE: Sort(Kind.SAFETY, Part.EQUIPMENT, Urgency.EMERGENCY, Zone.COMMON),
    Category.RAILING: Sort(Kind.SAFETY, Part.DECORATION, Urgency.URGENT, Zone.COMMON),
    Category.CAMERA: Sort(Kind.SAFETY, Part.EQUIPMENT, zone=Zone.COMMON),
    Category.ROAD: Sort(Kind.OTHER, Part.DECORATION, zone=Zone.COMMON),
    Category.OTHER: Sort(Kind.OTHER, Part.DECORATION),
}


@dataclass(frozen=True)
class Targets:
    """How fast somebody answers, comes, and is finished: three promises that are measured apart."""

    respond: Policy
    arrive: Policy
    complete: Policy


def _targets(respond: tuple[int, Unit], arrive: tuple[int, Unit], complete: tuple[int, Unit]) -> Targets:
    return Targets(
        Policy("TR1", *respond, clause="按紧急程度与区域确定的响应时限"),
        Policy("TR2", *arrive, clause="按紧急程度与区域确定的上门时限"),
        Policy("TR2", *complete, clause="按紧急程度与区域确定的完工时限"),
    )


MINUTE, HOUR, OPEN_HOUR, DAY = Unit.MINUTE, Unit.HOUR, Unit.OPEN_HOUR, Unit.DAY

PRIORITY: Mapping[tuple[Urgency, Zone], Targets] = {
    #                                        respond          arrive       complete
    (Urgency.EMERGENCY, Zone.UNIT): _targets((15, MINUTE), (30, MINUTE), (24, HOUR)),
    (Urgency.EMERGENCY, Zone.COMMON): _targets((15, MINUTE), (30, MINUTE), (24, HOUR)),
    (Urgency.EMERGENCY, Zone.OUTLYING): _targets((30, MINUTE), (2, HOUR), (48, HOUR)),
    (Urgency.URGENT, Zone.UNIT): _targets((30, MINUTE), (2, HOUR), (2, DAY)),
    (Urgency.URGENT, Zone.COMMON): _targets((30, MINUTE), (2, HOUR), (3, DAY)),
    (Urgency.URGENT, Zone.OUTLYING): _targets((1, HOUR), (24, HOUR), (4, DAY)),
    (Urgency.NORMAL, Zone.UNIT): _targets((2, OPEN_HOUR), (24, HOUR), (5, DAY)),
    (Urgency.NORMAL, Zone.COMMON): _targets((2, OPEN_HOUR), (24, HOUR), (7, DAY)),
    (Urgency.NORMAL, Zone.OUTLYING): _targets((2, OPEN_HOUR), (48, HOUR), (10, DAY)),
}

CUT_OFFS: tuple[time, ...] = (time(12), time(15), time(17))


@dataclass(frozen=True)
class Run:
    """The run that takes a report along: its day, and its cut-off; `late` says that today's last one had left."""

    on: date
    cut_off: time
    late: bool


def next_run(reported_at: datetime, cut_offs: tuple[time, ...] = CUT_OFFS) -> Run:
    """Return the run that a report of this instant makes: one at the cut-off itself is still in time (TR54)."""
    local = reported_at.astimezone(SITE_ZONE)
    for cut_off in cut_offs:
        if local.time() <= cut_off:
            return Run(local.date(), cut_off, late=False)
    return Run(local.date() + timedelta(days=1), cut_offs[0], late=True)
