"""The on-screen keyboard in a real browser: a sentence in few taps, nothing lost, nothing that moves under the finger."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe, serve, watch
from tests.kiosk.keyboard_page import SCREEN, app, field, written


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What the browser complains of; empty at the end of every test."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def at(browser, problems):
    """Open the page: at(lang, rows)."""
    closing = []

    def go(lang: str = "zh", rows: int = 4) -> Page:
        address, stop = serve(app(lang, rows))
        context = browser.new_context(viewport=SCREEN, has_touch=True, locale="zh-CN")
        closing.extend([context.close, stop])
        page = watch(context.new_page(), problems)
        page.goto(address)
        expect(page.locator("#keyboard")).to_be_attached()
        return page

    yield go
    for close in closing:
        close()


@pytest.fixture
def page(at) -> Page:
    return at()


def test_a_whole_sentence_takes_at_most_35_taps(page):
    finger = field(page, "what")

    finger.keys("chufangshuilongtouloushui")
    finger.word("厨房水龙头漏水")
    finger.key("，")
    finger.keys("jinkuai")
    finger.word("尽快")

    assert written(page, "what") == "厨房水龙头漏水，尽快"
    assert finger.taps <= 35


def test_initials_make_it_a_third(page):
    finger = field(page, "what")

    for letters, word in (("cf", "厨房"), ("slt", "水龙头"), ("ls", "漏水")):
        finger.keys(letters)
        finger.word(word)
    finger.key("，")
    finger.keys("jk")
    finger.word("尽快")

    assert written(page, "what") == "厨房水龙头漏水，尽快"
    assert finger.taps <= 15


def test_a_word_takes_its_letters_and_the_rest_stays(page):
    finger = field(page, "what")

    finger.keys("chufangloushui")
    finger.settle()
    finger.word("出访")

    expect(page.locator(".keyboard-typed")).to_have_text("loushui")
    finger.word("漏水")
    assert written(page, "what") == "出访漏水"


def test_a_rare_character_is_found_by_turning_the_pages(page):
    finger = field(page, "what")

    finger.keys("chong")
    finger.settle()
    for _ in range(20):
        if page.locator(".keyboard-word", has_text="翀").count():
            break
        finger.command("next")
        finger.settle()
    finger.word("翀")

    assert written(page, "what") == "翀"


def test_the_delete_key_takes_waiting_letters_first_and_then_whole_characters(page):
    finger = field(page, "what")
    page.locator("#what").fill("漏𬭎")

    finger.keys("sl")
    finger.command("back")
    finger.command("back")
    expect(page.locator(".keyboard-typed")).to_have_text("")
    finger.command("back")

    assert written(page, "what") == "漏"


def test_a_cleared_field_can_be_put_back(page):
    finger = field(page, "what")
    page.locator("#what").fill("楼上漏水")

    finger.command("clear")
    assert written(page, "what") == ""
    expect(page.locator(".keyboard-clear")).to_have_text("恢复")
    finger.command("clear")

    assert written(page, "what") == "楼上漏水"
    expect(page.locator(".keyboard-clear")).to_have_text("清空")


def test_letters_that_wait_are_not_lost_when_the_form_is_sent(page):
    finger = field(page, "what")
    finger.keys("dianti")
    finger.settle()

    page.locator("#send").tap()

    page.wait_for_url("**/taken?*")
    assert "what=%E7%94%B5%E6%A2%AF" in page.url


def test_letters_that_wait_are_kept_when_the_keyboard_is_closed(page):
    finger = field(page, "what")
    finger.keys("menjin")
    finger.settle()

    finger.command("done")

    assert written(page, "what") == "门禁"
    expect(page.locator("#keyboard")).to_be_hidden()


def test_without_an_answer_the_letters_themselves_can_be_taken(page, problems):
    page.route("**/ime?*", lambda route: route.abort())
    finger = field(page, "what")

    finger.keys("dianti")
    finger.word("dianti")

    assert written(page, "what") == "dianti"
    problems[:] = [each for each in problems if "ERR_FAILED" not in each]


def test_a_late_answer_changes_nothing_under_the_finger(page):
    held = []
    page.route("**/ime?q=lou&*", lambda route: held.append(route))
    finger = field(page, "what")

    finger.keys("lou")
    finger.keys("shui")
    finger.settle()
    first = page.locator(".keyboard-word").first.inner_text()
    for route in held:
        route.fulfill(json={"typed": "lou", "words": [["楼", 3]]})
    page.wait_for_timeout(150)

    assert first == "漏水"
    assert page.locator(".keyboard-word").first.inner_text() == "漏水"
    assert held


def test_a_word_that_has_just_changed_is_not_taken(page):
    finger = field(page, "what")
    finger.keys("loushui")
    finger.settle()

    page.evaluate(
        """async () => {
            const press = (key) => document.querySelector(`#keyboard button[data-key="${key}"]`)
                .dispatchEvent(new PointerEvent("pointerdown", {bubbles: true, button: 0}));
            press("b");
            press("{word0}");
        }"""
    )

    assert written(page, "what") == ""
    expect(page.locator(".keyboard-typed")).to_have_text("loushuib")


def test_space_takes_the_first_word_even_before_it_has_come(page):
    finger = field(page, "what")

    finger.keys("louti")
    finger.command("space")

    expect(page.locator("#what")).to_have_value("楼梯")
    finger.command("space")
    assert written(page, "what") == "楼梯 "


def test_the_places_of_the_words_never_move(page):
    finger = field(page, "what")

    def places():
        return page.eval_on_selector_all(
            ".keyboard-word", "all => all.map(one => [one.offsetLeft, one.offsetTop, one.offsetWidth, one.offsetHeight])"
        )

    seen = []
    for letters in ("c", "hufang", "shuilongtouloushui"):
        finger.keys(letters)
        finger.settle()
        seen.append(places())

    assert seen[0] == seen[1] == seen[2]


def test_no_more_is_written_than_the_field_takes(page):
    finger = field(page, "phone")

    finger.keys("138001380001")

    assert written(page, "phone") == "13800138000"
    expect(page.locator(".keyboard-said")).to_have_text("已到字数上限。")


def test_a_code_is_typed_with_letters_that_nobody_mixes_up(page):
    finger = field(page, "code")

    finger.keys("K7Q2M9XW4T")

    assert written(page, "code") == "K7Q2M9XW4T"
    keys = page.eval_on_selector_all("#keyboard .keyboard-keys button", "all => all.map(one => one.dataset.key)")
    assert {"I", "L", "O", "U"}.isdisjoint(keys)
    assert len([key for key in keys if len(key) == 1]) == 32


def test_english_is_one_key_away_and_capitals_are_for_one_letter(page):
    finger = field(page, "what")

    finger.command("language")
    finger.command("shift")
    finger.key("W")
    finger.keys("ifi")
    finger.command("space")
    finger.command("figures")
    finger.keys("5/")

    assert written(page, "what") == "Wifi 5/"


def test_an_english_page_begins_in_english(at):
    page = at("en")
    finger = field(page, "what")

    finger.keys("leak")

    assert written(page, "what") == "leak"
    expect(page.get_by_role("region", name="On-screen keyboard")).to_be_visible()
    expect(page.get_by_role("button", name="Finished")).to_be_visible()


def test_a_real_keyboard_or_a_scanner_still_writes_into_the_field(page):
    field(page, "code")

    page.keyboard.type("LDR:K7Q2M-9XW4T")

    assert written(page, "code") == "LDR:K7Q2M-9XW4T"
    assert page.locator("#code").get_attribute("inputmode") == "none"


def test_keys_can_be_pressed_with_a_real_keyboard_too(page):
    field(page, "phone")

    page.locator('#keyboard button[data-key="5"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    assert written(page, "phone") == "55"


def test_a_mouse_types_as_a_finger_does(page):
    page.locator("#phone").click()

    for key in "020":
        page.locator(f'#keyboard button[data-key="{key}"]').click()

    assert written(page, "phone") == "020"
    assert page.evaluate("document.activeElement.id") == "phone"


def test_the_field_stays_above_the_keyboard(at):
    page = at(rows=60)

    field(page, "what")

    bottom = page.locator("#what").bounding_box()
    assert bottom["y"] + bottom["height"] < page.locator("#keyboard").bounding_box()["y"]
    assert bottom["y"] > 0


def test_a_field_without_the_mark_gets_no_keyboard(page):
    field(page, "what")

    page.locator("#plain").tap()

    expect(page.locator("#keyboard")).to_be_hidden()


def test_every_key_is_big_enough_and_inside_the_screen(page):
    for name in ("phone", "code", "what"):
        finger = field(page, name)
        if name == "what":
            finger.keys("loushui")
            finger.settle()
        boxes = page.eval_on_selector_all(
            "#keyboard button:enabled",
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height, box.left, box.right])",
        )
        assert min(min(wide, high) for wide, high, _, _ in boxes) >= 60
        assert min(left for *_, left, _ in boxes) >= 0
        assert max(right for *_, right in boxes) <= SCREEN["width"]


def test_holding_the_delete_key_goes_on_deleting(page):
    field(page, "what")
    page.locator("#what").fill("漏水漏水漏水漏水")
    box = page.locator('#keyboard button[data-key="{back}"]').bounding_box()

    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    expect(page.locator("#what")).to_have_value("")
    page.mouse.up()

    assert written(page, "what") == ""


def test_the_wipe_drops_what_waits_and_writes_nothing(page):
    finger = field(page, "what")
    finger.keys("loushui")
    finger.settle()

    page.evaluate("document.dispatchEvent(new Event('kiosk:wipe'))")

    assert written(page, "what") == ""
    expect(page.locator("#keyboard")).to_be_hidden()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_page_hears_of_what_is_written(page):
    page.evaluate(
        "window.heard = []; for (const name of ['input', 'change']) document.getElementById('phone').addEventListener(name, e => heard.push(name))"
    )
    finger = field(page, "phone")

    finger.keys("12")
    finger.command("done")

    assert page.evaluate("heard") == ["input", "input", "change"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_accessibility_has_nothing_to_say_against_any_layout(at, lang):
    page = at(lang)
    for name in ("phone", "code", "what"):
        finger = field(page, name)
        assert axe(page) == []
    if lang == "zh":
        finger.keys("loushui")
        finger.settle()
        assert axe(page) == []
    finger.command("figures")
    assert axe(page) == []
    expect(page.locator(".keyboard-said")).to_have_attribute("role", "status")


def test_the_words_on_offer_are_said_to_those_who_hear(page):
    finger = field(page, "what")

    finger.keys("ls")
    finger.settle()

    expect(page.locator(".keyboard-said")).to_contain_text("已输入：ls 可选：漏水")
