"""Calendars and instants that the tests of the time kit start from."""

from datetime import date, datetime

from desk.kit.calendar import Calendar, calendar_from, shipped_years, windows_of
from desk.kit.deadlines import Due, Trace, trace_words

NINE_TO_SIX = windows_of([("09:00", "18:00")])
WITH_LUNCH = windows_of([("09:00", "12:00"), ("13:30", "18:00")])
NEVER = ((),) * 7

SITE = calendar_from(shipped_years(), version="test")  # open every day 9-18, closed on public holidays
OFFICE = calendar_from(shipped_years(), (*(WITH_LUNCH,) * 5, (), ()), version="office")  # Monday to Friday


def at(text: str, calendar: Calendar = SITE) -> datetime:
    """An instant as the wall clock says it: at('2026-09-30 16:20')."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar.tz)


def ends(day: str, calendar: Calendar = SITE) -> datetime:
    """The 24:00 of a day, which is the next one's midnight."""
    on = date.fromisoformat(day)
    return datetime.combine(date.fromordinal(on.toordinal() + 1), datetime.min.time(), calendar.tz)


def codes(trace: Trace) -> list[str]:
    """The codes of a trace's steps."""
    return [step.code for step in trace.steps]


def values(due: Due, code: str) -> dict[str, object]:
    """The values of the first step with a code."""
    return next(dict(step.values) for step in due.trace.steps if step.code == code)


def said(due: Due, lang: str = "zh") -> str:
    """The trace in one piece."""
    return "\n".join(trace_words(due.trace, lang))
