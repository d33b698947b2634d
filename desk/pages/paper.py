"""Papers: looked at, printed, taken back; and the public page on which anybody checks a slip."""

import hashlib
from datetime import timedelta

from flask import redirect, request

from desk.kit import papers
from desk.kit.access import store as access
from desk.kit.access.rules import TRIES_PER_ADDRESS
from desk.kit.clocks import store as clocks
from desk.kit.inputs import Input, Line
from desk.kit.papers import Paper
from desk.kit.problems import Refused, Unclear
from desk.kit.quiet import quietly
from desk.kit.web import Answer, Pages, act, db, flash, house, page, pdf_answer, public
from desk.kit.web.gate import local_path
from desk.kit.words import _, language

pages = Pages("papers", __name__)
slips = Pages("slips", __name__)

SIZES = ("", "A4", "A5", "80mm")  # '': the size that the form is made for
_WINDOW = timedelta(minutes=15)


class Reason(Input):
    """Why a paper is taken back."""

    reason: Line


def _size() -> str:
    size = request.values.get("size", "")
    if size not in SIZES:
        raise Unclear("form.unclear", fields={"size": _("Choose one from the list.")})
    return size


@pages.get("/papers/<paper_id>.pdf", perm="paper.see")
def show(paper_id: str) -> Answer:
    """Show a sheet on the screen as it would print next; nothing is logged."""
    paper = papers.of(db(), paper_id)
    return pdf_answer(papers.preview(db(), paper_id, _size()), f"{paper.number}.pdf")


@pages.post("/papers/<paper_id>/print", perm="paper.print")
def print_out(paper_id: str) -> Answer:
    """Log a printing and return the sheet, from the second time on with its reprint mark."""
    size = _size()
    return pdf_answer(papers.print_out(db(), act(), paper_id, size), f"{papers.of(db(), paper_id).number}.pdf")


@pages.post("/papers/<paper_id>/void", perm="paper.void")
def void(paper_id: str) -> Answer:
    """Take a paper back with a reason."""
    papers.void(db(), act(), paper_id, Reason.read(request.form).reason)
    flash("ok", _("The paper no longer counts. Prints of it carry the void mark."))
    return redirect(local_path(request.form.get("next")), 303)


@public(slips, "GET", "/check")
def check() -> Answer:
    """Tell anybody whether a slip is one of ours, and how its case stands, without a name, room or phone."""
    number, code = request.args.get("number", "").strip().upper()[:40], request.args.get("code", "").strip().upper()[:20]
    found = _checked(number, code) if number and code else None
    context = {"number": number, "code": code, "asked": bool(number and code), "paper": found}
    if found is None:
        return page("slip_check.html", **context)
    running = clocks.running_of(db(), found.object)
    return page("slip_check.html", **context, kind=papers.title(found.kind, language()), due=running[0] if running else None)


def _checked(number: str, code: str) -> Paper | None:
    """Return the paper; codes tried from one address are counted, so that nobody tries them all."""
    address, now = f"slip:{request.remote_addr}", house().clock.now()
    key = hashlib.sha256(number.encode("utf-8", "replace")).hexdigest()
    if access.tries(db(), key, address, now - _WINDOW)[1] >= TRIES_PER_ADDRESS:
        raise Refused("access.wait", minutes=15)
    found = papers.check(db(), number, code)
    if found is None:
        with quietly(db()):
            access.keep_try(db(), key, address, now)
    return found
