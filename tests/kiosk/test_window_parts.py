"""The small decisions of the window: which addresses are its own, which keys reach the page, when the corner was tapped, when a night starts anew."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.running import Recent, is_due_at_night
from kiosk.window import memory
from kiosk.window.corner import Corner
from kiosk.window.excuse import sentences
from kiosk.window.keys import MOVING, reaches_page
from kiosk.window.places import is_own

ORIGIN = "http://127.0.0.1:41234"


@pytest.mark.parametrize("url", [ORIGIN, f"{ORIGIN}/", f"{ORIGIN}/repair?step=2#top"])
def test_an_address_on_the_local_page_is_own(url):
    assert is_own(url, ORIGIN)


@pytest.mark.parametrize(
    "url",
    [
        f"{ORIGIN}1/", "http://127.0.0.1:41235/", "https://127.0.0.1:41234/", f"{ORIGIN}@example.com/", "http://localhost:41234/", "http://127.0.0.1/",
        "file:///etc/passwd", "about:blank", "data:text/html,x", f"blob:{ORIGIN}/x", f"view-source:{ORIGIN}/", "javascript:1", "",
    ],
)  # fmt: skip
def test_any_other_address_is_not(url):
    assert not is_own(url, ORIGIN)


@given(st.text(), st.sampled_from([*sorted(MOVING), "F5", "Escape", "XF86Back", ""]))
def test_with_ctrl_alt_or_super_held_no_key_reaches_the_page(character, name):
    assert not reaches_page(name, character, held=True)


@pytest.mark.parametrize(("name", "character"), [("a", "a"), ("1", "1"), ("BackSpace", "\b"), ("Return", "\r"), ("Tab", "\t"), ("", "漏")])
def test_keys_that_write_and_move_reach_the_page(name, character):
    assert reaches_page(name, character, held=False)


@pytest.mark.parametrize("name", ["F1", "F5", "F11", "F12", "Escape", "Menu", "Print", "XF86Back", "Super_L"])
def test_all_others_do_not(name):
    assert not reaches_page(name, "", held=False)


def test_five_quick_taps_in_the_corner_count():
    corner = Corner()

    assert [corner.tap(10, 10, at) for at in (0, 0.5, 1, 1.5, 2)] == [False, False, False, False, True]


def test_slow_taps_do_not_count():
    corner = Corner()

    assert not any(corner.tap(10, 10, at) for at in range(0, 40, 2))


def test_a_tap_elsewhere_begins_anew():
    corner = Corner()
    for at in (0, 0.1, 0.2, 0.3):
        corner.tap(10, 10, at)
    corner.tap(500, 500, 0.4)

    assert not corner.tap(10, 10, 0.5)


@pytest.mark.parametrize(
    ("hour_utc", "up", "due"), [(19, 13, True), (20, 13, True), (21, 13, False), (18, 13, False), (19, 11, False), (3, 30, False)]
)
def test_a_program_that_ran_all_day_starts_anew_between_three_and_five_at_night(hour_utc, up, due):
    assert is_due_at_night(datetime(2026, 3, 2, hour_utc, 30, tzinfo=UTC), timedelta(hours=up)) is due


def test_our_own_process_is_weighed():
    own = next(each for each in memory.below(os.getpid()) if each.pid == os.getpid())

    assert own.mib > 10


def test_the_excuse_says_since_when_and_whom_to_call_in_both_languages():
    said = sentences("10:32", "0571-88886666", "翠湖花园")

    assert said == [
        "翠湖花园",
        "本机暂停服务（10:32 起）。",
        "请到前台或拨打 0571-88886666。",
        "This machine is out of service (since 10:32).",
        "Please go to the front desk or call 0571-88886666.",
    ]


def test_staff_are_told_what_happened_and_not_with_whose_words():
    recent = Recent()

    recent(None, "warning", {"event": "page_gone", "what": "13911112222"})
    recent(None, "info", {"event": "renderer_replaced"})

    assert len(recent.said) == 1
    assert recent.said[0].endswith(" page_gone")
