"""Pages of the estate: all buildings, one building as its doors, and the generator for regular buildings."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for

from desk.kit.problems import Refused
from desk.kit.web import Answer, Form, act, db, flash, page
from desk.kit.words import _
from desk.workflows.households import commands, places, store
from desk.workflows.households.inputs import BuildingInput, RegularInput, UnitInput
from desk.workflows.households.pages.base import LAY_OUT, READ, SEE, choices, pages
from desk.workflows.households.rules import CareNeed, Unit, Usage


@dataclass(frozen=True)
class Door:
    """One unit in the grid of its building."""

    unit: Unit
    care: CareNeed | None


@dataclass(frozen=True)
class Block:
    """One entrance of a building as a grid: floors from the top down, each with its doors from left to right."""

    code: str
    floors: list[tuple[int, list[Door]]]


@pages.get("/", perm=SEE)
def index(form: Form = Form()) -> Answer:
    """Show all buildings with their counts."""
    counts = store.counts(db())
    none = {"units": 0, "occupied": 0, "delivered": 0, "empty": 0}
    rows = [(building, counts.get(building.id, none)) for building in store.buildings(db())]
    total = {name: sum(count[name] for _building, count in rows) for name in none}
    return page("households/index.html", page_id="households.index", rows=rows, total=total, form=form)


@pages.post("/buildings", perm=LAY_OUT, again="index")
def add_building() -> Answer:
    """Enter a building."""
    made = commands.add_building(db(), act(), BuildingInput.read(request.form))
    flash("ok", _("%(name)s is entered.", name=made.name))
    return redirect(url_for("households.building", building_id=made.id), 303)


@pages.get("/buildings/<building_id>", perm=SEE)
def building(building_id: str, form: Form = Form()) -> Answer:
    """Show a building as its doors, with what is known of it."""
    found = commands.the_building(db(), building_id)
    values = form.values or {
        "name": found.name,
        "developer": found.developer,
        "completed_on": found.completed_on or "",
        "version": found.version,
    }
    blocks = _blocks(found.id)
    shown: dict[str, Any] = {"building": found, "blocks": blocks, "usages": choices(Usage), "open": bool(form.errors or form.problem)}
    shown["units"] = sum(len(doors) for block in blocks for _floor, doors in block.floors)
    return page("households/building.html", page_id="households.building", form=Form(values, form.errors, form.problem), **shown)


def _blocks(building_id: str) -> list[Block]:
    """Return a building's entrances, each with its floors and doors."""
    care = store.care_by_unit(db(), building_id)
    blocks: dict[str, dict[int, list[Door]]] = {}
    for unit, storey, entrance in store.units_of(db(), building_id):
        blocks.setdefault(entrance, {}).setdefault(storey, []).append(Door(unit, care.get(unit.id)))
    return [Block(code, list(floors.items())) for code, floors in blocks.items()]


@pages.post("/buildings/<building_id>", perm=LAY_OUT, again="building")
def describe_building(building_id: str) -> Answer:
    """Keep what is known of a building."""
    code = commands.the_building(db(), building_id).code
    commands.describe_building(db(), act(), building_id, BuildingInput.read({**request.form.to_dict(), "code": code}))
    flash("ok", _("Kept."))
    return redirect(url_for("households.building", building_id=building_id), 303)


@pages.post("/buildings/<building_id>/units", perm=LAY_OUT, again="building")
def add_unit(building_id: str) -> Answer:
    """Enter one more unit of a building."""
    code = commands.the_building(db(), building_id).code
    made = commands.add_unit(db(), act(), UnitInput.read({**request.form.to_dict(), "building": code}))
    flash("ok", _("%(name)s is entered.", name=made.label))
    return redirect(url_for("households.unit", unit_id=made.id), 303)


@pages.get("/generate", perm=LAY_OUT)
def generator(form: Form = Form(), sample: list[str] | None = None) -> Answer:
    """Show the form that lays out regular buildings."""
    values = form.values or {"first": 1, "buildings": 1, "entrances": 2, "floors": 18, "rooms": 4, "names": "numbers"}
    options = choices(places.RoomNames)
    return page(
        "households/generate.html",
        page_id="households.generate",
        form=Form(values, form.errors, form.problem),
        names=options,
        sample=sample or [],
    )


@pages.post("/generate", perm=LAY_OUT, again="generator")
def generate() -> Answer:
    """Show what would be laid out, or lay it out."""
    said = RegularInput.read(request.form)
    rooms = list(places.rooms_of(said.plan()))
    if not rooms:
        raise Refused("units.none")
    if request.form.get("do") != "make":
        labels = [places.label_of(room.building, room.entrance, room.room) for room in rooms]
        sample = [*labels[:12], "…", *labels[-3:]] if len(labels) > 16 else labels
        return generator(Form({**request.form.to_dict(), "total": len(rooms)}), sample)
    made, old = commands.lay_out(db(), act(), said)
    flash("ok", _("%(made)s units entered; %(old)s were there already.", made=made, old=old))
    return redirect(url_for("households.index"), 303)


@pages.get("/care", perm=READ)
def care() -> Answer:
    """List who is served first and at home (TR46)."""
    return page("households/care.html", page_id="households.care", rows=store.special_care(db()))
