"""What all screens share: the machine, the visit, the frame around a page, and the way to the next one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.kit.words import language
from kiosk import times
from kiosk.machine import Machine
from kiosk.printer import Printer
from kiosk.sessions import READING, TAPPING, WARNING, Visit, Visits

Page = str | Response | tuple[str, int]

pages = Blueprint("kiosk", "kiosk", root_path=str(Path(__file__).resolve().parents[1]))


@dataclass(frozen=True)
class Lobby:
    """What stands behind the screens of one kiosk."""

    machine: Machine
    visits: Visits
    printer: Printer
    speaks: bool


def lobby() -> Lobby:
    """Return what stands behind the screens."""
    found: Lobby = current_app.extensions["lobby"]
    return found


def machine() -> Machine:
    """Return the machine, the only source of facts."""
    return lobby().machine


def visit() -> Visit:
    """Return the visit of the resident who is there."""
    return lobby().visits.now()


def show(template: str, *, reading: bool = False, http: int = 200, **facts: Any) -> Page:
    """Return a page in its frame; `reading` gives it the longer idle time."""
    idle = READING if reading else TAPPING
    lobby().visits.touch(idle)
    here, held = request.path, visit()
    link = machine().link()
    frame = {
        "visit": held,
        "lang": language(),
        "site": machine().site(),
        "now": machine().now(),
        "link": link,
        "link_words": times.link_words(link, machine().now(), machine().site()),
        "here": here,
        "typed": held.typed.get(here, {}),
        "errors": held.errors.get(here, {}),
        "idle": idle,
        "warning": WARNING,
        "speaks": lobby().speaks,
        "form_id": "strip",
    }
    return render_template(template, **(frame | facts)), http


def go(endpoint: str, **places: Any) -> Response:
    """Return the way to another screen, so that 'reload' never sends a form twice."""
    return redirect(url_for(f"kiosk.{endpoint}", **places), 303)


def keep_typed(path: str, form: Mapping[str, str]) -> None:
    """Keep what stands in a page's fields, so that a setting or a mistake loses nothing."""
    hidden = {"csrf", "csrf_token", "visit", "back", "set"}
    visit().typed[path] = {name: value for name, value in form.items() if name not in hidden}


def take_back(path: str) -> None:
    """Drop what was typed on a page, and its errors: it is taken."""
    visit().typed.pop(path, None)
    visit().errors.pop(path, None)


def again(errors: Mapping[str, str]) -> Response:
    """Return to the same page with what was typed and a sentence at each wrong field."""
    keep_typed(request.path, request.form)
    visit().errors[request.path] = dict(errors)
    return redirect(request.path, 303)
