"""Many kiosks in a process of their own: `python -m tests.bench._sync_fleet FOLDER URL` reads fleet.json of the folder, and obeys its stdin.

`polls SECONDS` asks for news as fast as the desk answers; `submit N` lets every kiosk keep so many submissions of the last three days;
`return` lets all of them send what waits. Each answers with one line of JSON.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from desk.kit.clock import WallClock
from desk.kit.rows import to_json
from sync import feed, protocol, replica
from sync.client import Line, State, sync_round
from sync.desk import BASE
from sync.outbox import Draft, Identity, Moment, Outbox, store
from sync.protocol import PullAsked
from sync.sealing import new_code, of_card
from sync.transport import HttpLine

AT_ONCE = 60  # lines at the same time
WORDS = ["厨房水管漏水", "楼道灯不亮", "入户门锁打不开", "卫生间顶渗水", "电梯有异响", "阳台地漏堵塞"]


def now() -> Moment:
    return Moment(WallClock().now(), time.monotonic_ns() // 1_000_000, "boot1")


class Fleet:
    """The kiosks of one file."""

    def __init__(self, folder: Path, url: str) -> None:
        said = json.loads((folder / "fleet.json").read_text())
        self.folder, self.url, self.ca = folder, url, said["ca"] if url.startswith("https:") else ""
        self.kiosks, self.units, self.head = said["kiosks"], said["units"], said["head"]

    def box(self, kiosk: dict[str, str]) -> Outbox:
        return Outbox(self.folder / kiosk["device"])

    def who(self, kiosk: dict[str, str]) -> Identity:
        return Identity(kiosk["device"], kiosk["key"], kiosk["seal_for"])

    def each(self, work: Callable[[dict[str, str]], Any], threads: int) -> list[Any]:
        """Let some threads do the same for every kiosk."""
        left: SimpleQueue[dict[str, str]] = SimpleQueue()
        made: list[Any] = []
        for kiosk in self.kiosks:
            left.put(kiosk)

        def run() -> None:
            while True:
                try:
                    kiosk = left.get_nowait()
                except Empty:
                    return
                made.append(work(kiosk))

        running = [threading.Thread(target=run) for _ in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        return made

    def polls(self, seconds: float) -> dict[str, Any]:
        """Ask for news over one line a kiosk, all at once, for some seconds."""
        until = time.monotonic() + seconds

        def poll(kiosk: dict[str, str]) -> int:
            box, done = self.box(kiosk), 0
            line = Line(self.who(kiosk), box, HttpLine(self.url, self.ca), now)
            body = protocol.pack(protocol.write_pull(PullAsked({"pub": (self.head, None), f"kiosk:{kiosk['device']}": (0, None)})))
            while time.monotonic() < until:
                line.ask(f"{BASE}/pull", body)
                done += 1
            return done

        return {"polls": sum(self.each(poll, len(self.kiosks)))}

    def submit(self, count: int) -> dict[str, Any]:
        """Keep submissions as residents would have, over three days without a line."""
        rng = random.Random(7)

        def fill(kiosk: dict[str, str]) -> None:
            box = self.box(kiosk)
            box.joined(kiosk["nonce"])
            for n in range(count):
                at = Moment(WallClock().now() - timedelta(hours=72 - 70 * n / count), 1000 + n, "boot0")
                secret, code = of_card(rng.randbytes(16)), new_code()
                said = {
                    "unit": rng.choice(self.units), "what": f"{rng.choice(WORDS)}，{kiosk['device']} 第{n}条", "name": "周予安", "phone": "13800000001",
                    "wished": "明天上午", "lang": "zh", "identity": "claimed", "receipt": {"code": code, "key": secret.key, "tag": secret.tag},
                }  # fmt: skip
                kind = ("repair.report", "complaint.file", "callback.wanted")[n % 3]
                said |= (
                    {"place": "home", "category": "water_leak", "urgency": None} if n % 3 == 0 else {"about": "物业"} if n % 3 == 1 else {}
                )
                box.submit(self.who(kiosk), at, Draft(kind, 1, to_json(said).encode(), tag=secret.tag))
            box.db.conn.close()

        self.each(fill, 2)
        return {"kept": count * len(self.kiosks)}

    def back(self) -> dict[str, Any]:
        """Let every kiosk do rounds until nothing waits any more."""
        began = time.monotonic()

        def send(kiosk: dict[str, str]) -> int:
            box = self.box(kiosk)
            copy = replica.open_replica(self.folder / kiosk["device"] / "replica.db", {})
            line = Line(self.who(kiosk), box, HttpLine(self.url, self.ca), now)
            rounds = 0
            while store.count_waiting(box.db)[0]:
                done = sync_round(line, copy, feed.scopes_of(kiosk["device"]))
                rounds += 1
                if done.state is not State.GOOD:
                    time.sleep(done.again_in or 1)
            box.db.conn.close()
            copy.conn.close()
            return rounds

        rounds = self.each(send, AT_ONCE)
        return {"seconds": time.monotonic() - began, "kiosks": len(rounds), "most_rounds": max(rounds)}


def main(folder: str, url: str) -> None:
    """Obey stdin."""
    fleet = Fleet(Path(folder), url)
    for line in sys.stdin:
        verb, *args = line.split()
        done = fleet.polls(float(args[0])) if verb == "polls" else fleet.submit(int(args[0])) if verb == "submit" else fleet.back()
        print(json.dumps(done), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
