"""Hands before the lobby window: every key and chord, the mouse, and taps at random do not get anybody out of it.

`LOBBYDESK_TAPS_SECONDS=600` taps for ten minutes; a short while is enough for every day.
"""

import os
import random
import time

import pytest

from tests.kiosk.driving import PLACE, SCREEN, WORDS, wait_for, window

SECONDS = float(os.environ.get("LOBBYDESK_TAPS_SECONDS", "20"))
CHORDS = """
    F1 F3 F5 F6 F7 F10 F11 F12 Escape Menu Help XF86Back XF86Forward XF86Refresh XF86HomePage XF86WWW Print
    ctrl+r ctrl+shift+r ctrl+p ctrl+s ctrl+o ctrl+w ctrl+n ctrl+t ctrl+l ctrl+q ctrl+u ctrl+f ctrl+h ctrl+j ctrl+d ctrl+Tab ctrl+a ctrl+c ctrl+v
    ctrl+plus ctrl+minus ctrl+0 ctrl+shift+i ctrl+shift+n ctrl+shift+Delete ctrl+period ctrl+semicolon
    alt+Left alt+Right alt+Home alt+F4 alt+Tab alt+space alt+d super super+d super+l shift+F10 ctrl+alt+Delete ctrl+alt+t ctrl+Escape
""".split()  # noqa: SIM905 - a paragraph reads better than a column


@pytest.fixture
def shown(tmp_path):
    """A painted window on a display of its own, with the focus of its keyboard."""
    with window("gtk", tmp_path) as driven:
        wait_for(driven.windows, lambda seen: len(seen) == 1)
        driven.xdotool("windowfocus", *driven.windows())
        yield driven


def wrongs(shown, origin):
    """What is wrong with the window: it shall live, be alone, at home, and not zoomed."""
    alone = wait_for(shown.windows, bool)  # a search breaks off when a window, as that of a dragged word, goes while it looks
    seen = {
        "alive": (shown.process.poll(), None),
        "windows": (len(alone), 1),
        "home": (shown.until(PLACE, "http").startswith(f"{origin}/"), True),
        "zoom": (shown.until("[visualViewport.scale, innerWidth].join()", ","), f"1,{SCREEN[0]}"),
    }
    return {name: found for name, (found, wanted) in seen.items() if found != wanted}


def test_the_window_covers_the_whole_screen(shown):
    told = shown.xdotool("getwindowgeometry", *shown.windows())

    assert f"Geometry: {SCREEN[0]}x{SCREEN[1]}" in told
    assert "Position: 0,0" in told


def test_keys_that_write_reach_the_page(shown):
    shown.ask("document.getElementById('what').focus(); ''")

    shown.xdotool("type", "--delay", "20", "a1 b")

    assert shown.until("document.getElementById('what').value", "a1 b") == "a1 b"


def test_no_other_key_has_any_effect(shown):
    origin = shown.do("state")["origin"]
    shown.go("/hostile", "敌意页面")
    place = shown.ask(PLACE)

    for chord in CHORDS:
        shown.xdotool("key", "--clearmodifiers", chord)
    time.sleep(1)

    assert wrongs(shown, origin) == {}
    assert shown.ask(PLACE) == place
    assert {"key", "menu"} & set(shown.do("state")["seen"]) == set()


def test_the_other_buttons_and_a_wheel_with_ctrl_have_no_effect(shown):
    origin = shown.do("state")["origin"]
    shown.go("/hostile", "敌意页面")
    shown.xdotool("mousemove", "300", "300")

    for button in ("2", "3", "8", "9"):
        shown.xdotool("click", button)
    for button in ("4", "5"):
        shown.xdotool("keydown", "ctrl", "click", "--repeat", "5", button, "keyup", "ctrl")
    time.sleep(1)

    assert wrongs(shown, origin) == {}
    assert "menu" not in shown.do("state")["seen"]


def test_five_taps_in_the_corner_lead_to_the_staffs_page_and_four_do_not(shown):
    for _ in range(4):
        shown.xdotool("mousemove", "20", "20", "click", "1")
    time.sleep(0.5)
    after_four = shown.ask("document.title")

    shown.xdotool("mousemove", "20", "20", "click", "1")
    shown.until("document.title", "staff")

    assert after_four == "欢迎"


def test_taps_at_random_do_not_get_out(shown):
    origin, dice = shown.do("state")["origin"], random.Random(20261124)
    until, taps, residents = time.monotonic() + SECONDS, 0, 0
    pages = ["/hostile", "/", "/hostile/remember", *(f"/hostile?try={name}" for name in ("choose", "print", "open", "attachment", "alert"))]

    while time.monotonic() < until:
        shown.do("go", dice.choice(pages))
        for _ in range(12):
            x, y = dice.randrange(SCREEN[0]), dice.randrange(200, SCREEN[1])
            shown.xdotool("mousemove", str(x), str(y), "click", "--repeat", str(dice.choice((1, 1, 2, 3))), str(dice.choice((1, 1, 1, 3))))
            shown.xdotool("key", dice.choice(CHORDS))
            taps += 1
        shown.wipe()
        residents += 1
        assert wrongs(shown, origin) == {}

    print(f"{taps} taps, {residents} residents, {shown.do('state')['mib']}")
    assert residents > 0
    assert "欢迎" in shown.ask(WORDS)
