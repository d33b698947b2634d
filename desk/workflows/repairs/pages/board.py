"""The list of open repairs by next due, with its filters; the same rows as a workbook; and all repairs, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from desk.kit import search
from desk.kit.access import store as access
from desk.kit.access.rules import Role
from desk.kit.inputs import Input, Line
from desk.kit.problems import Unclear
from desk.kit.web import Answer, act, db, page, xlsx_answer
from desk.kit.words import _, word
from desk.workflows.households import store as register
from desk.workflows.repairs import commands, store
from desk.workflows.repairs.pages import asked, options
from desk.workflows.repairs.pages.base import EXPORT, SEE, now, pages
from desk.workflows.repairs.pages.beside import lamp_of
from desk.workflows.repairs.pages.options import clock_words
from desk.workflows.repairs.pages.queue import queue_of
from desk.workflows.repairs.rules.choices import ENDED, Category, Kind, Source, Stage, Urgency, Verdict
from desk.workflows.repairs.store import Slice, Wanted

ROWS = 30
FOUND = 50
STAGES = [stage for stage in Stage if stage not in ENDED]


class Asked(Input):
    """What the list is narrowed by, as its filter row sends it."""

    stage: Stage | None = None
    kind: Kind | None = None
    category: Category | None = None
    urgency: Urgency | None = None
    verdict: Verdict | None = None
    source: Source | None = None
    building: Line = ""
    worker: Line = ""
    late: bool = False
    q: Line = ""

    def wanted(self) -> Wanted:
        """Return the filter as the store takes it."""
        late_at = now() if self.late else None
        return Wanted(self.stage, self.kind, self.category, self.urgency, self.building, self.worker, self.verdict, self.source, late_at)


@dataclass(frozen=True)
class Pager:
    """Which rows are shown, and the way to the next ones; by keys, so that a long list costs no more than a short one."""

    first: int
    last: int
    total: int | None
    prev_url: str = ""
    next_url: str = ""


def asked_for() -> Asked:
    """Return the filter of this request; what cannot be read narrows nothing."""
    try:
        return Asked.read(request.args)
    except Unclear:
        return Asked()


def kept() -> dict[str, Any]:
    """Return the filter as it stands in the address, without the place in the list."""
    return {name: value for name, value in request.args.items() if name in Asked.model_fields and value}


@pages.get("/", perm=SEE)
def board() -> Answer:
    """Show open repairs by next due."""
    wanted = asked_for()
    found = _found(wanted)
    return page(
        "repairs/board.html", page_id="repairs.board", **shown(found), **filters(), wanted=wanted, queue=queue_of(), pager=pager(found)
    )


def _found(wanted: Asked) -> Slice:
    """Return the rows: those that the text finds, or a page of the open list."""
    if wanted.q:
        hits = search.find(db(), wanted.q, FOUND, ("work_order",))
        lines = store.lines(db(), [hit.object for hit in hits])
        return Slice(tuple(lines), "")
    return store.open_list(db(), wanted.wanted(), request.args.get("after", ""), ROWS)


def shown(found: Slice) -> dict[str, Any]:
    """Return the rows with their lamps, and what each waits for."""
    at = now()
    return {
        "lines": found.lines,
        "lamps": {line.id: lamp_of(line, at) for line in found.lines},
        "dues": {line.id: clock_words(line.due_kind) if line.due_kind else "" for line in found.lines},
        "roles": set(Role),
        "role": Role,
        "said": {kind.__name__: {member: word(member) for member in kind} for kind in (Stage, Kind, Urgency, Role)},
    }


def pager(found: Slice, endpoint: str = "repairs.board") -> Pager:
    """Return the pager of a list that goes by keys: it only goes forward, and back to the first page."""
    first = request.args.get("from", default=1, type=int)
    last = first + len(found.lines) - 1
    next_url = url_for(endpoint, **kept() | {"after": found.after, "from": last + 1}) if found.after else ""
    prev_url = url_for(endpoint, **kept()) if first > 1 else ""
    return Pager(first if found.lines else 0, max(last, 0), None if found.after or first > 1 else len(found.lines), prev_url, next_url)


def filters() -> dict[str, Any]:
    """Return the choices of the filter row, and the team for the bulk bar."""
    team = asked.workers(access.staff(db(), Role.MAINTENANCE), store.workers(db()))
    return {
        "stages": options.options(STAGES, _("All")),
        "kinds": options.options(Kind, _("All")),
        "urgencies": options.options(Urgency, _("All")),
        "sources": options.options(Source, _("All")),
        "buildings": [("", _("All")), *((one.name, one.name) for one in register.buildings(db()))],
        "team": team,
        "workers": [("", _("All")), *team],
        "tabs": tabs(),
        "kept": kept(),
    }


def tabs() -> list[tuple[str, str, bool, str | None]]:
    """Return the lists of repairs with their counts, counted to 99+."""
    counted: Mapping[str, int] = {
        "repairs.board": store.count_open(db()),
        "repairs.revisits": store.count_open(db(), Wanted(stage=Stage.SIGNED)),
    }
    places = (("repairs.board", _("Open")), ("repairs.revisits", _("Revisits")), ("repairs.every", _("All repairs")))
    return [
        (words, url_for(endpoint), request.endpoint == endpoint, capped(counted[endpoint]) if endpoint in counted else None)
        for endpoint, words in places
    ]


def capped(n: int) -> str:
    """Return a count as a page shows it: no further than 99+."""
    return str(n) if n < store.CAP else f"{store.CAP - 1}+"


@pages.get("/all", perm=SEE)
def every() -> Answer:
    """Show all repairs, ended ones too, newest first."""
    found = store.newest(db(), request.args.get("after", ""), ROWS)
    return page("repairs/every.html", page_id="repairs.every", **shown(found), tabs=tabs(), pager=pager(found, "repairs.every"))


@pages.get("/export.xlsx", perm=EXPORT)
def export() -> Answer:
    """Hand out the filtered list as a workbook."""
    return xlsx_answer(commands.export(db(), act(), asked_for().wanted()), f"repairs-{now():%Y%m%d}.xlsx")
