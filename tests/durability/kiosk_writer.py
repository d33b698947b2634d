"""A kiosk in a process of its own: `python -m tests.durability.kiosk_writer FOLDER PORT` submits and syncs until somebody kills it.

It says each receipt (number and id) only when it is kept: what is said is what a resident would have on paper.
"""

import itertools
import random
import sys
from pathlib import Path

from sync.transport import HttpLine
from tests.durability.lobby import Kiosk


def main(folder: str, port: str) -> None:
    """Submit and sync for ever."""
    kiosk = Kiosk(Path(folder), itertools.count(random.randrange(100)))
    line = HttpLine(f"http://127.0.0.1:{port}", wait=5)
    while True:
        for _ in range(random.randrange(1, 5)):
            made = kiosk.submit()
            print(made.number, made.id, flush=True)
        kiosk.round(line)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
