"""The counter: five fields, save first, doubles beside, and what is said again instead of twice."""

import pytest

from desk.workflows.reception import store as log
from desk.workflows.repairs import store
from desk.workflows.repairs.rules.choices import Source, Stage
from tests import make_repairs as make
from tests.client import Browser
from tests.repairs.desk import repairs_desk

SAID = {
    "name": "周予安",
    "phone": "13800000001",
    "what": "厨房水龙头一直滴水",
    "wished": "周二上午",
    "category": "water_supply",
    "source": "call",
}


@pytest.fixture
def clerk(site, clock, act):
    make.the_unit(site, act)
    return Browser(repairs_desk(site, clock))


def the_order(site):
    return store.newest(site).lines[0]


def test_a_complete_report_gets_its_number_and_leads_to_its_slip(clerk, site):
    answer = clerk.post("/repairs/", {**SAID, "unit_text": "3栋1单元1803"})
    page = clerk.get(answer.location).text

    order = the_order(site)
    assert answer.status_code == 303
    assert order.stage is Stage.REPORTED
    assert order.number in answer.location
    assert f'action="/repairs/{order.number}/slip"' in page


def test_save_and_next_asks_for_the_next_one(clerk):
    answer = clerk.post("/repairs/", {**SAID, "unit": "3-1-1803", "then": "next"})

    assert answer.location == "/repairs/new"


def test_what_is_missing_is_named_and_the_rest_stays(clerk, site):
    answer = clerk.post("/repairs/", {"unit_text": "3-1-1803", "what": "门锁坏了", "category": "door_window"})

    assert answer.status_code == 422
    assert "门锁坏了" in answer.text
    assert all(f'id="e-f-{name}"' in answer.text for name in ("name", "phone", "wished"))
    assert store.newest(site).lines == ()


def test_a_room_that_is_not_in_the_register_is_named(clerk):
    answer = clerk.post("/repairs/", {**SAID, "unit_text": "99-9-9999"})

    assert answer.status_code == 422
    assert 'id="e-f-unit"' in answer.text
    assert "99-9-9999" in answer.text


def test_room_and_one_line_are_saved_first(clerk, site):
    answer = clerk.post("/repairs/first", {"unit": "3-1-1803", "what": "水管爆了", "source": "call"})
    page = clerk.get(answer.location).text

    assert the_order(site).stage is Stage.DRAFT
    assert 'action="/repairs/WX-2026-000001/complete"' in page


def test_the_side_shows_people_doubles_and_promises(clerk, site, act):
    order = make.reported(site, act)

    side = clerk.get(f"/repairs/beside?unit={order.unit}&category=water_supply").text

    assert order.number in side
    assert "周予安" in side
    assert "为何是这个时间" in side or "why" in side
    assert 'hx-swap-oob="true"' in side


def test_a_name_that_the_clerk_typed_is_not_replaced(clerk, site, act):
    order = make.reported(site, act)

    typed = clerk.get(f"/repairs/beside?unit={order.unit}&name=王租客&phone=").text

    assert "hx-swap-oob" not in typed


def test_nothing_chosen_yet_is_no_mistake(clerk):
    assert clerk.get("/repairs/beside?unit=3-&category=nonsense&urgency=x&zone=y").status_code == 200


def test_the_same_trouble_said_again_is_a_line_in_the_journal_and_no_second_order(clerk, site, act):
    order = make.reported(site, act)
    lines = len(log.of_unit(site, order.unit))

    answer = clerk.post(f"/repairs/{order.number}/same", {"what": "催问何时来修", "source": "call", "name": "周予安"})
    page = clerk.get(answer.location).text

    assert answer.status_code == 303
    assert len(store.newest(site).lines) == 1
    assert len(log.of_unit(site, order.unit)) == lines + 1
    assert "催问何时来修" in page


def test_a_contact_of_the_inbox_becomes_a_repair_received_when_it_was_said(clerk, site, act, clock):
    from desk.workflows.reception.commands import take_contact
    from desk.workflows.reception.inputs import Contact

    contact = take_contact(site, act, Contact(channel="message", words="卫生间漏水", unit="3-1-1803", sender="net:1"))
    clock.forward(hours=3)
    clerk = Browser(clerk.app)

    form = clerk.get(f"/repairs/new?contact={contact.id}").text
    clerk.post("/repairs/", {**SAID, "unit": contact.unit, "contact": contact.id, "source": "message"})

    order = the_order(site)
    assert "卫生间漏水" in form
    assert order.reported_at == contact.received_at
    assert store.get(site, order.id).source is Source.MESSAGE
    assert log.contact(site, contact.id).number == order.number


def test_coming_from_a_household_file_the_room_is_chosen_and_its_owner_offered(clerk, site, act):
    unit = make.reported(site, act).unit

    form = clerk.get(f"/repairs/new?unit={unit}").text

    assert f'name="unit" value="{unit}"' in form
    assert 'value="13800000001"' in form
