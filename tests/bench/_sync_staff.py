"""A clerk at the counter in a process of her own: `python -m tests.bench._sync_staff PORT NUMBER` asks pages until its stdin ends.

Then one line of JSON: how long the pages took, and how long the acts.
"""

import json
import sys
import threading
import time

from tests.bench.requests import Clerk

PAUSE = 0.15
REPORT = {
    "unit": "2-1-1001", "name": "周予安", "phone": "13800000001", "wished": "今天下午", "category": "water_leak", "source": "visit", "kind": "leak",
}  # fmt: skip


def main(port: int, number: str) -> None:
    """Ask the pages of a day in turns, and report a repair now and then."""
    clerk, over = Clerk(port), threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    print("ready", flush=True)
    pages, acts, n = [], [], 0
    asks = ("/", "/repairs/", f"/repairs/{number}", "/reception/", "/search?q=%E6%BC%8F%E6%B0%B4")
    while not over.is_set():
        n += 1
        began = time.monotonic()
        if n % 6:
            clerk.get(asks[n % len(asks)])
            pages.append(time.monotonic() - began)
        else:
            clerk.post("/repairs/", REPORT | {"what": f"厨房水管漏水 {n}"})
            acts.append(time.monotonic() - began)
        time.sleep(PAUSE)
    print(json.dumps({"pages": pages, "acts": acts}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
