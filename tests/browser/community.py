"""The demo community as a desk under test: made once on a fixed Monday, a copy for each test process, with what a few more acts leave behind."""

import base64
import fcntl
import io
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from openpyxl import Workbook
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext

from desk.app import create_app, learn_words
from desk.commands import demo
from desk.kit.access import sessions, store
from desk.kit.access.rules import Session
from desk.kit.act import Act
from desk.kit.clock import SetClock
from desk.kit.database import Database
from desk.kit.quiet import quietly
from desk.kit.ticks import store as ticks
from desk.site import Site, open_site
from desk.workflows.repairs import commands
from desk.workflows.repairs import inputs as repairs
from tests.browser.conftest import new_context, serve
from tests.client import Browser as Client

TODAY = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # a Monday, 10:30 in Shanghai
ROOMS = "SELECT min(unit) FROM occupancy WHERE to_on IS NULL GROUP BY unit ORDER BY unit LIMIT 3"
ROSTER = (
    ("楼号", "单元", "房间", "业主名称", "手机号", "建筑面积"),
    ("3", "1", "1803", "周予安", "13800000001", "89.37"),
    ("3", "1", "", "无房号", "12", "大"),
    ("9", "2", "101", "新住户", "13900000002", "76.5"),
)


@dataclass(eq=False)
class Community:
    """The desk of the demo community: its application, its address, and its people by role."""

    app: Flask
    site: Site
    clock: SetClock
    url: str
    staff: dict[str, tuple[str, str, str]]  # role -> id, staff number, name

    def db(self) -> Database:
        """Return this thread's database."""
        return self.site.pool.get()

    def act(self, role: str) -> Act:
        """Return an act of the person of a role."""
        who, staff_no, name = self.staff[role]
        return Act(who, "D1", self.clock, name=name, staff_no=staff_no, role=role)

    def ids(self, sql: str, **values: Any) -> list[Any]:
        """Return the first column of what a question to the database finds."""
        return [next(iter(row.values())) for row in self.db().rows(sql, values)]

    def look(self, lang: str, theme: str) -> None:
        """Let everybody's screen speak a language and wear a theme."""
        with quietly(self.db()):
            self.db().conn.execute("UPDATE staff SET lang = ?, theme = ?", (lang, theme))

    def token(self, role: str, locked: bool = False) -> str:
        """Return the token of a fresh session of the person of a role."""
        made, now = secrets.token_urlsafe(32), self.clock.now()
        session = Session(sessions.id_of(made), self.staff[role][0], now, now, "test", "127.0.0.1", now if locked else None)
        with quietly(self.db()):
            store.keep_session(self.db(), session)
        return made

    def client(self, role: str) -> Client:
        """Return a client without a browser around it, signed in."""
        found = Client(self.app, None)
        found.client.set_cookie("desk", self.token(role))
        return found

    def context(self, browser: Browser, role: str | None, lang: str, **options: Any) -> BrowserContext:
        """Return a browser profile in which the person of a role is signed in; 'locked' and None are the two doors."""
        context = new_context(browser, {"zh": "zh-CN", "en": "en"}[lang], **options)
        if role:
            token = self.token("front_desk", locked=True) if role == "locked" else self.token(role)
            context.add_cookies([{"name": "desk", "value": token, "url": self.url}])
        return context


def make_once(base: Path, worker: str) -> Path:
    """Make the demo community once for all test processes of a run, and return a copy of its folder."""
    shared = base.parent if worker != "master" else base
    made = shared / "community"
    with (shared / "community.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            learn_words()
            with time_machine.travel(TODAY, tick=True):
                demo.make(made)
    return Path(shutil.copytree(made, base / f"community-{worker}"))


@pytest.fixture(scope="session")
def community(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Community]:
    """The demo community, being served."""
    site, clock = open_site(make_once(tmp_path_factory.getbasetemp(), worker_id)), SetClock(TODAY + timedelta(minutes=2))
    app = create_app(site, clock)
    url, stop = serve(app)
    people = {role.value: (_id_of(site.db(), staff_no), staff_no, name) for role, (staff_no, name) in demo.PEOPLE.items()}
    found = Community(app, site, clock, url, people)
    live_on(found)
    yield found
    stop()


def _id_of(db: Database, staff_no: str) -> str:
    member = store.by_number(db, staff_no)
    assert member
    return member.id


def live_on(community: Community) -> None:
    """Do what the demo's story leaves out: a signature drawn on the screen, orders given out in one go, a tick a minute ago."""
    db, act = community.db(), community.act("supervisor")
    with quietly(db):
        ticks.keep_beat(db, ticks.Beat("test", community.clock.now(), ""))
    worker = community.staff["maintenance"][0]
    first, second, third = (urgent(community, room) for room in community.ids(ROOMS))
    commands.dispatch(db, act, first, repairs.Sending.read({"worker": worker}))
    commands.arrive(db, act, first, repairs.Moved())
    commands.finish(db, act, first, repairs.Finish.read({"words": "更换镇流器", "minutes": "40"}))
    commands.sign(db, act, first, repairs.Signing.read({"how": "screen", "who": "周予安", "drawing": drawn()}))
    commands.dispatch_many(db, act, (second, third), worker)


def urgent(community: Community, unit: str) -> str:
    """Return the id of an urgent order that may be sent at once."""
    said = {"unit": unit, "name": "周予安", "phone": "13800000001", "what": "楼道灯不亮", "wished": "尽快", "category": "public_light"}
    db, act = community.db(), community.act("supervisor")
    order = commands.report(db, act, repairs.Report.read({**said, "urgency": "urgent"}))
    return commands.decide(db, act, order.id, repairs.Decision.read({"part": "electrical"})).id


def drawn() -> str:
    """Return a signature as the page sends it."""
    picture, out = Image.new("RGB", (320, 120), "white"), io.BytesIO()
    ImageDraw.Draw(picture).line([(20, 90), (80, 20), (140, 100), (220, 30), (300, 80)], fill="black", width=5)
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def roster() -> bytes:
    """Return a roster of which one row is wrong, as Excel keeps it."""
    book, out = Workbook(), io.BytesIO()
    for row in ROSTER:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def upload(community: Community, role: str) -> str:
    """Choose the roster as the person of a role, and return where its report stands."""
    answer = community.client(role).post(
        "/units/import", {"file": (io.BytesIO(roster()), "花名册.xlsx")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])
