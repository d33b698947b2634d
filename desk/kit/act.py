"""Who does something, on which machine, and when: the Act goes down with every command, so nothing below asks."""

from dataclasses import dataclass, field
from datetime import datetime

from desk.kit.clock import Clock, WallClock


@dataclass
class Act:
    """One act of one person at one machine; `now` is read again inside the write lock by `change`.

    `actor` is a staff id or a word such as 'ticker'; `device` a machine such as 'D1'; `name` and `staff_no` are printed on papers (TR39).
    """

    actor: str
    device: str = "D1"
    clock: Clock = field(default_factory=WallClock, repr=False)
    name: str = ""
    staff_no: str = ""
    role: str = ""
    lang: str = "zh"
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.clock.now()

    def begin(self) -> datetime:
        """Read the clock: called by `change` once the write lock is held, so that order of time is order of entries."""
        self.now = self.clock.now()
        return self.now
