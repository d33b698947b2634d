"""The first screen: where one is, how the line is, what is new, and the six ways on; and its small living part."""

from flask import Response, jsonify

from kiosk import times
from kiosk.screens.base import Page, machine, pages, show


@pages.get("/")
def home() -> Page:
    """Show the first screen, or that this machine is out of service before it was ever set up."""
    if not machine().link().enrolled:
        return show("full.html", what="unenrolled")
    return show("home.html", notices=list(machine().notices())[:3])


@pages.get("/live")
def live() -> Response:
    """Return the clock and the words about the line; a page asks for them while it stands."""
    link, now = machine().link(), machine().now()
    short, long = times.link_words(link, now, machine().site())
    return jsonify(clock=times.clock(now), day=times.day(now), short=short, long=long, tone="ok" if link.online else "off")
