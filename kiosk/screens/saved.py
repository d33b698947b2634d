"""After saving: the three words of truth with their times, the receipt, what is promised and what is not, the slip."""

from flask import Response, abort, render_template
from werkzeug.wrappers import Response as AnyResponse

from forms.qr import matrix
from kiosk import kinds
from kiosk.machine import Offline, Promise, Request
from kiosk.screens.base import Page, go, lobby, machine, pages, show, visit
from kiosk.screens.slip import slip_words
from kiosk.screens.urgent import numbers_for
from kiosk.sessions import Keeping


@pages.get("/saved")
def kept() -> Page:
    """Show what was saved in this visit."""
    keeping = visit().keeping
    if keeping is None:
        return go("home")
    urgent = numbers_for(keeping.category) if keeping.category and kinds.phone_first(keeping.category) else []
    return show(
        "saved.html",
        reading=True,
        keeping=keeping,
        saved=keeping.saved,
        truth=_truth(keeping),
        promise=_promise(keeping),
        revisit=kinds.revisit_of(keeping.category) if keeping.category else None,
        numbers=urgent,
        printer=lobby().printer.state(),
        slip=visit().slip,
    )


def _truth(keeping: Keeping) -> Request:
    """Return how far it is: what this machine knows of its own submission; it needs no line for that."""
    try:
        found = machine().find(keeping.saved.code)
    except Offline:
        found = None
    return found or Request(keeping.saved.number, keeping.saved.saved_at)


def _promise(keeping: Keeping) -> Promise | None:
    if not keeping.category:
        return None
    zone = "common" if keeping.is_common else "unit"
    return machine().promise(keeping.category, keeping.urgency, zone, keeping.saved.saved_at, visit().lang)


@pages.get("/saved/truth")
def truth() -> str:
    """Return the three words alone; the page asks for them while it stands."""
    keeping = visit().keeping
    return render_template("_truth.html", truth=_truth(keeping), now=machine().now()) if keeping else ""


@pages.post("/saved/print")
def print_it() -> AnyResponse:
    """Print the slip; the page says whether it came out."""
    held = visit()
    if (keeping := held.keeping) is not None:
        words = slip_words(keeping, _truth(keeping), _promise(keeping), machine().site(), machine().now())
        held.slip = "printed" if lobby().printer.print_slip(words) else "failed"
    return go("kept")


@pages.get("/saved/code.svg")
def code_drawing() -> Response:
    """Return the receipt code as a QR drawing."""
    keeping = visit().keeping
    if keeping is None:
        abort(404)
    return Response(drawing(keeping.saved.code), mimetype="image/svg+xml")


def drawing(payload: str) -> str:
    """Return a QR code as SVG, with the quiet zone around it."""
    side, modules = matrix(payload)
    dark = "".join(f"M{n % side} {n // side}h1v1h-1z" for n, module in enumerate(modules) if module)
    box = f"-4 -4 {side + 8} {side + 8}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" shape-rendering="crispEdges">'
    return f'{head}<path fill="#fff" d="M-4-4h{side + 8}v{side + 8}h-{side + 8}z"/><path d="{dark}"/></svg>'
