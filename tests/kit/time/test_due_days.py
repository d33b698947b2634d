"""Days, working days and months: counted as the Civil Code says, and as the community's rules need it."""

from datetime import UTC, date

import pytest

from desk.kit.calendar import Calendar, calendar_from, shipped_years
from desk.kit.deadlines import End, Manual, Pause, Policy, Roll, Unit, due, month_after
from desk.kit.problems import Refused, Unclear
from tests.kit.time.given import NEVER, NINE_TO_SIX, OFFICE, SITE, at, codes, ends, values

EVENING_BEFORE_NATIONAL_DAY = at("2026-09-30 16:20")


def test_two_days_after_the_evening_before_national_day_are_the_second_of_october():
    assert due(Policy("RC12", 2), SITE, EVENING_BEFORE_NATIONAL_DAY).at == ends("2026-10-02")


def test_two_working_days_after_the_evening_before_national_day_are_the_ninth_of_october():
    decided = due(Policy("RC12", 2, Unit.WORKDAY), SITE, EVENING_BEFORE_NATIONAL_DAY)

    assert decided.at == ends("2026-10-09")
    assert values(decided, "skipped") == {"from": "2026-10-01", "to": "2026-10-07", "why": "holiday", "name": "国庆节"}


def test_the_make_up_saturday_counts_as_a_working_day():
    decided = due(Policy("X", 1, Unit.WORKDAY), SITE, at("2026-02-13 10:00"))

    assert decided.at == ends("2026-02-14")
    assert values(decided, "makeup") == {"day": "2026-02-14", "name": "春节"}


def test_a_month_ends_on_the_corresponding_date_or_on_its_last_day():
    assert due(Policy("FE7", 3, Unit.MONTH), SITE, at("2026-08-15 10:00")).at == ends("2026-11-15")
    assert due(Policy("FE7", 3, Unit.MONTH), SITE, at("2026-11-30 10:00")).at == ends("2027-02-28")
    assert due(Policy("FE7", 1, Unit.MONTH), SITE, at("2024-01-31 10:00")).at == ends("2024-02-29")
    assert month_after(date(2026, 12, 31), 2) == (date(2027, 2, 28), True)
    assert month_after(date(2026, 3, 31), -1) == (date(2026, 2, 28), True)


def test_a_legal_period_does_not_end_on_a_rest_day_and_a_service_clock_may():
    start = at("2026-06-30 10:00")  # three months on is 30 September; three and a day is National Day

    legal = due(Policy("L4", 1, Unit.MONTH, roll=Roll.HOLIDAY), SITE, at("2026-09-01 10:00"))
    service = due(Policy("CP11", 1, Unit.MONTH), SITE, at("2026-09-01 10:00"))

    assert due(Policy("L4", 3, Unit.MONTH, roll=Roll.HOLIDAY), SITE, start).at == ends("2026-09-30")
    assert legal.at == ends("2026-10-08")
    assert values(legal, "rolled") == {"from": "2026-10-01", "to": "2026-10-08", "why": "holiday", "name": "国庆节"}
    assert service.at == ends("2026-10-01")


def test_a_legal_period_may_end_on_a_make_up_workday():
    assert due(Policy("L4", 1, roll=Roll.HOLIDAY), SITE, at("2026-02-13 10:00")).at == ends("2026-02-14")


def test_the_same_day_ends_at_its_own_midnight():
    assert due(Policy("CP11", 0), SITE, at("2026-03-02 23:59")).at == ends("2026-03-02")
    assert due(Policy("CP11", 0, Unit.MONTH), SITE, at("2026-03-02 23:59")).at == ends("2026-03-02")
    assert due(Policy("CP11", 0, Unit.WORKDAY), SITE, at("2026-03-07 10:00")).at == ends("2026-03-09")


def test_the_day_of_the_event_is_that_of_the_site_and_not_of_greenwich():
    half_past_midnight = at("2026-03-02 00:30").astimezone(UTC)

    assert due(Policy("RC12", 2), SITE, half_past_midnight).at == ends("2026-03-04")


def test_a_first_day_that_counts_is_day_one():
    assert due(Policy("X", 2, first_day_counts=True), SITE, at("2026-03-02 10:00")).at == ends("2026-03-03")
    assert due(Policy("X", 3, Unit.MONTH, first_day_counts=True), SITE, at("2026-01-15 10:00")).at == ends("2026-04-14")
    assert due(Policy("X", 0, Unit.MONTH, first_day_counts=True), SITE, at("2026-01-15 10:00")).at == ends("2026-01-15")


def test_a_day_may_end_at_closing_time():
    closing = due(Policy("X", 1, end=End.CLOSING), SITE, at("2026-03-02 10:00"))
    on_a_holiday = due(Policy("X", 1, end=End.CLOSING), SITE, EVENING_BEFORE_NATIONAL_DAY)

    assert closing.at == at("2026-03-03 18:00")
    assert values(closing, "closing")["time"] == "18:00"
    assert on_a_holiday.at == ends("2026-10-01")
    assert "no_closing" in codes(on_a_holiday.trace)


def test_days_do_not_wait_for_a_pause_that_is_over_before_they_end():
    pause = Pause(at("2026-03-03 10:00"), at("2026-03-03 15:00"))

    assert due(Policy("X", 2), SITE, at("2026-03-02 10:00"), [pause]).at == ends("2026-03-04")


@pytest.mark.parametrize(
    ("unit", "n", "expected"),
    [(Unit.DAY, 2, "2026-03-06"), (Unit.WORKDAY, 2, "2026-03-06"), (Unit.WORKDAY, 3, "2026-03-09"), (Unit.MONTH, 1, "2026-04-04")],
)
def test_a_day_at_whose_end_the_clock_stood_still_does_not_count(unit, n, expected):
    pause = Pause(at("2026-03-03 10:00"), at("2026-03-05 00:00"), "等配件")  # to the end of the fourth

    decided = due(Policy("X", n, unit), SITE, at("2026-03-02 10:00"), [pause])

    assert decided.at == ends(expected)
    assert values(decided, "skipped") == {"from": "2026-03-03", "to": "2026-03-04", "why": "paused", "name": ""}


def test_whoever_waits_for_the_resident_on_the_last_day_gets_that_day_back():
    last_day = Pause(at("2026-03-04 16:00"), at("2026-03-09 11:00"))

    assert due(Policy("X", 2), SITE, at("2026-03-02 10:00"), [last_day]).at == ends("2026-03-09")


def test_with_closing_time_it_is_the_pause_at_closing_that_counts():
    over_closing = Pause(at("2026-03-03 17:00"), at("2026-03-03 19:00"))

    assert due(Policy("X", 1, end=End.CLOSING), SITE, at("2026-03-02 10:00"), [over_closing]).at == at("2026-03-04 18:00")
    assert due(Policy("X", 1), SITE, at("2026-03-02 10:00"), [over_closing]).at == ends("2026-03-03")


def test_a_pause_in_the_days_by_which_a_month_is_prolonged_prolongs_it_too():
    pauses = [Pause(at("2026-03-10 10:00"), at("2026-03-12 10:00")), Pause(at("2026-04-03 10:00"), at("2026-04-04 10:00"))]

    assert due(Policy("X", 1, Unit.MONTH), SITE, at("2026-03-02 10:00"), pauses).at == ends("2026-04-05")


def test_a_pause_before_the_start_or_after_the_end_changes_nothing_and_is_not_told():
    pauses = [Pause(at("2026-03-01 10:00"), at("2026-03-02 09:00")), Pause(at("2026-03-08 10:00"), at("2026-03-09 09:00"))]
    decided = due(Policy("X", 2), SITE, at("2026-03-02 10:00"), pauses)

    assert decided.at == ends("2026-03-04")
    assert "pause" not in codes(decided.trace)


def test_a_pause_that_still_runs_has_no_due_time_yet():
    with pytest.raises(Refused) as problem:
        due(Policy("X", 2), SITE, at("2026-03-02 10:00"), [Pause(at("2026-03-03 10:00"), None)])

    assert problem.value.code == "deadline.paused"


@pytest.mark.parametrize(
    ("policy", "start", "provisional"),
    [
        (Policy("X", 5, Unit.WORKDAY), "2026-12-28 10:00", True),
        (Policy("X", 3, Unit.WORKDAY), "2026-12-21 10:00", False),
        (Policy("X", 3, Unit.WORKDAY), "2026-12-25 10:00", True),  # the notice of 2027 may move the last days of December
        (Policy("X", 3, Unit.MONTH, roll=Roll.HOLIDAY), "2026-11-30 10:00", True),
        (Policy("X", 8, Unit.DAY, end=End.CLOSING), "2026-12-28 10:00", True),
        (Policy("X", 30, Unit.OPEN_HOUR), "2026-12-31 16:00", True),
        (Policy("X", 2, Unit.OPEN_HOUR), "2026-12-27 16:00", False),  # up to closing time on the 27th
        (Policy("X", 2, Unit.DAY), "2026-12-31 10:00", False),  # calendar days ask nobody
        (Policy("X", 2, Unit.HOUR), "2026-12-31 23:00", False),
    ],
)
def test_a_time_that_depends_on_an_unpublished_year_is_provisional(policy, start, provisional):
    decided = due(policy, SITE, at(start))

    assert decided.provisional is provisional
    assert ("provisional" in codes(decided.trace)) is provisional


def test_a_published_year_makes_the_same_deadline_firm():
    policy, start = Policy("X", 5, Unit.WORKDAY), at("2026-12-28 10:00")
    known = Calendar("all known", "Asia/Shanghai", SITE.weekly, SITE.days)

    assert due(policy, SITE, start).provisional
    assert not due(policy, known, start).provisional


def test_an_earlier_date_always_wins_and_a_later_one_only_in_the_residents_words():
    start, rule_end = at("2026-03-02 10:00"), ends("2026-03-04")

    def agreed(text: str, words: str = "") -> object:
        return due(Policy("CP13", 2), SITE, start, manual=Manual(at(text), words)).at

    assert agreed("2026-03-03 12:00") == at("2026-03-03 12:00")
    assert agreed("2026-03-09 12:00") == rule_end
    assert agreed("2026-03-09 12:00", "下周一再来") == at("2026-03-09 12:00")
    assert agreed("2026-03-05 00:00", "周三晚上之前") == rule_end


def test_a_later_date_without_words_is_told_and_does_not_hold():
    decided = due(Policy("CP13", 2), SITE, at("2026-03-02 10:00"), manual=Manual(at("2026-03-09 12:00")))

    assert values(decided, "manual") == {"day": "2026-03-09", "time": "12:00", "words": "", "order": "later", "wins": 0}


@pytest.mark.parametrize("unit", [Unit.WORKDAY, Unit.OPEN_HOUR])
def test_a_calendar_without_an_open_day_is_refused_and_never_loops(unit):
    never = Calendar("never", "Asia/Shanghai", NEVER, workdays=frozenset())

    with pytest.raises(Refused) as problem:
        due(Policy("X", 1, unit), never, at("2026-03-02 10:00"))

    assert problem.value.code == "calendar.no_open_day"


def test_nothing_rolls_to_a_working_day_that_never_comes():
    never = Calendar("never", "Asia/Shanghai", NEVER, workdays=frozenset())

    with pytest.raises(Refused) as problem:
        due(Policy("X", 1, roll=Roll.HOLIDAY), never, at("2026-03-02 10:00"))

    assert problem.value.code == "calendar.no_open_day"


@pytest.mark.parametrize(
    ("unit", "n"),
    [(Unit.DAY, 3654), (Unit.DAY, 10**12), (Unit.WORKDAY, 3000), (Unit.MONTH, 121), (Unit.OPEN_HOUR, 40_000), (Unit.HOUR, 90_000)],
)
def test_more_than_ten_years_are_refused(unit, n):
    with pytest.raises(Refused) as problem:
        due(Policy("X", n, unit), SITE, at("2026-03-02 10:00"))

    assert problem.value.code == "calendar.too_far"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"n": -1}, "n"),
        ({"unit": "fortnight"}, "unit"),
        ({"end": "noon"}, "end"),
        ({"roll": "back"}, "roll"),
        ({"boundary": "?"}, "boundary"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused_by_its_key(changes, key):
    with pytest.raises(Unclear) as problem:
        Policy(**{"rule": "X", "n": 1, **changes})

    assert problem.value.details["key"] == key


def test_a_policy_is_read_back_from_its_stored_words():
    assert Policy("X", 1, "workday", end="closing", roll="holiday", boundary="next_open") == Policy(
        "X", 1, Unit.WORKDAY, end=End.CLOSING, roll=Roll.HOLIDAY, boundary="next_open"
    )
    assert Policy("X", 1, "workday").unit is Unit.WORKDAY


def test_a_working_day_is_the_countrys_even_where_the_site_opens_every_day():
    shop = calendar_from(shipped_years(), (NINE_TO_SIX,) * 7)

    assert due(Policy("X", 1, Unit.WORKDAY), shop, at("2026-03-06 10:00")).at == ends("2026-03-09")
    assert due(Policy("X", 10, Unit.OPEN_HOUR), shop, at("2026-03-06 10:00")).at == at("2026-03-07 11:00")
    assert due(Policy("X", 10, Unit.OPEN_HOUR), OFFICE, at("2026-03-06 10:00")).at == at("2026-03-09 14:00")  # 6.5 h, then 3.5 h
