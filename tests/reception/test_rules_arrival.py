"""What was said at a kiosk while the line was down (pitfall 1)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.workflows.reception.arrival import LATE_FROM, Cause, arrival

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def after(minutes):
    return NOON + timedelta(minutes=minutes)


def test_forty_seven_minutes_of_the_hour_passed_offline_because_of_the_network():
    late = arrival(NOON, after(47), after(60))

    assert (late.minutes, late.of, late.cause, late.overdue) == (47, 60, Cause.NETWORK, False)


def test_what_came_after_its_due_time_is_overdue_and_used_no_more_than_there_was():
    late = arrival(NOON, after(30 * 60), after(60))

    assert (late.minutes, late.of, late.overdue) == (60, 60, True)


def test_a_clock_that_cannot_be_trusted_is_the_cause():
    assert arrival(NOON, after(47), after(60), clock_suspect=True).cause is Cause.CLOCK


def test_without_a_due_time_the_minutes_stand_alone():
    late = arrival(NOON, after(47), None)

    assert (late.minutes, late.of, late.overdue) == (47, 0, False)


@pytest.mark.parametrize("minutes", [0, 1, 4.9])
def test_what_comes_within_five_minutes_is_in_time(minutes):
    assert arrival(NOON, after(minutes), after(60)) is None


@given(st.integers(5, 10**6), st.integers(1, 10**6))
def test_nobody_uses_more_time_than_there_is_and_overdue_means_past_the_due_time(delay, promised):
    late = arrival(NOON, after(delay), after(promised))

    assert after(delay) - NOON >= LATE_FROM
    assert 0 <= late.minutes <= late.of == promised
    assert late.overdue is (delay > promised)
