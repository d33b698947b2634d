"""A watchdog over a tiny child: `python -m tests.kiosk.watchdog_probe KIND FOLDER`. Each start of a child adds a line to FOLDER/starts."""

import os
import signal
import sys
import time
from pathlib import Path

from kiosk.watchdog import RESTART, Limits, Watchdog, python

LIMITS = Limits(first_beat=3.0, silence=1.5, quick=60.0, patience=2, longest_pause=1.0)


def child(kind: str, folder: Path) -> int:
    """Behave as a kiosk of some kind."""
    starts = folder / "starts"
    with starts.open("a") as file:
        file.write(f"{os.getpid()} {time.monotonic()}\n")
    count = len(starts.read_text().splitlines())
    if kind == "ends":
        return 0
    if kind == "crashes" or (kind == "crashes_thrice" and count <= 3):
        return 1
    if kind == "wants_restart" and count < 3:
        return RESTART
    if kind == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for beat in range(10_000):
        if kind == "mute" or (kind == "falls_silent" and count == 1 and beat > 3):
            time.sleep(600)
        print("beat", flush=True)
        print("noise of an engine", flush=True)
        time.sleep(0.2)
    return 0


def main() -> int:
    """Watch."""
    kind, folder = sys.argv[1], Path(sys.argv[2])
    if kind.startswith("child:"):
        return child(kind.removeprefix("child:"), folder)
    if kind == "excuse":
        (folder / "excuse").write_text(str(os.getpid()))
        time.sleep(600)
    command = python("tests.kiosk.watchdog_probe", f"child:{kind}", str(folder))
    return Watchdog(command, lambda: python("tests.kiosk.watchdog_probe", "excuse", str(folder)), LIMITS).run()


if __name__ == "__main__":
    sys.exit(main())
