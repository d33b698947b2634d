"""The next case of one's own queue, so that nobody has to go back to a list after each save."""

from dataclasses import dataclass

from flask import redirect, url_for

from desk.kit.access.rules import Role
from desk.kit.clocks import Clock
from desk.kit.clocks import store as clocks
from desk.kit.web import Answer, db, flash, viewer
from desk.kit.words import _
from desk.workflows.repairs.pages.base import SEE, case_url, pages

LOOKED_AT = 20
COUNTED = 100


@dataclass(frozen=True)
class Queue:
    """What waits for the viewer: the next case, and how many there are (counted to 100)."""

    next: Clock | None
    count: int


def queue_of(but: str = "") -> Queue:
    """Return what waits for the viewer's role (for maintenance: for the person), next due first, without the case one has open."""
    who = viewer()
    person = who.id if who.role is Role.MAINTENANCE else None
    waiting = clocks.running(db(), role=who.role.value, person=person, limit=LOOKED_AT)
    ours = [clock for clock in waiting if clock.kind.startswith("repair.") and clock.number != but]
    return Queue(ours[0] if ours else None, clocks.count(db(), role=who.role.value, person=person, cap=COUNTED))


@pages.get("/next", perm=SEE)
def next_case() -> Answer:
    """Open the next case of one's queue."""
    found = queue_of().next
    if found is None:
        flash("ok", _("Nothing more waits for you. Well done."))
        return redirect(url_for("repairs.board"), 303)
    return redirect(case_url(found.number), 303)
