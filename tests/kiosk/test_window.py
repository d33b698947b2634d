"""The real lobby window on both engines: it paints the local page, forgets a resident, cannot be closed, and heals itself."""

import os
import signal
import time

import pytest

from tests.kiosk import hostile
from tests.kiosk.driving import PLACE, SCREEN, WORDS, wait_for, window

EVERYWHERE = """[document.title, document.body.innerText, location.href, document.cookie, window.name, document.referrer,
    JSON.stringify(history.state)].join(' | ')"""
STORES = "(() => { let out = ''; for (const s of ['sessionStorage', 'localStorage']) { try { out += JSON.stringify(window[s]); } catch (e) {} } return out; })()"


@pytest.fixture(scope="module", params=["gtk", "qt"])
def shown(request, tmp_path_factory):
    """A painted window, the same for the tests that leave it well."""
    with window(request.param, tmp_path_factory.mktemp(request.param)) as driven:
        yield driven


@pytest.fixture(params=["gtk", "qt"])
def fresh(request, tmp_path):
    """A painted window of its own, for a test that ends or hurts it."""
    with window(request.param, tmp_path) as driven:
        driven.folder = tmp_path
        yield driven


def test_the_window_paints_the_local_page_over_the_whole_screen(shown):
    inside = shown.ask("[innerWidth, innerHeight].join('x')")

    assert shown.ask(PLACE) == f"{shown.do('state')['origin']}/"
    assert inside == f"{SCREEN[0]}x{SCREEN[1]}" or shown.gui == "qt"


def test_a_form_is_taken_for_the_engine_says_where_it_comes_from(shown):
    shown.wipe()

    shown.ask("document.getElementById('what').value = '水龙头'; document.getElementById('send').click(); ''")

    assert "水龙头" in shown.until(WORDS, "水龙头")


def tried(shown, name):
    """Let the page try something, and return what came of it; a page that is being painted anew after the try before is asked again."""
    for seconds in (5, 10, 20, 40):
        shown.do("go", f"/hostile?try={name}&elsewhere=http://127.0.0.1:9/")
        try:
            return wait_for(lambda: shown.do("state")["seen"], lambda seen: name in seen, seconds)[name]
        except AssertionError:
            continue
    raise AssertionError(f"{name} was never tried")


@pytest.mark.parametrize("name", hostile.names())
def test_a_hostile_page_does_not_get_out(shown, name):
    origin = shown.do("state")["origin"]

    came_to = tried(shown, name)
    time.sleep(0.4)  # for what an attempt started to happen
    place = shown.until(PLACE, origin)

    assert hostile.is_fine(came_to)
    assert place.startswith(f"{origin}/")
    assert len(shown.windows()) == (1 if shown.gui == "gtk" else 0)


def test_after_the_wipe_no_word_of_the_resident_is_left(fresh):
    fresh.go("/hostile/remember", hostile.MARK)
    fresh.until("document.title", "remembered")
    held = fresh.ask(EVERYWHERE) + fresh.ask(STORES) + "".join(fresh.do("history"))

    fresh.wipe()
    left = fresh.ask(EVERYWHERE) + fresh.ask(STORES) + "".join(fresh.do("history"))
    fresh.go("/hostile", "敌意页面")
    left += fresh.ask(EVERYWHERE) + fresh.ask(STORES)
    fresh.ask("document.getElementById('field').focus(); document.execCommand('paste'); ''")
    left += fresh.ask("document.getElementById('field').value")

    assert held.count(hostile.MARK) > 4
    assert hostile.MARK not in left


def test_after_the_wipe_nothing_leads_back(fresh):
    fresh.go("/hostile/remember", hostile.MARK)
    fresh.wipe()

    for steps in (-1, -2, -3, 1):
        fresh.ask(f"history.go({steps}); ''")
        time.sleep(0.3)

        assert "欢迎" in fresh.ask(WORDS)


def test_after_the_wipe_no_cookie_of_before_is_left(fresh):
    fresh.go("/hostile/remember", hostile.MARK)
    fresh.until("document.title", "remembered")
    before = fresh.ask("document.cookie")

    fresh.wipe()

    assert "left=" in before
    assert fresh.ask("document.cookie") == ""


def test_nothing_of_a_resident_was_ever_written_to_disk(fresh):
    fresh.go("/hostile/remember", hostile.MARK)
    fresh.wipe()

    found = [path for path in fresh.folder.rglob("*") if path.is_file() and hostile.MARK.encode() in path.read_bytes()]

    assert found == []


def test_the_window_cannot_be_closed_from_before_it(fresh):
    fresh.do("destroy")
    fresh.ask("window.close(); ''")
    time.sleep(1)

    assert fresh.process.poll() is None
    assert "欢迎" in fresh.ask(WORDS)


def test_told_to_end_it_ends_in_order(fresh):
    assert fresh.end() == 0


def test_a_killed_renderer_is_painted_anew(fresh):
    for pid in fresh.do("state")["renderers"]:
        os.kill(pid, signal.SIGKILL)

    wait_for(lambda: fresh.do("state")["repainted"], lambda count: count == 1)
    fresh.until(WORDS, "欢迎")

    assert fresh.process.poll() is None


def test_a_frozen_page_is_painted_anew_and_the_beat_goes_on(fresh):
    fresh.do("go", "/hostile/freeze")

    wait_for(lambda: fresh.do("state")["repainted"], lambda count: count == 1, 30)
    fresh.until(WORDS, "欢迎")
    beats = fresh.do("state")["beats"]

    assert wait_for(lambda: fresh.do("state")["beats"], lambda now: now > beats) > beats


def test_a_frozen_page_has_no_beat(fresh):
    wait_for(lambda: fresh.do("state")["beats"], lambda count: count > 0)
    fresh.do("go", "/hostile/freeze")
    wait_for(lambda: fresh.ask("1"), lambda said: said == "silent")
    beats = fresh.do("state")["beats"]

    time.sleep(1.5)

    assert fresh.do("state")["beats"] == beats


def test_webkit_allows_the_camera_and_not_the_microphone(tmp_path):
    with window("gtk", tmp_path) as driven:
        driven.do("mock_camera")
        came_to = {}
        for name in ("camera", "microphone", "both"):
            driven.do("go", f"/hostile?try={name}")
            came_to[name] = wait_for(lambda: driven.do("state")["seen"], lambda seen, name=name: name in seen)[name]

    assert came_to == {"camera": "seen", "microphone": "NotAllowedError", "both": "NotAllowedError"}


def test_qt_allows_the_camera_and_ends_a_page_that_asks_for_the_microphone(tmp_path):
    with window("qt", tmp_path, QTWEBENGINE_CHROMIUM_FLAGS="--use-fake-device-for-media-stream") as driven:
        driven.do("go", "/hostile?try=camera")
        wait_for(lambda: driven.do("state")["seen"], lambda seen: "camera" in seen)
        for count, name in enumerate(("microphone", "both"), 1):
            driven.do("go", f"/hostile?try={name}")
            wait_for(lambda: driven.do("state")["repainted"], lambda times, count=count: times == count)
            driven.until(WORDS, "欢迎")
        seen = driven.do("state")["seen"]

    assert seen["camera"] == "seen"
    assert "heard" not in seen.values()
