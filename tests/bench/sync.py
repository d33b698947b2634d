"""What it costs to keep kiosks in step: rows down to them, submissions up from them, both sides on this machine.

CPU time of both sides and bytes of bodies; time on the wall only for a fleet that comes back while the counter works on. The floor of a first pull
is the same payload copied over loopback HTTP, decoded, and inserted into a table of the same shape in one transaction.
`LOBBYDESK_BENCH_FULL=1` lets 500 kiosks come back instead of 50; `LOBBYDESK_BENCH_SIZES=10000,100000` asks for other sizes.
"""

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog

from tests.bench import _sync_down as down
from tests.bench import _sync_memory as memory
from tests.bench import _sync_up as up
from tests.bench._show import show

SIZES = [int(size) for size in os.environ.get("LOBBYDESK_BENCH_SIZES", "10000,100000,1000000").split(",")]
PARTS = {
    "capture": down.capture_figures,
    "idle": down.idle_figures,
    "polls": up.poll_figures,
    "pull": down.pull_figures,
    "memory": memory.figures,
    "delta": lambda folder: down.delta_figures(folder, SIZES),
    "return": up.return_figures,
}


def figures() -> Iterator[dict[str, Any]]:
    """Yield every figure; `LOBBYDESK_BENCH_PARTS=idle,polls` asks for some parts only."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    for name in os.environ.get("LOBBYDESK_BENCH_PARTS", ",".join(PARTS)).split(","):
        with tempfile.TemporaryDirectory() as folder:
            yield from PARTS[name](Path(folder))


if __name__ == "__main__":
    show(figures)
