"""The kiosk's screens as a resident meets them: the real machine joined to a desk, the real server, a real browser before it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page

from desk.kit.plugs import Outcome, Published, Verdict
from kiosk.agent import Agent
from kiosk.app import create_app
from kiosk.local import LocalMachine
from kiosk.printer import Printer
from kiosk.serving import serve
from kiosk.sessions import Visits
from sync import sealing
from tests.browser.conftest import watch
from tests.kiosk.joined import Cable, joined_kiosk
from tests.sync import world
from tests.sync.world import START, ToyDesk

FIELDS = {
    "site@1": frozenset({"name_zh", "name_en", "phone", "hotline", "opens", "closes", "urgent"}),
    "building@1": frozenset({"code", "name", "entrances"}),
    "notice@1": frozenset({"title_zh", "words_zh", "title_en", "words_en", "from_on", "until_on", "pinned"}),
    "status@1": frozenset({"sealed"}),
}
TODAY = date(2026, 3, 2)


def _project(key: str, row: dict[str, Any] | None) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Every item of this desk is a document: its key says kind and id, its name is the document."""
    kind, _, row_id = key.partition("/")
    return {(row["place"], kind, row_id): json.loads(row["name"])} if row and row["place"] else {}


SHOWN = Published("toy.item", {"item": "id"}, world._items, world._read_item, _project, FIELDS)


def _floors(most: int, rooms: int) -> dict[str, list[str]]:
    return {str(floor): [f"{floor}{room:02d}" for room in range(1, rooms + 1)] for floor in range(1, most + 1)}


DOCUMENTS: dict[str, dict[str, Any]] = {
    "site@1/site": {
        "name_zh": "翠湖花园服务中心",
        "name_en": "Cuihu Garden Service Centre",
        "phone": "020-86120000",
        "hotline": "020-86120110",
        "opens": "08:30",
        "closes": "18:00",
        "urgent": json.dumps([["water", "020-86120110"], ["lift", "96333"], ["gas", "96777"], ["duty", "020-86120110"]]),
    },
    "building@1/2": {"code": "2", "name": "2栋", "entrances": json.dumps({"": _floors(6, 3)})},
    "building@1/3": {"code": "3", "name": "3栋", "entrances": json.dumps({"1": _floors(18, 4), "2": _floors(18, 4)})},
    "notice@1/n1": {
        "title_zh": "2栋电梯例行保养",
        "words_zh": "3月5日9:00至11:30，2栋电梯停运保养。\n请提前安排出行。",
        "title_en": "Lift maintenance in building 2",
        "words_en": "On 5 March, 9:00 to 11:30.",
        "from_on": "2026-03-01",
        "until_on": "2026-03-05",
        "pinned": True,
    },
    "notice@1/n2": {
        "title_zh": "冬季防火提醒",
        "words_zh": "请勿在楼道堆放杂物。",
        "from_on": "2026-02-20",
        "until_on": (TODAY + timedelta(days=30)).isoformat(),
    },
}


@dataclass
class TestedKiosk:
    """A kiosk that is served, its desk, and the line between them."""

    __test__ = False

    desk: ToyDesk
    machine: LocalMachine
    cable: Cable
    agent: Agent
    app: Flask
    origin: str = ""
    arrived: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def visits(self) -> Visits:
        """The one visit and its timer."""
        found: Visits = self.app.extensions["lobby"].visits
        return found

    def look(self, lang: str = "zh", large: bool = False, reach: str = "") -> None:
        """Set the strip's settings for the visit that is there."""
        visit = self.visits.now()
        visit.lang, visit.large, visit.reach = lang, large, reach

    def enter(self, browser: Browser, size: tuple[int, int] = (1080, 1920)) -> Page:
        """Open the window: a fresh browser profile that comes in by the one-time entry."""
        page = watch(browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN").new_page(), self.problems)
        page.goto(self.origin + self.app.config["ENTRY"])
        return page

    def publish(self, key: str, document: dict[str, Any], scope: str = "pub") -> None:
        """Let the desk publish a document, and the kiosk fetch it."""
        self.desk.put(key, json.dumps(document, ensure_ascii=False), scope)
        self.agent.once()

    def publish_status(self, code: str, **status: Any) -> None:
        """Let the desk publish how far the request of a receipt code is, sealed so that only the code opens it."""
        secret = sealing.of_code(code)
        sealed = sealing.seal_with_key(secret.key, json.dumps(status, ensure_ascii=False).encode())
        self.publish(f"status@1/{secret.tag}", {"sealed": sealed}, f"kiosk:{self.machine.device}")


@contextmanager
def kiosk_on(folder: Path, *, published: bool = True, printer: str = "", steady: list[float] | None = None) -> Iterator[TestedKiosk]:
    """Serve the screens of a kiosk that has joined a desk; `steady` is the clock of the idle timer, told to move by its one number."""
    desk, machine, cable = joined_kiosk(folder)
    options: dict[str, Any] = {"clock": lambda: steady[0]} if steady else {}
    app = create_app(machine, printer=Printer(printer), **options)
    kiosk = TestedKiosk(desk, machine, cable, Agent(machine), app)

    def keep(db: Any, act: Any, arrived: Any) -> Outcome:
        kiosk.arrived.append((f"{arrived.kind}@{arrived.version}", dict(arrived.body)))
        return Outcome(Verdict.ACCEPTED, kind="repair", object=arrived.id, number=f"WX-{len(kiosk.arrived):06d}")

    desk.published = (SHOWN, world.OUTCOMES)
    desk.submissions = dict.fromkeys(("repair.report@1", "complaint.file@1", "callback.wanted@1", "repair.wished@1"), keep)
    desk.open()
    for key, document in DOCUMENTS.items() if published else ():
        desk.put(key, json.dumps(document, ensure_ascii=False), "pub")
    kiosk.agent.once()
    with serve(app) as serving:
        kiosk.origin = serving.origin
        yield kiosk


def tap(page: Page, wanted: str) -> None:
    """Tap something, and wait until the page that comes is ready."""
    page.locator(wanted).first.click()
    page.wait_for_selector("html[data-ready]")


NEXT = ".foot .main"
EMERGENCY_FREE = ("home", "3", "1", "18", "1803", "water", "water_supply")
assert START.date() == TODAY


def go_to_words(page: Page, kiosk: TestedKiosk, taps: tuple[str, ...] = EMERGENCY_FREE) -> None:
    """Report a repair up to the question in words."""
    page.goto(kiosk.origin + "/do/repair")
    for value in taps:
        tap(page, f"main button[value='{value}']")


def go_to_review(page: Page, kiosk: TestedKiosk, taps: tuple[str, ...] = EMERGENCY_FREE) -> None:
    """Report a repair up to the review."""
    go_to_words(page, kiosk, taps)
    page.locator("[data-phrases] button").first.click()
    tap(page, NEXT)
    tap(page, NEXT)  # no photo
    tap(page, ".pick.wide")
    page.locator("input[name=phone]").fill("13800138000")
    tap(page, NEXT)
    page.locator("input[name=name]").fill("张先生")
    tap(page, NEXT)
