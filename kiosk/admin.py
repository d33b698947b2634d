"""The staff's page behind five taps and a PIN: what waits, the last sync, what went wrong; test print, restart, close.

It needs no keyboard and no script: each digit is a button of a form. What is typed and who is in stands here in memory, so the page can be
left by pulling the plug. Nothing of a resident is shown.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.kit.words import N_, _, gettext, language
from kiosk import times
from kiosk.machine import Link, Machine
from kiosk.pin import Answer, Pin

log = structlog.get_logger("kiosk")

EXTENSION = "kiosk_staff"
PATH = "/staff/"
IDLE = 90
"""Seconds until the page is left by itself."""
LONGEST = 8
ANSWERS = {
    Answer.WRONG: N_("This PIN is wrong."),
    Answer.PAUSED: N_("Too many wrong PINs. Try again in a quarter of an hour."),
    Answer.NONE: N_("This kiosk has no PIN. Set one with: kiosk enrol CODE --pin PIN"),
}

pages = Blueprint(
    "staff",
    __name__,
    url_prefix=PATH.rstrip("/"),
    template_folder=str(Path(__file__).with_name("window") / "templates"),
    static_folder=str(Path(__file__).with_name("window") / "static"),
)


@dataclass
class Doings:
    """What staff may do at the machine itself."""

    restart: Callable[[], None]
    close: Callable[[], None]
    leave: Callable[[], None]  # forget what was shown, and back to the residents
    errors: Callable[[], Sequence[str]] = tuple
    print_test: Callable[[], bool] | None = None


@dataclass
class StaffDoor:
    """What was typed so far, and until when somebody is in."""

    pin: Pin
    doings: Doings
    machine: Machine
    clock: Callable[[], float] = time.monotonic
    typed: str = ""
    said: str = ""
    open_until: float = 0.0

    def is_open(self) -> bool:
        """Tell whether somebody with the PIN is here; every look prolongs it."""
        is_open = self.clock() < self.open_until
        if is_open:
            self.open_until = self.clock() + IDLE
        return is_open

    def key(self, key: str) -> None:
        """Take one key of the pad: a digit, 'back' or 'ok'."""
        self.said = ""
        if key == "ok":
            answer, self.typed = self.pin.check(self.typed), ""
            log.info("staff_pin", answer=answer.value)
            self.said = ANSWERS.get(answer, "")
            self.open_until = self.clock() + IDLE if answer is Answer.RIGHT else 0.0
        elif key == "back":
            self.typed = self.typed[:-1]
        elif key in "0123456789" and len(self.typed) < LONGEST:
            self.typed += key

    def shut(self) -> None:
        """Let nobody in any more."""
        self.typed, self.said, self.open_until = "", "", 0.0


def attach(app: Flask, machine: Machine, pin: Pin, doings: Doings, clock: Callable[[], float] = time.monotonic) -> None:
    """Add the staff's page to the local application."""
    app.extensions[EXTENSION] = StaffDoor(pin, doings, machine, clock)
    app.register_blueprint(pages)


def _door() -> StaffDoor:
    door: StaffDoor = current_app.extensions[EXTENSION]
    return door


@pages.get("/")
def menu() -> str:
    """Show the menu, or the pad for the PIN."""
    door = _door()
    frame = {"idle": IDLE, "lang": "zh-CN" if language() == "zh" else "en"}
    if not door.is_open():
        until = door.pin.paused_until()
        said = ANSWERS[Answer.PAUSED] if until else door.said
        return render_template("staff/pad.html", typed=len(door.typed), said=gettext(said), keys="123456789", **frame)
    said, door.said = door.said, ""
    facts = facts_of(door.machine.link(), door.machine)
    printer = door.doings.print_test is not None
    return render_template(
        "staff/menu.html", facts=facts, errors=list(door.doings.errors()), said=gettext(said), has_printer=printer, **frame
    )


@pages.post("/key")
def key() -> Response:
    """Take one key of the pad."""
    _door().key(request.form.get("key", ""))
    return redirect(url_for("staff.menu"), 303)


@pages.post("/do")
def do() -> Response | tuple[str, int]:
    """Do what a button says, if somebody with the PIN is here."""
    door, wanted = _door(), request.form.get("do", "")
    if wanted == "leave":
        return leave()
    if not door.is_open():
        return redirect(url_for("staff.menu"), 303)
    log.info("staff_does", what=wanted if wanted in ("print", "restart", "close") else "unknown")
    if wanted == "print" and door.doings.print_test:
        door.said = N_("The test slip was printed.") if door.doings.print_test() else N_("The printer did not print.")
    elif wanted in ("restart", "close"):
        door.shut()
        (door.doings.restart if wanted == "restart" else door.doings.close)()
        return "", 204
    return redirect(url_for("staff.menu"), 303)


@pages.get("/leave")
def leave() -> Response:
    """Leave the staff's page, by its button or because nobody touched it."""
    door = _door()
    door.shut()
    door.doings.leave()
    return redirect("/", 303)


def facts_of(link: Link, machine: Machine) -> list[tuple[str, str]]:
    """Return what is true of this machine, as names and words."""
    now = machine.now()
    full = {"warn": _("nearly full"), "photos": _("takes no new photos"), "all": _("takes nothing new")}
    return [
        (_("Kiosk"), machine.device or "—"),
        (_("Joined a desk"), _("yes") if link.enrolled else _("no")),
        (_("Line to the desk"), _("up") if link.online else _("down")),
        (_("Last sync"), times.stamp(link.last_sync_at, now) if link.last_sync_at else _("never")),
        (_("Waiting to be sent"), str(link.waiting)),
        (_("Room for submissions"), full.get(link.full, _("enough"))),
        (_("Clock of this machine"), _("doubtful") if link.clock_suspect else _("in order")),
        (_("Now"), times.stamp(now, now)),
    ]
