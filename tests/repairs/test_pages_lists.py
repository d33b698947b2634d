"""The lists: open repairs with their filters, the revisit calls, many at once, the workbook, the worker's phone, the months."""

import io
import re

import openpyxl
import pytest

from desk.workflows.repairs import store
from desk.workflows.repairs.commands import month
from desk.workflows.repairs.months import store as months
from desk.workflows.repairs.rules.choices import Stage
from tests import make_repairs as make
from tests.client import Browser
from tests.repairs.desk import drawn, repairs_desk


@pytest.fixture
def desk(site, clock):
    return repairs_desk(site, clock)


def test_an_empty_list_says_what_it_means(desk):
    assert "没有未结报修" in Browser(desk).get("/repairs/").text


def test_the_list_is_narrowed_by_its_filters(desk, site, act):
    leak = make.reported(site, act, category="water_leak", what="卫生间漏水")
    tap = make.reported(site, act)
    clerk = Browser(desk)
    rows = lambda query: {n for n in (leak.number, tap.number) if f'href="/repairs/{n}"' in clerk.get(f"/repairs/?{query}").text}  # noqa: E731

    assert rows("") == {leak.number, tap.number}
    assert rows("kind=leak") == {leak.number}
    assert rows("stage=decided") == set()
    assert rows("source=kiosk") == set()
    assert rows("source=visit") == {leak.number, tap.number}
    assert rows("q=漏水") == {leak.number}
    assert rows("q=1803") == {leak.number, tap.number}
    assert rows("urgency=nonsense") == {leak.number, tap.number}


def test_only_late_ones_are_shown_when_asked(desk, site, act, clock):
    order = make.reported(site, act)
    on_time = Browser(desk).get("/repairs/?late=1").text
    clock.forward(hours=4)

    assert order.number not in on_time
    assert order.number in Browser(desk).get("/repairs/?late=1").text


def test_a_long_list_goes_on_by_keys(desk, site, act, monkeypatch):
    for _ in range(5):
        make.reported(site, act)
    monkeypatch.setattr("desk.workflows.repairs.pages.board.ROWS", 2)
    clerk, seen, url = Browser(desk), [], "/repairs/"
    while url:
        page = clerk.get(url).text
        seen += [line.number for line in store.newest(site).lines if f'href="/repairs/{line.number}"' in page]
        url = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else ""

    assert sorted(seen) == [f"WX-2026-{n:06}" for n in range(1, 6)]


def test_the_filtered_list_is_handed_out_as_a_workbook(desk, site, act):
    leak = make.reported(site, act, category="water_leak", what="=1+1")
    make.reported(site, act)

    answer = Browser(desk, "supervisor").get("/repairs/export.xlsx?kind=leak")
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows() for cell in row]

    assert leak.number in cells
    assert "=1+1" in cells
    assert len([cell for cell in cells if str(cell).startswith("WX-")]) == 1
    assert Browser(desk).get("/repairs/export.xlsx").status_code == 403


def test_many_are_sent_printed_and_taken_back_at_once(desk, site, act):
    orders = [make.scheduled(site, act) for _ in range(2)]
    boss, ids = Browser(desk, "supervisor"), [order.id for order in orders]

    sent = boss.post("/repairs/bulk/dispatch", {"ids": ids, "worker": "maintenance-1"})
    page = boss.get(sent.location).text
    pdf = boss.post(f"{sent.location}/print")
    sheets = boss.post("/repairs/bulk/print", {"ids": ids})
    back = boss.post(f"{sent.location}/undo")

    assert sent.status_code == 303
    assert all(order.number in page for order in orders)
    assert pdf.data.startswith(b"%PDF")
    assert sheets.data.startswith(b"%PDF")
    assert back.status_code == 303
    assert {store.get(site, one).stage for one in ids} == {Stage.SCHEDULED}


def test_none_or_one_that_cannot_go_sends_nobody(desk, site, act):
    ready, not_ready = make.scheduled(site, act), make.reported(site, act)
    boss = Browser(desk, "supervisor")

    nothing = boss.post("/repairs/bulk/dispatch", {"worker": "maintenance-1"})
    refused = boss.post("/repairs/bulk/dispatch", {"ids": [ready.id, not_ready.id], "worker": "maintenance-1"})

    assert (nothing.status_code, refused.status_code) == (422, 409)
    assert not_ready.number in refused.text
    assert store.get(site, ready.id).stage is Stage.SCHEDULED


def test_orders_without_a_sheet_are_not_printed(desk, site, act):
    order = make.reported(site, act)
    boss = Browser(desk, "supervisor")

    answer = boss.post("/repairs/bulk/print", {"ids": [order.id]})

    assert answer.status_code == 303
    assert "尚未开具工作单" in boss.get(answer.location).text


def test_a_revisit_is_recorded_in_its_row(desk, site, act):
    order = make.signed(site, act)
    caller = Browser(desk, "front_desk", 2)

    page = caller.get("/repairs/revisits").text
    tried = caller.post("/repairs/revisits", {"number": order.number, "channel": "phone", "result": "not_reached"})
    again = caller.get("/repairs/revisits").text
    closed = caller.post("/repairs/revisits", {"number": order.number, "channel": "phone", "result": "ok", "words": "好了"})

    assert "tel:13800000001" in page
    assert (tried.status_code, closed.status_code) == (303, 303)
    assert "未联系上" in again
    assert store.get(site, order.id).stage is Stage.CLOSED


def test_the_repairer_does_not_revisit(desk, site, act):
    order = make.signed(site, act, make.done(site, act, worker="maintenance-1"))

    assert Browser(desk, "maintenance").get("/repairs/revisits").status_code == 403
    assert store.get(site, order.id).stage is Stage.SIGNED


def test_a_bad_revisit_without_words_keeps_the_row_as_it_was(desk, site, act):
    order = make.signed(site, act)

    answer = Browser(desk, "front_desk", 2).post("/repairs/revisits", {"number": order.number, "channel": "door", "result": "bad"})

    assert answer.status_code == 422
    assert '<option value="door" selected' in answer.text


def test_the_worker_sees_only_what_is_theirs(desk, site, act):
    order = make.dispatched(site, act, worker="maintenance-1")

    mine, other = Browser(desk, "maintenance"), Browser(desk, "maintenance", 2)

    assert order.number in mine.get("/repairs/mine").text
    assert order.number not in other.get("/repairs/mine").text
    assert other.get(f"/repairs/mine/{order.number}").status_code == 403
    assert mine.get(f"/repairs/{order.number}").status_code == 403


def test_the_worker_arrives_works_and_lets_sign_on_the_phone(desk, site, act, clock):
    order = make.dispatched(site, act, worker="maintenance-1")
    clock.forward(hours=24)
    phone, url = Browser(desk, "maintenance"), f"/repairs/mine/{order.number}"

    arrived = phone.post(f"{url}/arrive", {"back": url})
    wrong = phone.post(f"{url}/finish", {"do": "finish", "words": "换了阀芯", "minutes": "", "back": url})
    finished = phone.post(f"{url}/finish", {"do": "finish", "words": "换了阀芯", "minutes": "25", "back": url})
    signed = phone.post(f"{url}/sign", {"do": "sign", "on_paper": "1", "who": "周予安", "back": url})

    assert [answer.location for answer in (arrived, finished)] == [url, url]
    assert wrong.status_code == 422
    assert "换了阀芯" in wrong.text
    assert signed.status_code == 303
    assert store.get(site, order.id).stage is Stage.SIGNED


def test_a_drawn_signature_is_seen_by_its_worker_and_nobody_elses(desk, site, act):
    order = make.done(site, act, worker="maintenance-1")
    phone, url = Browser(desk, "maintenance"), f"/repairs/mine/{order.number}"

    phone.post(f"{url}/sign", {"do": "sign", "drawing": drawn(), "who": "周予安", "back": url})
    image = re.search(rf'src="({url}/signature/[0-9a-f]+\.png)"', phone.get(url).text).group(1)

    assert phone.get(image).data.startswith(b"\x89PNG")
    assert Browser(desk, "maintenance", 2).get(image).status_code == 403


def test_a_thing_is_taken_along_and_brought_back(desk, site, act, clock):
    order = make.on_site(site, act, worker="maintenance-1")
    phone, url = Browser(desk, "maintenance"), f"/repairs/mine/{order.number}"

    phone.post(f"{url}/take_away", {"what": "热水器", "why": "需返厂", "consent_by": "周予安", "loan": "无"})
    page = phone.get(url).text
    item = page.split('name="item" value="')[1].split('"')[0]
    phone.post(f"{url}/give_back", {"item": item, "back_to": "周予安"})

    assert "热水器" in page
    assert 'name="item"' not in phone.get(url).text


def test_the_months_are_shown_made_and_handed_out(desk, site, act, clock):
    make.revisited(site, act, make.signed(site, act, make.done(site, act, worker="maintenance-1")))
    boss = Browser(desk, "supervisor")
    early = boss.post("/repairs/reports/2026-03")
    so_far = boss.get("/repairs/reports/2026-03").text
    clock.forward(days=35)
    boss = Browser(desk, "supervisor")

    listed = boss.get("/repairs/reports").text
    made = boss.post("/repairs/reports/2026-03")
    frozen = boss.get("/repairs/reports/2026-03").text
    book = boss.get("/repairs/reports/2026-03.xlsx")

    assert early.status_code == 409
    assert "100.0 % (1/1)" not in so_far  # the parts stand below the percentage
    assert "2026-03" in listed
    assert made.status_code == 303
    assert months.month(site, "2026-03").paper in frozen
    assert openpyxl.load_workbook(io.BytesIO(book.data)).sheetnames
    assert month.figures(site, "2026-03").reported == 1
    assert boss.get("/repairs/reports").text.count("2026-03") >= 1


def test_a_month_that_is_none_is_refused(desk):
    assert Browser(desk, "supervisor").get("/repairs/reports/2026-13").status_code == 422


def test_the_next_case_of_the_queue_is_one_key_away(desk, site, act):
    order = make.reported(site, act)
    clerk = Browser(desk)

    found = clerk.get("/repairs/next")
    nothing = Browser(desk, "cashier").get("/repairs/next")

    assert found.location == f"/repairs/{order.number}"
    assert nothing.location == "/repairs/"


def test_all_repairs_are_listed_with_how_they_ended(desk, site, act, acts):
    order = make.revisited(site, acts("front_desk", 2), make.signed(site, act))

    page = Browser(desk).get("/repairs/all").text

    assert order.number in page
    assert "已结案" in page


def test_what_is_not_due_yet_is_not_late_in_the_month_so_far(desk, site, act):
    order = make.reported(site, act)

    page = Browser(desk, "supervisor").get("/repairs/reports/2026-03").text

    assert order.number not in page
    assert "没有超时" in page
