"""What kind of day a date is, and when the site is open on it.

Two questions are kept apart: a day is *work* if it is a working day (工作日) of the country, which is what money and
legal periods count; its *windows* are the hours in which this site is open, which is what service clocks count.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk.kit.problems import Unclear

Windows = tuple[tuple[int, int], ...]  # seconds after local midnight, in order, apart from each other
Spans = tuple[tuple[int, int], ...]  # the same as instants: microseconds after 1970 in UTC

WORKWEEK = frozenset(range(5))  # Monday to Friday
FULL_DAY = 86_400
HORIZON_DAYS = 3653  # ten years: nothing here is promised for longer, and a search must end
ONE_DAY = timedelta(days=1)
REACHED_BACK_TO = (12, 28)  # a notice may move the days before New Year: that of 2019 made 2018-12-29 a working day
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Return an aware instant as whole microseconds after 1970 in UTC."""
    return (at - EPOCH) // MICROSECOND


def instant(us: int) -> datetime:
    """Return the instant, aware and in UTC, that `micros` made a number of."""
    return EPOCH + timedelta(0, *divmod(us, 1_000_000))


def windows_of(pairs: Iterable[tuple[str, str] | list[str]]) -> Windows:
    """Read opening hours such as [("09:00", "12:00"), ("13:30", "18:00")]; '24:00' may end a window.

    `Unclear('calendar.window')` names the window that cannot be read, is empty, or overlaps the one before it.
    """
    windows: list[tuple[int, int]] = []
    for pair in sorted(tuple(pair) for pair in pairs):
        opens, closes = (_seconds(text, pair) for text in pair)
        if not opens < closes or (windows and opens < windows[-1][1]):
            raise Unclear("calendar.window", found="-".join(pair))
        windows.append((opens, closes))
    return tuple(windows)


def _seconds(text: str, pair: tuple[str, ...]) -> int:
    parts = text.split(":")
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdigit() and len(part) == 2 for part in parts):
        raise Unclear("calendar.window", found="-".join(pair))
    hours, minutes, seconds = (int(part) for part in [*parts, "00"][:3])
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > FULL_DAY:
        raise Unclear("calendar.window", found="-".join(pair))
    return total


@dataclass(frozen=True, slots=True)
class Day:
    """One date: is it a working day, when is the site open, and why ('workday', 'weekend', 'holiday', 'makeup')."""

    work: bool
    windows: Windows
    why: str
    name: str = ""


class Run(NamedTuple):
    """Neighbouring days that are passed over for the same reason: a kind of day or 'closed', and the holiday's name."""

    first: date
    last: date
    why: str
    name: str


class Leap(NamedTuple):
    """The next day that is looked for, the runs of days passed over on the way to it, and what kind of day it is."""

    day: date
    runs: tuple[Run, ...]
    kind: Day


@dataclass(frozen=True)
class Calendar:
    """Weekly hours, dates that differ from them, holidays that return every year, and which years are published.

    `weekly` has seven entries, Monday first. `days` wins over everything; `yearly` maps 'MM-DD' to a holiday's name.
    A date outside `years` is guessed from the week alone and is provisional; `years=None` means that all are known.
    """

    version: str
    zone: str
    weekly: tuple[Windows, ...]
    days: Mapping[date, Day] = field(default_factory=dict)
    yearly: Mapping[str, str] = field(default_factory=dict)
    years: frozenset[int] | None = None
    workdays: frozenset[int] = WORKWEEK

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise Unclear("calendar.week", found=len(self.weekly))

    @cached_property
    def tz(self) -> ZoneInfo:
        """The time zone in which the site counts its days."""
        return ZoneInfo(self.zone)

    @cached_property
    def _known(self) -> dict[date, Day]:
        return {}

    @cached_property
    def _opened(self) -> dict[date, Spans]:
        return {}

    @cached_property
    def _leaps(self) -> dict[tuple[date, bool], Leap | None]:
        return {}

    @cached_property
    def _midnights(self) -> dict[date, int]:
        return {}

    def day(self, on: date) -> Day:
        """Return what kind of day a date is."""
        try:
            return self._known[on]
        except KeyError:
            found = self._known[on] = self.days.get(on) or self._usual(on)
            return found

    def _usual(self, on: date) -> Day:
        name = self.yearly.get(f"{on.month:02d}-{on.day:02d}")
        if name is not None:
            return Day(work=False, windows=(), why="holiday", name=name)
        work = on.weekday() in self.workdays
        return Day(work=work, windows=self.weekly[on.weekday()], why="workday" if work else "weekend")

    def unpublished(self, first: date, last: date) -> list[int]:
        """Return the years whose notices bear on the days from one date to another and are not published yet."""
        if self.years is None:
            return []
        until = last.year + ((last.month, last.day) >= REACHED_BACK_TO)
        return [year for year in range(first.year, until + 1) if year not in self.years]

    def day_of(self, at: datetime) -> date:
        """Return the date on which an instant falls here."""
        return at.astimezone(self.tz).date()

    def midnight(self, on: date) -> int:
        """Return the instant at which a date begins, in microseconds; the end of a gap if the clocks skip 00:00."""
        try:
            return self._midnights[on]
        except KeyError:
            found = self._midnights[on] = self._at(on, 0)
            return found

    def spans(self, on: date) -> Spans:
        """Return the opening hours of a date as instants; what the clocks skip is not there."""
        try:
            return self._opened[on]
        except KeyError:
            found = self._opened[on] = self._spans(on)
            return found

    def next_workday(self, on: date) -> Leap | None:
        """Return the first working day from a date on, or None if ten years have none."""
        try:
            return self._leaps[on, True]
        except KeyError:
            return self._leaps.setdefault((on, True), self._leap(on, lambda day: self.day(day).work))

    def next_open_day(self, on: date) -> Leap | None:
        """Return the first day from a date on with any opening hours, or None if ten years have none."""
        try:
            return self._leaps[on, False]
        except KeyError:
            return self._leaps.setdefault((on, False), self._leap(on, lambda day: bool(self.spans(day))))

    def _leap(self, on: date, is_it: Callable[[date], bool]) -> Leap | None:
        runs: list[Run] = []
        for day in (on + ONE_DAY * n for n in range(HORIZON_DAYS)):
            if is_it(day):
                return Leap(day, tuple(runs), self.day(day))
            kind = self.day(day)
            run = Run(day, day, "closed" if kind.work else kind.why, kind.name)
            if runs and runs[-1][2:] == run[2:]:
                runs[-1] = run._replace(first=runs[-1].first)
            else:
                runs.append(run)
        return None

    def _spans(self, on: date) -> Spans:
        floor, ceiling = self.midnight(on), self.midnight(on + ONE_DAY)
        spans: list[tuple[int, int]] = []
        for opens, closes in self.day(on).windows:
            low, high = max(self._at(on, opens), floor), min(self._at(on, closes), ceiling)
            if spans:
                low = max(low, spans[-1][1])
            if low < high:
                spans.append((low, high))
        return tuple(spans)

    def _at(self, on: date, seconds: int) -> int:
        wall = datetime(on.year, on.month, on.day) + timedelta(seconds=seconds)
        return micros(wall.replace(tzinfo=self.tz))
