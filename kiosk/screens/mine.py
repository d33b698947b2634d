"""My requests: by receipt code (one request) or by resident card (those of the household), and another wished time for a visit."""

import re
import unicodedata

from flask import abort, request
from werkzeug.wrappers import Response

from desk.kit.problems import Unclear
from desk.kit.words import _
from desk.workflows.repairs.rules.choices import BEFORE_WORK
from kiosk.machine import Full, Offline, Request
from kiosk.screens.base import Page, again, go, lobby, machine, pages, show, take_back, visit
from kiosk.screens.when import ANY, days, is_slot, slot_for_desk, slot_words
from kiosk.sessions import Keeping
from sync.sealing import of_code, read_code

CARD = re.compile(r"\S{16,400}")


def code_of(typed: str) -> str:
    """Return a receipt code as it is printed, 'K7Q2M-9XW4T', from any spelling; '' if it is none. O is read as 0, I and L as 1."""
    try:
        return read_code(re.sub(r"[\s–—_]", "", unicodedata.normalize("NFKC", typed)))
    except Unclear:
        return ""


@pages.get("/mine")
def mine() -> Page:
    """Ask for the code or the card; show what was opened in this visit."""
    return show("mine.html", form_id="page", missed=visit().missed, opened=visit().requests)


@pages.post("/mine")
def seek() -> Response:
    """Open the request of a code, or those of a card."""
    held, typed = visit(), request.form.get("code", "")
    held.missed = ""
    code = code_of(typed)
    if not code and not CARD.fullmatch(typed.strip()):
        return again({"code": _("A receipt code has ten letters and digits, for example K7Q2M-9XW4T. It stands on your slip.")})
    try:
        found = _by_code(code) if code else [("", one) for one in machine().card(typed.strip())]
    except Unclear:
        found = []
    except Offline:
        found, held.missed = [], "offline"
    take_back("/mine")
    if not found:
        held.missed = held.missed or "unknown"
        return go("mine")
    held.requests = [*(one for one in held.requests if one[1].number not in {new.number for _code, new in found}), *found]
    return go("request", which=len(held.requests) - 1) if len(found) == 1 else go("mine")


def _by_code(code: str) -> list[tuple[str, Request]]:
    found = machine().find(code)
    return [(code, found)] if found else []


def _opened(which: int) -> tuple[str, Request]:
    opened = visit().requests
    if which >= len(opened):
        abort(404)
    return opened[which]


def can_rewish(code: str, found: Request) -> bool:
    """Whether another time may be wished for: a repair whose work has not begun, opened by its own code."""
    status = found.status or {}
    is_waiting = status.get("stage") in {stage.value for stage in BEFORE_WORK} and not status.get("ended_at")
    return bool(code) and status.get("kind") == "repair" and is_waiting and isinstance(status.get("version"), int)


@pages.get("/mine/<int:which>", endpoint="request")
def one_request(which: int) -> Page:
    """Show one request as far as this machine knows it."""
    code, found = _opened(which)
    return show("request.html", reading=True, which=which, code=code, found=found, truth=found, can_rewish=can_rewish(code, found))


@pages.get("/mine/<int:which>/wished")
def wished(which: int) -> Page:
    """Ask for another time."""
    code, found = _opened(which)
    if not can_rewish(code, found):
        return go("request", which=which)
    return show("wished.html", which=which, found=found, days=days(machine().now()), any=ANY, form_id="page")


@pages.post("/mine/<int:which>/wished")
def rewish(which: int) -> Page:
    """Keep the other wished time as a submission of its own."""
    code, found = _opened(which)
    slot = request.form.get("wished", "")
    if request.form.get("go") == "back" or not can_rewish(code, found):
        return go("request", which=which)
    if not is_slot(slot):
        return again({"wished": _("Choose one from the list.")})
    with lobby().visits.lock:
        status = found.status or {}
        body = {"tag": of_code(code).tag, "version": status.get("version"), "wished": slot_for_desk(slot)}
        body |= {"identity": "proven", "lang": visit().lang}
        try:
            saved = machine().submit("repair.wished@1", body)
        except Full as full:
            return show("full.html", what=full.what)
        visit().slip = ""
        visit().keeping = Keeping(saved, "wished", _("Wish another time"), place=str(status.get("place") or ""), wished=slot_words(slot))
    return go("kept")
