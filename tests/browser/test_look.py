"""The frame and its parts in a real browser, on the preview's pages: keys, picker, signature, kept words, lamp, both themes and languages."""

import base64
import io
import json
import sys
import time

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe, new_context, serve, watch
from tests.house.tree import ROOT

PAGES = ("/", "/?empty=1", "/list", "/case", "/form?errors=1", "/style", "/search?q=3", "/problem", "/help", "/login", "/lock")


@pytest.fixture(scope="session")
def preview():
    """The address of the preview."""
    sys.path.insert(0, str(ROOT / "tools" / "look"))
    import preview as module

    url, stop = serve(module.app)
    yield url
    stop()


@pytest.fixture
def page(browser, preview):
    """A page that complains of nothing."""
    problems: list[str] = []
    context = new_context(browser)
    found = watch(context.new_page(), problems)
    found.set_default_timeout(10_000)
    yield found
    context.close()
    assert problems == []


def open_(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("html[data-ready]")


@pytest.mark.parametrize(
    ("dark", "lang", "size"),
    [(False, "zh-CN", (1366, 768)), (True, "en", (1366, 768)), (True, "zh-CN", (360, 780)), (False, "en", (360, 780))],
    ids=["light-zh-desk", "dark-en-desk", "dark-zh-phone", "light-en-phone"],
)
def test_every_page_is_accessible_and_fits(browser, preview, dark, lang, size):
    problems: list[str] = []
    context = new_context(browser, lang, dark, size)
    page = watch(context.new_page(), problems)

    for path in PAGES:
        open_(page, f"{preview}{path}{'&' if '?' in path else '?'}lang={lang}&toast=1")
        problems += axe(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{path} is wider than the screen")
    context.close()

    assert problems == []


def test_taps_on_a_phone_are_large_enough(browser, preview):
    context = new_context(browser, size=(360, 780))
    page = context.new_page()
    small = []
    for path in ("/", "/list", "/case", "/form"):
        open_(page, preview + path)
        small += page.evaluate(
            """() => [...document.querySelectorAll(
                '.button, .nav a, .top-button, .choice, .check, select, textarea, .tabs a, input:not([type=hidden], [type=checkbox], [type=radio])')]
              .filter(one => one.getClientRects().length && !one.closest('.find-box') && one.getBoundingClientRect().height < 44)
              .map(one => one.outerHTML.slice(0, 80))"""
        )
    context.close()

    assert small == []


def test_rows_are_walked_chosen_and_opened_by_key(page, preview):
    open_(page, f"{preview}/list")
    for key in ("j", "j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-bulk-count]")).to_have_text("2")
    assert page.locator(".pick-row:checked").evaluate_all("boxes => boxes.map(box => box.value)") == ["WX-2026-000031", "WX-2026-000035"]
    page.keyboard.press("k")
    page.keyboard.press("Enter")

    page.wait_for_url("**/case")


def test_keys_rest_in_a_field_and_while_an_input_method_composes(page, preview):
    open_(page, f"{preview}/list")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("n")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'n', bubbles: true, isComposing: true}))")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'n', keyCode: 229, bubbles: true}))")
    page.wait_for_timeout(150)
    assert page.url.endswith("/list")
    page.keyboard.press("n")

    page.wait_for_url("**/form")


def test_two_keys_go_to_a_place(page, preview):
    open_(page, f"{preview}/list")
    page.keyboard.press("g")
    page.keyboard.press("h")

    expect(page).to_have_url(f"{preview}/")


def test_the_sheet_of_keys_is_made_from_the_page(page, preview):
    open_(page, f"{preview}/list")
    page.keyboard.press("?")

    sheet = page.locator("#key-sheet")
    expect(sheet).to_be_visible()
    assert {"导出 Excel", "登记报修", "下一行、上一行", "选中此行", "查找"} <= set(sheet.locator("dt").all_inner_texts())


def test_a_scanner_searches_and_presses_no_key_of_the_page(page, preview):
    open_(page, f"{preview}/list")
    page.evaluate(
        """code => { for (const key of [...code, 'Enter'])
            document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})) }""",
        "wx-2026-000017",
    )

    expect(page).to_have_url(f"{preview}/search?scan=1&q=wx-2026-000017")


def test_the_search_box_drops_hits_and_opens_the_chosen_one(page, preview):
    open_(page, f"{preview}/")
    page.keyboard.press("/")
    page.keyboard.type("漏水")
    expect(page.locator("#find-hits [role=option]")).to_have_count(4)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#find")).to_have_attribute("aria-activedescendant", "hit-4")
    page.keyboard.press("Enter")

    page.wait_for_url("**/case")


def test_a_unit_is_picked_by_keys_its_card_comes_and_nothing_else_of_the_form_is_sent(page, preview):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_(page, f"{preview}/form")
    page.fill("#f-what", "秘密")
    page.click("#f-unit")
    page.keyboard.type("180")
    page.wait_for_selector("#l-unit [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert page.input_value("[name=unit]") == "u1"
    expect(page.locator("#unit-card h2")).to_have_text("3栋1单元1803")
    picks = [url for url in asked if "/units/pick" in url]
    assert picks
    assert all(url.split("?")[1].split("&")[0].startswith(("q=", "field=")) and "what" not in url for url in picks)


def sign(page: Page) -> bytes:
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(box["x"] + 40 + step * 6, box["y"] + 60 + (step % 10) * 4)
    page.mouse.up()
    return base64.b64decode(page.input_value("[data-sign-value]").removeprefix("data:image/png;base64,"))


def test_a_signature_becomes_a_picture_and_can_be_taken_back(page, preview):
    open_(page, f"{preview}/form")
    page.locator("canvas").scroll_into_view_if_needed()

    picture = Image.open(io.BytesIO(sign(page))).convert("L")

    assert picture.width > picture.height > 20
    assert picture.getextrema()[0] < 60
    assert picture.getpixel((0, 0)) == 255
    page.click("[data-sign-undo]")
    assert page.input_value("[data-sign-value]") == ""


def test_signed_on_paper_needs_no_picture(page, preview):
    open_(page, f"{preview}/form")
    page.locator("canvas").scroll_into_view_if_needed()
    sign(page)
    page.check("[data-sign-paper]")

    expect(page.locator(".sign-pad")).to_be_hidden()
    assert page.input_value("[data-sign-value]") == ""


def test_typed_words_come_back_after_a_reload_and_can_be_thrown_away(page, preview):
    page.on("dialog", lambda dialog: dialog.accept())
    open_(page, f"{preview}/form")
    page.fill("#f-what", "阳台渗水")
    page.check("[value=leak]")
    page.reload()
    page.wait_for_selector("html[data-ready]")

    expect(page.locator(".note-ok")).to_be_visible()
    assert page.input_value("#f-what") == "阳台渗水"
    assert page.is_checked("[value=leak]")
    page.click(".note-ok button")
    assert page.input_value("#f-what") == ""


def test_words_sent_after_the_session_ended_are_there_after_signing_in(page, preview):
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in = page.request.get(f"{preview}/login").text()
    page.route(
        "**/form",
        lambda route: route.fulfill(body=sign_in, content_type="text/html") if route.request.method == "POST" else route.fallback(),
    )
    open_(page, f"{preview}/form")
    page.fill("#f-what", "阳台渗水")
    page.evaluate("document.querySelector('form[data-keep]').noValidate = true")
    page.click("form[data-keep] .button-main")
    page.wait_for_selector("html[data-ready] body[data-outside]")
    open_(page, f"{preview}/form")

    assert page.input_value("#f-what") == "阳台渗水"


def test_words_that_were_saved_do_not_come_back(page, preview):
    open_(page, f"{preview}/form")
    page.fill("#f-what", "阳台渗水")
    page.evaluate("document.querySelector('form[data-keep]').noValidate = true")
    page.click("form[data-keep] .button-main")
    page.wait_for_load_state()
    open_(page, f"{preview}/form")

    assert page.input_value("#f-what") == ""


def test_a_beat_after_the_end_of_the_session_leads_to_the_sign_in(browser, preview):
    context = new_context(browser)
    page = context.new_page()
    page.route("**/presence", lambda route: route.fulfill(status=401, headers={"HX-Redirect": "/login"}))
    page.goto(f"{preview}/case")

    page.wait_for_url("**/login?next=%2Fcase")
    assert page.locator("[data-outside]").count() == 1
    context.close()


def test_signing_out_takes_the_kept_words_along(page, preview):
    page.on("dialog", lambda dialog: dialog.accept())
    open_(page, f"{preview}/form")
    page.fill("#f-what", "阳台渗水")
    assert page.evaluate("Object.keys(sessionStorage).length") == 1
    page.evaluate("document.querySelector('[action=\"/logout\"]').addEventListener('submit', event => event.preventDefault())")
    page.click("summary:has(.avatar)")
    page.click("[action='/logout'] button")

    assert page.evaluate("Object.keys(sessionStorage).length") == 0


def test_an_act_that_asks_first_is_sent_once(page, preview):
    sent: list[str] = []
    page.route("**/undo", lambda route: (sent.append(route.request.method), time.sleep(0.2), route.fulfill(body="ok")))
    open_(page, f"{preview}/style")
    page.click("form[data-confirm] button")
    page.click("dialog button[value='']")
    assert sent == []
    page.click("form[data-confirm] button")
    page.click("dialog button[value=yes]")
    page.wait_for_url("**/undo")

    assert sent == ["POST"]


def test_an_undo_counts_down_and_leaves(page, preview):
    page.clock.install()
    open_(page, f"{preview}/?toast=1")
    expect(page.locator("[data-countdown]")).to_have_text("10")
    page.clock.run_for(4_000)
    expect(page.locator("[data-countdown]")).to_have_text("6")
    page.clock.run_for(7_000)

    expect(page.locator("[data-countdown]")).to_have_count(0)
    expect(page.locator(".toast-error")).to_be_visible()


def test_the_lamp_turns_red_when_the_desk_is_silent_for_two_minutes(page, preview):
    page.clock.install()
    open_(page, f"{preview}/")
    page.route("**/tick*", lambda route: route.fulfill(status=204, body=""))
    page.clock.run_for(100_000)
    expect(page.locator("#tick")).to_have_class("top-button lamp lamp-ok")
    page.clock.run_for(60_000)

    expect(page.locator("#tick")).to_have_class("top-button lamp lamp-late")
    expect(page.locator("#tick")).to_contain_text("服务台已 2 分钟无应答")


def test_who_else_is_here_is_said(page, preview):
    open_(page, f"{preview}/case")

    expect(page.locator("[data-presence]")).to_have_text("李军 也在处理此单")


def test_an_untouched_screen_locks_itself(page, preview):
    locked: list[str] = []
    page.route("**/lock", lambda route: (locked.append(route.request.post_data or ""), route.fulfill(body="ok")))
    page.clock.install()
    open_(page, f"{preview}/case")
    page.clock.run_for(599_000)
    assert locked == []
    page.clock.run_for(3_000)
    page.wait_for_url("**/lock?next=%2Fcase")

    assert locked[0] == "next=%2Fcase"


def test_theme_and_size_change_at_once_and_are_kept(page, preview):
    kept: list[str] = []
    page.route("**/settings/look", lambda route: (kept.append(route.request.post_data or ""), route.fulfill(body="ok")))
    open_(page, f"{preview}/case")
    page.click("summary:has(.avatar)")
    page.click("[name=theme][value=dark]")
    page.click("[name=size]")

    assert page.evaluate("[document.documentElement.dataset.theme, document.documentElement.dataset.size]") == ["dark", "large"]
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"
    assert [post.split("&")[0] for post in kept] == ["theme=dark", "size=large"]
    assert "theme=dark" in page.evaluate("document.cookie")


def test_the_words_of_the_scripts_are_data(page, preview):
    open_(page, f"{preview}/?lang=en")

    words = json.loads(page.inner_text("#words") or page.text_content("#words"))
    assert words["yes"] == "Yes, do it"
    assert len(words) > 10
