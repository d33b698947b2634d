"""The local application behind the lobby window: the screens on top of one machine, behind the guard's door."""

import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from desk.kit.deadlines.show import left_words, show_due
from desk.kit.words import _, gettext, language, ngettext, speak
from kiosk import guard, times, words
from kiosk.ime.pages import pages as ime_pages
from kiosk.machine import Machine
from kiosk.printer import Printer
from kiosk.screens import contact, flows, home, mine, notices, photo, saved, settings, urgent
from kiosk.screens.base import Lobby, Page, lobby, pages, show
from kiosk.sessions import Visits

HOME = Path(__file__).resolve().parent
QUIET = {"static", "kiosk.live", "kiosk.truth", "kiosk.picture", "kiosk.code_drawing"}
"""What a page asks by itself: not a sign that somebody is there."""
FORMS = {"kiosk.take", "kiosk.save", "kiosk.set_up", "kiosk.seek", "kiosk.rewish", "kiosk.print_it"}
"""What only a page of the present visit may send."""
SCREENS = (contact, flows, home, mine, notices, photo, saved, settings, urgent)


def nothing() -> None:
    """Do nothing."""


def create_app(
    machine: Machine,
    *,
    printer: Printer | None = None,
    speaks: bool = False,
    on_end: Callable[[], None] = nothing,
    clock: Callable[[], float] = time.monotonic,
) -> Flask:
    """Return the screens of a machine; `app.config['ENTRY']` is the path by which the window comes in once.

    `speaks` offers reading aloud, by /speak; `on_end` is called when a visit has ended, for what only the window can wipe.
    """
    app = Flask("kiosk", root_path=str(HOME), static_folder=str(HOME / "static"), template_folder=str(HOME / "templates"))
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False, TEMPLATES_AUTO_RELOAD=False)
    words.learn_words()
    app.extensions["lobby"] = Lobby(machine, Visits(_ending(machine, on_end), clock), printer or Printer(""), speaks)
    app.before_request(_begin)
    for number in (404, 405, 413, 500):
        app.register_error_handler(number, _astray)
    _furnish(app)
    app.register_blueprint(pages)
    app.register_blueprint(ime_pages)
    app.config["ENTRY"] = guard.protect(app)
    return app


def _ending(machine: Machine, on_end: Callable[[], None]) -> Callable[[], None]:
    def end() -> None:
        machine.forget()
        on_end()

    return end


def _begin() -> AnyResponse | None:
    """Speak the visit's language; a form of a visit that has ended is not taken."""
    visits = lobby().visits
    visit = visits.now()
    speak(visit.lang)
    if request.endpoint not in QUIET:
        visits.touch()
    is_stale = request.method == "POST" and request.endpoint in FORMS and request.form.get("visit") != visit.id
    return redirect(url_for("kiosk.home"), 303) if is_stale else None


def _astray(error: Exception) -> Page:
    """Return a page with the way home; a mistake of ours keeps its traceback in the log."""
    number = error.code if isinstance(error, HTTPException) and error.code else 500
    return show("problem.html", http=number)


def _furnish(app: Flask) -> None:
    """Give the templates the words, the times, and the drawings."""
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        {"_": _, "gettext": gettext, "ngettext": ngettext, "language": language, "words": words, "times": times}
        | {"show_due": show_due, "left_words": left_words, "max": max}
    )
