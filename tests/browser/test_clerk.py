"""What a clerk does all day at the counter, by keys and by mouse, on the demo community."""

import re

import pytest
from playwright.sync_api import Page, expect

from desk.workflows.repairs.rules.choices import Stage, Urgency
from desk.workflows.repairs.store import by_number
from tests.browser.community import Community
from tests.browser.conftest import watch


@pytest.fixture
def clerk(browser, community):
    """The clerk's page; it complains of nothing but refused forms."""
    community.look("zh", "light")
    problems: list[str] = []
    page = watch(community.context(browser, "front_desk", "zh").new_page(), problems)
    page.set_default_timeout(10_000)
    yield page
    page.context.close()
    assert [problem for problem in problems if "422" not in problem] == []


def open_(page: Page, community: Community, path: str) -> None:
    page.goto(community.url + path)
    page.wait_for_selector("html[data-ready]")


def pick(page: Page, room: str) -> None:
    """Choose a room in the picker."""
    page.locator("[data-combo] input[role=combobox]").first.press_sequentially(room, delay=5)
    page.locator("[role=listbox] [role=option]").first.click()
    page.locator("#beside h2").first.wait_for()


def test_a_burst_pipe_is_saved_first_by_key_and_completed_without_typing_twice(clerk, community):
    open_(clerk, community, "/repairs/new")
    pick(clerk, "3号楼1单元1203")
    expect(clerk.locator("[name=name]")).not_to_have_value("")
    name, phone = clerk.input_value("[name=name]"), clerk.input_value("[name=phone]")
    clerk.fill("[name=what]", "水管爆了，一直喷水")
    clerk.keyboard.press("Control+s")
    clerk.wait_for_url(re.compile(r"/repairs/WX-"))
    clerk.wait_for_selector("html[data-ready]")
    number = re.findall(r"WX-\d{4}-\d{6}", clerk.url)[0]
    draft = by_number(community.db(), number)
    assert draft
    assert (draft.stage, draft.name, draft.phone) == (Stage.DRAFT, name, phone)

    form = clerk.locator("#now form")
    assert form.locator("[name=name]").input_value() == name
    form.locator("[name=wished]").fill("尽快")
    form.locator("[name=category]").select_option("water_supply")
    form.locator("[name=what]").press("Control+Enter")
    expect(clerk.locator("#now [name=part]")).to_be_visible()

    order = by_number(community.db(), number)
    assert order
    assert (order.stage, order.urgency, order.wished) == (Stage.REPORTED, Urgency.URGENT, "尽快")


def test_what_is_missing_is_said_with_its_field(clerk, community):
    open_(clerk, community, "/repairs/new")
    clerk.evaluate("document.querySelector('#new-repair').noValidate = true")
    clerk.locator("#new-repair button.button-main").first.click()
    clerk.wait_for_selector(".problems")
    clerk.wait_for_selector("html[data-ready]")

    said = clerk.locator(".problems a").all_inner_texts()

    assert {one.split(" · ")[0] for one in said} == {"房号", "报修内容", "姓名", "联系电话", "方便维修的时间", "报修类别"}


@pytest.mark.parametrize("typed", ["3-1-1803", "３栋1单元1803", "311803", "周予安", "zya", "漏水", "WX-2026-000020"])
def test_the_search_box_finds_it_in_any_spelling(clerk, community, typed):
    open_(clerk, community, "/")
    clerk.keyboard.press("/")
    clerk.keyboard.type(typed)

    expect(clerk.locator("#find-hits [role=option]").first).to_be_visible()


def test_a_locked_screen_comes_back_to_its_place(clerk, community):
    open_(clerk, community, "/repairs/")
    clerk.locator("summary:has(.avatar)").click()
    clerk.locator('form[action="/lock"] button').click()
    clerk.wait_for_url(re.compile("/lock"))

    clerk.goto(community.url + "/repairs/")
    assert "/lock" in clerk.url
