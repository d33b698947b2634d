"""Rule book: what was said at a kiosk while the line to the desk was down (pitfall 1, L4).

what a resident submitted counts from then, not from when it reached the desk: every clock starts at the submit time
late       5 minutes or more passed in between; so much of the time to the first answer is used up already
cause      the clock, if the kiosk's time cannot be trusted; otherwise the network
overdue    the due time passed before anybody here could know of it: the supervisor has it at once, and it is marked
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LATE_FROM = timedelta(minutes=5)


class Cause(StrEnum):
    """Why a submission came late."""

    NETWORK = "network"
    CLOCK = "clock"


@dataclass(frozen=True)
class Lateness:
    """How late a submission reached the desk; `minutes` of the `of` minutes to its due time passed offline (`of` is 0 without a due time)."""

    minutes: int
    of: int
    cause: Cause
    overdue: bool


def arrival(effective_at: datetime, received_at: datetime, due_at: datetime | None, clock_suspect: bool = False) -> Lateness | None:
    """Return how late a submission came, from when it happened and when the desk had it; None if it came in time."""
    delay = received_at - effective_at
    if delay < LATE_FROM:
        return None
    overdue = due_at is not None and received_at > due_at
    of = max(minutes(due_at - effective_at), 0) if due_at else 0
    cause = Cause.CLOCK if clock_suspect else Cause.NETWORK
    return Lateness(min(minutes(delay), of) if due_at else minutes(delay), of, cause, overdue)


def minutes(span: timedelta) -> int:
    """Return the whole minutes of a span of time."""
    return int(span.total_seconds() // 60)
