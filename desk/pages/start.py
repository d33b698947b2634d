"""The start page: what is late, what is due today, what comes next, and for whom it waits; and help, and who else looks."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import current_app, request, url_for

from desk.kit.access.rules import Role, Viewer
from desk.kit.clock import SITE_ZONE, day_of
from desk.kit.clocks import Clock, store
from desk.kit.web import Answer, Pages, db, due_of, house, json_answer, page, viewer
from desk.kit.web.frame import local
from desk.kit.web.links import link_to
from desk.kit.words import _, gettext, word

pages = Pages("desk", __name__)

ROWS = 12
ALL_ROWS = 200
COUNTED = 1000


@dataclass(frozen=True)
class Wanted:
    """Whose clocks the start page shows: those of a role, of a person, or all."""

    role: str | None = None
    person: str | None = None
    only: str = ""  # one section in full


@dataclass(frozen=True)
class Row:
    """One line of the board."""

    clock: Any
    number: str
    what: str
    unit: str
    waits_for: str
    url: str
    kind: str


@pages.get("/", perm="desk.see")
def start() -> Answer:
    """Show the board by next due."""
    wanted = _wanted(viewer())
    now = house().clock.now()
    sections = [_section(wanted, key, since, until) for key, since, until in _spans(now) if wanted.only in ("", key)]
    new_url, new_label = _first_to_do(viewer())
    return page(
        "board.html", page_id="board", today=local(now, "day"), queues=_queues(now), sections=sections, new_url=new_url, new_label=new_label
    )


def _wanted(who: Viewer) -> Wanted:
    role = request.args.get("role", "")
    only = request.args.get("only", "")
    mine = request.args.get("mine") == "1"
    return Wanted(role if role in set(Role) else None, who.id if mine else None, only if only in ("late", "today", "next") else "")


def _spans(now: datetime) -> list[tuple[str, datetime | None, datetime | None]]:
    """Return the three parts of the board: before now, until the end of the site's day (24:00 is still today), and after it."""
    midnight = end_of_day(now) + timedelta(milliseconds=1)
    return [("late", None, now), ("today", now, midnight), ("next", midnight, None)]


def end_of_day(now: datetime) -> datetime:
    """Return 24:00 of the site's present day."""
    return datetime.combine(day_of(now) + timedelta(days=1), time(), SITE_ZONE).astimezone(UTC)


def _section(wanted: Wanted, key: str, since: datetime | None, until: datetime | None) -> dict[str, Any]:
    limit = ALL_ROWS if wanted.only else ROWS
    found = store.running(db(), wanted.role, wanted.person, since, until, limit)
    total = len(found) if len(found) < limit else store.count(db(), wanted.role, wanted.person, since, until, COUNTED)
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name in ("role", "mine")}
    more = url_for("desk.start", only=key, **kept)
    return {"key": key, "rows": [_row(clock) for clock in found], "total": total, "more_url": more}


def _row(clock: Clock) -> Row:
    url = link_to(clock.kind, clock.object, clock.number)
    waits = word(Role(clock.waits_for)) if clock.waits_for in set(Role) else clock.waits_for
    return Row(due_of(clock), clock.number, clock.title, clock.place, waits, url, _waited_for(clock.kind))


def _waited_for(kind: str) -> str:
    """Return what a kind of clock waits for, as its workflow says it."""
    said = next((workflow.clocks[kind] for workflow in house().workflows if kind in workflow.clocks), "")
    return gettext(said) if said else ""


def _queues(now: datetime) -> list[dict[str, Any]]:
    """Return one tile for me, and one for each role that something waits for."""
    soon, who = now + timedelta(hours=2), viewer()
    totals = store.roles(db(), now + timedelta(days=365), COUNTED)
    late = store.roles(db(), now, COUNTED)
    near = store.roles(db(), soon, COUNTED)
    mine = _mine(who, now, soon)
    tiles = [
        {
            "label": word(role),
            "url": url_for("desk.start", role=role.value),
            "total": totals[role],
            "late": late.get(role, 0),
            "soon": near.get(role, 0) - late.get(role, 0),
        }
        for role in sorted(Role, key=lambda role: (role is not who.role, list(Role).index(role)))
        if role in totals
    ]
    return [mine, *tiles] if mine["total"] else tiles


def _mine(who: Viewer, now: datetime, soon: datetime) -> dict[str, Any]:
    late = store.count(db(), person=who.id, until=now)
    near = store.count(db(), person=who.id, since=now, until=soon)
    return {
        "label": _("My queue"),
        "url": url_for("desk.start", mine=1),
        "total": store.count(db(), person=who.id),
        "late": late,
        "soon": near,
    }


def _first_to_do(who: Viewer) -> tuple[str, str]:
    """Return address and words of the first thing to do: the page 'new' that the viewer may open, of the workflow nearest to the resident's wish."""
    for workflow in reversed(house().workflows):
        for blueprint in workflow.pages:
            endpoint = f"{blueprint.name}.new"
            if endpoint in current_app.view_functions and who.can(house().route_perms.get(endpoint, "")):
                label = next((nav.label for nav in workflow.nav), "")
                return url_for(endpoint), _("New: %(what)s", what=_(label)) if label else _("New")
    return "", ""


@pages.get("/help", perm="desk.see")
def manual() -> Answer:
    """Show keys, search and lamps."""
    return page("help.html")


@pages.post("/presence", perm="desk.see")
def presence() -> Answer:
    """Note that the viewer looks at a case, and tell who else does."""
    place = f"{request.form.get('kind', '')[:40]}:{request.form.get('id', '')[:80]}"
    return json_answer({"others": house().memory.here(place, viewer().id, viewer().name)})
