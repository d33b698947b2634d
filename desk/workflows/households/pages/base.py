"""What all pages of the register share: the routes' book, who may read names, the unit card, the timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.kit.access import store as access
from desk.kit.clock import day_of
from desk.kit.clocks import store as clocks
from desk.kit.journal.store import Entry
from desk.kit.web import Pages, act, db, due_of, viewer
from desk.kit.web.frame import local
from desk.kit.web.links import link_to
from desk.kit.words import _, act_words, word
from desk.workflows.households import names, store
from desk.workflows.households.rules import BEST_CALL_TIME, Person, PersonKind, Unit
from desk.workflows.households.store import Member

pages = Pages("households", "desk.workflows.households", url_prefix="/units")

SEE, READ, CHANGE, LAY_OUT, IMPORT, EXPORT = (
    "household.see", "person.see", "household.change", "household.lay_out", "roster.import", "roster.export",
)  # fmt: skip


def now() -> datetime:
    """Return the present of this request."""
    return act().now


def choices(kind: Any) -> list[tuple[str, str]]:
    """Return the members of an enum as a field's options."""
    return [(member.value, word(member)) for member in kind]


def shown_name(person: Person) -> str:
    """Return a name as the viewer may read it; companies are no secret."""
    return person.name if viewer().can(READ) or person.kind is PersonKind.COMPANY else names.masked_name(person.name)


def shown_phone(phone: str) -> str:
    """Return a phone as the viewer may read it."""
    return phone if viewer().can(READ) else names.masked_phone(phone)


def area_words(unit: Unit) -> str:
    """Return the area of a unit in square metres, '' if it is not known."""
    return f"{unit.area_cm2 / 10_000:.2f} m²" if unit.area_cm2 else ""


@dataclass(frozen=True)
class CardPerson:
    """One person as the unit card draws them."""

    name: str
    role: str
    phone: str
    remark: str


def card_person(member: Member) -> CardPerson:
    """Return a person of a unit for its card, masked for those who need not know."""
    call = _("best at %(time)s", time=member.best_time or BEST_CALL_TIME) if member.phone else ""
    return CardPerson(shown_name(member.person), word(member.role), shown_phone(member.phone), call)


def card_of(unit_id: str) -> dict[str, Any] | None:
    """Return a unit as `ui.unit_card` draws it, or None for an unknown unit."""
    found = store.unit_card(db(), unit_id, day_of(now()))
    if found is None:
        return None
    return {
        "title": found.unit.label,
        "url": f"/units/{found.unit.id}",
        "people": [card_person(member) for member in found.people],
        "flags": [("soon", _("Special care: %(what)s", what=word(person.care))) for person in found.care],
        "facts": [(_("Building"), found.building.name), (_("Area"), area_words(found.unit)), (_("Delivered on"), found.unit.delivered_on)],
        "open_items": open_items(unit_id),
    }


def open_items(unit_id: str) -> list[dict[str, str]]:
    """Return what is open for a unit: each case once, with its next due time."""
    items: dict[str, dict[str, str]] = {}
    for clock in clocks.of_file(db(), unit_id):
        shown = due_of(clock, why=False)
        if shown and clock.number not in items:
            url = link_to(clock.kind, clock.object, clock.number)
            items[clock.number] = {"number": clock.number, "url": url, "what": clock.title, "state": shown.state, "words": shown.words}
    return list(items.values())


def timeline(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return journal entries as `ui.timeline` draws them; without the right to read names, they say what happened and not to whom."""
    staff = {member.id: member.name for member in access.staff(db(), active=False)}
    plain = viewer().can(READ)
    return [
        {
            "at_words": local(entry.at, "long"), "iso": local(entry.at, "iso"), "who": staff.get(entry.actor, ""),
            "what": act_words(entry.act, entry.payload if plain else {}), "said": str(entry.payload.get("why") or "") if plain else "",
            "icon": _ICONS.get(entry.act.split(".")[0], "dot"), "tone": "", "url": _url(entry),
        }
        for entry in entries
    ]  # fmt: skip


_ICONS = {
    "person": "person",
    "contact": "phone",
    "unit": "home",
    "consent": "check",
    "repair": "wrench",
    "paper": "paper",
    "clock": "clock",
}


def _url(entry: Entry) -> str:
    number = entry.payload.get("number")
    return link_to(entry.act.split(".")[0], entry.object, number) if isinstance(number, str) else ""
