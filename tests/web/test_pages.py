"""The house's own pages with a real repair behind them: start page, search, journal, papers, the public check."""

import io

import pytest
from pypdf import PdfReader

from desk.kit.access.rules import Role
from desk.kit.papers import print_out
from desk.kit.papers import store as papers
from desk.kit.ticks import store as ticks
from desk.kit.ticks.store import Beat
from tests.client import Browser
from tests.make_repairs import dispatched, reported


@pytest.fixture
def order(site, act):
    """A dripping tap in 3-1-1803, reported on Monday at nine."""
    return reported(site, act)


@pytest.fixture
def sent(site, act):
    """The same dripping tap, with somebody on the way."""
    return dispatched(site, act)


@pytest.fixture
def paper(site, act, sent):
    """Its work order on paper, printed once by the desk."""
    issued = papers.of_object(site, sent.id)[0]
    print_out(site, act, issued.id)
    return issued


def rows(answer, key):
    """The part of the board below one heading."""
    return answer.text.split(f'id="s-{key}"')[1].split("<section")[0]


def test_the_start_page_shows_what_is_due_today_with_rule_words_and_link(clerk, order):
    today = rows(clerk.get("/"), "today")

    assert order.number in today
    assert f'href="/repairs/{order.number}"' in today
    assert "首次响应" in today
    assert "为何是这个时间" in today
    assert order.number not in rows(clerk.get("/"), "late")


def test_what_is_past_its_time_moves_to_late_and_stays_there(clerk, app, order, clock):
    clock.forward(days=1)

    late = rows(Browser(app, "front_desk").get("/"), "late")

    assert order.number in late
    assert "超时" in late


def test_the_queue_of_a_role_shows_only_what_waits_for_it(clerk, order):
    assert order.number in clerk.get("/?role=front_desk").text
    assert order.number not in clerk.get("/?role=cashier").text
    assert order.number not in clerk.get("/?mine=1").text
    assert clerk.get("/?role=nonsense&only=x").status_code == 200
    assert 'id="s-late"' not in clerk.get("/?only=next").text


def test_a_board_without_work_says_so(app):
    text = Browser(app, "security").get("/").text

    assert "没有超时事项" in text
    assert "新建" not in text


def test_each_role_sees_only_its_own_places(app):
    director, guard = Browser(app, "director").get("/").text, Browser(app, "security").get("/").text

    assert "/journal" in director
    assert "/staff/" in director
    assert "/journal" not in guard
    assert "/staff/" not in guard


@pytest.mark.parametrize("query", ["3-1-1803", "３栋1单元1803", "漏水", "滴水", "13800000001", "0001", "zya", "周予安"])
def test_one_box_finds_the_household_and_its_repair(clerk, order, query):
    found = clerk.get("/search", query_string={"q": query}, headers={"HX-Request": "true"})

    assert found.status_code == 200
    assert ("没有找到" in found.text) is (query == "漏水")
    assert "<html" not in found.text


def test_a_number_opens_its_case_at_once(clerk, order):
    assert clerk.get(f"/search?q={order.number.lower()}").headers["Location"] == f"/repairs/{order.number}"


def test_who_may_not_see_a_case_does_not_find_it(app, order):
    text = Browser(app, "security").get(f"/search?q={order.number}").text

    assert f"/repairs/{order.number}" not in text


@pytest.mark.parametrize(
    "query", ["%", "_", "'; DROP TABLE staff; --", '"', "*", "NEAR(", "{{7*7}}", "<script>alert(1)</script>", "%s%n", "x" * 5000, "🈶"]
)
def test_strange_queries_find_nothing_and_break_nothing(clerk, order, query):
    answer = clerk.get("/search", query_string={"q": query})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "49" not in answer.text.split("<main")[1].split("</main")[0]


def test_a_scanned_sheet_opens_its_case_and_a_forged_one_does_not(clerk, sent, paper):
    for scan in (f"LD:{paper.number}:{paper.code}", f"LD1:SITE:{paper.number}:{paper.code}".replace("-", "-").lower()):
        assert clerk.get("/search", query_string={"q": scan, "scan": "1"}).headers["Location"] == f"/repairs/{sent.number}"

    forged = clerk.get("/search", query_string={"q": f"LD:{paper.number}:00000-00000"})
    assert forged.status_code == 200
    assert sent.number not in forged.text.split("<main")[1].split("<form")[0].replace(f"LD:{sent.number}", "")


def test_the_journal_of_the_day_says_who_did_what_in_words(clerk, order, clock):
    text = clerk.get("/journal").text

    assert order.number in text
    assert "厨房水龙头一直滴水" in text
    assert "clock.started" not in text
    assert "clock.started" not in clerk.get("/journal?what=all").text
    assert "滴水" not in clerk.get("/journal?on=2026-03-01").text
    assert "滴水" not in clerk.get("/journal?shift=evening").text
    assert "滴水" not in clerk.get("/journal?what=access").text


def test_a_strange_day_is_told_and_nothing_breaks(clerk):
    answer = clerk.get("/journal?on=2026-02-30")

    assert answer.status_code == 200
    assert "请填日期" in answer.text


def test_a_paper_is_shown_unlogged_and_printed_with_a_log(clerk, site, paper):
    before = papers.get(site, paper.id).prints
    shown = clerk.get(f"/papers/{paper.id}.pdf")
    printed = clerk.post(f"/papers/{paper.id}/print")

    assert shown.mimetype == printed.mimetype == "application/pdf"
    assert papers.get(site, paper.id).prints == before + 1
    assert "补打" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.data)).pages)
    assert clerk.get(f"/papers/{paper.id}.pdf?size=A0").status_code == 422
    assert clerk.get("/papers/nothing.pdf").status_code == 404


def test_a_leader_takes_a_paper_back_with_a_reason(app, site, paper):
    leader = Browser(app, "supervisor")

    assert leader.post(f"/papers/{paper.id}/void", {"reason": ""}).status_code == 422
    assert leader.post(f"/papers/{paper.id}/void", {"reason": "房号写错", "next": "//evil"}).headers["Location"] == "/"
    assert papers.get(site, paper.id).void_reason == "房号写错"
    assert leader.post(f"/papers/{paper.id}/void", {"reason": "again"}).status_code == 409


def test_anybody_checks_a_slip_and_learns_nothing_personal(guest, paper):
    text = guest.get("/check", query_string={"number": paper.number, "code": paper.code}).text

    assert "由本服务中心开出" in text
    assert paper.number in text
    for secret in ("周予安", "13800000001", "3-1-1803", "滴水"):
        assert secret not in text
    assert "没有开出过" in guest.get("/check", query_string={"number": paper.number, "code": "00000-00000"}).text


def test_nobody_tries_all_codes(guest, paper):
    codes = [guest.get(f"/check?number={paper.number}&code=0000{n:06d}").status_code for n in range(61)]

    assert codes == [200] * 60 + [409]
    assert guest.get(f"/check?number={paper.number}&code={paper.code}").status_code == 409


def test_two_who_look_at_one_case_see_each_other(app):
    first, second = Browser(app, "front_desk", 1), Browser(app, "supervisor", 2)
    about = {"kind": "work_order", "id": "WX-1"}

    assert first.post("/presence", about).json == {"others": []}
    assert second.post("/presence", about).json == {"others": ["front_desk 1"]}
    assert second.post("/presence", about | {"id": "WX-2"}).json == {"others": []}
    assert first.post("/presence", about).json == {"others": ["supervisor 2"]}


def test_the_lamp_of_the_clock_service_turns_red_after_two_minutes(clerk, site, clock):
    ticks.keep_beat(site, Beat("here", clock.now(), ""))
    assert clerk.get("/tick").json["state"] == "ok"
    assert "定时服务正常" in clerk.get("/").text

    clock.forward(minutes=2, seconds=1)
    assert clerk.get("/tick").json == {"state": "late", "age": 121, "words": "定时服务已停 2 分钟"}
    ticks.keep_beat(site, Beat("here", clock.now(), "wrong"))
    assert "电脑时间不对" in clerk.get("/").text


def test_a_sentence_for_the_next_page_is_said_once(app):
    admin = Browser(app, Role.ADMIN)
    other = Browser(app, Role.CASHIER)
    admin.post(f"/staff/{other.staff}/disable")

    assert "已停用，正在使用的登录也已结束" in admin.get("/help").text
    assert "已停用，正在使用的登录也已结束" not in admin.get("/help").text


@pytest.mark.parametrize("place", ["/", "/help", "/journal", "/staff/", "/staff/new", "/settings/password", "/search?q=x"])
def test_every_page_speaks_english_without_a_chinese_word_of_the_house(app, site, place):
    admin = Browser(app, Role.DIRECTOR)
    admin.post("/settings/look", {"lang": "en"})
    main = admin.get(place).text.split("<main")[1].split("</main")[0]

    assert not [char for char in main if "\u4e00" <= char <= "\u9fff"]


def test_whoever_looks_after_the_desk_sees_how_it_is_and_backs_it_up(app, site, clock):
    admin = Browser(app, Role.ADMIN)
    ticks.keep_error(site, clock.now(), "repairs.months", "Traceback\nRuntimeError: out of paper")
    assert "RuntimeError: out of paper" in admin.get("/upkeep").text
    assert "还没有备份" in admin.get("/upkeep").text

    assert admin.post("/upkeep/backup").status_code == 303

    text = admin.get("/upkeep").text
    assert "备份：1 份" in text
    assert "备份已完成并验证完好" in text
