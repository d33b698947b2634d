"""Counting days, working days and months, and what the trace says about each.

Sources: Civil Code 201 (the first day is not counted), 202 (a month ends on the corresponding date, or on its last day),
203 (a last day on a rest day moves to the next working day; a day ends at 24:00, or at closing time).
"""

import calendar as months
from collections.abc import Iterable, Sequence
from datetime import date

from desk.kit.calendar import Calendar
from desk.kit.calendar.days import HORIZON_DAYS, ONE_DAY, Day, Leap, Run
from desk.kit.deadlines.policy import End, Policy, Unit
from desk.kit.deadlines.spans import Span
from desk.kit.deadlines.trace import Step
from desk.kit.problems import Refused

EVERY_DAY = Day(work=True, windows=(), why="workday")  # what every day is where calendar days are counted
MANY_RUNS = 8  # beyond that the weekends are told together


def run_steps(runs: Sequence[Run], code: str = "skipped") -> list[Step]:
    """Return the days that did not count as steps; of many runs, the weekends as one."""
    shown = runs if len(runs) <= MANY_RUNS else [run for run in runs if run.why != "weekend"]
    steps = [Step(code, {"from": first.isoformat(), "to": last.isoformat(), "why": why, "name": name}) for first, last, why, name in shown]
    if len(shown) < len(runs):
        days = sum((run.last - run.first).days + 1 for run in runs if run.why == "weekend")
        steps.append(Step("weekends", {"days": days}))
    return steps


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Return steps in the order of the days they speak of; what speaks of no day comes last."""
    return sorted(steps, key=lambda step: str(step.values.get("from") or step.values.get("day") or "~"))


def end_of(policy: Policy, calendar: Calendar, day: date) -> int:
    """Return the instant at which a last day ends: 24:00, or closing time if the policy says so and there is one."""
    if policy.end is End.CLOSING:
        spans = calendar.spans(day)
        if spans:
            return spans[-1][1]
    return calendar.midnight(day + ONE_DAY)


def last_day(policy: Policy, calendar: Calendar, start: date, stopped: Sequence[Span], steps: list[Step]) -> date:
    """Return the day with which the time limit ends, before any roll, and add the steps that lead there."""
    if policy.n > HORIZON_DAYS:
        raise Refused("calendar.too_far", calendar=calendar.version)
    if policy.unit is Unit.MONTH:
        return _last_of_months(policy, calendar, start, stopped, steps)
    inclusive = policy.first_day_counts or policy.n == 0
    first = start if inclusive else start + ONE_DAY
    if policy.n:
        steps.append(Step("first_day_counts" if inclusive else "first_day", {"day": start.isoformat()}))
    return _walk(policy, calendar, first, max(policy.n, 1), stopped, steps)


def _walk(policy: Policy, calendar: Calendar, first: date, need: int, stopped: Sequence[Span], steps: list[Step]) -> date:
    """Return the last of the days that count, from the first that may, and say which did not and why."""
    working = policy.unit is Unit.WORKDAY
    if not working and not stopped:
        last = first + ONE_DAY * (need - 1)
        steps.append(_counted(policy, first, last))
        return last
    runs: list[Run] = []
    makeup: list[Step] = []
    begun, left, day, limit = first, need, first, first + ONE_DAY * HORIZON_DAYS
    while day < limit:
        leap = calendar.next_workday(day) if working else Leap(day, (), EVERY_DAY)
        if leap is None:
            break
        day = leap.day
        runs += leap.runs
        if stopped and _is_paused(policy, calendar, stopped, day):
            _pass_over(runs, day)
        else:
            if left == need:
                begun = day
            if leap.kind.why == "makeup":
                makeup.append(Step("makeup", {"day": day.isoformat(), "name": leap.kind.name}))
            left -= 1
            if not left:
                skipped = run_steps(runs)
                steps += in_order([*skipped, *makeup]) if makeup else skipped
                steps.append(_counted(policy, begun, day))
                return day
        day += ONE_DAY
    raise Refused("calendar.no_open_day" if left == need else "calendar.too_far", calendar=calendar.version)


def _pass_over(runs: list[Run], day: date) -> None:
    """Add a day to the runs on which the clock stood still at the end."""
    if runs and runs[-1].why == "paused" and runs[-1].last + ONE_DAY == day:
        runs[-1] = runs[-1]._replace(last=day)
    else:
        runs.append(Run(day, day, "paused", ""))


def _is_paused(policy: Policy, calendar: Calendar, stopped: Sequence[Span], day: date) -> bool:
    """Say whether a day does not count because the clock stood still at its end."""
    end = end_of(policy, calendar, day)
    return any(low < end <= high for low, high in stopped)


def _counted(policy: Policy, first: date, last: date) -> Step:
    if policy.n == 0:
        return Step("same_day", {"day": last.isoformat()})
    return Step("counted", {"n": policy.n, "unit": policy.unit.value, "from": first.isoformat(), "to": last.isoformat()})


def _last_of_months(policy: Policy, calendar: Calendar, start: date, stopped: Sequence[Span], steps: list[Step]) -> date:
    target, clipped = month_after(start, policy.n)
    if policy.first_day_counts and policy.n:
        target -= ONE_DAY
        clipped = False
    code = "same_day" if not policy.n else "first_day_counts" if policy.first_day_counts else "first_day"
    steps.append(Step(code, {"day": start.isoformat()}))
    if policy.n:
        steps.append(Step("month", {"n": policy.n, "day": target.isoformat(), "month_end": int(clipped)}))
    if not stopped:
        return target
    return _later_by_pauses(policy, calendar, start, target, stopped, steps)


def _later_by_pauses(policy: Policy, calendar: Calendar, start: date, target: date, stopped: Sequence[Span], steps: list[Step]) -> date:
    """Move the end of a period in months on by the days at whose end the clock stood still."""
    runs: list[Run] = []
    left, day = 0, start
    while day < target or left:
        day += ONE_DAY
        paused = _is_paused(policy, calendar, stopped, day)
        if paused:
            _pass_over(runs, day)
        left += (paused and day <= target) - (not paused and day > target)
    steps += run_steps(runs)
    return day


def month_after(start: date, n: int) -> tuple[date, bool]:
    """Return the corresponding date n months on, and whether there is none so that the month's last day stands for it."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    length = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, length)), start.day > length


def rolled(calendar: Calendar, last: date, steps: list[Step]) -> date:
    """Return the next working day if the last day is none, and add the step that says so."""
    leap = calendar.next_workday(last)
    if leap is None:
        raise Refused("calendar.no_open_day", calendar=calendar.version)
    if leap.runs:
        _, _, why, name = leap.runs[0]
        steps.append(Step("rolled", {"from": last.isoformat(), "to": leap.day.isoformat(), "why": why, "name": name}))
    return leap.day
