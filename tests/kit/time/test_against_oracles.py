"""The engine against two things that know nothing of it: numpy's business days, and a walk over every single minute."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import chinese_calendar
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desk.kit.calendar import Calendar, Day
from desk.kit.deadlines import Boundary, Pause, Policy, Unit, add, between, due, is_open, next_open, sub, windows, workday_before
from tests.kit.time.given import SITE, at

SETTINGS = settings(max_examples=150, deadline=None)
MINUTE = timedelta(minutes=1)

# --- numpy: which day is the n-th working day ---

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
CHINA = np.busdaycalendar(weekmask="1111111", holidays=[day for day in EVERY_DAY if not chinese_calendar.is_workday(day)])


def last_day(policy: Policy, calendar: Calendar, start: date) -> date:
    noon = datetime(start.year, start.month, start.day, 12, tzinfo=calendar.tz)
    return calendar.day_of(due(policy, calendar, noon).at - MINUTE)


@SETTINGS
@given(start=st.sampled_from(EVERY_DAY[:-60]), n=st.integers(1, 30))
def test_chinese_working_days_with_their_make_up_days_agree_with_numpy(start, n):
    expected = np.busday_offset(start, n, roll="backward", busdaycal=CHINA).astype(date)

    assert last_day(Policy("X", n, Unit.WORKDAY), SITE, start) == expected


@SETTINGS
@given(start=st.sampled_from(EVERY_DAY[60:-60]), n=st.integers(0, 30))
def test_working_days_backwards_agree_with_numpy(start, n):
    assert workday_before(SITE, start, n) == np.busday_offset(start, -n, roll="backward", busdaycal=CHINA).astype(date)


@SETTINGS
@given(
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    n=st.integers(0, 60),
    closed=st.sets(st.integers(-5, 120), max_size=20),
    week=st.sets(st.integers(0, 6), min_size=1),
)
def test_any_week_and_any_holidays_agree_with_numpy(start, n, closed, week):
    days = {start + timedelta(days=offset): Day(False, (), "holiday", "x") for offset in closed}
    calendar = Calendar("any", "Asia/Shanghai", ((),) * 7, days, workdays=frozenset(week))
    mask = [weekday in week for weekday in range(7)]

    expected = np.busday_offset(start, n, roll="backward" if n else "forward", weekmask=mask, holidays=list(days)).astype(date)

    assert last_day(Policy("X", n, Unit.WORKDAY), calendar, start) == expected


# --- brute force: is this minute open? ---

ZONES = {  # a few days before the clocks change, if they do
    "Asia/Shanghai": datetime(2026, 9, 28, tzinfo=UTC),
    "America/Sao_Paulo": datetime(2015, 10, 15, tzinfo=UTC),  # midnight is skipped
    "Brazil/East": datetime(2015, 2, 18, tzinfo=UTC),  # the hour before midnight comes twice
    "Europe/Berlin": datetime(2026, 3, 26, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 4, 2, tzinfo=UTC),  # half an hour back
    "Asia/Tehran": datetime(2016, 3, 18, tzinfo=UTC),
    "Asia/Kathmandu": datetime(2026, 3, 1, tzinfo=UTC),
}
EDGES = [0, *range(240, 1321, 15), 1440]  # minutes of the day; the clocks change between 00:00 and 04:00 or at midnight


@st.composite
def hours(draw):
    cuts = sorted(draw(st.sets(st.sampled_from(EDGES), max_size=4)))
    return tuple((low * 60, high * 60) for low, high in zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def cases(draw):
    zone = draw(st.sampled_from(sorted(ZONES)))
    weekly = tuple(draw(hours()) for _ in range(7))
    assume(sum(map(bool, weekly)) >= 2)
    start = ZONES[zone] + draw(st.integers(0, 6 * 1440)) * MINUTE
    overrides = {
        start.date() + timedelta(days=draw(st.integers(-2, 8))): Day(True, draw(hours()), "makeup") for _ in range(draw(st.integers(0, 3)))
    }
    pauses = [
        (start + begin * MINUTE, start + (begin + length) * MINUTE)
        for begin, length in draw(st.lists(st.tuples(st.integers(-600, 3000), st.integers(0, 2000)), max_size=3))
    ]
    return Calendar("any", zone, weekly, overrides), start, pauses


def minute_counts(calendar, pauses, minute):
    """Whether the site is open in this minute, as the wall says it, and nobody has paused."""
    wall = minute.astimezone(calendar.tz)
    second = wall.hour * 3600 + wall.minute * 60
    open_now = any(low <= second < high for low, high in calendar.day(wall.date()).windows)
    return open_now and not any(low <= minute < high for low, high in pauses)


def walk(calendar, pauses, start, step):
    minute = start if step > timedelta(0) else start - MINUTE
    for _ in range(14 * 1440):
        if minute_counts(calendar, pauses, minute):
            yield minute
        minute += step


@SETTINGS
@given(case=cases(), n=st.integers(0, 1200), boundary=st.sampled_from(list(Boundary)))
def test_open_time_ends_where_a_walk_over_every_minute_ends(case, n, boundary):
    calendar, start, pauses = case
    minutes = list(islice(walk(calendar, pauses, start, MINUTE), n + 1))
    assume(len(minutes) > n)

    expected = minutes[n - 1] + MINUTE if n and boundary is Boundary.CLOSE else minutes[n]

    assert add(calendar, start, n * 60, pauses, boundary) == expected


@SETTINGS
@given(case=cases(), n=st.integers(0, 1200), boundary=st.sampled_from(list(Boundary)))
def test_backwards_it_ends_where_a_walk_backwards_ends(case, n, boundary):
    calendar, start, pauses = case
    minutes = list(islice(walk(calendar, pauses, start, -MINUTE), n + 1))
    assume(len(minutes) > n)

    expected = minutes[n - 1] if n and boundary is Boundary.CLOSE else minutes[n] + MINUTE

    assert sub(calendar, start, n * 60, pauses, boundary) == expected


@SETTINGS
@given(case=cases(), length=st.integers(-300, 6000))
def test_the_open_time_between_two_instants_is_the_number_of_open_minutes(case, length):
    calendar, start, pauses = case

    expected = sum(minute_counts(calendar, pauses, start + n * MINUTE) for n in range(length))

    assert between(calendar, start, start + length * MINUTE, pauses) == expected * MINUTE


@SETTINGS
@given(case=cases(), hours=st.integers(1, 12))
def test_a_due_time_in_open_hours_is_that_of_the_walk_and_its_trace_adds_up(case, hours):
    calendar, start, pauses = case
    minutes = list(islice(walk(calendar, pauses, start, MINUTE), hours * 60))
    assume(len(minutes) == hours * 60)

    decided = due(Policy("X", hours, Unit.OPEN_HOUR), calendar, start, [Pause(low, high) for low, high in pauses])

    assert decided.at == minutes[-1] + MINUTE
    assert sum(step.values["seconds"] for step in decided.trace.steps if step.code == "used") == hours * 3600


@SETTINGS
@given(case=cases(), n=st.integers(0, 3000))
def test_real_minutes_are_counted_one_by_one(case, n):
    calendar, start, pauses = case
    left, minute = n, start
    while left:
        left -= not any(low <= minute < high for low, high in pauses)
        minute += MINUTE

    decided = due(Policy("X", n, Unit.MINUTE), calendar, start, [Pause(low, high) for low, high in pauses])

    if n:
        assert decided.at == minute


@SETTINGS
@given(case=cases())
def test_open_means_open_in_this_minute(case):
    calendar, start, _ = case

    assert is_open(calendar, start) is minute_counts(calendar, [], start)


@SETTINGS
@given(case=cases(), n=st.integers(0, 3000))
def test_later_starts_are_never_due_earlier_and_there_and_back_is_the_same_open_time(case, n):
    calendar, start, pauses = case
    end = add(calendar, start, n * 60, pauses)

    assert add(calendar, start + MINUTE, n * 60, pauses) >= end
    assert between(calendar, start, end, pauses) == n * MINUTE


def test_the_next_windows_begin_at_the_start_if_it_is_open():
    found = windows(SITE, at("2026-09-30 16:00"), 2)

    assert found == [(at("2026-09-30 16:00"), at("2026-09-30 18:00")), (at("2026-10-08 09:00"), at("2026-10-08 18:00"))]
    assert next_open(SITE, at("2026-09-30 18:00")) == at("2026-10-08 09:00")
