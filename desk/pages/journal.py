"""The work journal (工作日志, RC7) of a day or a shift: on screen, filtered, and as a sheet for the binder."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import request

from desk.kit.access import store as access
from desk.kit.clock import SITE_ZONE, day_of
from desk.kit.inputs import Input, Line
from desk.kit.journal import store
from desk.kit.journal.store import Entry
from desk.kit.problems import Unclear
from desk.kit.web import Answer, Form, Pages, db, house, page
from desk.kit.web.links import link_to
from desk.kit.web.pages import sentences
from desk.kit.words import N_, _, act_words

pages = Pages("journal", __name__)

SHIFTS = {
    "day": N_("Whole day"),
    "morning": N_("Morning 00:00-12:00"),
    "afternoon": N_("Afternoon 12:00-18:00"),
    "evening": N_("Evening 18:00-24:00"),
}
_HOURS = {"day": (0, 24), "morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24)}
_BEHIND = ("staff", "clock", "paper", "session", "payload", "site", "calendar")  # what the house notes beside the work
WHAT = {"work": N_("Work"), "all": N_("Everything"), "access": N_("Access and staff")}
MOST = 2000


class Asked(Input):
    """Which part of the journal is shown."""

    on: date | None = None
    shift: Line = "day"
    what: Line = "work"
    actor: Line = ""


@dataclass(frozen=True)
class Told:
    """One entry as it is read."""

    seq: int
    at: datetime
    who: str
    said: str
    url: str
    number: str


@pages.get("/journal", perm="journal.see")
def day() -> Answer:
    """Show the journal of a day or a shift."""
    form, asked = Form(dict(request.args)), Asked()
    try:
        asked = Asked.read(request.args)
    except Unclear as problem:
        form = Form(form.values, sentences(problem))
    on = asked.on or day_of(house().clock.now())
    since, until = span(on, asked.shift)
    names = {member.id: member.name for member in access.staff(db(), active=False)}
    found = [entry for entry in store.between(db(), since, until, MOST) if _wanted(entry, asked)]
    lines = [_line(entry, names) for entry in sorted(found, key=lambda entry: (entry.at, entry.seq))]
    return page(
        "journal.html",
        page_id="journal",
        form=form,
        asked=asked,
        on=on,
        lines=lines,
        names=names,
        shifts=SHIFTS,
        what=WHAT,
        since=since,
        until=until,
    )


def span(on: date, shift: str) -> tuple[datetime, datetime]:
    """Return begin and end of a shift on a day of the site's calendar; an unknown shift is the whole day."""
    begin, end = _HOURS.get(shift, _HOURS["day"])
    midnight = datetime.combine(on, time(), SITE_ZONE)
    return (midnight + timedelta(hours=begin)).astimezone(UTC), (midnight + timedelta(hours=end)).astimezone(UTC)


def _wanted(entry: Entry, asked: Asked) -> bool:
    noun = entry.act.split(".")[0]
    of_kind = {"work": noun not in _BEHIND, "access": noun in ("staff", "session")}.get(asked.what, True)
    return of_kind and asked.actor in ("", entry.actor)


def _line(entry: Entry, names: dict[str, str]) -> Told:
    number = str(entry.payload.get("number", ""))
    url = link_to(entry.act, entry.object, number)
    return Told(entry.seq, entry.at, names.get(entry.actor, _automat(entry.actor)), act_words(entry.act, entry.payload), url, number)


def _automat(actor: str) -> str:
    return {"ticker": _("Clock service"), "nobody": _("Nobody signed in"), "setup": _("Setup")}.get(actor, actor)
