"""Every page of the desk with real things in its places: for each rule the role that looks, and the addresses it looks at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desk.workflows.repairs.pages.moves import MOVES, Move
from desk.workflows.repairs.rules.choices import Stage
from desk.workflows.repairs.store import by_number
from tests.browser.community import Community, upload

PARTS = frozenset({"repairs.beside", "repairs.advise", "households.card", "households.originals", "households.pick"})
"""Pieces that a page asks for; they are read for their words, and looked at inside their page."""
FILES: Mapping[str, str] = {
    "healthz": "application/json",
    "pulse": "application/json",
    "static_file": "text/css",
    "papers.show": "application/pdf",
    "reception.export": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "repairs.export": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "repairs.report_book": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "households.export": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "households.failed": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "households.template": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "repairs.drawing": "image/png",
    "repairs.my_drawing": "image/png",
    "reception.photo": "image/jpeg",
}
"""What is fetched and not looked at, with its type."""
ELSEWHERE = frozenset({"repairs.next_case"})
"""Rules that lead to another page."""
DOORS = {"door.login": "", "door.locked": "locked", "slips.check": ""}
"""Pages outside: who stands there."""
EYES = ("supervisor", "front_desk", "maintenance", "admin", "director")
"""Who looks at a page: the first that may."""


@dataclass(frozen=True)
class Address:
    """One page as one role sees it; an empty role is nobody, 'locked' stands before the locked screen."""

    endpoint: str
    role: str
    path: str


def roles_of(community: Community, endpoint: str) -> list[str]:
    """Return the roles that hold a rule's permission."""
    desk = community.app.extensions["desk"]
    return [role for role in community.staff if desk.route_perms[endpoint] in desk.role_perms[role]]


def eye_of(community: Community, endpoint: str) -> str:
    """Return who looks at a page."""
    return next(role for role in EYES if role in roles_of(community, endpoint))


def gets(community: Community) -> list[str]:
    """Return the endpoints of all rules that answer GET."""
    return sorted({rule.endpoint for rule in community.app.url_map.iter_rules() if "GET" in (rule.methods or ())})


def all_addresses(community: Community) -> list[Address]:
    """Return every page with every thing that stands for a kind of its own."""
    found = []
    for endpoint, paths in sorted(places(community).items()):
        role = DOORS[endpoint] if endpoint in DOORS else eye_of(community, endpoint)
        found += [Address(endpoint, role, path) for path in paths]
    return found


def places(community: Community) -> dict[str, list[str]]:
    """Return the addresses of each endpoint that shows a page."""
    made = {
        rule.endpoint: [rule.rule] for rule in community.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    }
    made = {endpoint: paths for endpoint, paths in made.items() if endpoint not in FILES | dict.fromkeys(PARTS | ELSEWHERE)}
    for endpoint, look in WITH_THINGS.items():
        made[endpoint] = look(community)
    return made


def orders(community: Community, worker: str = "") -> dict[str, str]:
    """Return the number of one work order at each stage, of one worker's or of all."""
    sql = "SELECT min(number) FROM work_order WHERE :worker IN ('', worker) GROUP BY stage"
    found = {number: by_number(community.db(), number) for number in community.ids(sql, worker=worker)}
    return {order.stage.value: number for number, order in found.items() if order}


def cases(community: Community) -> list[str]:
    """Return a case at each stage, and each act's form where it can be opened."""
    numbers = orders(community)
    return [f"/repairs/{number}" for number in numbers.values()] + sorted(_forms(community, numbers, "/repairs/").values())


def _forms(community: Community, numbers: Mapping[str, str], place: str) -> dict[str, str]:
    """Return where each act's form opens that no case shows by itself."""
    moves = {number: _moves(community, number) for number in numbers.values()}
    shown = {next((move.key for move in of if not move.more), "") for of in moves.values()}
    return {move.key: f"{place}{number}?do={move.key}" for number, of in moves.items() for move in of if move.key not in shown}


def _moves(community: Community, number: str) -> list[Move]:
    order = by_number(community.db(), number)
    return [move for move in MOVES if order and move.fits(order)]


def my_cases(community: Community) -> list[str]:
    """Return a worker's own order at each stage, with each act's form."""
    numbers = orders(community, community.staff["maintenance"][0])
    numbers = {stage: number for stage, number in numbers.items() if Stage(stage) not in (Stage.CLOSED, Stage.CANCELLED, Stage.MERGED)}
    opened = _forms(community, numbers, "/repairs/mine/")
    works = ("arrive", "no_access", "another_trip", "finish", "take_away", "begin_test", "end_test", "waive_test", "sign")
    return [f"/repairs/mine/{number}" for number in numbers.values()] + [opened[key] for key in works if key in opened]


def _start(community: Community) -> list[str]:
    return ["/"]


def _each(pattern: str, *questions: str) -> Callable[[Community], list[str]]:
    def look(community: Community) -> list[str]:
        return [pattern.format(one) for question in questions for one in community.ids(question)]

    return look


LIVED_IN = "SELECT unit FROM work_order WHERE unit <> '' GROUP BY unit ORDER BY count(*) DESC LIMIT 1"
EMPTY = "SELECT id FROM unit WHERE id NOT IN (SELECT unit FROM occupancy) LIMIT 1"
HOLDS = "SELECT {} FROM occupancy WHERE to_on IS NULL GROUP BY role IN ('owner', 'co_owner', 'tenant', 'occupant'), role = 'owner'"
WITH_THINGS: Mapping[str, Callable[[Community], list[str]]] = {
    "desk.start": _start,
    "find.results": lambda _: ["/search", "/search?q=3-1", "/search?q=漏水", "/search?q=zzzzqq"],
    "slips.check": _each("/check?number={}&code=AAAA", "SELECT min(number) FROM paper"),
    "journal.day": lambda _: ["/journal"],
    "reception.show": _each("/reception/{}", "SELECT min(id) FROM intake GROUP BY state"),
    "reception.new": lambda _: ["/reception/new", "/reception/new?channel=call"],
    "repairs.case": cases,
    "repairs.my_order": my_cases,
    "repairs.bulk_done": _each("/repairs/bulk/{}", "SELECT id FROM repair_bulk"),
    "repairs.board": lambda _: ["/repairs/", "/repairs/?q=漏", "/repairs/?late=1", "/repairs/?building=没有"],
    "repairs.new": _each("/repairs/new?unit={}", LIVED_IN, "SELECT ''"),
    "repairs.report_of": lambda c: [f"/repairs/reports/{month}" for month in (*c.ids("SELECT month FROM repair_month"), "2026-11")],
    "staff.member": lambda c: [f"/staff/{c.staff['maintenance'][0]}", f"/staff/{c.staff['admin'][0]}"],
    "households.unit": _each("/units/{}", LIVED_IN, EMPTY),
    "households.enter_form": _each("/units/{}/enter", LIVED_IN, EMPTY),
    "households.facts": _each("/units/{}/facts", LIVED_IN),
    "households.hand_over_form": _each("/units/{}/hand-over", LIVED_IN, EMPTY),
    "households.building": _each("/units/buildings/{}", "SELECT id FROM building ORDER BY code LIMIT 1"),
    "households.person": _each("/units/people/{}", HOLDS.format("min(person)")),
    "households.end_form": _each("/units/roles/{}/end", HOLDS.format("min(id)")),
    "kiosks.kiosk": _each("/kiosks/k/{}", "SELECT id FROM device"),
    "kiosks.notice": _each("/kiosks/notices/{}", "SELECT min(id) FROM notice"),
    "submissions.item": _each("/submissions/{}", "SELECT min(id) FROM inbox GROUP BY verdict"),
    "households.report": lambda c: [upload(c, eye_of(c, "households.report"))],
}


def parts(community: Community) -> list[Address]:
    """Return the pieces that pages ask for."""
    (unit,), number = community.ids(LIVED_IN), orders(community)["reported"]
    paths = {
        "repairs.beside": [f"/repairs/beside?unit={unit}&category=water_leak&urgency=&zone="],
        "repairs.advise": [f"/repairs/{number}/advice?part={part}" for part in ("wet_room", "own", "utility", "structure")],
        "households.card": [f"/units/{unit}/card"],
        "households.originals": ["/units/originals?role=owner", "/units/originals?role=tenant"],
        "households.pick": ["/units/pick?q=3-1&field=unit", "/units/pick?q=zzzz&field=unit"],
    }
    return [Address(endpoint, eye_of(community, endpoint), path) for endpoint, found in paths.items() for path in found]


def files(community: Community) -> list[Address]:
    """Return a file of each sort: every kind of paper, every workbook, a drawn signature."""
    drawing = community.db().row(
        "SELECT o.number, s.image FROM repair_signature s JOIN work_order o ON o.id = s.work_order WHERE s.image <> ''"
    )
    assert drawing
    paths = {
        "healthz": ["/healthz"],
        "pulse": ["/tick"],
        "static_file": ["/static/css/base.css"],
        "papers.show": [f"/papers/{one}.pdf" for one in community.ids("SELECT min(id) FROM paper GROUP BY kind")],
        "reception.export": ["/reception/export.xlsx"],
        "repairs.export": ["/repairs/export.xlsx"],
        "repairs.report_book": [f"/repairs/reports/{month}.xlsx" for month in community.ids("SELECT month FROM repair_month")],
        "households.export": ["/units/export.xlsx"],
        "households.template": ["/units/import/template.xlsx"],
        "repairs.drawing": [f"/repairs/{drawing['number']}/signature/{drawing['image']}.png"],
        "reception.photo": [f"/reception/kiosk/{one}/0.jpg" for one in community.ids("SELECT intent FROM inbox_blob WHERE state = 'here'")],
        "repairs.my_drawing": [f"/repairs/mine/{drawing['number']}/signature/{drawing['image']}.png"],
    }
    public = ("healthz", "pulse", "static_file")
    found = [
        Address(endpoint, "" if endpoint in public else eye_of(community, endpoint), path) for endpoint, of in paths.items() for path in of
    ]
    roster = eye_of(community, "households.failed")
    return [*found, Address("households.failed", roster, upload(community, roster) + "/failed.xlsx")]
