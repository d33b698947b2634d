"""From the Excel roster to the printed revisit sheet: one leak and one paid repair, as the people of the desk live through them."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser

from desk.app import create_app
from desk.kit import clocks
from desk.kit.clock import SITE_ZONE, SetClock
from desk.kit.journal import verify
from desk.site import make
from desk.workflows.repairs import store
from desk.workflows.repairs.rules.choices import Stage
from tests.browser.conftest import serve
from tests.stories.crew import Crew, draw_signature, form_of, pick_room, printed, send

ROSTER = [
    ("楼号", "单元", "房间", "业主名称", "手机号", "建筑面积", "竣工日期", "交房日期"),
    ("3", "1", 1803.0, "周予安", 13800000001.0, "89.37", "2024-05-20", "2024-06-30"),
    ("1", "2", 501.0, "林䶮", 13800000002.0, "120.5", "2012-03-01", "2012-06-01"),
]


@pytest.fixture
def crew(tmp_path: Path, clock: SetClock, browser: Browser) -> Iterator[Crew]:
    site = make(tmp_path / "data")
    url, stop = serve(create_app(site, clock))
    people = Crew(browser, url, site, clock)
    people.hire()
    yield people
    people.close()
    stop()


def roster(path: Path) -> Path:
    """Write the roster that the developer handed over, with numbers as Excel keeps them."""
    book = Workbook()
    sheet = book.active
    assert sheet
    for row in ROSTER:
        sheet.append(row)
    book.save(path)
    return path


def import_roster(crew: Crew, folder: Path) -> None:
    page = crew.page("supervisor")
    page.goto(crew.url + "/units/import")
    page.set_input_files("input[type=file]", roster(folder / "roster.xlsx"))
    page.locator('form[enctype="multipart/form-data"] button').first.click()
    page.wait_for_url(re.compile("/units/import/.+"))
    assert page.locator("tr", has_text="3-1-1803").count() == 1
    send(page, page.url.split(crew.url)[1])
    page.goto(crew.url + "/units/")
    assert "3" in page.inner_text("main")


def report(crew: Crew, room: str, what: str, category: str, name: str, phone: str) -> str:
    """Take a report at the counter, and return its number."""
    page = crew.page("front_desk")
    page.goto(crew.url + "/repairs/new")
    pick_room(page, room)
    page.locator("#beside", has_text=name).wait_for()
    form = form_of(page, "/repairs/")
    form.locator("[name=what]").fill(what)
    for field, value in (("name", name), ("phone", phone), ("wished", "工作日上午")):
        form.locator(f"[name={field}]").fill(value)
    form.locator("[name=category]").select_option(category)
    form.locator("button.button-main").first.click()
    page.wait_for_url(re.compile("/repairs/WX-"))
    found = re.search(r"WX-\d{4}-\d{6}", page.url)
    assert found
    return found.group()


def stage(crew: Crew, number: str) -> Stage:
    order = store.by_number(crew.site.db(), number)
    assert order
    return order.stage


def running(crew: Crew, number: str) -> dict[str, clocks.Clock]:
    order = store.by_number(crew.site.db(), number)
    assert order
    return {clock.kind: clock for clock in clocks.store.running_of(crew.site.db(), order.id)}


def send_worker(crew: Crew, number: str) -> None:
    """Agree a time for two hours on, and send the worker."""
    page = crew.page("front_desk")
    page.goto(f"{crew.url}/repairs/{number}?do=schedule")
    begin = (crew.clock.now() + timedelta(hours=2)).astimezone(SITE_ZONE)
    at = {"from_at": f"{begin:%Y-%m-%dT%H:%M}", "to_at": f"{begin + timedelta(hours=2):%Y-%m-%dT%H:%M}"}
    send(page, f"/repairs/{number}/schedule", **at)
    page.goto(f"{crew.url}/repairs/{number}?do=dispatch")
    worker = form_of(page, f"/repairs/{number}/dispatch").locator("[name=worker]").first.get_attribute("value") or ""
    send(page, f"/repairs/{number}/dispatch", worker=worker)
    assert stage(crew, number) is Stage.DISPATCHED


def work(crew: Crew, number: str, **done: str) -> None:
    """Go there, do it, write it down: on the worker's phone."""
    crew.clock.forward(hours=2, minutes=10)
    page = crew.page("maintenance")
    page.goto(crew.url + "/repairs/mine")
    send(page, f"/repairs/mine/{number}/arrive")
    crew.clock.forward(minutes=9)
    page.goto(f"{crew.url}/repairs/mine/{number}?do=finish")
    send(page, f"/repairs/mine/{number}/finish", **done)
    assert stage(crew, number) is Stage.DONE


def test_a_leak_from_the_roster_to_its_signed_revisit(crew: Crew, tmp_path: Path):
    import_roster(crew, tmp_path)
    number = report(crew, "3-1-1803", "卫生间顶部渗水，滴到洗手台", "water_leak", "周予安", "13800000001")

    page = crew.page("front_desk")
    page.goto(f"{crew.url}/repairs/{number}")
    slip = printed(page, f"/repairs/{number}/slip", tmp_path, size="80mm")
    assert number in slip
    assert "李晓雯" in slip or "F01" in slip

    page.goto(f"{crew.url}/repairs/{number}?do=decide")
    send(page, f"/repairs/{number}/decide", part="wet_room")
    order = store.by_number(crew.site.db(), number)
    assert order
    assert str(order.verdict) == "developer"
    assert str(order.warranty_ends_on) == "2029-05-20"

    send_worker(crew, number)
    page.goto(f"{crew.url}/repairs/{number}")
    sheet = printed(page, f"/repairs/{number}/sheet", tmp_path)
    for words in (number, "3-1-1803", "周予安", "13800000001", "卫生间顶部渗水", "2029", "王建军", "维修工作单"):
        assert words in sheet or words.replace("13800000001", "13800000001") in sheet

    work(crew, number, words="更换角阀，重做防水", minutes="95", material="防水涂料", quantity="2 桶")
    assert "repair.revisit" not in running(crew, number)  # RC13: no revisit clock before the test

    page = crew.page("maintenance")
    until = (crew.clock.now() + timedelta(hours=24)).astimezone(SITE_ZONE)
    page.goto(f"{crew.url}/repairs/mine/{number}?do=begin_test")
    send(page, f"/repairs/mine/{number}/begin_test", spot="卫生间地面", planned_end_at=f"{until:%Y-%m-%dT%H:%M}")
    assert stage(crew, number) is Stage.LEAK_TESTING
    assert "repair.revisit" not in running(crew, number)

    crew.clock.forward(hours=24, minutes=5)
    page = crew.page("maintenance")
    page.goto(f"{crew.url}/repairs/mine/{number}?do=end_test")
    send(page, f"/repairs/mine/{number}/end_test", passed="1", words="无渗漏")
    tested = crew.clock.now()
    revisit = running(crew, number)["repair.revisit"]
    last_day = (tested.astimezone(SITE_ZONE) + timedelta(days=3)).date()
    assert revisit.rule == "RC13"
    assert revisit.due_at.astimezone(SITE_ZONE).date() == last_day + timedelta(days=1)  # 24:00 of the third day

    page.goto(f"{crew.url}/repairs/mine/{number}?do=sign")
    draw_signature(page)
    send(page, f"/repairs/mine/{number}/sign", who="周予安")
    assert stage(crew, number) is Stage.SIGNED

    crew.clock.forward(days=1)
    page = crew.page("front_desk_2")
    page.goto(f"{crew.url}/repairs/{number}")
    why = page.locator("#now").inner_text()
    assert f"{last_day:%-m月%-d日}" in re.sub(r"\s", "", why)
    sheet = printed(page, f"/repairs/{number}/revisit_sheet", tmp_path)
    for words in (number, "周予安", "3-1-1803", "RC13"):
        assert words in sheet
    page.goto(f"{crew.url}/repairs/{number}?do=revisit")
    send(page, f"/repairs/{number}/revisit", channel="phone", result="ok", score="5", words="修得很好")
    assert stage(crew, number) is Stage.CLOSED
    assert running(crew, number) == {}
    assert crew.problems == []
    assert list(verify(crew.site.db())) == []
    crew.site.db().conn.close()
    done = subprocess.run(
        [sys.executable, "-m", "desk", "verify", "--data", str(crew.site.folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_paid_repair_with_its_quote_a_bad_revisit_and_a_second_cycle(crew: Crew, tmp_path: Path):
    import_roster(crew, tmp_path)
    number = report(crew, "1-2-501", "厨房水龙头拧不紧，一直滴水", "sanitary", "林䶮", "13800000002")

    page = crew.page("front_desk")
    page.goto(f"{crew.url}/repairs/{number}?do=decide")
    send(page, f"/repairs/{number}/decide", part="sanitary")
    order = store.by_number(crew.site.db(), number)
    assert order
    assert str(order.verdict) == "paid"

    page.goto(f"{crew.url}/repairs/{number}?do=dispatch")
    assert page.locator(f'form[action$="/repairs/{number}/dispatch"]').count() == 0  # TR60: no work before the yes

    page.goto(f"{crew.url}/repairs/{number}?do=quote")
    send(page, f"/repairs/{number}/quote", what="陶瓷阀芯水龙头", quantity="1 个", price="128.50")
    page.goto(f"{crew.url}/repairs/{number}?do=answer")
    send(page, f"/repairs/{number}/consent", who="林䶮", channel="phone", words="可以，就按这个价修")
    assert stage(crew, number) is Stage.AGREED

    send_worker(crew, number)
    page.goto(f"{crew.url}/repairs/{number}")
    sheet = printed(page, f"/repairs/{number}/sheet", tmp_path)
    for words in (number, "林䶮", "128.50", "壹佰贰拾捌元伍角整", "可以，就按这个价修"):
        assert words in sheet

    work(crew, number, words="更换水龙头", minutes="30", material="水龙头", quantity="1 个", price="128.50", charge="128.50")
    page = crew.page("front_desk")
    page.goto(f"{crew.url}/repairs/{number}?do=sign")
    send(page, f"/repairs/{number}/sign", on_paper="1", who="林䶮")
    assert running(crew, number)["repair.revisit"].rule == "RC14"

    crew.clock.forward(days=1)
    page = crew.page("front_desk")
    page.goto(f"{crew.url}/repairs/{number}?do=revisit")
    send(page, f"/repairs/{number}/revisit", channel="phone", result="bad", words="还是滴水")
    assert stage(crew, number) is Stage.REWORK  # RC15

    send_worker(crew, number)
    work(crew, number, words="重新缠生料带，拧紧", minutes="15", charge="128.50")
    page = crew.page("front_desk")
    page.goto(f"{crew.url}/repairs/{number}?do=sign")
    send(page, f"/repairs/{number}/sign", on_paper="1", who="林䶮")
    crew.clock.forward(hours=20)
    page = crew.page("front_desk_2")
    page.goto(f"{crew.url}/repairs/{number}")
    assert number in printed(page, f"/repairs/{number}/revisit_sheet", tmp_path)
    page.goto(f"{crew.url}/repairs/{number}?do=revisit")
    send(page, f"/repairs/{number}/revisit", channel="door", result="ok", score="4", words="好了")
    order = store.by_number(crew.site.db(), number)
    assert order
    assert (order.stage, order.cycle, order.charged_fen) == (Stage.CLOSED, 2, 12850)
    assert crew.problems == []
    assert list(verify(crew.site.db())) == []
