"""Minutes and hours of real time, and hours in which the site is open."""

import pytest

from desk.kit.calendar import Calendar, Day, windows_of
from desk.kit.deadlines import Boundary, Pause, Policy, Unit, due
from desk.kit.problems import Refused
from tests.kit.time.given import NEVER, NINE_TO_SIX, OFFICE, SITE, at, codes, ends, values


def test_one_hour_is_sixty_real_minutes_from_the_moment_at_night_and_on_a_holiday():
    assert due(Policy("CP12", 1, Unit.HOUR), SITE, at("2026-10-01 23:30")).at == at("2026-10-02 00:30")
    assert due(Policy("TR1", 30, Unit.MINUTE), SITE, at("2026-10-01 23:30:07.250")).at == at("2026-10-02 00:00:07.250")


def test_an_hour_that_was_paused_is_not_counted():
    pauses = [Pause(at("2026-03-02 10:10"), at("2026-03-02 10:40")), Pause(at("2026-03-02 10:30"), at("2026-03-02 10:50"), "住户不在家")]
    decided = due(Policy("CP12", 1, Unit.HOUR), SITE, at("2026-03-02 10:00"), pauses)

    assert decided.at == at("2026-03-02 11:40")
    assert [step.values["to_time"] for step in decided.trace.steps if step.code == "pause"] == ["10:40", "10:50"]


def test_a_pause_from_before_the_start_is_told_from_the_start_on():
    decided = due(Policy("CP12", 1, Unit.HOUR), SITE, at("2026-03-02 10:00"), [Pause(at("2026-03-01 10:00"), at("2026-03-02 10:20"))])

    assert decided.at == at("2026-03-02 11:20")
    assert values(decided, "pause")["from_time"] == "10:00"


def test_open_hours_run_over_the_holiday_week_only_while_the_site_is_open():
    decided = due(Policy("X", 15, Unit.OPEN_HOUR), SITE, at("2026-09-30 16:20"))

    assert decided.at == at("2026-10-09 13:20")
    assert [code for code in codes(decided.trace) if code in ("used", "closed")] == ["used", "closed", "used", "used"]


def test_lunch_is_not_counted():
    assert due(Policy("X", 2, Unit.OPEN_HOUR), OFFICE, at("2026-03-02 11:00")).at == at("2026-03-02 14:30")


def test_outside_hours_the_clock_starts_at_the_next_opening():
    decided = due(Policy("X", 1, Unit.OPEN_HOUR), OFFICE, at("2026-03-06 20:00"))

    assert decided.at == at("2026-03-09 10:00")
    assert values(decided, "opens") == {"day": "2026-03-09", "time": "09:00"}


def test_time_that_uses_up_the_day_ends_at_closing_time():
    ours = due(Policy("X", 9, Unit.OPEN_HOUR), SITE, at("2026-03-02 09:00"))
    theirs = due(Policy("X", 9, Unit.OPEN_HOUR, boundary=Boundary.NEXT_OPEN), SITE, at("2026-03-02 09:00"))

    assert ours.at == at("2026-03-02 18:00")
    assert values(ours, "boundary") == {"day": "2026-03-02", "time": "18:00"}
    assert theirs.at == at("2026-03-03 09:00")
    assert values(theirs, "boundary_next") == {"day": "2026-03-03", "time": "09:00"}


def test_time_that_runs_out_as_a_pause_begins_ended_before_it():
    decided = due(Policy("X", 1, Unit.OPEN_HOUR), SITE, at("2026-03-02 10:00"), [Pause(at("2026-03-02 11:00"), at("2026-03-02 12:00"))])

    assert decided.at == at("2026-03-02 11:00")
    assert "boundary" not in codes(decided.trace)


def test_open_hours_do_not_run_in_a_pause_over_night():
    pause = Pause(at("2026-03-02 17:00"), at("2026-03-03 11:00"))

    assert due(Policy("X", 3, Unit.OPEN_HOUR), SITE, at("2026-03-02 16:00"), [pause]).at == at("2026-03-03 13:00")


def test_no_time_at_all_is_due_at_the_next_open_instant():
    assert due(Policy("X", 0, Unit.OPEN_HOUR), SITE, at("2026-03-02 10:00")).at == at("2026-03-02 10:00")
    assert due(Policy("X", 0, Unit.OPEN_HOUR), SITE, at("2026-03-02 18:00")).at == at("2026-03-03 09:00")
    assert due(Policy("X", 0, Unit.HOUR), SITE, at("2026-03-02 23:00")).at == at("2026-03-02 23:00")


def test_many_days_are_told_together():
    decided = due(Policy("X", 100, Unit.OPEN_HOUR), SITE, at("2026-03-02 09:00"))
    told = [dict(step.values) for step in decided.trace.steps if step.code == "used"]

    assert [step["days"] for step in told] == [1, 10, 1]
    assert sum(step["seconds"] for step in told) == 100 * 3600


def test_a_working_day_on_which_the_site_stays_closed_is_told_as_closed():
    monday = at("2026-03-02 00:00").date()
    typhoon = Calendar("typhoon", "Asia/Shanghai", (NINE_TO_SIX,) * 7, {monday: Day(True, (), "workday")})
    decided = due(Policy("X", 1, Unit.OPEN_HOUR), typhoon, at("2026-03-02 10:00"))

    assert decided.at == at("2026-03-03 10:00")
    assert values(decided, "closed")["why"] == "closed"


def test_hours_that_never_open_again_are_refused():
    monday = at("2026-03-02 00:00").date()
    once = Calendar("once", "Asia/Shanghai", NEVER, {monday: Day(True, NINE_TO_SIX, "workday")})

    assert due(Policy("X", 9, Unit.OPEN_HOUR), once, at("2026-03-02 09:00")).at == at("2026-03-02 18:00")
    with pytest.raises(Refused) as problem:
        due(Policy("X", 10, Unit.OPEN_HOUR), once, at("2026-03-02 09:00"))
    assert problem.value.code == "calendar.too_far"


def test_a_day_that_is_open_day_and_night_ends_at_twenty_four_hundred():
    always = Calendar("always", "Asia/Shanghai", (windows_of([("00:00", "24:00")]),) * 7)
    decided = due(Policy("X", 24, Unit.OPEN_HOUR), always, at("2026-03-02 00:00"))

    assert decided.at == at("2026-03-03 00:00")
    assert values(decided, "boundary") == {"day": "2026-03-02", "time": "24:00"}


def test_an_hour_is_an_hour_where_the_clocks_change():
    berlin = Calendar("berlin", "Europe/Berlin", (windows_of([("00:00", "24:00")]),) * 7)

    assert due(Policy("X", 2, Unit.OPEN_HOUR), berlin, at("2026-03-29 01:30", berlin)).at == at("2026-03-29 04:30", berlin)
    assert due(Policy("X", 2, Unit.HOUR), berlin, at("2026-03-29 01:30", berlin)).at == at("2026-03-29 04:30", berlin)


def test_a_naive_instant_is_our_mistake():
    with pytest.raises(TypeError):
        due(Policy("X", 2), SITE, at("2026-03-02 10:00").replace(tzinfo=None))


def test_a_desk_that_never_closes_gives_each_day_its_own_hours():
    always = Calendar("always", "Asia/Shanghai", (windows_of([("00:00", "24:00")]),) * 7)
    decided = due(Policy("X", 30, Unit.OPEN_HOUR), always, at("2026-03-02 20:00"))

    assert [(step.values["from"], step.values["seconds"] // 3600) for step in decided.trace.steps if step.code == "used"] == [
        ("2026-03-02", 4),
        ("2026-03-03", 24),
        ("2026-03-04", 2),
    ]


@pytest.mark.parametrize(("unit", "effect"), [(Unit.OPEN_HOUR, "time"), (Unit.HOUR, "time"), (Unit.DAY, "none"), (Unit.MONTH, "none")])
def test_a_pause_within_a_day_takes_time_from_hours_and_nothing_from_days(unit, effect):
    decided = due(Policy("X", 3, unit), SITE, at("2026-03-02 10:00"), [Pause(at("2026-03-02 11:00"), at("2026-03-02 12:00"))])

    assert values(decided, "pause")["effect"] == effect


def test_what_is_closed_after_the_end_is_not_told():
    week = Calendar("week", "Asia/Shanghai", (*(windows_of([("00:00", "24:00")]),) * 5, (), ()))
    decided = due(Policy("X", 24, Unit.OPEN_HOUR), week, at("2026-03-06 00:00"))

    assert decided.at == ends("2026-03-06")
    assert "closed" not in codes(decided.trace)
