"""What a request costs the desk's own process: signed in, with permissions, and CSRF on what is sent.

`desk serve` runs as a process of its own; its CPU time is read from /proc before and after a run of requests over one connection. The same at
10 thousand, 100 thousand and 1 million repairs, each on fresh data. `LOBBYDESK_BENCH_SIZES=10000,100000` asks for other sizes.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from desk.kit.access import commands as access
from desk.kit.access.inputs import NewStaff
from desk.kit.access.rules import Role
from desk.kit.act import Act
from desk.site import Site
from tests.bench._many import site_with
from tests.bench._show import show

SIZES = [int(size) for size in os.environ.get("LOBBYDESK_BENCH_SIZES", "10000,100000,1000000").split(",")]
TIMES = 150
BUDGET_MS = 10.0
BUDGET_RATIO = 1.5
PASSWORD = "long-enough-for-a-bench-9"
TICKS = os.sysconf("SC_CLK_TCK")


class Clerk:
    """A front-desk clerk at one keep-alive connection."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.csrf = ""
        self.csrf = self.word(self.get("/login"))
        self.post("/login", {"user": "B09", "password": PASSWORD}, (302, 303))
        self.csrf = self.word(self.get("/help"))

    @staticmethod
    def word(page: str) -> str:
        """Return the form word that a page carries."""
        found = re.search(r'name="csrf" content="([^"]+)"', page)
        assert found
        return found.group(1)

    def get(self, url: str) -> str:
        """Return a page; anything but 200 stops the bench."""
        return self._ask("GET", url, None, (200,))

    def post(self, url: str, data: dict[str, str], expected: tuple[int, ...] = (302, 303)) -> str:
        """Send a form."""
        return self._ask("POST", url, urlencode({"csrf": self.csrf, **data}), expected)

    def _ask(self, method: str, url: str, body: str | None, expected: tuple[int, ...]) -> str:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        self.line.request(method, url, body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        assert answer.status in expected, f"{method} {url}: {answer.status} {text[:400]}"
        return text


def cpu_seconds(pid: int) -> float:
    """Return user and system time of a process, from the kernel's own accounting."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def served(site: Site) -> Iterator[tuple[int, int]]:
    """Serve a site in a process of its own; yield its pid and port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "desk", "serve", "--data", str(site.folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(30)


def per_request(pid: int, ask: Callable[[int], Any], times: int = TIMES) -> float:
    """Return the CPU milliseconds of the serving process per request, after a warm-up."""
    for n in range(10):
        ask(n)
    before = cpu_seconds(pid)
    for n in range(10, 10 + times):
        ask(n)
    return (cpu_seconds(pid) - before) * 1000 / times


def measure(count: int) -> dict[str, float]:
    """Return the cost of each kind of request on a desk with `count` repairs, in CPU milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        site, number = site_with(Path(folder) / "data", count)
        access.add_staff(site.db(), Act("bench", "D1"), NewStaff(staff_no="B09", name="何晓", role=Role.FRONT_DESK), PASSWORD)
        site.db().conn.close()
        with served(site) as (pid, port):
            clerk = Clerk(port)
            report = {
                "name": "周予安",
                "phone": "13800000001",
                "wished": "今天下午",
                "category": "water_leak",
                "source": "visit",
                "kind": "leak",
            }
            asks: dict[str, Callable[[int], Any]] = {
                "open list": lambda n: clerk.get("/repairs/"),
                "start page": lambda n: clerk.get("/"),
                "detail": lambda n: clerk.get(f"/repairs/{number}"),
                "search common word": lambda n: clerk.get(f"/search?q={quote('漏水')}"),
                "search rare word": lambda n: clerk.get(f"/search?q={quote('罕见词甲')}"),
                "create": lambda n: clerk.post("/repairs/", report | {"unit": "2-1-1001", "what": f"厨房水管漏水 {n}"}),
            }
            return {name: per_request(pid, ask) for name, ask in asks.items()}


def figures() -> list[dict[str, Any]]:
    """Return every cost at every size, and the ratio of the largest size to the smallest."""
    made = {count: measure(count) for count in SIZES}
    rows = [
        {"name": f"{name} at {count:,} repairs", "value": round(cost, 2), "unit": "ms CPU", "budget": BUDGET_MS}
        for count, costs in made.items()
        for name, cost in costs.items()
    ]
    small, large = made[SIZES[0]], made[SIZES[-1]]
    ratios = [
        {
            "name": f"{name}, {SIZES[-1]:,} to {SIZES[0]:,}",
            "value": round(large[name] / small[name], 2),
            "unit": "ratio",
            "budget": BUDGET_RATIO,
        }
        for name in small
    ]
    return rows + ratios


if __name__ == "__main__":
    show(figures)
