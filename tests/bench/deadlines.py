"""What one deadline costs with its trace: the CPU time of `due` over starts all through two years, and from the evening before a holiday week.

Each figure is the best of several rounds: the machine's other work only ever adds to it. `cold` is the first round on a fresh calendar.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from desk.kit.calendar import Calendar, calendar_from, shipped_years
from desk.kit.deadlines import Policy, Unit, due
from tests.bench._show import show

BUDGET = 40.0  # microseconds of CPU
ROUNDS = 40
STARTS = [datetime(2025, 1, 1, 1, 30, 7, tzinfo=UTC) + timedelta(hours=67 * n) for n in range(250)]
BEFORE_NATIONAL_DAY = [datetime(2026, 9, 30, 8, 20, tzinfo=UTC)] * len(STARTS)

POLICIES = {
    "+2 days": Policy("RC12", 2, Unit.DAY),
    "+10 working days": Policy("CP11", 10, Unit.WORKDAY),
    "+15 open hours": Policy("X", 15, Unit.OPEN_HOUR),
    "+1 hour": Policy("CP12", 1, Unit.HOUR),
    "+3 months, rolled": Policy("FE7", 3, Unit.MONTH, roll="holiday"),
}


def round_us(policy: Policy, calendar: Calendar, starts: Sequence[datetime]) -> float:
    """Return the CPU microseconds of one deadline, over one round of starts."""
    begun = time.process_time()
    for start in starts:
        due(policy, calendar, start)
    return (time.process_time() - begun) / len(starts) * 1e6


def figures() -> list[dict[str, Any]]:
    """Return the figures as name, value, unit and budget."""
    made = []
    for name, policy in POLICIES.items():
        for when, starts in (("", STARTS), (" over National Day week", BEFORE_NATIONAL_DAY)):
            calendar = calendar_from(shipped_years())
            best = min(round_us(policy, calendar, starts) for _ in range(ROUNDS))
            made.append({"name": f"deadline {name}{when}", "value": round(best, 1), "unit": "us CPU", "budget": BUDGET})
    cold = round_us(POLICIES["+10 working days"], calendar_from(shipped_years()), STARTS)
    made.append({"name": "deadline +10 working days, cold calendar", "value": round(cold, 1), "unit": "us CPU", "budget": None})
    return made


if __name__ == "__main__":
    show(figures)
