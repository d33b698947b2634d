"""The kiosk's own screens in the real window: a resident types, leaves, and nothing of it is left; the form's way and the wipe's way meet."""

import pytest

from tests.kiosk.driving import WORDS, wait_for, window

LEFT = "13911112222"
FIRST = "点"  # 'What can we do for you? Tap a picture.'


@pytest.fixture
def screens(tmp_path):
    """The real screens on WebKit."""
    with window("gtk", tmp_path, f"--real={tmp_path / 'kiosk'}", words=FIRST) as driven:
        yield driven


def test_the_first_page_is_painted_with_its_drawings_and_its_style(screens):
    drawn = wait_for(
        lambda: screens.ask("document.querySelector('.tile .icon').getBoundingClientRect().width > 20"), lambda said: said == "true"
    )
    styled = screens.ask("getComputedStyle(document.querySelector('.tile')).display")

    assert drawn == "true"
    assert styled != "inline"


def test_the_end_of_a_visit_wipes_the_engine(screens):
    screens.ask("document.querySelector(\"[name=set][value=large]\").click(); ''")
    screens.until("document.documentElement.className", "large")

    held = screens.ask(f"document.cookie = 'left={LEFT}'; document.cookie")
    screens.ask("history.pushState(0, '', '/?x=1'); ''")
    screens.ask("document.querySelector('button.leave').click(); ''")

    wait_for(lambda: screens.do("state")["wiped"], lambda count: count == 1)
    screens.until(WORDS, FIRST)

    assert LEFT in held
    assert screens.ask("(document.cookie + document.documentElement.className).trim()") == ""
