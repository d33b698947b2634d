"""The clock on the wall: the one place that asks the machine for the time, and how instants are written down."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from desk.kit.problems import Unclear

SITE_ZONE = ZoneInfo("Asia/Shanghai")  # China keeps one civil time


class Clock(Protocol):
    """Tells the time: the machine's own in the product, one that is told to move in tests."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class WallClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC, to the millisecond that rows keep."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)


@dataclass
class SetClock:
    """A clock that stands still until it is told to move (demo data and stories)."""

    at: datetime = field(default_factory=lambda: WallClock().now())

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.at

    def forward(self, **span: float) -> datetime:
        """Move on by a span named as in `timedelta` (hours=30), and return the new instant."""
        self.at += timedelta(**span)
        return self.at


def to_text(at: datetime) -> str:
    """Return an aware instant as UTC text of fixed width, '2026-11-23T07:41:22.123Z': text order is time order."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def from_text(text: str) -> datetime:
    """Return the instant that `to_text` wrote, aware, in UTC; `Unclear` if the text has no zone or no time in it."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Unclear("time.unreadable", text=text) from None
    if at.tzinfo is None:
        raise Unclear("time.no_zone", text=text)
    return at.astimezone(UTC)


def day_of(at: datetime, zone: ZoneInfo = SITE_ZONE) -> date:
    """Return the day of the site's calendar in which an instant lies."""
    return at.astimezone(zone).date()
