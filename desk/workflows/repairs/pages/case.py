"""The page of one case: where it stands, what is owed, what can be done now, and all that happened."""

from typing import Any

from flask import Response

from desk.kit.problems import Missing
from desk.kit.web import Answer, Form, db, page, viewer
from desk.workflows.reception.arrivals import arrivals
from desk.workflows.repairs import commands, store
from desk.workflows.repairs.pages import asked, steps
from desk.workflows.repairs.pages.base import SEE, pages, the_order
from desk.workflows.repairs.pages.beside import unit_card
from desk.workflows.repairs.pages.moves import Move, chosen, moves_of
from desk.workflows.repairs.pages.queue import queue_of
from desk.workflows.repairs.pages.seen import Seen
from desk.workflows.repairs.rules.choices import BEFORE_WORK
from desk.workflows.repairs.rules.order import WorkOrder
from desk.workflows.repairs.words import PAYERS, why_lines


@pages.get("/<number>", perm=SEE)
def case(number: str, form: Form = Form()) -> Answer:
    """Show one case with the form of the act that comes next."""
    order = the_order(number)
    moves = moves_of(order, viewer())
    wanted = str(form.values.get("do") or asked.wanted())
    move = chosen(moves, wanted)
    seen = Seen(order)
    return page(
        "repairs/case.html",
        page_id="repairs.case",
        order=order,
        seen=seen,
        moves=moves,
        move=move,
        form=form_for(order, move, form, wanted),
        problem=form.problem,
        typed=_lost(form, move, wanted),
        ask=_what_to_ask(seen, move),
        steps=steps.steps_of(order),
        step=steps.step_of(order),
        card=unit_card(order.unit),
        doubles=commands.doubles_of(db(), order) if order.stage in BEFORE_WORK else [],
        target=_merged_into(order),
        queue=queue_of(order.number),
        payers=PAYERS,
        why=why_lines(order.why),
        people=seen.people,
        arrivals=arrivals(db(), order.id),
    )


def _merged_into(order: WorkOrder) -> WorkOrder | None:
    return store.get(db(), order.merged_into) if order.merged_into else None


def form_for(order: WorkOrder, move: Move | None, form: Form, wanted: str) -> Form:
    """Return the form of the open act: as it was typed, or as the order knows it."""
    if move is None or (form.values and move.key == wanted):
        return form
    return Form(asked.begun(order, move.form))


def _lost(form: Form, move: Move | None, wanted: str) -> list[str]:
    """Return words that were typed for an act that is no longer possible, so that nobody has to remember them."""
    if not form.values or (move and move.key == wanted):
        return []
    return [str(value) for name, value in form.values.items() if name in ("words", "reason", "what", "answer") and value]


def _what_to_ask(seen: Seen, move: Move | None) -> dict[str, Any]:
    """Return the choices that the open act's form offers."""
    return asked.choices(seen, move.form) if move else {}


@pages.get("/<number>/signature/<digest>.png", perm=SEE)
def drawing(number: str, digest: str) -> Answer:
    """Show a drawn signature."""
    return picture(the_order(number), digest)


def picture(order: WorkOrder, digest: str) -> Answer:
    """Return a signature that was drawn for this order; 404 for any other."""
    seen = Seen(order)
    png = store.drawing(db(), digest) if digest in {one.image for one in seen.signatures} else None
    if png is None:
        raise Missing("repair.unknown", id=order.number)
    return Response(png, mimetype="image/png", headers={"Cache-Control": "private, max-age=86400, immutable"})
