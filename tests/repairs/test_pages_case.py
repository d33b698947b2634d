"""The page of a case at every stage: it opens for whoever may see it, shows what can be done now, and keeps what was typed."""

import re

import pytest

from desk.workflows.repairs import commands, store
from desk.workflows.repairs.inputs import Completion, Said
from desk.workflows.repairs.rules.choices import Stage
from desk.workflows.repairs.rules.order import Trip
from tests import make_repairs as make
from tests.client import Browser
from tests.repairs.desk import drawn, repairs_desk

STAGES = {
    "draft": lambda site, act: commands.save_first(site, act, make.a_draft(site, act)),
    "reported": make.reported,
    "decided": make.decided,
    "quoted": make.quoted,
    "agreed": make.paid,
    "scheduled": make.scheduled,
    "dispatched": make.dispatched,
    "on_site": make.on_site,
    "external": make.handed_over,
    "done": make.done,
    "leak_testing": make.in_test,
    "signed": make.signed,
}
OFFERED = {
    "draft": "complete",
    "reported": "decide",
    "decided": "schedule",
    "quoted": "consent",
    "agreed": "schedule",
    "scheduled": "dispatch",
    "dispatched": "arrive",
    "on_site": "finish",
    "external": "external_done",
    "done": "sign",
    "leak_testing": "end_test",
    "signed": "revisit",
}


@pytest.fixture
def desk(site, clock):
    return repairs_desk(site, clock)


def doing(page):
    """The address that the open form of a case is sent to."""
    return re.search(r'<section class="card" id="now".*?<form method="post" action="/repairs/[^/"]+/(\w+)"', page, re.DOTALL).group(1)


@pytest.mark.parametrize("stage", STAGES)
def test_a_case_offers_the_act_that_comes_next(desk, site, act, stage):
    order = STAGES[stage](site, act)

    shown = Browser(desk, "supervisor").get(f"/repairs/{order.number}")

    assert shown.status_code == 200
    assert order.number in shown.text
    assert doing(shown.text) == OFFERED[stage]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_act_that_a_case_offers_has_its_form(desk, site, act, stage, lang):
    order = STAGES[stage](site, act)
    browser = Browser(desk, "supervisor")
    browser.post("/settings/look", {"lang": lang})
    page = browser.get(f"/repairs/{order.number}").text
    offered = set(re.findall(r"\?do=(\w+)", page))

    assert offered
    for move in offered:
        answer = browser.get(f"/repairs/{order.number}?do={move}")
        assert answer.status_code == 200
        assert f'name="do" value="{move}"' in answer.text


def test_a_closed_case_offers_nothing_and_shows_how_it_ended(desk, site, act, acts):
    order = make.revisited(site, acts("front_desk", 2), make.signed(site, act))

    shown = Browser(desk, "supervisor").get(f"/repairs/{order.number}").text

    assert order.stage is Stage.CLOSED
    assert 'id="now"' in shown
    assert 'name="do"' not in shown


def test_somebody_who_may_only_look_gets_no_form(desk, site, act):
    order = make.reported(site, act)

    shown = Browser(desk, "cashier").get(f"/repairs/{order.number}")

    assert shown.status_code == 200
    assert 'name="do"' not in shown.text
    assert Browser(desk, "security").get(f"/repairs/{order.number}").status_code == 403


def test_an_unknown_number_is_not_found(desk):
    assert Browser(desk).get("/repairs/WX-2026-999999").status_code == 404


def test_a_form_of_an_older_version_is_refused_and_keeps_its_words(desk, site, act):
    order = make.reported(site, act)
    commands.amend(site, act, order.id, Completion.read(typed_report(what="换了说法")))

    answer = Browser(desk).post(f"/repairs/{order.number}/amend", typed_report(version="1", do="amend", what="我的说法"))

    assert answer.status_code == 409
    assert "我的说法" in answer.text
    assert store.by_number(site, order.number).what == "换了说法"


def typed_report(**said):
    return {
        "name": "周予安",
        "phone": "13800000001",
        "what": "厨房水龙头一直滴水",
        "wished": "周二上午",
        "category": "water_supply",
        **said,
    }


def test_words_for_an_act_that_is_no_longer_possible_are_shown_again(desk, site, act):
    order = make.dispatched(site, act)
    commands.call_back(site, act, order.id, Said(words="改派"))

    answer = Browser(desk).post(f"/repairs/{order.number}/no_access", {"do": "no_access", "words": "敲门两次无人应答"})

    assert answer.status_code == 409
    assert "敲门两次无人应答" in answer.text


def test_one_repair_from_decision_to_revisit_by_its_forms(desk, site, act, clock):
    order, worker = make.reported(site, act), make.a_worker(site, act)
    url = f"/repairs/{order.number}"
    version = lambda: store.get(site, order.id).version  # noqa: E731

    def send(move, hours=0, **typed):
        clock.forward(hours=hours)
        browser_of = Browser(desk, "front_desk", 2) if move == "revisit" else Browser(desk)
        answer = browser_of.post(f"{url}/{move}", {"version": version(), "do": move, **typed})
        assert answer.status_code == 303, answer.text
        return store.get(site, order.id)

    send("decide", part="plumbing")
    assert send("schedule", from_at="2026-03-03T09:00", to_at="2026-03-03T11:00").stage is Stage.SCHEDULED
    assert send("dispatch", worker=worker).worker == worker
    send("arrive", hours=23)
    done = send("finish", words="更换阀芯", minutes="30", material=["阀芯", ""], quantity=["", ""], price=["0", "0"])
    assert done.stage is Stage.DONE
    assert send("sign", on_paper="1", who="周予安").stage is Stage.SIGNED
    assert send("revisit", channel="phone", result="ok", words="修好了").stage is Stage.CLOSED
    assert Browser(desk).get(url).status_code == 200
    assert [trip.minutes for trip in store.parts(site, Trip, order.id)] == [30]


def test_a_price_is_quoted_refused_above_and_agreed(desk, site, act):
    order = make.decided(site, act, part="own", category="appliance", what="客厅吊灯不亮")
    browser, url = Browser(desk), f"/repairs/{order.number}"

    wrong = browser.post(f"{url}/quote", {"do": "quote", "what": ["镇流器", ""], "quantity": ["", ""], "price": ["abc", ""]})
    quoted = browser.post(f"{url}/quote", {"do": "quote", "what": ["镇流器", "人工"], "quantity": ["2", ""], "price": ["80", "40.50"]})
    page = browser.get(url).text
    agreed = browser.post(f"{url}/consent", {"do": "answer", "who": "周予安", "channel": "phone", "words": "可以"})

    assert wrong.status_code == 422
    assert "镇流器" in wrong.text
    assert (quoted.status_code, agreed.status_code) == (303, 303)
    assert "¥120.50" in page
    assert store.get(site, order.id).agreed_fen == 12050


def test_a_drawn_signature_is_kept_and_shown(desk, site, act):
    order = make.done(site, act)
    browser = Browser(desk)

    answer = browser.post(f"/repairs/{order.number}/sign", {"do": "sign", "drawing": drawn(), "who": "周予安"})
    page = browser.get(f"/repairs/{order.number}").text
    image = re.search(r'src="(/repairs/[^"]+/signature/[0-9a-f]+\.png)"', page).group(1)

    assert answer.status_code == 303
    assert browser.get(image).data.startswith(b"\x89PNG")
    assert browser.get(f"/repairs/{order.number}/signature/{'0' * 64}.png").status_code == 404


def test_doubles_are_shown_and_merged_with_one_button(desk, site, act, clock):
    first = make.reported(site, act)
    clock.forward(hours=2)
    second = make.reported(site, act)
    browser = Browser(desk, "supervisor")

    page = browser.get(f"/repairs/{second.number}").text
    answer = browser.post(f"/repairs/{first.number}/merge", {"double": second.number})

    assert f'action="/repairs/{first.number}/merge"' in page
    assert answer.status_code == 303
    assert store.get(site, second.id).stage is Stage.MERGED
    assert first.number in browser.get(f"/repairs/{second.number}").text


def test_the_promise_slip_is_one_click_away(desk, site, act):
    order = make.reported(site, act)
    browser = Browser(desk)

    roll = browser.post(f"/repairs/{order.number}/slip", {"size": "80mm"})
    half = browser.post(f"/repairs/{order.number}/slip", {"size": "A5"})

    assert roll.data.startswith(b"%PDF")
    assert half.data.startswith(b"%PDF")
    assert roll.data != half.data


def test_the_work_order_and_the_revisit_sheet_are_printed(desk, site, act):
    order = make.signed(site, act)
    browser = Browser(desk)

    assert browser.post(f"/repairs/{order.number}/sheet").data.startswith(b"%PDF")
    assert browser.post(f"/repairs/{order.number}/revisit_sheet").data.startswith(b"%PDF")
    assert browser.get(f"/repairs/{order.number}").text.count("/print") >= 2


def test_what_the_rule_says_follows_the_part(desk, site, act):
    order = make.reported(site, act)
    browser = Browser(desk)

    own = browser.get(f"/repairs/{order.number}/advice?part=own").text
    wet = browser.get(f"/repairs/{order.number}/advice?part=wet_room").text

    assert "有偿" in own
    assert "2029" in wet
