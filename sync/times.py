"""Rule book: when did it happen? (pitfall 1; the legal clock starts when the resident pressed the button, not when the line came back)

occurred    the kiosk's wall clock at that moment
offset      that clock minus the desk's, as last measured before
effective   occurred - offset, not before the newest time of the desk that the kiosk had seen, not after the desk received it
doubtful    the bounds moved it by more than 5 minutes, or the machine was started since and had not heard the desk again, or the
            machine's monotonic clock tells another time than its wall clock
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.chain import Frozen

DOUBTFUL = timedelta(minutes=5)


@dataclass(frozen=True)
class Times:
    """When a submission happened, as far as can be known."""

    occurred_at: datetime
    received_at: datetime
    effective_at: datetime
    offset_ms: int
    clock_suspect: bool


def times(said: Frozen, received_at: datetime, offset_now: int | None = None) -> Times:
    """Return when an intent happened; `offset_now` is the clock's offset as this very request shows it, in milliseconds."""
    offset = said.offset if said.offset is not None else offset_now or 0
    corrected = said.at - timedelta(milliseconds=offset)
    lower = min(said.anchor.desk_at, received_at) if said.anchor else None
    effective = min(corrected, received_at)
    effective = max(effective, lower) if lower else effective
    return Times(said.at, received_at, effective, offset, _is_doubtful(said, corrected, effective, offset, offset_now))


def _is_doubtful(said: Frozen, corrected: datetime, effective: datetime, offset: int, offset_now: int | None) -> bool:
    if abs(corrected - effective) > DOUBTFUL or said.anchor is None or said.boot != said.anchor.boot:
        return True
    by_steady_clock = said.anchor.desk_at + timedelta(milliseconds=said.mono - said.anchor.mono)
    if abs(by_steady_clock - corrected) > DOUBTFUL:
        return True
    return offset_now is not None and abs(timedelta(milliseconds=offset_now - offset)) > DOUBTFUL
