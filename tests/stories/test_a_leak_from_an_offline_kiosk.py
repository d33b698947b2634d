"""A leak is reported at a lobby kiosk whose line is down; thirty hours later it is one repair, counted from the resident's own minute.

Real processes throughout: the desk with its TLS door, the kiosk with its window on a web engine and a camera, both commands that join them, a line
that is cut, a kill -9 in the middle. Only the clock is told to move.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.kit import clocks, papers
from desk.kit.access import commands as access
from desk.kit.access.inputs import NewStaff
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.kit.clock import SITE_ZONE, from_text
from desk.kit.deadlines import show_due
from desk.kit.journal import verify
from desk.settings import Settings
from desk.site import Site, make
from desk.workflows.households import commands as households
from desk.workflows.households.inputs import RegularInput
from desk.workflows.repairs import commands as repairs
from desk.workflows.repairs import inputs, store
from sync import verify as sync_checks
from sync.inbox import store as inbox
from tests.stories.moved_clock import MovedClock
from tests.sync.proxy import Fault, Proxy

ROOT = Path(__file__).parents[2]
QT = {
    "QT_QPA_PLATFORM": "offscreen",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --use-fake-device-for-media-stream --disable-gpu",
    "LIBGL_ALWAYS_SOFTWARE": "1",
}
SHOTS = os.environ.get("LOBBYDESK_SCREENSHOTS_TO", "")
TEXT = "document.body ? document.body.innerText : ''"
PATIENCE = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(look: Any, what: str) -> Any:
    """Wait until a look finds something, and return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited for {what}")


@dataclass
class Kiosk:
    """The kiosk's process and its window."""

    folder: Path
    clock: Path
    shots: int = 0
    process: "subprocess.Popen[str] | None" = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.stories.kiosk_at", str(self.folder), str(self.clock), "qt"]
        env = os.environ | QT | {"HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder / "cache")}
        with (self.folder.parent / "kiosk.log").open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1
            )
        until(lambda: self.process.stdout.readline().startswith("beat"), "the first beat")
        until(lambda: "紧急求助" in self.text(), "the first screen")

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=10)

    def do(self, what: str, with_: str) -> str:
        self.process.stdin.write(json.dumps({"do": what, "with": with_}) + "\n")
        for line in self.process.stdout:
            if line.startswith("= "):
                return json.loads(line[2:])
        raise AssertionError("the window is gone")

    def text(self) -> str:
        return self.do("ask", TEXT)

    def tap(self, selector: str, then: str) -> str:
        """Tap the first thing that a selector finds, wait for words on the page that comes, and return its text."""
        script = f"(() => {{ const one = document.querySelector({json.dumps(selector)}); if (!one) return ''; one.click(); return 'tapped'; }})()"
        until(lambda: self.do("ask", script) == "tapped", selector)
        until(lambda: then in self.text(), f"{then} after {selector}")
        self.look()
        return self.text()

    def type(self, selector: str, words: str) -> None:
        """Put words into a field as soon as it is there."""
        find = f"const one = document.querySelector({json.dumps(selector)}); if (!one) return '';"
        script = f"(() => {{ {find} one.value = {json.dumps(words)}; return one.value; }})()"
        until(lambda: self.do("ask", script) == words, selector)

    def look(self) -> None:
        """Keep a picture of the screen, for whoever wants to see the story."""
        if SHOTS:
            self.shots += 1
            time.sleep(0.4)
            self.do("grab", str(Path(SHOTS) / f"story-{self.shots:02d}.png"))


@dataclass
class World:
    """Desk, kiosk, the line between them, and the time they live in."""

    site: Site
    clock: MovedClock
    kiosk: Kiosk
    line: Proxy
    people: dict[str, Any] = field(default_factory=dict)

    def act(self, role: str) -> Act:
        member = self.people[role]
        return Act(member.id, "D1", self.clock, name=member.name, staff_no=member.staff_no, role=role)


def desk_command(folder: Path, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "desk", *args, "--data", str(folder), "--lang", "zh"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    port, door = free_port(), free_port()
    settings = Settings(name_zh="翠湖花园物业服务中心", hotline="020-86120110", port=port, kiosk_port=door)
    site = make(tmp_path / "desk", settings)
    moved = MovedClock(tmp_path / "clock")
    setup = Act("setup", "D1", moved)
    households.lay_out(
        site.db(),
        setup,
        RegularInput.read({"first": "1", "buildings": "3", "entrances": "2", "floors": "6", "rooms": "4", "names": "numbers"}),
    )
    people = {
        role: access.add_staff(site.db(), setup, NewStaff(staff_no=number, name=name, role=Role(role)), "a-long-word-for-a-story")[0]
        for role, number, name in (("front_desk", "F01", "李晓雯"), ("maintenance", "M01", "王建军"), ("supervisor", "Z01", "陈志远"))
    }
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.stories.desk_at", str(site.folder), str(moved.file), str(port)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with Proxy(door) as line:
        until(lambda: answers(door), "the desk's door")
        told = desk_command(
            site.folder, "kiosk", "add", "大堂一号", "--url", f"https://127.0.0.1:{line.port}", "--sheet", str(tmp_path / "sheet.pdf")
        )
        link = re.search(r"https://\S+", told)[0].strip("'\"")
        joined = subprocess.run(
            [sys.executable, "-m", "kiosk", "enrol", link, "--data", str(tmp_path / "kiosk"), "--pin", "2580", "--lang", "zh"],
            cwd=ROOT, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert joined.returncode == 0, joined.stderr
        kiosk = Kiosk(tmp_path / "kiosk", moved.file)
        try:
            kiosk.start()
            yield World(site, moved, kiosk, line, people)
        finally:
            kiosk.kill()
            desk.terminate()
            desk.wait(30)
    assert desk.returncode == 0


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def file_a_leak(kiosk: Kiosk) -> str:
    """Report a leak with a photo as a resident does, and return the words of the last screen."""
    kiosk.tap("a[href='/do/repair']", "哪里坏了")
    kiosk.tap("main button[value='home']", "3栋")
    kiosk.tap("main button[value='3']", "单元")
    kiosk.tap("main button[value='1']", "几楼")
    kiosk.tap("main button[value='6']", "602")
    kiosk.tap("main button[value='602']", "什么坏了")
    kiosk.tap("main button[value='water']", "漏水")
    kiosk.tap("main button[value='water_leak']", "也可以自己写")
    kiosk.type("textarea", "厨房水槽下面一直漏水，接了盆也不够。")
    kiosk.tap(".foot .main", "照片")
    kiosk.tap("[data-snap]:not([hidden])", "1")
    until(lambda: kiosk.do("ask", "String(document.querySelectorAll('.photos img').length)") == "1", "the photo")
    kiosk.tap(".foot .main", "什么时候")
    kiosk.tap(".pick.wide", "电话")
    kiosk.type("input[name=phone]", "13812345678")
    kiosk.tap(".foot .main", "称呼")
    kiosk.type("input[name=name]", "欧阳小敏")
    kiosk.tap(".foot .main", "请核对")
    return kiosk.tap(".foot .main", "查询码")


def request_by_code(kiosk: Kiosk, code: str, then: str) -> str:
    kiosk.tap("a[href='/mine']", "查")
    kiosk.type("input[name=code]", code)
    return kiosk.tap(".foot .main", then)


def on_disk(folder: Path) -> bytes:
    names = ("outbox.db", "outbox.db-wal", "replica.db", "replica.db-wal", "slips.log", "kiosk.json")
    kept = [*(folder / name for name in names), *(folder / "blobs").iterdir(), *(folder / "cache").rglob("*")]
    return b"".join(path.read_bytes() for path in kept if path.is_file())


def test_a_leak_from_an_offline_kiosk_is_one_repair_from_the_residents_own_minute(world: World):
    kiosk, db = world.kiosk, world.site.db()
    until(lambda: "翠湖花园" in kiosk.text(), "the site's name")

    # the line is cut, and a resident reports a leak with a photo
    world.line.fault = Fault.REFUSE
    world.line.drop()
    pressed_after = world.clock.now()
    said = file_a_leak(kiosk)
    pressed_before = world.clock.now()
    number, code = re.search(r"K1-\d{4}-\w{4}", said)[0], re.search(r"\b\w{5}-\w{5}\b", said)[0]
    promised = re.search(r"首次答复：(.+前)", said)[1]
    assert re.search(r"已存在本机\s+\d\d:\d\d\s+已送达服务中心\s+尚未\s+已受理\s+尚未", said)

    # the machine is killed, starts again, and still has it; its disk tells nobody what was said
    kiosk.kill()
    kiosk.start()
    kept = request_by_code(kiosk, code, number)
    assert "已存在本机" in kept
    disk = on_disk(kiosk.folder)
    assert not [canary for canary in ("欧阳小敏", "13812345678", "一直漏水", "3-1-602", code) if canary.encode() in disk]

    # thirty hours later the line is back
    world.clock.forward(hours=30)
    world.line.fault = Fault.NONE
    order = until(lambda: next(iter(store.of_unit(db, households.unit_of(db, "3-1-602").id)), None), "the repair")
    order = repairs.the_order(db, order.number)
    assert pressed_after - timedelta(seconds=2) <= order.reported_at <= pressed_before + timedelta(seconds=2)
    assert (order.name, order.phone, order.place) == ("欧阳小敏", "13812345678", "3-1-602")
    respond = next(clock for clock in clocks.store.of_object(db, order.id) if clock.kind == "repair.respond")
    assert show_due(respond.due_at, "zh") == promised
    assert respond.waits_for == Role.SUPERVISOR.value  # overdue when it came: escalated at once
    entry = inbox.of_object(db, order.id)[0]
    assert (entry.number, entry.clock_suspect, entry.identity) == (number, False, "claimed")
    assert entry.received_at - entry.effective_at > timedelta(hours=29)
    photo = until(lambda: [one for one in inbox.photos(db, entry.id) if one.state == "here"], "the photo")[0]
    assert (world.site.files / photo.file).stat().st_size > 1000

    # the desk takes it up: decided, sent out, its work order printed
    worker = world.people["maintenance"].id
    repairs.decide(
        db, world.act("front_desk"), order.id, inputs.Decision.read({"part": "wet_room", "verdict": "common_part", "reason": "总管接口"})
    )
    repairs.dispatch(db, world.act("front_desk"), order.id, inputs.Sending.read({"worker": worker}))
    sheets = [paper for paper in papers.store.of_object(db, order.id) if paper.kind == "work_order"]
    assert papers.print_out(db, world.act("front_desk"), sheets[0].id).startswith(b"%PDF")

    # the resident sees it at the kiosk, with all three words of truth
    seen = request_by_code(kiosk, code, order.number)
    assert all(word in seen for word in ("已存在本机", "已送达服务中心", "已受理"))
    pressed = order.reported_at.astimezone(SITE_ZONE)
    assert f"{pressed:%H:%M}" in seen

    # one repair, one submission, and everything as it was written
    assert len(store.of_unit(db, order.unit)) == 1
    assert [one.kind for one in inbox.of_device(db, "K1")] == ["repair.report"]
    assert list(verify(db)) == []
    assert list(sync_checks.findings(db)) == []
    assert from_text(entry.received_at.isoformat()) == entry.received_at
