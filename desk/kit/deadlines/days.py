"""Counting days, working days and months, and what the trace says about each.

Sources: Civil Code 201 (the first day is not counted), 202 (a month ends on the corresponding date, or on its last day),
203 (a last day on a rest day moves to the next working day; a day ends at 24:00, or at closing time).
"""

import calendar as months
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from desk.kit.calendar import Calendar
from desk.kit.deadlines.policy import End, Policy, Unit
from desk.kit.deadlines.spans import HORIZON_DAYS, ONE_DAY, Span
from desk.kit.deadlines.trace import Step
from desk.kit.problems import Refused

MANY_RUNS = 8  # beyond that the weekends are told together

Reason = tuple[str, str]  # why a day does not count, and the holiday's name
PAUSED: Reason = ("paused", "")


@dataclass
class Skipped:
    """The days that did not count, as runs of neighbours with the same reason."""

    runs: list[tuple[date, date, Reason]] = field(default_factory=list)

    def add(self, day: date, reason: Reason) -> None:
        """Add the next day that did not count."""
        runs = self.runs
        if runs:
            first, last, before = runs[-1]
            if before == reason and last + ONE_DAY == day:
                runs[-1] = (first, day, reason)
                return
        runs.append((day, day, reason))

    def steps(self, code: str = "skipped") -> list[Step]:
        """Return the runs as steps; of many, the weekends as one."""
        shown = self.runs
        if len(self.runs) > MANY_RUNS:
            shown = [run for run in self.runs if run[2][0] != "weekend"]
        steps = [
            Step(code, {"from": first.isoformat(), "to": last.isoformat(), "why": why, "name": name}) for first, last, (why, name) in shown
        ]
        if len(shown) < len(self.runs):
            days = sum((last - first).days + 1 for first, last, (why, _) in self.runs if why == "weekend")
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
    if policy.unit is Unit.DAY and not stopped:
        last = first + ONE_DAY * (need - 1)
        steps.append(_counted(policy, first, last))
        return last
    working = policy.unit is Unit.WORKDAY
    skipped, makeup, begun, left, day = Skipped(), [], first, need, first
    for _ in range(HORIZON_DAYS):
        kind = calendar.day(day)
        if working and not kind.work:
            skipped.add(day, (kind.why, kind.name))
        elif stopped and _is_paused(policy, calendar, stopped, day):
            skipped.add(day, PAUSED)
        else:
            if left == need:
                begun = day
            if working and kind.why == "makeup":
                makeup.append(Step("makeup", {"day": day.isoformat(), "name": kind.name}))
            left -= 1
            if not left:
                steps += [*in_order([*skipped.steps(), *makeup]), _counted(policy, begun, day)]
                return day
        day += ONE_DAY
    raise Refused("calendar.no_open_day" if left == need else "calendar.too_far", calendar=calendar.version)


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
    code = "first_day_counts" if policy.first_day_counts else "first_day" if policy.n else "same_day"
    steps.append(Step(code, {"day": start.isoformat()}))
    steps.append(Step("month", {"n": policy.n, "day": target.isoformat(), "month_end": int(clipped)}))
    if not stopped:
        return target
    return _later_by_pauses(policy, calendar, start, target, stopped, steps)


def _later_by_pauses(policy: Policy, calendar: Calendar, start: date, target: date, stopped: Sequence[Span], steps: list[Step]) -> date:
    """Move the end of a period in months on by the days at whose end the clock stood still."""
    skipped, left, day = Skipped(), 0, start
    while day < target or left:
        day += ONE_DAY
        paused = _is_paused(policy, calendar, stopped, day)
        if paused:
            skipped.add(day, PAUSED)
        left += (paused and day <= target) - (not paused and day > target)
    steps += skipped.steps()
    return day


def month_after(start: date, n: int) -> tuple[date, bool]:
    """Return the corresponding date n months on, and whether there is none so that the month's last day stands for it."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    length = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, length)), start.day > length


def rolled(calendar: Calendar, last: date, steps: list[Step]) -> date:
    """Return the next working day if the last day is none, and add the step that says so."""
    day = last
    for _ in range(HORIZON_DAYS):
        if calendar.day(day).work:
            break
        day += ONE_DAY
    else:
        raise Refused("calendar.no_open_day", calendar=calendar.version)
    if day > last:
        kind = calendar.day(last)
        steps.append(Step("rolled", {"from": last.isoformat(), "to": day.isoformat(), "why": kind.why, "name": kind.name}))
    return day
