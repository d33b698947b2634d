"""A kiosk in a process of its own: `python -m tests.durability.kiosk_writer FOLDER PORT` submits and syncs until somebody kills it.

It says each receipt (number and id) only when it is kept: what is said is what a resident would have on paper.
"""

import itertools
import random
import sys
import time
from pathlib import Path

from sync.client import State
from sync.transport import HttpLine
from tests.durability.lobby import Kiosk


def main(folder: str, port: str) -> None:
    """Submit and sync for ever."""
    kiosk = Kiosk(Path(folder), itertools.count(random.randrange(100)))
    line = HttpLine(f"http://127.0.0.1:{port}")
    while True:
        for _ in range(random.randrange(1, 5)):
            made = kiosk.submit()
            print(made.number, made.id, flush=True)
        if kiosk.round(line).state is not State.GOOD:
            time.sleep(0.2)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
