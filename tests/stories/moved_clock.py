"""A clock that a file moves: the machine's own, plus so many seconds as stand there. Two processes that read one file live in one time."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desk.kit.clock import WallClock
from kiosk.clocks import steady


@dataclass(frozen=True)
class MovedClock:
    """The time of a story."""

    file: Path

    def ahead(self) -> int:
        """Return how many seconds the story is ahead of the machine."""
        return int(self.file.read_text()) if self.file.exists() else 0

    def forward(self, **span: float) -> None:
        """Let time pass for whoever reads the file."""
        self.file.write_text(str(self.ahead() + int(timedelta(**span).total_seconds())))
        time.sleep(0.05)

    def now(self) -> datetime:
        """Return the story's instant."""
        return WallClock().now() + timedelta(seconds=self.ahead())

    def steady(self) -> int:
        """Return the steady clock, on which the same time passed."""
        return steady() + self.ahead() * 1000
