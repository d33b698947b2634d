"""How a session stands, and how often a password may be tried."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desk.kit.access.rules import Door, Lang, Role, Session, Size, Staff, Theme, door, may_try

NINE = datetime(2026, 3, 2, 1, tzinfo=UTC)


def person(role: Role = Role.FRONT_DESK) -> Staff:
    return Staff("p", "F1", "Li", role, True, False, False, Lang.ZH, Theme.AUTO, Size.NORMAL, NINE, 1)


def session() -> Session:
    return Session("s", "p", NINE, NINE, "Firefox", "10.0.0.5")


@pytest.mark.parametrize(
    ("role", "minutes", "expected"),
    [
        (Role.FRONT_DESK, 14, Door.OPEN),
        (Role.FRONT_DESK, 15, Door.LOCKED),
        (Role.CASHIER, 4, Door.OPEN),
        (Role.CASHIER, 5, Door.LOCKED),
    ],
)
def test_an_idle_screen_locks_after_fifteen_minutes_and_a_cashiers_after_five(role, minutes, expected):
    assert door(session(), person(role), NINE + timedelta(minutes=minutes)) is expected


def test_a_session_ends_for_good_after_twelve_hours_however_busy_it_is():
    busy = replace(session(), seen_at=NINE + timedelta(hours=12, seconds=-1))

    assert door(busy, person(), NINE + timedelta(hours=12, milliseconds=-1)) is Door.OPEN
    assert door(busy, person(), NINE + timedelta(hours=12)) is Door.OVER


def test_who_lost_access_or_signed_out_is_outside_even_with_a_locked_screen():
    assert door(replace(session(), locked_at=NINE), replace(person(), active=False), NINE) is Door.OVER
    assert door(replace(session(), locked_at=NINE, revoked_at=NINE), person(), NINE) is Door.OVER
    assert door(replace(session(), locked_at=NINE), person(), NINE) is Door.LOCKED


@pytest.mark.parametrize(("pair", "address", "allowed"), [(9, 9, True), (10, 10, False), (0, 59, True), (0, 60, False)])
def test_ten_tries_for_an_account_and_sixty_from_an_address(pair, address, allowed):
    assert may_try(pair, address) is allowed
