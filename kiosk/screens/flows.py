"""The way through a flow: question after question, back and forth, the review with every answer changeable, and saving once."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from desk.kit.words import using
from kiosk import kinds
from kiosk.machine import Full
from kiosk.screens.base import Page, again, go, keep_typed, lobby, machine, pages, show, take_back, visit
from kiosk.screens.filing import FLOWS, GROUPS, Flow
from kiosk.screens.kind import about_words, category_of
from kiosk.screens.kind import said as category_words
from kiosk.screens.urgent import numbers_for
from kiosk.screens.when import slot_words
from kiosk.screens.where import place_words
from kiosk.sessions import Draft, Keeping


def _flow(name: str) -> tuple[Flow, Draft]:
    if name not in FLOWS:
        abort(404)
    return FLOWS[name], visit().draft(name)


@pages.get("/do/<flow>")
def begin(flow: str) -> Page:
    """Go to the first question that is open; a machine that is full says so before anything is typed."""
    way, draft = _flow(flow)
    if not machine().link().enrolled:
        return go("home")
    if machine().link().full == "all":
        return show("full.html", what="all")
    return _onward(way, draft)


def _onward(flow: Flow, draft: Draft) -> Response:
    ask = flow.next(draft)
    return go("ask", flow=flow.name, step=ask.name) if ask else go("review", flow=flow.name)


@pages.get("/do/<flow>/<step>")
def ask(flow: str, step: str) -> Page:
    """Show one question; one that makes no sense yet leads to the one before it."""
    way, draft = _flow(flow)
    found = way.ask(step)
    if found is None:
        abort(404)
    if not found.applies(draft) or _asked_too_early(way, draft, step):
        return _onward(way, draft)
    request.environ["kiosk.flow"] = way
    return found.show(found, flow, draft)


def _asked_too_early(way: Flow, draft: Draft, step: str) -> bool:
    names, following = [one.name for one in way.asks], way.next(draft)
    return following is not None and names.index(step) > names.index(following.name)


@pages.post("/do/<flow>/<step>")
def take(flow: str, step: str) -> Response:
    """Take the answer and go on, or go back; a mistake loses nothing."""
    way, draft = _flow(flow)
    found = way.ask(step)
    if found is None:
        abort(404)
    if request.form.get("go") == "back":
        keep_typed(request.path, request.form)
        return _back(way, draft, step)
    errors = found.take(found, draft, request.form)
    if errors:
        return again({name: words for name, words in errors.items() if words})
    take_back(request.path)
    return _onward(way, draft)


def _back(way: Flow, draft: Draft, step: str) -> Response:
    if draft.back_to_review and way.next(draft) is None:
        return go("review", flow=way.name)
    earlier = way.before(step, draft)
    return go("ask", flow=way.name, step=earlier.name) if earlier else go("home")


@pages.get("/do/<flow>/review")
def review(flow: str) -> Page:
    """Show every answer, each with the way to change it."""
    way, draft = _flow(flow)
    if way.next(draft):
        return _onward(way, draft)
    draft.back_to_review = True
    category = category_of(draft)
    first = numbers_for(category) if flow == "repair" and kinds.phone_first(category) else []
    rows = [(one, one.said(draft)) for one in way.asks if one.applies(draft) and not _told_before(one.name)]
    return show("review.html", reading=True, way=way, flow=flow, rows=rows, draft=draft, numbers=first)


def _told_before(name: str) -> bool:
    """Whether another row of the review says this already: the place says its building and room."""
    return name in {"building", "entrance", "floor", "room", "unit", "category"}


@pages.post("/do/<flow>/save")
def save(flow: str) -> Page:
    """Keep the submission: once, however often the button was tapped."""
    way = FLOWS.get(flow) or abort(404)
    with lobby().visits.lock:
        held = visit()
        draft = held.drafts.get(flow)
        if draft is None:
            return go("kept") if held.keeping else go("home")
        if way.next(draft):
            return _onward(way, draft)
        photos = [] if request.form.get("without") == "photos" else draft.photos
        try:
            kept = machine().submit(way.intent, way.body(draft, held.lang), photos)
        except Full as full:
            return show("full.html", what=full.what, flow=flow, form_id="page", here=url_for("kiosk.review", flow=flow))
        category = category_of(draft) if flow == "repair" else ""
        urgency = kinds.urgency_of(category).value if category else ""
        wished = draft.answers.get("wished", "")
        with using(held.lang):
            words = (place_words(draft) if "place" in draft.answers else "", slot_words(wished) if wished else "")
        held.slip = ""
        held.keeping = Keeping(
            kept,
            flow,
            _about(way, draft),
            draft.answers.get("what", ""),
            category,
            urgency,
            *words,
            photos=len(photos),
            is_common=draft.answers.get("place") == "common",
        )
        _drop(flow)
    return redirect(url_for("kiosk.kept"), 303)


def _about(way: Flow, draft: Draft) -> str:
    """Return what a submission is about, as its slip says it: '报修 · 水管、龙头'."""
    kind = category_words(draft) or about_words(draft)
    return f"{way.title} · {kind}" if kind else way.title


def _drop(flow: str) -> None:
    """Drop the draft of what is kept, and whatever was typed on its pages."""
    held = visit()
    del held.drafts[flow]
    for path in [path for path in held.typed if path.startswith(f"/do/{flow}/")]:
        take_back(path)


@pages.app_context_processor
def progress() -> dict[str, object]:
    """Give a question's page the parts of its flow, for the progress bar."""
    way = request.environ.get("kiosk.flow")
    return {"way": way, "groups": GROUPS} if way else {"groups": GROUPS}
