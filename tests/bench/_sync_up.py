"""What kiosks cost the desk: signed polls, and a whole fleet that comes back after three days while the counter works on."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from desk.app import create_app
from desk.kit.access import commands as access
from desk.kit.access.inputs import NewStaff
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.kit.clock import WallClock
from desk.kit.rows import to_json
from desk.registry import PUBLISHED, SUBMISSIONS
from desk.site import open_site
from sync import enrolment, feed, tls
from sync.desk import Desk
from tests.bench._many import site_with
from tests.bench._sync_http import app_of, fronted, served
from tests.bench._sync_rows import desk, fill
from tests.bench.requests import PASSWORD

POLLERS = 8
POLL_SECONDS = 3.0
EACH = 30
REPAIRS = 5_000
FULL = bool(os.environ.get("LOBBYDESK_BENCH_FULL"))
KIOSKS = 500 if FULL else 50


def enrolled(made: Desk, folder: Path, count: int, units: list[str]) -> None:
    """Enrol a fleet, and write down what its process needs."""
    act, kiosks = Act("bench", "D1", WallClock()), []
    for n in range(count):
        key = secrets.token_hex(32)
        offer = enrolment.offer(made.db(), act, f"大堂{n + 1}")
        joined = enrolment.join(made.db(), act, offer.code, SigningKey(bytes.fromhex(key)).verify_key.encode().hex())
        kiosks.append({"device": joined.device, "key": key, "seal_for": joined.seal_for, "nonce": joined.nonce})
    said = {"kiosks": kiosks, "units": units, "ca": tls.authority(made.db()).cert, "head": feed.store.scope(made.db(), "pub").head}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fleet.json").write_text(to_json(said))


class Child:
    """A process that obeys lines and answers in JSON."""

    def __init__(self, *args: str) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, words: str) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        assert self.process.stdin
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        """Read one answer."""
        assert self.process.stdout
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def close(self) -> None:
        """Let it end."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(60)


@contextmanager
def child(*args: str) -> Iterator[Child]:
    """Run a process of our own as long as the block."""
    made = Child(*args)
    try:
        yield made
    finally:
        made.close()


def poll_figures(folder: Path) -> list[dict[str, Any]]:
    """Return how many signed polls the desk answers: on this machine, and through the TLS front."""
    made = desk(folder)
    fill(made, 10_000)
    enrolled(made, folder / "fleet", POLLERS, [])
    figures = []
    with served(app_of(made)) as port, fronted(made, folder) as (address, _ca):
        for word, url in (("polls", f"http://127.0.0.1:{port}"), ("polls over TLS", address)):
            with child("tests.bench._sync_fleet", str(folder / "fleet"), url) as fleet:
                fleet.ask("polls 0.5")
                cpu, began = time.process_time(), time.monotonic()
                done = fleet.ask(f"polls {POLL_SECONDS}")["polls"]
                cpu, took = time.process_time() - cpu, time.monotonic() - began
            figures += [
                {"name": f"signed {word}", "value": round(done / took), "unit": "a second", "least": 500},
                {"name": f"signed {word}, the desk's share", "value": round(cpu / done * 1000, 2), "unit": "ms CPU"},
            ]
    return figures


def return_figures(folder: Path) -> list[dict[str, Any]]:
    """Return how long a fleet takes to send three days of submissions to the real desk, and what the staff's pages take meanwhile."""
    made, number = site_with(folder / "site", REPAIRS)
    access.add_staff(made.db(), Act("bench", "D1"), NewStaff(staff_no="B09", name="何晓", role=Role.FRONT_DESK), PASSWORD)
    site = open_site(folder / "site")
    engine = Desk(site.db, WallClock(), PUBLISHED, SUBMISSIONS, site.folder)
    units = [row[0] for row in site.db().conn.execute("SELECT label FROM unit ORDER BY label")]
    enrolled(engine, folder / "fleet", KIOSKS, units)
    with (
        served(create_app(site)) as port,
        fronted(engine, folder) as (address, _ca),
        child("tests.bench._sync_fleet", str(folder / "fleet"), address) as fleet,
    ):
        kept = fleet.ask(f"submit {EACH}")["kept"]
        clerk = Child("tests.bench._sync_staff", str(port), number)
        assert clerk.process.stdout
        assert clerk.process.stdout.readline() == "ready\n"
        back = fleet.ask("return")
        assert clerk.process.stdin
        clerk.process.stdin.close()
        waited = clerk.answer()
        clerk.process.wait(30)
    db = site.db()
    verdicts = dict(db.conn.execute("SELECT verdict, count(*) FROM inbox GROUP BY verdict").fetchall())
    assert sum(verdicts.values()) == kept, verdicts
    assert db.conn.execute("SELECT count(DISTINCT number) FROM inbox").fetchone()[0] == kept
    return [
        {
            "name": f"{KIOSKS} kiosks with {EACH} submissions each",
            "value": round(back["seconds"] / 60, 2),
            "unit": "minutes",
            "budget": 10 * KIOSKS / 500,
        },
        {"name": "... accepted by their workflows", "value": verdicts.get("accepted", 0), "unit": "of " + str(kept), "least": kept},
        {"name": "... staff pages meanwhile, p50", "value": _at(waited["pages"], 0.5), "unit": "ms"},
        {"name": "... staff pages meanwhile, p95", "value": _at(waited["pages"], 0.95), "unit": "ms", "budget": 1000},
        {"name": "... staff acts meanwhile, p95", "value": _at(waited["acts"], 0.95), "unit": "ms", "budget": 1000},
        {"name": "... staff's longest wait", "value": _at(waited["pages"] + waited["acts"], 1), "unit": "ms"},
    ]


def _at(times: list[float], share: float) -> float:
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000)
