"""The way of a roster through the pages: checked, brought in after a backup, and what stays out handed back."""

import io

import openpyxl
import pytest

from desk.workflows.households import store
from desk.workflows.households.roster import waiting
from desk.workflows.households.roster.reading import read
from tests.client import Browser
from tests.households.rosters import ROWS, as_csv, upload


@pytest.fixture
def site(house):
    yield house.db()
    house.db().conn.close()


def test_a_roster_is_checked_then_brought_in_after_a_backup_and_the_rest_comes_back(app, site, house):
    browser = Browser(app, "supervisor")

    checked = upload(browser, as_csv(ROWS, encoding="gbk"))
    assert checked.status_code == 303
    report = browser.get(checked.location)
    assert "手机号" in report.text
    assert "1380000" in report.text
    assert store.every(site, store.Unit) == []
    assert list(house.backups.glob("*Z")) == []

    done = browser.post(checked.location)
    assert done.status_code == 303
    assert len(list(house.backups.glob("*Z"))) == 1
    assert [unit.label for unit in store.every(site, store.Unit)] == ["3-1-1803"]
    failed = browser.get(f"{checked.location}/failed.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(failed.data)).active
    assert sheet.max_row == 2
    assert sheet.cell(2, 4).value == "林小满"
    assert "无需导入" in browser.get(upload(browser, as_csv(ROWS[:1])).location).text


def test_a_roster_is_seen_only_by_who_chose_it_and_its_id_numbers_stay_off_the_disk(app, house):
    browser = Browser(app, "supervisor")
    place = upload(browser, as_csv(ROWS)).location

    assert browser.get(place).status_code == 200
    assert Browser(app, "director").get(place).status_code == 404
    assert Browser(app, "director").post(place).status_code == 404
    assert ROWS[0][5][:14].encode() not in b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())


def test_a_roster_is_forgotten_after_an_hour_and_when_others_push_it_out(clock):
    sheet = read("名单.csv", as_csv(ROWS))
    word = waiting.put("f1", sheet, clock.now())

    clock.forward(minutes=59)
    assert waiting.get("f1", word, clock.now()) is sheet
    clock.forward(minutes=1)
    assert waiting.get("f1", word, clock.now()) is None

    first, *_rest = [waiting.put("f1", sheet, clock.now()) for _ in range(waiting.MOST + 1)]
    assert waiting.get("f1", first, clock.now()) is None
    waiting.drop(_rest[0])
    assert [waiting.get("f1", word, clock.now()) for word in _rest] == [None, *[sheet] * (waiting.MOST - 1)]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "文件是空的"), (b"%PDF-", "不是花名册"), (b"a,b\n1,2\n", "找不到表头"), (bytes.fromhex("D0CF11E0A1B11AE1"), "旧版 Excel")],
)
def test_a_file_that_is_no_roster_is_refused_on_the_page(app, data, said):
    page = upload(Browser(app, "supervisor"), data)

    assert page.status_code == 422
    assert said in page.text


def test_without_a_file_the_form_asks_for_one(app):
    page = Browser(app, "supervisor").post("/units/import")

    assert page.status_code == 422
    assert "请先选择文件" in page.text


def test_the_template_and_the_register_are_handed_out(app, unit):
    browser = Browser(app, "supervisor")

    for url, rows in (("/units/import/template.xlsx", 1), ("/units/export.xlsx", 3)):
        answer = browser.get(url)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        assert openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0].max_row == rows
