"""How a kiosk shall run, and the watchdog around it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk import excuse
from kiosk.alone import only_one
from kiosk.watchdog import Watchdog, python

Gui = Literal["gtk", "qt"]


@dataclass(frozen=True)
class Wanted:
    """How the kiosk shall run."""

    folder: Path
    gui: Gui | None = None
    windowed: bool = False
    offline: bool = False  # as if the line were cut, for a demonstration


def keep_running(wanted: Wanted) -> int:
    """Run the kiosk under its watchdog until it is closed or told to end; `Refused` if it runs already."""
    with only_one(wanted.folder):
        return Watchdog(child_of(wanted), lambda: excuse.command(wanted.folder)).run()


def child_of(wanted: Wanted) -> Sequence[str]:
    """Return the command of the process that the watchdog watches."""
    gui = [f"--gui={wanted.gui}"] if wanted.gui else []
    flags = [flag for flag, is_set in (("--windowed", wanted.windowed), ("--simulate-offline", wanted.offline)) if is_set]
    return [*python("kiosk", "show", f"--data={os.fspath(wanted.folder)}"), *gui, *flags]
