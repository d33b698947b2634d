"""Steps before and after a due time fall on the calendar too."""

from datetime import date

import pytest

from desk.kit.calendar import Calendar
from desk.kit.deadlines import Policy, Tier, Unit, due, tier_at, workday_after, workday_before
from desk.kit.problems import Refused
from tests.kit.time.given import NEVER, OFFICE, SITE, at, ends


@pytest.mark.parametrize(
    ("n", "unit", "expected"),
    [
        (-30, Unit.MINUTE, "2026-10-09 10:30"),
        (-2, Unit.HOUR, "2026-10-09 09:00"),
        (2, Unit.HOUR, "2026-10-09 13:00"),
        (-4, Unit.OPEN_HOUR, "2026-10-08 16:00"),
        (9, Unit.OPEN_HOUR, "2026-10-10 11:00"),
        (-2, Unit.DAY, "2026-10-07 11:00"),
        (-2, Unit.WORKDAY, "2026-09-30 11:00"),
        (2, Unit.WORKDAY, "2026-10-12 11:00"),  # Saturday the tenth is a make-up workday
        (-1, Unit.MONTH, "2026-09-09 11:00"),
        (0, Unit.WORKDAY, "2026-10-09 11:00"),
    ],
)
def test_a_step_keeps_the_time_on_the_wall(n, unit, expected):
    assert tier_at(Tier("warn", n, unit), SITE, at("2026-10-09 11:00")) == at(expected)


@pytest.mark.parametrize(
    ("n", "unit", "expected"),
    [
        (-1, Unit.DAY, "2026-10-08"),
        (1, Unit.DAY, "2026-10-10"),
        (-2, Unit.WORKDAY, "2026-09-30"),
        (1, Unit.MONTH, "2026-11-09"),
        (0, Unit.DAY, "2026-10-09"),
    ],
)
def test_a_step_from_the_end_of_a_day_is_the_end_of_a_day(n, unit, expected):
    assert tier_at(Tier("warn", n, unit), SITE, ends("2026-10-09")) == ends(expected)


def test_one_working_day_before_a_sunday_is_the_friday_and_one_after_it_the_monday():
    sunday = ends("2026-03-08")

    assert tier_at(Tier("warn", -1, Unit.WORKDAY), SITE, sunday) == ends("2026-03-06")
    assert tier_at(Tier("tell", 1, Unit.WORKDAY), SITE, sunday) == ends("2026-03-09")
    assert tier_at(Tier("now", 0, Unit.WORKDAY), SITE, sunday) == sunday


def test_a_warning_in_open_hours_before_closing_time_stays_in_open_hours():
    decided = due(Policy("X", 1, Unit.OPEN_HOUR), OFFICE, at("2026-03-06 17:30"))

    assert tier_at(Tier("warn", -2, Unit.OPEN_HOUR), OFFICE, decided.at) == at("2026-03-06 16:30")


def test_a_step_keeps_the_wall_time_over_a_change_of_the_clocks():
    berlin = Calendar("berlin", "Europe/Berlin", SITE.weekly)

    assert tier_at(Tier("warn", -1, Unit.DAY), berlin, at("2026-03-30 11:00", berlin)) == at("2026-03-29 11:00", berlin)
    assert tier_at(Tier("warn", -1, Unit.DAY), berlin, ends("2026-03-29", berlin)) == ends("2026-03-28", berlin)


def test_a_rest_day_stands_for_the_next_or_the_last_working_day():
    saturday = date(2026, 3, 7)

    assert workday_after(SITE, saturday, 0) == date(2026, 3, 9)
    assert workday_before(SITE, saturday, 0) == date(2026, 3, 6)
    assert workday_after(SITE, saturday, 1) == date(2026, 3, 10)
    assert workday_before(SITE, saturday, 1) == date(2026, 3, 5)


def test_working_days_that_never_come_are_refused():
    never = Calendar("never", "Asia/Shanghai", NEVER, workdays=frozenset())

    with pytest.raises(Refused, match="no_open_day"):
        workday_after(never, date(2026, 3, 7), 1)
    with pytest.raises(Refused, match="too_far"):
        workday_before(SITE, date(2026, 3, 7), 5000)


def test_open_hours_before_anything_was_ever_open_are_refused():
    with pytest.raises(Refused, match="no_open_day"):
        tier_at(Tier("warn", -1, Unit.OPEN_HOUR), Calendar("never", "Asia/Shanghai", NEVER), at("2026-03-02 10:00"))
    with pytest.raises(Refused, match="too_far"):
        tier_at(Tier("warn", -40_000, Unit.OPEN_HOUR), SITE, at("2026-03-02 10:00"))
