"""Where it is: at home or in a public place, then building, entrance, floor and room by big buttons; typed before the first sync."""

from desk.kit.inputs import Input, Line
from desk.kit.words import N_, _
from desk.workflows.households.places import label_of
from kiosk.machine import Building
from kiosk.screens.asking import Ask, Errors, Form, Option, choice, read_into, show_step
from kiosk.screens.base import Page, machine
from kiosk.sessions import Draft

GROUP = "where"
OUTSIDE = "outside"
BELOW = ("building", "entrance", "floor", "room", "unit")
KINDS_BELOW = ("picture", "category", "what")


class Typed(Input):
    """A room as it is typed on a machine that does not know the buildings yet."""

    unit: Line


def places(draft: Draft) -> list[Option]:
    """Return the two kinds of place."""
    return [
        Option("home", _("In my home"), "s-home", _("rooms, kitchen, bathroom, balcony")),
        Option("common", _("In a public place"), "s-tree", _("lift, corridor, entrance, garden, garage")),
    ]


def places_or_none(draft: Draft) -> list[Option]:
    """Return the places for a complaint or a call, which may belong to none."""
    return [
        Option("home", _("It concerns my home"), "s-home"),
        Option("common", _("In a public place"), "s-tree"),
        Option("none", _("It concerns no special place"), "s-skip"),
    ]


def building_of(draft: Draft) -> Building | None:
    """Return the building that was picked."""
    return next((one for one in machine().buildings() if one.code == draft.answers.get("building")), None)


def knows_buildings() -> bool:
    """Whether the desk has told this machine its buildings."""
    return bool(machine().buildings())


def buildings(draft: Draft) -> list[Option]:
    """Return the buildings; a public place may also be outside of them."""
    found = [Option(one.code, _name(one), "s-building") for one in machine().buildings()]
    if draft.answers.get("place") == "common":
        found.insert(0, Option(OUTSIDE, _("Outside the buildings"), "s-tree"))
    return found


def _name(one: Building) -> str:
    return one.name or _("Building %(code)s", code=one.code)


def entrances(draft: Draft) -> list[Option]:
    """Return the entrances of the building."""
    building = building_of(draft)
    return [Option(code, _("Entrance %(code)s", code=code)) for code in building.entrances if code] if building else []


def _floors(draft: Draft) -> dict[int, tuple[str, ...]]:
    building = building_of(draft)
    if building is None:
        return {}
    only = next(iter(building.entrances), "")
    return dict(building.entrances.get(draft.answers.get("entrance", only), {}))


def floors(draft: Draft) -> list[Option]:
    """Return the floors of the entrance."""
    return [Option(str(floor), _("Floor %(floor)s", floor=floor)) for floor in sorted(_floors(draft))]


def rooms(draft: Draft) -> list[Option]:
    """Return the rooms of the floor; only that they exist, never who lives there."""
    floor = draft.answers.get("floor", "")
    return [Option(room, room) for room in _floors(draft).get(int(floor), ())] if floor.lstrip("-").isdigit() else []


def is_home(draft: Draft) -> bool:
    """Whether a room is asked for."""
    return draft.answers.get("place") == "home"


def _in_building(draft: Draft) -> bool:
    return draft.answers.get("place") in ("home", "common") and knows_buildings()


def _home_known(draft: Draft) -> bool:
    return is_home(draft) and knows_buildings()


def _many_entrances(draft: Draft) -> bool:
    return _home_known(draft) and len(entrances(draft)) > 1


def _typed(draft: Draft) -> bool:
    return draft.answers.get("place") in ("home", "common") and not knows_buildings()


def unit_label(draft: Draft) -> str:
    """Return the unit as it is written everywhere, '3-1-1803'; for a public place the building's code, '' outside."""
    answers = draft.answers
    if "unit" in answers:
        return answers["unit"]
    if answers.get("place") == "home":
        only = next(iter(found.entrances), "") if (found := building_of(draft)) else ""
        return label_of(answers.get("building", ""), answers.get("entrance", only), answers.get("room", ""))
    return ""


def place_words(draft: Draft) -> str:
    """Return where it is, in words of the language in use."""
    answers, building = draft.answers, building_of(draft)
    if answers.get("place") == "home" or "unit" in answers:
        return unit_label(draft)
    if answers.get("place") == "none":
        return _("No special place")
    if answers.get("building") == OUTSIDE:
        return _("Outside the buildings")
    return _("%(building)s, public part", building=_name(building)) if building else _("In a public place")


def _show_typed(ask: Ask, flow: str, draft: Draft) -> Page:
    return show_step(ask, flow, draft, "where_typed.html")


def _take_typed(ask: Ask, draft: Draft, form: Form) -> Errors:
    return read_into(draft, Typed, form)


def _place(name: str, options: bool) -> Ask:
    return choice(
        "place",
        GROUP,
        name,
        N_("Which place"),
        places if options else places_or_none,
        clears=(*BELOW, *KINDS_BELOW) if options else BELOW,
        leads=BELOW,
        look="wide",
        said=place_words,
    )


PLACE = _place(N_("Where is it broken?"), options=True)
ABOUT_PLACE = _place(N_("Where did it happen?"), options=False)
BUILDING = choice(
    "building",
    GROUP,
    N_("Which building?"),
    N_("Building"),
    buildings,
    applies=_in_building,
    clears=BELOW[1:],
    leads=BELOW[1:],
    look="pictures",
)
ENTRANCE = choice(
    "entrance",
    GROUP,
    N_("Which entrance?"),
    N_("Entrance"),
    entrances,
    applies=_many_entrances,
    clears=BELOW[2:],
    leads=BELOW[2:],
    look="keys",
)
FLOOR = choice("floor", GROUP, N_("Which floor?"), N_("Floor"), floors, applies=_home_known, clears=BELOW[3:], leads=BELOW[3:], look="keys")
ROOM = choice("room", GROUP, N_("Which room?"), N_("Room"), rooms, applies=_home_known, look="keys")
UNIT = Ask("unit", GROUP, N_("Which building and room?"), N_("Which place"), _show_typed, _take_typed, unit_label, _typed)
WHERE = (BUILDING, ENTRANCE, FLOOR, ROOM, UNIT)
