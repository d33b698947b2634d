"""The pages of reception, asked for as a browser asks: who may, what is shown, what is kept of a form that came back."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest

from desk.kit.access import store as access
from desk.kit.access.rules import Lang
from desk.kit.quiet import quietly
from desk.workflows.reception import store
from desk.workflows.reception.messages import import_messages
from desk.workflows.reception.rules import ContactState
from tests.client import Browser, app_of
from tests.make_households import a_unit
from tests.make_reception import a_contact
from tests.reception.given import SAMPLE


@pytest.fixture
def app(site, clock):
    return app_of(site, clock)


@pytest.fixture
def desk(app):
    return Browser(app)


def only(site):
    [row] = store.listed(site, store.Filter())
    return row


VISIT = {"channel": "visit", "person": "陈小鱼", "words": "楼道灯不亮", "matter": "question"}


def test_the_inbox_shows_what_waits_and_says_so_when_nobody_does(desk, site, act, clock):
    assert "没有人在等答复" in desk.get("/reception/").text
    a_contact(site, act, words="地库太暗")
    a_contact(site, act, words="已经答复过的", answer="好的")

    shown = desk.get("/reception/").text

    assert "地库太暗" in shown
    assert "已经答复过的" not in shown
    assert "已经答复过的" in desk.get("/reception/?state=answered").text


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("state=", ["a", "b", "c"]),
        ("state=&channel=call", ["b"]),
        ("state=&matter=fee", ["c"]),
        ("state=&q=地库", ["a"]),
        ("state=&q=没有这个词", []),
        ("q=电梯", ["b"]),
        ("state=&since=2026-03-03", ["b", "c"]),
        ("state=&until=2026-03-02", ["a"]),
        ("state=&since=2026-03-03&until=2026-03-03", ["b"]),
        ("state=nonsense", ["a", "b", "c"]),
    ],
)
def test_the_filters_show_what_they_say(desk, site, act, clock, query, ids):
    words = {"a": "地库太暗", "b": "电梯按钮坏了", "c": "物业费怎么交"}
    a_contact(site, act, words=words["a"])
    clock.forward(days=1)
    a_contact(site, act, words=words["b"], channel="call")
    clock.forward(days=1)
    a_contact(site, act, words=words["c"], matter="fee")
    desk = Browser(desk.app)

    shown = desk.get(f"/reception/?{query}").text

    assert {name for name, text in words.items() if text in shown} == set(ids)


def test_a_long_list_has_pages_and_an_impossible_page_is_empty(desk, site, act):
    for n in range(51):
        a_contact(site, act, words=f"第{n}件事")

    first, second = desk.get("/reception/").text, desk.get("/reception/?state=open&page=2").text

    assert first.count('class="row-link"') == 50
    assert second.count('class="row-link"') == 1
    assert desk.get("/reception/?page=99999999").status_code == 200


def test_a_visit_is_entered_and_shown(desk, site, act):
    unit = a_unit(site, act)

    answer = desk.post("/reception/", {**VISIT, "unit": unit.id})

    row = only(site)
    assert (answer.status_code, answer.location) == (303, f"/reception/{row.id}")
    assert (row.words, row.place, row.state) == ("楼道灯不亮", "3-1-1803", ContactState.OPEN)
    assert "楼道灯不亮" in desk.get(answer.location).text


def test_a_room_that_was_typed_and_not_picked_is_understood(desk, site, act):
    unit = a_unit(site, act)

    desk.post("/reception/", {**VISIT, "unit": "", "unit_text": "3栋1单元1803"})

    assert only(site).unit == unit.id


def test_an_answered_visit_leads_to_the_next_empty_form(desk, site):
    answer = desk.post("/reception/", {**VISIT, "channel": "call", "answer": "今天下午来换"})

    assert answer.location == "/reception/new?channel=call"
    assert "楼道灯不亮" not in desk.get(answer.location).text.replace("已登记：楼道灯不亮", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"person": "", "unit": ""}, "请问清来人"),
        ({"words": ""}, "请填写"),
        ({"phone": "打不通"}, "电话号码"),
        ({"matter": "official"}, "请填写对口人员"),
        ({"unit": "", "unit_text": "99栋9999"}, "3-1-1803"),
        ({"channel": "pigeon"}, "选"),
    ],
)
def test_a_form_that_cannot_be_read_comes_back_with_its_words(desk, site, typed, said):
    answer = desk.post("/reception/", {**VISIT, "words": "楼道灯不亮，很暗", **typed})

    assert answer.status_code == 422
    assert said in answer.text
    assert ("很暗" in answer.text) is (typed.get("words", "x") != "")
    assert store.listed(site, store.Filter()) == []


def test_nobody_smuggles_a_source_or_a_time_through_the_form(desk, site, clock):
    desk.post("/reception/", {**VISIT, "source": "messages", "external_id": "1", "received_at": "2001-01-01T00:00", "sender": "x"})

    row = only(site)
    assert (row.source, row.external_id, row.sender, row.received_at) == ("", "", "", clock.now())


def test_an_answer_is_kept_and_the_next_one_that_waits_is_opened(desk, site, act, clock):
    first = a_contact(site, act, words="第一件")
    clock.forward(minutes=5)
    second = a_contact(site, act, words="第二件")
    desk = Browser(desk.app)

    answer = desk.post(f"/reception/{first.id}/answer", {"answer": "已处理", "version": "1", "then": "next"})

    assert answer.location == f"/reception/{second.id}"
    assert store.contact(site, first.id).answer == "已处理"


def test_an_answer_over_somebody_elses_is_refused_with_the_typed_words_kept(desk, site, act):
    row = a_contact(site, act)
    desk.post(f"/reception/{row.id}/answer", {"answer": "先答的", "version": "1"})

    late = desk.post(f"/reception/{row.id}/answer", {"answer": "后答的很长一段", "version": "1"})

    assert late.status_code == 409
    assert "后答的很长一段" in late.text
    assert store.contact(site, row.id).answer == "先答的"


def test_an_answer_is_promised_from_the_page_and_shown_with_its_reason(desk, site, act):
    row = a_contact(site, act)

    assert desk.post(f"/reception/{row.id}/promise", {"promised_at": "2026-03-01T10:00", "version": "1"}).status_code == 422
    assert desk.post(f"/reception/{row.id}/promise", {"promised_at": "2026-03-03T10:00", "version": "1"}).status_code == 303

    shown = desk.get(f"/reception/{row.id}").text
    assert "约定答复" in shown
    assert "RC2" in shown
    assert "约定3月3日 10:00前答复" in desk.get("/reception/").text


def test_the_unit_that_the_text_names_is_one_press_away(desk, site, act):
    unit = a_unit(site, act, "8-2-102")
    import_messages(site, act, SAMPLE.read_bytes(), "messages.csv")
    row = store.of_external(site, "messages", "90002")

    shown = desk.get(f"/reception/{row.id}").text
    desk.post(f"/reception/{row.id}/place", {"unit": unit.id, "version": "1"})

    assert "确认是8-2-102" in shown
    assert store.contact(site, row.id).unit == unit.id


def test_a_double_is_shown_and_joined_to_the_earlier_one(desk, site, act, clock):
    unit = a_unit(site, act)
    early = a_contact(site, act, unit=unit.id, matter="repair", words="厨房滴水")
    clock.forward(hours=5)
    late = a_contact(site, act, unit=unit.id, matter="repair", words="水槽下面漏")
    desk = Browser(desk.app)

    shown = desk.get(f"/reception/{late.id}").text
    joined = desk.post(f"/reception/{late.id}/join", {"other": early.id, "version": "1"})

    assert "厨房滴水" in shown
    assert joined.location == f"/reception/{early.id}"
    assert "厨房滴水" in desk.get(f"/reception/{late.id}").text
    assert desk.post(f"/reception/{late.id}/join", {"other": early.id}).status_code == 409


def test_what_is_still_to_be_asked_for_a_repair_is_said(desk, site, act):
    row = a_contact(site, act, matter="repair", words="漏水")

    assert "受理报修前还要问清：房号、联系电话、方便上门的时间" in desk.get(f"/reception/{row.id}").text


def test_the_day_list_holds_the_day_of_the_sites_calendar_in_order(desk, site, act, clock):
    a_contact(site, act, words="早上的事", answer="当场答复了")
    clock.forward(hours=14, minutes=59)
    a_contact(site, act, words="深夜的事")
    clock.forward(minutes=2)
    a_contact(site, act, words="第二天的事")
    desk = Browser(desk.app)

    monday = desk.get("/reception/day?on=2026-03-02").text

    assert monday.index("早上的事") < monday.index("深夜的事")
    assert "当场答复了" in monday
    assert "第二天的事" not in monday
    assert "第二天的事" in desk.get("/reception/day").text
    assert desk.get("/reception/day?on=garbage").status_code == 200
    assert "没有来访来电" in desk.get("/reception/day?on=2020-01-01").text


def test_the_workbook_holds_the_filter_and_no_formula(desk, site, act):
    a_contact(site, act, words="=1+1", person="@SUM(A1)", answer="好的")
    a_contact(site, act, words="别的事", channel="call")

    book = openpyxl.load_workbook(io.BytesIO(desk.get("/reception/export.xlsx?state=&channel=visit").data))

    rows = list(book.active.iter_rows(min_row=2))
    assert len(rows) == 1
    assert [(cell.value, cell.data_type) for cell in rows[0] if cell.value in ("=1+1", "@SUM(A1)")] == [("@SUM(A1)", "s"), ("=1+1", "s")]
    assert rows[0][0].value.isoformat(sep=" ") == "2026-03-02 09:00:00"


def test_a_file_of_messages_is_taken_in_from_the_page(desk, site):
    answer = desk.post("/reception/messages", {"file": (io.BytesIO(SAMPLE.read_bytes()), "留言.csv")}, content_type="multipart/form-data")

    assert answer.status_code == 200
    assert len(store.listed(site, store.Filter())) == 6
    assert (
        desk.post("/reception/messages", {"file": (io.BytesIO(b"a,b\n1,2\n"), "x.csv")}, content_type="multipart/form-data").status_code
        == 422
    )
    assert desk.post("/reception/messages", {}, content_type="multipart/form-data").status_code == 422


@pytest.mark.parametrize("role", ["maintenance", "security"])
def test_who_has_no_business_with_residents_words_does_not_see_them(app, site, act, role):
    row = a_contact(site, act)

    for path in (
        "/reception/",
        "/reception/new",
        f"/reception/{row.id}",
        "/reception/day",
        "/reception/export.xlsx",
        "/reception/messages",
    ):
        assert Browser(app, role).get(path).status_code == 403, path


def test_an_unknown_contact_is_not_there(desk):
    assert desk.get("/reception/nothing").status_code == 404
    assert desk.post("/reception/nothing/answer", {"answer": "x"}).status_code == 404


def test_the_pages_speak_english_too(desk, site, act):
    row = a_contact(site, act, words="light is out", matter="repair")
    with quietly(site):
        access.change_staff(site, replace(access.staff_member(site, desk.staff), lang=Lang.EN))

    for path in ("/reception/", "/reception/new", f"/reception/{row.id}", "/reception/day", "/reception/messages"):
        page = desk.get(path).text.split('<main class="main"')[1]
        assert not [line for line in page.splitlines() if re.search("[\u4e00-\u9fff]", line) and "陈小鱼" not in line], path
