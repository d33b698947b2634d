"""What is promised: so many hours, days or months, from when, to when. Facts only; the counting is in `count.py`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.kit.deadlines.trace import Trace
from desk.kit.problems import Unclear


class Unit(StrEnum):
    """What is counted. Minutes and hours run in real time; open hours run while the site is open."""

    MINUTE = "minute"
    HOUR = "hour"
    OPEN_HOUR = "open_hour"
    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"


class End(StrEnum):
    """When the last day ends: at 24:00, or at closing time (Civil Code 203 ¶2)."""

    DAY = "day"
    CLOSING = "closing"


class Boundary(StrEnum):
    """Where time ends that uses up a window exactly: at its close (ours), or at the next opening."""

    CLOSE = "close"
    NEXT_OPEN = "next_open"


class Roll(StrEnum):
    """Whether a last day on a rest day moves to the next working day (Civil Code 203 ¶1)."""

    NO = "no"
    HOLIDAY = "holiday"


REAL_SECONDS = {Unit.MINUTE: 60, Unit.HOUR: 3600}


@dataclass(frozen=True)
class Policy:
    """One time limit, as a rule book or a settings page states it; `n` of `unit` after the start.

    `rule` is the rule's id ('RC13') and `clause` the words it comes from; both are printed. Months and days end with
    their last day, see `End`. `roll=Roll.HOLIDAY` is for money and legal periods; service clocks do not wait for a holiday to end.
    """

    rule: str
    n: int
    unit: Unit = Unit.DAY
    clause: str = ""
    end: End = End.DAY
    roll: Roll = Roll.NO
    boundary: Boundary = Boundary.CLOSE
    first_day_counts: bool = False

    def __post_init__(self) -> None:
        if self.n < 0:
            raise Unclear("deadline.policy", key="n", found=self.n, rule=self.rule)
        for key, words in (("unit", Unit), ("end", End), ("roll", Roll), ("boundary", Boundary)):
            try:
                object.__setattr__(self, key, words(getattr(self, key)))
            except ValueError:
                raise Unclear("deadline.policy", key=key, found=getattr(self, key), rule=self.rule) from None


@dataclass(frozen=True)
class Pause:
    """Time that does not count, from `start` up to but not including `end`, and why ('waiting for the resident')."""

    start: datetime
    end: datetime | None
    why: str = ""


@dataclass(frozen=True)
class Manual:
    """The time that a person named: an earlier one always wins, a later one only with `words` (CP13).

    `by` says whose words they are: 'resident' (what they asked for, in their own words), or 'agreed' (what both sides agreed on).
    """

    at: datetime
    words: str = ""
    by: str = "resident"


@dataclass(frozen=True)
class Tier:
    """A step before (`n` < 0) or after a due time: two days before it, one open hour after it."""

    name: str
    n: int
    unit: Unit


@dataclass(frozen=True)
class Due:
    """The last instant at which the promise is kept, in UTC, and why it is that one.

    A day that ends at 24:00 is stored as the instant at which the next day begins, and shown as 24:00; whoever acts at
    exactly that instant is in time. `provisional` says that the holidays of a year it depends on are not published.
    """

    at: datetime
    trace: Trace
    provisional: bool
