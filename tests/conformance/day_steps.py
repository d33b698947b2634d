"""Whole-day steps that keep the time on the wall, as the sources of the corpus define them; made of the engine's own pieces."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from desk.kit.calendar import Calendar
from desk.kit.calendar.days import instant
from desk.kit.deadlines import Boundary, add, between, sub, workday_after, workday_before

TICK = timedelta(microseconds=1)
Pauses = list[tuple[datetime, datetime]]


def days_away(case: Mapping[str, Any], calendar: Calendar, boundary: Boundary, start: datetime, pauses: Pauses) -> datetime:
    """Return the same wall time on the N-th working date, rolled into the next open window; pauses follow as open time.

    Where time may end at closing, that instant belongs to its window. `end_of_day` ends at the date's last closing;
    `keep_end_of_day` never goes past it.
    """
    forwards = (case["op"] == "add_days") is (case["days"] >= 0)
    keeps = bool(case.get("keep_end_of_day"))
    edges = keeps or boundary is Boundary.CLOSE
    on, on_wall = _place(calendar, _rolled(calendar, start, forwards, edges))
    target = (workday_after if forwards else workday_before)(calendar, on, abs(case["days"]))
    at, spans = _instant(calendar, target, on_wall), calendar.spans(target)
    closing = instant(spans[-1][1]) if spans else at
    ends_day = case.get("end_of_day") or (keeps and at > closing)
    at = closing if ends_day else _rolled(calendar, at, forwards, edges)
    paused = sum((between(calendar, max(low, start), high) for low, high in _apart(pauses)), timedelta(0))
    return add(calendar, at, int(paused.total_seconds()), (), boundary) if paused else at


def _rolled(calendar: Calendar, at: datetime, forwards: bool, edges: bool) -> datetime:
    """Return the instant itself if it lies in a window, its edges included if they count, or else the next edge."""
    if edges and any(
        instant(low) <= at <= instant(high)
        for day in {calendar.day_of(at - TICK), calendar.day_of(at)}
        for low, high in calendar.spans(day)
    ):
        return at
    return add(calendar, at, 0) if forwards else sub(calendar, at, 0)


def _place(calendar: Calendar, at: datetime) -> tuple[date, timedelta]:
    """Return the working date of an instant and its time on the wall; midnight may be the 24:00 of the day before."""
    local = at.astimezone(calendar.tz).replace(tzinfo=None)
    day = local.date()
    if local.time() == time(0) and not calendar.day(day).work:
        day -= timedelta(days=1)
    return day, local - datetime.combine(day, time(0))


def _instant(calendar: Calendar, day: date, on_wall: timedelta) -> datetime:
    return (datetime.combine(day, time(0)) + on_wall).replace(tzinfo=calendar.tz).astimezone(UTC)


def _apart(pauses: Pauses) -> Pauses:
    """Return the pauses in order, each counted once where they overlap."""
    result: Pauses = []
    for low, high in sorted(pauses):
        if result and low <= result[-1][1]:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        elif low < high:
            result.append((low, high))
    return result
