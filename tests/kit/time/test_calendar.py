"""Opening hours of a date, in every time zone."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from desk.kit.calendar import Calendar, Day, windows_of
from desk.kit.calendar.days import instant, micros
from desk.kit.problems import Unclear
from tests.kit.time.given import NINE_TO_SIX, SITE, at


def opened(calendar: Calendar, on: date) -> list[tuple[str, str]]:
    return [tuple(instant(us).astimezone(calendar.tz).strftime("%d %H:%M") for us in span) for span in calendar.spans(on)]


def always(zone: str, *pairs: tuple[str, str]) -> Calendar:
    return Calendar("test", zone, (windows_of(pairs),) * 7)


def test_opening_hours_are_read_in_order():
    assert windows_of([("13:30", "18:00"), ("09:00", "12:00:30")]) == ((32_400, 43_230), (48_600, 64_800))
    assert windows_of([["00:00", "24:00"]]) == ((0, 86_400),)
    assert windows_of([]) == ()


@pytest.mark.parametrize(
    "pairs",
    [
        [("18:00", "09:00")],
        [("09:00", "09:00")],
        [("09:00", "13:00"), ("12:00", "18:00")],
        [("9:00", "18:00")],
        [("09:00", "24:01")],
        [("09:60", "18:00")],
        [("09:00:60", "18:00")],
        [("09", "18")],
        [("０９:00", "18:00")],
        [("morning", "18:00")],
    ],
)
def test_hours_that_cannot_be_meant_are_refused(pairs):
    with pytest.raises(Unclear) as problem:
        windows_of(pairs)

    assert problem.value.code == "calendar.window"


def test_a_week_has_seven_days():
    with pytest.raises(Unclear):
        Calendar("test", "Asia/Shanghai", ((),) * 5)


def test_an_instant_survives_as_a_number():
    now = datetime(2026, 11, 23, 7, 41, 22, 123_456, tzinfo=UTC)

    assert instant(micros(now)) == now


def test_a_holiday_that_returns_every_year_closes_its_day_and_a_named_date_wins_over_it():
    first = date(2026, 1, 1)
    calendar = Calendar("test", "UTC", (NINE_TO_SIX,) * 7, {first: Day(True, NINE_TO_SIX, "workday")}, {"01-01": "New Year"})

    assert calendar.day(first).work
    assert calendar.day(date(2027, 1, 1)) == Day(False, (), "holiday", "New Year")
    assert calendar.spans(date(2027, 1, 1)) == ()


def test_a_day_is_a_day_of_the_site():
    assert SITE.day_of(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)
    assert instant(SITE.midnight(date(2026, 3, 2))) == at("2026-03-02 00:00")


def test_a_day_begins_at_one_oclock_where_midnight_is_skipped():
    calendar = always("America/Sao_Paulo", ("00:00", "24:00"))

    assert opened(calendar, date(2015, 10, 18)) == [("18 01:00", "19 00:00")]


def test_the_hour_that_comes_twice_counts_twice():
    calendar = always("America/Sao_Paulo", ("00:00", "24:00"))
    (span,) = calendar.spans(date(2015, 2, 21))

    assert span[1] - span[0] == 25 * 3600 * 1_000_000


def test_a_window_in_the_hour_that_is_skipped_vanishes():
    assert opened(always("America/Los_Angeles", ("02:30", "03:15")), date(2006, 4, 2)) == []


def test_windows_never_overlap_where_the_clocks_skip_an_hour():
    calendar = always("America/Los_Angeles", ("01:00", "02:30"), ("03:00", "05:00"))

    assert opened(calendar, date(2006, 4, 2)) == [("02 01:00", "02 03:30"), ("02 03:30", "02 05:00")]


def test_a_day_that_an_island_skipped_is_never_open():
    calendar = always("Pacific/Apia", ("09:00", "17:00"))

    assert opened(calendar, date(2011, 12, 30)) == []
    assert opened(calendar, date(2011, 12, 31)) == [("31 09:00", "31 17:00")]


def test_days_are_neighbours_without_gap_or_overlap_through_a_year_of_clock_changes():
    calendar = always("Australia/Lord_Howe", ("00:00", "24:00"))
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(366)]

    for day, next_day in pairwise(days):
        assert calendar.spans(day)[-1][1] == calendar.spans(next_day)[0][0]
