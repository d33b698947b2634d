"""The revisit call list: whom to call next, at which number and when best, with the result entered in the row."""

from typing import Any

from flask import request

from desk.kit.clock import day_of
from desk.kit.web import Answer, Form, act, db, page
from desk.kit.words import _
from desk.workflows.households import store as register
from desk.workflows.repairs import commands, inputs, store
from desk.workflows.repairs.pages import options
from desk.workflows.repairs.pages.base import REVISIT, done, now, pages, typed
from desk.workflows.repairs.pages.beside import lamp_of
from desk.workflows.repairs.pages.board import ROWS, pager, tabs
from desk.workflows.repairs.pages.seen import Seen
from desk.workflows.repairs.rules.choices import Channel, RevisitResult, Stage
from desk.workflows.repairs.rules.order import Revisit
from desk.workflows.repairs.store import Line, Wanted


@pages.get("/revisits", perm=REVISIT)
def revisits(form: Form = Form()) -> Answer:
    """Show whom to call, next due first."""
    found = store.open_list(db(), Wanted(stage=Stage.SIGNED), request.args.get("after", ""), ROWS)
    rows = [_row(line, form) for line in found.lines]
    channels, results = options.options(Channel), options.options(RevisitResult)
    context = {
        "rows": rows,
        "form": form,
        "tabs": tabs(),
        "pager": pager(found, "repairs.revisits"),
        "channels": channels,
        "results": results,
    }
    return page("repairs/revisits.html", page_id="repairs.revisits", **context)


def _row(line: Line, form: Form) -> dict[str, Any]:
    attempts = [one for one in store.parts(db(), Revisit, line.id) if one.cycle == line.cycle]
    trips = Seen(commands.the_order(db(), line.id)).trips
    return {
        "line": line,
        "lamp": lamp_of(line, now()),
        "best": _best_time(line),
        "attempts": attempts,
        "repairers": "、".join(dict.fromkeys(trip.worker_name for trip in trips if trip.cycle == line.cycle)),
        "form": form if form.values.get("number") == line.number else Form({"channel": Channel.PHONE.value}),
    }


def _best_time(line: Line) -> str:
    """Return when the resident is best called: as the household file says, else in the evening (TR24)."""
    members = register.people(db(), line.unit, day_of(now()))
    told = next((member.best_time for member in members if member.phone == line.phone and member.best_time), "")
    return told or _("about 20:00")


@pages.post("/revisits", perm=REVISIT, again="revisits")
def revisit_in_row() -> Answer:
    """Record what one call of the list found."""
    number = request.form.get("number", "")
    order = commands.revisit(db(), act(), number, inputs.Revisiting.read(typed()))
    said = {Stage.CLOSED: _("%(number)s is closed: the resident is content.", number=order.number)}
    return done(number, said.get(order.stage, _("Recorded for %(number)s.", number=order.number)))
