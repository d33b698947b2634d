"""The household file (一户一档): people with their roles over time, open items, papers, timeline, and what other workflows show."""

from typing import Any

from flask import abort, redirect, request, url_for

from desk.kit import search
from desk.kit.clock import day_of
from desk.kit.journal import store as journal
from desk.kit.papers import store as papers
from desk.kit.web import Answer, Form, act, db, flash, house, page, viewer
from desk.kit.words import _, gettext
from desk.workflows.households import commands, rules, store
from desk.workflows.households.inputs import EndInput, HandOverInput, MemberInput, UnitFacts
from desk.workflows.households.pages.base import (
    CHANGE,
    READ,
    SEE,
    area_words,
    card_of,
    choices,
    now,
    open_items,
    pages,
    shown_name,
    shown_phone,
    timeline,
)
from desk.workflows.households.rules import CareNeed, ContactKind, HouseRole, PersonKind, Unit, UnitState, Usage
from desk.workflows.households.words import PAPERS

ENTRIES = 60
PICKED = 12


@pages.get("/<unit_id>", perm=SEE)
def unit(unit_id: str) -> Answer:
    """Show the file of a household."""
    found = commands.the_unit(db(), unit_id)
    today = day_of(now())
    members = store.history(db(), found.id)
    current = [member for member in members if rules.holds(member.occupancy, today)]
    shown = {
        "unit": found, "building": commands.the_building(db(), found.building), "area": area_words(found), "current": store.people(db(), found.id, today),
        "coming": [member for member in members if member.occupancy.from_on and member.occupancy.from_on > today],
        "past": [member for member in members if member not in current and not (member.occupancy.from_on and member.occupancy.from_on > today)],
        "care": [member.person for member in current if member.person.care], "today": today, "phones": _phones(current),
    }  # fmt: skip
    context = {"shown_name": shown_name, "shown_phone": shown_phone, "wanted": rules.PHONES_WANTED, "usual_time": rules.BEST_CALL_TIME}
    entries = timeline(journal.of_file(db(), found.id, ENTRIES))
    sheets = papers.of_file(db(), found.id, 30)
    beside = {"items": open_items(found.id), "papers": sheets, "entries": entries, "panels": _panels(found), "turns": _turns(found)}
    return page("households/unit.html", page_id="households.unit", **beside, **shown, **context)


def _phones(members: list[store.Member]) -> int:
    """Return how many different phones the people of a household have (TR31)."""
    return len({contact.value for member in members for contact in member.contacts if contact.kind is ContactKind.PHONE})


def _panels(found: Unit) -> list[dict[str, Any]]:
    """Return what other workflows show in the file, for those parts that the viewer may see."""
    panels = [panel for workflow in house().workflows for panel in workflow.panels if viewer().can(panel.perm)]
    return [{"title": gettext(panel.title), "template": panel.template, "rows": panel.rows(db(), found.id)} for panel in panels]


def _turns(found: Unit) -> list[dict[str, str]]:
    """Return what other workflows can begin for this unit: a repair, and later more."""
    turns = [turn for workflow in house().workflows for turn in workflow.turns if viewer().can(turn.perm)]
    return [{"label": gettext(turn.label), "icon": turn.icon, "url": url_for(turn.endpoint, unit=found.id)} for turn in turns]


@pages.get("/<unit_id>/card", perm=SEE)
def card(unit_id: str) -> Answer:
    """Show the card that stands beside forms: people, phones, care, open items."""
    found = card_of(unit_id)
    return page("households/card.html", card=found) if found else abort(404)


@pages.get("/pick", perm=SEE)
def pick() -> Answer:
    """Answer a field that picks a unit: rooms in any spelling, and people by name, initials or phone for those who may read names."""
    query = (request.args.get("q") or request.args.get(f"{request.args.get('field', '')}_text") or "").strip()[:100]
    found: dict[str, Unit] = {}
    for one in _picked(query) if query else []:
        found.setdefault(one.id, one)
    today = day_of(now())
    options = []
    for one in list(found.values())[:PICKED]:
        people = [shown_name(member.person) for member in store.people(db(), one.id, today)][:3]
        options.append(
            {"id": one.id, "label": one.label, "detail": "、".join(people), "card_url": url_for("households.card", unit_id=one.id)}
        )
    return page("households/pick.html", options=options)


def _picked(query: str) -> list[Unit]:
    key = search.key_of(query)
    found = [*store.spelled(db(), key), *store.beginning(db(), key, PICKED)] if key else []
    for hit in search.find(db(), query, PICKED, ("unit", "person") if viewer().can(READ) else ("unit",)):
        if hit.kind == "unit":
            found += store.units(db(), [hit.object]).values()
        else:
            found += [place for role, place in store.roles_of(db(), hit.object) if role.to_on is None]
    return found


@pages.get("/<unit_id>/facts", perm=CHANGE)
def facts(unit_id: str, form: Form = Form()) -> Answer:
    """Show the form for what is known of a unit."""
    found = commands.the_unit(db(), unit_id)
    values = form.values or {
        "area": f"{found.area_cm2 / 10_000:.2f}" if found.area_cm2 else "", "usage": found.usage.value, "state": found.state.value,
        "delivered_on": found.delivered_on or "", "renovated_on": found.renovated_on or "", "renovated_by": found.renovated_by, "version": found.version,
    }  # fmt: skip
    options = {"usages": choices(Usage), "states": choices(UnitState)}
    return page("households/facts.html", page_id="households.facts", unit=found, form=Form(values, form.errors, form.problem), **options)


@pages.post("/<unit_id>/facts", perm=CHANGE, again="facts")
def describe(unit_id: str) -> Answer:
    """Keep what is known of a unit."""
    commands.describe_unit(db(), act(), unit_id, UnitFacts.read(request.form))
    flash("ok", _("Kept."))
    return redirect(url_for("households.unit", unit_id=unit_id), 303)


@pages.get("/<unit_id>/enter", perm=CHANGE)
def enter_form(unit_id: str, form: Form = Form()) -> Answer:
    """Show the form that enters a person into a unit."""
    found = commands.the_unit(db(), unit_id)
    people = store.people(db(), found.id, day_of(now()))
    role = str(
        form.values.get("role") or request.args.get("role") or ("tenant" if any(one.role is HouseRole.OWNER for one in people) else "owner")
    )
    options = {"roles": choices(HouseRole), "kinds": choices(PersonKind), "cares": [("", _("No")), *choices(CareNeed)]}
    principals = [("", "—"), *((one.person.id, one.name) for one in people if one.role not in rules.ACTS_FOR_ANOTHER)]
    values = form.values or {"role": role, "kind": "natural"}
    asked = [gettext(PAPERS[name]) for name in _papers(role, str(values.get("kind")))]
    again = Form(values, form.errors, form.problem)
    return page("households/enter.html", page_id="households.enter", unit=found, form=again, principals=principals, asked=asked, **options)


def _papers(role: str, kind: str) -> tuple[str, ...]:
    known = role in set(HouseRole) and kind in set(PersonKind)
    return rules.identity_papers(HouseRole(role), PersonKind(kind)) if known else ()


@pages.get("/originals", perm=CHANGE)
def originals() -> Answer:
    """Answer the form's choice of role with the originals to ask for (MI1-MI3)."""
    asked = [gettext(PAPERS[name]) for name in _papers(request.args.get("role", ""), request.args.get("kind", "natural"))]
    return page("households/originals.html", asked=asked)


@pages.post("/<unit_id>/enter", perm=CHANGE, again="enter_form")
def enter(unit_id: str) -> Answer:
    """Enter a person into a unit."""
    said = MemberInput.read(request.form)
    made = commands.enter(db(), act(), unit_id, said)
    flash("ok", _("%(name)s is entered.", name=commands.the_person(db(), made.person).name))
    return redirect(url_for("households.unit", unit_id=unit_id), 303)


@pages.get("/<unit_id>/hand-over", perm=CHANGE)
def hand_over_form(unit_id: str, form: Form = Form()) -> Answer:
    """Show the form that gives a unit to a new owner."""
    found = commands.the_unit(db(), unit_id)
    owners = [member for member in store.people(db(), found.id, day_of(now())) if member.role in rules.OWNERS]
    values = form.values or {"handed_over_on": day_of(now()), "kind": "natural"}
    again = Form(values, form.errors, form.problem)
    return page(
        "households/hand_over.html", page_id="households.hand_over", unit=found, owners=owners, kinds=choices(PersonKind), form=again
    )


@pages.post("/<unit_id>/hand-over", perm=CHANGE, again="hand_over_form")
def hand_over(unit_id: str) -> Answer:
    """Give a unit to a new owner."""
    commands.hand_over(db(), act(), unit_id, HandOverInput.read(request.form))
    flash("ok", _("The unit is handed over."))
    return redirect(url_for("households.unit", unit_id=unit_id), 303)


@pages.get("/roles/<occupancy_id>/end", perm=CHANGE)
def end_form(occupancy_id: str, form: Form = Form()) -> Answer:
    """Show the form that ends a role."""
    role = store.occupancy(db(), occupancy_id) or abort(404)
    found, person = commands.the_unit(db(), role.unit), commands.the_person(db(), role.person)
    values = form.values or {"last_day": day_of(now()), "version": role.version}
    return page(
        "households/end.html", page_id="households.end", unit=found, role=role, person=person, form=Form(values, form.errors, form.problem)
    )


@pages.post("/roles/<occupancy_id>/end", perm=CHANGE, again="end_form")
def end(occupancy_id: str) -> Answer:
    """End a role."""
    ended = commands.leave(db(), act(), occupancy_id, EndInput.read(request.form))
    flash("ok", _("Kept. The entry stays in the file."))
    return redirect(url_for("households.unit", unit_id=ended.unit), 303)
