"""The kiosk's clocks: the one on the wall, the steady one since the machine started, and which start that was."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desk.kit.clock import Clock, WallClock
from sync.outbox import Moment

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_THIS_PROCESS = secrets.token_hex(8)


def boot_id() -> str:
    """Return the id of the machine's present start; where the system tells none, that of this process."""
    try:
        return _BOOT.read_text("ascii").strip().replace("-", "")
    except OSError:
        return _THIS_PROCESS


def steady() -> int:
    """Return milliseconds since the machine started, also while it slept; no setting of the clock moves it."""
    name = getattr(time, "CLOCK_BOOTTIME", None)
    return round((time.clock_gettime(name) if name is not None else time.monotonic()) * 1000)


@dataclass(frozen=True)
class Clocks:
    """All clocks of a kiosk."""

    wall: Clock = field(default_factory=WallClock)
    boot: str = field(default_factory=boot_id)
    steady: Callable[[], int] = steady

    def moment(self) -> Moment:
        """Return what all clocks say now."""
        return Moment(self.wall.now(), self.steady(), self.boot)
