"""What stands on boards and slips about a due time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.kit.deadlines import State, left_words, show_due, state
from tests.kit.time.given import at, ends

START, DUE = at("2026-11-23 09:00"), ends("2026-11-25")


def test_the_end_of_a_day_is_shown_as_its_twenty_four_hundred():
    assert show_due(DUE, "zh") == "11月25日 星期三 24:00前"
    assert show_due(DUE, "en") == "Wed 25 Nov, by 24:00"


def test_paper_that_is_kept_names_the_year():
    assert show_due(DUE, "zh_CN", year=True) == "2026年11月25日 星期三 24:00前"
    assert show_due(DUE, "en", year=True) == "Wed 25 Nov 2026, by 24:00"


def test_an_hour_is_shown_as_the_minute_that_has_begun():
    assert show_due(at("2026-11-23 10:15:59"), "zh") == "11月23日 星期一 10:15前"
    assert show_due(at("2026-11-23 00:00:01"), "en") == "Mon 23 Nov, by 00:00"


def test_another_site_reads_its_own_clock():
    assert show_due(DUE, "en", ZoneInfo("UTC")) == "Wed 25 Nov, by 16:00"


@pytest.mark.parametrize(
    ("now", "light"),
    [
        ("2026-11-23 09:00", State.OK),
        ("2026-11-25 08:14", State.OK),
        ("2026-11-25 08:15", State.SOON),  # a quarter of 63 hours is left
        ("2026-11-25 23:59", State.SOON),
        ("2026-11-26 00:00", State.SOON),
        ("2026-11-26 00:00:00.001", State.LATE),
    ],
)
def test_the_light_turns_with_a_quarter_left_and_red_after_the_last_instant(now, light):
    assert state(DUE, at(now), START) is light


def test_two_hours_left_are_amber_however_long_it_ran():
    assert state(at("2026-11-23 17:00"), at("2026-11-23 15:00"), at("2026-11-23 14:30")) is State.SOON
    assert state(at("2026-11-23 17:00"), at("2026-11-23 14:59"), at("2026-11-23 14:30")) is State.OK


def test_a_paused_clock_is_grey_however_late_it_is():
    assert state(DUE, at("2026-12-24 10:00"), START, paused=True) is State.PAUSED
    assert left_words(DUE, at("2026-12-24 10:00"), "zh", paused=True) == "暂停计时"
    assert left_words(DUE, at("2026-12-24 10:00"), "en", paused=True) == "paused"


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (26 * 60, "超时 1天2小时", "late by 1 d 2 h"),
        (24 * 60, "超时 1天", "late by 1 d"),
        (24 * 60 + 59, "超时 1天", "late by 1 d"),
        (61, "超时 1小时1分", "late by 1 h 1 min"),
        (1, "超时 1分", "late by 1 min"),
        (0.5, "超时 不到1分钟", "late by less than 1 min"),
        (0, "还剩 不到1分钟", "less than 1 min left"),
        (-200, "还剩 3小时20分", "3 h 20 min left"),
        (-3 * 1440 - 60, "还剩 3天1小时", "3 d 1 h left"),
    ],
)
def test_how_late_it_is_is_said_in_two_units(minutes, zh, en):
    now = DUE + timedelta(minutes=minutes)

    assert left_words(DUE, now, "zh") == zh
    assert left_words(DUE, now, "en") == en


@given(left=st.timedeltas(timedelta(days=-400), timedelta(days=400)), whole=st.timedeltas(timedelta(0), timedelta(days=400)))
def test_red_and_the_word_late_always_agree(left, whole):
    now, started = DUE - left, DUE - whole

    assert (state(DUE, now, started) is State.LATE) == left_words(DUE, now, "zh").startswith("超时")
