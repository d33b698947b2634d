"""Steps before and after a due time: warn two working days before, tell the director one open hour after."""

from datetime import date, datetime, timedelta

from desk.kit.calendar import Calendar
from desk.kit.calendar.days import HORIZON_DAYS, ONE_DAY, instant, micros
from desk.kit.deadlines.days import month_after
from desk.kit.deadlines.policy import REAL_SECONDS, Tier, Unit
from desk.kit.deadlines.spans import add, sub
from desk.kit.problems import Refused


def tier_at(tier: Tier, calendar: Calendar, due_at: datetime) -> datetime:
    """Return the instant of a step, in UTC; one in days keeps the time on the wall, and 24:00 stays 24:00."""
    if tier.unit in REAL_SECONDS:
        return instant(micros(due_at)) + timedelta(seconds=tier.n * REAL_SECONDS[tier.unit])
    if tier.unit is Unit.OPEN_HOUR:
        seconds = abs(tier.n) * 3600
        return sub(calendar, due_at, seconds) if tier.n < 0 else add(calendar, due_at, seconds)
    return _by_days(tier, calendar, due_at)


def _by_days(tier: Tier, calendar: Calendar, due_at: datetime) -> datetime:
    at, on = micros(due_at), calendar.day_of(due_at)
    if at == calendar.midnight(on):  # the end of the day before
        return instant(calendar.midnight(_moved(tier, calendar, on - ONE_DAY) + ONE_DAY))
    moved = _moved(tier, calendar, on)
    wall = due_at.astimezone(calendar.tz).replace(year=moved.year, month=moved.month, day=moved.day, fold=0)
    return instant(micros(wall))


def _moved(tier: Tier, calendar: Calendar, on: date) -> date:
    if tier.unit is Unit.DAY:
        return on + timedelta(days=tier.n)
    if tier.unit is Unit.MONTH:
        return month_after(on, tier.n)[0]
    if tier.n < 0:  # a rest day stands before its next working day, so that "one before" is the last one
        return workday_before(calendar, workday_after(calendar, on, 0), -tier.n)
    return workday_after(calendar, workday_before(calendar, on, 0), tier.n) if tier.n else on


def workday_after(calendar: Calendar, on: date, n: int) -> date:
    """Return the n-th working day after a date; a date that is none stands for the next one (n = 0)."""
    return _stepped(calendar, on, n, ONE_DAY)


def workday_before(calendar: Calendar, on: date, n: int) -> date:
    """Return the n-th working day before a date; a date that is none stands for the last one (n = 0)."""
    return _stepped(calendar, on, n, -ONE_DAY)


def _stepped(calendar: Calendar, on: date, n: int, step: timedelta) -> date:
    day, left, found = on, n, False
    for _ in range(HORIZON_DAYS):
        if calendar.day(day).work:
            found = True
            if left == 0:
                return day
            left -= 1
        day += step
    raise Refused("calendar.too_far" if found else "calendar.no_open_day", calendar=calendar.version)
