"""The counter: take a repair while the resident stands there or is on the phone (RC6, RC7)."""

from dataclasses import replace
from typing import Any

from flask import redirect, request, url_for

from desk.kit.web import Answer, Form, act, db, flash, page
from desk.kit.words import _
from desk.workflows.reception import store as reception
from desk.workflows.reception.rules import ContactRow
from desk.workflows.repairs import commands
from desk.workflows.repairs.inputs import AskedAgain, Draft, Report
from desk.workflows.repairs.pages import options
from desk.workflows.repairs.pages.base import TAKE, case_url, pages, typed
from desk.workflows.repairs.pages.beside import beside_of, offer
from desk.workflows.repairs.rules.choices import Source
from desk.workflows.repairs.rules.order import WorkOrder


@pages.get("/new", perm=TAKE)
def new(form: Form = Form()) -> Answer:
    """Ask for the five things, with unit, doubles and promises beside."""
    contact = _contact(form.values.get("contact") or request.args.get("contact", ""))
    form = replace(form, values=_begun(contact) | dict(form.values))
    asked = [str(form.values.get(name, "")) for name in ("unit", "category", "urgency", "zone")]
    side = beside_of(*asked)
    return page(
        "repairs/new.html",
        page_id="repairs.new",
        form=form,
        side=side,
        contact=contact,
        unit_text=side.card["title"] if side.card else str(form.values.get("unit_text", "")),
        categories=options.categories(),
        kinds=options.kinds(),
        urgencies=options.urgencies(),
        zones=options.zones(),
        sources=options.options(Source),
    )


def _contact(contact_id: str) -> ContactRow | None:
    return reception.contact(db(), contact_id) if contact_id else None


def _begun(contact: ContactRow | None) -> dict[str, Any]:
    """Return what the form begins with: what the contact said already, or the unit whose file one comes from."""
    if contact is None:
        return {"unit": request.args.get("unit", ""), "source": Source.CALL.value} | offer(request.args.get("unit", ""))
    return {
        "contact": contact.id,
        "unit": contact.unit,
        "name": contact.person,
        "phone": contact.phone,
        "what": contact.words,
        "wished": contact.wished,
        "source": contact.channel.value,
    }


@pages.post("/", perm=TAKE, again="new")
def report() -> Answer:
    """Take a complete report under its number."""
    order = commands.report(db(), act(), Report.read(typed(unit=_unit())))
    return _saved(order, _("%(number)s is saved.", number=order.number))


@pages.post("/first", perm=TAKE, again="new")
def save_first() -> Answer:
    """Save room and one line while still on the phone; the rest is asked on the case's page."""
    order = commands.save_first(db(), act(), Draft.read(typed(unit=_unit(), contact=request.form.get("contact", ""))))
    flash("ok", _("%(number)s is saved first. Now complete it.", number=order.number))
    return redirect(case_url(order.number), 303)


@pages.post("/<number>/same", perm=TAKE, again="new")
def same(number: str) -> Answer:
    """Enter the contact into the log of an open order about the same trouble, instead of a second order."""
    order = commands.ask_again(db(), act(), number, AskedAgain.read(typed()))
    flash("ok", _("Entered as asked again on %(number)s.", number=order.number))
    return redirect(case_url(order.number), 303)


def _unit() -> str:
    """Return the unit that was picked, or what was typed where nothing was picked from the list."""
    return request.form.get("unit", "").strip() or request.form.get("unit_text", "").strip()


def _saved(order: WorkOrder, said: str) -> Answer:
    """Go on as the button said: to the case with its slip, or to the next report."""
    flash("ok", said)
    if request.form.get("then") == "next":
        return redirect(url_for("repairs.new"), 303)
    return redirect(case_url(order.number, saved="print" if request.form.get("then") == "print" else "1"), 303)
