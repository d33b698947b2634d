"""What a workflow needs to fill the demo community: a clock that runs through the past, people to act as, and a fixed seed."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from desk.kit.act import Act
from desk.kit.clock import SetClock


@dataclass
class Demo:
    """A demo in the making: `today` is the real present; `clock` is moved through the weeks before it; ids of made things by name."""

    today: datetime
    clock: SetClock
    staff: dict[str, tuple[str, str, str]]  # role -> (id, staff number, name)
    rng: random.Random = field(default_factory=lambda: random.Random(20261123))
    made: dict[str, str] = field(default_factory=dict)

    def act(self, role: str = "front_desk") -> Act:
        """Return an act of the demo's clerk of this role at the demo's present."""
        staff_id, staff_no, name = self.staff[role]
        return Act(staff_id, "D1", self.clock, name=name, staff_no=staff_no, role=role)
