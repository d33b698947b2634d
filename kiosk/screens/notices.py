"""The notice board: the list, and one notice to read."""

from flask import abort

from kiosk.screens.base import Page, machine, pages, show


@pages.get("/notices")
def board() -> Page:
    """Show the notices that count today."""
    return show("notices.html", reading=True, notices=list(machine().notices()))


@pages.get("/notices/<notice>")
def read_notice(notice: str) -> Page:
    """Show one notice."""
    found = next((known for known in machine().notices() if known.id == notice), None)
    if found is None:
        abort(404)
    return show("notice.html", reading=True, notice=found)
