"""Every screen in both languages and both sizes of type: readable, reachable, nothing cut off, and no complaint of the browser."""

import pytest

from tests.browser.conftest import axe
from tests.kiosk.app_on import NEXT, go_to_words, kiosk_on, tap

SMALL = """(least) => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, summary')]
  .map((thing) => [thing, thing.getBoundingClientRect()])
  .filter(([thing, box]) => box.width && (box.width < least || box.height < least))
  .map(([thing, box]) => `${thing.outerHTML.slice(0, 90)} is ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
TINY = """(least) => [...document.querySelectorAll('.shell *')]
  .filter((thing) => [...thing.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && thing.offsetParent)
  .filter((thing) => parseFloat(getComputedStyle(thing).fontSize) < least - 0.1)
  .map((thing) => `${thing.outerHTML.slice(0, 90)} is ${getComputedStyle(thing).fontSize}`)"""
CUT = """() => ['html', '.shell', 'main'].filter((where) => {
  const thing = document.querySelector(where);
  return thing.scrollWidth > thing.clientWidth;
})"""
OUTSIDE = """(top) => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, summary')]
  .map((thing) => thing.getBoundingClientRect()).filter((box) => box.width && box.top < top).length"""

DRESS = """(dress) => {
  const typing = document.documentElement.classList.contains('keyboard-open') ? ' keyboard-open' : '';
  document.documentElement.className = dress + typing;
  document.querySelector('main').scrollTop = 0;
}"""
PORTRAIT = (1080, 1920)
LOOKS = (
    ("", PORTRAIT, 28),
    ("large", PORTRAIT, 36),
    ("large reach-left", PORTRAIT, 36),
    ("reach-right", PORTRAIT, 28),
    ("reach-low", PORTRAIT, 28),
    ("", (1920, 1080), 28),
    ("large", (1024, 768), 36),
)
"""Classes of the page as the settings give them, window, and the least size of type."""


def walk(page, kiosk):
    """Come through every screen, and stop at each."""
    for path in ("/", "/urgent", "/notices", "/notices/n1", "/contact", "/mine", "/nowhere"):
        page.goto(kiosk.origin + path)
        yield path
    page.goto(kiosk.origin + "/do/repair")
    for value in ("home", "3", "1", "18", "1803", "water", "water_supply"):
        yield f"before {value}"
        tap(page, f"main button[value='{value}']")
    yield "words"
    tap(page, NEXT)
    yield "words, nothing said"
    page.locator("textarea").click()
    page.wait_for_selector("#keyboard:not([hidden])")
    yield "words, keyboard"
    page.locator("[data-phrases] button").first.click()
    tap(page, NEXT)
    yield "photo"
    tap(page, NEXT)
    yield "wished time"
    tap(page, ".pick.wide")
    page.locator("input[name=phone]").fill("12")
    tap(page, NEXT)
    yield "phone, wrong"
    page.locator("input[name=phone]").fill("13800138000")
    tap(page, NEXT)
    yield "name"
    tap(page, NEXT)
    yield "review"
    tap(page, NEXT)
    yield "saved"
    yield from urgent_repair(page, kiosk)
    yield from complaint(page, kiosk)
    yield from own_request(page, kiosk)


def urgent_repair(page, kiosk):
    """Report a lift, which is a matter for the telephone first."""
    go_to_words(page, kiosk, ("common", "3", "lift"))
    page.locator("[data-phrases] button").first.click()
    for wanted in (NEXT, NEXT, ".pick.wide"):
        tap(page, wanted)
    page.locator("input[name=phone]").fill("13800138000")
    tap(page, NEXT)
    tap(page, NEXT)
    yield "lift, review"
    tap(page, NEXT)
    yield "lift, saved"


def complaint(page, kiosk):
    """Complain of noise."""
    page.goto(kiosk.origin + "/do/complaint")
    yield "complaint about"
    tap(page, "button[value=noise]")
    page.locator("[data-phrases] button").first.click()
    tap(page, NEXT)
    yield "complaint concerns"
    tap(page, NEXT)
    yield "complaint place"
    tap(page, "button[value=none]")
    yield "complaint happened"
    tap(page, "button[value=often]")
    yield "complaint wanted"
    page.locator("[data-phrases] button").first.click()
    tap(page, NEXT)
    page.locator("input[name=phone]").fill("13800138000")
    tap(page, NEXT)
    tap(page, NEXT)
    yield "complaint review"
    tap(page, NEXT)
    yield "complaint saved"


def own_request(page, kiosk):
    """Look up the request that was just saved, after the desk has said how far it is."""
    code = kiosk.visits.now().keeping.saved.code
    clocks = [{"kind": "repair.visit", "rule": "TR2", "due_at": "2026-03-03T10:00:00.000Z", "state": "running"}]
    kiosk.publish_status(
        code, number="WX-000001", kind="repair", category="water_supply", stage="scheduled", place="3-1-1803", version=2, clocks=clocks,
        reported_at="2026-03-02T01:00:00.000Z", received_at="2026-03-02T01:00:00.000Z", taken_up_at="2026-03-02T01:20:00.000Z",
        appointed_from="2026-03-03T01:00:00.000Z", appointed_to="2026-03-03T03:00:00.000Z", ended_at=None, answer="师傅明天上午到",
    )  # fmt: skip
    page.goto(kiosk.origin + "/mine")
    page.locator("input[name=code]").fill("abc")
    tap(page, NEXT)
    yield "code, wrong"
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_selector(".truth")
    yield "request"
    tap(page, NEXT)
    yield "another time"
    page.goto(kiosk.origin + "/mine")
    yield "requests"


def looked_at(page, name):
    """What is wrong with a screen in normal and large type, in other windows, and for hands that reach only a part of it."""
    found = []
    for dress, size, least in LOOKS:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(DRESS, dress)
        said = f"{name}, {dress or 'plain'}, {size[0]} x {size[1]}"
        found += [f"{said}: {one}" for one in page.evaluate(SMALL, 60)]
        found += [f"{said}: {one}" for one in page.evaluate(TINY, least)]
        found += [f"{said}: {one} is cut off" for one in page.evaluate(CUT)]
        if "low" in dress and page.evaluate(OUTSIDE, size[1] * 0.4 - 1):
            found.append(f"{said}: controls above the lower 60 %")
        if size == PORTRAIT and "reach" not in dress:
            found += [f"{said}: {one}" for one in axe(page)]
    page.set_viewport_size({"width": PORTRAIT[0], "height": PORTRAIT[1]})
    page.evaluate(DRESS, "")
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_screen_can_be_read_and_reached(browser, tmp_path, lang):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        kiosk.look(lang)
        found, seen = [], []

        for name in walk(page, kiosk):
            seen.append(name)
            found += looked_at(page, name)
        page.context.close()

    assert found == []
    assert len(seen) > 30
    assert [one for one in kiosk.problems if "/nowhere" not in one] == []


def test_the_settings_dress_the_page(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        seen = []

        for setting in ("large", "left", "right", "low", "low", "lang"):
            tap(page, f".strip button[value={setting}]")
            html = page.locator("html")
            seen.append((html.get_attribute("class").split(), html.get_attribute("lang")))
        page.context.close()

    assert seen == [
        (["large"], "zh-CN"),
        (["large", "reach-left"], "zh-CN"),
        (["large", "reach-right"], "zh-CN"),
        (["large", "reach-low"], "zh-CN"),
        (["large"], "zh-CN"),
        (["large"], "en"),
    ]


def test_urgent_numbers_come_first_and_huge(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)

        first = page.locator("main a").first.get_attribute("href")
        page.goto(kiosk.origin + "/urgent")
        sizes = page.evaluate("() => [...document.querySelectorAll('.tel')].map((it) => parseFloat(getComputedStyle(it).fontSize))")
        words = page.locator("main").inner_text()
        page.context.close()

    assert first == "/urgent"
    assert min(sizes) >= 60
    assert "本机现在无法通知值班人员" in words
    assert all(number in words for number in ("020-86120110", "96333", "96777", "119", "120", "110"))
