"""A kiosk submits and syncs over a real line, and both machines are killed at random: every printed receipt is at the desk, once.

`LOBBYDESK_KIOSK_KILL_SECONDS` sets how long (40 s unless told otherwise).
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

from desk.kit.database import open_database
from tests.durability.lobby import make_lobby, wrongs_after, wrongs_of_desk, wrongs_of_kiosk

SECONDS = float(os.environ.get("LOBBYDESK_KIOSK_KILL_SECONDS", "40"))
FEWEST = 3  # kills of each, however slow the machine is
ROOT = Path(__file__).parents[2]


class Machine:
    """One machine's process, started again each time it is killed; what it said is kept here."""

    def __init__(self, program: str, folder: Path, port: int) -> None:
        self.command = [sys.executable, "-m", f"tests.durability.{program}", str(folder), str(port)]
        self.kills, self.said = 0, list[str]()
        self.start()

    def start(self) -> None:
        """Start the process, and listen to it."""
        self.spoke = Event()
        self.process = subprocess.Popen(self.command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.listener = Thread(target=self._listen, args=(self.process, self.spoke), daemon=True)
        self.listener.start()

    def _listen(self, process: "subprocess.Popen[str]", spoke: Event) -> None:
        assert process.stdout
        for line in process.stdout:
            if line.endswith("\n"):
                self.said.append(line.strip())
                spoke.set()
        process.stdout.close()

    def kill(self) -> None:
        """Kill it without a warning, in the middle of whatever it is doing, and hear what it had said."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.listener.join()
        self.kills += 1

    def be_killed(self, rng: random.Random, until: float) -> None:
        """Be killed at random moments and started again, as long as there is time; the last time it stays dead."""
        while self.spoke.wait(120) and (time.monotonic() < until or self.kills < FEWEST):
            time.sleep(rng.uniform(0, rng.choice((1, 3, 6))))
            self.kill()
            self.start()
        self.kill()


def a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def test_a_kiosk_and_its_desk_are_killed_and_every_receipt_arrives_once(tmp_path: Path):
    make_lobby(tmp_path)
    port = a_free_port()
    machines = desk, kiosk = Machine("kiosk_desk", tmp_path / "desk", port), Machine("kiosk_writer", tmp_path / "kiosk", port)
    killers = [Thread(target=machine.be_killed, args=(random.Random(n), time.monotonic() + SECONDS)) for n, machine in enumerate(machines)]
    for killer in killers:
        killer.start()
    for killer in killers:
        killer.join()

    printed = set(kiosk.said)
    db = open_database(tmp_path / "kiosk" / "outbox.db")
    acknowledged = {row[0] for row in db.conn.execute("SELECT id FROM intent WHERE acked_at IS NOT NULL")}
    db.conn.close()
    wrongs = wrongs_of_kiosk(tmp_path / "kiosk", printed) + wrongs_of_desk(tmp_path / "desk", acknowledged)

    assert min(desk.kills, kiosk.kills) > FEWEST
    assert len(printed) == len(kiosk.said) > 10 * FEWEST
    assert acknowledged
    assert wrongs + wrongs_after(tmp_path, printed) == []
