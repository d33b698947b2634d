"""What stands beside a form: the unit with its people and open items, the doubles of the last days, and what the rules promise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request

from desk.kit import clocks, site_facts
from desk.kit.clock import day_of
from desk.kit.deadlines import Policy, due, left_words, show_due, state, trace_words
from desk.kit.problems import Problem
from desk.kit.web import Answer, Form, act, db, page, viewer
from desk.kit.words import _, language, word
from desk.workflows.households import store as register
from desk.workflows.households.names import masked_name, masked_phone
from desk.workflows.repairs import commands, store
from desk.workflows.repairs.pages.base import TAKE, case_url, pages
from desk.workflows.repairs.pages.options import clock_words
from desk.workflows.repairs.rules.choices import Category, Urgency, Zone
from desk.workflows.repairs.rules.order import WorkOrder
from desk.workflows.repairs.rules.tables import PRIORITY, SORTS, Run, Sort, next_run
from desk.workflows.repairs.store import Line


@dataclass(frozen=True)
class Lamp:
    """A due time as `ui.due` draws it."""

    state: str
    words: str
    at_words: str = ""
    iso: str = ""
    provisional: bool = False
    trace: tuple[str, ...] = ()


def lamp_of(line: Line, now: datetime) -> Lamp | None:
    """Return the lamp of an order in a list, from its next due time."""
    if line.next_due_at is None:
        return None
    at, lang = line.next_due_at, language()
    shown = state(at, now, line.reported_at).value
    return Lamp(shown, left_words(at, now, lang), show_due(at, lang), at.isoformat(timespec="seconds"))


def unit_card(unit_id: str) -> dict[str, Any] | None:
    """Return a unit as `ui.unit_card` draws it: people, phones, who needs care, and the repairs that are open there."""
    now = act().now
    card = register.unit_card(db(), unit_id, day_of(now))
    if card is None:
        return None
    return {
        "title": card.unit.label,
        "url": f"/units/{card.unit.id}",
        "flags": [("soon", _("Special care: %(what)s", what=word(person.care))) for person in card.care],
        "people": [_person(member) for member in card.people],
        "facts": [(_("Building completed on"), card.building.completed_on), (_("Home handed over on"), card.unit.delivered_on)],
        "open_items": [_item(line, now) for line in store.of_unit(db(), unit_id) if line.closed_at is None],
    }


def _person(member: register.Member) -> dict[str, str]:
    plain = viewer().can("person.see")
    return {
        "name": member.name if plain else masked_name(member.name),
        "phone": member.phone if plain else masked_phone(member.phone),
        "role": word(member.role),
        "remark": member.best_time,
    }


def _item(line: Line, now: datetime) -> dict[str, str]:
    lamp = lamp_of(line, now)
    return {
        "number": line.number,
        "url": case_url(line.number),
        "what": line.what[:40],
        "state": lamp.state if lamp else "paused",
        "words": lamp.words if lamp else word(line.stage),
    }


def targets(category: Category, urgency: Urgency | None, zone: Zone | None, start: datetime) -> list[tuple[str, Lamp]]:
    """Return what the priority table promises for a report of this kind: first answer, on site, repaired."""
    usual = SORTS[category]
    found = PRIORITY[urgency or usual.urgency, zone or usual.zone]
    kinds = (("repair.respond", found.respond), ("repair.visit", found.arrive), ("repair.complete", found.complete))
    return [(clock_words(kind), _promised(policy, start)) for kind, policy in kinds]


def _promised(policy: Policy, start: datetime) -> Lamp:
    made, lang = due(policy, clocks.calendar(db()), start), language()
    return Lamp(
        "ok",
        show_due(made.at, lang),
        iso=made.at.isoformat(timespec="seconds"),
        provisional=made.provisional,
        trace=tuple(trace_words(made.trace, lang)),
    )


@dataclass(frozen=True)
class Beside:
    """What the side of the counter form shows."""

    sort: Sort | None
    urgency: Urgency | None
    targets: list[tuple[str, Lamp]]
    run: Run
    doubles: list[WorkOrder]
    card: dict[str, Any] | None


def beside_of(unit: str, category: str, urgency: str, zone: str) -> Beside:
    """Return the side of the counter form for what is chosen so far; nothing chosen is no mistake."""
    sort = Category(category) if category in {one.value for one in Category} else None
    urgent = Urgency(urgency) if urgency in {one.value for one in Urgency} else None
    where = Zone(zone) if zone in {one.value for one in Zone} else None
    now = act().now
    promised = targets(sort, urgent, where, now) if sort else []
    usual = SORTS[sort] if sort else None
    return Beside(
        usual,
        urgent or (usual.urgency if usual else None),
        promised,
        next_run(now, site_facts.of(db()).cut_offs),
        _doubles(unit, sort),
        unit_card(unit) if unit else None,
    )


def _doubles(unit: str, category: Category | None) -> list[WorkOrder]:
    try:
        return commands.doubles_for(db(), act(), unit, category) if unit and category else []
    except Problem:  # a room that is still being typed
        return []


def offer(unit_id: str) -> dict[str, str]:
    """Return name and phone of the first person of a unit, for the clerk to confirm or to overwrite."""
    members = register.people(db(), unit_id, day_of(act().now)) if unit_id else []
    if not members:
        return {}
    name, phone = members[0].name, members[0].phone
    return {"name": name, "phone": phone, "offered": f"{name}|{phone}"}


@pages.get("/beside", perm=TAKE)
def beside() -> Answer:
    """Show the side of the counter form anew after each choice, and offer the person of a room as long as nobody typed another."""
    chosen = [request.args.get(name, "") for name in ("unit", "category", "urgency", "zone")]
    typed = f"{request.args.get('name', '')}|{request.args.get('phone', '')}"
    offered = offer(chosen[0]) if typed in ("|", request.args.get("offered", "")) else {}
    return page("repairs/side.html", side=beside_of(*chosen), who=Form(offered) if offered else None)
