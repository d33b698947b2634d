"""What replication takes of a machine's memory: a first pull and a thousand rounds, in a process of their own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from sync.client import Line
from tests.bench._sync_down import PULLED, a_round
from tests.bench._sync_rows import desk, fill, kiosk, opened

ROUNDS = 1000
WARM = 50  # rounds before those that are looked at


def figures(_folder: Path) -> list[dict[str, Any]]:
    """Return by how many MiB a process grows: by a first pull of both sides, and by the rounds after it."""
    said = subprocess.run([sys.executable, "-m", "tests.bench._sync_memory"], check=True, capture_output=True, text=True).stdout.split()
    pulled, rounds = (float(word) for word in said)
    return [
        {"name": f"memory, first pull of {PULLED:,} rows", "value": pulled, "unit": "MiB", "budget": 64},
        {"name": f"memory, {ROUNDS:,} rounds after it", "value": rounds, "unit": "MiB", "budget": 4},
    ]


def _most() -> float:
    """Return the most memory that was held since the last time this was asked, and begin anew."""
    status = Path("/proc/self/status").read_text()
    Path("/proc/self/clear_refs").write_text("5")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Say both, as they are at their most."""
    with tempfile.TemporaryDirectory() as folder:
        filler = os.fork()  # so that this process has never held what it is about to pull
        if filler == 0:
            fill(desk(Path(folder)), PULLED)
            os._exit(0)
        assert os.waitpid(filler, 0)[1] == 0
        made = opened(Path(folder))
        first = kiosk(made, Path(folder) / "first")
        line = Line(first.who, first.box, made.answer, first.moment)
        _most()
        before = _most()
        a_round(first, line)
        pulled = _most()
        for n in range(ROUNDS + WARM):
            if n == WARM:
                _most()
                settled = _most()
            a_round(first, line)
        print(round(pulled - before, 1), round(_most() - settled, 1))


if __name__ == "__main__":
    main()
