"""Read the schedules and instants of a corpus of deadline cases into the house's calendar and aware instants."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desk.kit.calendar import Calendar, Day, Windows, windows_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_of(name: str, schedule: Mapping[str, Any], case: Mapping[str, Any]) -> Calendar:
    """Make the calendar of a schedule; a case may bring its own holidays, breaks and shifts on top, or its own hours.

    A holiday closes its day even if a shift stands on it; breaks are cut out of whatever hours the day has.
    """
    hours = case.get("hours", schedule.get("hours", {}))
    weekly = tuple(windows_of(hours.get(weekday, ())) for weekday in WEEKDAYS)
    days: dict[date, Day] = {}
    for on, shift in _both(schedule, case, "shifts").items():
        days[date.fromisoformat(on)] = _day(windows_of(shift))
    for on, breaks in _both(schedule, case, "breaks").items():
        day = date.fromisoformat(on)
        open_hours = days[day].windows if day in days else weekly[day.weekday()]
        days[day] = _day(_cut(open_hours, windows_of(breaks)))
    holidays = [*schedule.get("holidays", ()), *case.get("holidays", ())]
    yearly = {text[2:]: "holiday" for text in holidays if text.startswith("--")}
    for on in holidays:
        if not on.startswith("--"):
            days[date.fromisoformat(on)] = Day(work=False, windows=(), why="holiday")
    days = {day: kind for day, kind in days.items() if kind.why == "holiday" or f"{day:%m-%d}" not in yearly}
    workdays = frozenset(weekday for weekday, windows in enumerate(weekly) if windows)
    return Calendar(name, case.get("tz", schedule["tz"]), weekly, days, yearly, workdays=workdays)


def _both(schedule: Mapping[str, Any], case: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {**schedule.get(key, {}), **case.get(key, {})}


def _day(windows: Windows) -> Day:
    return Day(work=bool(windows), windows=windows, why="workday")


def _cut(windows: Windows, breaks: Windows) -> Windows:
    for begin, end in breaks:
        pieces = [((low, min(high, begin)), (max(low, end), high)) for low, high in windows]
        windows = tuple(piece for pair in pieces for piece in pair if piece[0] < piece[1])
    return windows


def instant_of(text: str, calendar: Calendar) -> datetime:
    """Read an instant: with a zone ('...Z') as it stands, without one as the time on the wall of the calendar."""
    at = _read(text)
    return (at if at.tzinfo else at.replace(tzinfo=calendar.tz)).astimezone(UTC)


def _read(text: str) -> datetime:
    """Read an ISO instant; 24:00 is the next day's midnight."""
    if "T24:00" in text:
        return datetime.fromisoformat(text.replace("T24:00", "T00:00")) + timedelta(days=1)
    return datetime.fromisoformat(text)


def date_of(text: str) -> date:
    """Read a date; a time behind it is left off."""
    return date.fromisoformat(text[:10])


def is_same(got: datetime, expected: str, calendar: Calendar) -> bool:
    """Say whether an instant is the expected one; a wall time that comes twice, or never, may stand for either."""
    on_wall = got.astimezone(calendar.tz).replace(tzinfo=None)
    wanted = _read(expected)
    if wanted.tzinfo:
        return got == wanted
    return on_wall == wanted or got == instant_of(expected, calendar)


def span_of(pair: list[str | None], calendar: Calendar) -> tuple[datetime, datetime]:
    """Read a pause; one that never ended lasts as long as anything here is counted."""
    begin = instant_of(str(pair[0]), calendar)
    return begin, instant_of(pair[1], calendar) if pair[1] else begin + timedelta(days=36_525)
