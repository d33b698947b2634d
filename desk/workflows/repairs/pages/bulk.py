"""Many orders in one go: send one worker, print all sheets as one file, and take it back with one undo."""

from flask import redirect, request, url_for

from desk.kit.web import Answer, act, db, flash, page, pdf_answer
from desk.kit.words import _, ngettext
from desk.workflows.repairs import commands
from desk.workflows.repairs.pages.base import DISPATCH, pages
from desk.workflows.repairs.pages.board import kept


@pages.post("/bulk/dispatch", perm=DISPATCH, again="board")
def bulk_dispatch() -> Answer:
    """Send one worker to all chosen orders."""
    made = commands.dispatch_many(db(), act(), tuple(request.form.getlist("ids")), request.form.get("worker", ""))
    n = len(made.items)
    said = ngettext("%(n)s work order given to %(name)s.", "%(n)s work orders given to %(name)s.", n) % {"n": n, "name": made.worker_name}
    flash("ok", said, url_for("repairs.bulk_undo", bulk_id=made.id))
    return redirect(url_for("repairs.bulk_done", bulk_id=made.id), 303)


@pages.get("/bulk/<bulk_id>", perm=DISPATCH)
def bulk_done(bulk_id: str) -> Answer:
    """Show what was sent in one go, to print it or to take it back."""
    made = commands.the_bulk(db(), bulk_id)
    return page("repairs/bulk.html", page_id="repairs.bulk", bulk=made, orders=[commands.the_order(db(), one[0]) for one in made.items])


@pages.post("/bulk/<bulk_id>/print", perm=DISPATCH)
def bulk_print(bulk_id: str) -> Answer:
    """Print the sheets of a bulk dispatch as one file."""
    return pdf_answer(commands.print_many(db(), act(), bulk_id), f"work-orders-{bulk_id[:8]}.pdf")


@pages.post("/bulk/<bulk_id>/undo", perm=DISPATCH)
def bulk_undo(bulk_id: str) -> Answer:
    """Take a bulk dispatch back."""
    n = commands.undo_many(db(), act(), bulk_id)
    flash("ok", ngettext("%(n)s work order is back in the list.", "%(n)s work orders are back in the list.", n) % {"n": n})
    return redirect(url_for("repairs.board"), 303)


@pages.post("/bulk/print", perm=DISPATCH, again="board")
def bulk_sheets() -> Answer:
    """Print the sheets of all chosen orders as one file."""
    found = [commands.order_paper(db(), commands.the_order(db(), order_id)) for order_id in request.form.getlist("ids")]
    standing = [paper.id for paper in found if paper]
    if not standing:
        flash("error", _("None of the chosen orders has a sheet yet. Dispatch them first."))
        return redirect(url_for("repairs.board", **kept()), 303)
    return pdf_answer(commands.print_papers(db(), act(), standing), "work-orders.pdf")
