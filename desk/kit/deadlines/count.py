"""When is it due, and why: the one function that decides every due time, pure and with its trace.

Hours run in real time from the moment (Civil Code 201 ¶2), open hours while the site is open, days and months as in `days.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from desk.kit.calendar import Calendar
from desk.kit.calendar.days import HORIZON_DAYS, ONE_DAY, Run, instant, micros
from desk.kit.deadlines.days import end_of, in_order, last_day, rolled, run_steps
from desk.kit.deadlines.policy import REAL_SECONDS, Boundary, Due, End, Manual, Pause, Policy, Roll, Unit
from desk.kit.deadlines.spans import SECOND, Span, merged, open_after, run, without
from desk.kit.deadlines.trace import Step, Trace, Value
from desk.kit.problems import Refused

MANY_DAYS = 6  # beyond that the days between the first and the last are told together
HORIZON = HORIZON_DAYS * 86_400 * SECOND

Consulted = tuple[date, date] | None  # from which day to which the holidays mattered


def due(policy: Policy, calendar: Calendar, start: datetime, pauses: Iterable[Pause] = (), manual: Manual | None = None) -> Due:
    """Return the last instant at which a promise made at `start` is kept, with the trace that explains it.

    Pauses are over; one that still runs has no due time yet: `Refused('deadline.paused')`. A calendar on which nothing
    is ever open is `Refused('calendar.no_open_day')`, an end more than ten years off `Refused('calendar.too_far')`.
    """
    known = tuple(pauses)
    begin, stopped = micros(start), _stopped(known) if known else []
    steps = [
        Step("rule", {"rule": policy.rule, "clause": policy.clause, "n": policy.n, "unit": policy.unit.value}),
        Step("start", wall(calendar, begin, starts=True)),
    ]
    if policy.unit in REAL_SECONDS:
        at, consulted = _real(policy, begin, stopped, steps), None
    elif policy.unit is Unit.OPEN_HOUR:
        at, consulted = _open(policy, calendar, start, stopped, steps)
    else:
        at, consulted = _by_days(policy, calendar, start, stopped, steps)
    if at - begin > HORIZON:
        raise Refused("calendar.too_far", calendar=calendar.version)
    if known:
        steps[2:2] = _pause_steps(policy, calendar, known, begin, at)
    if manual is not None:
        at = _with_manual(calendar, at, manual, steps)
    guessed = calendar.unpublished(*consulted) if consulted else []
    if guessed:
        steps.append(Step("provisional", {"from": guessed[0], "to": guessed[-1]}))
    steps.append(Step("calendar", {"version": calendar.version, "zone": calendar.zone}))
    steps.append(Step("end", wall(calendar, at)))
    return Due(instant(at), Trace(tuple(steps)), bool(guessed))


def wall(calendar: Calendar, at: int, *, starts: bool = False) -> dict[str, Value]:
    """Return an instant as the day and the time on the wall; midnight ends its day as 24:00 unless something `starts` there."""
    local = instant(at).astimezone(calendar.tz)
    day = local.date()
    if not starts and at == calendar.midnight(day):
        return {"day": (day - ONE_DAY).isoformat(), "time": "24:00"}
    seconds = f":{local.second:02d}" if local.second else ""
    return {"day": day.isoformat(), "time": f"{local.hour:02d}:{local.minute:02d}{seconds}"}


def _stopped(pauses: Sequence[Pause]) -> list[Span]:
    spans: list[Span] = []
    for pause in pauses:
        if pause.end is None:
            raise Refused("deadline.paused", since=pause.start)
        spans.append((micros(pause.start), micros(pause.end)))
    return merged(spans)


def _real(policy: Policy, begin: int, stopped: Sequence[Span], steps: list[Step]) -> int:
    steps.append(Step("real", {"n": policy.n, "unit": policy.unit.value}))
    spans = without([(begin, begin + HORIZON)], stopped)
    return run(spans, policy.n * REAL_SECONDS[policy.unit] * SECOND, policy.boundary)


def _open(policy: Policy, calendar: Calendar, start: datetime, stopped: Sequence[Span], steps: list[Step]) -> tuple[int, Consulted]:
    begin, from_day = micros(start), calendar.day_of(start)
    seen: list[Span] = []

    def watched(spans: Iterable[Span]) -> Iterator[Span]:
        for span in spans:
            seen.append(span)
            yield span

    spans = open_after(calendar, begin, from_day)
    at = run(watched(without(spans, stopped) if stopped else spans), policy.n * 3600 * SECOND, policy.boundary)
    if seen[0][0] > begin:
        steps.append(Step("opens", wall(calendar, seen[0][0], starts=True)))
    last = calendar.day_of(instant(at - 1 if policy.boundary is Boundary.CLOSE else at))
    steps += _told(calendar, seen, at, from_day, last)
    steps += _boundary_steps(calendar, seen, at)
    return at, (from_day, max(last, from_day))


def _told(calendar: Calendar, seen: Sequence[Span], at: int, first: date, last: date) -> list[Step]:
    """Say of each day how much time it gave, and of each closed day why it gave none."""
    used: list[tuple[date, int]] = []
    closed: list[Run] = []
    index, day = 0, first
    while day <= last and (leap := calendar.next_open_day(day)):
        closed += leap.runs
        day = leap.day + ONE_DAY
        time, midnight = 0, calendar.midnight(day)
        while index < len(seen) and seen[index][0] < midnight:
            low, high = seen[index]
            time += (high if high < at else at) - low
            index += 1
        if time:
            used.append((leap.day, time // SECOND))
    steps = _used_steps(used)
    return in_order([*steps, *run_steps(closed, "closed")]) if closed else steps


def _used_steps(used: Sequence[tuple[date, int]]) -> list[Step]:
    if len(used) <= MANY_DAYS:
        return [_used(day, day, 1, seconds) for day, seconds in used]
    between = used[1:-1]
    middle = _used(between[0][0], between[-1][0], len(between), sum(seconds for _, seconds in between))
    return [_used(used[0][0], used[0][0], 1, used[0][1]), middle, _used(used[-1][0], used[-1][0], 1, used[-1][1])]


def _used(first: date, last: date, days: int, seconds: int) -> Step:
    return Step("used", {"from": first.isoformat(), "to": last.isoformat(), "days": days, "seconds": seconds})


def _boundary_steps(calendar: Calendar, seen: Sequence[Span], at: int) -> list[Step]:
    """Say that time ran out exactly at closing, or that the next opening stands for that instant."""
    closings = calendar.spans(calendar.day_of(instant(at - 1)))
    if at == seen[-1][1] and any(at == closes for _, closes in closings):
        return [Step("boundary", wall(calendar, at))]
    if len(seen) > 1 and at == seen[-1][0]:
        return [Step("boundary_next", wall(calendar, at, starts=True))]
    return []


def _by_days(policy: Policy, calendar: Calendar, start: datetime, stopped: Sequence[Span], steps: list[Step]) -> tuple[int, Consulted]:
    from_day = calendar.day_of(start)
    last = last_day(policy, calendar, from_day, stopped, steps)
    first_mattering = from_day if policy.unit is Unit.WORKDAY else last
    final = rolled(calendar, last, steps) if policy.roll is Roll.HOLIDAY else last
    at = end_of(policy, calendar, final)
    if policy.end is End.CLOSING:
        steps.append(Step("closing" if calendar.spans(final) else "no_closing", wall(calendar, at)))
    matters = policy.unit is Unit.WORKDAY or policy.roll is Roll.HOLIDAY or policy.end is End.CLOSING
    return at, (first_mattering, final) if matters else None


def _pause_steps(policy: Policy, calendar: Calendar, pauses: Sequence[Pause], begin: int, at: int) -> list[Step]:
    steps = []
    for pause in sorted(pauses, key=lambda pause: pause.start):
        low, high = micros(pause.start), micros(pause.end) if pause.end else at
        if low < high and high > begin and low < at:
            left, right = wall(calendar, max(low, begin), starts=True), wall(calendar, high)
            values = {"from": left["day"], "from_time": left["time"], "to": right["day"], "to_time": right["time"]}
            steps.append(Step("pause", {**values, "why": pause.why, "effect": _effect(policy, calendar, low, high)}))
    return steps


def _effect(policy: Policy, calendar: Calendar, low: int, high: int) -> str:
    """Say what a pause changes: time is left out, days are, or nothing because the clock ran again before a day was over."""
    if policy.unit in REAL_SECONDS or policy.unit is Unit.OPEN_HOUR:
        return "time"
    day = calendar.day_of(instant(low))
    ends = (end_of(policy, calendar, day + ONE_DAY * n) for n in (-1, 0, 1))
    return "days" if any(low < end <= high for end in ends) else "none"


def _with_manual(calendar: Calendar, at: int, manual: Manual, steps: list[Step]) -> int:
    """Let the time that a person named win if it is earlier, or if it is later in the resident's own words (CP13)."""
    named = micros(manual.at)
    order = "earlier" if named < at else "later" if named > at else "same"
    wins = order == "earlier" or (order == "later" and bool(manual.words))
    steps.append(Step("rule_end", wall(calendar, at)))
    told: dict[str, Value] = {} if manual.by == "resident" else {"by": manual.by}
    steps.append(Step("manual", {**wall(calendar, named), "words": manual.words, "order": order, "wins": int(wins), **told}))
    return named if wins else at
