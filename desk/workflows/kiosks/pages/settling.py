"""What came from kiosks and needs a person: the list, and one submission in words."""

import json
from enum import StrEnum
from typing import Any

from flask import redirect, request, url_for

from desk.kit.problems import Problem
from desk.kit.web import Answer, Form, act, db, flash, link_to, page
from desk.kit.words import _, gettext, sentence, word
from desk.workflows.households.commands import unit_of
from desk.workflows.households.rules import Unit
from desk.workflows.kiosks import commands
from desk.workflows.kiosks.commands.settling import said_in, waits
from desk.workflows.kiosks.inputs import Closing, EnterAsContact, Reason
from desk.workflows.kiosks.pages.base import SETTLE, items, names_of
from desk.workflows.kiosks.words import ASIDE, BODY, KINDS, PLACES
from desk.workflows.reception.arrivals import arrivals
from desk.workflows.repairs.rules.choices import Category, Urgency
from sync.inbox import store
from sync.inbox.store import Entry


@items.get("/", perm=SETTLE)
def settle() -> Answer:
    """Show what waits for a person: submissions, what was set aside, and what is missing."""
    waiting = [(entry, kind_words(entry), why(entry)) for entry in store.entries_waiting(db())]
    names = {device.id: device.name for device in store.devices(db())}
    aside = [(one, gettext(ASIDE.get(one.why, one.why))) for one in store.quarantined(db())]
    return page(
        "kiosks/settle.html", page_id="kiosks.settle", waiting=waiting, aside=aside, gaps=store.gaps(db()), names=names, what=said_in
    )


def kind_words(entry: Entry) -> str:
    """Return what kind of submission it is."""
    return gettext(KINDS.get(entry.kind, entry.kind))


def why(entry: Entry) -> str:
    """Return why a submission waits, in words; the fields that could not be read are named."""
    fields = entry.details.get("fields", "")
    said = [gettext(BODY[name]) for name in BODY if f"'{name}'" in str(fields) or f'"{name}"' in str(fields)]
    words = sentence(entry.reason, dict(entry.details)) if entry.reason != "form.unclear" else ""
    return " ".join(filter(None, (words, _("Cannot be read: %(what)s", what=_(", ").join(said)) if said else ""))) or entry.reason


@items.get("/<entry_id>", perm=SETTLE)
def item(entry_id: str, form: Form = Form()) -> Answer:
    """Show one submission: what was typed, why it waits, when it was made and came, and what can be done."""
    entry = commands.the_entry(db(), entry_id)
    unit = _unit(str(form.values.get("unit") or said_in(entry, "unit")))
    values = form.values or {"unit": unit.id if unit else "", "unit_text": unit.label if unit else ""}
    shown: dict[str, Any] = {
        "entry": entry, "kind": kind_words(entry), "why": why(entry) if entry.reason else "", "waits": waits(entry), "typed": _typed(entry),
        "arrivals": arrivals(db(), "", entry.id), "unit_text": unit.label if unit else "", "form": Form(values, form.errors, form.problem),
        "case_url": link_to(entry.case_kind, entry.object, entry.case_number) if entry.object else "",
        "settled_by": names_of(db()).get(entry.settled_by, entry.settled_by),
    }  # fmt: skip
    return page("kiosks/item.html", page_id="kiosks.item", **shown)


def _typed(entry: Entry) -> list[tuple[str, str]]:
    """Return what the resident typed, field by field; what this desk does not know comes last, as it came."""
    known = [(gettext(label), _choice(name, said_in(entry, name))) for name, label in BODY.items() if said_in(entry, name)]
    hidden = {"receipt", "identity", "lang", *BODY}
    rest = {name: value for name, value in entry.body.items() if name not in hidden}
    return known + ([(_("Other"), json.dumps(rest, ensure_ascii=False)[:1000])] if rest else [])


def _choice(name: str, value: str) -> str:
    """Return a choice that a resident tapped by its word; anything else as it came."""
    kinds: dict[str, type[StrEnum]] = {"category": Category, "urgency": Urgency}
    if name == "place":
        return gettext(PLACES.get(value, value))
    return word(kinds[name](value)) if name in kinds and value in set(kinds[name]) else value


def _unit(typed: str) -> Unit | None:
    try:
        return unit_of(db(), typed) if typed else None
    except Problem:
        return None


@items.post("/<entry_id>/enter", perm=SETTLE, again="item")
def enter(entry_id: str) -> Answer:
    """Enter a submission into the contact log, as of the resident's submit time."""
    typed = request.form.to_dict()
    said = EnterAsContact.read({**typed, "unit": typed.get("unit") or typed.get("unit_text", "")})
    taken = commands.enter_as_contact(db(), act(), entry_id, said)
    flash("ok", _("Entered as a contact, counted from when it was submitted."))
    return redirect(url_for("reception.show", contact_id=taken.id), 303)


@items.post("/<entry_id>/close", perm=SETTLE, again="item")
def close(entry_id: str) -> Answer:
    """Close a submission with words to its resident."""
    commands.close(db(), act(), entry_id, Closing.read(request.form))
    flash("ok", _("Closed. The resident can read the answer at any kiosk."))
    return redirect(url_for("submissions.settle"), 303)


@items.post("/aside/<int:n>", perm=SETTLE, again="settle")
def look_at(n: int) -> Answer:
    """Write what somebody found who looked at something that was set aside."""
    commands.look_at(db(), act(), n, Reason.read(request.form))
    flash("ok", _("Kept."))
    return redirect(url_for("submissions.settle"), 303)
