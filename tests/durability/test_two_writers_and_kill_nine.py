"""Two processes write at once and are killed at random: no gap, no double, nothing acknowledged is lost, the chain is whole.

`LOBBYDESK_KILL_SECONDS` sets how long (60 s unless told otherwise).
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

from desk.kit import clocks, papers
from desk.kit.act import Act
from desk.kit.database import Database, open_database
from desk.kit.journal import verify
from desk.kit.numbering import store as numbers
from desk.workflows.repairs.workflow import WORKFLOW as REPAIRS
from tests.make_households import a_unit, an_owner

SECONDS = float(os.environ.get("LOBBYDESK_KILL_SECONDS", "60"))
ROOT = Path(__file__).parents[2]


class Writer:
    """One writing process, started again each time it is killed; what it acknowledged is kept here."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name, self.kills = path, name, 0
        self.said: Queue[str] = Queue()
        self.start()

    def start(self) -> None:
        """Start the process, and listen to it."""
        self.spoke = Event()
        command = [sys.executable, "-m", "tests.durability.writer", str(self.path), self.name]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        Thread(target=self._listen, args=(self.process, self.spoke), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str], spoke: Event) -> None:
        assert process.stdout
        for line in process.stdout:
            if line.endswith("\n"):
                self.said.put(line.strip())
                spoke.set()
        process.stdout.close()

    def kill(self) -> None:
        """Kill it without a warning, in the middle of whatever it is doing."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.kills += 1


def drained(queue: "Queue[str]") -> list[str]:
    """Return all that was said so far."""
    lines = []
    while True:
        try:
            lines.append(queue.get(timeout=0.2))
        except Empty:
            return lines


def test_two_writers_and_kill_nine_lose_nothing_and_double_nothing(site: Database, act: Act):
    an_owner(site, act, a_unit(site, act))
    site.conn.close()
    rng = random.Random(20261123)
    writers = [Writer(site.path, "clerk-1"), Writer(site.path, "clerk-2")]
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        writer = rng.choice(writers)
        assert writer.spoke.wait(60)
        time.sleep(rng.uniform(0, 1.5))
        writer.kill()
        writer.start()
    for writer in writers:
        writer.kill()

    acknowledged = [line.split() for writer in writers for line in drained(writer.said)]
    db = open_database(site.path)
    kept = dict(numbers.objects(db, "WX"))

    assert sum(writer.kills for writer in writers) >= 2 + SECONDS // 12
    assert len(acknowledged) > SECONDS
    assert [line for line in acknowledged if kept.get(line[0]) != line[1]] == []
    assert len({number for number, _ in acknowledged}) == len(acknowledged)
    assert list(numbers.gaps(db)) == []
    assert list(verify(db)) == []
    assert list(REPAIRS.checks(db)) == []
    assert list(clocks.verify(db)) == []
    assert list(papers.verify(db)) == []
    assert db.value("PRAGMA integrity_check") == "ok"
