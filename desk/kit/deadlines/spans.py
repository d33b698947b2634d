"""Counting time while a place is open: spans of instants in microseconds, forwards and backwards, with pauses cut out.

One engine for every clock: open hours take their spans from the calendar, real hours from one endless span.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from desk.kit.calendar import Calendar
from desk.kit.calendar.days import HORIZON_DAYS, ONE_DAY, instant, micros
from desk.kit.deadlines.policy import Boundary
from desk.kit.problems import Refused

Span = tuple[int, int]

SECOND = 1_000_000


def open_after(calendar: Calendar, start: int, from_day: date) -> Iterator[Span]:
    """Yield the open spans from an instant on; `Refused` when ten years hold none, or no more."""
    day = from_day if calendar.midnight(from_day) <= start else from_day - ONE_DAY
    limit, found = day + ONE_DAY * HORIZON_DAYS, False
    while (leap := calendar.next_open_day(day)) and leap.day < limit:
        for low, high in calendar.spans(leap.day):
            if high > start:
                found = True
                yield (low if low > start else start), high
        day = leap.day + ONE_DAY
    raise Refused("calendar.too_far" if found else "calendar.no_open_day", calendar=calendar.version)


def open_before(calendar: Calendar, start: int, from_day: date) -> Iterator[Span]:
    """Yield the open spans before an instant, the last one first; `Refused` as in `open_after`."""
    day = from_day + ONE_DAY if calendar.midnight(from_day + ONE_DAY) < start else from_day
    found = False
    for _ in range(HORIZON_DAYS):
        for low, high in reversed(calendar.spans(day)):
            if low < start:
                found = True
                yield low, (high if high < start else start)
        day -= ONE_DAY
    raise Refused("calendar.too_far" if found else "calendar.no_open_day", calendar=calendar.version)


def merged(pauses: Iterable[Span]) -> list[Span]:
    """Return spans in order and apart from each other, without the empty ones."""
    result: list[Span] = []
    for low, high in sorted(span for span in pauses if span[0] < span[1]):
        if result and low <= result[-1][1]:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return result


def without(spans: Iterable[Span], pauses: Sequence[Span], *, backwards: bool = False) -> Iterator[Span]:
    """Yield what is left of each span outside the pauses, which are merged; in the same direction."""
    for low, high in spans:
        pieces, at = [], low
        for begin, end in pauses:
            if end > at and begin < high:
                if at < begin:
                    pieces.append((at, begin))
                at = end
        if at < high:
            pieces.append((at, high))
        yield from reversed(pieces) if backwards else pieces


def _spend(spans: Iterable[Span], left: int, boundary: Boundary) -> tuple[Span, int]:
    """Return the span in which `left` microseconds run out, and what is left at its first end."""
    for low, high in spans:
        size = high - low
        if left < size or (left == size and boundary is Boundary.CLOSE):
            return (low, high), left
        left -= size
    raise Refused("calendar.too_far")


def run(spans: Iterable[Span], left: int, boundary: Boundary) -> int:
    """Return the instant at which `left` microseconds of the spans have passed; 0 is the first instant in them."""
    (low, _), rest = _spend(spans, left, boundary)
    return low + rest


def run_back(spans: Iterable[Span], left: int, boundary: Boundary) -> int:
    """Return the same backwards, through spans that come last one first; 0 is the last instant in them."""
    (_, high), rest = _spend(spans, left, boundary)
    return high - rest


def pairs(pauses: Iterable[tuple[datetime, datetime]]) -> list[Span]:
    """Return pauses as merged spans of microseconds."""
    return merged((micros(begin), micros(end)) for begin, end in pauses)


def add(
    calendar: Calendar,
    start: datetime,
    seconds: int,
    pauses: Iterable[tuple[datetime, datetime]] = (),
    boundary: Boundary = Boundary.CLOSE,
) -> datetime:
    """Return the instant after so many open seconds; 0 seconds is the next open instant."""
    at = micros(start)
    spans = without(open_after(calendar, at, calendar.day_of(start)), pairs(pauses))
    return instant(run(spans, seconds * SECOND, boundary))


def sub(
    calendar: Calendar,
    start: datetime,
    seconds: int,
    pauses: Iterable[tuple[datetime, datetime]] = (),
    boundary: Boundary = Boundary.CLOSE,
) -> datetime:
    """Return the instant so many open seconds before; 0 seconds is the last open instant."""
    at = micros(start)
    spans = without(open_before(calendar, at, calendar.day_of(start)), pairs(pauses), backwards=True)
    return instant(run_back(spans, seconds * SECOND, boundary))


def between(calendar: Calendar, start: datetime, end: datetime, pauses: Iterable[tuple[datetime, datetime]] = ()) -> timedelta:
    """Return the open time from one instant up to another, without the pauses; nothing if they are swapped."""
    low, high = micros(start), micros(end)
    total = sum(b - a for a, b in without(_open_within(calendar, low, high, calendar.day_of(start)), pairs(pauses)))
    return timedelta(microseconds=total)


def _open_within(calendar: Calendar, low: int, high: int, from_day: date) -> Iterator[Span]:
    day = from_day if calendar.midnight(from_day) <= low else from_day - ONE_DAY
    while calendar.midnight(day) < high:
        for begin, end in calendar.spans(day):
            if begin < high and end > low:
                yield max(begin, low), min(end, high)
        day += ONE_DAY


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Say whether the site is open at an instant; at closing time it no longer is."""
    here = micros(at)
    return any(low <= here < high for low, high in _open_within(calendar, here, here + 1, calendar.day_of(at)))


def next_open(calendar: Calendar, at: datetime) -> datetime:
    """Return the instant itself if the site is open then, or else the next opening."""
    return add(calendar, at, 0)


def windows(calendar: Calendar, start: datetime, count: int) -> list[tuple[datetime, datetime]]:
    """Return the next open windows from an instant; the first begins there if it is already open."""
    spans = open_after(calendar, micros(start), calendar.day_of(start))
    return [(instant(low), instant(high)) for _, (low, high) in zip(range(count), spans, strict=False)]
